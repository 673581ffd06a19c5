//! Writes journal entries for QuickBooks Online.

use crate::amount::exponent;
use crate::entry::Journal;
use crate::format::cells::{Cells, amount, date};
use crate::format::texts::Texts;
use crate::format::{Part, Row, postings};
use crate::mapping::{Mapping, QuickBooksSettings};
use crate::text::{Charset, TextRules};

const HEADERS: [&str; 6] = [
    "JournalNo",
    "JournalDate",
    "AccountName",
    "Debits",
    "Credits",
    "Description",
];

const RULES: TextRules = TextRules {
    charset: Charset::Utf8,
    longest: None,
    replaced: &[],
    formulas: true,
};

pub(crate) fn write(
    journal: &Journal,
    mapping: &Mapping,
    settings: QuickBooksSettings,
    texts: &mut Texts,
) -> Vec<Part> {
    let mut cells = Cells::new(',');
    for header in HEADERS {
        cells.put(header);
    }
    cells.end_row();
    let mut places = Vec::new();
    for (at, entry) in journal.entries.iter().enumerate() {
        let digits = exponent(entry.currency).unwrap_or_default();
        for (posting_at, posting) in postings(entry, mapping).iter().enumerate() {
            let row = Row::of(entry, posting);
            cells.put(&entry.voucher);
            cells.put(&date(entry.date, settings.dates));
            cells.put(&posting.account.code);
            let size = amount(posting.amount.saturating_abs(), digits, false);
            let (debit, credit) = if posting.amount > 0 {
                (&*size, "")
            } else {
                ("", &*size)
            };
            cells.put(debit);
            cells.put(credit);
            cells.put(&texts.of_row(&RULES, "Description", &row, mapping));
            places.push((cells.end_row(), at, posting_at));
        }
    }
    let bytes = Charset::Utf8.encode(&cells.into_text());
    vec![Part { bytes, places }]
}
