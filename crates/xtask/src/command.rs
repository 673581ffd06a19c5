//! The command line.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::outcome::Outcome;
use crate::{
    bench, build, contract, fuzz, ledgers, pictures, program_paths, readback, run, setup, soak,
    test,
};

/// Set-up, demo, build and tests of the workspace
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    after_help = "Tools are kept in $OUTLAY_CACHE, or else in the user's cache folder under outlay.",
    arg_required_else_help = false
)]
pub struct XtaskArguments {
    #[command(subcommand)]
    command: Option<XtaskCommand>,
}

#[derive(Debug, Subcommand)]
enum XtaskCommand {
    /// Find or install everything that the other commands need
    Setup(setup::SetupArgs),
    /// Build the site and serve it with a stand-in for Pleo; Ctrl-C stops both
    Demo(run::DemoArgs),
    /// Run the stand-in for Pleo alone
    #[command(disable_help_flag = true)]
    Sandbox(run::SandboxArgs),
    /// Build the static site
    Build(build::BuildArgs),
    #[command(flatten)]
    Deploy(outlay_deploy::command::DeployCommand),
    /// Run every check, or one part of them
    Test(test::TestArgs),
    /// Run many tabs with short tokens and random faults for minutes
    Soak(soak::SoakArgs),
    /// Measure the built site's Connect page
    Bench(bench::BenchArgs),
    /// Check the stand-in against the document of Pleo's API, with schemathesis from PyPI
    Contract,
    /// Have programs of other authors read the files that are made for ledgers
    Ledgers,
    /// Have LibreOffice read exported CSV and Excel files, and compare every cell with the data
    Readback,
    /// Make the pictures in `docs/pictures` again
    Pictures(pictures::PicturesArgs),
    /// Run libFuzzer against the parsers and writers; the corpus stays in the cache
    Fuzz(fuzz::FuzzArgs),
    /// Print the addresses of a sandbox; started by `demo` and `sandbox`
    #[command(name = run::ANNOUNCE, hide = true)]
    Announce,
}

impl XtaskArguments {
    /// Reads the arguments of this process. A mistake ends it with exit code 2, `--help` with 0.
    pub fn read() -> Self {
        let arguments = Self::parse_from(wasm_option_first(std::env::args_os().collect()));
        if let Err(error) = arguments.check() {
            error.exit();
        }
        arguments
    }

    /// What the types of the options do not rule out.
    fn check(&self) -> Result<(), clap::Error> {
        match &self.command {
            Some(XtaskCommand::Test(args)) => args.check(),
            _ => Ok(()),
        }
    }

    /// Runs the chosen command; prints the help without one.
    pub fn run(self) -> Outcome {
        use clap::CommandFactory;
        match self.command {
            None => Self::command()
                .print_help()
                .map_err(|error| error.to_string()),
            Some(XtaskCommand::Setup(args)) => setup::command(&args),
            Some(XtaskCommand::Demo(args)) => run::demo(args),
            Some(XtaskCommand::Sandbox(args)) => run::sandbox(args.options),
            Some(XtaskCommand::Build(args)) => build::command(args),
            Some(XtaskCommand::Deploy(command)) => command.run(&program_paths::root().join("dist")),
            Some(XtaskCommand::Test(args)) => test::command(&args),
            Some(XtaskCommand::Soak(args)) => soak::command(&args),
            Some(XtaskCommand::Bench(args)) => bench::command(args),
            Some(XtaskCommand::Contract) => contract::command(),
            Some(XtaskCommand::Ledgers) => ledgers::command(),
            Some(XtaskCommand::Readback) => readback::command(),
            Some(XtaskCommand::Pictures(args)) => pictures::command(&args),
            Some(XtaskCommand::Fuzz(args)) => fuzz::command(&args),
            Some(XtaskCommand::Announce) => run::announce(),
        }
    }
}

/// Moves `--wasm` to the front of the options of `demo`: everything from the sandbox's first option on
/// is passed to the sandbox.
fn wasm_option_first(mut words: Vec<OsString>) -> Vec<OsString> {
    let is = |at: usize, text: &str| words.get(at).is_some_and(|word| word == text);
    let with_value = |word: &OsString| word.as_encoded_bytes().starts_with(b"--wasm=");
    if is(1, "demo")
        && let Some(at) = words
            .iter()
            .position(|word| word == "--wasm" || with_value(word))
    {
        let length = if is(at, "--wasm") && at + 1 < words.len() {
            2
        } else {
            1
        };
        let option: Vec<_> = words.drain(at..at + length).collect();
        words.splice(2..2, option);
    }
    words
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn read(line: &str) -> Result<XtaskCommand, clap::Error> {
        let words = ["xtask"].into_iter().chain(line.split_whitespace());
        let words = wasm_option_first(words.map(OsString::from).collect());
        let arguments = XtaskArguments::try_parse_from(words)?;
        arguments.check()?;
        Ok(arguments.command.unwrap())
    }

    #[test]
    fn command_definition_is_consistent() {
        XtaskArguments::command().debug_assert();
    }

    #[test]
    fn sandbox_options_are_passed_on_by_demo_and_sandbox() {
        let given = "--entries 9 --site=x --no-cors";
        for line in [
            format!("demo --wasm debian {given}"),
            format!("demo {given} --wasm debian"),
            "demo --entries 9 --wasm=debian --site=x --no-cors".to_owned(),
        ] {
            let XtaskCommand::Demo(args) = read(&line).unwrap() else {
                unreachable!("{line}")
            };
            assert_eq!(args.sandbox, ["--entries", "9", "--site=x", "--no-cors"]);
            assert!(args.wasm.is_given());
        }
        let XtaskCommand::Sandbox(args) = read("sandbox --help --faults").unwrap() else {
            unreachable!()
        };
        assert_eq!(args.options, ["--help", "--faults"]);
    }

    #[test]
    fn invalid_argument_exits_with_2_and_is_named() {
        for (line, named) in [
            ("what", "what"),
            ("build --out", "--out"),
            ("build --out x --out=y", "--out"),
            ("build --base team", "--base"),
            ("setup --wasm here", "here"),
            ("test all", "all"),
            ("test hosts apache", "apache"),
            ("test native --firefox", "--firefox"),
            ("test --firefox lint", "--firefox"),
            ("soak --minutes many", "many"),
            ("fuzz xml", "xml"),
            ("fuzz --minutes 0", "--minutes"),
            ("bench start --loads 0", "--loads"),
            ("bench load --delay 0", "--delay"),
            ("contract now", "now"),
            ("ledgers now", "now"),
            ("readback now", "now"),
            ("pictures now", "now"),
            ("host --colour red", "--colour"),
        ] {
            let error = read(line).map(drop).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{line}");
            assert!(error.to_string().contains(named), "{line}: {error}");
        }
    }

    #[test]
    fn contract_commands_are_accepted() {
        for line in [
            "setup",
            "setup --wasm rustup",
            "build --out d --config c.json --base /team/ --origin https://a.example --confidential",
            "host --site d --config c.json --token-upstream a=https://a.example/t",
            "verify https://a.example --site d --report-uri https://r.example",
            "config check c.json --origin https://a.example",
            "test",
            "test lint",
            "test --firefox",
            "test --firefox e2e",
            "test e2e --firefox --wasm debian",
            "test hosts",
            "test hosts nginx-proxy",
            "test interop django-oauth-toolkit",
            "test trunk",
            "soak --minutes 2 --tabs 3 --seed 1",
            "fuzz csv --minutes 600",
            "bench start --loads 9 --site d",
            "bench load --entries 100000 --delay 60 --site d",
            "bench lighthouse",
            "contract",
            "ledgers",
        ] {
            read(line).unwrap_or_else(|error| unreachable!("{line}: {error}"));
        }
    }
}
