//! The texts of entries: from the answer into the table, from there into cells and into the file, and
//! back.
//!
//! A text is any sequence of UTF-16 units, since JSON can escape each of them: a surrogate without
//! its other half is U+FFFD from the table on. A cell has the characters of the text in their order, a
//! mark in the place of each that cannot be seen; the file has the text itself.

use std::collections::HashMap;

use outlay_pleo::text::{label, marked};
use outlay_pleo::{AccountingEntry, Employee, Page};
use outlay_table::characters::replace_forbidden;
use outlay_table::csv::{CsvFormat, DateFormat, DecimalSeparator, Preset, Separator};
use outlay_table::entry_labels::words;
use outlay_table::entry_table::Flag;
use outlay_table::file_writer::{FilePlan, FileWriter, Format};
use outlay_table::names::{Coded, LedgerNames};
use outlay_table::spreadsheet::restore;
use outlay_table::{Column, EntryTable, Filter, Grain};

use crate::source::ByteSource;

/// Checks the entries and the employees of two answers that the bytes make.
pub fn entries(input: &[u8]) {
    let mut source = ByteSource::new(input);
    let mut sent = Vec::new();
    while !source.is_empty() && sent.len() < 4 {
        sent.push(SentEntry::new(&mut source, sent.len()));
    }
    let objects: Vec<String> = sent.iter().map(SentEntry::entry).collect();
    let page = page::<AccountingEntry>(&objects);
    let mut table = EntryTable::new();
    table.append(&page.data, &page.facts.unreadable);
    assert_eq!(table.entries(), sent.len(), "rows");

    let objects: Vec<String> = sent.iter().map(SentEntry::employee).collect();
    let employees = self::page::<Employee>(&objects).data.into_iter();
    let named = |one: Employee| {
        let name = Some(one.full_name());
        (one.id, Coded { code: None, name })
    };
    table.set_names(LedgerNames {
        employees: employees.map(named).collect::<HashMap<_, _>>(),
        ..LedgerNames::default()
    });

    for sent in &sent {
        let Some(row) = table.row_of(&sent.id.read) else {
            panic!("no row of this id: {:?}", sent.id);
        };
        assert_eq!(table.text(row, Column::EntryId), sent.id.read);
        match table.has_flag(row, Flag::Unreadable) {
            true => assert!(sent.faulty, "could not be read: {sent:?}"),
            false => in_row(sent, &table, row),
        }
        in_cells(sent, &table, row);
    }
    for preset in [Preset::Plain, Preset::Spreadsheet] {
        in_file(&sent, &table, preset);
    }
}

/// A text as JSON, and as it is read.
#[derive(Debug)]
struct EntryText {
    json: String,
    read: String,
}

impl EntryText {
    /// A text with up to three surrogates in any place, some characters escaped.
    fn new(source: &mut ByteSource) -> Self {
        let mut units: Vec<u16> = source.text().encode_utf16().collect();
        for _ in 0..source.below(4) {
            let at = source.below(256) % (units.len() + 1);
            units.insert(at, 0xd800 | u16::from(source.byte()) << 3);
        }
        Self::of(&units, source.byte())
    }

    /// The text of these units; `escaped` says by which characters are escaped that need not be.
    fn of(units: &[u16], escaped: u8) -> Self {
        let mut json = String::from("\"");
        for (at, one) in char::decode_utf16(units.iter().copied()).enumerate() {
            match one {
                Ok(one) if !needs_escape(one) && (escaped >> (at % 8)) & 1 == 0 => json.push(one),
                Ok(one) => {
                    for unit in one.encode_utf16(&mut [0; 2]) {
                        json += &format!("\\u{unit:04x}");
                    }
                }
                Err(half) => json += &format!("\\u{:04X}", half.unpaired_surrogate()),
            }
        }
        json.push('"');
        Self {
            json,
            read: String::from_utf16_lossy(units),
        }
    }
}

fn needs_escape(one: char) -> bool {
    matches!(one, '"' | '\\' | '\0'..='\u{1f}')
}

/// An entry and its employee, as Pleo sends them.
#[derive(Debug)]
struct SentEntry {
    id: EntryText,
    note: EntryText,
    status: EntryText,
    document: EntryText,
    performed_at: EntryText,
    first_name: EntryText,
    last_name: EntryText,
    /// Whether a field is of another type than documented.
    faulty: bool,
}

impl SentEntry {
    fn new(source: &mut ByteSource, number: usize) -> Self {
        let mut text = || EntryText::new(source);
        let mut sent = Self {
            id: text(),
            note: text(),
            status: text(),
            document: text(),
            performed_at: text(),
            first_name: text(),
            last_name: text(),
            faulty: source.below(8) == 7,
        };
        // No two entries have the same one.
        let number = number.to_string();
        sent.id.json.insert_str(sent.id.json.len() - 1, &number);
        sent.id.read.push_str(&number);
        sent
    }

    fn entry(&self) -> String {
        let minors = if self.faulty { "{}" } else { "-1250" };
        format!(
            r#"{{"id":{id},"companyId":"c","status":{status},"family":"CARD_PURCHASE",
            "exportStatus":"EXPORTED","reviewStatus":"NOT_SET",
            "transactionValue":{{"minors":{minors},"currency":"EUR"}},"performedAt":{performed_at},
            "createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","employeeId":{id},
            "note":{note},"receiptIds":[],"tags":[],"splitItems":[],"attendees":[],
            "supplier":{{"documentNumber":{document}}}}}"#,
            id = self.id.json,
            status = self.status.json,
            performed_at = self.performed_at.json,
            note = self.note.json,
            document = self.document.json,
        )
    }

    fn employee(&self) -> String {
        format!(
            r#"{{"id":{},"companyId":"c","email":"","firstName":{},"lastName":{}}}"#,
            self.id.json, self.first_name.json, self.last_name.json,
        )
    }

    /// The name as [`Employee::full_name`] has it.
    fn name(&self) -> String {
        let [first, last] = [&self.first_name, &self.last_name].map(|text| text.read.trim());
        [first, " ", last].concat().trim().to_owned()
    }
}

fn page<T: outlay_wire::Wire>(objects: &[String]) -> Page<T> {
    let json = format!(
        r#"{{"data":[{}],"pagination":{{"hasNextPage":false}}}}"#,
        objects.join(",")
    );
    let page = outlay_wire::from_bytes(json.as_bytes());
    page.unwrap_or_else(|| panic!("no page: {json}"))
}

fn in_row(sent: &SentEntry, table: &EntryTable, row: usize) {
    assert!(!sent.faulty, "read: {sent:?}");
    assert_eq!(table.text(row, Column::Note), sent.note.read);
    assert_eq!(table.text(row, Column::Document), sent.document.read);
    assert_eq!(table.text(row, Column::StatusCode), sent.status.read);
    let unread = table.unread_date(row, Column::Date);
    let is_kept = unread == Some(&*sent.performed_at.read);
    assert!(is_kept || table.day(row, Column::Date).is_some());
}

fn in_cells(sent: &SentEntry, table: &EntryTable, row: usize) {
    let description = table.description(row);
    let texts = match sent.faulty {
        true => {
            let beginning = ["Could not be read: ", &sent.id.read].concat();
            assert!(description.starts_with(&beginning), "{description:?}");
            vec![description.into_owned()]
        }
        false => {
            let note = sent.note.read.trim();
            let document = sent.document.read.trim();
            let expected = [note, document, "Card purchase"];
            let expected = expected.into_iter().find(|text| !text.is_empty());
            assert_eq!(Some(&*description), expected);
            let status = table.text(row, Column::Status);
            assert_eq!(status, words(Column::Status, &sent.status.read));
            let employee = table.text(row, Column::Employee);
            assert_eq!(employee, sent.name());
            vec![
                description.into_owned(),
                status.into_owned(),
                employee.into_owned(),
            ]
        }
    };
    for text in texts {
        let shown = marked(&text);
        assert!(!shown.chars().any(misleads), "in a cell: {shown:?}");
        assert!(
            is_cell_of(&shown, &text),
            "{shown:?} is no cell of {text:?}"
        );
    }
}

/// Whether a character in a cell would change what the reader sees of the others, or nothing at all.
fn misleads(one: char) -> bool {
    let control = one.is_control() && !matches!(one, '\t' | '\n' | '\r');
    let direction = matches!(
        one,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    control || direction || matches!(one, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Whether the cell has every character of the text in its order, as itself or as its mark, and
/// nothing else.
fn is_cell_of(cell: &str, text: &str) -> bool {
    let mut rest = cell;
    for one in text.chars() {
        let mark = label(one);
        let next = rest.strip_prefix(one).or_else(|| rest.strip_prefix(&*mark));
        let Some(next) = next else {
            return false;
        };
        rest = next;
    }
    rest.is_empty()
}

fn in_file(sent: &[SentEntry], table: &EntryTable, preset: Preset) {
    let form = CsvFormat {
        preset,
        separator: Separator::Comma,
        mark: DecimalSeparator::Point,
        dates: DateFormat::Iso,
        byte_order_mark: true,
    };
    let all = table.order(&table.select(&Filter::default(), Grain::Entries), &[]);
    let plan = FilePlan {
        format: Format::Csv(form),
        columns: table.ledger_columns(),
        rows: table.lines_of(&all),
        notes: Vec::new(),
    };
    assert_eq!(plan.rows.len(), sent.len());
    let file = FileWriter::new(plan, table).write_slice(table, usize::MAX);
    assert!(file.done);
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let records: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    assert_eq!(records.len(), sent.len(), "rows of the file: {text}");
    let column = |name: &str| headers.iter().position(|header| header == name);
    let read = |record: &csv::StringRecord, name: &str| {
        let cell = column(name).and_then(|at| record.get(at));
        let cell = cell.unwrap_or_else(|| panic!("no {name} in {record:?}"));
        match preset {
            Preset::Plain => cell.to_owned(),
            Preset::Spreadsheet => restore(cell),
        }
    };
    for sent in sent {
        let ours = |text: &str| replace_forbidden(text).0.into_owned();
        let id = ours(&sent.id.read);
        let record = records.iter().find(|record| read(record, "Entry id") == id);
        let record = record.unwrap_or_else(|| panic!("no row {id:?} in {text}"));
        if sent.faulty {
            continue;
        }
        for (name, text) in [
            ("Note", &*sent.note.read),
            ("Status", &*words(Column::Status, &sent.status.read)),
            ("Document number", &*sent.document.read),
            ("Employee", &*sent.name()),
        ] {
            assert_eq!(read(record, name), ours(text), "{name}");
        }
    }
}
