//! Keys that lead to the search field of a page.

use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::platform::document;

/// Focuses `field` when `/` is pressed outside of a field, or Ctrl+F or Cmd+F in a table; does nothing while
/// a dialog is open. The result is whether the field has the focus because of Ctrl+F or Cmd+F; the field
/// sets it to `false` when it loses the focus.
pub fn listen(field: NodeRef<Input>) -> RwSignal<bool> {
    let finds = RwSignal::new(false);
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_find = is_find(&event);
        if !(is_find || is_slash(&event)) || document::has_open_dialog() {
            return;
        }
        if let Some(Some(field)) = field.try_get_untracked() {
            event.prevent_default();
            finds.set(is_find);
            let _ = field.focus();
            field.select();
        }
    });
    on_cleanup(move || keys.remove());
    finds
}

/// Whether the keys of the browser's own search are pressed in a table, of which the browser searches only
/// the visible rows.
fn is_find(event: &KeyboardEvent) -> bool {
    let with_control = event.ctrl_key() != event.meta_key();
    let is_key = event.key().eq_ignore_ascii_case("f") && !event.alt_key() && !event.shift_key();
    with_control && is_key && is_inside(event, ".grid")
}

fn is_slash(event: &KeyboardEvent) -> bool {
    let with_other = event.ctrl_key() || event.alt_key() || event.meta_key();
    let field = "input, textarea, select, [contenteditable]";
    event.key() == "/" && !with_other && !is_inside(event, field)
}

fn is_inside(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}
