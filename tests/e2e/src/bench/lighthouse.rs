//! Lighthouse on the Connect page under its production headers.

use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;

use super::chromium::Chromium;
use super::start::serve_outlay;
use crate::sandbox::SandboxSetup;
use crate::{Outcome, locations};

/// Each category with the lowest score that passes, of 100.
const MINIMUMS: [(&str, f64); 3] = [
    ("performance", 95.0),
    ("accessibility", 100.0),
    ("best-practices", 100.0),
];

/// Runs it, prints the scores, and fails below a minimum.
pub(super) async fn audit() -> Outcome {
    let (app, sandbox) = serve_outlay(&SandboxSetup::default()).await?;
    let browser = Chromium::start().await?;
    let report = run(&app.site.origin, browser.port()).await;
    browser.end().await;
    sandbox.end().await;
    assess(&report?)
}

async fn run(url: &str, port: &str) -> Outcome<Value> {
    let missing = |name: &str| format!("{name} is not set: run this by `cargo xtask bench`");
    let node = locations::named("OUTLAY_NODE").ok_or(missing("OUTLAY_NODE"))?;
    let folder = locations::named("OUTLAY_LIGHTHOUSE").ok_or(missing("OUTLAY_LIGHTHOUSE"))?;
    let written = TempDir::with_prefix("outlay-lighthouse-")?;
    let file = written.path().join("report.json");
    let categories = MINIMUMS.map(|(name, _)| name).join(",");
    let done = Command::new(node)
        .arg(folder.join("node_modules/lighthouse/cli/index.js"))
        .arg(url)
        .args(["--port", port, "--quiet", "--no-enable-error-reporting"])
        .args(["--output", "json", "--only-categories", &categories])
        .arg("--output-path")
        .arg(&file)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await?;
    if !done.status.success() {
        let log_text = String::from_utf8_lossy(&done.stderr);
        return Err(format!("Lighthouse failed:\n{log_text}").into());
    }
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}

/// Prints every score with what lowers it; an error where one is below its minimum.
fn assess(report: &Value) -> Outcome {
    let mut low = Vec::new();
    for (category, minimum) in MINIMUMS {
        let found = &report["categories"][category];
        let score = found["score"].as_f64().ok_or("a category has no score")? * 100.0;
        println!("{category:16}{score:>4.0}  (at least {minimum:.0})");
        for line in lowering(report, found) {
            println!("  {line}");
        }
        if score < minimum {
            low.push(category);
        }
    }
    if low.is_empty() {
        return Ok(());
    }
    Err(format!("below its minimum: {}", low.join(", ")).into())
}

/// The audits of a category that count and are not passed.
fn lowering(report: &Value, category: &Value) -> Vec<String> {
    let audits = category["auditRefs"].as_array().into_iter().flatten();
    let counted =
        audits.filter(|audit| audit["weight"].as_f64().is_some_and(|weight| weight > 0.0));
    let found = counted.filter_map(|audit| report["audits"].get(audit["id"].as_str()?));
    let low = found.filter(|audit| audit["score"].as_f64().is_some_and(|score| score < 1.0));
    low.map(|audit| {
        let text = |name: &str| audit[name].as_str().unwrap_or_default().to_owned();
        let score = audit["score"].as_f64().unwrap_or_default() * 100.0;
        format!("{score:.0} {}: {}", text("title"), text("displayValue"))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(performance: f64) -> Value {
        let category = |score: f64| json!({ "score": score, "auditRefs": [{ "id": "paint", "weight": 10 }, { "id": "hint", "weight": 0 }] });
        json!({
            "categories": {
                "performance": category(performance),
                "accessibility": category(1.0),
                "best-practices": category(1.0),
            },
            "audits": {
                "paint": { "title": "First Contentful Paint", "score": 0.5, "displayValue": "3.0 s" },
                "hint": { "title": "Hint", "score": 0.0 },
            },
        })
    }

    #[test]
    fn score_below_its_minimum_fails_and_names_the_category() {
        assert!(assess(&report(0.95)).is_ok());
        let error = assess(&report(0.94)).unwrap_err().to_string();
        assert_eq!(error, "below its minimum: performance");
        assert!(assess(&json!({})).is_err());
    }

    #[test]
    fn audits_lowering_a_score_are_named_and_hints_are_not() {
        let report = report(0.9);
        let lines = lowering(&report, &report["categories"]["performance"]);
        assert_eq!(lines, ["50 First Contentful Paint: 3.0 s"]);
    }
}
