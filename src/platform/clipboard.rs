//! Copying text.

use wasm_bindgen_futures::JsFuture;

/// What a button says after it.
pub fn said(done: bool) -> &'static str {
    if done {
        "Copied"
    } else {
        "The browser refused to copy"
    }
}

/// Copies `text`; false where the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = super::window() else {
        return false;
    };
    JsFuture::from(window.navigator().clipboard().write_text(text))
        .await
        .is_ok()
}
