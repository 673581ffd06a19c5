//! The key `/`, which focuses the search field of a page.

use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::platform::document;

/// Focuses `field` when `/` is pressed, except in another field and while a dialog is open.
pub fn focus_on_slash(field: NodeRef<Input>) {
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        let with_other = event.ctrl_key() || event.alt_key() || event.meta_key();
        if event.key() != "/" || with_other || is_typing(&event) || document::has_open_dialog() {
            return;
        }
        if let Some(Some(field)) = field.try_get_untracked() {
            event.prevent_default();
            let _ = field.focus();
            field.select();
        }
    });
    on_cleanup(move || slash.remove());
}

/// Whether a key is typed into a field.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| {
        let field = "input, textarea, select, [contenteditable]";
        element.closest(field).is_ok_and(|found| found.is_some())
    })
}
