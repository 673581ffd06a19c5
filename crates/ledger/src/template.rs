//! Texts made from an entry: `{supplier} {note}`.
//!
//! A placeholder is a word of [`PLACEHOLDERS`] in braces; everything else stays as it is. Blanks that an
//! empty value leaves are removed.

use crate::entry::{Entry, Line};

/// The words that a template may have in braces, for example `{note}`.
pub const PLACEHOLDERS: [&str; 15] = [
    "note",
    "supplier",
    "employee",
    "employeeCode",
    "team",
    "teamCode",
    "vendor",
    "vendorCode",
    "invoice",
    "bookId",
    "type",
    "entry",
    "voucher",
    "original",
    "account",
];

/// The first word in braces that is not a placeholder, or `{` for a brace that is not closed. `None` if
/// the template is valid.
#[must_use]
pub fn fault(template: &str) -> Option<String> {
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((word, left)) = after.split_once('}') else {
            return Some("{".to_owned());
        };
        if !PLACEHOLDERS.contains(&word) {
            return Some(word.to_owned());
        }
        rest = left;
    }
    None
}

/// The text of an entry, or of one of its lines. `{original}` and `{account}` are empty without a line.
#[must_use]
pub fn render(template: &str, entry: &Entry, line: Option<&Line>) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (word, left) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(&value(word, entry, line));
        rest = left;
    }
    text.push_str(rest);
    // Collapses plain spaces only; the format decides on all other characters of a value.
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn value(word: &str, entry: &Entry, line: Option<&Line>) -> String {
    let facts = &entry.facts;
    let value: &str = match word {
        "note" => &facts.note,
        "supplier" => &facts.supplier,
        "employee" => &facts.employee,
        "employeeCode" => &facts.employee_code,
        "team" => &facts.team,
        "teamCode" => &facts.team_code,
        "vendor" => &facts.vendor,
        "vendorCode" => &facts.vendor_code,
        "invoice" => &facts.invoice,
        "bookId" => &facts.book_id,
        "type" => entry.kind.as_str(),
        "entry" => entry.id.as_str(),
        "voucher" => &entry.voucher,
        "account" => line.map_or("", |line| &line.account.name),
        "original" => {
            let original = line.and_then(|line| line.original);
            return original.map_or_else(String::new, |(minors, currency)| {
                outlay_pleo::Money { currency, minors }.to_string()
            });
        }
        _ => "",
    };
    value.to_owned()
}
