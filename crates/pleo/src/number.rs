//! JSON's numbers without floating point: exact, however they are written.

use std::cmp::Ordering;

/// A decimal number: its digits times a power of ten. `30`, `30.0` and `3e1` are the same one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Reads a number as JSON writes it. An exponent past all measure counts as the largest.
    #[must_use]
    pub fn parse(text: &str) -> Option<Decimal> {
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, exponent(power)?),
            None => (text, 0),
        };
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (mantissa, ""),
        };
        let all = [whole, fraction].concat();
        if whole.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let kept = all.trim_end_matches('0');
        let cut = (all.len() - kept.len()) as i64 - fraction.len() as i64;
        let digits = kept.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Decimal::from(0));
        }
        Some(Decimal {
            negative,
            digits,
            exponent: power.saturating_add(cut),
        })
    }

    /// Whether it has no fraction.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// The number times 10 to the power of `places`, where that is whole and fits.
    #[must_use]
    pub fn shifted(&self, places: u32) -> Option<i64> {
        let zeros = self.exponent.saturating_add(i64::from(places));
        if self.digits.is_empty() {
            return Some(0);
        }
        // 64 bits hold 19 digits.
        let zeros = usize::try_from(zeros).ok().filter(|zeros| *zeros < 20)?;
        let sign = if self.negative { "-" } else { "" };
        [sign, &self.digits, &"0".repeat(zeros)]
            .concat()
            .parse()
            .ok()
    }

    /// Where the first digit stands: 1 for the ones, 0 for the tenths.
    fn height(&self) -> i64 {
        self.exponent.saturating_add(self.digits.len() as i64)
    }

    fn compare_size(&self, other: &Decimal) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                let height = self.height().cmp(&other.height());
                height.then_with(|| self.digits.cmp(&other.digits))
            }
        }
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Decimal {
        let text = number.unsigned_abs().to_string();
        let kept = text.trim_end_matches('0');
        Decimal {
            negative: number < 0,
            digits: kept.to_owned(),
            exponent: if kept.is_empty() {
                0
            } else {
                (text.len() - kept.len()) as i64
            },
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
        }
    }
}

/// `12`, `+3`, `-4`; digits past 64 bits count as the largest power.
fn exponent(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(sign * digits.parse().unwrap_or(i64::MAX / 2).min(i64::MAX / 2))
}
