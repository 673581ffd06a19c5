//! Export items and mappings for the tests.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a failed set-up should stop a test")]

pub mod generate;

use outlay_ledger::amount::Rate;
use outlay_ledger::entry::Journal;
use outlay_ledger::format::{JobInfo, Prepared, prepare};
use outlay_ledger::mapping::{
    CodeRule, Column, ColumnValue, ContraRule, CsvEncoding, CsvLayout, CsvSettings, CurrencyRule,
    DateForm, DatevSettings, EconomicSettings, Field, Mapping, QuickBooksSettings, Separator,
    Settings, SieSettings, TagRule, TaxRule, XeroAmounts, XeroSettings,
};
use outlay_ledger::rehearsal::{Rehearsal, rehearse};
use outlay_ledger::{Format, check};
use outlay_pleo::Currency;
use outlay_pleo::export::item::{ExportItem, ExportItemAdditionalInformation, ExportItemLine};
use outlay_pleo::export::money::ExportMoney;
use outlay_pleo::export::part::{
    CurrencyPair, ExportAccountRef, ExportSupplier, ExportTag, ExportTax, Links,
};
use outlay_pleo::export::status::ExportItemType;
use outlay_pleo::number::Decimal;
use outlay_pleo::tax_code::TaxType;
use outlay_pleo::time::{Date, Instant};

pub fn currency(code: &str) -> Currency {
    Currency::new(code).unwrap()
}

/// Money from a number of hundredths, as JSON has it.
pub fn money(code: &str, hundredths: &str) -> ExportMoney {
    ExportMoney {
        currency: currency(code),
        value: Decimal::parse(hundredths).unwrap(),
    }
}

pub fn pair(code: &str, hundredths: &str) -> CurrencyPair {
    CurrencyPair {
        in_supplier_currency: money(code, hundredths),
        in_wallet_currency: money(code, hundredths),
    }
}

pub fn account(code: &str, name: &str) -> ExportAccountRef {
    ExportAccountRef {
        id: format!("00000000-0000-4000-8000-{code:0>12}")
            .as_str()
            .into(),
        name: name.to_owned(),
        code: Some(code.to_owned()),
        identifier: None,
    }
}

pub fn tax(code: &str, rate: &str, kind: TaxType, amount: CurrencyPair) -> ExportTax {
    ExportTax {
        id: "7a000000-0000-4000-8000-000000000001".into(),
        rate: Decimal::parse(rate).unwrap(),
        kind,
        amount,
        code: Some(code.to_owned()),
        ingoing_tax_account: Some("2641".to_owned()),
        outgoing_tax_account: Some("2614".to_owned()),
    }
}

pub fn line(
    number: usize,
    code: &str,
    gross: &str,
    net: &str,
    tax: Option<ExportTax>,
) -> ExportItemLine {
    ExportItemLine {
        accounting_entry_line_id: format!("11e00000-0000-4000-8000-{number:012}")
            .as_str()
            .into(),
        line_amount: pair(code, gross),
        net_amount: pair(code, net),
        account: Some(account("5410", "Consumables")),
        tags: None,
        tax,
    }
}

pub fn item(number: usize, code: &str, total: &str, lines: Vec<ExportItemLine>) -> ExportItem {
    ExportItem {
        links: Links::default(),
        accounting_entry_id: format!("e0000000-0000-4000-8000-{number:012}")
            .as_str()
            .into(),
        company_id: "c0000000-0000-4000-8000-000000000001".into(),
        kind: ExportItemType::CardPurchase,
        sub_type: None,
        date: "2026-04-01T00:00:00+02:00".to_owned(),
        amount: pair(code, total),
        accounting_entry_lines: lines,
        additional_information: ExportItemAdditionalInformation {
            reconciliation_id: format!("B{number}"),
            attendees: None,
            invoice_information: None,
            reconciled_entries: None,
        },
        note: Some("Office".to_owned()),
        files: None,
        supplier: Some(ExportSupplier {
            name: Some("Paper House".to_owned()),
            ..ExportSupplier::default()
        }),
        user: None,
        team: None,
        vendor: None,
        bookkeeping: None,
        contra_account: Some(account("1940", "Pleo wallet")),
        service_period: None,
    }
}

/// An entry of 125.00 with 25 % in it.
pub fn simple(number: usize, code: &str) -> ExportItem {
    let tax = tax("I25", "0.25", TaxType::Inclusive, pair(code, "2500"));
    item(
        number,
        code,
        "12500",
        vec![line(number * 10, code, "12500", "10000", Some(tax))],
    )
}

pub fn tag(group: &str, code: &str) -> ExportTag {
    ExportTag {
        id: "7a600000-0000-4000-8000-000000000001".into(),
        code: code.to_owned(),
        group_code: group.to_owned(),
    }
}

pub fn job() -> JobInfo {
    JobInfo {
        id: "1ab00000-0000-4000-8000-000000000001".into(),
        company: "c0000000-0000-4000-8000-000000000001".into(),
        created: Instant::parse("2026-04-02T08:15:30.250Z").unwrap(),
        build: "0.1.0".to_owned(),
    }
}

pub fn base_of(format: Format) -> Currency {
    currency(if format == Format::Datev {
        "EUR"
    } else {
        "SEK"
    })
}

/// The columns of a posting CSV.
pub fn columns(fields: &[(&str, Field)]) -> Vec<Column> {
    let column = |(header, field): &(&str, Field)| Column {
        header: (*header).to_owned(),
        value: ColumnValue::Field {
            field: *field,
            switched: false,
        },
    };
    fields.iter().map(column).collect()
}

pub fn csv(layout: CsvLayout) -> CsvSettings {
    let mut fields = vec![
        ("Voucher", Field::Voucher),
        ("Date", Field::Date),
        ("Account", Field::Account),
        ("Text", Field::Text),
        ("Amount", Field::Amount),
        ("Currency", Field::Currency),
        ("Entry", Field::Entry),
        ("Tax", Field::TaxCode),
    ];
    if layout == CsvLayout::Pairs {
        fields.push(("Contra", Field::ContraAccount));
    }
    CsvSettings {
        layout,
        tax_lines: layout == CsvLayout::Postings,
        separator: Separator::Comma,
        decimal_comma: false,
        dates: DateForm::Iso,
        encoding: CsvEncoding::Utf8,
        header: true,
        longest_text: None,
        columns: columns(&fields),
    }
}

pub fn settings(format: Format) -> Settings {
    match format {
        Format::Csv => Settings::Csv(csv(CsvLayout::Postings)),
        Format::Sie => Settings::Sie(SieSettings {
            company: "Exempel AB".to_owned(),
            organisation_number: "556677-8899".to_owned(),
            numbered: true,
            quoted_numbers: false,
            longest_text: 50,
        }),
        Format::Datev => Settings::Datev(DatevSettings {
            consultant: 1_001,
            client: 42,
            year_start: Date {
                year: 2026,
                month: 1,
                day: 1,
            },
            account_length: 4,
            batch_name: "Pleo 04/2026".to_owned(),
            initials: "OL".to_owned(),
            chart: "03".to_owned(),
            lock: false,
            automatic_accounts: Vec::new(),
        }),
        Format::Xero => Settings::Xero(XeroSettings {
            amounts: XeroAmounts::Exclusive,
            no_tax: "Tax Exempt (0%)".to_owned(),
            lines_per_file: 300,
        }),
        Format::QuickBooks => Settings::QuickBooks(QuickBooksSettings {
            dates: DateForm::DayFirst,
        }),
        Format::Economic => Settings::Economic(EconomicSettings { header: true }),
    }
}

/// A mapping that can take every generated job, in every format.
pub fn mapping(format: Format) -> Mapping {
    let base = base_of(format);
    let mut mapping = Mapping::new("Test", base, settings(format));
    mapping.rounding_account = "3740".to_owned();
    let rule = |code: &str, rate: &str| CurrencyRule {
        from: currency(code),
        to: code.to_owned(),
        rate: Rate::parse(rate),
    };
    mapping.currencies = [
        ("SEK", "0.0883"),
        ("EUR", "11.42"),
        ("JPY", "0.0621"),
        ("KWD", "30.0975"),
        ("DKK", "0.134068"),
    ]
    .iter()
    .map(|(code, rate)| rule(code, rate))
    .filter(|rule| rule.from != base)
    .collect();
    let names: [(&str, &str, &str, &str); 7] = [
        ("I25", "0.25", "9", "25% (VAT on Expenses)"),
        ("I12", "0.12", "8", "12% (VAT on Expenses)"),
        ("I06", "0.06", "7", "6% (VAT on Expenses)"),
        ("I08", "0.08", "6", "8% (VAT on Expenses)"),
        ("X25", "0.25", "19", "25% (Sales Tax)"),
        ("I00", "0", "", "Zero Rated (0%)"),
        ("R25", "0.25", "94", "Reverse Charge (0%)"),
    ];
    mapping.tax_codes = names
        .into_iter()
        .map(|(from, rate, key, name)| TaxRule {
            from: from.to_owned(),
            to: match format {
                Format::Datev => key.to_owned(),
                Format::Xero => name.to_owned(),
                _ => from.to_owned(),
            },
            rate: Rate::parse(if format == Format::Xero && from == "R25" {
                "0"
            } else {
                rate
            }),
            ingoing: "2641".to_owned(),
            outgoing: "2614".to_owned(),
        })
        .collect();
    if format == Format::QuickBooks {
        mapping.contra = vec![ContraRule {
            kind: None,
            currency: None,
            to: "Bank:Pleo wallet".to_owned(),
        }];
        mapping.accounts = vec![CodeRule {
            from: "5410".to_owned(),
            to: "Office:Consumables".to_owned(),
        }];
    }
    let dimension = match format {
        Format::Sie => "1",
        Format::Datev => "KOST1",
        _ => "Department",
    };
    mapping.tags = vec![TagRule {
        group: "DEP".to_owned(),
        to: dimension.to_owned(),
        required: false,
    }];
    mapping
}

/// Journal, files and rehearsal of items that have no issue.
pub fn produce(items: &[ExportItem], mapping: &Mapping) -> (Journal, Prepared, Rehearsal) {
    let journal = check::check(items, mapping, &[]).journal().unwrap();
    let prepared = prepare(&journal, mapping, &job()).unwrap();
    let rehearsal = rehearse(&prepared, &journal, mapping).unwrap();
    (journal, prepared, rehearsal)
}

/// The codes of the issues of items.
pub fn issues(items: &[ExportItem], mapping: &Mapping) -> Vec<&'static str> {
    let found = check::check(items, mapping, &[]).issues;
    found.iter().map(|issue| issue.code.as_str()).collect()
}

/// The one file as text.
pub fn text(prepared: &Prepared) -> String {
    String::from_utf8(prepared.files[0].bytes.clone()).unwrap()
}
