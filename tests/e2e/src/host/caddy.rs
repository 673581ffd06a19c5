//! Caddy as anybody, in a folder of its own.

use std::fs;
use std::process::Stdio;

use tokio::process::Command;

use super::HostFolder;
use crate::{Outcome, locations};

pub fn command(folder: &HostFolder, secret: &str) -> Outcome<Command> {
    let written = folder.written();
    let whole = folder.conf().join("Caddyfile");
    let mut command = Command::new(locations::caddy());
    command
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(&whole)
        .env("HOME", &written)
        // It writes its configuration down again, where what it writes is not looked through.
        .env("XDG_CONFIG_HOME", folder.conf())
        .env("XDG_DATA_HOME", &written)
        .env("OUTLAY_BASIC_SANDBOX", secret)
        .stdin(Stdio::null())
        .stdout(fs::File::create(written.join("stdout.log"))?)
        .stderr(fs::File::create(written.join("stderr.log"))?);
    Ok(command)
}
