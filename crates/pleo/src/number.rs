//! JSON's numbers without floating point: exact, however they are written.

use std::cmp::Ordering;

use outlay_wire::{Reading, Value, Wire, Writer};

/// Exponents past this count as this: no number of the API comes near.
const LARGEST: i64 = i64::MAX / 2;

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
            exponent: power.saturating_add(cut).clamp(-LARGEST, LARGEST),
        })
    }

    /// Returns whether the value has no fraction: `1.00` and `1e2` are whole.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// `number` times 10 to the power of `places`.
    #[must_use]
    pub fn new(number: i64, places: i32) -> Decimal {
        let text = number.unsigned_abs().to_string();
        let digits = text.trim_end_matches('0');
        let cut = (text.len() - digits.len()) as i64;
        Decimal {
            negative: number < 0,
            digits: digits.to_owned(),
            exponent: if number == 0 {
                0
            } else {
                cut + i64::from(places)
            },
        }
    }

    /// The number times 10 to the power of `places`, where that is whole and fits.
    #[must_use]
    pub fn shifted(&self, places: i32) -> Option<i64> {
        if self.digits.is_empty() {
            return Some(0);
        }
        // 64 bits hold 19 digits.
        let zeros = self.exponent.saturating_add(i64::from(places));
        let zeros = usize::try_from(zeros).ok().filter(|zeros| *zeros < 20)?;
        let sign = if self.negative { "-" } else { "" };
        let digits = [sign, &self.digits, &"0".repeat(zeros)].concat();
        digits.parse().ok()
    }

    /// The number times 10 to the power of `places`, rounded to a whole number, halves away from zero.
    /// `None` if that does not fit into 64 bits.
    #[must_use]
    pub fn rounded(&self, places: i32) -> Option<i64> {
        let power = self.exponent.saturating_add(i64::from(places));
        if self.digits.is_empty() || power >= 0 {
            return self.shifted(places);
        }
        let dropped = usize::try_from(power.unsigned_abs()).unwrap_or(usize::MAX);
        let Some(kept) = self.digits.len().checked_sub(dropped) else {
            // At most the first digit after the point counts, and that is a zero.
            return Some(0);
        };
        let (whole, rest) = self.digits.split_at(kept);
        let whole: i64 = match whole {
            "" => 0,
            digits => digits.parse().ok()?,
        };
        let up = i64::from(rest.as_bytes().first().is_some_and(|digit| *digit >= b'5'));
        let size = whole.checked_add(up)?;
        Some(if self.negative { -size } else { size })
    }

    /// The number in digits: `-0.25`, `1500`; with an exponent where it has very many.
    fn text(&self) -> String {
        const MOST: usize = 40;
        let sign = if self.negative { "-" } else { "" };
        if self.digits.is_empty() {
            return "0".to_owned();
        }
        let zeros = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(usize::MAX);
        if zeros > MOST {
            return format!("{sign}{}e{}", self.digits, self.exponent);
        }
        if self.exponent >= 0 {
            return [sign, &self.digits, &"0".repeat(zeros)].concat();
        }
        let padded = format!("{:0>width$}", self.digits, width = zeros + 1);
        let (whole, fraction) = padded.split_at(padded.len() - zeros);
        format!("{sign}{whole}.{fraction}")
    }

    /// Position of the first digit: 1 for the ones, 0 for the tenths.
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
        Decimal::new(number, 0)
    }
}

impl Wire for Decimal {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.text());
    }

    fn take(json: Value, reading: &mut Reading) -> Decimal {
        let read = match &json {
            Value::Number(digits) => Decimal::parse(digits),
            _ => None,
        };
        reading.require(read.is_some());
        read.unwrap_or_else(|| Decimal::from(0))
    }
}

/// A whole number of 64 bits, however JSON writes it: `100`, `100.0`, `1e2`.
pub(crate) fn whole(json: &Value) -> Option<i64> {
    match json {
        Value::Number(digits) => json.as_i64().or_else(|| Decimal::parse(digits)?.shifted(0)),
        _ => None,
    }
}

/// A whole number of 64 bits that is written as digits in a text: `"1250"`, `"-7"`.
pub(crate) fn whole_of_text(json: &Value) -> Option<i64> {
    let text = json.as_str()?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
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
    Some(sign * digits.parse().unwrap_or(LARGEST).min(LARGEST))
}
