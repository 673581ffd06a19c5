//! Debian packages.

use std::time::Duration;

use crate::outcome::Outcome;
use crate::{process, program_paths};

/// Returns whether this machine has apt.
pub fn present() -> bool {
    program_paths::on_path("apt-get").is_some()
}

/// Returns whether this process may install packages, as root.
pub fn root() -> bool {
    process::output(process::command("id").arg("-u")).as_deref() == Some("0")
}

/// Installs packages with apt; the error says how the user can install them.
pub fn install(packages: &[&str]) -> Outcome {
    let by_hand = format!(
        "apt-get install --no-install-recommends {}",
        packages.join(" ")
    );
    if !present() {
        return Err(format!(
            "install what Debian calls {} with this system's package manager",
            packages.join(", ")
        ));
    }
    if !root() {
        return Err(format!(
            "packages are missing: install them with `sudo {by_hand}`"
        ));
    }
    let log = program_paths::cache()?.join("log/apt.log");
    let apt = |arguments: &[&str]| {
        let mut command = process::command("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(arguments);
        process::run_logged(&mut command, &log, Duration::from_secs(900))
    };
    // A list that is out of date only matters if the install then fails.
    let _ = apt(&["update"]);
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments).map_err(|error| format!("`{by_hand}` did not succeed: {error}"))
}
