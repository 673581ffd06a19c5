//! Calendar months, and spans of them.

use std::fmt;

use outlay_pleo::time::Date;

use crate::filter::DayRange;

/// A month of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Year, for example 2026.
    pub year: i64,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(date: Date) -> Month {
        Month {
            year: date.year,
            month: date.month,
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(&self) -> Date {
        Date {
            year: self.year,
            month: self.month,
            day: 1,
        }
    }

    /// The month that is `months` later, or earlier for a negative number.
    #[must_use]
    pub fn plus(self, months: i64) -> Month {
        let month = self.year * 12 + i64::from(self.month) - 1 + months;
        Month {
            year: month.div_euclid(12),
            month: u32::try_from(month.rem_euclid(12)).unwrap_or(0) + 1,
        }
    }

    /// Parses `2026-03`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Month> {
        let first = Date::parse(&[text, "-01"].concat())?;
        (text.len() == 7).then(|| Month::of(first))
    }
}

impl fmt::Display for Month {
    /// `2026-03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// One month or several in a row, of the years 0 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthSpan {
    first: Month,
    months: u32,
    days: DayRange,
}

impl MonthSpan {
    /// The `months` months that end with `last`; `None` for no months, and outside January of year 0 to
    /// November 9999: the last day is that before the month after.
    #[must_use]
    pub fn ending(last: Month, months: u32) -> Option<MonthSpan> {
        let first = last.plus(1 - i64::from(months));
        let after = Some(last.plus(1)).filter(|after| after.year <= 9999)?;
        let day = |month: Month| i32::try_from(month.first_day().days()).ok();
        let days = DayRange::new(Some(day(first)?), Some(day(after)? - 1))?;
        (months > 0).then_some(MonthSpan {
            first,
            months,
            days,
        })
    }

    /// The first month.
    #[must_use]
    pub fn first(self) -> Month {
        self.first
    }

    /// The last month.
    #[must_use]
    pub fn last(self) -> Month {
        self.first.plus(i64::from(self.months) - 1)
    }

    /// The number of months, from 1.
    #[must_use]
    pub fn months(self) -> u32 {
        self.months
    }

    /// The days of the months.
    #[must_use]
    pub fn days(self) -> DayRange {
        self.days
    }

    /// Returns whether the month is one of them.
    #[must_use]
    pub fn contains(self, month: Month) -> bool {
        (self.first..=self.last()).contains(&month)
    }

    /// The months, the oldest first.
    pub fn iter(self) -> impl Iterator<Item = Month> {
        (0..i64::from(self.months)).map(move |at| self.first.plus(at))
    }

    /// As many months, which end before the first one; `None` before year 0.
    #[must_use]
    pub fn before(self) -> Option<MonthSpan> {
        MonthSpan::ending(self.first.plus(-1), self.months)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    #[test]
    fn months_are_added_across_years_and_come_back_from_their_text() {
        let cases = [
            ("2026-03", 0, "2026-03"),
            ("2026-12", 1, "2027-01"),
            ("2026-01", -1, "2025-12"),
            ("2026-11", -12, "2025-11"),
            ("2026-11", 14, "2028-01"),
        ];
        for (from, months, to) in cases {
            assert_eq!(month(from).plus(months).to_string(), to);
        }
        for text in ["2026-13", "2026-3", "2026", "2026-03-01", "", "2026-00"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_has_its_months_their_days_and_as_many_months_before_it() {
        let year = MonthSpan::ending(month("2026-02"), 12).unwrap();
        assert_eq!(year.first().to_string(), "2025-03");
        assert_eq!(year.last().to_string(), "2026-02");
        assert_eq!(year.iter().count(), 12);
        assert_eq!(year.days().to_string(), ":2025-03-01..2026-02-28");
        assert_eq!(year.before().unwrap().first().to_string(), "2024-03");
        assert_eq!(year.before().unwrap().last().to_string(), "2025-02");
        assert!(year.contains(month("2025-03")) && !year.contains(month("2026-03")));
        let leap = MonthSpan::ending(month("2028-02"), 1).unwrap();
        assert_eq!(leap.days().to_string(), ":2028-02");
        assert_eq!(MonthSpan::ending(month("2026-02"), 0), None);
        assert_eq!(MonthSpan::ending(month("9999-12"), 1), None);
    }
}
