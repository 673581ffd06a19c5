//! The end-to-end tests: what they are played on, and on which hosts.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{self, Site};
use crate::host::{self, Placement};
use crate::setup::{self, Browser, Hosts, Kit};
use crate::soak::{self, Stage};
use crate::test::Steps;
use crate::{Outcome, place, process, run, sizes};

/// The hosts besides the sandbox, as the end-to-end tests name them.
pub const HOSTS: [&str; 4] = ["nginx", "caddy", "nginx-proxy", "caddy-proxy"];

/// The built site, the sandbox, and everything else that the end-to-end tests are played on.
fn set<'a>(kit: &'a Kit, steps: &mut Steps) -> Outcome<Set<'a>> {
    let site = Site::of_sandbox();
    steps.run("build", || build::build(kit, &site))?;
    steps.run("files for hosts", || {
        host::dress(&site.out, &Placement::default())
    })?;
    steps.run("sizes", || sizes::report(&site.out))?;
    let stage = Stage {
        site: site.out,
        sandbox: steps.run("sandbox, built", run::build_sandbox)?,
        chromium: kit.browser()?,
    };
    Ok(Set {
        stage,
        axe: kit.axe()?,
        hosts: setup::hosts()?,
        xtask: place::this_program()?,
    })
}

/// What [`set`] brings.
struct Set<'a> {
    stage: Stage<'a>,
    axe: &'a Path,
    hosts: Hosts,
    xtask: PathBuf,
}

impl Set<'_> {
    /// The tests, as a command.
    fn tests(&self, which: &[&str]) -> Command {
        let mut cargo = self.stage.cargo();
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

/// Every journey on every other host, or on one of them.
pub fn on_hosts(kit: &Kit, only: Option<&str>, steps: &mut Steps) -> Outcome {
    let set = set(kit, steps)?;
    let chosen = HOSTS
        .into_iter()
        .filter(|name| only.is_none_or(|only| only == *name));
    for name in chosen {
        steps.run(name, || {
            let mut tests = set.tests(&["--test", "journeys"]);
            process::run(tests.env("OUTLAY_HOST", name))
        })?;
    }
    steps.summary();
    Ok(())
}

/// The tests of a landing: everything on the sandbox's own host, a walk on each other, the soak.
pub fn end_to_end(kit: &Kit, firefox: Option<&Browser>, steps: &mut Steps) -> Outcome {
    let set = set(kit, steps)?;
    let stage = &set.stage;
    let tests = |how: &[&str], browser: &str| {
        // Without the documentation, which has no tests: they would have the last word.
        let mut cargo = set.tests(&["--tests"]);
        cargo.args(how).env("OUTLAY_BROWSER", browser);
        if let Some(firefox) = firefox {
            cargo
                .env("FIREFOX", &firefox.program)
                .env("GECKODRIVER", &firefox.driver);
        }
        process::run(&mut cargo)
    };
    steps.run("end-to-end tests, built", || {
        tests(&["--quiet", "--no-run"], "chromium")
    })?;
    if firefox.is_some() {
        steps.run("end-to-end tests in Firefox", || tests(&[], "firefox"))?;
    }
    steps.run("soak, built", || soak::build(stage))?;
    steps.run("soak, two minutes of it", || {
        soak::run(stage, &soak::SHORT.map(str::to_owned))
    })?;
    steps.summary();
    // Last, so that the output ends with the runner's own verdict and time.
    eprintln!("test: end-to-end tests …");
    tests(&[], "chromium")
}
