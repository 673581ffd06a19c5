//! Reading a file that the user has picked.

use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

/// The text of the file in `input`. The choice is taken back, so that the same file can be chosen
/// again after a change.
pub async fn text(input: &HtmlInputElement) -> Option<String> {
    let file = input.files()?.get(0)?;
    let text = JsFuture::from(file.text()).await.ok()?.as_string();
    input.set_value("");
    text
}
