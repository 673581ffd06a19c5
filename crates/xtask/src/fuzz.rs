//! `cargo xtask fuzz`: libFuzzer searches for bytes that break a property of `tests/properties`.
//!
//! No nightly compiler is needed: the instrumentation is one that every compiler has. The sanitizers,
//! which need nightly, would search for errors that safe Rust does not have.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::outcome::Outcome;
use crate::progress::seconds;
use crate::{process, program_paths, setup};

/// The targets in the folder `fuzz`.
const TARGETS: [&str; 8] = [
    "callback", "config", "csv", "entries", "json", "snapshot", "time", "token",
];

/// How many targets run at the same time.
const AT_ONCE: usize = 2;

/// How much longer than asked a target may take to end.
const GRACE: Duration = Duration::from_secs(60);

/// Options of `cargo xtask fuzz`, which runs the targets of the folder `fuzz`, two at a time.
#[derive(Debug, clap::Args)]
pub struct FuzzArgs {
    /// One target [default: all]
    #[arg(value_parser = TARGETS)]
    target: Option<String>,
    /// How long each target runs
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    minutes: u64,
}

/// Runs `cargo xtask fuzz`.
pub fn command(args: &FuzzArgs) -> Outcome {
    let only = args.target.as_deref();
    let chosen: Vec<&str> = TARGETS
        .into_iter()
        .filter(|target| only.is_none_or(|only| only == *target))
        .collect();
    let minutes = args.minutes;
    let programs = build()?;
    let begun = Instant::now();
    let mut waiting = chosen.iter();
    let mut running: Vec<FuzzRun> = Vec::new();
    let mut failures = Vec::new();
    loop {
        while running.len() < AT_ONCE
            && let Some(name) = waiting.next()
        {
            running.push(FuzzRun::start(&programs, name, minutes)?);
        }
        if running.is_empty() {
            break;
        }
        let mut left = Vec::new();
        for mut search in running {
            match search.result()? {
                None => left.push(search),
                Some(Ok(words)) => eprintln!("fuzz: {}: no finding, {words}", search.name),
                Some(Err(words)) => failures.push(words),
            }
        }
        running = left;
        sleep(Duration::from_millis(200));
    }
    eprintln!(
        "fuzz: {} targets in {}",
        chosen.len(),
        seconds(begun.elapsed())
    );
    println!(
        "{} passed, {} failed",
        chosen.len() - failures.len(),
        failures.len()
    );
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n"))
    }
}

/// Builds all targets and returns the folder with their programs.
fn build() -> Outcome<PathBuf> {
    let cargo_fuzz = setup::cargo_fuzz()?;
    setup::cpp_compiler()?;
    let triple = process::output(process::command("rustc").args(["--print", "host-tuple"]))
        .ok_or("rustc does not run")?;
    let target = program_paths::target()?.join("fuzz");
    let begun = Instant::now();
    eprintln!("fuzz: build …");
    let mut build = process::command(cargo_fuzz);
    build
        .args(["build", "--sanitizer", "none", "--target", &triple])
        .arg("--target-dir")
        .arg(&target)
        // Else cargo-fuzz would take the folder of the workspace's own builds.
        .env_remove("CARGO_TARGET_DIR");
    process::run(&mut build)?;
    eprintln!("fuzz: build: {}", seconds(begun.elapsed()));
    Ok(target.join(triple).join("release"))
}

/// One target at work.
struct FuzzRun {
    name: &'static str,
    process: Child,
    log: PathBuf,
    findings: PathBuf,
    deadline: Instant,
}

impl FuzzRun {
    fn start(programs: &Path, name: &'static str, minutes: u64) -> Outcome<Self> {
        let home = program_paths::cache()?.join("fuzz").join(name);
        // What one run has found to reach new code is where the next one starts.
        let (corpus, findings) = (home.join("corpus"), home.join("findings"));
        for folder in [&corpus, &findings] {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        let log = home.join("log");
        let fail = |error: std::io::Error| format!("{}: {error}", log.display());
        let output = File::create(&log).map_err(fail)?;
        let prefix = format!("-artifact_prefix={}/", findings.display());
        let span = Duration::from_secs(minutes * 60);
        let process = Command::new(programs.join(name))
            .args([
                &corpus,
                &program_paths::root().join("fuzz/seeds").join(name),
            ])
            .arg(format!("-max_total_time={}", span.as_secs()))
            .args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=4096"])
            .args(["-print_final_stats=1", &prefix])
            .stdin(Stdio::null())
            .stdout(output.try_clone().map_err(fail)?)
            .stderr(output)
            .spawn()
            .map_err(|error| format!("{name}: {error}"))?;
        eprintln!("fuzz: {name}: {minutes} min …");
        Ok(Self {
            name,
            process,
            log,
            findings,
            deadline: Instant::now() + span + GRACE,
        })
    }

    /// The statistics of a search that has ended without a finding, or the finding.
    fn result(&mut self) -> Outcome<Option<Result<String, String>>> {
        let ended = self
            .process
            .try_wait()
            .map_err(|error| format!("{}: {error}", self.name))?;
        let text = || fs::read_to_string(&self.log).unwrap_or_default();
        Ok(match ended {
            Some(status) if status.success() => Some(Ok(statistics(&text()))),
            Some(_) => Some(Err(format!(
                "{}: a finding; its input is in {}, the whole output in {}:\n{}",
                self.name,
                self.findings.display(),
                self.log.display(),
                finding(&text())
            ))),
            None if Instant::now() > self.deadline => {
                Some(Err(format!("{}: did not end in time", self.name)))
            }
            None => None,
        })
    }
}

impl Drop for FuzzRun {
    fn drop(&mut self) {
        // It has usually exited already; then the error is ignored.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How many inputs were tried, and how fast, in the words of libFuzzer's last lines.
fn statistics(log: &str) -> String {
    let value = |name: &str| {
        let mut lines = log.lines().rev();
        let line = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.unwrap_or("?").trim().to_owned()
    };
    format!(
        "{} inputs, {} a second",
        value("stat::number_of_executed_units"),
        value("stat::average_exec_per_sec")
    )
}

/// The lines of the panic, and the input.
fn finding(log: &str) -> String {
    let from = log.find("panicked at").unwrap_or(0);
    let lines = log.get(from..).unwrap_or(log).lines();
    let important = lines.filter(|line| {
        let noise = ["stack backtrace", "==", "NOTE:", "MS:", "SUMMARY"];
        !line.trim().is_empty() && !noise.iter().any(|start| line.starts_with(start))
    });
    let kept: Vec<_> = important.take(12).map(|line| format!("  {line}")).collect();
    kept.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fuzz_targets_match_the_folder() {
        let folder = program_paths::root().join("fuzz/fuzz_targets");
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort_unstable();
        assert_eq!(names, TARGETS);
    }

    #[test]
    fn statistics_are_parsed_from_the_end_of_the_output() {
        let log =
            "INFO: x\nstat::number_of_executed_units: 123\nstat::average_exec_per_sec:     45\n";
        assert_eq!(statistics(log), "123 inputs, 45 a second");
        assert_eq!(statistics(""), "? inputs, ? a second");
    }
}
