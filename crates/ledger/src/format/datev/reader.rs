//! Reads a DATEV Buchungsstapel under the rules of the import.

use outlay_pleo::time::Date;

use crate::mapping::{DateForm, DatevSettings, Mapping};
use crate::read::table::{Record, records};
use crate::read::{Computed, Read, ReadError, ReadRow, code_page, values};

/// Fields of the head, counted from 0, that have one value.
const HEAD: [(usize, &str); 14] = [
    (0, "EXTF"),
    (1, "700"),
    (2, "21"),
    (3, "Buchungsstapel"),
    (4, "13"),
    (6, ""),
    (9, ""),
    (18, "1"),
    (19, "0"),
    (21, "EUR"),
    (22, ""),
    (24, ""),
    (25, ""),
    (28, ""),
];

/// Names of columns that rows here have a value in, counted from 1.
const NAMES: [(usize, &str); 14] = [
    (1, "Umsatz (ohne Soll/Haben-Kz)"),
    (2, "Soll/Haben-Kennzeichen"),
    (3, "WKZ Umsatz"),
    (7, "Konto"),
    (8, "Gegenkonto (ohne BU-Schlüssel)"),
    (9, "BU-Schlüssel"),
    (10, "Belegdatum"),
    (11, "Belegfeld 1"),
    (12, "Belegfeld 2"),
    (14, "Buchungstext"),
    (37, "KOST1 - Kostenstelle"),
    (38, "KOST2 - Kostenstelle"),
    (114, "Festschreibung"),
    (125, "Abw. Skontokonto"),
];

/// Columns with a value in each row or some, counted from 1; all others are empty.
const FILLED: [usize; 13] = [1, 2, 3, 7, 8, 9, 10, 11, 12, 14, 37, 38, 114];

/// Columns of numbers among them: without quotation marks.
const NUMBERS: [usize; 5] = [1, 7, 8, 10, 114];

/// Reads a file.
///
/// # Errors
///
/// The first break of a rule: bytes, head, names, or a field of a row.
pub fn read(bytes: &[u8], mapping: &Mapping, settings: &DatevSettings) -> Read<Vec<ReadRow>> {
    let text = code_page::cp1252(bytes)?;
    let records = records(&text, ';', |line| if line == 1 { 31 } else { 125 })?;
    let [head, names, rows @ ..] = records.as_slice() else {
        return Err(ReadError::new(
            "read_header",
            1,
            "The head or the names of the columns are missing.",
        ));
    };
    let period = period(head, settings)?;
    for (column, name) in NAMES {
        if names.text(column - 1) != name {
            let message = format!("Column {column} is not named {name:?}.");
            return Err(ReadError::new("read_header", 2, message));
        }
    }
    let reader = Reader {
        mapping,
        settings,
        period,
    };
    rows.iter().map(|record| reader.row(record)).collect()
}

/// Checks the head and returns its period.
fn period(head: &Record, settings: &DatevSettings) -> Read<(Date, Date)> {
    let wrong = |field: usize| {
        let message = format!(
            "Field {} of the head has another value: {:?}.",
            field + 1,
            head.text(field)
        );
        ReadError::new("read_header", 1, message)
    };
    for (field, value) in HEAD {
        if head.text(field) != value {
            return Err(wrong(field));
        }
    }
    let number = |field: usize, least: u32, most: u32| {
        let read: Option<u32> = head.text(field).parse().ok();
        read.filter(|number| (least..=most).contains(number))
            .ok_or_else(|| wrong(field))
    };
    number(10, 1_001, 9_999_999)?;
    number(11, 1, 99_999)?;
    number(13, 4, 8)?;
    number(20, 0, 1)?;
    let created = head.text(5);
    if created.len() != 17 || !created.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong(5));
    }
    if head.text(16).chars().count() > 30 {
        return Err(wrong(16));
    }
    let day = |field: usize| values::date(head.text(field), DateForm::Compact, 1);
    let (start, first, last) = (day(12)?, day(14)?, day(15)?);
    // Rows have no year: the period must not hold the same day twice.
    if first > last
        || first < start
        || last.days() - start.days() > 365
        || start != settings.year_start
    {
        return Err(wrong(14));
    }
    Ok((first, last))
}

struct Reader<'a> {
    mapping: &'a Mapping,
    settings: &'a DatevSettings,
    period: (Date, Date),
}

impl Reader<'_> {
    fn row(&self, record: &Record) -> Read<ReadRow> {
        let line = record.line;
        for (at, cell) in record.cells.iter().enumerate() {
            let column = at + 1;
            let filled = FILLED.contains(&column);
            let number = NUMBERS.contains(&column);
            let sound = if filled {
                cell.quoted != number
            } else {
                cell.text.is_empty()
            };
            if !sound {
                let message = format!("Column {column} has another form: {:?}.", cell.text);
                return Err(ReadError::new("read_columns", line, message));
            }
        }
        let text = |column: usize| record.text(column - 1);
        let size = values::amount(text(1), ',', 2, line)?;
        if size <= 0 || text(1).len() > 13 {
            return Err(ReadError::new(
                "read_amount",
                line,
                "An amount is not positive, or has more than ten digits before the comma.",
            ));
        }
        let amount = match text(2) {
            "S" => size,
            "H" => -size,
            other => {
                return Err(ReadError::new(
                    "read_sign",
                    line,
                    format!("{other:?} is neither S nor H."),
                ));
            }
        };
        if text(3) != "EUR" {
            return Err(ReadError::new(
                "read_currency",
                line,
                "The currency of the row is not EUR.",
            ));
        }
        let key = text(9);
        if key.len() > 4 || !is_number(key) {
            return Err(ReadError::new(
                "read_tax_key",
                line,
                "A tax key has at most four digits.",
            ));
        }
        self.check_texts(record)?;
        let account = self.account(text(7), line)?;
        if text(114) != if self.settings.lock { "1" } else { "0" } {
            return Err(ReadError::new(
                "read_lock",
                line,
                "The lock flag differs from the mapping.",
            ));
        }
        Ok(ReadRow {
            line,
            group: values::filled(text(12), "Belegfeld 2", line)?,
            date: self.date(text(10), line)?,
            computed: self.tax(&account, key, amount, line)?,
            account,
            contra: Some(self.account(text(8), line)?),
            amount,
            currency: self.mapping.base,
            text: text(14).to_owned(),
            tax_code: key.to_owned(),
        })
    }

    fn check_texts(&self, record: &Record) -> Read<()> {
        let line = record.line;
        let text = |column: usize| record.text(column - 1);
        let document = |one: char| one.is_ascii_alphanumeric() || "$&%*+-/".contains(one);
        for (column, longest) in [(11, 36), (12, 12)] {
            let value = text(column);
            if value.is_empty() || value.len() > longest || !value.chars().all(document) {
                return Err(ReadError::new(
                    "read_document",
                    line,
                    format!("Column {column} cannot have {value:?}."),
                ));
            }
        }
        let length = text(14).chars().count();
        if !(1..=60).contains(&length) {
            return Err(ReadError::new(
                "read_text",
                line,
                "A text has 1 to 60 characters.",
            ));
        }
        for column in [37, 38] {
            let value = text(column);
            let word = |one: char| one.is_ascii_alphanumeric() || one == '_' || one == ' ';
            if value.len() > 36 || !value.chars().all(word) {
                return Err(ReadError::new(
                    "read_cost_centre",
                    line,
                    format!("Column {column} cannot have {value:?}."),
                ));
            }
        }
        Ok(())
    }

    fn account(&self, text: &str, line: usize) -> Read<String> {
        let fits = (1..=self.settings.account_length + 1).contains(&text.len());
        match fits && is_number(text) {
            true => Ok(text.to_owned()),
            false => Err(ReadError::new(
                "read_account",
                line,
                format!("{text:?} is not an account of this length."),
            )),
        }
    }

    /// The day of four digits in the year that puts it into the period.
    fn date(&self, text: &str, line: usize) -> Read<Date> {
        let wrong = || {
            ReadError::new(
                "read_date",
                line,
                format!("{text:?} is not a day of the period."),
            )
        };
        if text.len() != 4 || !is_number(text) {
            return Err(wrong());
        }
        let (day, month) = text.split_at(2);
        let (first, last) = self.period;
        let in_year = |year: i64| Date::parse(&format!("{year:04}-{month}-{day}"));
        let mut days = (first.year..=last.year)
            .filter_map(in_year)
            .filter(|day| (first..=last).contains(day));
        match (days.next(), days.next()) {
            (Some(day), None) => Ok(day),
            _ => Err(wrong()),
        }
    }

    /// The tax that the ledger takes out of the amount.
    fn tax(&self, account: &str, key: &str, amount: i64, line: usize) -> Read<Option<Computed>> {
        let automatic = self
            .settings
            .automatic_accounts
            .iter()
            .find(|one| one.account == account);
        let rate = match (automatic, key) {
            (Some(_), key) if !key.is_empty() => {
                let message = format!(
                    "The account {account} has its tax already, and the row has a tax key."
                );
                return Err(ReadError::new("read_tax_key", line, message));
            }
            (Some(automatic), _) => Some(automatic.rate),
            (None, "") => None,
            (None, key) => self
                .mapping
                .tax_codes
                .iter()
                .find(|rule| rule.to == key)
                .and_then(|rule| rule.rate),
        };
        let tax = rate
            .map(|rate| rate.of_gross(amount))
            .filter(|tax| *tax != 0);
        Ok(tax.map(Computed::Contained))
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
