//! Reading a mapping file: every key is known, and every value has the type that the format states.

use outlay_pleo::Currency;
use outlay_pleo::export::status::ExportItemType;
use outlay_pleo::time::Date;
use outlay_wire::{Reading, Value, Wire, parse};

use super::error::{Checked, MappingError, invalid};
use super::keys::Keys;
use super::settings::{
    AutomaticAccount, Column, ColumnValue, CsvSettings, DatevSettings, EconomicSettings, Format,
    QuickBooksSettings, Settings, SieSettings, XeroSettings,
};
use super::{CodeRule, ContraRule, CurrencyRule, Mapping, TagRule, TaxRule, Texts, VERSION};
use crate::amount::Rate;

impl Mapping {
    /// Reads a mapping file, with a byte order mark or without one.
    ///
    /// # Errors
    ///
    /// The first key that is missing, unknown, given twice, or has a value that is not allowed.
    pub fn from_json(text: &str) -> Checked<Mapping> {
        let json = parse(text).map_err(|at| MappingError {
            code: "mapping_not_json",
            key: String::new(),
            message: format!("The file is not JSON from byte {at} on."),
        })?;
        let mut top = Keys::of(json, "")?;
        let version = top.whole("outlayMapping", 0, u64::MAX)?;
        if version != VERSION {
            return Err(MappingError {
                code: "mapping_version_unknown",
                key: "outlayMapping".to_owned(),
                message: format!(
                    "This version reads mappings of version {VERSION}, not {version}."
                ),
            });
        }
        let base = currency(&top.text("baseCurrency")?, "baseCurrency")?;
        let format: Format = word(&top.text("format")?, "format")?;
        let settings = settings(format, top.object("settings")?)?;
        let mapping = Mapping {
            name: top.text_or("name", "")?,
            base,
            journal: top.text_or("journal", "")?,
            first_number: top.whole_or("firstNumber", 1, 1, 9_000_000)?,
            rounding_account: top.text_or("roundingAccount", "")?,
            tax_code_required: top.truth_or("taxCodeRequired", false)?,
            vendor_required: top.truth_or("vendorRequired", false)?,
            reversed: top
                .words("reversedTypes")?
                .iter()
                .map(|one| kind(one))
                .collect(),
            texts: texts(&mut top)?,
            accounts: top.list("accounts", code_rule)?,
            contra: top.list("contraAccounts", contra_rule)?,
            tax_codes: top.list("taxCodes", tax_rule)?,
            currencies: top.list("currencies", currency_rule)?,
            tags: top.list("tags", tag_rule)?,
            vendors: top.list("vendors", code_rule)?,
            settings,
        };
        top.end()?;
        mapping.check()?;
        Ok(mapping)
    }
}

fn currency(text: &str, key: &str) -> Checked<Currency> {
    Currency::new(text).ok_or_else(|| invalid(key, "A currency code, such as EUR."))
}

fn kind(text: &str) -> ExportItemType {
    ExportItemType::from(text)
}

/// A value that is one word of a list.
fn word<T: Wire>(text: &str, key: &str) -> Checked<T> {
    let mut reading = Reading::default();
    let value = T::take(Value::Text(text.to_owned()), &mut reading);
    match reading.fault() {
        None => Ok(value),
        Some(_) => Err(invalid(key, format!("{text:?} is not one of the values."))),
    }
}

fn rate(keys: &mut Keys, name: &str) -> Checked<Option<Rate>> {
    let text = keys.text_or(name, "")?;
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || {
        invalid(
            &keys.key(name),
            "A decimal number in quotation marks, such as \"0.25\".",
        )
    };
    Rate::parse(&text).map(Some).ok_or_else(wrong)
}

fn filled(keys: &mut Keys, name: &str) -> Checked<String> {
    let text = keys.text(name)?;
    match text.trim().is_empty() {
        true => Err(invalid(&keys.key(name), "This may not be empty.")),
        false => Ok(text),
    }
}

fn texts(top: &mut Keys) -> Checked<Texts> {
    let default = Texts::default();
    let Some(mut keys) = top.object_or_none("texts")? else {
        return Ok(default);
    };
    let texts = Texts {
        entry: keys.text_or("entry", &default.entry)?,
        line: keys.text_or("line", &default.line)?,
        document: keys.text_or("document", &default.document)?,
        rounding: keys.text_or("rounding", &default.rounding)?,
    };
    keys.end()?;
    Ok(texts)
}

fn code_rule(keys: &mut Keys) -> Checked<CodeRule> {
    Ok(CodeRule {
        from: filled(keys, "from")?,
        to: filled(keys, "to")?,
    })
}

fn contra_rule(keys: &mut Keys) -> Checked<ContraRule> {
    let code = keys.text_or("currency", "")?;
    let of_kind = keys.text_or("type", "")?;
    Ok(ContraRule {
        kind: (!of_kind.is_empty()).then(|| kind(&of_kind)),
        currency: match code.as_str() {
            "" => None,
            code => Some(currency(code, &keys.key("currency"))?),
        },
        to: filled(keys, "to")?,
    })
}

fn tax_rule(keys: &mut Keys) -> Checked<TaxRule> {
    Ok(TaxRule {
        from: filled(keys, "from")?,
        to: keys.text("to")?,
        rate: rate(keys, "rate")?,
        ingoing: keys.text_or("ingoing", "")?,
        outgoing: keys.text_or("outgoing", "")?,
    })
}

fn currency_rule(keys: &mut Keys) -> Checked<CurrencyRule> {
    Ok(CurrencyRule {
        from: currency(&keys.text("from")?, &keys.key("from"))?,
        to: filled(keys, "to")?,
        rate: rate(keys, "rate")?,
    })
}

fn tag_rule(keys: &mut Keys) -> Checked<TagRule> {
    Ok(TagRule {
        group: filled(keys, "group")?,
        to: keys.text_or("to", "")?,
        required: keys.truth_or("required", false)?,
    })
}

fn settings(format: Format, mut keys: Keys) -> Checked<Settings> {
    let settings = match format {
        Format::Csv => Settings::Csv(CsvSettings {
            layout: word(&keys.text("layout")?, "settings.layout")?,
            tax_lines: keys.truth_or("taxLines", false)?,
            separator: word(&keys.text_or("separator", "comma")?, "settings.separator")?,
            decimal_comma: keys.truth_or("decimalComma", false)?,
            dates: word(&keys.text_or("dates", "yyyy-mm-dd")?, "settings.dates")?,
            encoding: word(&keys.text_or("encoding", "utf-8")?, "settings.encoding")?,
            header: keys.truth_or("header", true)?,
            longest_text: match keys.whole_or("longestText", 0, 0, 100_000)? {
                0 => None,
                longest => Some(longest as usize),
            },
            columns: keys.list("columns", column)?,
        }),
        Format::Sie => Settings::Sie(SieSettings {
            company: keys.text("company")?,
            organisation_number: keys.text_or("organisationNumber", "")?,
            numbered: keys.truth_or("numbered", true)?,
            quoted_numbers: keys.truth_or("quotedNumbers", false)?,
            longest_text: keys.whole_or("longestText", 50, 10, 1_000)? as usize,
        }),
        Format::Datev => Settings::Datev(DatevSettings {
            consultant: keys.whole("consultant", 1_001, 9_999_999)? as u32,
            client: keys.whole("client", 1, 99_999)? as u32,
            year_start: {
                let text = keys.text("yearStart")?;
                Date::parse(&text)
                    .ok_or_else(|| invalid("settings.yearStart", "A date, such as 2026-01-01."))?
            },
            account_length: keys.whole_or("accountLength", 4, 4, 8)? as usize,
            batch_name: keys.text_or("batchName", "")?,
            initials: keys.text_or("initials", "")?,
            chart: keys.text_or("chart", "")?,
            lock: keys.truth_or("lock", false)?,
            automatic_accounts: keys.list("automaticAccounts", |keys| {
                Ok(AutomaticAccount {
                    account: filled(keys, "account")?,
                    rate: rate(keys, "rate")?
                        .ok_or_else(|| invalid(&keys.key("rate"), "A rate is needed."))?,
                })
            })?,
        }),
        Format::Xero => Settings::Xero(XeroSettings {
            amounts: word(&keys.text("amounts")?, "settings.amounts")?,
            no_tax: keys.text("noTax")?,
            lines_per_file: keys.whole_or("linesPerFile", 300, 2, 300)? as usize,
        }),
        Format::QuickBooks => Settings::QuickBooks(QuickBooksSettings {
            dates: word(&keys.text_or("dates", "dd/mm/yyyy")?, "settings.dates")?,
        }),
        Format::Economic => Settings::Economic(EconomicSettings {
            header: keys.truth_or("header", true)?,
        }),
    };
    keys.end()?;
    Ok(settings)
}

fn column(keys: &mut Keys) -> Checked<Column> {
    let header = keys.text_or("header", "")?;
    let (value, fixed, tag) = (
        keys.optional("value")?,
        keys.optional("fixed")?,
        keys.optional("tag")?,
    );
    let switched = keys.truth_or("switchSign", false)?;
    let value = match (value, fixed, tag) {
        (Some(field), None, None) => ColumnValue::Field {
            field: word(&field, &keys.key("value"))?,
            switched,
        },
        (None, Some(fixed), None) if !switched => ColumnValue::Fixed(fixed),
        (None, None, Some(group)) if !switched => ColumnValue::Tag(group),
        _ => {
            return Err(invalid(
                &keys.path,
                "One of value, fixed and tag; switchSign with value alone.",
            ));
        }
    };
    Ok(Column { header, value })
}
