//! Offers files for download.

use js_sys::{Array, Uint8Array};
use outlay_table::characters::{escape_forbidden, replace_forbidden};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::{clock, intl};
use crate::messages::download::{REFUSED, started};

/// How long a file can be fetched, in milliseconds. A browser may first ask where to save it, and a
/// download manager may fetch it later.
const LIFETIME: i32 = 60_000;

/// The links of files that can still be fetched, made by any program of the page.
const LINKS: &str = "a[data-download]";

/// Starts the download of `text` under this name and returns the text to show about it. Escapes
/// characters that files cannot hold in JSON; in other files replaces and counts them.
pub fn save(name: &str, kind: &str, text: &str) -> String {
    if kind.starts_with("application/json") {
        return save_as(name, kind, &escape_forbidden(text), None, 0);
    }
    let (text, replaced) = replace_forbidden(text);
    save_as(name, kind, &text, None, replaced)
}

/// Like [`save`], for text in which `replaced` characters have been replaced already. `size` is a
/// fact about the file, such as `3,512 rows`.
pub fn save_as(name: &str, kind: &str, text: &str, size: Option<&str>, replaced: usize) -> String {
    let parts = Array::of1(&JsValue::from_str(text));
    save_parts(name, kind, &parts, size, replaced)
}

/// A part of a file of UTF-8 bytes, which the browser copies once.
pub fn part(bytes: &[u8]) -> Option<Blob> {
    Blob::new_with_u8_slice_sequence(&Array::of1(&Uint8Array::from(bytes))).ok()
}

/// Like [`save`], for bytes, which are not changed. `size` is a fact about the file.
pub fn save_bytes(name: &str, kind: &str, bytes: &[u8], size: &str) -> String {
    let parts = Array::of1(&js_sys::Uint8Array::from(bytes));
    save_parts(name, kind, &parts, Some(size), 0)
}

/// As [`save_as`], for a file of parts: texts or [`part`]s.
pub fn save_parts(
    name: &str,
    kind: &str,
    parts: &Array,
    size: Option<&str>,
    replaced: usize,
) -> String {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    match Blob::new_with_blob_sequence_and_options(parts, &options) {
        Ok(file) => save_file(name, &file, size, replaced),
        Err(_) => REFUSED.to_owned(),
    }
}

/// As [`save_as`], for a file with its media type.
pub fn save_file(name: &str, file: &Blob, size: Option<&str>, replaced: usize) -> String {
    match start(name, file) {
        Some(()) => started(name, size, replaced, intl::count),
        None => REFUSED.to_owned(),
    }
}

fn start(name: &str, file: &Blob) -> Option<()> {
    let document = super::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&Url::create_object_url_with_blob(file).ok()?);
    link.set_download(name);
    link.set_hidden(true);
    link.dataset().set("download", "").ok()?;
    // Some browsers ignore a click on a link outside the document.
    document.body()?.append_child(&link).ok()?;
    link.click();
    wasm_bindgen_futures::spawn_local(async move {
        clock::sleep(LIFETIME).await;
        drop_link(&link);
    });
    Some(())
}

/// Revokes the address of every offered file, so that none can be fetched any more.
pub fn drop_all() {
    let Some(document) = super::window().and_then(|window| window.document()) else {
        return;
    };
    while let Ok(Some(link)) = document.query_selector(LINKS) {
        drop_link(link.unchecked_ref());
    }
}

fn drop_link(link: &HtmlAnchorElement) {
    let _ = Url::revoke_object_url(&link.href());
    link.remove();
}
