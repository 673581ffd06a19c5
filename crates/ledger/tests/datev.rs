//! DATEV Buchungsstapel, field by field.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod support;

use outlay_ledger::amount::Rate;
use outlay_ledger::mapping::{AutomaticAccount, DatevSettings, Mapping, Settings};
use outlay_ledger::rehearsal::read;
use outlay_ledger::text::Reason;
use outlay_ledger::{Format, check};
use outlay_pleo::export::invoice::InvoiceInformation;
use outlay_pleo::export::item::ExportItem;
use outlay_pleo::export::status::{ExportItemType, InvoiceStatus};
use outlay_pleo::tax_code::TaxType;
use support::{issues, item, line, mapping, pair, produce, simple, tag, tax};

fn text(bytes: &[u8]) -> String {
    yore::code_pages::CP1252.decode(bytes).into_owned()
}

fn datev(mapping: &mut Mapping) -> &mut DatevSettings {
    match &mut mapping.settings {
        Settings::Datev(datev) => datev,
        _ => unreachable!(),
    }
}

/// 119.00 with 19 %, or its refund.
fn nineteen(number: usize, sign: &str) -> ExportItem {
    let amount = |size: &str| format!("{sign}{size}");
    let tax = tax(
        "I25",
        "0.19",
        TaxType::Inclusive,
        pair("EUR", &amount("1900")),
    );
    let mut item = item(
        number,
        "EUR",
        &amount("11900"),
        vec![line(
            number * 10,
            "EUR",
            &amount("11900"),
            &amount("10000"),
            Some(tax),
        )],
    );
    item.accounting_entry_lines[0].account = Some(support::account("4930", "Bürobedarf"));
    item.contra_account = Some(support::account("1360", "Geldtransit"));
    if sign == "-" {
        item.kind = ExportItemType::Refund;
    }
    item
}

fn german() -> Mapping {
    let mut mapping = mapping(Format::Datev);
    mapping.tax_codes[0].rate = Rate::parse("0.19");
    mapping
}

/// The fields of a row, counted from 1, with their quotation marks.
fn row(text: &str, line: usize) -> Vec<String> {
    let row = text.split("\r\n").nth(line - 1).unwrap();
    row.split(';').map(str::to_owned).collect()
}

#[test]
fn header_row_has_31_fields() {
    let (_, prepared, _) = produce(&[nineteen(1, "")], &german());
    let head = text(&prepared.files[0].bytes)
        .split("\r\n")
        .next()
        .unwrap()
        .to_owned();
    let expected = "\"EXTF\";700;21;\"Buchungsstapel\";13;20260402081530250;;\"\";\"Outlay\";\"\";1001;42;20260101;4;\
        20260401;20260401;\"Pleo 04/2026\";\"OL\";1;0;0;\"EUR\";;\"\";;;\"03\";;;\"\";\"\"";
    assert_eq!(head, expected);
    assert_eq!(head.split(';').count(), 31);
    assert_eq!(prepared.files[0].name, "EXTF_Buchungsstapel_1ab00000.csv");
}

#[test]
fn column_names_equal_layout_version_13() {
    let (_, prepared, _) = produce(&[nineteen(1, "")], &german());
    let names = row(&text(&prepared.files[0].bytes), 2);
    assert_eq!(names.len(), 125);
    for (column, name) in [
        (1, "Umsatz (ohne Soll/Haben-Kz)"),
        (2, "Soll/Haben-Kennzeichen"),
        (5, "Basis-Umsatz"),
        (8, "Gegenkonto (ohne BU-Schlüssel)"),
        (14, "Buchungstext"),
        (20, "Beleglink"),
        (21, "Beleginfo - Art 1"),
        (36, "Beleginfo - Inhalt 8"),
        (37, "KOST1 - Kostenstelle"),
        (39, "KOST-Menge"),
        (47, "BU 49 Funktionsergänzung"),
        (48, "Zusatzinformation - Art 1"),
        (87, "Zusatzinformation - Inhalt 20"),
        (88, "Stück"),
        (102, "Herkunft-Kz"),
        (114, "Festschreibung"),
        (115, "Leistungsdatum"),
        (118, "Generalumkehr (GU)"),
        (123, "EU-Land u. UStID (Ursprung)"),
        (125, "Abw. Skontokonto"),
    ] {
        assert_eq!(names[column - 1], name, "{column}");
    }
}

#[test]
fn gross_amounts_are_positive_and_a_refund_keeps_its_tax_key() {
    let mut item = nineteen(1, "");
    item.accounting_entry_lines[0].tags = Some(vec![tag("DEP", "100")]);
    let (_, prepared, rehearsal) = produce(&[item, nineteen(2, "-")], &german());
    let text = text(&prepared.files[0].bytes);
    let filled = |line| {
        let fields = row(&text, line).into_iter().enumerate();
        let filled = fields.filter(|(_, field)| !field.is_empty() && field != "\"\"");
        filled
            .map(|(at, field)| (at + 1, field))
            .collect::<Vec<_>>()
    };
    let of = |fields: &[(usize, &str)]| {
        fields
            .iter()
            .map(|(at, field)| (*at, (*field).to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        filled(3),
        of(&[
            (1, "119,00"),
            (2, "\"S\""),
            (3, "\"EUR\""),
            (7, "4930"),
            (8, "1360"),
            (9, "\"9\""),
            (10, "0104"),
            (11, "\"P1\""),
            (12, "\"P1\""),
            (14, "\"Paper House Office\""),
            (37, "\"100\""),
            (114, "0"),
        ])
    );
    let refund = of(&[(1, "119,00"), (2, "\"H\""), (9, "\"9\"")]);
    assert!(refund.iter().all(|field| filled(4).contains(field)));
    assert_eq!(row(&text, 3).len(), 125);
    // Text is in quotation marks even if it is empty, numbers are not.
    for (column, field) in [
        (4, ""),
        (6, "\"\""),
        (13, ""),
        (16, "\"\""),
        (87, "\"\""),
        (88, ""),
        (118, "\"\""),
        (125, ""),
    ] {
        assert_eq!(row(&text, 3)[column - 1], field, "{column}");
    }
    let balances: Vec<_> = rehearsal
        .balances
        .iter()
        .map(|one| (one.account.as_str(), one.debit, one.credit, one.computed))
        .collect();
    assert_eq!(
        balances,
        [
            ("1360", 11_900, 11_900, false),
            ("4930", 10_000, 10_000, false),
            ("tax of 9", 1_900, 1_900, true)
        ]
    );
}

#[test]
fn no_tax_key_is_written_on_an_account_with_automatic_tax() {
    let mut mapping = german();
    datev(&mut mapping).automatic_accounts = vec![AutomaticAccount {
        account: "4930".to_owned(),
        rate: Rate::parse("0.19").unwrap(),
    }];
    let (_, prepared, rehearsal) = produce(&[nineteen(1, "")], &mapping);
    assert_eq!(row(&text(&prepared.files[0].bytes), 3)[8], "\"\"");
    assert!(
        rehearsal
            .balances
            .iter()
            .any(|one| one.computed && one.debit == 1_900)
    );
    datev(&mut mapping).automatic_accounts[0].rate = Rate::parse("0.07").unwrap();
    assert_eq!(issues(&[nineteen(1, "")], &mapping), ["tax_code_invalid"]);
}

#[test]
fn texts_are_windows_1252_and_at_most_sixty_characters() {
    let cases = [
        (
            "Müller & Söhne – 12 € „Essen“ 😀 Łódź".to_owned(),
            "Müller & Söhne – 12 € „Essen“ ? Lódz".to_owned(),
        ),
        (format!("{}ß", "a".repeat(60)), "a".repeat(60)),
        (
            format!("{}ß", "a".repeat(59)),
            format!("{}ß", "a".repeat(59)),
        ),
        ("a;b\"c".to_owned(), "a;b\"c".to_owned()),
        ("=1+1".to_owned(), "1+1".to_owned()),
    ];
    for (note, written) in cases {
        let mut item = nineteen(1, "");
        (item.note, item.supplier) = (Some(note.clone()), None);
        let (_, prepared, rehearsal) = produce(&[item], &german());
        assert_eq!(rehearsal.rows[0].row.text, written);
        assert_eq!(prepared.changes.is_empty(), note == written, "{note}");
    }
}

#[test]
fn a_document_number_has_the_characters_that_the_field_allows() {
    let long = "1".repeat(40);
    let cases = [
        ("RE_2026#01 ä", "RE-2026-01-ae", Some(Reason::Reserved)),
        ("RE-2026/01", "RE-2026/01", None),
        (&long, &long[..36], Some(Reason::Length)),
        ("№ 7", "No-7", Some(Reason::Reserved)),
        ("###", "P1", Some(Reason::Reserved)),
    ];
    for (number, written, reason) in cases {
        let mut item = nineteen(1, "");
        item.additional_information.invoice_information = Some(InvoiceInformation {
            invoice_number: number.to_owned(),
            invoice_date: "2026-04-01".to_owned(),
            status: InvoiceStatus::Paid,
            due_date: None,
            payment_date: None,
            supplier_bank_account: None,
        });
        let (_, prepared, _) = produce(&[item], &german());
        assert_eq!(
            row(&text(&prepared.files[0].bytes), 3)[10],
            format!("\"{written}\"")
        );
        let reasons = prepared.changes.first().map(|change| change.reasons[0]);
        assert_eq!(reasons, reason, "{number}");
    }
}

#[test]
fn entries_that_the_import_refuses_are_issues_that_name_them() {
    let mut without_account = nineteen(1, "");
    without_account.accounting_entry_lines[0].account = None;
    let mut long_account = nineteen(2, "");
    long_account.accounting_entry_lines[0].account = Some(support::account("493000", "x"));
    let mut last_year = nineteen(3, "");
    last_year.date = "2025-12-31".to_owned();
    let mut unknown_code = nineteen(4, "");
    unknown_code.accounting_entry_lines[0]
        .tax
        .as_mut()
        .unwrap()
        .code = Some("Z".to_owned());
    let mut two_tags = nineteen(5, "");
    two_tags.accounting_entry_lines[0].tags = Some(vec![tag("DEP", "1"), tag("DEP", "2")]);
    let mut odd_tag = nineteen(6, "");
    odd_tag.accounting_entry_lines[0].tags = Some(vec![tag("DEP", "Köln")]);
    let foreign = simple(7, "DKK");
    let items = [
        without_account,
        long_account,
        last_year,
        unknown_code,
        two_tags,
        odd_tag,
        foreign,
    ];
    let mut mapping = german();
    mapping
        .currencies
        .retain(|rule| rule.from.as_str() != "DKK");
    let found = check::check(&items, &mapping, &[]).issues;
    let mut named: Vec<_> = found
        .iter()
        .map(|issue| (issue.entry.to_string(), issue.code.as_str()))
        .collect();
    named.sort();
    let expected = [
        "account_missing",
        "account_invalid",
        "date_outside_year",
        "tax_code_unmapped",
        "tag_invalid",
        "tag_invalid",
        "currency_unmapped",
    ];
    let expected: Vec<_> = (1..=7)
        .map(|n| format!("e0000000-0000-4000-8000-{n:012}"))
        .zip(expected)
        .collect();
    assert_eq!(named, expected);
    assert!(check::check(&items, &mapping, &[]).journal().is_err());
}

#[test]
fn reader_rejects_files_that_imports_reject() {
    let mapping = german();
    let (_, prepared, _) = produce(&[nineteen(1, ""), nineteen(2, "-")], &mapping);
    let sound = text(&prepared.files[0].bytes);
    let cases = [
        ("\"EXTF\"", "\"DTVF\"", "read_header"),
        (";700;", ";510;", "read_header"),
        ("Buchungsstapel\";13;", "Buchungsstapel\";9;", "read_header"),
        (";1001;", ";1000;", "read_header"),
        ("20260401;20260401;", "20260401;20270501;", "read_header"),
        ("Belegfeld 1;", "Belegfeld;", "read_header"),
        ("119,00;", "119.00;", "read_amount"),
        ("119,00;", "0,00;", "read_amount"),
        ("119,00;", "-119,00;", "read_amount"),
        ("\"S\"", "\"X\"", "read_sign"),
        ("\"S\"", "S", "read_columns"),
        (";4930;", ";49300A;", "read_account"),
        (";4930;", ";493000;", "read_account"),
        ("\"9\"", "\"19000\"", "read_tax_key"),
        (";0104;", ";104;", "read_date"),
        (";0104;", ";0204;", "read_date"),
        (";\"P1\";\"P1\"", ";\"P_1\";\"P1\"", "read_document"),
        (";0;;;;\"\"", ";1;;;;\"\"", "read_lock"),
        (";;\r\n", ";\r\n", "read_columns"),
    ];
    for (from, to, code) in cases {
        assert!(sound.contains(from), "{from}");
        let changed = sound.replacen(from, to, 1);
        let bytes = yore::code_pages::CP1252
            .encode(&changed)
            .unwrap()
            .into_owned();
        assert_eq!(
            read(&bytes, &mapping).unwrap_err().code,
            code,
            "{from} → {to}"
        );
    }
}
