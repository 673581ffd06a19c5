//! Pleo's codes in words, and what a row of the entries table says.

use outlay_pleo::text::marked;
use outlay_pleo::time::Timestamp;
use outlay_pleo::{AccountingEntry, Money, Unreadable};

use crate::Rows;
use crate::column::Column;
use crate::record_label::label;

/// Returns a code of Pleo's in sentence case: `CARD_PURCHASE` becomes `Card purchase`. A text that is not
/// in the form of a code is returned as it is.
#[must_use]
pub fn plain(code: &str) -> String {
    let of_code = |one: char| one.is_ascii_uppercase() || one.is_ascii_digit() || one == '_';
    if !code.chars().all(of_code) {
        return code.to_owned();
    }
    let mut words = code.replace('_', " ").to_lowercase();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Returns the label of a code of Pleo's in this column, for a bookkeeper.
#[must_use]
pub fn words(column: Column, code: &str) -> String {
    const WORDS: &[(Column, &str, &str)] = &[
        (Column::Type, "BILL_INVOICE", "Supplier invoice"),
        (
            Column::Type,
            "BILL_INVOICE_PAYMENT",
            "Supplier invoice payment",
        ),
        (Column::Subtype, "ATM", "ATM"),
        (
            Column::Subtype,
            "BILL_INVOICE_PAYMENT_RETURNED",
            "Supplier invoice payment returned",
        ),
        (
            Column::Subtype,
            "BILL_INVOICE_PAYMENT_RECEIVED",
            "Supplier invoice payment received",
        ),
        (Column::Review, "OK", "OK"),
        (Column::Review, "NOT_OK", "Not OK"),
        (Column::Review, "NOT_SET", "No review status"),
        (
            Column::Review,
            "WAITING_FOR_EXPENSE_OWNER",
            "Awaiting employee",
        ),
        (Column::Review, "WAITING_FOR_REVIEWER", "Awaiting reviewer"),
        (
            Column::Review,
            "WAITING_FOR_COMPANY_REVIEWER",
            "Awaiting company reviewer",
        ),
        (
            Column::Review,
            "WAITING_FOR_TEAM_REVIEWER",
            "Awaiting team reviewer",
        ),
        (
            Column::Review,
            "WAITING_FOR_TAG_REVIEWER",
            "Awaiting tag reviewer",
        ),
    ];
    let special = WORDS.iter().find(|it| it.0 == column && it.1 == code);
    special.map_or_else(|| plain(code), |it| it.2.to_owned())
}

/// The note; else what the papers of the supplier say; else what kind of spend it is.
#[must_use]
pub fn about(entry: &AccountingEntry) -> String {
    let note = entry
        .note
        .as_deref()
        .map(str::trim)
        .filter(|note| !note.is_empty());
    let papers = entry.supplier.as_ref().and_then(|supplier| {
        let document = supplier.document_number.as_deref();
        document
            .or(supplier.external_supplier_id.as_deref())
            .or(supplier.cif.as_deref())
    });
    match (note, papers) {
        (Some(note), _) => note.to_owned(),
        (None, Some(papers)) => papers.to_owned(),
        (None, None) => words(Column::Type, entry.family.as_str()),
    }
}

/// Functions that format dates and amounts, in the page by the browser's locale.
#[derive(Debug, Clone, Copy)]
pub struct Formats {
    /// The day of an instant; the text itself, with marks for what cannot be seen, where it is no
    /// date.
    pub day: fn(&Timestamp) -> String,
    /// An amount with its currency.
    pub money: fn(&Money) -> String,
}

/// The text of a cell of the entries table: the columns are date, employee, supplier or note, status
/// and amount. Each character that cannot be seen is replaced by a mark. `employee` is the name of
/// who spent, where it is known.
#[must_use]
pub fn cell(
    rows: &Rows,
    (row, column): (usize, usize),
    employee: Option<&str>,
    formats: Formats,
) -> String {
    const NOTHING: &str = "–";
    let day = |at: &Timestamp| (formats.day)(at);
    match (rows.get(row), rows.unreadable(row)) {
        (Some(entry), _) => match column {
            0 => day(&entry.performed_at),
            1 => marked(employee.unwrap_or(NOTHING)),
            2 => marked(&about(entry)),
            3 => marked(&words(Column::Status, entry.status.as_str())),
            _ => (formats.money)(&entry.transaction_value),
        },
        (None, Some(record)) => match column {
            0 => record.performed_at.as_ref().map_or(NOTHING.into(), day),
            2 => marked(&could_not_be_read(record)),
            _ => NOTHING.to_owned(),
        },
        (None, None) => String::new(),
    }
}

/// The text in place of a record that could not be read: its id and the faulty field.
#[must_use]
pub fn could_not_be_read(record: &Unreadable) -> String {
    ["Could not be read: ", &label(record)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_labels() {
        assert_eq!(plain("CARD_PURCHASE"), "Card purchase");
        assert_eq!(plain("pending"), "pending");
        assert_eq!(plain(""), "");
        assert_eq!(plain("ÆØ_X"), "ÆØ_X");
    }
}
