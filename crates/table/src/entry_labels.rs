//! Pleo's codes in words.

use crate::column::Column;

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
