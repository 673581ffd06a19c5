//! One cold load of a Connect page.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::time::timeout;

use super::chromium::{Chromium, ColdPage};
use super::static_site::{SentBytes, StaticSite};
use crate::Outcome;

/// How long a page may take at each step, with the CPU slowed down.
const PATIENCE: Duration = Duration::from_secs(60);

/// An app under measurement.
pub(super) struct App {
    /// Its name in the table.
    pub(super) name: &'static str,
    /// Its server.
    pub(super) site: StaticSite,
    /// Whether it states its session at the document: only then is its button usable.
    pub(super) states_session: bool,
    /// Where a click on the button leads.
    pub(super) authorization_server: String,
}

/// What one load took.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    /// From the navigation to a usable button, in milliseconds.
    pub(super) usable: f64,
    /// From the navigation to the first contentful paint, in milliseconds.
    pub(super) first_paint: f64,
    /// The sum of all layout shifts.
    pub(super) layout_shift: f64,
    /// The answers until the button was usable.
    pub(super) sent: Vec<SentBytes>,
}

impl Sample {
    /// The bodies sent until the button was usable, as encoded.
    pub(super) fn bytes(&self) -> usize {
        self.sent.iter().map(|sent| sent.bytes).sum()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageMetrics {
    first_contentful_paint: Option<f64>,
    layout_shift: f64,
    x: f64,
    y: f64,
}

/// Loads the app's first page with nothing cached, on a main thread slowed down by `slowdown`, and
/// clicks its button.
pub(super) async fn load(browser: &mut Chromium, app: &App, slowdown: u32) -> Outcome<Sample> {
    let mut page = browser.open_cold().await?;
    let sample = measure(&mut page, app, slowdown).await;
    browser.close(page).await?;
    sample.map_err(|error| format!("{}: {error}", app.name).into())
}

async fn measure(page: &mut ColdPage, app: &App, slowdown: u32) -> Outcome<Sample> {
    let tools = &mut page.tools;
    let probe = format!(
        "const needsSession = {};\n{}",
        app.states_session,
        include_str!("probe.js")
    );
    for (command, given) in [
        ("Page.enable", json!({})),
        ("Runtime.enable", json!({})),
        ("Runtime.addBinding", json!({ "name": "report" })),
        (
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": probe }),
        ),
        (
            "Emulation.setCPUThrottlingRate",
            json!({ "rate": slowdown }),
        ),
    ] {
        tools.ask(command, given).await?;
    }
    app.site.take_sent();
    let url = json!({ "url": app.site.origin });
    tools.ask("Page.navigate", url).await?;
    let reported = tools.event("Runtime.bindingCalled", |event| event["name"] == "report");
    let reported = timeout(PATIENCE, reported)
        .await
        .map_err(|_| "the Connect button never became usable")??;
    let sent = app.site.take_sent();
    let usable = reported["payload"].as_str().unwrap_or_default().parse()?;
    let read = json!({
        "expression": "outlayBench()",
        "awaitPromise": true,
        "returnByValue": true,
    });
    let read = timeout(PATIENCE, tools.ask("Runtime.evaluate", read)).await??;
    let read: PageMetrics = serde_json::from_value(read["result"]["value"].clone())?;
    for kind in ["mousePressed", "mouseReleased"] {
        let click = json!({
            "type": kind, "x": read.x, "y": read.y, "button": "left", "clickCount": 1,
        });
        tools.ask("Input.dispatchMouseEvent", click).await?;
    }
    let left = tools.event("Page.frameNavigated", |event| {
        let url = event["frame"]["url"].as_str().unwrap_or_default();
        url.starts_with(&app.authorization_server)
    });
    timeout(PATIENCE, left)
        .await
        .map_err(|_| "a click on the Connect button led nowhere")??;
    Ok(Sample {
        usable,
        first_paint: read.first_contentful_paint.ok_or("nothing was painted")?,
        layout_shift: read.layout_shift,
        sent,
    })
}
