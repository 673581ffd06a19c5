//! Copying text.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, DocumentFragment, Element, HtmlElement, Node, Selection};

use crate::messages::copy as messages;

/// The label of a copy button after its use.
pub fn copy_message(done: bool) -> &'static str {
    if done {
        messages::COPIED
    } else {
        messages::BLOCKED
    }
}

/// Copies `text`. Returns `false` if the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = super::window() else {
        return false;
    };
    JsFuture::from(window.navigator().clipboard().write_text(text))
        .await
        .is_ok()
}

/// Replaces the text that the browser copies for `event`. Returns `false` if the event has no
/// clipboard data.
pub fn write_to(event: &ClipboardEvent, text: &str) -> bool {
    event.prevent_default();
    event
        .clipboard_data()
        .is_some_and(|data| data.set_data("text/plain", text).is_ok())
}

/// Whether no text is selected.
pub fn nothing_selected() -> bool {
    selection().is_none()
}

/// Clears the selection.
pub fn select_nothing() {
    if let Some(selection) = selection() {
        let _ = selection.remove_all_ranges();
    }
}

/// Returns the selected text if the selection begins in `element`.
pub fn selected_in(element: &HtmlElement) -> Option<String> {
    let inside = element.contains(selection()?.anchor_node().as_ref());
    inside.then(selected_text)?
}

/// The selected text.
pub fn selected_text() -> Option<String> {
    Some(selection()?.to_string().into())
}

/// Whether `selected` is the whole text of `element`. Firefox writes a no-break space as a space in a
/// selection.
pub fn is_whole_text(selected: &str, element: &Element) -> bool {
    let text = element.text_content().unwrap_or_default();
    text.split_whitespace().eq(selected.split_whitespace())
}

/// The innermost element that contains the whole selection.
pub fn selected_element() -> Option<Element> {
    let range = selection()?.get_range_at(0).ok()?;
    element_of(range.common_ancestor_container().ok()?)
}

/// A copy of the selected nodes.
pub fn selected_nodes() -> Option<DocumentFragment> {
    selection()?.get_range_at(0).ok()?.clone_contents().ok()
}

/// Whether `element` has the focus.
pub fn has_focus(element: &HtmlElement) -> bool {
    let active = element.owner_document().and_then(|it| it.active_element());
    active.is_some_and(|active| active == **element)
}

fn element_of(node: Node) -> Option<Element> {
    match node.dyn_into::<Element>() {
        Ok(element) => Some(element),
        Err(node) => node.parent_element(),
    }
}

/// The selection; `None` if it is empty.
fn selection() -> Option<Selection> {
    let selection = super::window()?.get_selection().ok()??;
    (!selection.is_collapsed()).then_some(selection)
}
