//! The demo and the sandbox.
//!
//! This process is replaced by the sandbox, so that every signal, Ctrl-C among them, reaches it. A
//! child process reads the sandbox's output, prints the addresses in words, and ends with it.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::build::{self, BuiltSite};
use crate::outcome::Outcome;
use crate::setup::{self, Purpose, WasmArg};
use crate::{process, program_paths};

/// Hidden subcommand of the child process that prints the addresses.
pub const ANNOUNCE: &str = "announce-addresses";

/// Options of `cargo xtask demo`.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    #[command(flatten)]
    pub wasm: WasmArg,
    /// Options of the sandbox, see `cargo xtask sandbox --help`
    #[arg(value_name = "SANDBOX OPTIONS", allow_hyphen_values = true)]
    pub sandbox: Vec<String>,
}

/// Options of `cargo xtask sandbox`.
#[derive(Debug, clap::Args)]
pub struct SandboxArgs {
    /// Options of the sandbox; `--help` lists them
    #[arg(
        value_name = "OPTIONS",
        allow_hyphen_values = true,
        trailing_var_arg = true
    )]
    pub options: Vec<String>,
}

/// Runs `cargo xtask demo`: builds the site and serves it with the sandbox.
pub fn demo(args: DemoArgs) -> Outcome {
    let site = BuiltSite::of_sandbox();
    let toolset = setup::ensure(Purpose::Build, args.wasm.method()?)?;
    build::build(&toolset, &site)?;
    let mut given = args.sandbox;
    if !given
        .iter()
        .any(|word| word == "--site" || word.starts_with("--site="))
    {
        given.push("--site".to_owned());
        given.push(site.out.display().to_string());
    }
    sandbox(given)
}

/// Runs `cargo xtask sandbox` with these options.
pub fn sandbox(options: Vec<String>) -> Outcome {
    let program = build_sandbox()?;
    let mut announcer = Command::new(program_paths::this_program()?)
        .arg(ANNOUNCE)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("a child process could not be started: {error}"))?;
    // In the user's own folder: paths among the options are relative to it.
    let mut sandbox = Command::new(&program);
    sandbox.args(options);
    if let Some(output) = announcer.stdin.take() {
        sandbox.stdout(output);
    }
    replace_process(&mut sandbox)
}

/// Builds the sandbox with cargo and returns the path of its program.
pub fn build_sandbox() -> Outcome<PathBuf> {
    process::run(process::command("cargo").args(["build", "--package", "outlay-sandbox"]))?;
    program_paths::next_to_this_program("outlay-sandbox")
}

#[cfg(unix)]
fn replace_process(sandbox: &mut Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    // Returns only on failure.
    Err(format!(
        "the sandbox could not be started: {}",
        sandbox.exec()
    ))
}

#[cfg(not(unix))]
fn replace_process(sandbox: &mut Command) -> Outcome {
    process::run(sandbox)
}

/// Copies the sandbox's output and adds the addresses of the site and the fault console in words.
pub fn announce() -> Outcome {
    let mut output = io::stdout();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let written = writeln!(output, "{line}").and_then(|()| match announcement(&line) {
            Some(words) => writeln!(output, "\n{words}"),
            None => Ok(()),
        });
        written
            .and_then(|()| output.flush())
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The sandbox's JSON line in words.
fn announcement(line: &str) -> Option<String> {
    let addresses: serde_json::Value = serde_json::from_str(line).ok()?;
    let site = addresses.get("site")?.as_str()?;
    let control = addresses.get("control")?.as_str()?;
    Some(format!(
        "Outlay is at {site} (Ctrl-C stops it)\nFault console: {control}"
    ))
}

#[cfg(test)]
mod tests {
    use super::announcement;

    #[test]
    fn announced_addresses_are_site_and_console() {
        let line =
            r#"{"site":"http://localhost:8080","control":"http://localhost:8787/__sandbox/"}"#;
        let words = announcement(line).unwrap();
        assert!(words.starts_with("Outlay is at http://localhost:8080 "));
        assert!(words.ends_with(" http://localhost:8787/__sandbox/"));
        assert_eq!(announcement("listening"), None);
        assert_eq!(announcement(r#"{"site":null}"#), None);
    }
}
