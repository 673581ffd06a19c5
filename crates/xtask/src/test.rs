//! Every check, in order; the first that fails ends it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::journeys::{HOSTS, SERVERS, end_to_end, interop, on_hosts};
use crate::options::Options;
use crate::progress::seconds;
use crate::setup::{self, Browser, Kit, Purpose, TARGET};
use crate::{Outcome, place, process};

/// A part of the tests that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Lint,
    Native,
    Wasm,
    EndToEnd,
    /// The end-to-end tests once more for each other host. Long, and so only when it is asked for.
    Hosts,
    /// A part of them before other authorization servers. From npm and PyPI, and so only when asked for.
    Interop,
}

impl Part {
    const ALL: [Self; 4] = [Self::Lint, Self::Native, Self::Wasm, Self::EndToEnd];

    fn parse(word: &str) -> Outcome<Self> {
        match word {
            "lint" => Ok(Self::Lint),
            "native" => Ok(Self::Native),
            "wasm" => Ok(Self::Wasm),
            "e2e" => Ok(Self::EndToEnd),
            "hosts" => Ok(Self::Hosts),
            "interop" => Ok(Self::Interop),
            _ => Err(format!(
                "the parts are lint, native, wasm, e2e, hosts and interop, not `{word}`"
            )),
        }
    }

    /// What the word after the part's own may be.
    fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Hosts => &HOSTS,
            Self::Interop => &SERVERS,
            _ => &[],
        }
    }
}

/// `cargo xtask test`.
pub fn command(mut options: Options) -> Outcome {
    let forced = setup::forced_way(&mut options)?;
    let with_firefox = options.flag("--firefox");
    let only = options.word().map(|word| Part::parse(&word)).transpose()?;
    let choice = options.word();
    options.finish()?;
    if let Some(choice) = &choice
        && !only.is_some_and(|part| part.choices().contains(&choice.as_str()))
    {
        return Err(format!(
            "`{choice}` is not understood: `test hosts [{}]`, `test interop [{}]`",
            HOSTS.join("|"),
            SERVERS.join("|")
        ));
    }
    let parts = only.map_or(Part::ALL.to_vec(), |part| vec![part]);
    if with_firefox && !parts.contains(&Part::EndToEnd) {
        return Err("--firefox is for the end-to-end tests: `test e2e --firefox`".to_owned());
    }
    let mut steps = Steps::default();
    if parts == [Part::Native] {
        return native(&mut steps);
    }
    let kit = setup::ensure(purpose(only), forced)?;
    let in_browsers = parts.contains(&Part::EndToEnd);
    let firefox = in_browsers.then(setup::firefox).transpose()?;
    for part in parts {
        match part {
            Part::Lint => lint(&kit, &mut steps)?,
            Part::Native => native(&mut steps)?,
            Part::Wasm => wasm(&kit, &mut steps)?,
            Part::EndToEnd => {
                let firefox = firefox.as_ref().ok_or("set-up looked for no Firefox")?;
                end_to_end(&kit, firefox, with_firefox, &mut steps)?;
            }
            Part::Hosts => on_hosts(&kit, choice.as_deref(), &mut steps)?,
            Part::Interop => interop(&kit, choice.as_deref(), &mut steps)?,
        }
    }
    Ok(())
}

fn purpose(only: Option<Part>) -> Purpose {
    match only {
        Some(Part::Lint) => Purpose::Lint,
        Some(Part::Wasm) => Purpose::WasmTests,
        Some(Part::EndToEnd | Part::Hosts | Part::Interop) => Purpose::EndToEnd,
        Some(Part::Native) | None => Purpose::All,
    }
}

fn lint(kit: &Kit, steps: &mut Steps) -> Outcome {
    steps.run("formatting", || {
        process::run(process::command("cargo").args(["fmt", "--all", "--check"]))?;
        // A workspace of its own.
        let fuzz = ["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"];
        process::run(process::command("cargo").args(fuzz))
    })?;
    let clippy = |mut cargo: Command, which: &[&str]| {
        cargo
            .args(["clippy", "--quiet", "--all-targets"])
            .args(which);
        process::run(cargo.args(["--", "-D", "warnings"]))
    };
    let page = [
        "--target",
        TARGET,
        "-p",
        "outlay",
        "-p",
        "outlay-workbench",
        "-p",
        "outlay-explorer",
    ];
    let worker = |package| ["--target", TARGET, "-p", package, "--features", "worker"];
    steps.run("clippy, native", || {
        clippy(process::command("cargo"), &["--workspace"])
    })?;
    steps.run("clippy, page", || clippy(kit.wasm("cargo"), &page))?;
    steps.run("clippy, worker", || {
        clippy(
            kit.wasm("cargo"),
            &["--target", TARGET, "-p", "outlay-worker"],
        )
    })?;
    steps.run("clippy, vault", || {
        clippy(kit.wasm("cargo"), &worker("outlay-vault"))
    })?;
    steps.run("clippy, probe", || {
        clippy(kit.wasm("cargo"), &worker("outlay-probe"))
    })
}

fn native(steps: &mut Steps) -> Outcome {
    steps.run("native tests", || {
        let mut cargo = process::command("cargo");
        cargo.args(["test", "--quiet", "--workspace", "--exclude", "outlay-e2e"]);
        process::run(&mut cargo)
    })
}

fn wasm(kit: &Kit, steps: &mut Steps) -> Outcome {
    let browser = kit.browser()?;
    let capabilities = capabilities(browser)?;
    let pack = |folder: &str, features: &[&str]| {
        let mut command = kit.wasm("wasm-pack");
        command
            .args([
                "test",
                "--headless",
                "--chrome",
                "--mode",
                "no-install",
                "--chromedriver",
            ])
            .arg(&browser.driver)
            .arg(folder)
            .args(features)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
        process::run(&mut command)
    };
    steps.run("browser tests, page", || pack(".", &[]))?;
    steps.run("browser tests, worker", || pack("crates/worker", &[]))?;
    steps.run("browser tests, vault", || {
        pack("crates/vault", &["--features", "worker"])
    })
}

/// `webdriver.json` with the browser that was found.
fn capabilities(browser: &Browser) -> Outcome<PathBuf> {
    let from = place::root().join("webdriver.json");
    let to = place::target()?.join("webdriver.json");
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", from.display());
    let text = fs::read_to_string(&from).map_err(|error| fail(&error))?;
    let mut json: serde_json::Value = serde_json::from_str(&text).map_err(|error| fail(&error))?;
    json["goog:chromeOptions"]["binary"] = browser.program.display().to_string().into();
    fs::write(&to, json.to_string()).map_err(|error| fail(&error))?;
    Ok(to)
}

/// The checks so far, and how long each took.
#[derive(Default)]
pub struct Steps {
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Runs one check; its failure carries its name.
    pub fn run<T>(&mut self, name: &'static str, check: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        eprintln!("test: {name} …");
        let begun = Instant::now();
        let result = check().map_err(|error| format!("{name}: {error}"))?;
        let took = begun.elapsed();
        eprintln!("test: {name}: {}", seconds(took));
        self.done.push((name, took));
        Ok(result)
    }

    /// Says what took long.
    pub fn summary(&self) {
        let total = self.done.iter().map(|(_, took)| *took).sum();
        eprintln!(
            "test: {} checks so far in {}",
            self.done.len(),
            seconds(total)
        );
        for (name, took) in longest(&self.done) {
            eprintln!("test: {:>9}  {name}", seconds(*took));
        }
    }
}

/// At most five, the longest first, none of them under two seconds.
fn longest<'a>(done: &'a [(&'static str, Duration)]) -> Vec<&'a (&'static str, Duration)> {
    let mut long: Vec<_> = done
        .iter()
        .filter(|(_, took)| *took >= Duration::from_secs(2))
        .collect();
    long.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
    long.truncate(5);
    long
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_what_took_long() {
        let done: Vec<_> = ["a", "b", "c", "d", "e", "f", "g"]
            .into_iter()
            .zip([1, 2, 9, 3, 8, 4, 5].map(Duration::from_secs))
            .collect();
        let names: Vec<_> = longest(&done).into_iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["c", "e", "g", "f", "d"]);
    }

    #[test]
    fn parts_have_the_names_of_the_help() {
        for word in ["lint", "native", "wasm", "e2e", "hosts", "interop"] {
            assert!(Part::parse(word).is_ok());
        }
        assert!(Part::parse("all").is_err());
    }
}
