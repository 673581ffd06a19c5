//! Instants and days: what is read can be written and read again, and means the same.

use outlay_pleo::time::{Date, Instant};

use crate::source::ByteSource;

const SECONDS_PER_DAY: i64 = 86_400;

/// Days from 0000-01-01 to 9999-12-31.
const DAYS: (i64, i64) = (-719_528, 2_932_896);

/// Checks a text, and an instant that the bytes make.
pub fn time(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if let Some(instant) = Instant::parse(&text) {
        assert!(instant.nanos < 1_000_000_000);
        // An offset may lead out of the years that can be written.
        if (0..=9_999).contains(&instant.date().year) {
            comes_back(instant);
        }
    }
    if let Some(date) = Date::parse(&text) {
        assert_eq!(date.to_string(), text);
        assert_eq!(Date::from_days(date.days()), date);
    }
    made(&mut ByteSource::new(input));
}

fn comes_back(instant: Instant) {
    let written = instant.format(9);
    assert_eq!(Instant::parse(&written), Some(instant), "{written}");
    let whole = Instant {
        nanos: 0,
        ..instant
    };
    assert_eq!(Instant::parse(&instant.format(0)), Some(whole));
    assert_eq!(
        instant.date().to_string(),
        written.get(..10).unwrap_or_default()
    );
}

/// An instant, written in another offset, is the same instant.
fn made(source: &mut ByteSource<'_>) {
    let (first, last) = DAYS;
    // A day from either end, which an offset could lead out of.
    let day = first + 1 + source.number().rem_euclid(last - first - 1);
    let of_day = source.number().rem_euclid(SECONDS_PER_DAY);
    let instant = Instant {
        seconds: day * SECONDS_PER_DAY + of_day,
        nanos: u32::try_from(source.number().rem_euclid(1_000_000_000)).unwrap_or(0),
    };
    comes_back(instant);
    let (hours, minutes, east) = (source.below(24), source.below(60), source.bool());
    let offset = i64::try_from(hours * 3600 + minutes * 60).unwrap_or(0);
    let signed = if east { offset } else { -offset };
    let local = Instant {
        seconds: instant.seconds + signed,
        ..instant
    };
    if !(0..=9_999).contains(&local.date().year) {
        return;
    }
    let sign = if east { '+' } else { '-' };
    let local = local.format(9);
    let clock = local.trim_end_matches('Z');
    let written = format!("{clock}{sign}{hours:02}:{minutes:02}");
    assert_eq!(Instant::parse(&written), Some(instant), "{written}");
}
