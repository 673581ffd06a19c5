//! Amounts in whole smallest units, so that no cent is ever rounded.

use std::fmt;

use outlay_wire::{Reading, Value, Wire, Writer};

use crate::currency::Currency;
use crate::number::{whole, whole_of_text};

/// The text after an amount in smallest units of a currency that [`Currency::exponent`] does not know.
pub const UNKNOWN_DECIMALS: &str = "minor units, decimals not known";

/// An amount as the entries carry it: GBP 65.80 is 6580, ISK 1500 is 1500. Spend is positive, a
/// refund negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Currency that defines the unit of [`Money::minors`], an ISO 4217 code.
    pub currency: Currency,
    /// Amount in the currency's smallest unit: GBP 65.80 is 6580, ISK 1500 is 1500.
    pub minors: i64,
}

impl Wire for Money {
    fn write(&self, out: &mut Writer) {
        out.open();
        out.field("currency", &self.currency);
        out.field("minors", &self.minors);
        out.close();
    }

    fn take(mut json: Value, reading: &mut Reading) -> Money {
        reading.require(json.as_object().is_some());
        let currency = reading.field(&mut json, "currency");
        let Minors(minors) = reading.field(&mut json, "minors");
        Money { currency, minors }
    }
}

/// A whole number. Digits in a text are accepted too, and noted: they can mean nothing else.
struct Minors(i64);

impl Wire for Minors {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
    }

    fn take(json: Value, reading: &mut Reading) -> Minors {
        let minors = whole(&json).or_else(|| {
            let minors = whole_of_text(&json)?;
            reading.note_lenient();
            Some(minors)
        });
        reading.require(minors.is_some());
        Minors(minors.unwrap_or_default())
    }
}

impl Money {
    /// JSON names of the fields, in the order in which they are written.
    pub const FIELDS: &'static [&'static str] = &["currency", "minors"];

    /// The exact amount as decimal text without a currency or grouping: `-1234.50`, `1500`. Where
    /// the decimals of the currency are not known it is [`Money::minors`] with [`UNKNOWN_DECIMALS`],
    /// which no program takes for a number.
    pub fn decimal(&self) -> String {
        match self.currency.exponent() {
            Some(exponent) => decimal(self.minors, exponent),
            None => [&decimal(self.minors, 0), " ", UNKNOWN_DECIMALS].concat(),
        }
    }

    /// Returns the sum; `None` if the currencies differ or the sum overflows.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        if self.currency != other.currency {
            return None;
        }
        let minors = self.minors.checked_add(other.minors)?;
        Some(Money { minors, ..self })
    }
}

impl fmt::Display for Money {
    /// `-1234.50 EUR`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

/// Writes `minors` with `exponent` decimal digits, by moving the point in its digits.
pub fn decimal(minors: i64, exponent: u32) -> String {
    let places = exponent as usize;
    let mut digits = minors.unsigned_abs().to_string();
    if places > 0 {
        while digits.len() <= places {
            digits.insert(0, '0');
        }
        digits.insert(digits.len() - places, '.');
    }
    if minors < 0 {
        digits.insert(0, '-');
    }
    digits
}
