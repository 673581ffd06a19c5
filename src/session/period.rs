//! The months that the overview sums up.

use outlay_pleo::time::Date;
use outlay_table::Month;

/// How many months the overview shows, the present one among them.
pub const MONTHS: i64 = 12;

/// The first instant of the period that ends in the month of `now` (milliseconds since the Unix
/// epoch), as Pleo's search takes it.
pub fn start(now: i64) -> String {
    let first = month(now, MONTHS - 1);
    format!("{first}-01T00:00:00Z")
}

/// Every month of the period, the newest first.
pub fn months(now: i64) -> Vec<Month> {
    (0..MONTHS).map(|back| month(now, back)).collect()
}

fn month(now: i64, back: i64) -> Month {
    let today = Date::from_days(now.div_euclid(86_400_000));
    let month = today.year * 12 + i64::from(today.month) - 1 - back;
    Month {
        year: month.div_euclid(12),
        month: u32::try_from(month.rem_euclid(12) + 1).unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn period_covers_twelve_months_with_the_current_one() {
        // 2026-11-21 and 2027-01-01, both UTC.
        assert_eq!(start(1_795_219_200_000), "2025-12-01T00:00:00Z");
        assert_eq!(start(1_798_761_600_000), "2026-02-01T00:00:00Z");
        let months: Vec<String> = months(1_798_761_600_000)
            .iter()
            .map(Month::to_string)
            .collect();
        assert_eq!(
            (months.len(), &*months[0], &*months[11]),
            (12, "2027-01", "2026-02")
        );
    }
}
