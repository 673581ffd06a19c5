//! `outlay-deploy`: host configuration, `verify` and `config check` as a separate program.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use outlay_deploy::command::DeployCommand;

/// Prepares a built site for its web server, checks its configuration, and verifies it once it is live.
#[derive(Parser)]
#[command(name = "outlay-deploy", version)]
struct CliArguments {
    #[command(subcommand)]
    command: DeployCommand,
}

fn main() -> ExitCode {
    match CliArguments::parse().command.run(Path::new("dist")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("outlay-deploy: {message}");
            ExitCode::FAILURE
        }
    }
}
