//! Writes manual journals for Xero.

use crate::amount::exponent;
use crate::entry::{Entry, Journal, Posting, Role};
use crate::format::cells::{Cells, amount, date};
use crate::format::texts::Texts;
use crate::format::{Part, Row, dimensions, postings};
use crate::mapping::{DateForm, Mapping, XeroSettings};
use crate::text::{Charset, TextRules};

const HEADERS: [&str; 10] = [
    "Narration",
    "Date",
    "Description",
    "AccountCode",
    "TaxRate",
    "Amount",
    "TrackingName1",
    "TrackingOption1",
    "TrackingName2",
    "TrackingOption2",
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
    settings: &XeroSettings,
    texts: &mut Texts,
) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open = Open::new();
    for (at, entry) in journal.entries.iter().enumerate() {
        let postings = postings(entry, mapping);
        // An entry is never in two files: Xero would see two journals, neither of them balanced.
        if !open.places.is_empty() && open.places.len() + postings.len() > settings.lines_per_file {
            parts.push(std::mem::replace(&mut open, Open::new()).close());
        }
        put(&mut open, entry, &postings, at, mapping, settings, texts);
    }
    parts.push(open.close());
    parts
}

struct Open {
    cells: Cells,
    places: Vec<(usize, usize, usize)>,
}

impl Open {
    fn new() -> Open {
        let mut cells = Cells::new(',');
        for header in HEADERS {
            cells.put(header);
        }
        cells.end_row();
        Open {
            cells,
            places: Vec::new(),
        }
    }

    fn close(self) -> Part {
        Part {
            bytes: Charset::Utf8.encode(&self.cells.into_text()),
            places: self.places,
        }
    }
}

fn put(
    open: &mut Open,
    entry: &Entry,
    postings: &[Posting],
    at: usize,
    mapping: &Mapping,
    settings: &XeroSettings,
    texts: &mut Texts,
) {
    // Rows of the same narration and date are one journal: the voucher number keeps entries apart.
    let text = texts.of_entry(&RULES, "Narration", entry, mapping);
    let narration = format!("{text} [{}]", entry.voucher);
    let digits = exponent(entry.currency).unwrap_or_default();
    for (posting_at, posting) in postings.iter().enumerate() {
        let row = Row::of(entry, posting);
        let cells = &mut open.cells;
        cells.put(&narration);
        cells.put(&date(entry.date, DateForm::DayFirst));
        cells.put(&texts.of_row(&RULES, "Description", &row, mapping));
        cells.put(&posting.account.code);
        let tax = row
            .line
            .filter(|_| posting.role == Role::Expense)
            .and_then(|line| line.tax.as_ref());
        cells.put(
            tax.map(|tax| tax.code.as_str())
                .filter(|name| !name.is_empty())
                .unwrap_or(&settings.no_tax),
        );
        cells.put(&amount(posting.amount, digits, false));
        let mut names = dimensions(mapping).into_iter();
        for _ in 0..2 {
            let dimension = names.next().unwrap_or_default();
            let option = row.tags_of(mapping, dimension).concat();
            cells.put(if option.is_empty() { "" } else { dimension });
            cells.put(&option);
        }
        open.places.push((cells.end_row(), at, posting_at));
    }
}
