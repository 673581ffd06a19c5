//! Instants as Pleo writes them: RFC 3339 with 0 to 9 fraction digits.

/// An instant, in seconds since 1970-01-01T00:00:00Z and nanoseconds after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    /// Whole seconds; negative before 1970.
    pub seconds: i64,
    /// 0 to 999,999,999.
    pub nanos: u32,
}

impl Instant {
    /// Reads an RFC 3339 date-time, or a plain `YYYY-MM-DD` as its midnight in UTC.
    pub fn parse(text: &str) -> Option<Instant> {
        let bytes = text.as_bytes();
        let date = Date::parse(text.get(..10)?)?;
        let midnight = date.days() * SECONDS_PER_DAY;
        if bytes.len() == 10 {
            return Some(Instant {
                seconds: midnight,
                nanos: 0,
            });
        }
        let separators = (*bytes.get(10)?, *bytes.get(13)?, *bytes.get(16)?);
        if !matches!(separators, (b'T' | b't' | b' ', b':', b':')) {
            return None;
        }
        let hour = number(text.get(11..13)?)?;
        let minute = number(text.get(14..16)?)?;
        // 60 is a leap second; it counts as the second that follows.
        let second = number(text.get(17..19)?)?;
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (nanos, zone) = fraction(text.get(19..)?)?;
        let seconds = midnight + hour * 3600 + minute * 60 + second - offset(zone)?;
        Some(Instant { seconds, nanos })
    }

    /// Milliseconds since the epoch, as a browser's `Date` takes them.
    pub fn unix_millis(&self) -> i64 {
        self.seconds * 1000 + i64::from(self.nanos / 1_000_000)
    }

    /// The day in UTC.
    pub fn date(&self) -> Date {
        Date::from_days(self.seconds.div_euclid(SECONDS_PER_DAY))
    }

    /// RFC 3339 in UTC with `digits` fraction digits, 0 to 9; what does not fit is cut off.
    pub fn format(&self, digits: usize) -> String {
        let of_day = self.seconds.rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        let mut text = format!("{}T{hour:02}:{minute:02}:{second:02}", self.date());
        let nanos = format!("{:09}", self.nanos);
        if let Some(kept) = nanos.get(..digits.min(9)).filter(|kept| !kept.is_empty()) {
            text.push('.');
            text.push_str(kept);
        }
        text.push('Z');
        text
    }
}

const SECONDS_PER_DAY: i64 = 86_400;

/// A day of the Gregorian calendar, from year 0 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year.
    pub year: i64,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl Date {
    /// Reads `YYYY-MM-DD`; a day that its month does not have is refused.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let date = Date {
            year: number(text.get(..4)?)?,
            month: u32::try_from(number(text.get(5..7)?)?).ok()?,
            day: u32::try_from(number(text.get(8..10)?)?).ok()?,
        };
        let fits = (1..=12).contains(&date.month) && Date::from_days(date.days()) == date;
        fits.then_some(date)
    }

    /// Days since 1970-01-01.
    pub fn days(&self) -> i64 {
        // Years that start in March have their leap day at the end.
        let month = i64::from(self.month);
        let year = self.year - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day so many days after 1970-01-01.
    pub fn from_days(days: i64) -> Date {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = (march_month + 2) % 12 + 1;
        Date {
            year: of_era + era * 400 + i64::from(month <= 2),
            month: u32::try_from(month).unwrap_or(1),
            day: u32::try_from(day).unwrap_or(1),
        }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn number(digits: &str) -> Option<i64> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// Splits `.123Z` into nanoseconds and zone.
fn fraction(text: &str) -> Option<(u32, &str)> {
    let Some(rest) = text.strip_prefix('.') else {
        return Some((0, text));
    };
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > 9 {
        return None;
    }
    let padded = format!("{:0<9}", rest.get(..length)?);
    Some((padded.parse().ok()?, rest.get(length..)?))
}

/// Seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" || zone == "z" {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    if zone.len() != 6 || zone.get(3..4) != Some(":") {
        return None;
    }
    let hours = number(zone.get(1..3)?)?;
    let minutes = number(zone.get(4..6)?)?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}
