//! Pleo's codes in words, and what a row of the entries table says.

use outlay_pleo::AccountingEntry;

/// `CARD_PURCHASE` as `Card purchase`.
pub fn plain(code: &str) -> String {
    let mut words = code.replace('_', " ").to_lowercase();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// The note; else what the papers of the supplier say; else what kind of spend it is.
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
        (None, None) => plain(entry.family.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_words() {
        assert_eq!(plain("CARD_PURCHASE"), "Card purchase");
        assert_eq!(plain("pending"), "Pending");
        assert_eq!(plain(""), "");
        assert_eq!(plain("ÆØ_X"), "æø x");
    }
}
