//! Child processes.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::outcome::Outcome;
use crate::program_paths;

/// What `cargo run` sets for this program alone and must not reach a cargo below it.
const OURS: [&str; 5] = [
    "CARGO",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PKG_NAME",
    "CARGO_PKG_VERSION",
];

/// Makes a command that runs in the repository's root.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(program_paths::root());
    for name in OURS {
        command.env_remove(name);
    }
    command
}

/// Runs a command with the terminal's streams; fails for an exit code other than 0.
pub fn run(command: &mut Command) -> Outcome {
    let name = name(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} failed: {status}")),
        Err(error) => Err(format!("{name} could not be started: {error}")),
    }
}

/// Returns what a command prints on stdout; `None` if it fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs silently, at most so long; on failure the error ends with the last lines it wrote.
pub fn run_logged(command: &mut Command, log: &Path, at_most: Duration) -> Outcome {
    let name = name(command);
    let file = log_file(log).map_err(|error| format!("{}: {error}", log.display()))?;
    let second = file
        .try_clone()
        .map_err(|error| format!("{}: {error}", log.display()))?;
    command.stdin(Stdio::null()).stdout(file).stderr(second);
    let mut child = command
        .spawn()
        .map_err(|error| format!("{name} could not be started: {error}"))?;
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) => {
                return Err(format!(
                    "{name} failed; the end of {}:\n{}",
                    log.display(),
                    tail(log)
                ));
            }
            Ok(None) if begun.elapsed() < at_most => sleep(Duration::from_millis(50)),
            Ok(None) => {
                // Its end is certain either way; the time-out is what the user needs to know.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{name} did not end within {} s", at_most.as_secs()));
            }
            Err(error) => return Err(format!("{name}: {error}")),
        }
    }
}

fn log_file(log: &Path) -> std::io::Result<File> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create(log)
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let skipped = lines.len().saturating_sub(15);
    lines
        .into_iter()
        .skip(skipped)
        .map(|line| format!("  {line}\n"))
        .collect()
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program
        .file_name()
        .unwrap_or(command.get_program())
        .to_string_lossy();
    let arguments = command
        .get_args()
        .take(3)
        .map(|word| word.to_string_lossy().into_owned());
    format!(
        "`{}`",
        [program.into_owned()]
            .into_iter()
            .chain(arguments)
            .collect::<Vec<_>>()
            .join(" ")
    )
}
