//! Replaces copied amounts by plain numbers, which a spreadsheet can calculate with, whatever signs
//! and spaces the browser's locale uses.

use leptos::prelude::*;
use outlay_pleo::Money;
use outlay_table::csv::{CsvCell, CsvFormat, Preset};
use outlay_table::selection::copied;
use outlay_table::spreadsheet::protect;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Node};

use super::amount::{ATTRIBUTE, BARE, parse};
use super::csv_format::form;
use crate::platform::clipboard;

/// A part of the selection.
enum AmountPart {
    Text(String),
    /// External text.
    External(String),
    /// An amount; `true` if its currency is shown elsewhere.
    Amount(Money, bool),
}

/// Handles the copy event until the reactive owner is disposed of.
pub fn listen() {
    let listener = window_event_listener(leptos::ev::copy, |event| on_copy(&event));
    on_cleanup(move || listener.remove());
}

/// Replaces the text that the browser copies if the selection contains an amount.
fn on_copy(event: &ClipboardEvent) {
    if let Some(text) = clipboard_text() {
        clipboard::write_to(event, &text);
    }
}

fn clipboard_text() -> Option<String> {
    let selected = clipboard::selected_element()?;
    let amount = selected.closest(&["[", ATTRIBUTE, "]"].concat()).ok()?;
    if let Some(amount) = amount {
        let text = clipboard::selected_text()?;
        return if clipboard::is_whole_text(&text, &amount) {
            Some(number(money(&amount)?.0))
        } else {
            Some(ascii(&text))
        };
    }
    let fragment = clipboard::selected_nodes()?;
    fragment
        .query_selector(&["[", ATTRIBUTE, "]"].concat())
        .ok()??;
    let mut lines = vec![Vec::new()];
    read(&fragment, &mut lines);
    let mut parts = lines.iter().flatten().filter(|part| match part {
        AmountPart::Text(text) | AmountPart::External(text) => !text.trim().is_empty(),
        AmountPart::Amount(..) => true,
    });
    if let (Some(AmountPart::Amount(money, _)), None) = (parts.next(), parts.next()) {
        return Some(number(*money));
    }
    let rows = lines.iter().filter(|line| !line.is_empty()).map(|line| {
        line.iter()
            .flat_map(|part| match part {
                AmountPart::Text(text) => [Some(CsvCell::Made(own(text.trim()))), None],
                AmountPart::External(text) => {
                    let text = protect(text.trim(), true).into_owned();
                    [Some(CsvCell::Made(text)), None]
                }
                AmountPart::Amount(money, true) => [Some(CsvCell::Amount(*money)), None],
                AmountPart::Amount(money, false) => [
                    Some(CsvCell::Amount(*money)),
                    Some(CsvCell::Text(money.currency.as_str())),
                ],
            })
            .flatten()
    });
    // The cells are escaped already.
    let form = CsvFormat {
        preset: Preset::Plain,
        ..form()
    };
    Some(copied(form, rows))
}

/// Escapes the app's own text: a spreadsheet may read a date or a percentage in it, but no formula.
fn own(text: &str) -> String {
    if let Some(share) = percentage(text) {
        share
    } else if text.starts_with(char::is_alphanumeric) {
        text.to_owned()
    } else {
        protect(text, true).into_owned()
    }
}

/// Returns a percentage with an ASCII sign and without blanks: `-7,1%`; `None` for any other text.
fn percentage(text: &str) -> Option<String> {
    let plain = ascii(text);
    let figure = plain.strip_suffix('%')?;
    let figure = figure.strip_prefix(['+', '-']).unwrap_or(figure);
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    (figure.starts_with(|c: char| c.is_ascii_digit()) && figure.chars().all(is_figure))
        .then_some(plain)
}

/// Returns a count without group separators; another text as it is.
fn count(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.is_empty() {
        true => text.to_owned(),
        false => digits,
    }
}

/// Returns one amount without its currency.
pub fn number(money: Money) -> String {
    copied(form(), [[CsvCell::Amount(money)]])
        .trim_end()
        .to_owned()
}

/// Returns a part of an amount with an ASCII sign and without group spaces.
fn ascii(text: &str) -> String {
    let blank = |c: &char| !matches!(c, '\u{a0}' | '\u{202f}');
    text.chars()
        .filter(blank)
        .map(|c| if c == '\u{2212}' { '-' } else { c })
        .collect()
}

fn money(element: &Element) -> Option<(Money, bool)> {
    let money = parse(&element.get_attribute(ATTRIBUTE)?)?;
    Some((money, element.class_list().contains(BARE)))
}

/// Reads `node` into lines of cells, one line for each row, term, heading and paragraph.
fn read(node: &Node, lines: &mut Vec<Vec<AmountPart>>) {
    let children = node.child_nodes();
    for child in (0..children.length()).filter_map(|at| children.get(at)) {
        let Some(element) = child.dyn_ref::<Element>() else {
            push_text(lines, &child.text_content().unwrap_or_default());
            continue;
        };
        if let Some((money, bare)) = money(element) {
            push(lines, AmountPart::Amount(money, bare));
            continue;
        }
        if element.class_list().contains("external") {
            push(
                lines,
                AmountPart::External(child.text_content().unwrap_or_default()),
            );
            continue;
        }
        let name = element.local_name();
        let begins_line = matches!(
            &*name,
            "tr" | "dt" | "p" | "h1" | "h2" | "h3" | "li" | "caption"
        );
        if begins_line {
            lines.push(Vec::new());
        }
        match &*name {
            "button" | "select" | "svg" => {}
            "td" if element.class_list().contains("count") => {
                let text = child.text_content().unwrap_or_default();
                if let Some(line) = lines.last_mut() {
                    line.push(AmountPart::Text(count(&text)));
                }
            }
            "td" | "th" | "dt" | "dd" => {
                if let Some(line) = lines.last_mut() {
                    line.push(AmountPart::Text(String::new()));
                }
                read(&child, lines);
            }
            _ => read(&child, lines),
        }
        if begins_line && name != "dt" {
            lines.push(Vec::new());
        }
    }
}

fn push(lines: &mut [Vec<AmountPart>], part: AmountPart) {
    if let Some(line) = lines.last_mut() {
        // The first part of a cell replaces the empty text at its start.
        if matches!(line.last(), Some(AmountPart::Text(text)) if text.trim().is_empty()) {
            line.pop();
        }
        line.push(part);
    }
}

fn push_text(lines: &mut [Vec<AmountPart>], text: &str) {
    match lines.last_mut().map(|line| line.last_mut()) {
        Some(Some(AmountPart::Text(before))) => before.push_str(text),
        _ if text.trim().is_empty() => {}
        _ => push(lines, AmountPart::Text(text.to_owned())),
    }
}
