//! `cargo xtask`: set-up, demo, build and test of the workspace.
//!
//! Reading order:
//!
//! 1. `options`: the command line.
//! 2. `setup`: what the other commands need, found or installed; `setup::Kit` is what comes out.
//! 3. `build`, `release`, `shorten`, `style` and `sizes`: the static site, how it is compiled, what is
//!    taken out of it, its one style sheet, and its budgets.
//! 4. `run`: the demo and the sandbox.
//! 5. `test`: every check, in order; `journeys`: those in a browser, on hosts of every kind;
//!    `leftovers`: the browsers that they must not leave running.
//! 6. `soak`: minutes of everything at once, which the tests run a part of.
//! 7. `bench`: measured page loads beside those of a React app, and Lighthouse; not part of the tests.
//! 8. `config`: a configuration judged without a build.
//! 9. `host`: what a host needs beside the site, and whether a live one has it.
//! 10. `contract`: the sandbox against the document of Pleo's API, by a tool from elsewhere.
//! 11. `fuzz`: a search for bytes that a parser or writer cannot stand.
//! 12. `place`, `process`, `progress`: folders, child processes, the lines on the terminal.

mod bench;
mod build;
mod bundle;
mod config;
mod contract;
mod document;
mod fuzz;
mod host;
mod journeys;
mod leftovers;
mod options;
mod place;
mod process;
mod progress;
mod release;
mod run;
mod setup;
mod sizes;
mod soak;
mod style;
mod test;

use std::process::ExitCode;

/// What every part of this tool returns: done, or one message for the user.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
cargo xtask <command>

  setup     find or install everything that the other commands need
  demo      build the site and serve it with a stand-in for Pleo; Ctrl-C stops both
            (further options go to the sandbox, see there)
  sandbox   the stand-in alone
            --auth-port N --api-port N --site-port N   0 takes a free port
            --site DIR | --site-origin URL   --entries N   --access-ttl SECONDS
            --client-secret TEXT   a confidential client   --no-cors   for a proxy
  build     the static site
            --out DIR          where to, default dist
            --config FILE      checked, and put in place as config.json
            --base PATH        the path the site is served under, default /
            and what `host` takes
  host      a built site made ready for its host: compressed files, header files, manifest
            --site DIR         default dist   --config FILE   put in place first
            --base PATH        another path than it was built for
            --origin URL       where it will be served   --root PATH   its folder on the server
            --report-uri URL   who is to hear of a broken policy
            --confidential[=ID]   the proxy adds the client's secret, or that of one profile
            --token-upstream [ID=]URL --api-upstream [ID=]URL   what a profile's paths stand for
            --resolver ADDRESS   who tells nginx the addresses of names behind the proxy
  verify    URL                a live site beside the build, row by row of docs/checklist.md
            --site DIR         default dist   --report-uri URL   as it was built
  config    check FILE         says what is wrong with a config.json, as the page would
            --origin URL       and what it means at this address
  test      every check: test [lint|native|wasm|e2e] runs a part
            --firefox          every end-to-end test in Firefox too, not only some of them
            test hosts [nginx|caddy|nginx-proxy|caddy-proxy]   every journey on other hosts; long
            test interop [node-oidc-provider|django-oauth-toolkit]   the sign-in, the refresh and
                               the revocation with authorization servers from npm and PyPI
  soak      many tabs, short tokens and faults by chance, for minutes on end
            --minutes N --tabs N   default 10 and 10
            --seed N               the same steps again; else another each time, and printed
  bench     start | lighthouse   the Connect page: cold loads beside those of a React app, in turn;
                               or Lighthouse's scores, which must reach their minimums
            --site DIR             a site that is built already; else it is built first
            --loads N              with start: of each app at each CPU speed, default 7
  contract  the stand-in against the document of Pleo's API, by schemathesis from PyPI
  fuzz      libFuzzer against the parsers and writers; the corpus stays in the cache
            [callback|config|csv|entries|json|time|token]   default all   --minutes N   each, default 5
  help      this text

  --wasm rustup|debian   with setup, demo, build, test, soak, bench: take the wasm compiler from there, now and
                         later; OUTLAY_WASM does so for one run. Default: whichever is found.

Tools are kept in $OUTLAY_CACHE, or else in the user's cache folder under outlay.";

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Outcome {
    let mut options = options::Options::from_env()?;
    match options.command().as_str() {
        "setup" => setup::command(options),
        "demo" => run::demo(options),
        "sandbox" => run::sandbox(options.rest()),
        "bench" => bench::command(options),
        "build" => build::command(options),
        "soak" => soak::command(options),
        "config" => config::command(options),
        "contract" => contract::command(options),
        "fuzz" => fuzz::command(options),
        "host" => host::command(options),
        "verify" => host::verify(options),
        "test" => test::command(options),
        run::ANNOUNCE => run::announce(),
        "help" | "-h" | "--help" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`\n\n{HELP}")),
    }
}
