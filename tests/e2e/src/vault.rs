//! The vault from outside: its clock, which a test may set, and its end.

use serde_json::{Value, json};

use crate::Outcome;
use crate::browser::TestBrowser;
use crate::wait::{PATIENCE, until};

/// Goes before the vault, to be told the time by [`set_clock`] or to end by [`end`].
pub const COMMANDED: &str = r#"{
    let ahead = 0;
    const wall = Date.now.bind(Date);
    Date.now = () => wall() + ahead;
    const commands = new BroadcastChannel("vault-commands");
    commands.onmessage = ({ data }) => {
        commands.postMessage("done");
        if (data === "end") self.close();
        else ahead = data;
    };
}
"#;

/// Goes before the vault: both its clocks and its timers run ten times as fast.
pub const HURRIED: &str = r#"{
    const begun = Date.now();
    const [wall, monotonic] = [Date.now.bind(Date), performance.now.bind(performance)];
    const timer = setTimeout;
    Date.now = () => begun + (wall() - begun) * 10;
    performance.now = () => monotonic() * 10;
    self.setTimeout = (callback, millis) => timer(callback, millis / 10);
}
"#;

const COMMAND: &str = r#"
    const [command, done] = arguments;
    const commands = new BroadcastChannel("vault-commands");
    commands.onmessage = () => { commands.close(); done(null); };
    commands.postMessage(command);
"#;

const IS_GONE: &str = "const done = arguments[0];
    navigator.locks.query().then(({ held }) =>
        done(!held.some(({ name }) => name.startsWith('vault-alive'))));";

const TAKE_LOCK: &str = "const [worker, done] = arguments;
    navigator.locks.query()
        .then(({ held }) => held.find(({ name }) => name.startsWith(worker + '-alive')))
        .then(({ name }) => navigator.locks.request(name, { steal: true }, () => {}))
        // The worker may have taken it back already.
        .then(() => done(null), () => done(null));";

const HAS_LOCK: &str = "const [worker, done] = arguments;
    const named = (locks) => locks.some(({ name }) => name.startsWith(worker + '-alive'));
    navigator.locks.query().then(({ held, pending }) => done(named(held) && named(pending)));";

const STAYS: &str = "const [done] = arguments, begun = performance.now();
    const look = () => navigator.locks.query().then(({ held }) => {
        const there = held.some(({ name }) => name.startsWith('vault-alive'));
        if (there && performance.now() - begun < 1000) setTimeout(look, 50);
        else done(there);
    });
    look();";

/// The vault's wall clock is so many milliseconds ahead; its monotonic one goes on as it was.
///
/// # Errors
///
/// If the vault is not [`COMMANDED`].
pub async fn set_clock(browser: &TestBrowser, ahead: i64) -> Outcome {
    browser
        .run_async(COMMAND, vec![json!(ahead)])
        .await
        .map(drop)
}

/// Ends the vault at once, as the browser may.
///
/// # Errors
///
/// If the browser refuses.
pub async fn end(browser: &TestBrowser) -> Outcome {
    browser
        .run_async(COMMAND, vec![json!("end")])
        .await
        .map(drop)
}

/// Takes the lock of the worker `vault` or `probe` away, as Chromium does now and then.
///
/// # Errors
///
/// If the browser refuses.
pub async fn take_lock(browser: &TestBrowser, worker: &str) -> Outcome {
    browser
        .run_async(TAKE_LOCK, vec![json!(worker)])
        .await
        .map(drop)
}

/// Waits until that worker has its lock again, and a page waits for it again.
///
/// # Errors
///
/// If that does not happen.
pub async fn has_lock(browser: &TestBrowser, worker: &str) -> Outcome {
    until(&format!("the lock of the {worker}"), PATIENCE, async || {
        let has = browser.run_async(HAS_LOCK, vec![json!(worker)]).await?;
        Ok((has == true).then_some(()))
    })
    .await
}

/// Waits until the browser has no vault any more. The present window must be at a file of the site
/// that opens none, such as `/config.json`.
///
/// # Errors
///
/// If one stays.
pub async fn gone(browser: &TestBrowser) -> Outcome {
    until("the vault's end", PATIENCE, async || {
        let gone = browser.run_async(IS_GONE, vec![]).await?;
        Ok((gone == Value::Bool(true)).then_some(()))
    })
    .await
}

/// Whether the browser has a vault, and still has it after a second.
///
/// # Errors
///
/// If the present window cannot be asked.
pub async fn stays(browser: &TestBrowser) -> Outcome<bool> {
    Ok(browser.run_async(STAYS, vec![]).await? == Value::Bool(true))
}
