//! Writes SIE 4I.

use crate::amount::exponent;
use crate::entry::Journal;
use crate::format::cells::{amount, date};
use crate::format::texts::Texts;
use crate::format::{JobInfo, Part, Row, dimensions, postings};
use crate::mapping::{DateForm, Mapping, SieSettings};
use crate::text::{Charset, TextRules};

/// Readers count braces without regard to quotation marks, and give `\` a meaning only before `"`.
const RESERVED: &[(char, char)] = &[('{', '('), ('}', ')'), ('\\', '/')];

pub(crate) fn write(
    journal: &Journal,
    mapping: &Mapping,
    settings: &SieSettings,
    job: &JobInfo,
    texts: &mut Texts,
) -> Vec<Part> {
    let rules = TextRules {
        charset: Charset::Cp437,
        longest: Some(settings.longest_text),
        replaced: RESERVED,
        formulas: false,
    };
    let mut file = Lines::default();
    let company = texts.fit_fixed(&rules, "#FNAMN", &settings.company);
    let build = texts.fit_fixed(&rules, "#PROGRAM", &job.build);
    file.put(&["#FLAGGA", "0"]);
    file.put(&["#PROGRAM", "\"Outlay\"", &quoted(&build)]);
    file.put(&["#FORMAT", "PC8"]);
    file.put(&["#GEN", &date(job.created.date(), DateForm::Compact)]);
    file.put(&["#SIETYP", "4"]);
    if !settings.organisation_number.is_empty() {
        file.put(&["#ORGNR", &settings.organisation_number]);
    }
    file.put(&["#FNAMN", &quoted(&company)]);
    file.put(&["#VALUTA", journal.base.as_str()]);
    for rule in mapping
        .tags
        .iter()
        .filter(|rule| rule.to.parse().is_ok_and(|number: u32| number > 19))
    {
        // Dimensions 1 to 19 are defined by the format.
        let name = texts.fit_fixed(&rules, "#DIM", &rule.group);
        file.put(&["#DIM", &rule.to, &quoted(&name)]);
    }
    let mut places = Vec::new();
    for (at, entry) in journal.entries.iter().enumerate() {
        let day = date(entry.date, DateForm::Compact);
        let text = quoted(&texts.of_entry(&rules, "#VER", entry, mapping));
        let number = entry.number.to_string();
        let (series, number) = match (settings.numbered, settings.quoted_numbers) {
            (false, _) => (quoted(""), quoted("")),
            (true, true) => (quoted(&mapping.journal), quoted(&number)),
            (true, false) if mapping.journal.is_empty() => (quoted(""), number),
            (true, false) => (mapping.journal.clone(), number),
        };
        file.put(&["#VER", &series, &number, &day, &text, &day]);
        file.put(&["{"]);
        for (posting_at, posting) in postings(entry, mapping).iter().enumerate() {
            let row = Row::of(entry, posting);
            let digits = exponent(entry.currency).unwrap_or_default();
            let text = quoted(&texts.of_row(&rules, "#TRANS", &row, mapping));
            let line = file.put(&[
                "\t#TRANS",
                &posting.account.code,
                &objects(&row, mapping),
                &amount(posting.amount, digits, false),
                &day,
                &text,
            ]);
            places.push((line, at, posting_at));
        }
        file.put(&["}"]);
    }
    let bytes = Charset::Cp437.encode(&file.text);
    vec![Part { bytes, places }]
}

/// The tags of the line, as dimension and object.
fn objects(row: &Row<'_>, mapping: &Mapping) -> String {
    let mut list = Vec::new();
    for dimension in dimensions(mapping) {
        for code in row.tags_of(mapping, dimension) {
            list.push(quoted(dimension));
            list.push(quoted(code));
        }
    }
    ["{", &list.join(" "), "}"].concat()
}

fn quoted(text: &str) -> String {
    ["\"", &text.replace('"', "\\\""), "\""].concat()
}

#[derive(Default)]
struct Lines {
    text: String,
    count: usize,
}

impl Lines {
    /// Appends a line and returns its number; the first is 1.
    fn put(&mut self, fields: &[&str]) -> usize {
        self.text.push_str(&fields.join(" "));
        self.text.push_str("\r\n");
        self.count += 1;
        self.count
    }
}
