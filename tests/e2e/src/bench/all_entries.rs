//! All entries of a company, loaded once by Outlay in date windows and by the React app page by page.

use std::fmt::Write;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::chromium::{Chromium, ColdPage};
use super::load::App;
use super::{peer, signed_in, start};
use crate::Outcome;
use crate::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use crate::sandbox::{SandboxProcess, SandboxSetup};

/// How long the load of all entries may take.
const LOAD_PATIENCE: Duration = Duration::from_secs(500);

const SEARCH_PATH: &str = "/v1/accounting-entries:search";

/// What is loaded, and over which network.
#[derive(Debug, Clone, Copy)]
pub struct LoadSettings {
    /// Entries in the sandbox, of all companies. The first company's are loaded.
    pub entries: usize,
    /// Milliseconds that each answer with entries is late; at least 1.
    pub delay: u32,
}

/// What one load took.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LoadFigures {
    /// From the navigation to the first rows, in milliseconds.
    first_rows: f64,
    /// From the press of `Load all` to the count of all entries, in milliseconds.
    all_rows: f64,
    /// The entries that were loaded.
    entries: u32,
    /// Searches that the API answered.
    #[serde(default)]
    requests: u64,
}

/// Measures and prints.
pub(super) async fn compare(settings: LoadSettings) -> Outcome {
    let options = SandboxSetup {
        entries: Some(settings.entries),
        ..SandboxSetup::default()
    };
    let (ours, our_sandbox) = start::serve_outlay(&options).await?;
    let (theirs, their_sandbox) = peer::serve(&options).await?;
    let mut browser = Chromium::start().await?;
    let measured = async {
        let first = load(&mut browser, &ours, &our_sandbox, settings).await?;
        let second = load(&mut browser, &theirs, &their_sandbox, settings).await?;
        println!(
            "{}",
            table(settings, [ours.name, theirs.name], [first, second])
        );
        Ok(())
    }
    .await;
    browser.end().await;
    our_sandbox.end().await;
    their_sandbox.end().await;
    measured
}

/// Signs in on a cold page and loads all entries.
async fn load(
    browser: &mut Chromium,
    app: &App,
    sandbox: &SandboxProcess,
    settings: LoadSettings,
) -> Outcome<LoadFigures> {
    let mut page = browser.open_cold().await?;
    let figures = measure(&mut page, app, sandbox, settings).await;
    browser.close(page).await?;
    figures.map_err(|error| format!("{}: {error}", app.name).into())
}

async fn measure(
    page: &mut ColdPage,
    app: &App,
    sandbox: &SandboxProcess,
    settings: LoadSettings,
) -> Outcome<LoadFigures> {
    let tools = &mut page.tools;
    for (command, given) in [("Page.enable", json!({})), ("Runtime.enable", json!({}))] {
        tools.ask(command, given).await?;
    }
    signed_in::connect(tools, app).await?;
    let late = SandboxFault::Slow {
        ms: settings.delay,
        when: FaultWhen::After,
    };
    let late = late.at(&[FaultPath::Api]).path(SEARCH_PATH);
    sandbox.arm(late, FaultTimes::Always).await?;
    let before = searches(sandbox).await?;
    let script = json!({ "source": include_str!("load_all.js") });
    let added = "Page.addScriptToEvaluateOnNewDocument";
    tools.ask(added, script).await?;
    let url = json!({ "url": format!("{}/entries", app.site.origin) });
    tools.ask("Page.navigate", url).await?;
    signed_in::wait_for(tools, "window.outlayLoad !== undefined", LOAD_PATIENCE).await?;
    let reported = json!({ "expression": "window.outlayLoad", "returnByValue": true });
    let reported = tools.ask("Runtime.evaluate", reported).await?;
    let figures = reported["result"]["value"].as_str().unwrap_or_default();
    let figures: LoadFigures = serde_json::from_str(figures)?;
    Ok(LoadFigures {
        requests: searches(sandbox).await? - before,
        ..figures
    })
}

/// How many searches were late so far.
async fn searches(sandbox: &SandboxProcess) -> Outcome<u64> {
    Ok(sandbox.struck().await?.get("slow").copied().unwrap_or(0))
}

/// The figures of both apps, and the ratios of the first to the second.
fn table(settings: LoadSettings, names: [&str; 2], figures: [LoadFigures; 2]) -> String {
    let [one, other] = names;
    let mut text = format!(
        "{} of {} entries, each answer {} ms late\n{:44}{one:>12}{other:>12}{:>8}\n",
        figures[0].entries, settings.entries, settings.delay, "", "ratio"
    );
    #[expect(clippy::cast_precision_loss, reason = "thousands")]
    let rows = [
        (
            "navigation to the first rows, ms",
            figures.map(|it| it.first_rows),
        ),
        (
            "Load all to the count of all entries, ms",
            figures.map(|it| it.all_rows),
        ),
        ("requests for entries", figures.map(|it| it.requests as f64)),
        (
            "entries a second",
            figures.map(|it| f64::from(it.entries) / it.all_rows * 1000.0),
        ),
    ];
    for (name, [ours, theirs]) in rows {
        let ratio = ours / theirs;
        let _ = writeln!(text, "{name:44}{ours:>12.0}{theirs:>12.0}{ratio:>8.2}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_states_both_figures_and_their_ratio() {
        let figures = |all_rows| LoadFigures {
            first_rows: 300.0,
            all_rows,
            entries: 9_000,
            requests: 92,
        };
        let settings = LoadSettings {
            entries: 20_000,
            delay: 60,
        };
        let names = ["Outlay", "React"];
        let text = table(settings, names, [figures(2_000.0), figures(8_000.0)]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "9000 of 20000 entries, each answer 60 ms late");
        let cells = |at: usize| {
            lines[at]
                .split_whitespace()
                .rev()
                .take(3)
                .collect::<Vec<_>>()
        };
        assert_eq!(cells(1), ["ratio", "React", "Outlay"]);
        assert_eq!(cells(3), ["0.25", "8000", "2000"]);
        assert_eq!(cells(4), ["1.00", "92", "92"]);
        assert_eq!(cells(5), ["4.00", "1125", "4500"]);
    }
}
