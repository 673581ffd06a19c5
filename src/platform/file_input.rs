//! Reads a file that the user has chosen.

use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, HtmlInputElement};

/// The largest part of a file that is read as text, in bytes: the manifest of an export has about 150 for
/// each entry. Readers of smaller files have limits of their own.
const MOST: i32 = 20_000_000;

/// Returns the file in `input` and clears the input, so that the user can choose the same file
/// again after a change.
pub fn picked(input: &HtmlInputElement) -> Option<File> {
    let file = input.files()?.get(0)?;
    input.set_value("");
    Some(file)
}

/// Returns the first file that is dropped on an element; `None` if none is.
pub fn dropped(event: &DragEvent) -> Option<File> {
    event.data_transfer()?.files()?.get(0)
}

/// Returns the text of the file that was dropped, at most its first `MOST` bytes.
pub async fn dropped_text(event: &DragEvent) -> Option<String> {
    text_of(&dropped(event)?).await
}

/// Returns the text of the file in `input`, at most its first `MOST` bytes.
pub async fn text(input: &HtmlInputElement) -> Option<String> {
    text_of(&picked(input)?).await
}

/// Returns the text of a file, at most its first `MOST` bytes; `None` if the browser cannot read it.
pub async fn text_of(file: &File) -> Option<String> {
    let part = file.slice_with_i32_and_i32(0, MOST).ok()?;
    JsFuture::from(part.text()).await.ok()?.as_string()
}

/// Returns the bytes of a file of at most `most` bytes; `None` if it is larger, or the browser cannot
/// read it.
pub async fn bytes_of(file: &File, most: usize) -> Option<Vec<u8>> {
    #[expect(clippy::cast_precision_loss, reason = "a limit far below 2⁵³")]
    if file.size() > most as f64 {
        return None;
    }
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
