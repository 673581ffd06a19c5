//! The file form of a mapping.

use outlay_wire::Value;

use super::json::{number, object, pretty, text};
use super::settings::{ColumnValue, Settings};
use super::{Mapping, VERSION};

impl Mapping {
    /// The mapping as a file: JSON that [`Mapping::from_json`] reads as the same mapping.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(&self.value())
    }

    pub(crate) fn value(&self) -> Value {
        let codes = |rules: &[super::CodeRule]| {
            list(rules, |rule| {
                object(vec![("from", text(&rule.from)), ("to", text(&rule.to))])
            })
        };
        object(vec![
            ("outlayMapping", number(VERSION)),
            ("name", text(&self.name)),
            ("format", text(self.format().word())),
            ("baseCurrency", text(self.base.as_str())),
            ("journal", text(&self.journal)),
            ("firstNumber", number(self.first_number)),
            ("roundingAccount", text(&self.rounding_account)),
            ("taxCodeRequired", Value::Bool(self.tax_code_required)),
            ("vendorRequired", Value::Bool(self.vendor_required)),
            (
                "reversedTypes",
                list(&self.reversed, |kind| text(kind.as_str())),
            ),
            (
                "texts",
                object(vec![
                    ("entry", text(&self.texts.entry)),
                    ("line", text(&self.texts.line)),
                    ("document", text(&self.texts.document)),
                    ("rounding", text(&self.texts.rounding)),
                ]),
            ),
            ("accounts", codes(&self.accounts)),
            (
                "contraAccounts",
                list(&self.contra, |rule| {
                    let mut fields = Vec::new();
                    if let Some(kind) = &rule.kind {
                        fields.push(("type", text(kind.as_str())));
                    }
                    if let Some(currency) = rule.currency {
                        fields.push(("currency", text(currency.as_str())));
                    }
                    fields.push(("to", text(&rule.to)));
                    object(fields)
                }),
            ),
            (
                "taxCodes",
                list(&self.tax_codes, |rule| {
                    let mut fields = vec![("from", text(&rule.from)), ("to", text(&rule.to))];
                    if let Some(rate) = rule.rate {
                        fields.push(("rate", text(&rate.text())));
                    }
                    fields.push(("ingoing", text(&rule.ingoing)));
                    fields.push(("outgoing", text(&rule.outgoing)));
                    object(fields)
                }),
            ),
            (
                "currencies",
                list(&self.currencies, |rule| {
                    let mut fields =
                        vec![("from", text(rule.from.as_str())), ("to", text(&rule.to))];
                    if let Some(rate) = rule.rate {
                        fields.push(("rate", text(&rate.text())));
                    }
                    object(fields)
                }),
            ),
            (
                "tags",
                list(&self.tags, |rule| {
                    object(vec![
                        ("group", text(&rule.group)),
                        ("to", text(&rule.to)),
                        ("required", Value::Bool(rule.required)),
                    ])
                }),
            ),
            ("vendors", codes(&self.vendors)),
            ("settings", settings(&self.settings)),
        ])
    }
}

fn list<T>(items: &[T], item: impl Fn(&T) -> Value) -> Value {
    Value::List(items.iter().map(item).collect())
}

fn settings(settings: &Settings) -> Value {
    match settings {
        Settings::Csv(csv) => object(vec![
            ("layout", text(csv.layout.word())),
            ("taxLines", Value::Bool(csv.tax_lines)),
            ("separator", text(csv.separator.word())),
            ("decimalComma", Value::Bool(csv.decimal_comma)),
            ("dates", text(csv.dates.word())),
            ("encoding", text(csv.encoding.word())),
            ("header", Value::Bool(csv.header)),
            ("longestText", csv.longest_text.map_or(Value::Null, number)),
            (
                "columns",
                list(&csv.columns, |column| {
                    let mut fields = vec![("header", text(&column.header))];
                    match &column.value {
                        ColumnValue::Field { field, switched } => {
                            fields.push(("value", text(field.word())));
                            if *switched {
                                fields.push(("switchSign", Value::Bool(true)));
                            }
                        }
                        ColumnValue::Fixed(fixed) => fields.push(("fixed", text(fixed))),
                        ColumnValue::Tag(group) => fields.push(("tag", text(group))),
                    }
                    object(fields)
                }),
            ),
        ]),
        Settings::Sie(sie) => object(vec![
            ("company", text(&sie.company)),
            ("organisationNumber", text(&sie.organisation_number)),
            ("numbered", Value::Bool(sie.numbered)),
            ("quotedNumbers", Value::Bool(sie.quoted_numbers)),
            ("longestText", number(sie.longest_text)),
        ]),
        Settings::Datev(datev) => object(vec![
            ("consultant", number(datev.consultant)),
            ("client", number(datev.client)),
            ("yearStart", text(&datev.year_start.to_string())),
            ("accountLength", number(datev.account_length)),
            ("batchName", text(&datev.batch_name)),
            ("initials", text(&datev.initials)),
            ("chart", text(&datev.chart)),
            ("lock", Value::Bool(datev.lock)),
            (
                "automaticAccounts",
                list(&datev.automatic_accounts, |one| {
                    object(vec![
                        ("account", text(&one.account)),
                        ("rate", text(&one.rate.text())),
                    ])
                }),
            ),
        ]),
        Settings::Xero(xero) => object(vec![
            ("amounts", text(xero.amounts.word())),
            ("noTax", text(&xero.no_tax)),
            ("linesPerFile", number(xero.lines_per_file)),
        ]),
        Settings::QuickBooks(quickbooks) => object(vec![("dates", text(quickbooks.dates.word()))]),
        Settings::Economic(economic) => object(vec![("header", Value::Bool(economic.header))]),
    }
}
