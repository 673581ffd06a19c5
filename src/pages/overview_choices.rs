//! What the overview is about, as the address states it: the date basis and the period.

use outlay_pleo::time::Date;
use outlay_table::filter::DayField;
use outlay_table::{Month, MonthSpan};

/// The parameter of the date basis: a [`DayField::key`]; absent for the purchase date.
pub const BASIS: &str = "basis";

/// The parameter of the period: a month, `2026-10`, or a year, `2026`; absent for the last twelve months.
pub const PERIOD: &str = "month";

/// Months that the chart shows.
const LISTED: u32 = 12;

/// Single months to choose from, the present one among them.
const OFFERED_MONTHS: i64 = 18;

/// The months that are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodChoice {
    /// The present month and the eleven before it.
    LastYear,
    /// One month.
    Month(Month),
    /// A calendar year.
    Year(i64),
}

/// The present month in UTC. `now` is in milliseconds since the Unix epoch.
pub fn running_month(now: i64) -> Month {
    Month::of(Date::from_days(now.div_euclid(86_400_000)))
}

/// The date basis of a parameter; the purchase date if it is absent or unknown.
pub fn basis(parameter: &str) -> DayField {
    DayField::of_key(parameter).unwrap_or(DayField::Date)
}

/// The parameter of a date basis; empty for the one that needs none.
pub fn basis_parameter(basis: DayField) -> &'static str {
    match basis {
        DayField::Date => "",
        basis => basis.key(),
    }
}

impl PeriodChoice {
    /// The period of a parameter; the last twelve months if it is absent or no period.
    pub fn of(parameter: &str) -> PeriodChoice {
        let year = || Some(Month::parse(&[parameter, "-12"].concat())?.year);
        let month = Month::parse(parameter).map(PeriodChoice::Month);
        let choice = month.or_else(|| year().map(PeriodChoice::Year));
        choice
            .filter(|choice| choice.span(Month { year: 0, month: 12 }).is_some())
            .unwrap_or(PeriodChoice::LastYear)
    }

    /// The parameter; empty for the last twelve months.
    pub fn parameter(self) -> String {
        match self {
            PeriodChoice::LastYear => String::new(),
            PeriodChoice::Month(month) => month.to_string(),
            PeriodChoice::Year(year) => format!("{year:04}"),
        }
    }

    /// The months; `None` outside the years 0 to 9999.
    pub fn span(self, running: Month) -> Option<MonthSpan> {
        match self {
            PeriodChoice::LastYear => MonthSpan::ending(running, LISTED),
            PeriodChoice::Month(month) => MonthSpan::ending(month, 1),
            PeriodChoice::Year(year) => MonthSpan::ending(Month { year, month: 12 }, 12),
        }
    }

    /// The months of the chart: those of a year, else the last twelve, or twelve that end with a month
    /// which is not among them.
    pub fn listed(self, running: Month) -> Option<MonthSpan> {
        let last_year = MonthSpan::ending(running, LISTED)?;
        match self {
            PeriodChoice::Month(month) if !last_year.contains(month) => {
                MonthSpan::ending(month, LISTED)
            }
            PeriodChoice::Year(_) => self.span(running),
            _ => Some(last_year),
        }
    }

    /// The periods to choose from: the last twelve months, this year and the one before, single months,
    /// and the period in view if it is none of them.
    pub fn offered(self, running: Month) -> Vec<PeriodChoice> {
        let mut offered = vec![
            PeriodChoice::LastYear,
            PeriodChoice::Year(running.year),
            PeriodChoice::Year(running.year - 1),
        ];
        let months = (0..OFFERED_MONTHS).map(|back| PeriodChoice::Month(running.plus(-back)));
        offered.extend(months);
        if !offered.contains(&self) {
            offered.push(self);
        }
        offered
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
    fn the_address_states_basis_and_period_and_odd_values_count_as_absent() {
        assert_eq!(running_month(1_795_219_200_000), month("2026-11"));
        for (parameter, expected) in [
            ("booked", DayField::Booked),
            ("settled", DayField::Settled),
            ("date", DayField::Date),
            ("", DayField::Date),
            ("paid", DayField::Date),
        ] {
            assert_eq!(basis(parameter), expected, "{parameter}");
            let stated = basis_parameter(expected);
            assert_eq!(basis(stated), expected, "{parameter}");
        }
        for (parameter, expected) in [
            ("2026-10", PeriodChoice::Month(month("2026-10"))),
            ("2025", PeriodChoice::Year(2025)),
            ("", PeriodChoice::LastYear),
            ("2026-13", PeriodChoice::LastYear),
            ("9999-12", PeriodChoice::LastYear),
            ("9999", PeriodChoice::LastYear),
            ("october", PeriodChoice::LastYear),
        ] {
            let choice = PeriodChoice::of(parameter);
            assert_eq!(choice, expected, "{parameter}");
            assert_eq!(PeriodChoice::of(&choice.parameter()), choice);
        }
    }

    #[test]
    fn period_covers_twelve_months_with_the_current_one() {
        let running = month("2026-02");
        let span = PeriodChoice::LastYear.span(running).unwrap();
        assert_eq!((span.first(), span.last()), (month("2025-03"), running));
        let choice = PeriodChoice::Month(month("2025-12"));
        assert_eq!(choice.span(running).unwrap().months(), 1);
        assert_eq!(
            choice.listed(running),
            PeriodChoice::LastYear.listed(running)
        );
        let early = PeriodChoice::Month(month("2024-12"));
        assert_eq!(early.listed(running).unwrap().last(), month("2024-12"));
        let year = PeriodChoice::Year(2025);
        assert_eq!(year.span(running), year.listed(running));
        assert_eq!(year.span(running).unwrap().first(), month("2025-01"));
    }

    #[test]
    fn the_period_in_view_is_always_offered() {
        let running = month("2026-02");
        let offered = PeriodChoice::LastYear.offered(running);
        assert_eq!(offered.len(), 21);
        let early = PeriodChoice::Month(month("2020-01"));
        assert_eq!(early.offered(running).last(), Some(&early));
        assert_eq!(PeriodChoice::Year(2026).offered(running), offered);
    }
}
