//! The page's own port to the vault, as the hooks caught it.
//!
//! A message on it is an array: `[json]`, or `[json, ArrayBuffer]`.

use serde_json::{Value, json};

use crate::Outcome;
use crate::browser::Browser;

/// Request ids that the page itself does not reach.
const FIRST_ID: u32 = 3_000_000_000;

const SEND: &str = "window.__audit.ports[0].postMessage([JSON.stringify(arguments[0])])";

const CALL_ALL: &str = r#"
    const [messages, ids, done] = arguments;
    const port = window.__audit.ports[0];
    const replies = [];
    port.addEventListener("message", ({ data }) => {
        const reply = JSON.parse(data[0]).reply;
        if (!reply || !ids.includes(reply.id)) return;
        replies.push(reply.result);
        if (replies.length === ids.length) done(replies);
    });
    for (const message of messages) port.postMessage([JSON.stringify(message)]);
"#;

/// Sends one message and waits for nothing.
///
/// # Errors
///
/// If the page has no port.
pub async fn send(browser: &Browser, message: Value) -> Outcome {
    browser.run(SEND, vec![message]).await.map(drop)
}

/// Every message that the vault has sent to this page.
///
/// # Errors
///
/// If one is not laid out as promised.
pub async fn received(browser: &Browser) -> Outcome<Vec<Value>> {
    let lines = browser
        .run(
            "return window.__audit.received.map((text) => text.split('\\n', 1)[0])",
            vec![],
        )
        .await?;
    let lines: Vec<String> = serde_json::from_value(lines)?;
    lines
        .iter()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

/// The connections as the vault told them last.
///
/// # Errors
///
/// If the vault has told none.
pub async fn connections(browser: &Browser) -> Outcome<Vec<Value>> {
    let messages = received(browser).await?;
    let mut snapshots = messages.iter().filter_map(|message| {
        message
            .get("state")
            .or_else(|| message.get("welcome")?.get("snapshot"))
    });
    let last = snapshots.next_back().ok_or("the vault has said nothing")?;
    Ok(last["connections"].as_array().cloned().unwrap_or_default())
}

/// Sends `requests` at once and waits for all their replies, in the order in which they come.
///
/// # Errors
///
/// If not all come.
pub async fn call_all(browser: &Browser, requests: &[Value]) -> Outcome<Vec<Value>> {
    let ids: Vec<u32> = (FIRST_ID..).take(requests.len()).collect();
    let messages: Vec<Value> = ids
        .iter()
        .zip(requests)
        .map(|(id, request)| json!({ "request": { "id": id, "request": request } }))
        .collect();
    let replies = browser
        .run_async(CALL_ALL, vec![json!(messages), json!(ids)])
        .await?;
    Ok(serde_json::from_value(replies)?)
}

/// A request that reads `path` with a connection.
#[must_use]
pub fn read(connection: &str, path: &str) -> Value {
    json!({ "call": {
        "connection": connection,
        "method": "GET",
        "path": path,
        "query": [],
        "body": null,
        "retry": "safe",
    } })
}
