//! Reading a file that the user has picked.

use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

/// How much of a file is read as text, in bytes. Each reader here refuses far less as too large.
const MOST: i32 = 1_000_000;

/// The file in `input`. The choice is taken back, so that the same file can be chosen again after a
/// change.
pub fn picked(input: &HtmlInputElement) -> Option<File> {
    let file = input.files()?.get(0)?;
    input.set_value("");
    Some(file)
}

/// The text of the file in `input`, the beginning of a very large one.
pub async fn text(input: &HtmlInputElement) -> Option<String> {
    let file = picked(input)?;
    let part = file.slice_with_i32_and_i32(0, MOST).ok()?;
    JsFuture::from(part.text()).await.ok()?.as_string()
}
