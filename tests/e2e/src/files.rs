//! Files that the page offers to be saved.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::Outcome;
use crate::browser::TestBrowser;
use crate::wait::{PATIENCE, until};

/// Keeps every file that is offered where a test can read it; a script for before the page loads.
pub const KEEP: &str = "window.__files = []; window.__workbooks = [];
    { const real = URL.createObjectURL;
      URL.createObjectURL = (file) => {
        if (file.type.includes('spreadsheetml') || file.type === 'application/octet-stream') {
          const reader = new FileReader();
          reader.onload = () => window.__workbooks.push(reader.result.split(',')[1]);
          reader.readAsDataURL(file);
        } else file.arrayBuffer().then((bytes) => window.__files.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))); return real.call(URL, file); }; }";

/// Clicks the button that exports the entries.
///
/// # Errors
///
/// If there is none.
pub async fn save_entries(browser: &TestBrowser) -> Outcome {
    let script = "const save = [...document.querySelectorAll('button')].find((it) => it.innerText.trim() === 'Export' && !it.disabled);
        save?.click();
        return Boolean(save)";
    until(
        "the button that exports the entries",
        PATIENCE,
        async || {
            let clicked = browser.run(script, vec![]).await?;
            Ok((clicked == true).then_some(()))
        },
    )
    .await
}

/// The one file that was offered, once it is there. It is taken out.
///
/// # Errors
///
/// If none is.
pub async fn saved(browser: &TestBrowser) -> Outcome<String> {
    until("the file", PATIENCE, async || {
        let script = "return window.__files.pop() ?? null";
        let file = browser.run(script, vec![]).await?;
        Ok(file.as_str().map(str::to_owned))
    })
    .await
}

/// The one Excel file or snapshot that was offered, once it is there. It is taken out.
///
/// # Errors
///
/// If none is.
pub async fn saved_workbook(browser: &TestBrowser) -> Outcome<Vec<u8>> {
    let base64 = until("the workbook", PATIENCE, async || {
        let script = "return window.__workbooks.pop() ?? null";
        let file = browser.run(script, vec![]).await?;
        Ok(file.as_str().map(str::to_owned))
    })
    .await?;
    let bytes = STANDARD.decode(base64);
    Ok(bytes.map_err(|error| error.to_string())?)
}
