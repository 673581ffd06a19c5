//! Amounts, dates and accounts of cells, read strictly.

use outlay_pleo::Currency;
use outlay_pleo::time::Date;

use super::{Read, ReadError};
use crate::mapping::{DateForm, Mapping};

/// An amount in smallest units: a minus sign or none, digits without a zero before others, and exactly so
/// many decimals after the mark.
pub(crate) fn amount(text: &str, mark: char, decimals: usize, line: usize) -> Read<i64> {
    let parsed = (|| {
        let (negative, size) = match text.strip_prefix('-') {
            Some(size) => (true, size),
            None => (false, text),
        };
        let (whole, fraction) = match (size.split_once(mark), decimals) {
            (None, 0) => (size, ""),
            (Some((whole, fraction)), 1..) if fraction.len() == decimals => (whole, fraction),
            _ => return None,
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let padded = whole.len() > 1 && whole.starts_with('0');
        if whole.is_empty() || padded || !digits(whole) || !digits(fraction) {
            return None;
        }
        let mut number: i64 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            number = number
                .checked_mul(10)?
                .checked_add(i64::from(digit - b'0'))?;
        }
        (!negative || number != 0).then_some(if negative { -number } else { number })
    })();
    parsed.ok_or_else(|| {
        let message = format!("{text:?} is not an amount with {decimals} decimals after {mark:?}.");
        ReadError::new("read_amount", line, message)
    })
}

/// A date in a form.
pub(crate) fn date(text: &str, form: DateForm, line: usize) -> Read<Date> {
    let (order, separator) = match form {
        DateForm::Iso => ("ymd", "-"),
        DateForm::DayFirst => ("dmy", "/"),
        DateForm::MonthFirst => ("mdy", "/"),
        DateForm::Dots => ("dmy", "."),
        DateForm::Dashes => ("dmy", "-"),
        DateForm::Compact => ("ymd", ""),
    };
    let parsed = (|| {
        let (mut year, mut month, mut day) = ("", "", "");
        let mut rest = text;
        for (at, part) in order.chars().enumerate() {
            if at > 0 {
                rest = rest.strip_prefix(separator)?;
            }
            let length = if part == 'y' { 4 } else { 2 };
            let (value, after) = rest.split_at_checked(length)?;
            match part {
                'y' => year = value,
                'm' => month = value,
                _ => day = value,
            }
            rest = after;
        }
        // The calendar is that of the API's dates: a month has the days that it has.
        rest.is_empty()
            .then(|| Date::parse(&format!("{year}-{month}-{day}")))?
    })();
    parsed.ok_or_else(|| {
        ReadError::new(
            "read_date",
            line,
            format!("{text:?} is not a date as {order:?}."),
        )
    })
}

/// The currency that the ledger names so, under the mapping.
pub(crate) fn currency(code: &str, mapping: &Mapping, line: usize) -> Read<Currency> {
    if code == mapping.base.as_str() {
        return Ok(mapping.base);
    }
    let rule = mapping
        .currencies
        .iter()
        .find(|rule| rule.to == code && rule.rate.is_none());
    let unknown = || {
        ReadError::new(
            "read_currency",
            line,
            format!("{code:?} is not a currency of the mapping."),
        )
    };
    rule.map(|rule| rule.from).ok_or_else(unknown)
}

/// Returns the decimals of a currency; 0 if unknown, which the check of the mapping rejects.
pub(crate) fn decimals(currency: Currency) -> usize {
    currency.exponent().unwrap_or_default() as usize
}

/// Rejects an empty cell.
pub(crate) fn filled(text: &str, what: &str, line: usize) -> Read<String> {
    match text.trim() == text && !text.is_empty() {
        true => Ok(text.to_owned()),
        false => Err(ReadError::new(
            "read_empty",
            line,
            format!("{what} is empty or has blanks at its ends."),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_exactly_their_decimals() {
        for (text, mark, decimals, expected) in [
            ("1234.50", '.', 2, 123_450),
            ("-0,05", ',', 2, -5),
            ("0.00", '.', 2, 0),
            ("1500", '.', 0, 1_500),
            ("1.005", '.', 3, 1_005),
        ] {
            assert_eq!(amount(text, mark, decimals, 1), Ok(expected), "{text}");
        }
        for text in [
            "",
            "1",
            "1.5",
            "1.505",
            "+1.00",
            "01.00",
            ".50",
            "1,00",
            "1.0a",
            "-0.00",
            "1 000.00",
            "99999999999999999999.00",
        ] {
            assert_eq!(amount(text, '.', 2, 7).unwrap_err().line, 7, "{text}");
        }
    }

    #[test]
    fn dates_are_read_in_one_form_only() {
        let day = Date {
            year: 2026,
            month: 2,
            day: 28,
        };
        for (text, form) in [
            ("2026-02-28", DateForm::Iso),
            ("28/02/2026", DateForm::DayFirst),
            ("02/28/2026", DateForm::MonthFirst),
            ("28.02.2026", DateForm::Dots),
            ("28-02-2026", DateForm::Dashes),
            ("20260228", DateForm::Compact),
        ] {
            assert_eq!(date(text, form, 1), Ok(day), "{text}");
        }
        for text in [
            "29/02/2026",
            "28/2/2026",
            "28/02/26",
            "28/02/2026 ",
            "2026-02-28",
            "28.02.2026",
            "２8/02/2026",
        ] {
            assert!(date(text, DateForm::DayFirst, 1).is_err(), "{text}");
        }
    }
}
