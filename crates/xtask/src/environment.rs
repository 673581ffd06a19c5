//! What the tests in a browser need, built and found.

use std::path::{Path, PathBuf};
use std::process::Command;

use outlay_deploy::host;
use outlay_deploy::host::placement::Placement;

use crate::build::{self, Site};
use crate::outcome::Outcome;
use crate::setup::{self, Browser, Hosts, Kit};
use crate::steps::Steps;
use crate::{place, process, run, sizes};

/// The built site, the sandbox and Chromium.
pub struct Programs<'a> {
    /// The folder of the built site.
    pub site: PathBuf,
    /// The sandbox's program.
    pub sandbox: PathBuf,
    /// Chromium and its driver.
    pub chromium: &'a Browser,
}

impl Programs<'_> {
    /// A cargo command whose children find them by environment variables.
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

/// Everything that the end-to-end tests need.
pub struct E2eEnvironment<'a> {
    /// The built site, the sandbox and Chromium.
    pub programs: Programs<'a>,
    axe: &'a Path,
    hosts: Hosts,
    xtask: PathBuf,
}

impl<'a> E2eEnvironment<'a> {
    /// Builds the site and the sandbox, and finds the rest.
    pub fn new(kit: &'a Kit, steps: &mut Steps) -> Outcome<Self> {
        let site = Site::of_sandbox();
        steps.run("build", || build::build(kit, &site))?;
        steps.run("files for hosts", || {
            host::write_host_files(&site.out, &Placement::default())
        })?;
        steps.run("sizes", || sizes::report(&site.out))?;
        let programs = Programs {
            site: site.out,
            sandbox: steps.run("sandbox, built", run::build_sandbox)?,
            chromium: kit.browser()?,
        };
        Ok(Self {
            programs,
            axe: kit.axe()?,
            hosts: setup::hosts()?,
            xtask: place::this_program()?,
        })
    }

    /// A command that runs the tests that `which` selects.
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
