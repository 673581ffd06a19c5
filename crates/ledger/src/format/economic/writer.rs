//! Writes a journal for e-conomic.

use crate::amount::exponent;
use crate::entry::Journal;
use crate::format::cells::{Cells, amount, date};
use crate::format::texts::Texts;
use crate::format::{Part, Row, postings};
use crate::mapping::{DateForm, EconomicSettings, Mapping};
use crate::text::{Charset, TextRules};

const HEADERS: [&str; 8] = [
    "Bilagsnr.",
    "Dato",
    "Tekst",
    "Konto",
    "Momskode",
    "Beløb",
    "Valuta",
    "Modkonto",
];

const RULES: TextRules = TextRules {
    charset: Charset::Cp1252,
    longest: None,
    replaced: &[],
    formulas: true,
};

pub(crate) fn write(
    journal: &Journal,
    mapping: &Mapping,
    settings: EconomicSettings,
    texts: &mut Texts,
) -> Vec<Part> {
    let mut cells = Cells::new(';');
    if settings.header {
        for header in HEADERS {
            cells.put(header);
        }
        cells.end_row();
    }
    let mut places = Vec::new();
    for (at, entry) in journal.entries.iter().enumerate() {
        let digits = exponent(entry.currency).unwrap_or_default();
        for (posting_at, posting) in postings(entry, mapping).iter().enumerate() {
            let row = Row::of(entry, posting);
            cells.put(&entry.number.to_string());
            cells.put(&date(entry.date, DateForm::Dashes));
            cells.put(&texts.of_row(&RULES, "Tekst", &row, mapping));
            cells.put(&posting.account.code);
            cells.put(
                row.line
                    .and_then(|line| line.tax.as_ref())
                    .map_or("", |tax| &tax.code),
            );
            cells.put(&amount(posting.amount, digits, true));
            cells.put(&entry.currency_code);
            cells.put(&entry.contra.code);
            places.push((cells.end_row(), at, posting_at));
        }
    }
    let bytes = Charset::Cp1252.encode(&cells.into_text());
    vec![Part { bytes, places }]
}
