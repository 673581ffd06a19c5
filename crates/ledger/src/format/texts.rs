//! The texts of a file, and the list of those that were changed.

use std::collections::HashSet;

use outlay_pleo::id::{AccountingEntryId, EntryLineId};

use crate::entry::{Entry, Line, Role};
use crate::mapping::Mapping;
use crate::template::render;
use crate::text::{Change, TextRules};

use super::Row;

/// Fits texts and notes the changes.
#[derive(Default)]
pub(crate) struct Texts {
    /// Texts that the format changed, each once.
    pub changes: Vec<Change>,
    noted: HashSet<(
        Option<AccountingEntryId>,
        Option<EntryLineId>,
        String,
        String,
    )>,
}

impl Texts {
    /// Returns a text of an entry or line as the format allows it, and records a change.
    pub fn fit(
        &mut self,
        rules: &TextRules,
        field: &str,
        entry: &Entry,
        line: Option<&Line>,
        text: &str,
    ) -> String {
        let (to, reasons) = rules.fit(text);
        if !reasons.is_empty() {
            self.note(Change {
                entry: Some(entry.id.clone()),
                line: line.map(|line| line.id.clone()),
                field: field.to_owned(),
                from: text.to_owned(),
                to: to.clone(),
                reasons,
            });
        }
        to
    }

    /// Returns a text of the mapping as the format allows it, and records a change.
    pub fn fit_fixed(&mut self, rules: &TextRules, field: &str, text: &str) -> String {
        let (to, reasons) = rules.fit(text);
        if !reasons.is_empty() {
            self.note(Change {
                entry: None,
                line: None,
                field: field.to_owned(),
                from: text.to_owned(),
                to: to.clone(),
                reasons,
            });
        }
        to
    }

    /// The text of an entry; never empty.
    pub fn of_entry(
        &mut self,
        rules: &TextRules,
        field: &str,
        entry: &Entry,
        mapping: &Mapping,
    ) -> String {
        let text = self.fit(
            rules,
            field,
            entry,
            None,
            &render(&mapping.texts.entry, entry, None),
        );
        or_kind(text, rules, entry)
    }

    /// The text of a posting: that of the line, of the entry for its contra account, or that of rounding
    /// lines. Never empty.
    pub fn of_row(
        &mut self,
        rules: &TextRules,
        field: &str,
        row: &Row<'_>,
        mapping: &Mapping,
    ) -> String {
        let entry = row.entry;
        if row.posting.role == Role::Rounding {
            let text = self.fit_fixed(rules, "rounding", &mapping.texts.rounding);
            return or_kind(text, rules, entry);
        }
        let template = match row.line {
            Some(_) => &mapping.texts.line,
            None => &mapping.texts.entry,
        };
        let text = self.fit(
            rules,
            field,
            entry,
            row.line,
            &render(template, entry, row.line),
        );
        or_kind(text, rules, entry)
    }

    /// Records a change once, however many rows have the text.
    pub fn note(&mut self, change: Change) {
        let (entry, line) = (change.entry.clone(), change.line.clone());
        if self
            .noted
            .insert((entry, line, change.field.clone(), change.from.clone()))
        {
            self.changes.push(change);
        }
    }
}

/// The kind of the entry in the place of an empty text: importers reject lines without one.
fn or_kind(text: String, rules: &TextRules, entry: &Entry) -> String {
    if !text.is_empty() {
        return text;
    }
    let (kind, _) = rules.fit(&entry.kind.as_str().replace('_', " "));
    if kind.is_empty() {
        "Pleo".to_owned()
    } else {
        kind
    }
}
