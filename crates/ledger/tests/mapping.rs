//! The file form of a mapping.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod support;

use outlay_ledger::amount::Rate;
use outlay_ledger::mapping::{
    AutomaticAccount, CodeRule, Column, ColumnValue, ContraRule, CsvLayout, Field, Settings,
    propose,
};
use outlay_ledger::{Format, Mapping, check};
use outlay_pleo::export::status::ExportItemType;
use support::{columns, csv, currency, mapping, produce, settings, simple, tag};

/// A mapping with every kind of rule.
fn full(format: Format) -> Mapping {
    let mut mapping = mapping(format);
    mapping.accounts = vec![CodeRule {
        from: "5410".to_owned(),
        to: "6110".to_owned(),
    }];
    mapping.vendors = vec![CodeRule {
        from: "V1".to_owned(),
        to: "70001".to_owned(),
    }];
    mapping.contra = vec![
        ContraRule {
            kind: Some(ExportItemType::OutOfPocket),
            currency: Some(currency("EUR")),
            to: "2890".to_owned(),
        },
        ContraRule {
            kind: None,
            currency: None,
            to: "1940".to_owned(),
        },
    ];
    mapping.reversed = vec![
        ExportItemType::WalletTopup,
        ExportItemType::from("new_type"),
    ];
    mapping.texts.entry = "{supplier}: {note} \"{bookId}\"".to_owned();
    match &mut mapping.settings {
        Settings::Csv(csv) => {
            csv.longest_text = Some(80);
            csv.columns.push(Column {
                header: "Fixed".to_owned(),
                value: ColumnValue::Fixed("é \\ \n".trim().to_owned()),
            });
            csv.columns.push(Column {
                header: "Tag".to_owned(),
                value: ColumnValue::Tag("DEP".to_owned()),
            });
            csv.columns.push(Column {
                header: "Switched".to_owned(),
                value: ColumnValue::Field {
                    field: Field::NetAmount,
                    switched: true,
                },
            });
        }
        Settings::Datev(datev) => {
            let rate = Rate::parse("0.19").unwrap();
            datev.automatic_accounts = vec![AutomaticAccount {
                account: "4400".to_owned(),
                rate,
            }];
        }
        _ => {}
    }
    mapping
}

#[test]
fn mapping_round_trips_through_its_file() {
    for &format in Format::ALL {
        let mapping = full(format);
        let text = mapping.to_json();
        assert_eq!(Mapping::from_json(&text), Ok(mapping), "{text}");
        let with_mark = format!("\u{feff}{text}");
        assert_eq!(Mapping::from_json(&with_mark).unwrap().to_json(), text);
    }
}

#[test]
fn only_one_byte_order_mark_is_accepted_and_error_positions_count_it() {
    let text = mapping(Format::Sie).to_json();
    let message = |text: &str| Mapping::from_json(text).unwrap_err().message;
    assert_eq!(
        message(&format!("\u{feff}\u{feff}{text}")),
        "The file is not JSON from byte 3 on."
    );
    assert_eq!(
        message("\u{feff}{]"),
        "The file is not JSON from byte 4 on."
    );
}

#[test]
fn mapping_file_has_one_readable_line_per_value() {
    let text = mapping(Format::Sie).to_json();
    for line in [
        "  \"outlayMapping\": 1,\n",
        "  \"format\": \"sie\",\n",
        "  \"texts\": { \"entry\": \"{supplier} {note}\", ",
        "    { \"from\": \"EUR\", \"to\": \"EUR\", \"rate\": \"11.42\" },\n",
        "  \"settings\": { \"company\": \"Exempel AB\", ",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn a_small_file_is_enough() {
    let text = r#"{ "outlayMapping": 1, "format": "sie", "baseCurrency": "SEK", "settings": { "company": "A" } }"#;
    let mapping = Mapping::from_json(text).unwrap();
    let Settings::Sie(sie) = &mapping.settings else {
        unreachable!()
    };
    assert_eq!(
        (sie.longest_text, sie.numbered, mapping.first_number),
        (50, true, 1)
    );
}

#[test]
fn each_fault_of_a_file_has_a_code_and_a_key() {
    let sie = mapping(Format::Sie).to_json();
    let datev = full(Format::Datev).to_json();
    let csv = full(Format::Csv).to_json();
    let xero = mapping(Format::Xero).to_json();
    let cases: Vec<(&str, &str, &str, &str, &str)> = vec![
        (&sie, "{", "", "mapping_not_json", ""),
        (
            &sie,
            "\"outlayMapping\": 1",
            "\"outlayMapping\": 2",
            "mapping_version_unknown",
            "outlayMapping",
        ),
        (
            &sie,
            "\"outlayMapping\": 1,",
            "",
            "mapping_key_missing",
            "outlayMapping",
        ),
        (
            &sie,
            "\"journal\"",
            "\"jurnal\"",
            "mapping_key_unknown",
            "jurnal",
        ),
        (
            &sie,
            "\"name\": \"Test\"",
            "\"name\": \"Test\", \"name\": \"x\"",
            "mapping_key_twice",
            "name",
        ),
        (
            &sie,
            "\"sie\"",
            "\"sie5\"",
            "mapping_value_invalid",
            "format",
        ),
        (
            &sie,
            "\"baseCurrency\": \"SEK\"",
            "\"baseCurrency\": \"UNDEFINED\"",
            "mapping_value_invalid",
            "baseCurrency",
        ),
        (
            &sie,
            "\"baseCurrency\": \"SEK\"",
            "\"baseCurrency\": \"KWD\"",
            "mapping_value_invalid",
            "currencies[2].from",
        ),
        (&sie, "\"P\"", "\"Köp\"", "mapping_value_invalid", "journal"),
        (
            &sie,
            "\"firstNumber\": 1",
            "\"firstNumber\": 0",
            "mapping_value_invalid",
            "firstNumber",
        ),
        (
            &sie,
            "{supplier}",
            "{suplier}",
            "mapping_value_invalid",
            "texts.entry",
        ),
        (
            &sie,
            "{supplier}",
            "{supplier",
            "mapping_value_invalid",
            "texts.entry",
        ),
        (
            &sie,
            "\"11.42\"",
            "\"-1\"",
            "mapping_value_invalid",
            "currencies[0].rate",
        ),
        (
            &sie,
            "\"11.42\"",
            "\"0\"",
            "mapping_value_invalid",
            "currencies[0].rate",
        ),
        (
            &sie,
            "\"11.42\"",
            "11.42",
            "mapping_value_invalid",
            "currencies[0].rate",
        ),
        (
            &sie,
            "\"from\": \"JPY\"",
            "\"from\": \"EUR\"",
            "mapping_rule_twice",
            "currencies[1].from",
        ),
        (
            &sie,
            "\"from\": \"I12\"",
            "\"from\": \"I25\"",
            "mapping_rule_twice",
            "taxCodes[1].from",
        ),
        (
            &sie,
            "\"from\": \"I12\"",
            "\"from\": \"\"",
            "mapping_value_invalid",
            "taxCodes[1].from",
        ),
        (
            &sie,
            "\"required\": false",
            "\"required\": \"no\"",
            "mapping_value_invalid",
            "tags[0].required",
        ),
        (
            &sie,
            "\"to\": \"1\"",
            "\"to\": \"Dep\"",
            "mapping_value_invalid",
            "tags[0].to",
        ),
        (
            &sie,
            "556677-8899",
            "5566778899",
            "mapping_value_invalid",
            "settings.organisationNumber",
        ),
        (
            &sie,
            "\"Exempel AB\"",
            "\"\"",
            "mapping_value_invalid",
            "settings.company",
        ),
        (
            &datev,
            "\"consultant\": 1001",
            "\"consultant\": 1000",
            "mapping_value_invalid",
            "settings.consultant",
        ),
        (
            &datev,
            "\"client\": 42",
            "\"client\": 100000",
            "mapping_value_invalid",
            "settings.client",
        ),
        (
            &datev,
            "\"accountLength\": 4",
            "\"accountLength\": 9",
            "mapping_value_invalid",
            "settings.accountLength",
        ),
        (
            &datev,
            "2026-01-01",
            "2026-02-30",
            "mapping_value_invalid",
            "settings.yearStart",
        ),
        (
            &datev,
            "Pleo 04/2026",
            "A name of more than thirty characters",
            "mapping_value_invalid",
            "settings.batchName",
        ),
        (
            &datev,
            "\"OL\"",
            "\"ol\"",
            "mapping_value_invalid",
            "settings.initials",
        ),
        (
            &datev,
            "\"03\"",
            "\"3\"",
            "mapping_value_invalid",
            "settings.chart",
        ),
        (
            &datev,
            "\"KOST1\"",
            "\"KOST3\"",
            "mapping_value_invalid",
            "tags[0].to",
        ),
        (
            &datev,
            "\"baseCurrency\": \"EUR\"",
            "\"baseCurrency\": \"CHF\"",
            "mapping_value_invalid",
            "baseCurrency",
        ),
        (
            &datev,
            "\"to\": \"94\"",
            "\"to\": \"VSt\"",
            "mapping_value_invalid",
            "taxCodes[6].to",
        ),
        (
            &datev,
            "\"rate\": \"0.19\" }",
            "\"rate\": \"\" }",
            "mapping_value_invalid",
            "settings.automaticAccounts[0].rate",
        ),
        (
            &csv,
            "\"value\": \"date\"",
            "\"value\": \"text\"",
            "mapping_value_invalid",
            "settings.columns",
        ),
        (
            &csv,
            "\"value\": \"amount\"",
            "\"value\": \"debit\"",
            "mapping_value_invalid",
            "settings.columns",
        ),
        (
            &csv,
            "\"layout\": \"postings\"",
            "\"layout\": \"pairs\"",
            "mapping_value_invalid",
            "settings.columns",
        ),
        (
            &csv,
            "\"tag\": \"DEP\"",
            "\"tag\": \"DEP\", \"fixed\": \"x\"",
            "mapping_value_invalid",
            "settings.columns[9]",
        ),
        (
            &csv,
            "\"value\": \"netAmount\"",
            "\"value\": \"note\"",
            "mapping_value_invalid",
            "settings.columns[10].switchSign",
        ),
        (
            &csv,
            "\"separator\": \"comma\"",
            "\"separator\": \"pipe\"",
            "mapping_value_invalid",
            "settings.separator",
        ),
        (
            &xero,
            "\"rate\": \"0.12\", ",
            "",
            "mapping_value_invalid",
            "taxCodes[1].rate",
        ),
        (
            &xero,
            "25% (Sales Tax)\", \"rate\": \"0.25\"",
            "25% (VAT on Expenses)\", \"rate\": \"0.2\"",
            "mapping_value_invalid",
            "taxCodes[4].rate",
        ),
        (
            &xero,
            "Tax Exempt (0%)",
            " ",
            "mapping_value_invalid",
            "settings.noTax",
        ),
        (
            &xero,
            "\"linesPerFile\": 300",
            "\"linesPerFile\": 301",
            "mapping_value_invalid",
            "settings.linesPerFile",
        ),
    ];
    for (sound, from, to, code, key) in cases {
        assert!(sound.contains(from), "{from}\n{sound}");
        let error = Mapping::from_json(&sound.replacen(from, to, 1)).unwrap_err();
        assert_eq!(
            (error.code, error.key.as_str()),
            (code, key),
            "{from} → {to}: {error}"
        );
        assert!(!error.message.is_empty());
    }
}

#[test]
fn proposed_mapping_writes_its_own_items() {
    for &format in Format::ALL {
        let code = if format == Format::Datev {
            "EUR"
        } else {
            "SEK"
        };
        let mut items: Vec<_> = (1..=3).map(|number| simple(number, code)).collect();
        items[0].accounting_entry_lines[0].tags = Some(vec![tag("DEP", "100")]);
        let mut proposed = propose(format, "First", &items);
        assert_eq!(proposed.base.as_str(), code);
        // The names and keys of tax codes are the user's to give.
        if proposed.settings.needs_tax_rule() {
            let missing = check::check(&items, &proposed, &[]).issues;
            assert!(
                missing
                    .iter()
                    .all(|issue| issue.code.as_str() == "tax_code_unmapped"),
                "{missing:?}"
            );
            proposed.tax_codes = mapping(format).tax_codes;
        }
        let read = Mapping::from_json(&proposed.to_json());
        assert_eq!(read.as_ref(), Ok(&proposed), "{format:?}");
        produce(&items, &proposed);
    }
}

#[test]
fn a_proposal_takes_the_most_frequent_currency_and_lists_the_others() {
    let items = [
        simple(1, "SEK"),
        simple(2, "SEK"),
        simple(3, "EUR"),
        simple(4, "UNDEFINED"),
    ];
    let proposed = propose(Format::Csv, "First", &items);
    assert_eq!(proposed.base.as_str(), "SEK");
    let others: Vec<_> = proposed
        .currencies
        .iter()
        .map(|rule| rule.from.to_string())
        .collect();
    assert_eq!(others, ["EUR"]);
    assert_eq!(
        propose(Format::Csv, "Empty", &[]).check().unwrap_err().key,
        "baseCurrency"
    );
}

#[test]
fn rows_of_two_accounts_have_no_tax_lines() {
    let mut mapping = mapping(Format::Csv);
    let mut pairs = csv(CsvLayout::Pairs);
    pairs.tax_lines = true;
    mapping.settings = Settings::Csv(pairs);
    assert_eq!(mapping.check().unwrap_err().key, "settings.taxLines");
    let mut empty = csv(CsvLayout::Postings);
    empty.columns = columns(&[]);
    mapping.settings = Settings::Csv(empty);
    assert_eq!(mapping.check().unwrap_err().key, "settings.columns");
    mapping.settings = settings(Format::QuickBooks);
    assert_eq!(mapping.check(), Ok(()));
}
