//! Instants as Pleo writes them: RFC 3339 with any number of fraction digits.
//!
//! Other systems write the same in forms that RFC 3339 does not have. The common ones are read too:
//! without seconds, with an offset as `+0200` or `+02`, with a blank for the `T` or before the offset,
//! with a comma before the fraction, with the name of a zone in brackets (RFC 9557), and without any
//! zone, which counts as UTC.

use outlay_wire::{Reading, Value, Wire, Writer};

/// An instant, in seconds since 1970-01-01T00:00:00Z and nanoseconds after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    /// Whole seconds; negative before 1970.
    pub seconds: i64,
    /// 0 to 999,999,999.
    pub nanos: u32,
}

/// A date-time as its text gives it: the instant, the day, the zone and the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime {
    /// The instant.
    pub instant: Instant,
    /// The day in the text: the local one if the text has an offset.
    pub day: Date,
    /// The zone in the text, which `instant` has applied already.
    pub zone: Zone,
    /// Whether the text is a date-time of RFC 3339, and no other form of one.
    pub is_rfc3339: bool,
}

/// The zone in the text of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// The text is a day without a time; its instant is the midnight in UTC.
    DayOnly,
    /// A time without a zone; it counts as UTC.
    Missing,
    /// Offset in seconds east of UTC; 0 for `Z`.
    Offset(i64),
}

impl DateTime {
    /// Reads an instant or a plain `YYYY-MM-DD`. `None` if the text is neither, or has a value that no
    /// calendar or clock has.
    pub fn parse(text: &str) -> Option<DateTime> {
        let trimmed = text.trim();
        let day = Date::parse(trimmed.get(..10)?)?;
        let mut midnight = day.midnight();
        let Some(time) = trimmed.get(10..).filter(|time| !time.is_empty()) else {
            return Some(DateTime {
                instant: midnight,
                day,
                zone: Zone::DayOnly,
                is_rfc3339: false,
            });
        };
        let mut strict = trimmed.len() == text.len() && !time.starts_with(' ');
        let time = time.strip_prefix(['T', 't', ' '])?;
        let (hour, rest) = two_digits(time)?;
        let (minute, mut rest) = two_digits(rest.strip_prefix(':')?)?;
        let mut second = 0;
        strict &= rest.starts_with(':');
        if let Some(more) = rest.strip_prefix(':') {
            (second, rest) = two_digits(more)?;
            if let Some(fraction) = rest.strip_prefix(['.', ',']) {
                strict &= !rest.starts_with(',');
                (midnight.nanos, rest) = nanos(fraction)?;
            }
        }
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (zone, zone_is_strict) = zone(rest)?;
        let east = match zone {
            Zone::Offset(seconds) => seconds,
            _ => 0,
        };
        let of_day = hour * 3600 + minute * 60 + second;
        let seconds = midnight.seconds + of_day - east;
        // A leap second ends a day of UTC; it counts as the second that follows.
        if second == 60 && seconds.rem_euclid(SECONDS_PER_DAY) != 0 {
            return None;
        }
        Some(DateTime {
            instant: Instant {
                seconds,
                ..midnight
            },
            day,
            zone,
            is_rfc3339: strict && zone_is_strict,
        })
    }

    /// Whether the text is 22:00 or 23:00 in UTC to the nanosecond. Such a day is most often the
    /// midnight of the day after in Central Europe, written in UTC.
    pub fn may_be_local_midnight(&self) -> bool {
        let of_day = self.instant.seconds.rem_euclid(SECONDS_PER_DAY);
        matches!(self.zone, Zone::Missing | Zone::Offset(0))
            && self.instant.nanos == 0
            && matches!(of_day, 79_200 | 82_800)
    }
}

/// A date-time of the API: its text, and what the text means. Reading the record parses it once. A
/// company may have a hundred thousand entries with several of these, so the parts are packed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timestamp {
    text: Box<str>,
    parsed: Option<Packed>,
}

/// A [`DateTime`] in 16 bytes: the day of the text follows from the instant and the offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Packed {
    seconds: i64,
    /// Those of the instant; [`LEAP`] more if the text is the second 60 of its day.
    nanos: u32,
    /// Minutes east of UTC; 0 without an offset.
    offset: i16,
    form: PackedForm,
}

/// A whole second in nanoseconds.
const LEAP: u32 = 1_000_000_000;

/// The zone and the form of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PackedForm {
    DayOnly,
    NoZone,
    /// With an offset, but no date-time of RFC 3339.
    Lenient,
    Rfc3339,
}

impl Packed {
    fn new(of: DateTime) -> Packed {
        let (form, offset) = match of.zone {
            Zone::DayOnly => (PackedForm::DayOnly, 0),
            Zone::Missing => (PackedForm::NoZone, 0),
            Zone::Offset(seconds) if of.is_rfc3339 => (PackedForm::Rfc3339, seconds / 60),
            Zone::Offset(seconds) => (PackedForm::Lenient, seconds / 60),
        };
        let Instant { seconds, nanos } = of.instant;
        let packed = Packed {
            seconds,
            nanos,
            // Less than a day, which `zone` ensures.
            offset: i16::try_from(offset).unwrap_or(0),
            form,
        };
        // A leap second counts as the second that follows, which belongs to the next day.
        match packed.day() == of.day {
            true => packed,
            false => Packed {
                nanos: nanos + LEAP,
                ..packed
            },
        }
    }

    fn instant(self) -> Instant {
        Instant {
            seconds: self.seconds,
            nanos: self.nanos % LEAP,
        }
    }

    /// The day as written.
    fn day(self) -> Date {
        let local = self.seconds + i64::from(self.offset) * 60 - i64::from(self.nanos >= LEAP);
        Date::from_days(local.div_euclid(SECONDS_PER_DAY))
    }

    fn date_time(self) -> DateTime {
        DateTime {
            instant: self.instant(),
            day: self.day(),
            zone: match self.form {
                PackedForm::DayOnly => Zone::DayOnly,
                PackedForm::NoZone => Zone::Missing,
                PackedForm::Lenient | PackedForm::Rfc3339 => {
                    Zone::Offset(i64::from(self.offset) * 60)
                }
            },
            is_rfc3339: self.form == PackedForm::Rfc3339,
        }
    }
}

impl Timestamp {
    /// The text as it was sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `None` if the text is neither a date-time nor a day; see [`DateTime::parse`].
    pub fn parsed(&self) -> Option<DateTime> {
        self.parsed.map(Packed::date_time)
    }

    /// `None` as for [`Timestamp::parsed`].
    pub fn instant(&self) -> Option<Instant> {
        self.parsed.map(Packed::instant)
    }

    /// The day in UTC. `None` as for [`Timestamp::parsed`].
    pub fn utc_day(&self) -> Option<Date> {
        Some(self.instant()?.date())
    }

    /// The day as written, whatever its offset. `None` as for [`Timestamp::parsed`].
    pub fn written_day(&self) -> Option<Date> {
        self.parsed.map(Packed::day)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Timestamp {
        Timestamp {
            text: text.into(),
            parsed: DateTime::parse(text).map(Packed::new),
        }
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Timestamp {
        Timestamp {
            parsed: DateTime::parse(&text).map(Packed::new),
            text: text.into(),
        }
    }
}

impl Wire for Timestamp {
    fn write(&self, out: &mut Writer) {
        out.text(&self.text);
    }

    #[inline(never)]
    fn take(json: Value, reading: &mut Reading) -> Timestamp {
        String::take(json, reading).into()
    }
}

impl Instant {
    /// As [`DateTime::parse`].
    pub fn parse(text: &str) -> Option<Instant> {
        Some(DateTime::parse(text)?.instant)
    }

    /// Milliseconds since the epoch, as a browser's `Date` takes them.
    pub fn unix_millis(&self) -> i64 {
        self.seconds * 1000 + i64::from(self.nanos / 1_000_000)
    }

    /// Returns the day in UTC, whatever the zone of the text.
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
    /// Year in the proleptic Gregorian calendar.
    pub year: i64,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl Date {
    /// Parses `YYYY-MM-DD`; `None` for a day that the month does not have.
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

    /// Its first instant in UTC.
    pub fn midnight(&self) -> Instant {
        Instant {
            seconds: self.days() * SECONDS_PER_DAY,
            nanos: 0,
        }
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

/// A number of two digits, and what follows.
fn two_digits(text: &str) -> Option<(i64, &str)> {
    Some((number(text.get(..2)?)?, text.get(2..)?))
}

/// Nanoseconds from at least one fraction digit, and what follows. Digits past the ninth are cut off.
fn nanos(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let digits = text.bytes().take(length).chain(std::iter::repeat(b'0'));
    let nanos = digits.take(9).fold(0, |nanos, digit| {
        nanos * 10 + u32::from(digit.wrapping_sub(b'0'))
    });
    (length > 0).then_some((nanos, text.get(length..)?))
}

/// What follows the time, and whether it is an offset of RFC 3339.
fn zone(text: &str) -> Option<(Zone, bool)> {
    // RFC 9557: the name only explains the offset.
    let offset = match text.split_once('[') {
        Some((offset, name)) if name.ends_with(']') => offset,
        Some(_) => return None,
        None => text,
    };
    let (offset, strict) = match offset.strip_prefix(' ') {
        Some(offset) => (offset, false),
        None => (offset, offset.len() == text.len()),
    };
    match offset {
        "" => return text.is_empty().then_some((Zone::Missing, false)),
        "Z" | "z" => return Some((Zone::Offset(0), strict)),
        "UTC" | "GMT" => return Some((Zone::Offset(0), false)),
        _ => {}
    }
    let (sign, digits) = match (offset.strip_prefix('+'), offset.strip_prefix('-')) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return None,
    };
    let (hours, rest) = two_digits(digits)?;
    let with_colon = rest.strip_prefix(':');
    let minutes = match with_colon.unwrap_or(rest) {
        "" if with_colon.is_none() => 0,
        minutes => two_digits(minutes).filter(|(_, end)| end.is_empty())?.0,
    };
    let seconds = sign * (hours * 3600 + minutes * 60);
    let fits = hours < 24 && minutes < 60;
    fits.then_some((Zone::Offset(seconds), strict && with_colon.is_some()))
}
