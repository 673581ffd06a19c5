//! The rules of a mapping that its types do not express: what belongs together, and the limits of each
//! file format.

use super::error::{Checked, MappingError, invalid};
use super::settings::{
    ColumnValue, CsvLayout, CsvSettings, DatevSettings, Field, Format, Settings,
};
use super::{CodeRule, Mapping};
use crate::amount::{Rate, exponent};
use crate::template;

impl Mapping {
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
                return Err(invalid(&key("rate"), "A rate must be above zero."));
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
            return Err(invalid("baseCurrency", "A DATEV batch must be in EUR."));
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
                "Only the sign of an amount can be switched.",
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
