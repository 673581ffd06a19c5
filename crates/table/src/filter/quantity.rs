//! Decimal numbers of a filter, and ranges of them.

use std::fmt;

use outlay_pleo::text::figure;

use super::FilterErrorCode;

/// Digits of a number, at most; decimals, at most.
const MOST_DIGITS: usize = 18;
const MOST_DECIMALS: usize = 9;

/// A decimal number of at most 18 digits, 9 of them after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The digits, without zeros at the end of the decimals.
    digits: i64,
    /// How many of them are decimals.
    decimals: u32,
}

/// A range of numbers with optional ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// `amount:100`
    Exactly(Quantity),
    /// `amount>100`
    MoreThan(Quantity),
    /// `amount>=100`
    AtLeast(Quantity),
    /// `amount<100`
    LessThan(Quantity),
    /// `amount<=100`
    AtMost(Quantity),
    /// `amount:100..200`, both included.
    Between(Quantity, Quantity),
}

impl Quantity {
    /// `digits` with the last `decimals` of them after the point; `None` if that is too long.
    #[must_use]
    pub fn new(mut digits: i64, mut decimals: u32) -> Option<Quantity> {
        while decimals > 0 && digits % 10 == 0 {
            digits /= 10;
            decimals -= 1;
        }
        let fits = digits.unsigned_abs() < 10u64.pow(18) && decimals <= 9;
        fits.then_some(Quantity { digits, decimals })
    }

    /// Reads a number with a point, or in the manner of any locale where that is unambiguous.
    ///
    /// # Errors
    ///
    /// [`FilterErrorCode::NotANumber`], [`FilterErrorCode::AmbiguousNumber`] and [`FilterErrorCode::NumberTooLong`].
    pub fn parse(text: &str) -> Result<Quantity, FilterErrorCode> {
        let Some(plain) = figure(text) else {
            let has_others = text.chars().any(|c| c.is_alphabetic());
            return Err(match text.contains(',') && !has_others {
                true => FilterErrorCode::AmbiguousNumber,
                false => FilterErrorCode::NotANumber,
            });
        };
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let part = part.trim_end_matches('0');
        let digits = whole.trim_start_matches('-').trim_start_matches('0');
        if digits.len() + part.len() > MOST_DIGITS || part.len() > MOST_DECIMALS {
            return Err(FilterErrorCode::NumberTooLong);
        }
        let digits: i64 = [whole, part]
            .concat()
            .parse()
            .map_err(|_| FilterErrorCode::NumberTooLong)?;
        let decimals = u32::try_from(part.len()).unwrap_or(0);
        Quantity::new(digits, decimals).ok_or(FilterErrorCode::NumberTooLong)
    }

    /// The number in units of which 10 to the power of `exponent` make one: the largest not above it
    /// and the smallest not below it.
    #[must_use]
    pub fn in_minors(self, exponent: u32) -> (i128, i128) {
        let digits = i128::from(self.digits) * 10i128.pow(exponent.min(18));
        let unit = 10i128.pow(self.decimals);
        let floor = digits.div_euclid(unit);
        let ceiling = floor + i128::from(digits.rem_euclid(unit) > 0);
        (floor, ceiling)
    }

    fn is_above(self, other: Quantity) -> bool {
        let decimals = self.decimals.max(other.decimals);
        self.in_minors(decimals).0 > other.in_minors(decimals).0
    }
}

impl fmt::Display for Quantity {
    /// `-1250.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&outlay_pleo::money::decimal(self.digits, self.decimals))
    }
}

impl Range {
    /// Both included; `None` if the range ends before it begins.
    #[must_use]
    pub fn between(from: Quantity, to: Quantity) -> Option<Range> {
        match from == to {
            true => Some(Range::Exactly(from)),
            false => (!from.is_above(to)).then_some(Range::Between(from, to)),
        }
    }

    /// The first and the last number of minor units within the range; the last is below the first if
    /// there are none.
    #[must_use]
    pub fn minors(self, exponent: u32) -> (i64, i64) {
        const LEAST: i128 = i64::MIN as i128;
        const MOST: i128 = i64::MAX as i128;
        let floor = |number: Quantity| number.in_minors(exponent).0;
        let ceiling = |number: Quantity| number.in_minors(exponent).1;
        let (first, last) = match self {
            Range::Exactly(number) => (ceiling(number), floor(number)),
            Range::MoreThan(number) => (floor(number) + 1, MOST),
            Range::AtLeast(number) => (ceiling(number), MOST),
            Range::LessThan(number) => (LEAST, ceiling(number) - 1),
            Range::AtMost(number) => (LEAST, floor(number)),
            Range::Between(from, to) => (ceiling(from), floor(to)),
        };
        if first > last || first > MOST || last < LEAST {
            return (1, 0);
        }
        let clamp = |value: i128| i64::try_from(value.clamp(LEAST, MOST)).unwrap_or(0);
        (clamp(first), clamp(last))
    }
}
