//! Reading a mapping file: every key is known, and every value is one that the format allows.

use std::fmt;

use outlay_pleo::Currency;
use outlay_pleo::export::status::ExportItemType;
use outlay_pleo::time::Date;
use outlay_wire::{Reading, Value, Wire, parse};

use super::settings::{
    AutomaticAccount, Column, ColumnValue, CsvLayout, CsvSettings, DatevSettings, EconomicSettings,
    Field, Format, QuickBooksSettings, Settings, SieSettings, XeroSettings,
};
use super::{CodeRule, ContraRule, CurrencyRule, Mapping, TagRule, TaxRule, Texts, VERSION};
use crate::amount::{Rate, exponent};
use crate::template;

/// A file that is no valid mapping: the first problem with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingError {
    /// `mapping_not_json`, `mapping_version_unknown`, `mapping_key_missing`, `mapping_key_unknown`,
    /// `mapping_key_twice`, `mapping_value_invalid` or `mapping_rule_twice`.
    pub code: &'static str,
    /// The key, as `accounts[2].from`; empty for the whole file.
    pub key: String,
    /// The problem as a sentence for the user.
    pub message: String,
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.as_str() {
            "" => write!(f, "{} ({})", self.message, self.code),
            key => write!(f, "{key}: {} ({})", self.message, self.code),
        }
    }
}

impl std::error::Error for MappingError {}

type Checked<T> = Result<T, MappingError>;

fn invalid(key: &str, message: impl Into<String>) -> MappingError {
    MappingError {
        code: "mapping_value_invalid",
        key: key.to_owned(),
        message: message.into(),
    }
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    ///
    /// The first key that is missing, unknown, given twice, or has a value that is not allowed.
    pub fn from_json(text: &str) -> Checked<Mapping> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
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

    /// Checks what [`Mapping::from_json`] checks of a mapping that was made or changed in the program.
    ///
    /// # Errors
    ///
    /// The first value that is not allowed.
    pub fn check(&self) -> Checked<()> {
        if exponent(self.base).is_none() {
            return Err(invalid(
                "baseCurrency",
                "The decimals of this currency are not known.",
            ));
        }
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if self.journal.len() > 5 || !plain(&self.journal) {
            return Err(invalid(
                "journal",
                "At most five letters and digits without accents.",
            ));
        }
        for (key, text) in [
            ("texts.entry", &self.texts.entry),
            ("texts.line", &self.texts.line),
            ("texts.document", &self.texts.document),
        ] {
            if let Some(word) = template::fault(text) {
                return Err(invalid(key, format!("There is no placeholder {word:?}.")));
            }
        }
        let rules = |rules: &[CodeRule]| rules.iter().map(|rule| rule.from.clone()).collect();
        once("accounts", "from", rules(&self.accounts))?;
        once("vendors", "from", rules(&self.vendors))?;
        let froms = self
            .tax_codes
            .iter()
            .map(|rule| rule.from.clone())
            .collect();
        once("taxCodes", "from", froms)?;
        let groups = self.tags.iter().map(|rule| rule.group.clone()).collect();
        once("tags", "group", groups)?;
        let froms = self
            .currencies
            .iter()
            .map(|rule| rule.from.to_string())
            .collect();
        once("currencies", "from", froms)?;
        for (at, rule) in self.currencies.iter().enumerate() {
            let key = |name| format!("currencies[{at}].{name}");
            if rule.from == self.base {
                return Err(invalid(
                    &key("from"),
                    "The ledger's own currency needs no rule.",
                ));
            }
            if exponent(rule.from).is_none() {
                return Err(invalid(
                    &key("from"),
                    "The decimals of this currency are not known.",
                ));
            }
            if rule.rate.is_some_and(Rate::is_zero) {
                return Err(invalid(&key("rate"), "A rate is more than zero."));
            }
        }
        self.check_settings()
    }

    fn check_settings(&self) -> Checked<()> {
        let decimals = exponent(self.base).unwrap_or_default();
        match &self.settings {
            Settings::Csv(csv) => check_columns(csv)?,
            Settings::Sie(sie) => {
                let number = &sie.organisation_number;
                if !number.is_empty() && !is_organisation_number(number) {
                    return Err(invalid(
                        "settings.organisationNumber",
                        "Six digits, a hyphen and four digits.",
                    ));
                }
                if sie.company.trim().is_empty() {
                    return Err(invalid(
                        "settings.company",
                        "The format requires the company's name.",
                    ));
                }
                range("settings.longestText", sie.longest_text, 10, 1_000)?;
                for (at, rule) in self.tags.iter().enumerate() {
                    let digits = rule.to.bytes().all(|byte| byte.is_ascii_digit());
                    if rule.to.is_empty() || rule.to.len() > 4 || !digits {
                        let key = format!("tags[{at}].to");
                        return Err(invalid(
                            &key,
                            "The number of a dimension: 1 for cost centres, 6 for projects.",
                        ));
                    }
                }
            }
            Settings::Datev(datev) => self.check_datev(datev)?,
            Settings::Xero(xero) => {
                if xero.no_tax.trim().is_empty() {
                    return Err(invalid(
                        "settings.noTax",
                        "The full name of the rate without tax.",
                    ));
                }
                range("settings.linesPerFile", xero.lines_per_file, 2, 300)?;
                self.check_rates()?;
                let mut names: Vec<&str> = self.tags.iter().map(|rule| rule.to.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                if names.len() > 2 {
                    return Err(invalid(
                        "tags",
                        "The file has columns for two tracking categories.",
                    ));
                }
            }
            Settings::QuickBooks(_) | Settings::Economic(_) => {}
        }
        let has_hundredths = matches!(
            self.format(),
            Format::Sie | Format::Datev | Format::Xero | Format::QuickBooks
        );
        if has_hundredths && decimals > 2 {
            return Err(invalid("baseCurrency", "The format has two decimals."));
        }
        Ok(())
    }

    /// Xero computes the tax of each line, by the rate of that name.
    fn check_rates(&self) -> Checked<()> {
        for (at, rule) in self.tax_codes.iter().enumerate() {
            let key = |name| format!("taxCodes[{at}].{name}");
            if rule.to.trim().is_empty() {
                return Err(invalid(&key("to"), "The full name of the tax rate."));
            }
            if rule.rate.is_none() {
                return Err(invalid(
                    &key("rate"),
                    "The rate is needed, since the tax is computed of it.",
                ));
            }
            let others = self.tax_codes.iter().take(at);
            if others
                .into_iter()
                .any(|other| other.to == rule.to && other.rate != rule.rate)
            {
                return Err(invalid(
                    &key("rate"),
                    "The same name has another rate above.",
                ));
            }
        }
        Ok(())
    }

    fn check_datev(&self, datev: &DatevSettings) -> Checked<()> {
        if self.base.as_str() != "EUR" {
            return Err(invalid("baseCurrency", "The batch is in EUR."));
        }
        range(
            "settings.consultant",
            datev.consultant as usize,
            1_001,
            9_999_999,
        )?;
        range("settings.client", datev.client as usize, 1, 99_999)?;
        range("settings.accountLength", datev.account_length, 4, 8)?;
        let name_fits =
            |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | '.' | '-' | '/' | ' ');
        if datev.batch_name.len() > 30 || !datev.batch_name.chars().all(name_fits) {
            return Err(invalid(
                "settings.batchName",
                "At most 30 letters without accents, digits, spaces, . - / and _.",
            ));
        }
        let capitals = datev.initials.bytes().all(|byte| byte.is_ascii_uppercase());
        if !matches!(datev.initials.len(), 0 | 2) || !capitals {
            return Err(invalid(
                "settings.initials",
                "Two capital letters, or nothing.",
            ));
        }
        if !matches!(datev.chart.as_str(), "" | "03" | "04") {
            return Err(invalid("settings.chart", "03, 04, or nothing."));
        }
        if datev.year_start.day != 1 || !(2_000..2_099).contains(&datev.year_start.year) {
            return Err(invalid(
                "settings.yearStart",
                "The first day of a month of this century.",
            ));
        }
        for (at, rule) in self.tags.iter().enumerate() {
            if !matches!(rule.to.as_str(), "KOST1" | "KOST2") {
                return Err(invalid(&format!("tags[{at}].to"), "KOST1 or KOST2."));
            }
        }
        for (at, rule) in self.tax_codes.iter().enumerate() {
            let digits = rule.to.bytes().all(|byte| byte.is_ascii_digit());
            if rule.to.len() > 4 || !digits {
                return Err(invalid(
                    &format!("taxCodes[{at}].to"),
                    "A tax key has at most four digits; empty for no key.",
                ));
            }
        }
        Ok(())
    }
}

/// Whether the columns suffice to post the rows, and to read them again.
fn check_columns(csv: &CsvSettings) -> Checked<()> {
    let needs = |present: bool, what: &str| match present {
        true => Ok(()),
        false => Err(invalid(
            "settings.columns",
            format!("A column with {what} is needed."),
        )),
    };
    needs(
        csv.has(Field::Voucher) || csv.has(Field::Entry),
        "voucher or entry",
    )?;
    needs(csv.has(Field::Date), "date")?;
    needs(csv.has(Field::Account), "account")?;
    let both = csv.has(Field::Debit) && csv.has(Field::Credit);
    needs(
        csv.has(Field::Amount) || both,
        "amount, or debit and credit,",
    )?;
    if csv.layout == CsvLayout::Pairs {
        needs(csv.has(Field::ContraAccount), "contraAccount")?;
        if csv.tax_lines {
            return Err(invalid(
                "settings.taxLines",
                "Rows with two accounts are gross.",
            ));
        }
    }
    if let Some(longest) = csv.longest_text {
        range("settings.longestText", longest, 1, 100_000)?;
    }
    for (at, column) in csv.columns.iter().enumerate() {
        let key = format!("settings.columns[{at}]");
        if column.header.chars().any(char::is_control) {
            return Err(invalid(&key, "A header is one line."));
        }
        let ColumnValue::Field {
            field,
            switched: true,
        } = &column.value
        else {
            continue;
        };
        let amounts = [
            Field::Amount,
            Field::Debit,
            Field::Credit,
            Field::NetAmount,
            Field::TaxAmount,
            Field::OriginalAmount,
        ];
        if !amounts.contains(field) {
            return Err(invalid(
                &format!("{key}.switchSign"),
                "Only amounts have a sign.",
            ));
        }
    }
    Ok(())
}

fn is_organisation_number(text: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('-')
        .is_some_and(|(first, last)| digits(first, 6) && digits(last, 4))
}

fn range(key: &str, number: usize, least: usize, most: usize) -> Checked<()> {
    match (least..=most).contains(&number) {
        true => Ok(()),
        false => Err(invalid(key, format!("A number from {least} to {most}."))),
    }
}

/// Rejects a list with two rules for the same.
fn once(list: &str, name: &str, mut values: Vec<String>) -> Checked<()> {
    let given = values.clone();
    values.sort_unstable();
    let twice = values.windows(2).find(|pair| pair.first() == pair.last());
    let Some(value) = twice.and_then(|pair| pair.first()) else {
        return Ok(());
    };
    let at = given
        .iter()
        .rposition(|one| one == value)
        .unwrap_or_default();
    Err(MappingError {
        code: "mapping_rule_twice",
        key: format!("{list}[{at}].{name}"),
        message: format!("There is another rule for {value:?}."),
    })
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

/// The keys of an object, each taken once.
struct Keys {
    path: String,
    fields: Vec<(String, Value)>,
}

impl Keys {
    fn of(value: Value, path: &str) -> Checked<Keys> {
        let Value::Object(fields) = value else {
            return Err(invalid(path, "An object in braces."));
        };
        for (at, (name, _)) in fields.iter().enumerate() {
            if fields.iter().take(at).any(|(earlier, _)| earlier == name) {
                return Err(MappingError {
                    code: "mapping_key_twice",
                    key: join(path, name),
                    message: "The key is given twice.".to_owned(),
                });
            }
        }
        Ok(Keys {
            path: path.to_owned(),
            fields,
        })
    }

    fn key(&self, name: &str) -> String {
        join(&self.path, name)
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.fields.iter().position(|(known, _)| known == name)?;
        let (_, value) = self.fields.swap_remove(at);
        (value != Value::Null).then_some(value)
    }

    fn need(&mut self, name: &str) -> Checked<Value> {
        self.take(name).ok_or_else(|| MappingError {
            code: "mapping_key_missing",
            key: self.key(name),
            message: "The key is needed.".to_owned(),
        })
    }

    fn optional(&mut self, name: &str) -> Checked<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(&self.key(name), "A text in quotation marks.")),
        }
    }

    fn text(&mut self, name: &str) -> Checked<String> {
        match self.need(name)? {
            Value::Text(text) => Ok(text),
            _ => Err(invalid(&self.key(name), "A text in quotation marks.")),
        }
    }

    fn text_or(&mut self, name: &str, default: &str) -> Checked<String> {
        Ok(self.optional(name)?.unwrap_or_else(|| default.to_owned()))
    }

    fn truth_or(&mut self, name: &str, default: bool) -> Checked<bool> {
        match self.take(name) {
            None => Ok(default),
            Some(Value::Bool(value)) => Ok(value),
            Some(_) => Err(invalid(&self.key(name), "true or false.")),
        }
    }

    fn whole(&mut self, name: &str, least: u64, most: u64) -> Checked<u64> {
        let number = self.need(name)?.as_u64();
        let fits = number.filter(|number| (least..=most).contains(number));
        fits.ok_or_else(|| {
            invalid(
                &self.key(name),
                format!("A whole number from {least} to {most}."),
            )
        })
    }

    fn whole_or(&mut self, name: &str, default: u64, least: u64, most: u64) -> Checked<u64> {
        match self
            .fields
            .iter()
            .any(|(known, value)| known == name && *value != Value::Null)
        {
            true => self.whole(name, least, most),
            false => {
                self.take(name);
                Ok(default)
            }
        }
    }

    fn object(&mut self, name: &str) -> Checked<Keys> {
        let value = self.need(name)?;
        Keys::of(value, &self.key(name))
    }

    fn object_or_none(&mut self, name: &str) -> Checked<Option<Keys>> {
        let key = self.key(name);
        self.take(name)
            .map(|value| Keys::of(value, &key))
            .transpose()
    }

    fn list<T>(&mut self, name: &str, item: impl Fn(&mut Keys) -> Checked<T>) -> Checked<Vec<T>> {
        let key = self.key(name);
        let items = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Value::List(items)) => items,
            Some(_) => return Err(invalid(&key, "A list in brackets.")),
        };
        let mut read = Vec::new();
        for (at, value) in items.into_iter().enumerate() {
            let mut keys = Keys::of(value, &format!("{key}[{at}]"))?;
            read.push(item(&mut keys)?);
            keys.end()?;
        }
        Ok(read)
    }

    fn words(&mut self, name: &str) -> Checked<Vec<String>> {
        let key = self.key(name);
        let items = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Value::List(items)) => items,
            Some(_) => return Err(invalid(&key, "A list in brackets.")),
        };
        let texts = items.into_iter().enumerate().map(|(at, item)| match item {
            Value::Text(text) => Ok(text),
            _ => Err(invalid(
                &format!("{key}[{at}]"),
                "A text in quotation marks.",
            )),
        });
        texts.collect()
    }

    /// Rejects what was not taken.
    fn end(&self) -> Checked<()> {
        match self.fields.first() {
            None => Ok(()),
            Some((name, _)) => Err(MappingError {
                code: "mapping_key_unknown",
                key: self.key(name),
                message: "There is no such key.".to_owned(),
            }),
        }
    }
}

fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}
