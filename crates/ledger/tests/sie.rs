//! SIE 4I, field by field.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod support;

use outlay_ledger::Format;
use outlay_ledger::mapping::{Mapping, Settings, SieSettings};
use outlay_ledger::rehearsal::read;
use outlay_ledger::text::Reason;
use outlay_pleo::export::status::ExportItemType;
use support::{issues, item, line, mapping, produce, simple, tag};

fn sie(mapping: &mut Mapping) -> &mut SieSettings {
    match &mut mapping.settings {
        Settings::Sie(sie) => sie,
        _ => unreachable!(),
    }
}

/// The bytes in code page 437 as text, by the table of the crate that the writer uses.
fn text(bytes: &[u8]) -> String {
    yore::code_pages::CP437.decode(bytes).into_owned()
}

#[test]
fn file_equals_the_published_example_line_by_line() {
    let mut items = vec![simple(1, "SEK")];
    items[0].note = Some("Åre \"rea\"".to_owned());
    items[0].accounting_entry_lines[0].tags = Some(vec![tag("DEP", "100")]);
    let (_, prepared, rehearsal) = produce(&items, &mapping(Format::Sie));
    let expected = "#FLAGGA 0\r\n\
        #PROGRAM \"Outlay\" \"0.1.0\"\r\n\
        #FORMAT PC8\r\n\
        #GEN 20260402\r\n\
        #SIETYP 4\r\n\
        #ORGNR 556677-8899\r\n\
        #FNAMN \"Exempel AB\"\r\n\
        #VALUTA SEK\r\n\
        #VER P 1 20260401 \"Paper House Åre \\\"rea\\\"\" 20260401\r\n\
        {\r\n\
        \t#TRANS 5410 {\"1\" \"100\"} 100.00 20260401 \"Paper House Åre \\\"rea\\\"\"\r\n\
        \t#TRANS 2641 {\"1\" \"100\"} 25.00 20260401 \"Paper House Åre \\\"rea\\\"\"\r\n\
        \t#TRANS 1940 {} -125.00 20260401 \"Paper House Åre \\\"rea\\\"\"\r\n\
        }\r\n";
    assert_eq!(text(&prepared.files[0].bytes), expected);
    assert_eq!(prepared.files[0].name, "outlay_sie_1ab00000.si");
    assert!(prepared.changes.is_empty());
    let lines: Vec<_> = rehearsal.rows.iter().map(|row| row.row.line).collect();
    assert_eq!(lines, [11, 12, 13]);
    assert_eq!(
        (rehearsal.entry_at(0, 12), rehearsal.entry_at(0, 9)),
        (Some(0), None)
    );
}

#[test]
fn refund_swaps_debit_and_credit() {
    let mut refund = item(
        1,
        "SEK",
        "-5000",
        vec![line(1, "SEK", "-5000", "-5000", None)],
    );
    refund.kind = ExportItemType::Refund;
    let (_, prepared, _) = produce(&[refund], &mapping(Format::Sie));
    let text = text(&prepared.files[0].bytes);
    assert!(text.contains("#TRANS 5410 {} -50.00 "), "{text}");
    assert!(text.contains("#TRANS 1940 {} 50.00 "), "{text}");
}

#[test]
fn texts_are_code_page_437_without_what_readers_misread() {
    let cases = [
        (
            "Åsa Öberg \"rea\" \\ 100 €",
            "Åsa Öberg \"rea\" / 100 EUR",
            vec![Reason::Characters, Reason::Reserved],
        ),
        (
            "{a}\r\nb",
            "(a) b",
            vec![Reason::Unprintable, Reason::Reserved],
        ),
        ("😀 #VER", "? #VER", vec![Reason::Characters]),
        ("=1+1", "=1+1", vec![]),
    ];
    for (note, written, reasons) in cases {
        let mut item = simple(1, "SEK");
        item.note = Some(note.to_owned());
        item.supplier = None;
        let (_, prepared, rehearsal) = produce(&[item], &mapping(Format::Sie));
        assert_eq!(rehearsal.rows[0].row.text, written);
        let listed = prepared
            .changes
            .first()
            .map(|change| change.reasons.clone())
            .unwrap_or_default();
        assert_eq!(listed, reasons, "{note}");
    }
}

#[test]
fn texts_are_at_most_fifty_characters() {
    let mut item = simple(1, "SEK");
    item.supplier = None;
    item.note = Some(format!("{}ß!", "å".repeat(49)));
    let (_, prepared, rehearsal) = produce(&[item], &mapping(Format::Sie));
    assert_eq!(rehearsal.rows[0].row.text, format!("{}ß", "å".repeat(49)));
    let fields: Vec<_> = prepared
        .changes
        .iter()
        .map(|change| (change.field.as_str(), &*change.reasons))
        .collect();
    assert_eq!(
        fields,
        [
            ("#VER", &[Reason::Length][..]),
            ("#TRANS", &[Reason::Length]),
            ("#TRANS", &[Reason::Length])
        ]
    );
}

#[test]
fn series_and_number_may_be_empty_or_in_quotation_marks() {
    let mut open = mapping(Format::Sie);
    sie(&mut open).numbered = false;
    let (_, prepared, _) = produce(&[simple(1, "SEK"), simple(2, "SEK")], &open);
    assert_eq!(
        text(&prepared.files[0].bytes)
            .matches("#VER \"\" \"\" 20260401")
            .count(),
        2
    );
    let mut quoted = mapping(Format::Sie);
    sie(&mut quoted).quoted_numbers = true;
    let (_, prepared, _) = produce(&[simple(1, "SEK")], &quoted);
    assert!(text(&prepared.files[0].bytes).contains("#VER \"P\" \"1\" 20260401"));
}

#[test]
fn dimensions_past_those_of_the_format_are_declared() {
    let mut mapping = mapping(Format::Sie);
    mapping.tags[0].to = "20".to_owned();
    let (_, prepared, _) = produce(&[simple(1, "SEK")], &mapping);
    assert!(text(&prepared.files[0].bytes).contains("#DIM 20 \"DEP\"\r\n"));
}

#[test]
fn accounts_and_objects_that_the_format_cannot_hold_are_issues() {
    let mut item = simple(1, "SEK");
    item.accounting_entry_lines[0].account = Some(support::account("54-10", "Consumables"));
    assert_eq!(issues(&[item], &mapping(Format::Sie)), ["account_invalid"]);
    let mut item = simple(1, "SEK");
    item.accounting_entry_lines[0].tags = Some(vec![tag("DEP", "a\"b")]);
    assert_eq!(issues(&[item], &mapping(Format::Sie)), ["tag_invalid"]);
}

#[test]
fn reader_rejects_files_that_imports_reject() {
    let mapping = mapping(Format::Sie);
    let (_, prepared, _) = produce(&[simple(1, "SEK"), simple(2, "SEK")], &mapping);
    let sound = text(&prepared.files[0].bytes);
    let cases = [
        ("#FORMAT PC8\r\n", "", "read_header"),
        ("#FORMAT PC8", "#FORMAT \"PC8\"", "read_header"),
        ("#SIETYP 4", "#SIETYP 3", "read_header"),
        ("#FLAGGA 0", "#FLAGGA \"0\"", "read_header"),
        ("#ORGNR 556677-8899", "#ORGNR 5566778899", "read_header"),
        ("#VALUTA SEK", "#IB 0 1940 5.00", "read_header"),
        ("-125.00", "-125,00", "read_amount"),
        ("100.00", "100.01", "read_unbalanced"),
        ("\t#TRANS 5410 {}", "\t#TRANS 5410", "read_columns"),
        (
            "20260401 \"Paper House Office\" 20260401",
            "20260231 \"Paper House Office\" 20260401",
            "read_date",
        ),
        ("#VER P 2", "#VER P 1", "read_voucher"),
        ("}\r\n#VER", "#VER", "read_order"),
        (
            "#TRANS 5410 {} 100.00 20260401 \"Paper House Office\"",
            "#TRANS 5410 {} 100.00 20260401 \"a{b\"",
            "read_quotes",
        ),
        ("\"Exempel AB\"", "\"Exempel AB", "read_quotes"),
    ];
    for (from, to, code) in cases {
        assert!(sound.contains(from), "{from}");
        let changed = sound.replacen(from, to, 1);
        let bytes = yore::code_pages::CP437
            .encode(&changed)
            .unwrap()
            .into_owned();
        assert_eq!(
            read(&bytes, &mapping).unwrap_err().code,
            code,
            "{from} → {to}"
        );
    }
    let mut bytes = prepared.files[0].bytes.clone();
    bytes.push(7);
    assert_eq!(read(&bytes, &mapping).unwrap_err().code, "read_bytes");
}
