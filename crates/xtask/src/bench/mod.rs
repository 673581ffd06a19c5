//! Measurements of the built site: `tests/e2e`'s program `outlay-bench` with what it needs.

mod json;
mod sources;
mod table;

use std::path::PathBuf;
use std::process::Command;

use outlay_deploy::host;
use outlay_deploy::host::placement::Placement;

use self::sources::Sources;
use crate::build::{self, BuiltSite};
use crate::environment::Programs;
use crate::leftover_processes::MarkedRun;
use crate::outcome::Outcome;
use crate::setup::{self, Purpose, Toolset, WasmArg};
use crate::{process, run};

/// Options of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
pub struct BenchArgs {
    #[command(subcommand)]
    which: BenchKind,
}

#[derive(Debug, clap::Subcommand)]
enum BenchKind {
    /// Cold loads of the Connect page and of a React app, in turn
    Start {
        /// Loads of each app at each CPU speed
        #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
        loads: u32,
        #[command(flatten)]
        common: Common,
    },
    /// All entries of a company loaded once, in date windows and page by page by a React app
    Load {
        /// Entries in the sandbox, of all its companies; the first company's are loaded
        #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1_000..=1_000_000))]
        entries: u32,
        /// Milliseconds that each answer with entries is late, as over the internet
        #[arg(long, value_name = "MS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=5_000))]
        delay: u32,
        #[command(flatten)]
        common: Common,
    },
    /// A table of all entries sorted, filtered, scrolled and exported, in Outlay and in a React app
    Grid {
        /// Entries in the sandbox, of all its companies; the first company's, seven in ten, are loaded
        #[arg(long, value_name = "N", default_value_t = 143_000, value_parser = clap::value_parser!(u32).range(1_000..=1_000_000))]
        entries: u32,
        #[command(flatten)]
        common: Common,
    },
    /// Our JSON reader against three libraries: bytes and time
    Json {
        #[command(flatten)]
        wasm: WasmArg,
    },
    /// The table engine, arrays of objects, TanStack Table and DuckDB on the same entries
    Table {
        /// Numbers of entries
        #[arg(value_name = "ENTRIES", default_values_t = [1_000, 10_000, 100_000, 300_000, 1_000_000], value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        sizes: Vec<u32>,
        #[command(flatten)]
        wasm: WasmArg,
    },
    /// The tools of the API explorer on a response of 10 MB, within their limits
    Explorer,
    /// Lighthouse's scores of the Connect page, which must reach their minimums
    Lighthouse {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Debug, clap::Args)]
struct Common {
    /// A site that is built already; else it is built first
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    #[command(flatten)]
    wasm: WasmArg,
}

/// Runs `cargo xtask bench`.
pub fn command(args: BenchArgs) -> Outcome {
    let prepare = |common: &Common| setup::ensure(Purpose::EndToEnd, common.wasm.method()?);
    match args.which {
        BenchKind::Start { loads, common } => {
            let arguments = ["start".to_owned(), loads.to_string()];
            with_peer(&prepare(&common)?, common.site, &arguments)
        }
        BenchKind::Load {
            entries,
            delay,
            common,
        } => {
            let arguments = ["load".to_owned(), entries.to_string(), delay.to_string()];
            with_peer(&prepare(&common)?, common.site, &arguments)
        }
        BenchKind::Grid { entries, common } => {
            let arguments = ["grid".to_owned(), entries.to_string()];
            with_peer(&prepare(&common)?, common.site, &arguments)
        }
        BenchKind::Json { wasm } => json::compare(&setup::ensure(Purpose::Build, wasm.method()?)?),
        BenchKind::Table { sizes, wasm } => {
            table(&setup::ensure(Purpose::EndToEnd, wasm.method()?)?, &sizes)
        }
        BenchKind::Explorer => explorer(),
        BenchKind::Lighthouse { common } => lighthouse(&prepare(&common)?, common.site),
    }
}

/// Measures both apps.
fn with_peer(toolset: &Toolset, built: Option<PathBuf>, arguments: &[String]) -> Outcome {
    let installed = setup::bench_peer()?;
    let sources = Sources::sibling(&installed.folder, "tests/bench/peer")?;
    let mut program = program(&stage(toolset, built)?);
    program
        .args(arguments)
        .env("OUTLAY_NODE", &installed.node)
        .env("OUTLAY_BENCH_PEER", &sources.folder);
    measure(&mut program)
}

/// Times the table engine and others.
fn table(toolset: &Toolset, sizes: &[u32]) -> Outcome {
    let installed = setup::bench_table()?;
    let sources = Sources::sibling(&installed.folder, "tests/bench/table")?;
    let engine = table::engine(toolset)?;
    let browser = toolset.browser()?;
    let mut program = process::command("cargo");
    program
        .args(["run", "--quiet", "--package", "outlay-e2e"])
        .args(["--bin", "outlay-bench", "--", "table"])
        .args(sizes.iter().map(u32::to_string))
        .env("CHROME", &browser.program)
        .env("OUTLAY_NODE", &installed.node)
        .env("OUTLAY_BENCH_TABLE", &sources.folder)
        .env("OUTLAY_BENCH_ENGINE", &engine);
    measure(&mut program)
}

/// Times the tools of the API explorer.
fn explorer() -> Outcome {
    let mut cargo = process::command("cargo");
    cargo.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "outlay-explorer",
    ]);
    process::run(cargo.args(["--example", "measure"]))
}

/// Judges the Connect page by Lighthouse.
fn lighthouse(toolset: &Toolset, built: Option<PathBuf>) -> Outcome {
    let installed = setup::lighthouse()?;
    let mut program = program(&stage(toolset, built)?);
    program
        .arg("lighthouse")
        .env("OUTLAY_NODE", &installed.node)
        .env("OUTLAY_LIGHTHOUSE", &installed.folder);
    measure(&mut program)
}

/// The site as hosts serve it, the sandbox and the browser.
fn stage(toolset: &Toolset, built: Option<PathBuf>) -> Outcome<Programs<'_>> {
    let site = match built {
        Some(folder) => folder
            .canonicalize()
            .map_err(|error| format!("{}: {error}", folder.display()))?,
        None => {
            let site = BuiltSite::of_sandbox();
            build::build(toolset, &site)?;
            host::write_host_files(&site.out, &Placement::default())?;
            site.out
        }
    };
    Ok(Programs {
        site,
        sandbox: run::build_sandbox()?,
        chromium: toolset.browser()?,
    })
}

fn program(stage: &Programs<'_>) -> Command {
    let mut cargo = stage.cargo();
    cargo.args(["run", "--quiet", "--package", "outlay-e2e"]);
    cargo.args(["--bin", "outlay-bench", "--"]);
    cargo
}

/// Runs it, and fails if it leaves a browser behind.
fn measure(program: &mut Command) -> Outcome {
    let run = MarkedRun::new();
    run.through(|| process::run(run.mark(program)))
}
