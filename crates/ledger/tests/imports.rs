//! Xero, QuickBooks, e-conomic and CSV with free columns, field by field.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod support;

use outlay_ledger::Format;
use outlay_ledger::mapping::{
    Column, ColumnValue, CsvEncoding, CsvLayout, CsvSettings, DateForm, Field, Mapping, Separator,
    Settings, TagRule, XeroAmounts, XeroSettings,
};
use outlay_ledger::rehearsal::read;
use outlay_ledger::text::Reason;
use outlay_pleo::export::item::ExportItem;
use outlay_pleo::tax_code::TaxType;
use support::{csv, issues, item, line, mapping, pair, produce, simple, tag, tax, text};

fn xero(mapping: &mut Mapping) -> &mut XeroSettings {
    match &mut mapping.settings {
        Settings::Xero(xero) => xero,
        _ => unreachable!(),
    }
}

fn csv_mapping(change: impl FnOnce(&mut CsvSettings)) -> Mapping {
    let mut mapping = mapping(Format::Csv);
    let mut settings = csv(CsvLayout::Postings);
    change(&mut settings);
    mapping.settings = Settings::Csv(settings);
    mapping
}

fn rows(text: &str) -> Vec<&str> {
    text.strip_suffix("\r\n").unwrap().split("\r\n").collect()
}

#[test]
fn xero_has_the_columns_of_the_template_and_net_amounts() {
    let mut item = simple(1, "SEK");
    item.accounting_entry_lines[0].tags = Some(vec![tag("DEP", "Sales")]);
    let (_, prepared, rehearsal) = produce(&[item], &mapping(Format::Xero));
    assert_eq!(
        rows(&text(&prepared)),
        [
            "Narration,Date,Description,AccountCode,TaxRate,Amount,TrackingName1,TrackingOption1,TrackingName2,TrackingOption2",
            "Paper House Office [P1],01/04/2026,Paper House Office,5410,25% (VAT on Expenses),100.00,Department,Sales,,",
            "Paper House Office [P1],01/04/2026,Paper House Office,1940,Tax Exempt (0%),-125.00,,,,",
        ]
    );
    let computed: Vec<_> = rehearsal
        .balances
        .iter()
        .filter(|one| one.computed)
        .collect();
    assert_eq!(
        (computed[0].account.as_str(), computed[0].debit),
        ("tax of 25% (VAT on Expenses)", 2_500)
    );
}

#[test]
fn xero_gets_a_rounding_line_where_it_computes_another_tax() {
    // Pleo's tax is a hundredth more than 25 % of the net amount.
    let tax = tax("I25", "0.25", TaxType::Inclusive, pair("SEK", "2501"));
    let item = item(
        1,
        "SEK",
        "12501",
        vec![line(1, "SEK", "12501", "10000", Some(tax))],
    );
    let (_, prepared, rehearsal) = produce(std::slice::from_ref(&item), &mapping(Format::Xero));
    let text = text(&prepared);
    assert!(
        rows(&text)
            .contains(&"Paper House Office [P1],01/04/2026,Rounding,3740,Tax Exempt (0%),0.01,,,,"),
        "{text}"
    );
    assert_eq!(rehearsal.totals[0].debit, 12_501);
    let mut without = mapping(Format::Xero);
    without.rounding_account.clear();
    assert_eq!(issues(&[item], &without), ["rounding_account_missing"]);
}

#[test]
fn xero_files_have_at_most_their_lines_and_whole_entries() {
    let mut mapping = mapping(Format::Xero);
    xero(&mut mapping).lines_per_file = 5;
    let items: Vec<ExportItem> = (1..=5).map(|number| simple(number, "SEK")).collect();
    let (_, prepared, rehearsal) = produce(&items, &mapping);
    let sizes: Vec<_> = prepared
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.rows))
        .collect();
    assert_eq!(
        sizes,
        [
            ("outlay_xero_1ab00000_1.csv", 4),
            ("outlay_xero_1ab00000_2.csv", 4),
            ("outlay_xero_1ab00000_3.csv", 2)
        ]
    );
    assert_eq!(rehearsal.rows_of(4), [(2, 2), (2, 3)]);
    xero(&mut mapping).lines_per_file = 2;
    let parts = vec![
        line(1, "SEK", "100", "100", None),
        line(2, "SEK", "200", "200", None),
    ];
    assert_eq!(
        issues(&[item(1, "SEK", "300", parts)], &mapping),
        ["too_many_lines"]
    );
}

#[test]
fn xero_takes_gross_amounts_too() {
    let mut mapping = mapping(Format::Xero);
    xero(&mut mapping).amounts = XeroAmounts::Inclusive;
    let (_, prepared, rehearsal) = produce(&[simple(1, "SEK")], &mapping);
    assert!(text(&prepared).contains(",5410,25% (VAT on Expenses),125.00,"));
    let account = rehearsal
        .balances
        .iter()
        .find(|one| one.account == "5410")
        .unwrap();
    assert_eq!(account.debit, 10_000);
}

#[test]
fn quickbooks_has_accounts_by_name_and_one_amount_a_row() {
    for (dates, day) in [
        (DateForm::DayFirst, "01/04/2026"),
        (DateForm::MonthFirst, "04/01/2026"),
    ] {
        let mut mapping = mapping(Format::QuickBooks);
        if let Settings::QuickBooks(settings) = &mut mapping.settings {
            settings.dates = dates;
        }
        let (_, prepared, _) = produce(&[simple(1, "SEK")], &mapping);
        assert_eq!(
            rows(&text(&prepared)),
            [
                "JournalNo,JournalDate,AccountName,Debits,Credits,Description".to_owned(),
                format!("P1,{day},Office:Consumables,100.00,,Paper House Office"),
                format!("P1,{day},2641,25.00,,Paper House Office"),
                format!("P1,{day},Bank:Pleo wallet,,125.00,Paper House Office"),
            ]
        );
    }
}

#[test]
fn economic_has_both_accounts_on_a_row() {
    let (_, prepared, _) = produce(&[simple(1, "SEK")], &mapping(Format::Economic));
    let text = yore::code_pages::CP1252
        .decode(&prepared.files[0].bytes)
        .into_owned();
    assert_eq!(
        rows(&text),
        [
            "Bilagsnr.;Dato;Tekst;Konto;Momskode;Beløb;Valuta;Modkonto",
            "1;01-04-2026;Paper House Office;5410;I25;125,00;SEK;1940",
        ]
    );
    assert!(!Format::Economic.is_verified() && Format::Economic.label().contains("not verified"));
}

#[test]
fn csv_has_one_row_for_each_posting_or_one_for_both_accounts() {
    let (_, prepared, _) = produce(&[simple(1, "SEK")], &mapping(Format::Csv));
    let entry = "e0000000-0000-4000-8000-000000000001";
    assert_eq!(
        rows(&text(&prepared)),
        [
            "Voucher,Date,Account,Text,Amount,Currency,Entry,Tax".to_owned(),
            format!("P1,2026-04-01,5410,Paper House Office,100.00,SEK,{entry},I25"),
            format!("P1,2026-04-01,2641,Paper House Office,25.00,SEK,{entry},I25"),
            format!("P1,2026-04-01,1940,Paper House Office,-125.00,SEK,{entry},"),
        ]
    );
    let mut pairs = mapping(Format::Csv);
    pairs.settings = Settings::Csv(csv(CsvLayout::Pairs));
    let (_, prepared, _) = produce(&[simple(1, "SEK")], &pairs);
    assert_eq!(
        rows(&text(&prepared))[1..],
        [format!(
            "P1,2026-04-01,5410,Paper House Office,125.00,SEK,{entry},I25,1940"
        )]
    );
}

#[test]
fn csv_columns_switch_signs_and_have_fixed_values_tags_and_every_form() {
    let column = |header: &str, value| Column {
        header: header.to_owned(),
        value,
    };
    let field = |field, switched| ColumnValue::Field { field, switched };
    let mapping = csv_mapping(|settings| {
        settings.columns = vec![
            column("Journal", ColumnValue::Fixed("GEN \"1\"".to_owned())),
            column("Nr", field(Field::Voucher, false)),
            column("Datum", field(Field::Date, false)),
            column("Konto", field(Field::Account, false)),
            column("Soll", field(Field::Debit, false)),
            column("Haben", field(Field::Credit, false)),
            column("Betrag", field(Field::Amount, true)),
            column("Netto", field(Field::NetAmount, false)),
            column("Steuer", field(Field::TaxAmount, false)),
            column("Satz", field(Field::TaxRate, false)),
            column("Art", field(Field::Kind, false)),
            column("Typ", field(Field::Type, false)),
            column("Abteilung", ColumnValue::Tag("DEP".to_owned())),
            column("Bezahlt", field(Field::OriginalAmount, false)),
            column("Währung", field(Field::OriginalCurrency, false)),
        ];
        settings.separator = Separator::Semicolon;
        settings.decimal_comma = true;
        settings.dates = DateForm::Dots;
        settings.encoding = CsvEncoding::Cp1252;
    });
    let mut item = simple(1, "SEK");
    item.accounting_entry_lines[0].tags = Some(vec![tag("DEP", "100")]);
    item.accounting_entry_lines[0]
        .line_amount
        .in_supplier_currency = support::money("JPY", "150000");
    let (_, prepared, _) = produce(&[item], &mapping);
    let text = yore::code_pages::CP1252
        .decode(&prepared.files[0].bytes)
        .into_owned();
    assert_eq!(
        rows(&text),
        [
            "Journal;Nr;Datum;Konto;Soll;Haben;Betrag;Netto;Steuer;Satz;Art;Typ;Abteilung;Bezahlt;Währung",
            "\"GEN \"\"1\"\"\";P1;01.04.2026;5410;100,00;;-100,00;100,00;25,00;0,25;expense;card_purchase;100;1500;JPY",
            "\"GEN \"\"1\"\"\";P1;01.04.2026;2641;25,00;;-25,00;;;0,25;tax;card_purchase;100;;",
            "\"GEN \"\"1\"\"\";P1;01.04.2026;1940;;125,00;125,00;;;;contra;card_purchase;;;",
        ]
    );
}

#[test]
fn csv_texts_survive_and_no_text_begins_a_formula() {
    let cases = [
        ("a,b \"c\"", "a,b \"c\"", None),
        ("two\r\nlines", "two lines", Some(Reason::Unprintable)),
        ("😀 שלום", "😀 שלום", None),
        ("\u{202e}x\u{0}y", "xy", Some(Reason::Unprintable)),
        ("hello;=1+2", "hello;1+2", Some(Reason::Formula)),
        ("=1+1", "1+1", Some(Reason::Formula)),
        ("@", "card purchase", Some(Reason::Formula)),
        ("", "card purchase", None),
    ];
    for (note, written, reason) in cases {
        let mut item = simple(1, "SEK");
        (item.note, item.supplier) = (Some(note.to_owned()), None);
        let (_, prepared, rehearsal) = produce(&[item], &mapping(Format::Csv));
        assert_eq!(rehearsal.rows[0].row.text, written);
        let text = text(&prepared);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(&record[3], written, "read by another program");
        assert_eq!(
            prepared.changes.first().map(|change| change.reasons[0]),
            reason,
            "{note:?}"
        );
    }
}

#[test]
fn csv_posts_each_currency_with_its_decimals() {
    let mut mapping = mapping(Format::Csv);
    mapping
        .currencies
        .iter_mut()
        .for_each(|rule| rule.rate = None);
    let items = [
        item(
            1,
            "JPY",
            "1000",
            vec![line(
                1,
                "JPY",
                "1000",
                "926",
                Some(tax("I08", "0.08", TaxType::Inclusive, pair("JPY", "74"))),
            )],
        ),
        item(
            2,
            "KWD",
            "100.5",
            vec![line(2, "KWD", "100.5", "100.5", None)],
        ),
    ];
    let (_, prepared, rehearsal) = produce(&items, &mapping);
    let text = text(&prepared);
    let amounts: Vec<_> = rows(&text)[1..]
        .iter()
        .map(|row| row.split(',').skip(4).take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        amounts,
        ["9 JPY", "1 JPY", "-10 JPY", "1.005 KWD", "-1.005 KWD"]
    );
    assert_eq!(rehearsal.totals.len(), 2);
    // A format with one currency needs a rate.
    let mut one = support::mapping(Format::Sie);
    one.currencies.iter_mut().for_each(|rule| rule.rate = None);
    assert_eq!(
        issues(&items, &one),
        ["currency_rate_missing", "currency_rate_missing"]
    );
}

#[test]
fn readers_refuse_files_that_break_a_rule() {
    let mut tracking = mapping(Format::Xero);
    tracking.tags = vec![TagRule {
        group: "DEP".to_owned(),
        to: "Department".to_owned(),
        required: false,
    }];
    let cases = [
        (Format::Csv, ",100.00,", ",100.01,", "read_unbalanced"),
        (Format::Csv, ",100.00,", ",1e2,", "read_amount"),
        (Format::Csv, ",SEK,", ",NOK,", "read_currency"),
        (Format::Csv, "2026-04-01", "01.04.2026", "read_date"),
        (
            Format::Csv,
            "Paper House Office",
            "Paper \"House\"",
            "read_quotes",
        ),
        (Format::Csv, "\r\n", "\n", "read_line_end"),
        (Format::Xero, "Narration", "*Narration", "read_header"),
        (
            Format::Xero,
            "25% (VAT on Expenses)",
            "25%",
            "read_tax_rate",
        ),
        (Format::Xero, ",100.00,", ",100.01,", "read_unbalanced"),
        (Format::Xero, "01/04/2026", "04/31/2026", "read_date"),
        (
            Format::Xero,
            "100.00,,,,",
            "100.00,Department,,,",
            "read_tracking",
        ),
        (Format::QuickBooks, "JournalNo", "Journal No", "read_header"),
        (
            Format::QuickBooks,
            "100.00,,",
            "100.00,100.00,",
            "read_amount",
        ),
        (Format::QuickBooks, "100.00,,", "-100.00,,", "read_sign"),
        (
            Format::QuickBooks,
            ",25.00,,",
            ",26.00,,",
            "read_unbalanced",
        ),
        (
            Format::QuickBooks,
            "P1,01/04/2026,2641",
            "P1,02/04/2026,2641",
            "read_date",
        ),
        (Format::Economic, ";125,00;", ";125.00;", "read_amount"),
        (Format::Economic, ";1940\r\n", ";\r\n", "read_empty"),
    ];
    for (format, from, to, code) in cases {
        let mapping = mapping(format);
        let (_, prepared, _) = produce(&[simple(1, "SEK")], &mapping);
        let sound = yore::code_pages::CP1252
            .decode(&prepared.files[0].bytes)
            .into_owned();
        assert!(sound.contains(from), "{from}");
        let changed = sound.replacen(from, to, 1);
        let bytes = yore::code_pages::CP1252
            .encode(&changed)
            .unwrap()
            .into_owned();
        assert_eq!(
            read(&bytes, &mapping).unwrap_err().code,
            code,
            "{format:?}: {from} → {to}"
        );
    }
}
