//! The search for what keeps people out of a page: axe-core's rules for WCAG 2.2 A and AA, in
//! light and dark, on a wide and on a narrow screen.

use std::fs;

use serde::Deserialize;
use serde_json::json;

use crate::browser::TestBrowser;
use crate::{Outcome, locations};

/// Width in CSS pixels, whether the system asks for dark colours, and whether all rules are asked:
/// other colours alone can only break the rules of colour.
const LOOKS: [(u32, bool, bool); 4] = [
    (1440, false, true),
    (1440, true, false),
    (320, true, true),
    (320, false, false),
];

/// Its arguments are whether all rules are asked, and the callback. What axe-core cannot decide (a
/// text in a drawing, one that is scrolled under another) counts as found nowhere.
const SEARCH: &str = r#"
    const [all, done] = arguments;
    const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const settings = {
        ...(all
            ? { runOnly: { type: "tag", values: standard }, rules: { "target-size": { enabled: true } } }
            : { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }),
        resultTypes: ["violations"],
        preload: false,
    };
    axe.run(document, settings).then(
        ({ violations }) => done({ found: violations.map(({ id, help, nodes }) =>
            ({ id, help, nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]) })) }),
        (error) => done({ error: String(error) }));
"#;

/// What [`SEARCH`] brings.
#[derive(Deserialize)]
struct AxeResult {
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    found: Vec<Violation>,
}

/// A rule that a page breaks.
#[derive(Debug, Clone, Deserialize)]
pub struct Violation {
    /// The rule's name.
    pub id: String,
    /// The rule in a sentence.
    pub help: String,
    /// Each element that breaks it, and why.
    pub nodes: Vec<(String, String)>,
}

/// Searches the present document in light and dark, wide and narrow; `state` names it in the error.
///
/// # Errors
///
/// If a rule is broken, or the search itself fails.
pub async fn accessible(browser: &TestBrowser, state: &str) -> Outcome {
    let mut broken = Vec::new();
    for (width, dark, all) in LOOKS {
        browser.show_as(width, dark).await?;
        for violation in violations(browser, all).await? {
            let colours = if dark { "dark" } else { "light" };
            broken.push(format!("{state}, {width} px, {colours}: {violation:#?}"));
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    Err(broken.join("\n").into())
}

/// The rules, or those of colour, that the present document breaks as it is shown now.
///
/// # Errors
///
/// If the search fails.
pub async fn violations(browser: &TestBrowser, all: bool) -> Outcome<Vec<Violation>> {
    let there = browser.run("return 'axe' in window", vec![]).await?;
    if there != json!(true) {
        let axe = fs::read_to_string(locations::axe()?)?;
        browser.run(&axe, vec![]).await?;
    }
    let result = browser.run_async(SEARCH, vec![json!(all)]).await?;
    let result: AxeResult = serde_json::from_value(result)?;
    match result.error {
        Some(error) => Err(format!("axe-core failed: {error}").into()),
        None => Ok(result.found),
    }
}
