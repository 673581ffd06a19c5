//! The page's own port to the vault, as the hooks caught it.
//!
//! A message on it is an array: `[json]`, or `[json, ArrayBuffer]`.

use serde_json::{Value, json};

use crate::Outcome;
use crate::browser::TestBrowser;
use crate::wait::{PATIENCE, until};

/// Request ids that the page itself does not reach.
const FIRST_ID: u32 = 3_000_000_000;

const SEND: &str = "window.__audit.ports[0].postMessage([JSON.stringify(arguments[0])])";

const PRETEND: &str = "const data = [JSON.stringify(arguments[0])];
    window.__audit.ports[0].dispatchEvent(new MessageEvent('message', { data }))";

const MUTE: &str = "window.__audit.ports[0].postMessage = () => {}";

/// Sends at the moment that all windows of the site are told, and keeps the replies.
const PREPARE: &str = r#"
    const [messages, ids] = arguments;
    const port = window.__audit.ports[0];
    window.__audit.replies = [];
    port.addEventListener("message", ({ data }) => {
        const reply = JSON.parse(data[0]).reply;
        if (reply && ids.includes(reply.id)) window.__audit.replies.push(reply.result);
    });
    window.__audit.start = new BroadcastChannel("start");
    window.__audit.start.onmessage = () =>
        messages.forEach((message) => port.postMessage([JSON.stringify(message)]));
"#;

const START: &str = "new BroadcastChannel('start').postMessage(null)";

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
pub async fn send(browser: &TestBrowser, message: Value) -> Outcome {
    browser.run(SEND, vec![message]).await.map(drop)
}

/// Lets the page hear a message as if the vault had sent it.
///
/// # Errors
///
/// If the page has no port.
pub async fn pretend(browser: &TestBrowser, message: Value) -> Outcome {
    browser.run(PRETEND, vec![message]).await.map(drop)
}

/// From now on the vault hears nothing of this page: what the page asks for never comes.
///
/// # Errors
///
/// If the page has no port.
pub async fn mute(browser: &TestBrowser) -> Outcome {
    browser.run(MUTE, vec![]).await.map(drop)
}

/// Every message that the vault has sent to this page.
///
/// # Errors
///
/// If one is not laid out as promised.
pub async fn received(browser: &TestBrowser) -> Outcome<Vec<Value>> {
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
pub async fn connections(browser: &TestBrowser) -> Outcome<Vec<Value>> {
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
pub async fn call_all(browser: &TestBrowser, requests: &[Value]) -> Outcome<Vec<Value>> {
    let (messages, ids) = numbered(requests);
    let replies = browser
        .run_async(CALL_ALL, vec![json!(messages), json!(ids)])
        .await?;
    Ok(serde_json::from_value(replies)?)
}

/// Makes the present window ready to send `requests` when [`start`] is called in any window.
///
/// # Errors
///
/// If the page has no port.
pub async fn prepare(browser: &TestBrowser, requests: &[Value]) -> Outcome {
    let (messages, ids) = numbered(requests);
    browser
        .run(PREPARE, vec![json!(messages), json!(ids)])
        .await
        .map(drop)
}

/// Lets every window that is [`prepare`]d send at once.
///
/// # Errors
///
/// If the browser refuses.
pub async fn start(browser: &TestBrowser) -> Outcome {
    browser.run(START, vec![]).await.map(drop)
}

/// Waits for the replies to what the present window had prepared.
///
/// # Errors
///
/// If not all come.
pub async fn replies(browser: &TestBrowser, expected: usize) -> Outcome<Vec<Value>> {
    until("all replies", PATIENCE, async || {
        let replies = browser.run("return window.__audit.replies", vec![]).await?;
        let replies: Vec<Value> = serde_json::from_value(replies)?;
        Ok((replies.len() == expected).then_some(replies))
    })
    .await
}

fn numbered(requests: &[Value]) -> (Vec<Value>, Vec<u32>) {
    let ids: Vec<u32> = (FIRST_ID..).take(requests.len()).collect();
    let messages = ids
        .iter()
        .zip(requests)
        .map(|(id, request)| json!({ "request": { "id": id, "request": request } }))
        .collect();
    (messages, ids)
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
