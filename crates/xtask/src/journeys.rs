//! The end-to-end tests: what they are played on, and on which hosts.

#[cfg(test)]
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{self, Site};
use crate::host::{self, Placement};
use crate::leftovers::Run;
use crate::setup::{self, Browser, Hosts, Kit};
use crate::soak::{self, Stage};
use crate::test::Steps;
use crate::{Outcome, place, process, run, sizes};

/// The tests that every run plays in Firefox too: of each kind the one that says most about the
/// browser. `--firefox` plays all of them there.
const IN_FIREFOX: [&str; 14] = [
    "answers::a_callback_that_was_changed_has_its_code",
    "api::reads::a_link_to_a_call_leads_back_to_it_from_the_sign_in_that_it_needs",
    "callback::a_callback_works_once",
    "callback::a_forged_answer_does_not_disturb_the_sign_in_under_way",
    "connect::a_deep_link_survives_the_sign_in",
    "connect::connect_and_see_entries",
    "ends::a_refresh_without_an_answer_is_not_repeated_and_ends_as_unsure",
    "popup::the_page_stays_while_a_window_signs_in_and_closes_itself",
    "refresh::twenty_calls_of_two_tabs_make_one_refresh",
    "session::a_reload_keeps_the_session",
    "session::a_second_tab_is_connected_at_once",
    "session::sign_out_ends_every_tab_and_leaves_nothing_in_sight",
    "session::where_the_vault_ends_with_its_last_page_that_is_said_and_one_click_leads_back",
    "walk::nginx_over_tls",
];

/// The hosts besides the sandbox, as the end-to-end tests name them.
pub const HOSTS: [&str; 4] = ["nginx", "caddy", "nginx-proxy", "caddy-proxy"];

/// The authorization servers of other authors.
pub const SERVERS: [&str; 2] = ["node-oidc-provider", "django-oauth-toolkit"];

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
    let run = Run::new();
    let chosen = HOSTS
        .into_iter()
        .filter(|name| only.is_none_or(|only| only == *name));
    for name in chosen {
        steps.run(name, || {
            let mut tests = set.tests(&["--test", "journeys"]);
            tests.env("OUTLAY_HOST", name);
            run.through(|| process::run(run.mark(&mut tests)))
        })?;
    }
    steps.summary();
    Ok(())
}

/// The journeys before authorization servers of other authors: all of them, or one.
pub fn interop(kit: &Kit, only: Option<&str>, steps: &mut Steps) -> Outcome {
    let node = steps.run("node-oidc-provider", setup::node_oidc_provider)?;
    let python = steps.run("django-oauth-toolkit", setup::django_oauth_toolkit)?;
    let set = set(kit, steps)?;
    let filter = only.map(|name| name.replace('-', "_") + "::");
    let run = Run::new();
    let tests = |how: &[&str]| {
        let mut cargo = set.tests(&["--test", "interop"]);
        cargo
            .args(how)
            .args(&filter)
            .env("OUTLAY_NODE", &node.node)
            .env("OUTLAY_NODE_OIDC_PROVIDER", &node.folder)
            .env("OUTLAY_PYTHON", &python);
        run.through(|| process::run(run.mark(&mut cargo)))
    };
    steps.run("interoperability tests, built", || {
        tests(&["--quiet", "--no-run"])
    })?;
    steps.summary();
    eprintln!("test: interoperability tests …");
    tests(&[])
}

/// The tests of a landing: everything on the sandbox's own host, a walk on each other, the soak; some
/// in Firefox too, or everything if it is asked for.
pub fn end_to_end(
    kit: &Kit,
    firefox: &Browser,
    all_in_firefox: bool,
    steps: &mut Steps,
) -> Outcome {
    let set = set(kit, steps)?;
    let stage = &set.stage;
    let run = Run::new();
    let tests = |how: &[&str], browser: &str| {
        // Without the documentation, which has no tests: they would have the last word.
        let mut cargo = set.tests(&["--tests"]);
        cargo.args(how).env("OUTLAY_BROWSER", browser);
        cargo
            .env("FIREFOX", &firefox.program)
            .env("GECKODRIVER", &firefox.driver);
        run.through(|| process::run(run.mark(&mut cargo)))
    };
    steps.run("end-to-end tests, built", || {
        tests(&["--quiet", "--no-run"], "chromium")
    })?;
    let some = [&["--", "--exact"], &IN_FIREFOX[..]].concat();
    let in_firefox = if all_in_firefox { &[][..] } else { &some };
    steps.run("end-to-end tests in Firefox", || {
        tests(in_firefox, "firefox")
    })?;
    steps.run("soak, built", || soak::build(stage))?;
    steps.run("soak, two minutes of it", || {
        soak::run(stage, &soak::SHORT.map(str::to_owned))
    })?;
    steps.summary();
    // Last, so that the output ends with the runner's own verdict and time.
    eprintln!("test: end-to-end tests …");
    tests(&[], "chromium")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_test_for_firefox_exists() {
        let tests = place::root().join("tests/e2e/tests");
        for name in IN_FIREFOX {
            let (module, test) = name.rsplit_once("::").unwrap();
            let file = module.replace("::", "/") + ".rs";
            let text = ["journeys", "hosts"]
                .iter()
                .find_map(|target| fs::read_to_string(tests.join(target).join(&file)).ok());
            let text = text.unwrap_or_else(|| panic!("{name}: there is no {file}"));
            assert!(text.contains(&format!("fn {test}()")), "{name}");
        }
    }
}
