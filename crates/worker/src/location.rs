//! The worker's `location`.

use js_sys::Reflect;

/// The URL of the worker's script.
#[must_use]
pub fn script_url() -> String {
    property("href")
}

/// The site's origin.
#[must_use]
pub fn origin() -> String {
    property("origin")
}

fn property(name: &str) -> String {
    Reflect::get(&js_sys::global(), &"location".into())
        .and_then(|location| Reflect::get(&location, &name.into()))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}
