//! A page that is connected, of Outlay and of the React app.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use super::load::App;
use crate::Outcome;
use crate::devtools::Tools;

/// How long each step may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether Outlay is connected.
const IS_ACTIVE: &str = "document.documentElement.dataset.session === 'active'";

/// Connects the app in an empty page, and ends on a page of it that loads no entries.
pub(super) async fn connect(tools: &mut Tools, app: &App) -> Outcome {
    let url = json!({ "url": app.site.origin });
    tools.ask("Page.navigate", url).await?;
    let signed_out = match app.states_session {
        true => "document.documentElement.dataset.session === 'signed-out'",
        false => "true",
    };
    let connected = match app.states_session {
        true => IS_ACTIVE,
        false => "document.querySelector('nav a') !== null",
    };
    let press = |name: &str| {
        format!(
            "(() => {{
                const button = [...document.querySelectorAll('button')].find(
                    (one) => one.textContent.trim() === '{name}' && !one.disabled && one.checkVisibility());
                button?.click();
                return button !== undefined;
            }})()"
        )
    };
    let connect = press("Connect to Pleo");
    wait_until(tools, &format!("{signed_out} && {connect}")).await?;
    for name in ["Log in", "Allow"] {
        wait_until(
            tools,
            &format!("document.readyState === 'complete' && {}", press(name)),
        )
        .await?;
    }
    let origin = json!(app.site.origin);
    let connected = format!("location.origin === {origin} && {connected}");
    wait_until(tools, &connected).await?;
    // The vault ends with its last page; the React app keeps its token in the browser's storage.
    let (quiet, ready) = match app.states_session {
        true => (format!("{}/settings", app.site.origin), IS_ACTIVE),
        false => ("about:blank".to_owned(), "true"),
    };
    tools.ask("Page.navigate", json!({ "url": quiet })).await?;
    let quiet = json!(quiet);
    wait_until(
        tools,
        &format!("location.href.startsWith({quiet}) && {ready}"),
    )
    .await
}

/// Evaluates the expression until it is true. An error counts as not yet: a document may be left
/// meanwhile.
pub(super) async fn wait_until(tools: &mut Tools, expression: &str) -> Outcome {
    wait_for(tools, expression, PATIENCE).await
}

/// The same with another deadline.
pub(super) async fn wait_for(tools: &mut Tools, expression: &str, patience: Duration) -> Outcome {
    let question = json!({ "expression": expression, "returnByValue": true, "userGesture": true });
    let asked = async {
        loop {
            let answer = tools.ask("Runtime.evaluate", question.clone()).await;
            if answer.is_ok_and(|answer| answer["result"]["value"] == Value::Bool(true)) {
                return;
            }
            sleep(Duration::from_millis(25)).await;
        }
    };
    let waited = timeout(patience, asked).await;
    if waited.is_ok() {
        return Ok(());
    }
    let words =
        json!({ "expression": "location.href + ' ' + document.body.innerText.slice(0, 600)" });
    let words = tools.ask("Runtime.evaluate", words).await?;
    Err(format!("never true: {expression}, at {}", words["result"]["value"]).into())
}
