//! What the tests in a browser need, built and found.

use std::path::{Path, PathBuf};
use std::process::Command;

use outlay_deploy::host;
use outlay_deploy::host::placement::Placement;

use crate::build::{self, BuiltSite};
use crate::outcome::Outcome;
use crate::setup::{self, Hosts, SetUpBrowser, Toolset};
use crate::steps::Steps;
use crate::{process, program_paths, run, sizes};

/// The programs that browser tests need.
pub struct Programs<'a> {
    /// Folder of the built site.
    pub site: PathBuf,
    /// Path of the sandbox's program.
    pub sandbox: PathBuf,
    /// Chromium with its driver.
    pub chromium: &'a SetUpBrowser,
}

impl Programs<'_> {
    /// Returns a cargo command with the paths of the programs in environment variables.
    pub fn cargo(&self) -> Command {
        let mut cargo = process::command("cargo");
        cargo
            .env("OUTLAY_SITE", &self.site)
            .env("OUTLAY_SANDBOX", &self.sandbox)
            .env("CHROME", &self.chromium.program)
            .env("CHROMEDRIVER", &self.chromium.driver);
        cargo
    }
}

/// The environment of the end-to-end tests.
pub struct E2eEnvironment<'a> {
    /// The built site, the sandbox and Chromium.
    pub programs: Programs<'a>,
    axe: &'a Path,
    hosts: Hosts,
    xtask: PathBuf,
}

impl<'a> E2eEnvironment<'a> {
    /// Builds the site and the sandbox and locates the other programs.
    pub fn new(toolset: &'a Toolset, steps: &mut Steps) -> Outcome<Self> {
        let site = BuiltSite::of_sandbox();
        steps.run("build", || build::build(toolset, &site))?;
        steps.run("files for hosts", || {
            host::write_host_files(&site.out, &Placement::default())
        })?;
        steps.run("sizes", || sizes::report(&site.out))?;
        let programs = Programs {
            site: site.out,
            sandbox: steps.run("sandbox, built", run::build_sandbox)?,
            chromium: toolset.browser()?,
        };
        Ok(Self {
            programs,
            axe: toolset.axe()?,
            hosts: setup::hosts()?,
            xtask: program_paths::this_program()?,
        })
    }

    /// Returns the command that runs the tests with these arguments.
    pub fn tests(&self, which: &[&str]) -> Command {
        let mut cargo = self.programs.cargo();
        cargo
            .args(["test", "--package", "outlay-e2e"])
            .args(which)
            .env("OUTLAY_AXE", self.axe)
            .env("OUTLAY_XTASK", &self.xtask)
            .env("NGINX", &self.hosts.nginx)
            .env("CADDY", &self.hosts.caddy);
        cargo
    }
}
