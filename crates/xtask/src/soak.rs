//! The soak: the site, the sandbox and Chromium for `tests/e2e`'s program of that name.

use std::path::PathBuf;
use std::process::Command;

use crate::build::{self, Site};
use crate::options::Options;
use crate::setup::{self, Browser, Purpose};
use crate::{Outcome, process, run};

/// The part that belongs to the tests: the same each time.
pub const SHORT: [&str; 6] = ["--minutes", "2", "--tabs", "10", "--seed", "1"];

/// What the end-to-end tests and the soak are played on.
pub struct Stage<'a> {
    /// The built site.
    pub site: PathBuf,
    /// The sandbox's program.
    pub sandbox: PathBuf,
    /// The browser.
    pub chromium: &'a Browser,
}

impl Stage<'_> {
    /// A cargo whose children find all that.
    pub fn cargo(&self) -> Command {
        let mut cargo = process::command("cargo");
        cargo
            .env("OUTLAY_SITE", &self.site)
            .env("OUTLAY_SANDBOX", &self.sandbox)
            .env("CHROME", &self.chromium.program)
            .env("CHROMEDRIVER", &self.chromium.driver);
        cargo
    }

    fn soak(&self, cargo_command: &str) -> Command {
        let mut cargo = self.cargo();
        cargo.args([cargo_command, "--quiet", "--package", "outlay-e2e"]);
        cargo.args(["--bin", "outlay-soak"]);
        cargo
    }
}

/// `cargo xtask soak`.
pub fn command(mut options: Options) -> Outcome {
    let forced = setup::forced_way(&mut options)?;
    let mut given = Vec::new();
    for name in ["--minutes", "--tabs", "--seed"] {
        if let Some(value) = options.value(name)? {
            value
                .parse::<u64>()
                .map_err(|_| format!("{name} is a whole number, not `{value}`"))?;
            given.extend([name.to_owned(), value]);
        }
    }
    options.finish()?;
    let kit = setup::ensure(Purpose::EndToEnd, forced)?;
    let site = Site::of_sandbox();
    build::build(&kit, &site)?;
    let stage = Stage {
        site: site.out,
        sandbox: run::build_sandbox()?,
        chromium: kit.browser()?,
    };
    run(&stage, &given)
}

/// Compiles the program.
pub fn build(stage: &Stage<'_>) -> Outcome {
    process::run(&mut stage.soak("build"))
}

/// Runs it with these options.
pub fn run(stage: &Stage<'_>, options: &[String]) -> Outcome {
    process::run(stage.soak("run").arg("--").args(options))
}
