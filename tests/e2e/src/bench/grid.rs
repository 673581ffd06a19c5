//! What a user does with a table of all entries, in Outlay and in the React app: sorted, filtered,
//! scrolled and exported, from the event to the paint.

use std::fmt::Write;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::chromium::{Chromium, ColdPage};
use super::load::App;
use super::report::median;
use super::{peer, signed_in, start};
use crate::Outcome;
use crate::devtools::Tools;
use crate::sandbox::SandboxSetup;

/// How long the load of all entries may take.
const LOAD_PATIENCE: Duration = Duration::from_secs(900);

/// How long one act may take.
const ACT_PATIENCE: Duration = Duration::from_secs(120);

/// Frames in which everything is scrolled through.
const FRAMES: u32 = 600;

/// Times that each header is pressed.
const PRESSES: usize = 6;

/// Texts that notes of the sandbox contain, and ranges of amounts.
const TEXTS: [&str; 5] = ["lunch", "taxi", "train", "client", "licence"];
const RANGES: [&str; 5] = ["500..2500", "100..200", "1000..9000", "50..75", "300..400"];

/// How much the main thread is slowed down while interactions are measured.
const SLOWDOWN: u32 = 4;

/// The shortest interaction that Chromium reports, in milliseconds.
const SHORTEST: f64 = 16.0;

/// Fields and words of an app.
struct Controls {
    /// The field that filters notes, and what is typed before and around a text.
    text_field: &'static str,
    text: fn(&str) -> String,
    /// The field that filters amounts.
    range_field: &'static str,
    range: fn(&str) -> String,
}

const OUTLAY: Controls = Controls {
    text_field: ".search input",
    text: |text| format!("note:{text}"),
    range_field: ".search input",
    range: |range| format!("amount:{range}"),
};

const REACT: Controls = Controls {
    text_field: "input[name=note]",
    text: str::to_owned,
    range_field: "input[name=amount]",
    range: str::to_owned,
};

/// The measured app. Times are medians, in milliseconds.
#[derive(Debug, Clone, Default)]
struct GridFigures {
    entries: usize,
    load: f64,
    by_date: f64,
    by_note_first: f64,
    by_note: f64,
    by_amount: f64,
    text: f64,
    /// Rows that each text leaves, to compare both apps.
    found: Vec<usize>,
    range: f64,
    scroll: ScrollFigures,
    file: FileFigures,
    /// At the 75th percentile, with the CPU slowed down.
    interaction: f64,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct ScrollFigures {
    intervals: Vec<f64>,
    work: Vec<f64>,
    rows: u32,
    reached: usize,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct FileFigures {
    time: f64,
    longest: f64,
    bytes: f64,
}

/// Measures both apps with a sandbox of so many entries, and prints.
pub(super) async fn compare(entries: usize) -> Outcome {
    let options = SandboxSetup {
        entries: Some(entries),
        ..SandboxSetup::default()
    };
    let mut browser = Chromium::start().await?;
    let measured = async {
        let (app, sandbox) = start::serve_outlay(&options).await?;
        let ours = visit(&mut browser, &app, &OUTLAY).await;
        sandbox.end().await;
        let (app, sandbox) = peer::serve(&options).await?;
        let theirs = visit(&mut browser, &app, &REACT).await;
        sandbox.end().await;
        let (ours, theirs) = (ours?, theirs?);
        if ours.found != theirs.found {
            let found = (ours.found, theirs.found);
            return Err(format!("the apps find different rows: {found:?}").into());
        }
        println!("{}", table(&ours, &theirs));
        Ok(())
    }
    .await;
    browser.end().await;
    measured
}

async fn visit(browser: &mut Chromium, app: &App, controls: &Controls) -> Outcome<GridFigures> {
    let mut page = browser.open_cold().await?;
    let figures = measure(&mut page, app, controls).await;
    browser.close(page).await?;
    figures.map_err(|error| format!("{}: {error}", app.name).into())
}

async fn measure(page: &mut ColdPage, app: &App, controls: &Controls) -> Outcome<GridFigures> {
    let tools = &mut page.tools;
    let screen = json!({ "width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    for (command, given) in [
        ("Page.enable", json!({})),
        ("Runtime.enable", json!({})),
        ("Emulation.setDeviceMetricsOverride", screen),
    ] {
        tools.ask(command, given).await?;
    }
    signed_in::connect(tools, app).await?;
    let script = json!({ "source": include_str!("load_all.js") });
    let added = "Page.addScriptToEvaluateOnNewDocument";
    tools.ask(added, script).await?;
    let url = json!({ "url": format!("{}/entries", app.site.origin) });
    tools.ask("Page.navigate", url).await?;
    signed_in::wait_for(tools, "window.outlayLoad !== undefined", LOAD_PATIENCE).await?;
    let loaded: Value = evaluate(tools, "JSON.parse(window.outlayLoad)").await?;
    let script = json!({ "expression": include_str!("grid.js") });
    tools.ask("Runtime.evaluate", script).await?;
    let mut figures = GridFigures {
        load: loaded["allRows"].as_f64().unwrap_or_default(),
        entries: evaluate(tools, "outlayGrid.rowCount()").await?,
        ..GridFigures::default()
    };
    (_, figures.by_amount) = sort(tools, "Amount").await?;
    (_, figures.by_date) = sort(tools, "Date").await?;
    (figures.by_note_first, figures.by_note) = sort(tools, "Description").await?;
    let mut times = Vec::new();
    for text in TEXTS {
        times.push(type_into(tools, controls.text_field, &(controls.text)(text)).await?);
        figures
            .found
            .push(evaluate(tools, "outlayGrid.rowCount()").await?);
        clear(tools, controls.text_field).await?;
    }
    figures.text = median(times);
    let mut times = Vec::new();
    for range in RANGES {
        times.push(type_into(tools, controls.range_field, &(controls.range)(range)).await?);
        figures
            .found
            .push(evaluate(tools, "outlayGrid.rowCount()").await?);
        clear(tools, controls.range_field).await?;
    }
    figures.range = median(times);
    figures.scroll = evaluate(tools, &format!("outlayGrid.scroll({FRAMES})")).await?;
    // Names are loaded for the first file.
    for _ in 0..2 {
        evaluate::<Value>(tools, "outlayGrid.armFile()").await?;
        press(tools, "outlayGrid.button('Export')").await?;
        figures.file = evaluate(tools, "outlayDone").await?;
    }
    figures.interaction = interactions(tools, controls).await?;
    Ok(figures)
}

/// Presses a header; the first time and the median of the others.
async fn sort(tools: &mut Tools, label: &str) -> Outcome<(f64, f64)> {
    let mut times = Vec::new();
    for _ in 0..PRESSES {
        evaluate::<Value>(tools, "outlayGrid.arm('click')").await?;
        press(tools, &format!("outlayGrid.header('{label}')")).await?;
        times.push(evaluate(tools, "outlayDone").await?);
    }
    let first = times.remove(0);
    Ok((first, median(times)))
}

/// Types a text into an empty field, as one input.
async fn type_into(tools: &mut Tools, field: &str, text: &str) -> Outcome<f64> {
    press(tools, &format!("outlayGrid.field('{field}')")).await?;
    evaluate::<Value>(tools, "outlayGrid.arm('input')").await?;
    let text = json!({ "text": text });
    tools.ask("Input.insertText", text).await?;
    evaluate(tools, "outlayDone").await
}

/// Empties a field.
async fn clear(tools: &mut Tools, field: &str) -> Outcome {
    evaluate::<Value>(
        tools,
        &format!("document.querySelector('{field}').select(); outlayGrid.arm('input')"),
    )
    .await?;
    for kind in ["keyDown", "keyUp"] {
        let key =
            json!({ "type": kind, "key": "Delete", "code": "Delete", "windowsVirtualKeyCode": 46 });
        tools.ask("Input.dispatchKeyEvent", key).await?;
    }
    evaluate::<f64>(tools, "outlayDone").await.map(drop)
}

/// Sorts and types with the CPU slowed down; the time of an interaction at the 75th percentile.
async fn interactions(tools: &mut Tools, controls: &Controls) -> Outcome<f64> {
    evaluate::<Vec<f64>>(tools, "outlayGrid.interactions()").await?;
    let slow = json!({ "rate": SLOWDOWN });
    tools.ask("Emulation.setCPUThrottlingRate", slow).await?;
    let mut count = 0;
    for label in ["Date", "Amount", "Description"] {
        sort(tools, label).await?;
        count += PRESSES;
    }
    let text = (controls.text)("lunch");
    press(
        tools,
        &format!("outlayGrid.field('{}')", controls.text_field),
    )
    .await?;
    count += 1;
    for letter in text.chars() {
        for kind in ["keyDown", "keyUp"] {
            let mut key = json!({ "type": kind, "key": letter.to_string() });
            if kind == "keyDown" {
                key["text"] = json!(letter.to_string());
            }
            tools.ask("Input.dispatchKeyEvent", key).await?;
        }
        count += 1;
        evaluate::<f64>(tools, "outlayGrid.painted()").await?;
    }
    let mut times: Vec<f64> = evaluate(tools, "outlayGrid.interactions()").await?;
    let normal = json!({ "rate": 1 });
    tools.ask("Emulation.setCPUThrottlingRate", normal).await?;
    // Shorter ones are not reported.
    times.resize(times.len().max(count), SHORTEST);
    Ok(percentile(&times, 75))
}

/// A click of the main button where the expression says.
async fn press(tools: &mut Tools, place: &str) -> Outcome {
    let place: Value = evaluate(tools, place).await?;
    for kind in ["mousePressed", "mouseReleased"] {
        let click = json!({
            "type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1,
        });
        tools.ask("Input.dispatchMouseEvent", click).await?;
    }
    Ok(())
}

/// The value of an expression, or of its promise.
async fn evaluate<T: DeserializeOwned>(tools: &mut Tools, expression: &str) -> Outcome<T> {
    let question = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
    let Ok(answer) = timeout(ACT_PATIENCE, tools.ask("Runtime.evaluate", question)).await else {
        return Err(format!("no end: {expression}").into());
    };
    let answer = answer?;
    if answer["exceptionDetails"].is_object() {
        return Err(format!("{expression}: {}", answer["exceptionDetails"]).into());
    }
    Ok(serde_json::from_value(answer["result"]["value"].clone())?)
}

/// The value below which so many of a hundred lie, by nearest rank; 0 of nothing.
fn percentile(values: &[f64], hundredth: usize) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let rank = (values.len() * hundredth).div_ceil(100).max(1);
    values.get(rank - 1).copied().unwrap_or_default()
}

/// The figures of both apps, and the ratios of the first to the second.
fn table(ours: &GridFigures, theirs: &GridFigures) -> String {
    type Figure = (&'static str, fn(&GridFigures) -> f64, &'static str);
    const FIGURES: [Figure; 14] = [
        ("all entries loaded", |it| it.load, "0.5 × peer"),
        ("sort by date, click to paint", |it| it.by_date, "16"),
        ("sort by amount, click to paint", |it| it.by_amount, "16"),
        (
            "sort by description, first time",
            |it| it.by_note_first,
            "40",
        ),
        ("sort by description, again", |it| it.by_note, "16"),
        ("filter by text, input to paint", |it| it.text, "16"),
        ("filter by amount, input to paint", |it| it.range, "16"),
        (
            "scroll through everything, frame at p99",
            |it| percentile(&it.scroll.intervals, 99),
            "16.7",
        ),
        (
            "longest frame of it",
            |it| percentile(&it.scroll.intervals, 100),
            "–",
        ),
        (
            "work of a frame of it at p99",
            |it| percentile(&it.scroll.work, 99),
            "16.7",
        ),
        ("most row elements", |it| f64::from(it.scroll.rows), "80"),
        ("CSV, click to file", |it| it.file.time, "60"),
        ("longest task of it, 0 below 50", |it| it.file.longest, "50"),
        ("interaction at p75, CPU ×4", |it| it.interaction, "100"),
    ];
    let mut text = format!(
        "{} entries, ms\n{:44}{:>12}{:>12}{:>8}{:>12}\n",
        ours.entries, "", "Outlay", "React", "ratio", "aim"
    );
    for (name, of, aim) in FIGURES {
        let (ours, theirs) = (of(ours), of(theirs));
        let ratio = match theirs > 0.0 {
            true => format!("{:.2}", ours / theirs),
            false => "–".to_owned(),
        };
        let _ = writeln!(
            text,
            "{name:44}{ours:>12.1}{theirs:>12.1}{ratio:>8}{aim:>12}"
        );
    }
    let files = [ours, theirs].map(|it| it.file.bytes / 1_000_000.0);
    let _ = writeln!(
        text,
        "CSV files: {:.1} MB with Outlay's columns, {:.1} MB with the React app's 6.",
        files[0], files[1]
    );
    let reached = [ours, theirs].map(|it| it.scroll.reached.saturating_sub(1));
    let _ = writeln!(
        text,
        "Last rows seen at the end of the scroll: {} and {}.",
        reached[0], reached[1]
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentile_is_the_nearest_rank() {
        let values: Vec<f64> = (1..=200).map(f64::from).rev().collect();
        assert!((percentile(&values, 99) - 198.0).abs() < 1e-9);
        assert!((percentile(&values, 75) - 150.0).abs() < 1e-9);
        assert!((percentile(&values, 100) - 200.0).abs() < 1e-9);
        assert!(percentile(&[], 75).abs() < 1e-9);
    }

    #[test]
    fn report_states_ratios_and_aims() {
        let figures = |by_date, intervals: &[f64]| GridFigures {
            entries: 70_000,
            by_date,
            scroll: ScrollFigures {
                intervals: intervals.to_vec(),
                ..ScrollFigures::default()
            },
            ..GridFigures::default()
        };
        let text = table(&figures(10.0, &[16.0, 17.0]), &figures(40.0, &[30.0]));
        let line = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap();
            line[44..].split_whitespace().collect::<Vec<_>>()
        };
        assert!(text.starts_with("70000 entries, ms\n"));
        assert_eq!(line("sort by date"), ["10.0", "40.0", "0.25", "16"]);
        assert_eq!(line("scroll through"), ["17.0", "30.0", "0.57", "16.7"]);
        assert_eq!(line("most row"), ["0.0", "0.0", "–", "80"]);
    }
}
