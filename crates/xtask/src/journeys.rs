//! The end-to-end tests: in which browsers and on which hosts they run.

use std::fs;
use std::process::Command;

use clap::ValueEnum;

use crate::environment::E2eEnvironment;
use crate::leftover_processes::MarkedRun;
use crate::outcome::Outcome;
use crate::setup::{self, SetUpBrowser, Toolset};
use crate::steps::Steps;
use crate::{process, program_paths, soak};

/// The tests that every run repeats in Firefox: of each kind the one that depends most on the browser.
/// `--firefox` repeats all of them.
const IN_FIREFOX: [&str; 14] = [
    "answers::altered_callback_has_its_code",
    "api::reads::link_to_a_call_survives_the_sign_in",
    "callback::callback_is_accepted_once",
    "callback::forged_callback_keeps_the_pending_sign_in",
    "connect::deep_link_survives_the_sign_in",
    "connect::connect_shows_entries",
    "session_ends::unanswered_refresh_is_not_repeated_and_ends_as_unsure",
    "popup::page_stays_while_the_popup_signs_in_and_closes",
    "refresh::twenty_calls_of_two_tabs_make_one_refresh",
    "session::reload_keeps_the_session",
    "session::second_tab_is_connected_at_once",
    "session::sign_out_ends_every_tab_and_clears_the_page",
    "session::vault_ended_with_its_last_page_is_explained_and_one_click_reconnects",
    "whole_session::session_works_on_nginx_over_tls",
];

/// The hosts besides the sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HostName {
    Nginx,
    Caddy,
    NginxProxy,
    CaddyProxy,
}

impl HostName {
    /// The name in the end-to-end tests.
    fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::NginxProxy => "nginx-proxy",
            Self::CaddyProxy => "caddy-proxy",
        }
    }
}

/// The authorization servers of other authors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ServerName {
    NodeOidcProvider,
    DjangoOauthToolkit,
}

impl ServerName {
    /// The module of its tests.
    fn module(self) -> &'static str {
        match self {
            Self::NodeOidcProvider => "node_oidc_provider::",
            Self::DjangoOauthToolkit => "django_oauth_toolkit::",
        }
    }
}

/// Runs end-to-end tests without backtraces, of which only the logs would get long. If tests fail, the
/// error ends with a line for each: its name and the reason.
fn run_tests(run: &MarkedRun, tests: &mut Command) -> Outcome {
    let list = program_paths::target()?.join(format!("e2e-failures-{}.txt", run.id()));
    let tests = tests
        .env("OUTLAY_FAILURES", &list)
        .env("RUST_BACKTRACE", "0");
    let outcome = run.through(|| process::run(run.mark(tests)));
    // No test has failed if there is no list.
    let failures = fs::read_to_string(&list).unwrap_or_default();
    let _ = fs::remove_file(&list);
    outcome.map_err(|error| match failures.trim_end() {
        "" => error,
        failures => format!("{error}\n{failures}"),
    })
}

/// Every journey on every other host, or on one of them.
pub fn on_hosts(toolset: &Toolset, only: Option<HostName>, steps: &mut Steps) -> Outcome {
    let environment = E2eEnvironment::new(toolset, steps)?;
    let run = MarkedRun::new();
    let all = HostName::value_variants().iter();
    for host in all.filter(|host| only.is_none_or(|only| only == **host)) {
        let name = host.name();
        steps.run(name, || {
            let mut tests = environment.tests(&["--test", "journeys"]);
            run_tests(&run, tests.env("OUTLAY_HOST", name))
        })?;
    }
    steps.summary();
    Ok(())
}

/// The journeys with authorization servers of other authors: all of them, or one.
pub fn interop(toolset: &Toolset, only: Option<ServerName>, steps: &mut Steps) -> Outcome {
    let node = steps.run("node-oidc-provider", setup::node_oidc_provider)?;
    let python = steps.run("django-oauth-toolkit", setup::django_oauth_toolkit)?;
    let environment = E2eEnvironment::new(toolset, steps)?;
    let filter = only.map(ServerName::module);
    let run = MarkedRun::new();
    let tests = |how: &[&str]| {
        let mut cargo = environment.tests(&["--test", "interop"]);
        cargo
            .args(how)
            .args(filter)
            .env("OUTLAY_NODE", &node.node)
            .env("OUTLAY_NODE_OIDC_PROVIDER", &node.folder)
            .env("OUTLAY_PYTHON", &python);
        run_tests(&run, &mut cargo)
    };
    steps.run("interoperability tests, built", || {
        tests(&["--quiet", "--no-run"])
    })?;
    steps.summary();
    eprintln!("test: interoperability tests …");
    tests(&[])
}

/// The end-to-end part of every test run: all tests on the sandbox's own host, a short one on each
/// other host, the soak; some tests again in Firefox, or all of them.
pub fn end_to_end(
    toolset: &Toolset,
    firefox: &SetUpBrowser,
    all_in_firefox: bool,
    steps: &mut Steps,
) -> Outcome {
    let environment = E2eEnvironment::new(toolset, steps)?;
    let programs = &environment.programs;
    let run = MarkedRun::new();
    let tests = |how: &[&str], browser: &str| {
        // Without documentation tests, of which there are none: the output would end with them.
        let mut cargo = environment.tests(&["--tests"]);
        cargo.args(how).env("OUTLAY_BROWSER", browser);
        cargo
            .env("FIREFOX", &firefox.program)
            .env("GECKODRIVER", &firefox.driver);
        run_tests(&run, &mut cargo)
    };
    steps.run("end-to-end tests, built", || {
        tests(&["--quiet", "--no-run"], "chromium")
    })?;
    let some = [&["--", "--exact"], &IN_FIREFOX[..]].concat();
    let in_firefox = if all_in_firefox { &[][..] } else { &some };
    steps.run("end-to-end tests in Firefox", || {
        tests(in_firefox, "firefox")
    })?;
    steps.run("soak, built", || soak::build(programs))?;
    steps.run("soak, two minutes of it", || {
        soak::run(programs, &soak::SHORT.map(str::to_owned))
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
    #[cfg(target_os = "linux")]
    fn failed_tests_are_listed_once_at_the_end() {
        let run = MarkedRun::new();
        let run_script = |script: &str| {
            let mut command = Command::new("sh");
            run_tests(&run, command.args(["-c", script]))
        };
        let fail = "echo \"table::one: no row, $RUST_BACKTRACE\" >>\"$OUTLAY_FAILURES\"; exit 1";
        for _ in 0..2 {
            let error = run_script(fail).unwrap_err();
            assert!(
                error.ends_with("exit status: 1\ntable::one: no row, 0"),
                "{error}"
            );
        }
        let error = run_script("exit 1").unwrap_err();
        assert!(error.ends_with("exit status: 1"), "{error}");
        assert_eq!(run_script("exit 0"), Ok(()));
    }

    #[test]
    fn every_firefox_test_name_exists() {
        let tests = program_paths::root().join("tests/e2e/tests");
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
