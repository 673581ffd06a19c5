//! The worker's `location`.

use js_sys::Reflect;

/// Returns the absolute URL of the worker's script.
#[must_use]
pub fn script_url() -> String {
    property("href")
}

/// Returns the site's origin, without a trailing slash.
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
