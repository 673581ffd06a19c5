//! The table engine, arrays of objects, TanStack Table and DuckDB on the same entries.

use std::fmt::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

use super::chromium::Chromium;
use super::static_site::{Content, StaticSite, read_plain};
use crate::{Outcome, locations};

/// How long one of them may take with one number of entries.
const PATIENCE: Duration = Duration::from_secs(240);

/// Each has a page and a process of its own.
const CONTESTANTS: [(&str, &str); 4] = [
    ("engine", "Outlay"),
    ("array", "array"),
    ("tanstack", "TanStack"),
    ("duckdb", "DuckDB"),
];

/// Entries from which objects of JavaScript would need more memory than a tab has.
const MOST_OBJECTS: u32 = 300_000;

/// A row of the printed table.
struct Task {
    key: &'static str,
    name: &'static str,
    /// The aim at 100,000 entries, in milliseconds.
    aim: Option<u32>,
}

const fn task(key: &'static str, name: &'static str, aim: Option<u32>) -> Task {
    Task { key, name, aim }
}

const TASKS: [Task; 11] = [
    task("load", "read and append pages of 100", None),
    task("sortNumber", "sort by amount", Some(3)),
    task("sortDate", "sort by date", Some(3)),
    task(
        "sortTextCold",
        "sort by note, collator's ranks cold",
        Some(40),
    ),
    task("sortText", "sort by note, ranks warm", Some(4)),
    task("filterRange", "filter amount:500..2500", Some(1)),
    task("filterText", "filter note:lunch", Some(5)),
    task("totals", "totals per currency", None),
    task("pivot", "pivot month × account", Some(2)),
    task("csv", "CSV of all columns", Some(60)),
    task("longestSlice", "longest slice of the CSV", Some(50)),
];

/// Measures every contestant with each number of entries, and prints a table for each number.
pub(super) async fn compare(sizes: &[u32]) -> Outcome {
    let built = TempDir::with_prefix("outlay-bench-table-")?;
    bundle(built.path()).await?;
    let site = StaticSite::listen().await?;
    site.serve(Content {
        files: read_plain(built.path())?,
        // With both, the clock of the page counts in steps of 5 µs.
        headers: Box::new(|_| {
            vec![
                ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
                ("Cross-Origin-Embedder-Policy", "require-corp".to_owned()),
                ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
            ]
        }),
    })?;
    let mut browser = Chromium::start().await?;
    let mut measured = Ok(());
    for size in sizes {
        let mut results = Vec::new();
        for (who, _) in CONTESTANTS {
            if *size > MOST_OBJECTS && who != "engine" {
                results.push(Err(format!("not run beyond {MOST_OBJECTS} entries")));
                continue;
            }
            results.push(
                run(&mut browser, &site.origin, who, *size)
                    .await
                    .map_err(|error| error.to_string()),
            );
        }
        println!("{}", table(*size, &results));
        if let Some(Err(error)) = results.first() {
            measured = Err(error.clone().into());
        }
    }
    browser.end().await;
    measured
}

/// Bundles the page, beside it the engine.
async fn bundle(folder: &Path) -> Outcome {
    let named = |name: &str| {
        locations::named(name).ok_or(format!(
            "{name} is not set: run this by `cargo xtask bench`"
        ))
    };
    let made = Command::new(named("OUTLAY_NODE")?)
        .current_dir(named("OUTLAY_BENCH_TABLE")?)
        .args(["build.mjs", "--out"])
        .arg(folder)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await?;
    if !made.status.success() {
        let log_text = String::from_utf8_lossy(&made.stderr);
        return Err(format!("the page was not bundled:\n{log_text}").into());
    }
    let engine = named("OUTLAY_BENCH_ENGINE")?;
    for file in ["engine.js", "engine_bg.wasm"] {
        std::fs::copy(Path::new(&engine).join(file), folder.join(file))?;
    }
    Ok(())
}

/// The figures of one contestant.
async fn run(
    browser: &mut Chromium,
    origin: &str,
    who: &str,
    size: u32,
) -> Outcome<Map<String, Value>> {
    let mut page = browser.open_cold().await?;
    let url = format!("{origin}/?who={who}&rows={size}");
    let tools = &mut page.tools;
    tools.ask("Page.enable", json!({})).await?;
    tools.ask("Runtime.enable", json!({})).await?;
    tools.ask("Page.navigate", json!({ "url": url })).await?;
    let loaded = tools.event("Page.loadEventFired", |_| true);
    timeout(PATIENCE, loaded)
        .await
        .map_err(|_| "the page did not load")??;
    let result = json!({
        "expression": "new Promise((resolve) => {
            const look = () => window.result ? resolve(window.result) : setTimeout(look, 20);
            look();
        })",
        "awaitPromise": true,
        "returnByValue": true,
    });
    let result = timeout(PATIENCE, tools.ask("Runtime.evaluate", result)).await;
    browser.close(page).await?;
    let result = result.map_err(|_| format!("took longer than {PATIENCE:?}"))??;
    let figures = result["result"]["value"].as_object().cloned();
    let figures = figures.ok_or("no result: the page ended early")?;
    match figures.get("error") {
        Some(error) => Err(error.to_string().into()),
        None => Ok(figures),
    }
}

type Measured = Result<Map<String, Value>, String>;

/// Milliseconds by task and contestant, each other one's with its ratio to the engine's.
fn table(size: u32, results: &[Measured]) -> String {
    let mut text = format!("{size} entries, milliseconds; × is the ratio to Outlay\n");
    let _ = write!(text, "{:38}", "");
    for (_, name) in CONTESTANTS {
        let _ = write!(text, "{name:>20}");
    }
    let _ = writeln!(text, "{:>8}", "aim");
    let figure = |of: usize, key: &str| results.get(of)?.as_ref().ok()?.get(key)?.as_f64();
    for task in TASKS {
        let ours = figure(0, task.key);
        let _ = write!(text, "{:38}", task.name);
        for of in 0..CONTESTANTS.len() {
            let cell = match (figure(of, task.key), ours) {
                (Some(time), _) if of == 0 => format!("{time:.2}"),
                (Some(time), Some(ours)) if ours > 0.0 => {
                    format!("{time:.1} ×{:.1}", time / ours)
                }
                (Some(time), _) => format!("{time:.1}"),
                (None, _) => "–".to_owned(),
            };
            let _ = write!(text, "{cell:>20}");
        }
        let aim = task.aim.filter(|_| size == 100_000);
        let aim = aim.map_or_else(String::new, |aim| format!("≤ {aim}"));
        let _ = writeln!(text, "{aim:>8}");
    }
    let fact = |of, key, unit: &str, decimals: usize| {
        figure(of, key).map(|value| format!("{value:.decimals$} {unit}"))
    };
    let facts = [
        fact(0, "bytesPerRow", "bytes a row in memory", 0),
        fact(0, "csvColumns", "columns in Outlay's CSV", 0),
        fact(1, "csvColumns", "in that of the others", 0),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let _ = writeln!(text, "{}", facts.join(", "));
    for (result, (_, name)) in results.iter().zip(CONTESTANTS) {
        if let Err(error) = result {
            let _ = writeln!(text, "{name}: {error}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_has_ratios_to_the_engine_and_states_what_failed() {
        let figures = |time: f64| {
            let figures = json!({ "sortNumber": time, "bytesPerRow": 150 });
            Ok(figures.as_object().cloned().unwrap())
        };
        let text = table(
            100_000,
            &[
                figures(2.0),
                figures(50.0),
                Err("no memory".to_owned()),
                figures(8.0),
            ],
        );
        let line = text.lines().find(|line| line.starts_with("sort by amount"));
        let cells: Vec<&str> = line.unwrap().split_whitespace().skip(3).collect();
        assert_eq!(
            cells,
            ["2.00", "50.0", "×25.0", "–", "8.0", "×4.0", "≤", "3"]
        );
        assert!(text.contains("TanStack: no memory"), "{text}");
        assert!(text.contains("150 bytes a row"), "{text}");
    }
}
