//! `Retry-After` (RFC 9110 §10.2.3), as servers write it.

/// The pause that a `Retry-After` asks for, in milliseconds, at the wall-clock instant `now`, in
/// milliseconds since the Unix epoch.
///
/// Seconds with a fraction round up to whole seconds. Of values that were joined from several
/// headers the largest counts. A date that has passed is 0.
///
/// `parse_date` returns the instant of a date in milliseconds since the Unix epoch. It may accept
/// more forms than HTTP has, as a browser's `Date.parse` does: it is called for text of the three
/// forms of RFC 9110 §5.6.7 only, always with a time zone.
///
/// Returns `None` if the text holds neither seconds nor a date: such a header counts as absent, and
/// is no permission to send again at once.
#[must_use]
pub fn milliseconds(text: &str, now: u64, parse_date: &dyn Fn(&str) -> Option<u64>) -> Option<u64> {
    let date = |text: &str| {
        let at = parse_date(&dated(text)?)?;
        Some(at.saturating_sub(now))
    };
    let pieces: Vec<&str> = text.split(',').map(str::trim_ascii).collect();
    // Two forms of a date have a comma of their own.
    let pairs = pieces.windows(2).map(|pair| pair.join(", "));
    let dates = pairs.filter_map(|pair| date(&pair));
    let single = |piece: &&str| seconds(piece).or_else(|| date(piece));
    pieces.iter().filter_map(single).chain(dates).max()
}

/// The text, with its time zone, if it has one of the three forms of a date.
fn dated(text: &str) -> Option<String> {
    let mut shape = String::new();
    for byte in text.bytes() {
        let kind = match byte {
            b'0'..=b'9' => '9',
            b'a'..=b'z' | b'A'..=b'Z' => 'a',
            _ => char::from(byte),
        };
        if kind != 'a' || !shape.ends_with('a') {
            shape.push(kind);
        }
    }
    match &*shape {
        "a, 99 a 9999 99:99:99 a" | "a, 99-a-99 99:99:99 a" if text.ends_with("GMT") => {
            Some(text.to_owned())
        }
        "a a 99 99:99:99 9999" | "a a  9 99:99:99 9999" => Some([text, " GMT"].concat()),
        _ => None,
    }
}

/// Digits, with digits after a point where there is one, rounded up to whole seconds.
fn seconds(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let more = fraction.bytes().any(|byte| byte != b'0');
    let whole = whole.parse().unwrap_or(u64::MAX);
    Some(whole.saturating_add(more.into()).saturating_mul(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::UNIX_EPOCH;

    /// Fri, 27 Nov 2026 13:00:00 GMT
    const NOW: u64 = 1_795_784_400_000;

    fn parsed(text: &str) -> Option<u64> {
        milliseconds(text, NOW, &|date| {
            // The form of `asctime` has no time zone in HTTP.
            let date = match date.contains(',') {
                true => date,
                false => date.strip_suffix(" GMT")?,
            };
            let at = httpdate::parse_http_date(date).ok()?;
            let at = at.duration_since(UNIX_EPOCH).ok()?;
            Some(at.as_secs() * 1_000)
        })
    }

    #[test]
    fn retry_after_rounds_up_and_the_largest_value_is_used() {
        for (text, expected) in [
            ("0", Some(0)),
            ("0.0", Some(0)),
            ("1", Some(1)),
            (" 7 ", Some(7)),
            ("007", Some(7)),
            ("1.5", Some(2)),
            ("2.5", Some(3)),
            ("2.0", Some(2)),
            ("12.30", Some(13)),
            ("0.503", Some(1)),
            ("0.0001", Some(1)),
            ("299.997", Some(300)),
            ("120, 120", Some(120)),
            ("120,120", Some(120)),
            ("5, 120", Some(120)),
            ("120, 5.5, 7", Some(120)),
            ("5, nonsense", Some(5)),
            ("-1, 30", Some(30)),
        ] {
            let expected = expected.map(|seconds: u64| seconds * 1_000);
            assert_eq!(parsed(text), expected, "{text}");
        }
    }

    #[test]
    fn invalid_retry_after_is_absent() {
        for text in [
            "",
            " ",
            "-1",
            "-1.5",
            "+5",
            "5;",
            "10s",
            "10 s",
            "1e3",
            "0x10",
            "NaN",
            "Infinity",
            "soon",
            "1.",
            ".5",
            "1.2.3",
            "1.-5",
            "٣",
            ",",
            "5 5",
            "2026-11-27",
            "2026-11-27T13:00:05Z",
            "Nov 2026",
            "Fri, 27 Nov 2026",
            "Fri, 27 Nov 2026 13:00:05",
            "Fri, 27 Nov 2026 13:00:05 PST",
            "Fri Nov 27 13:00:05 2026 GMT",
            "27 Nov 2026 13:00:05 GMT",
            "Fri, 99 Nov 2026 13:00:05 GMT",
            "GMT",
            "Fri, 27 Nov 2026 13:00:05 GMT;",
            "null",
            "undefined",
            "120 seconds",
            "\u{fffd}",
        ] {
            assert_eq!(parsed(text), None, "{text:?}");
        }
    }

    #[test]
    fn all_http_date_formats_are_parsed() {
        for (text, expected) in [
            ("Fri, 27 Nov 2026 13:00:05 GMT", 5_000),
            ("Friday, 27-Nov-26 13:00:05 GMT", 5_000),
            ("Fri Nov 27 13:00:05 2026", 5_000),
            ("Tue Dec  1 13:00:00 2026", 4 * 24 * 3_600_000),
            ("Fri, 27 Nov 2026 12:00:00 GMT", 0),
            (
                "Fri, 27 Nov 2026 13:00:05 GMT, Fri, 27 Nov 2026 13:00:09 GMT",
                9_000,
            ),
            ("Fri, 27 Nov 2026 13:00:09 GMT, 5", 9_000),
            ("120, Fri, 27 Nov 2026 13:00:09 GMT", 120_000),
        ] {
            assert_eq!(parsed(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn overflowing_seconds_become_the_longest_delay() {
        for text in ["18446744073709551615", "99999999999999999999999999"] {
            assert_eq!(parsed(text), Some(u64::MAX), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_retry_after_is_parsed_without_panic(text in ".{0,40}") {
            let _ = parsed(&text);
        }

        #[test]
        fn fraction_never_shortens_the_delay(whole in 0u64..100_000, fraction in 0u32..1_000) {
            let asked = whole * 1_000 + u64::from(fraction);
            let found = parsed(&format!("{whole}.{fraction:03}"));
            prop_assert!(found.is_some_and(|found| found >= asked && found < asked + 1_000));
        }
    }
}
