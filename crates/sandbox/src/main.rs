//! The command: reads the options, serves, prints the addresses, ends on Ctrl-C or SIGTERM.

use std::io::Write;
use std::process::ExitCode;

use outlay_sandbox::fault::list;
use outlay_sandbox::options::{self, Options, SandboxCommand};
use outlay_sandbox::serve;

fn main() -> ExitCode {
    match options::parse(std::env::args().skip(1)) {
        Ok(SandboxCommand::Faults) => {
            print!("{}", list::markdown());
            ExitCode::SUCCESS
        }
        Ok(SandboxCommand::Run(options)) => match run(&options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                eprintln!("outlay-sandbox: {message}");
                ExitCode::FAILURE
            }
        },
        // Exit code 2, or 0 for the help text.
        Err(error) => error.exit(),
    }
}

fn run(options: &Options) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| format!("The runtime could not start: {error}."))?;
    runtime.block_on(async {
        let running = serve::start(options).await?;
        let mut out = std::io::stdout();
        writeln!(out, "{}", running.addresses.line())
            .and_then(|()| out.flush())
            .map_err(|error| format!("The addresses could not be printed: {error}."))?;
        stopped().await
    })
}

async fn stopped() -> Result<(), String> {
    let interrupt = async {
        let result = tokio::signal::ctrl_c().await;
        result.map_err(|error| format!("Ctrl-C cannot be listened for: {error}."))
    };
    tokio::select! {
        result = interrupt => result,
        result = terminated() => result,
    }
}

#[cfg(unix)]
async fn terminated() -> Result<(), String> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate())
        .map_err(|error| format!("SIGTERM cannot be listened for: {error}."))?;
    term.recv().await;
    Ok(())
}

#[cfg(not(unix))]
async fn terminated() -> Result<(), String> {
    std::future::pending().await
}
