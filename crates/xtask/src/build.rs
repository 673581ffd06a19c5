//! The static site.

use std::fs;
use std::path::{Path, PathBuf};

use outlay_explorer::postman;
use outlay_pleo::catalogue::{Catalogue, DOCUMENT};

use outlay_deploy::command::PlacementArgs;
use outlay_deploy::host::placement::Placement;
use outlay_deploy::{check, host};

use crate::outcome::Outcome;
use crate::setup::{self, Purpose, TARGET, Toolset, WasmArg};
use crate::{bundle, document, process, program_paths, release, sizes};

/// Options of `cargo xtask build`.
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    /// The folder for the site [default: dist]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The file that becomes config.json; checked first
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The path that the site is served under [default: /]
    #[arg(long, value_name = "PATH", value_parser = host::base_path)]
    base: Option<String>,
    #[command(flatten)]
    placement: PlacementArgs,
    #[command(flatten)]
    wasm: WasmArg,
}

/// The inputs of a build that determine its files.
pub struct BuiltSite {
    /// Output folder.
    pub out: PathBuf,
    /// File for `config.json`; `None` for the sandbox's configuration.
    pub config: Option<PathBuf>,
    /// Base path of the site; begins and ends with `/`.
    pub base: String,
}

impl BuiltSite {
    /// Returns the inputs for the sandbox's site in `dist`.
    pub fn of_sandbox() -> Self {
        Self {
            out: program_paths::root().join("dist"),
            config: None,
            base: "/".to_owned(),
        }
    }
}

/// Runs `cargo xtask build`: builds the site and checks its size.
pub fn command(args: BuildArgs) -> Outcome {
    let forced = args.wasm.method()?;
    let mut site = BuiltSite::of_sandbox();
    site.out = args.out.unwrap_or(site.out);
    site.config = args.config;
    site.base = args.base.unwrap_or(site.base);
    let placement = Placement::from(args.placement);
    let own = program_paths::root().join("public/config.json");
    let config = site.config.as_ref().unwrap_or(&own);
    // Before minutes are spent on it; with its files, it is checked once more.
    host::check(Vec::new(), config, &site.base, &placement)?;
    let toolset = setup::ensure(Purpose::Build, forced)?;
    build(&toolset, &site)?;
    host::write_host_files(&site.out, &placement)?;
    host::print_manifest(&site.out)?;
    sizes::report(&site.out)
}

/// Builds the site without checking its size.
pub fn build(toolset: &Toolset, site: &BuiltSite) -> Outcome {
    check_config(site)?;
    refuse_foreign(&site.out)?;
    compile(toolset)?;
    let built = release::folder()?.join("dist");
    assemble(&built, &site.base)?;
    release::refuse_paths(&built, toolset)?;
    replace(&built, &site.out).map_err(|error| format!("{}: {error}", site.out.display()))?;
    if let Some(config) = &site.config {
        let copied = fs::copy(config, site.out.join("config.json"));
        copied.map_err(|error| format!("{}: {error}", config.display()))?;
    }
    write_catalogue(&site.out)
}

/// Compiles the programs.
fn compile(toolset: &Toolset) -> Outcome {
    let mut fetch = release::command(toolset, "cargo")?;
    process::run(fetch.args(["fetch", "--quiet", "--target", TARGET]))?;
    let mut cargo = release::command(toolset, "cargo")?;
    cargo.args(["build", "--release", "--offline", "--target", TARGET]);
    for package in ["outlay", "outlay-vault", "outlay-probe", "outlay-workbook"] {
        cargo.args(["--package", package]);
    }
    for program in ["outlay", VAULT, PROBE, WORKBOOK] {
        cargo.args(["--bin", program]);
    }
    cargo.args([
        "--features",
        "outlay/split,outlay-vault/worker,outlay-probe/worker,outlay-workbook/worker",
    ]);
    process::run(cargo.env("RUST_BACKTRACE", "0"))
}

const VAULT: &str = "vault_worker";
const PROBE: &str = "probe_worker";
const WORKBOOK: &str = "workbook_worker";

/// Puts the programs and the other files of the site into `out`.
fn assemble(out: &Path, base: &str) -> Outcome {
    let failed = |error: std::io::Error| format!("{}: {error}", out.display());
    if out.exists() {
        fs::remove_dir_all(out).map_err(failed)?;
    }
    fs::create_dir_all(out).map_err(failed)?;
    let folder = release::folder()?;
    let compiled = folder.join(TARGET).join("release");
    let work = folder.join("bundle");
    for name in [VAULT, PROBE, WORKBOOK] {
        let input = compiled.join(format!("{name}.wasm"));
        bundle::worker(&input, name, out)?;
    }
    let input = compiled.join("outlay.wasm");
    let program = bundle::page(&input, &work.join("outlay"), out)?;
    document::write(out, base, &program)
}

/// What the explorer knows of Pleo's API: it fetches the file when it opens. Next to it are the two files
/// that the page offers as downloads.
fn write_catalogue(site: &Path) -> Outcome {
    let catalogue = Catalogue::of_openapi(DOCUMENT).map_err(|error| error.to_string())?;
    let write = |name: &str, text: &str| {
        let file = site.join(name);
        fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))
    };
    write("openapi.json", DOCUMENT)?;
    let collection = postman::collection(&catalogue, "https://external.pleo.io");
    write(
        "postman_collection.json",
        &outlay_wire::to_text(&collection),
    )?;
    write("catalogue.json", &outlay_wire::to_text(&catalogue))
}

fn check_config(site: &BuiltSite) -> Outcome {
    let Some(file) = &site.config else {
        return Ok(());
    };
    check::document(file).map(|_| ())
}

/// A folder with something else in it is not emptied.
fn refuse_foreign(out: &Path) -> Outcome {
    let Ok(mut entries) = fs::read_dir(out) else {
        return Ok(());
    };
    if entries.next().is_none() || out.join("vault.js").is_file() {
        return Ok(());
    }
    Err(format!(
        "{} holds something other than this site: name another folder",
        out.display()
    ))
}

/// Puts the new files in place first and then takes the old ones away, so that a server that reads
/// from the folder always finds a whole site.
fn replace(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    let mut kept = Vec::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            replace(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
        kept.push(entry.file_name());
    }
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if kept.contains(&entry.file_name()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
