//! The elements that exist only while the browser prints. They are made at once, since the browser
//! waits for no effect between its event and the first page.

use web_sys::{Document, Element};

/// Sets the text of the element with this id.
pub fn set_text(id: &str, text: &str) {
    let document = super::window().and_then(|window| window.document());
    if let Some(element) = document.and_then(|document| document.get_element_by_id(id)) {
        element.set_text_content(Some(text));
    }
}

/// Shows `notes`, one a line, and below them a table in `place`. `figures` states for each column
/// whether its cells are aligned as figures.
pub fn show_table(
    place: &Element,
    notes: &[String],
    headers: &[String],
    figures: &[bool],
    rows: impl Iterator<Item = Vec<String>>,
) {
    let Some(document) = place.owner_document() else {
        return;
    };
    place.set_text_content(None);
    for note in notes {
        add(&document, place, "p", note, false);
    }
    let Some(table) = add(&document, place, "table", "", false) else {
        return;
    };
    let line = |part: &Element, tag: &str, cells: &[String]| {
        let Some(line) = add(&document, part, "tr", "", false) else {
            return;
        };
        for (at, cell) in cells.iter().enumerate() {
            let is_figure = figures.get(at).copied().unwrap_or_default();
            add(&document, &line, tag, cell, is_figure);
        }
    };
    if let Some(head) = add(&document, &table, "thead", "", false) {
        line(&head, "th", headers);
    }
    if let Some(body) = add(&document, &table, "tbody", "", false) {
        for cells in rows {
            line(&body, "td", &cells);
        }
    }
}

fn add(
    document: &Document,
    parent: &Element,
    tag: &str,
    text: &str,
    is_figure: bool,
) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    if is_figure {
        element.set_class_name("amount");
    }
    parent.append_child(&element).ok()?;
    Some(element)
}
