//! Ranges of days, written as days, months and years.

use std::fmt;

use outlay_pleo::time::Date;

/// A range of days from year 0 to 9999, both ends included; at least one end is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    from: Option<i32>,
    to: Option<i32>,
}

/// The first and the last day of years 0 and 9999, in days since 1970.
const FIRST: i32 = -719_528;
const LAST: i32 = 2_932_896;

impl DayRange {
    /// From one day to another one, in days since 1970. `None` if both are absent, if the range ends
    /// before it begins, or if a day is not of the years 0 to 9999.
    #[must_use]
    pub fn new(from: Option<i32>, to: Option<i32>) -> Option<DayRange> {
        let is_calendar = |day: Option<i32>| day.is_none_or(|day| (FIRST..=LAST).contains(&day));
        let is_forward = match (from, to) {
            (Some(from), Some(to)) => from <= to,
            (None, None) => false,
            _ => true,
        };
        let fits = is_forward && is_calendar(from) && is_calendar(to);
        fits.then_some(DayRange { from, to })
    }

    /// Parses `2026-03-31`, `2026-03` or `2026` as a range of days.
    #[must_use]
    pub fn parse(text: &str) -> Option<DayRange> {
        let whole = |suffix: &str| Date::parse(&[text, suffix].concat());
        let (first, last) = match text.len() {
            4 => (whole("-01-01")?, whole("-12-31")?),
            7 => {
                let last = (28..=31).rev().find_map(|day| whole(&format!("-{day}")))?;
                (whole("-01")?, last)
            }
            _ => (whole("")?, whole("")?),
        };
        DayRange::new(Some(number(first)?), Some(number(last)?))
    }

    /// The first day, in days since 1970.
    #[must_use]
    pub fn from(self) -> Option<i32> {
        self.from
    }

    /// The last day, in days since 1970.
    #[must_use]
    pub fn to(self) -> Option<i32> {
        self.to
    }

    /// Returns whether the day is in the range; both ends are included.
    #[must_use]
    pub fn contains(self, day: i32) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl fmt::Display for DayRange {
    /// With the operator: `:2026-03`, `:2026-03-05..2026-04-10`, `>=2026-03-05`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = |day: i32| Date::from_days(i64::from(day)).to_string();
        match (self.from, self.to) {
            (Some(from), Some(to)) => {
                let text = date(from);
                let is_whole = |part: &&str| DayRange::parse(part) == Some(*self);
                let parts = [text.get(..4), text.get(..7), Some(&*text)];
                match parts.into_iter().flatten().find(is_whole) {
                    Some(part) => write!(f, ":{part}"),
                    None => write!(f, ":{text}..{}", date(to)),
                }
            }
            (Some(from), None) => write!(f, ">={}", date(from)),
            (None, Some(to)) => write!(f, "<={}", date(to)),
            (None, None) => Ok(()),
        }
    }
}

fn number(date: Date) -> Option<i32> {
    i32::try_from(date.days()).ok()
}
