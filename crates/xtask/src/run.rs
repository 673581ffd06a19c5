//! The demo and the sandbox.
//!
//! This process becomes the sandbox, so that every signal, Ctrl-C among them, reaches it; a small
//! child that lives only as long as the sandbox's output tells the user where things are.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::build::{self, Site};
use crate::options::Options;
use crate::setup::{self, Purpose};
use crate::{Outcome, place, process};

/// The command of the child that tells the user; not for the user.
pub const ANNOUNCE: &str = "announce-what-the-sandbox-says";

/// `cargo xtask demo`.
pub fn demo(mut options: Options) -> Outcome {
    let forced = setup::forced_way(&mut options)?;
    let site = Site::of_sandbox();
    let kit = setup::ensure(Purpose::Build, forced)?;
    build::build(&kit, &site)?;
    let mut given = options.rest();
    if !given
        .iter()
        .any(|word| word == "--site" || word.starts_with("--site="))
    {
        given.push("--site".to_owned());
        given.push(site.out.display().to_string());
    }
    sandbox(given)
}

/// `cargo xtask sandbox`.
pub fn sandbox(options: Vec<String>) -> Outcome {
    let program = build_sandbox()?;
    let mut teller = Command::new(place::this_program()?)
        .arg(ANNOUNCE)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("a child process could not be started: {error}"))?;
    // In the user's own folder, where the paths among the options begin.
    let mut sandbox = Command::new(&program);
    sandbox.args(options);
    if let Some(output) = teller.stdin.take() {
        sandbox.stdout(output);
    }
    become_it(&mut sandbox)
}

/// The sandbox, built by cargo beside this program.
pub fn build_sandbox() -> Outcome<PathBuf> {
    process::run(process::command("cargo").args(["build", "--package", "outlay-sandbox"]))?;
    place::beside_this_program("outlay-sandbox")
}

#[cfg(unix)]
fn become_it(sandbox: &mut Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    // Returns only if it did not work.
    Err(format!(
        "the sandbox could not be started: {}",
        sandbox.exec()
    ))
}

#[cfg(not(unix))]
fn become_it(sandbox: &mut Command) -> Outcome {
    process::run(sandbox)
}

/// Passes the sandbox's output on and says in words where the site and the fault console are.
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

/// What the sandbox's JSON line says, in words.
fn announcement(line: &str) -> Option<String> {
    let addresses: serde_json::Value = serde_json::from_str(line).ok()?;
    let site = addresses.get("site")?.as_str()?;
    let control = addresses.get("control")?.as_str()?;
    Some(format!(
        "Outlay is at {site} (Ctrl-C stops it)\nFaults to try it with: {control}"
    ))
}

#[cfg(test)]
mod tests {
    use super::announcement;

    #[test]
    fn the_addresses_are_those_of_the_site_and_the_console() {
        let line =
            r#"{"site":"http://localhost:8080","control":"http://localhost:8787/__sandbox/"}"#;
        let words = announcement(line).unwrap();
        assert!(words.starts_with("Outlay is at http://localhost:8080 "));
        assert!(words.ends_with(" http://localhost:8787/__sandbox/"));
        assert_eq!(announcement("listening"), None);
        assert_eq!(announcement(r#"{"site":null}"#), None);
    }
}
