//! Files that the page offers to be saved.

use crate::Outcome;
use crate::browser::Browser;
use crate::wait::{PATIENCE, until};

/// Keeps every file that is offered where a test can read it; a script for before the page loads.
pub const KEEP: &str = "window.__files = [];
    { const real = URL.createObjectURL;
      URL.createObjectURL = (file) => { file.arrayBuffer().then((bytes) => window.__files.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))); return real.call(URL, file); }; }";

/// The one file that was offered, once it is there. It is taken out.
///
/// # Errors
///
/// If none is.
pub async fn saved(browser: &Browser) -> Outcome<String> {
    until("the file", PATIENCE, async || {
        let script = "return window.__files.pop() ?? null";
        let file = browser.run(script, vec![]).await?;
        Ok(file.as_str().map(str::to_owned))
    })
    .await
}
