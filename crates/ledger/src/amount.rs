//! Amounts in whole smallest units, rounded once, where a line is written.

use outlay_pleo::Currency;
use outlay_pleo::export::money::ExportMoney;
use outlay_pleo::number::Decimal;

/// The largest amount of a line, in smallest units: twelve digits, of which the DATEV format takes ten
/// before the comma and two after it.
pub const LARGEST: i64 = 999_999_999_999;

/// Decimal digits of the unit in which amounts are kept until they are written: no currency has more.
const SCALE: u32 = 6;

/// Decimal digits of [`Rate`].
const RATE_SCALE: i32 = 9;

/// An amount in millionths of the currency's unit, as exact as the export sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Micros(pub i128);

impl Micros {
    /// The amount of the export, which counts in hundredths. What is finer than a millionth of the unit
    /// is rounded. `None` if the amount does not fit into 64 bits.
    #[must_use]
    pub fn of(money: &ExportMoney) -> Option<Micros> {
        Some(Micros(money.value.rounded(4)?.into()))
    }

    /// Returns the millionths in the smallest unit of a currency with this exponent.
    #[must_use]
    pub fn per_minor(exponent: u32) -> Micros {
        Micros(10_i128.pow(SCALE.saturating_sub(exponent)))
    }

    /// Whole smallest units, halves rounded away from zero. `None` past [`LARGEST`].
    #[must_use]
    pub fn minor(self, exponent: u32) -> Option<i64> {
        bounded(rounded_division(self.0, Micros::per_minor(exponent).0))
    }

    /// As [`Micros::minor`], in another currency, of whose unit `rate` make one of this one's.
    #[must_use]
    pub fn converted(self, rate: Rate, exponent: u32) -> Option<i64> {
        let nanos = self.0.checked_mul(rate.0.into())?;
        let divisor = Micros::per_minor(exponent).0 * 10_i128.pow(RATE_SCALE.unsigned_abs());
        bounded(rounded_division(nanos, divisor))
    }
}

/// A rate or a tax rate in billionths: 0.25 is 250,000,000. Never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(i64);

impl Rate {
    /// The rate 0, of a line without tax.
    pub const ZERO: Rate = Rate(0);

    /// Reads `0.25` or `11.42`. `None` if the text is not a number as JSON writes it, is negative, has
    /// more than nine decimals, or is 1,000,000,000 or more.
    #[must_use]
    pub fn parse(text: &str) -> Option<Rate> {
        Rate::of(&Decimal::parse(text)?)
    }

    /// Converts a parsed number; as [`Rate::parse`].
    #[must_use]
    pub fn of(number: &Decimal) -> Option<Rate> {
        let billionths = number.shifted(RATE_SCALE)?;
        (0..1_000_000_000_000_000_000)
            .contains(&billionths)
            .then_some(Rate(billionths))
    }

    /// Returns whether the rate is 0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The rate as text, without zeros at the end: `0.25`.
    #[must_use]
    pub fn text(self) -> String {
        let digits = format!("{:010}", self.0);
        let (whole, fraction) = digits.split_at(digits.len() - 9);
        match fraction.trim_end_matches('0') {
            "" => whole.to_owned(),
            fraction => [whole, ".", fraction].concat(),
        }
    }

    /// Returns the tax on top of a net amount, rounded, in its smallest units.
    #[must_use]
    pub fn of_net(self, net: i64) -> i64 {
        narrowed(rounded_division(
            i128::from(net) * i128::from(self.0),
            1_000_000_000,
        ))
    }

    /// Returns the tax inside a gross amount, rounded, in its smallest units.
    #[must_use]
    pub fn of_gross(self, gross: i64) -> i64 {
        let rate = i128::from(self.0);
        narrowed(rounded_division(
            i128::from(gross) * rate,
            1_000_000_000 + rate,
        ))
    }
}

/// The decimal digits of a currency's smallest unit. `None` if the currency has no such unit, or it is
/// not known.
#[must_use]
pub fn exponent(currency: Currency) -> Option<u32> {
    currency.exponent().filter(|exponent| *exponent <= SCALE)
}

fn bounded(amount: i128) -> Option<i64> {
    i64::try_from(amount)
        .ok()
        .filter(|amount| amount.unsigned_abs() <= LARGEST.unsigned_abs())
}

/// A tax is never larger than its base by more than nine digits: this always fits.
fn narrowed(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}

/// Divides by a positive number; halves are rounded away from zero.
fn rounded_division(number: i128, by: i128) -> i128 {
    let half = by / 2 * number.signum();
    // An odd divisor has no half.
    (number + half) / by
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (number, by, expected) in [
            (5, 10, 1),
            (-5, 10, -1),
            (4, 10, 0),
            (-14, 10, -1),
            (15, 10, 2),
            (1, 3, 0),
            (2, 3, 1),
            (-2, 3, -1),
            (0, 7, 0),
        ] {
            assert_eq!(rounded_division(number, by), expected, "{number}/{by}");
        }
    }

    #[test]
    fn rates_are_read_and_written_exactly() {
        for (text, written) in [
            ("0.25", "0.25"),
            ("11.420", "11.42"),
            ("1e-9", "0.000000001"),
            ("0", "0"),
        ] {
            assert_eq!(Rate::parse(text).unwrap().text(), written);
        }
        for text in ["-1", "1e-10", "1e9", "a", ""] {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn tax_is_computed_of_net_and_of_gross() {
        let rate = Rate::parse("0.19").unwrap();
        assert_eq!((rate.of_net(10_000), rate.of_gross(11_900)), (1_900, 1_900));
        assert_eq!(
            (rate.of_net(-10_000), rate.of_gross(-11_900)),
            (-1_900, -1_900)
        );
    }

    #[test]
    fn amounts_are_converted_with_one_rounding() {
        let rate = Rate::parse("0.134068").unwrap();
        assert_eq!(Micros(34_900_000).converted(rate, 2), Some(468));
        assert_eq!(Micros(2_690_000).converted(rate, 2), Some(36));
        assert_eq!(Micros(1_005_000).minor(3), Some(1_005));
        assert_eq!(Micros(500_000).minor(0), Some(1));
        assert_eq!(Micros(i128::MAX).converted(rate, 2), None);
    }
}
