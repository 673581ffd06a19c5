//! Writes a DATEV Buchungsstapel.

use outlay_pleo::time::{Date, Instant};

use crate::entry::Journal;
use crate::format::cells::{Cells, amount, date};
use crate::format::texts::Texts;
use crate::format::{JobInfo, Part, Row, postings};
use crate::mapping::{DateForm, DatevSettings, Mapping};
use crate::template::render;
use crate::text::{Change, Charset, Reason, TextRules, plain};

/// The columns, by their names, in the order of layout version 13.
const FIRST: [&str; 20] = [
    "Umsatz (ohne Soll/Haben-Kz)",
    "Soll/Haben-Kennzeichen",
    "WKZ Umsatz",
    "Kurs",
    "Basis-Umsatz",
    "WKZ Basis-Umsatz",
    "Konto",
    "Gegenkonto (ohne BU-Schlüssel)",
    "BU-Schlüssel",
    "Belegdatum",
    "Belegfeld 1",
    "Belegfeld 2",
    "Skonto",
    "Buchungstext",
    "Postensperre",
    "Diverse Adressnummer",
    "Geschäftspartnerbank",
    "Sachverhalt",
    "Zinssperre",
    "Beleglink",
];
const MIDDLE: [&str; 11] = [
    "KOST1 - Kostenstelle",
    "KOST2 - Kostenstelle",
    "KOST-Menge",
    "EU-Land u. UStID (Bestimmung)",
    "EU-Steuersatz (Bestimmung)",
    "Abw. Versteuerungsart",
    "Sachverhalt L+L",
    "Funktionsergänzung L+L",
    "BU 49 Hauptfunktiontyp",
    "BU 49 Hauptfunktionsnummer",
    "BU 49 Funktionsergänzung",
];
const LAST: [&str; 38] = [
    "Stück",
    "Gewicht",
    "Zahlweise",
    "Forderungsart",
    "Veranlagungsjahr",
    "Zugeordnete Fälligkeit",
    "Skontotyp",
    "Auftragsnummer",
    "Buchungstyp",
    "USt-Schlüssel (Anzahlungen)",
    "EU-Land (Anzahlungen)",
    "Sachverhalt L+L (Anzahlungen)",
    "EU-Steuersatz (Anzahlungen)",
    "Erlöskonto (Anzahlungen)",
    "Herkunft-Kz",
    "Buchungs GUID",
    "KOST-Datum",
    "SEPA-Mandatsreferenz",
    "Skontosperre",
    "Gesellschaftername",
    "Beteiligtennummer",
    "Identifikationsnummer",
    "Zeichnernummer",
    "Postensperre bis",
    "Bezeichnung SoBil-Sachverhalt",
    "Kennzeichen SoBil-Buchung",
    "Festschreibung",
    "Leistungsdatum",
    "Datum Zuord. Steuerperiode",
    "Fälligkeit",
    "Generalumkehr (GU)",
    "Steuersatz",
    "Land",
    "Abrechnungsreferenz",
    "BVV-Position",
    "EU-Land u. UStID (Ursprung)",
    "EU-Steuersatz (Ursprung)",
    "Abw. Skontokonto",
];

/// Columns of text, counted from 1: in quotation marks even if they are empty.
const TEXT_COLUMNS: [(usize, usize); 18] = [
    (2, 3),
    (6, 6),
    (9, 9),
    (11, 12),
    (14, 14),
    (16, 16),
    (20, 38),
    (40, 40),
    (42, 42),
    (48, 87),
    (91, 91),
    (95, 96),
    (98, 98),
    (102, 103),
    (105, 105),
    (107, 107),
    (109, 110),
    (112, 112),
];
const MORE_TEXT_COLUMNS: [(usize, usize); 3] = [(118, 118), (120, 121), (123, 123)];

pub(crate) fn write(
    journal: &Journal,
    mapping: &Mapping,
    settings: &DatevSettings,
    job: &JobInfo,
    texts: &mut Texts,
) -> Vec<Part> {
    let mut cells = Cells::new(';');
    head(&mut cells, journal, settings, job);
    for name in names() {
        cells.put(&name);
    }
    cells.end_row();
    let mut places = Vec::new();
    for (at, entry) in journal.entries.iter().enumerate() {
        for (posting_at, posting) in postings(entry, mapping).iter().enumerate() {
            let row = Row::of(entry, posting);
            let values = values(&row, mapping, settings, texts);
            for column in 1..=125 {
                let value = values
                    .iter()
                    .find(|(of, _)| *of == column)
                    .map_or("", |(_, value)| value);
                match is_text(column) {
                    true => cells.put_quoted(value),
                    false => cells.put(value),
                }
            }
            places.push((cells.end_row(), at, posting_at));
        }
    }
    let bytes = Charset::Cp1252.encode(&cells.into_text());
    vec![Part { bytes, places }]
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = FIRST.map(str::to_owned).to_vec();
    for number in 1..=8 {
        names.push(format!("Beleginfo - Art {number}"));
        names.push(format!("Beleginfo - Inhalt {number}"));
    }
    names.extend(MIDDLE.map(str::to_owned));
    for number in 1..=20 {
        names.push(format!("Zusatzinformation - Art {number}"));
        names.push(format!("Zusatzinformation - Inhalt {number}"));
    }
    names.extend(LAST.map(str::to_owned));
    names
}

fn is_text(column: usize) -> bool {
    let mut ranges = TEXT_COLUMNS.iter().chain(&MORE_TEXT_COLUMNS);
    ranges.any(|(first, last)| (*first..=*last).contains(&column))
}

/// The first row: 31 fields, those in quotation marks that are text.
fn head(cells: &mut Cells, journal: &Journal, settings: &DatevSettings, job: &JobInfo) {
    let compact = |day: Date| date(day, DateForm::Compact);
    let days = || journal.entries.iter().map(|entry| entry.date);
    let first = days().min().unwrap_or(settings.year_start);
    let last = days().max().unwrap_or(settings.year_start);
    cells.put_quoted("EXTF");
    cells.put("700");
    cells.put("21");
    cells.put_quoted("Buchungsstapel");
    cells.put("13");
    cells.put(&timestamp(job.created));
    cells.put("");
    cells.put_quoted("");
    cells.put_quoted("Outlay");
    cells.put_quoted("");
    cells.put(&settings.consultant.to_string());
    cells.put(&settings.client.to_string());
    cells.put(&compact(settings.year_start));
    cells.put(&settings.account_length.to_string());
    cells.put(&compact(first));
    cells.put(&compact(last));
    cells.put_quoted(&settings.batch_name);
    cells.put_quoted(&settings.initials);
    cells.put("1");
    cells.put("0");
    cells.put(if settings.lock { "1" } else { "0" });
    cells.put_quoted("EUR");
    cells.put("");
    cells.put_quoted("");
    cells.put("");
    cells.put("");
    cells.put_quoted(&settings.chart);
    cells.put("");
    cells.put("");
    cells.put_quoted("");
    cells.put_quoted("");
    cells.end_row();
}

/// `20261122101500000`: to the millisecond, in UTC.
fn timestamp(instant: Instant) -> String {
    let text = instant.format(3);
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The values of a row, by column.
fn values(
    row: &Row<'_>,
    mapping: &Mapping,
    settings: &DatevSettings,
    texts: &mut Texts,
) -> Vec<(usize, String)> {
    let (entry, posting) = (row.entry, row.posting);
    let tag = |dimension| row.tags_of(mapping, dimension).concat();
    vec![
        (1, amount(posting.amount.saturating_abs(), 2, true)),
        (2, if posting.amount > 0 { "S" } else { "H" }.to_owned()),
        (3, "EUR".to_owned()),
        (7, posting.account.code.clone()),
        (8, entry.contra.code.clone()),
        (9, tax_key(row, settings)),
        (10, format!("{:02}{:02}", entry.date.day, entry.date.month)),
        (11, document(row, mapping, texts)),
        (12, entry.voucher.clone()),
        (
            14,
            texts.of_row(&text_rules(), "Buchungstext", row, mapping),
        ),
        (37, tag("KOST1")),
        (38, tag("KOST2")),
        // Empty would lock the batch.
        (114, if settings.lock { "1" } else { "0" }.to_owned()),
    ]
}

fn text_rules() -> TextRules {
    TextRules {
        charset: Charset::Cp1252,
        longest: Some(60),
        replaced: &[],
        formulas: true,
    }
}

/// The tax key; empty on an account that has its tax already.
fn tax_key(row: &Row<'_>, settings: &DatevSettings) -> String {
    let automatic = settings
        .automatic_accounts
        .iter()
        .any(|one| one.account == row.posting.account.code);
    match row.line.and_then(|line| line.tax.as_ref()) {
        Some(tax) if !automatic => tax.code.clone(),
        _ => String::new(),
    }
}

/// The document number in the characters that the field allows; the voucher number if it is empty.
fn document(row: &Row<'_>, mapping: &Mapping, texts: &mut Texts) -> String {
    let text = render(&mapping.texts.document, row.entry, None);
    if text.is_empty() {
        return row.entry.voucher.clone();
    }
    let mut to = String::new();
    for one in text.chars() {
        for ascii in plain(one).chars() {
            let allowed = ascii.is_ascii_alphanumeric() || "$&%*+-/".contains(ascii);
            to.push(if allowed { ascii } else { '-' });
        }
    }
    let squeezed: Vec<&str> = to.split('-').filter(|part| !part.is_empty()).collect();
    // A hyphen for what is not allowed, and none at the ends; those that were there stay.
    let replaced = if text == to { to } else { squeezed.join("-") };
    let short: String = replaced.chars().take(36).collect();
    let written = match short.is_empty() {
        true => row.entry.voucher.clone(),
        false => short.clone(),
    };
    if written != text {
        let reason = if replaced == text {
            Reason::Length
        } else {
            Reason::Reserved
        };
        texts.note(Change {
            entry: Some(row.entry.id.clone()),
            line: None,
            field: "Belegfeld 1".to_owned(),
            from: text,
            to: written.clone(),
            reasons: vec![reason],
        });
    }
    written
}
