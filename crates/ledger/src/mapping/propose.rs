//! A first mapping, made from the items of a job.

use std::collections::BTreeMap;

use outlay_pleo::Currency;
use outlay_pleo::export::item::ExportItem;
use outlay_pleo::export::part::{ExportAccountRef, ExportTax};
use outlay_pleo::tax_code::TaxType;
use outlay_pleo::time::{Date, DateTime};

use super::settings::{
    Column, ColumnValue, CsvEncoding, CsvLayout, CsvSettings, DateForm, DatevSettings,
    EconomicSettings, Field, Format, QuickBooksSettings, Separator, Settings, SieSettings,
    XeroAmounts, XeroSettings,
};
use super::{CodeRule, ContraRule, CurrencyRule, Mapping, TagRule, TaxRule};
use crate::amount::Rate;

/// Proposes a mapping: the most frequent wallet currency as the ledger's, a rule for each account, tax
/// code, tag group and vendor that occurs, with the codes that Pleo has. What only the user knows stays
/// empty: rates of currencies, the rounding account, the ledger's own tax codes, the company's numbers.
#[must_use]
pub fn propose(format: Format, name: &str, items: &[ExportItem]) -> Mapping {
    let settings = settings(format, items);
    let by_name = settings.by_account_name();
    let base = match format {
        Format::Datev => Currency::new("EUR").unwrap_or(Currency::UNDEFINED),
        _ => most_frequent(items),
    };
    let mut accounts = BTreeMap::new();
    let mut contra = BTreeMap::new();
    let mut taxes: BTreeMap<String, &ExportTax> = BTreeMap::new();
    let mut groups = BTreeMap::new();
    let mut vendors = BTreeMap::new();
    for item in items {
        if let Some(account) = &item.contra_account {
            let currency = item.amount.in_wallet_currency.currency;
            contra
                .entry(currency)
                .or_insert_with(|| target(account, by_name));
        }
        if let Some(vendor) = &item.vendor {
            let from = vendor.code.clone().unwrap_or_else(|| vendor.id.to_string());
            let own = item
                .supplier
                .as_ref()
                .and_then(|supplier| supplier.account.clone());
            let to = own
                .or_else(|| vendor.external_id.clone())
                .or_else(|| vendor.code.clone());
            vendors.entry(from).or_insert(to);
        }
        for line in &item.accounting_entry_lines {
            if let Some(account) = &line.account {
                accounts
                    .entry(source(account))
                    .or_insert_with(|| target(account, by_name));
            }
            if let Some(tax) = &line.tax {
                taxes.entry(tax_source(tax)).or_insert(tax);
            }
            for tag in line.tags.iter().flatten() {
                groups.entry(tag.group_code.clone()).or_insert(());
            }
        }
    }
    let mut mapping = Mapping::new(name, base, settings);
    let filled = |(from, to): (String, Option<String>)| Some(CodeRule { from, to: to? });
    mapping.accounts = accounts.into_iter().filter_map(filled).collect();
    mapping.vendors = vendors.into_iter().filter_map(filled).collect();
    mapping.contra = contra
        .into_iter()
        .filter_map(|(currency, to)| {
            let (kind, currency) = (None, Some(currency));
            Some(ContraRule {
                kind,
                currency,
                to: to?,
            })
        })
        .collect();
    mapping.currencies = wallet_currencies(items)
        .into_keys()
        .filter(|currency| *currency != base && crate::amount::exponent(*currency).is_some())
        .map(|from| CurrencyRule {
            from,
            to: from.to_string(),
            rate: None,
        })
        .collect();
    mapping.tax_codes = taxes
        .into_iter()
        .filter_map(|(from, tax)| tax_rule(format, from, tax))
        .collect();
    mapping.tags = tags(format, groups.into_keys());
    mapping
}

/// What a rule for this account is found by.
pub(crate) fn source(account: &ExportAccountRef) -> String {
    let code = account.code.clone().filter(|code| !code.is_empty());
    code.unwrap_or_else(|| account.id.to_string())
}

/// What a rule for this tax code is found by.
pub(crate) fn tax_source(tax: &ExportTax) -> String {
    let code = tax.code.clone().filter(|code| !code.is_empty());
    code.unwrap_or_else(|| tax.id.to_string())
}

fn target(account: &ExportAccountRef, by_name: bool) -> Option<String> {
    let code = match by_name {
        true => Some(account.name.clone()),
        false => account.code.clone().or_else(|| account.identifier.clone()),
    };
    code.filter(|code| !code.trim().is_empty())
}

fn tax_rule(format: Format, from: String, tax: &ExportTax) -> Option<TaxRule> {
    let ingoing = tax.ingoing_tax_account.clone().unwrap_or_default();
    let outgoing = tax.outgoing_tax_account.clone().unwrap_or_default();
    let rate = Rate::of(&tax.rate);
    let to = match format {
        // The keys for input tax of 19 % and 7 %; other cases depend on the client.
        Format::Datev => match (rate.map(Rate::text).as_deref(), &tax.kind) {
            (Some("0.19"), TaxType::Inclusive | TaxType::Exclusive) => "9",
            (Some("0.07"), TaxType::Inclusive | TaxType::Exclusive) => "8",
            (Some("0"), _) => "",
            _ => return None,
        }
        .to_owned(),
        // Only the user knows the names of the rates.
        Format::Xero => return None,
        _ => tax.code.clone().unwrap_or_default(),
    };
    Some(TaxRule {
        from,
        to,
        rate,
        ingoing,
        outgoing,
    })
}

fn tags(format: Format, groups: impl Iterator<Item = String>) -> Vec<TagRule> {
    let dimensions: &[&str] = match format {
        Format::Sie => &["1", "6"],
        Format::Datev => &["KOST1", "KOST2"],
        Format::Xero => &["", ""],
        _ => &[],
    };
    let mut free = dimensions.iter();
    let limited = !dimensions.is_empty();
    let rule = |group: String| {
        let to = match free.next() {
            Some(&"") => group.clone(),
            Some(dimension) => (*dimension).to_owned(),
            None if limited => return None,
            None => String::new(),
        };
        let required = false;
        Some(TagRule {
            group,
            to,
            required,
        })
    };
    groups.filter_map(rule).collect()
}

fn wallet_currencies(items: &[ExportItem]) -> BTreeMap<Currency, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts
            .entry(item.amount.in_wallet_currency.currency)
            .or_insert(0) += 1;
    }
    counts
}

fn most_frequent(items: &[ExportItem]) -> Currency {
    let counts = wallet_currencies(items);
    let known = counts
        .into_iter()
        .filter(|(currency, _)| crate::amount::exponent(*currency).is_some());
    let most = known.max_by_key(|(currency, count)| (*count, std::cmp::Reverse(*currency)));
    most.map_or(Currency::UNDEFINED, |(currency, _)| currency)
}

fn settings(format: Format, items: &[ExportItem]) -> Settings {
    match format {
        Format::Csv => Settings::Csv(CsvSettings {
            layout: CsvLayout::Postings,
            tax_lines: true,
            separator: Separator::Comma,
            decimal_comma: false,
            dates: DateForm::Iso,
            encoding: CsvEncoding::Utf8,
            header: true,
            longest_text: None,
            columns: columns(items),
        }),
        Format::Sie => Settings::Sie(SieSettings {
            company: "Company".to_owned(),
            organisation_number: String::new(),
            numbered: true,
            quoted_numbers: false,
            longest_text: 50,
        }),
        Format::Datev => Settings::Datev(DatevSettings {
            consultant: 1_001,
            client: 1,
            year_start: first_of_year(items),
            account_length: 4,
            batch_name: "Pleo".to_owned(),
            initials: String::new(),
            chart: String::new(),
            lock: false,
            automatic_accounts: Vec::new(),
        }),
        Format::Xero => Settings::Xero(XeroSettings {
            amounts: XeroAmounts::Exclusive,
            no_tax: "No Tax".to_owned(),
            lines_per_file: 300,
        }),
        Format::QuickBooks => Settings::QuickBooks(QuickBooksSettings {
            dates: DateForm::DayFirst,
        }),
        Format::Economic => Settings::Economic(EconomicSettings { header: true }),
    }
}

fn columns(items: &[ExportItem]) -> Vec<Column> {
    let field = |header: &str, field| Column {
        header: header.to_owned(),
        value: ColumnValue::Field {
            field,
            switched: false,
        },
    };
    let mut columns = vec![
        field("Voucher", Field::Voucher),
        field("Date", Field::Date),
        field("Account", Field::Account),
        field("Text", Field::Text),
        field("Debit", Field::Debit),
        field("Credit", Field::Credit),
        field("Currency", Field::Currency),
        field("Tax code", Field::TaxCode),
        field("Entry", Field::Entry),
    ];
    let mut groups: Vec<&str> = items
        .iter()
        .flat_map(|item| &item.accounting_entry_lines)
        .flat_map(|line| line.tags.iter().flatten())
        .map(|tag| tag.group_code.as_str())
        .collect();
    groups.sort_unstable();
    groups.dedup();
    columns.extend(groups.into_iter().map(|group| Column {
        header: group.to_owned(),
        value: ColumnValue::Tag(group.to_owned()),
    }));
    columns
}

fn first_of_year(items: &[ExportItem]) -> Date {
    let days = items.iter().filter_map(|item| DateTime::parse(&item.date));
    let year = days.map(|written| written.day.year).min().unwrap_or(2_026);
    Date {
        year,
        month: 1,
        day: 1,
    }
}
