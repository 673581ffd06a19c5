//! The document: its title, the attributes that tests and styles read, and the focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, Node};

/// `<html>`.
pub fn root() -> Option<HtmlElement> {
    let root = super::window()?.document()?.document_element()?;
    root.dyn_into().ok()
}

/// The site's base path, from `data-base`.
pub fn base() -> String {
    let stated = data("base");
    crate::address::base(stated.as_deref())
}

/// Sets `data-<name>` of `<html>`; `None` removes it.
pub fn set_data(name: &str, value: Option<&str>) {
    let Some(root) = root() else { return };
    match value {
        Some(value) => drop(root.dataset().set(name, value)),
        None => root.dataset().delete(name),
    }
}

/// Returns `data-<name>` of `<html>`.
pub fn data(name: &str) -> Option<String> {
    root()?.dataset().get(name)
}

/// Sets the text of an element. Keeps its text node if it contains nothing else, which costs less than a
/// new one; a translator may have put other elements there.
pub fn set_text(element: &Element, text: &str) {
    match element.first_child() {
        Some(node) if node.node_type() == Node::TEXT_NODE && node.next_sibling().is_none() => {
            node.set_node_value(Some(text));
        }
        _ => element.set_text_content(Some(text)),
    }
}

/// Whether the document is in a visible tab.
pub fn is_visible() -> bool {
    let document = super::window().and_then(|window| window.document());
    document.is_some_and(|document| !document.hidden())
}

/// Sets the window's title.
pub fn set_title(title: &str) {
    if let Some(document) = super::window().and_then(|window| window.document()) {
        document.set_title(&[title, " · Outlay"].concat());
    }
}

/// The length of 1 rem in pixels; 16 if the browser does not say.
pub fn root_font_size() -> f64 {
    let style = root().and_then(|root| super::window()?.get_computed_style(&root).ok()?);
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    let size = size.and_then(|size| size.trim_end_matches("px").parse().ok());
    size.filter(|size: &f64| *size > 0.0).unwrap_or(16.0)
}

/// Moves the focus to the element with this id.
pub fn focus(id: &str) {
    if let Some(element) = element::<HtmlElement>(id) {
        let _ = element.focus();
    }
}

/// Moves the focus to the element with this id if no element has the focus.
pub fn focus_if_lost(id: &str) {
    let document = super::window().and_then(|window| window.document());
    let here = document.and_then(|document| document.active_element());
    if here.is_none_or(|here| here.local_name() == "body") {
        focus(id);
    }
}

/// Closes the dialog with this id, if it exists.
pub fn close_dialog(id: &str) {
    if let Some(element) = element::<HtmlDialogElement>(id) {
        element.close();
    }
}

/// Whether a dialog is open.
pub fn has_open_dialog() -> bool {
    let document = super::window().and_then(|window| window.document());
    let found =
        document.and_then(|document| document.query_selector("dialog[open]").ok().flatten());
    found.is_some()
}

/// Opens the popover with this id.
pub fn show_popover(id: &str) {
    if let Some(element) = element::<HtmlElement>(id) {
        let _ = element.show_popover();
    }
}

/// Closes the popover with this id.
pub fn hide_popover(id: &str) {
    if let Some(element) = element::<HtmlElement>(id) {
        let _ = element.hide_popover();
    }
}

fn element<T: JsCast>(id: &str) -> Option<T> {
    let document = super::window()?.document()?;
    document.get_element_by_id(id)?.dyn_into().ok()
}

/// Replaces the whole page by one sentence.
pub fn announce(sentence: &str) {
    let document = super::window().and_then(|window| window.document());
    if let Some(body) = document.and_then(|document| document.body()) {
        body.set_text_content(Some(sentence));
    }
}

/// Removes the static page, behind which the app is mounted.
pub fn remove_shell() {
    let shell = super::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("shell"));
    if let Some(shell) = shell {
        shell.remove();
    }
}
