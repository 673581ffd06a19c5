//! The document: its title, the attributes that tests and styles read, and the focus.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// `<html>`.
pub fn root() -> Option<HtmlElement> {
    let root = super::window()?.document()?.document_element()?;
    root.dyn_into().ok()
}

/// The site's base path as the shell states it.
pub fn base() -> String {
    let stated = root().and_then(|root| root.dataset().get("base"));
    crate::route::base(stated.as_deref())
}

/// Sets `data-<name>` of `<html>`, or takes it away.
pub fn set_data(name: &str, value: Option<&str>) {
    let Some(root) = root() else { return };
    match value {
        Some(value) => drop(root.dataset().set(name, value)),
        None => root.dataset().delete(name),
    }
}

/// Sets the window's title.
pub fn set_title(title: &str) {
    if let Some(document) = super::window().and_then(|window| window.document()) {
        document.set_title(&[title, " · Outlay"].concat());
    }
}

/// Moves the focus to the element of this id.
pub fn focus(id: &str) {
    let element = super::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Takes the static shell away, before the page takes its place.
pub fn remove_shell() {
    let shell = super::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("shell"));
    if let Some(shell) = shell {
        shell.remove();
    }
}
