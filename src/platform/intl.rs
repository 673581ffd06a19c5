//! Amounts, digits and separators as the browser's locale writes them. The names of months and other
//! words are in the language of the page, English: in a browser of another language, dates are
//! written as in British English with the digits of the browser's locale.
//!
//! Days are days in UTC, as Pleo states them, so that an entry has the same month on screen and in
//! every export, whatever the reader's time zone.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Function, Object, Reflect};
use outlay_pleo::Money;
use outlay_pleo::text::marked;
use outlay_pleo::time::{Date, Instant, Timestamp, Zone};
use outlay_table::Month;
use outlay_table::csv::DecimalSeparator;
use wasm_bindgen::JsValue;

use crate::messages::dates as messages;

/// Classes of `Intl`.
const DATES: &str = "DateTimeFormat";
const NUMBERS: &str = "NumberFormat";

/// In the options of a format with words: their language is that of the page.
const WORDS: (&str, &str) = ("", "");

thread_local! {
    /// Formats by key; about ten.
    static FORMATS: RefCell<Vec<(String, Option<Function>)>> = const { RefCell::new(Vec::new()) };
}

/// The day in UTC, for example `1 Mar 2026`. If `at` is no date, its text with marks for invisible
/// characters.
pub fn utc_day(at: &Timestamp) -> String {
    at.utc_day().map_or_else(|| marked(at.as_str()), day)
}

/// `1 Mar 2026`.
pub fn day(day: Date) -> String {
    let options = [WORDS, ("dateStyle", "medium"), ("timeZone", "UTC")];
    date(day, "day", &options)
}

/// The day as written, whatever its offset, for example `1 Mar 2026`; with a note if the local date
/// may be the next day.
pub fn written_day(at: &Timestamp) -> String {
    let Some(written) = at.parsed() else {
        return marked(at.as_str());
    };
    let shown = day(written.day);
    match written.may_be_local_midnight() {
        true => [&*shown, messages::MAYBE_NEXT_DAY].concat(),
        false => shown,
    }
}

/// For example `1 Mar 2026, 14:05 UTC`; with a note if the text has no time zone.
pub fn minute(at: &Timestamp) -> String {
    let Some(written) = at.parsed() else {
        return marked(at.as_str());
    };
    let options = [
        WORDS,
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZone", "UTC"),
        ("timeZoneName", "short"),
    ];
    let shown = instant(written.instant, "minute", &options);
    match written.zone {
        Zone::Missing => [&*shown, messages::NO_TIME_ZONE].concat(),
        _ => shown,
    }
}

/// For example `March 2026`.
pub fn month(month: Month) -> String {
    date(
        month.first_day(),
        "month",
        &[
            WORDS,
            ("month", "long"),
            ("year", "numeric"),
            ("timeZone", "UTC"),
        ],
    )
}

/// For example `Mar`.
pub fn month_short(month: Month) -> String {
    date(
        month.first_day(),
        "month_short",
        &[WORDS, ("month", "short"), ("timeZone", "UTC")],
    )
}

/// The time of day in the reader's time zone. `millis` is since the Unix epoch.
pub fn time_of_day(millis: u64) -> String {
    let options = [WORDS, ("timeStyle", "medium")];
    let format = format("time", DATES, &options);
    #[expect(clippy::cast_precision_loss, reason = "a Date is a double")]
    written(format, &JsValue::from_f64(millis as f64)).unwrap_or_default()
}

/// Hour and minute in the reader's time zone, with the weekday if `with_day`. `millis` is since the
/// Unix epoch.
pub fn clock_time(millis: u64, with_day: bool) -> String {
    let day = ("weekday", "short");
    let time = [("hour", "2-digit"), ("minute", "2-digit")];
    let format = match with_day {
        true => format("day_time", DATES, &[WORDS, day, time[0], time[1]]),
        false => format("clock_time", DATES, &[WORDS, time[0], time[1]]),
    };
    #[expect(clippy::cast_precision_loss, reason = "a Date is a double")]
    written(format, &JsValue::from_f64(millis as f64)).unwrap_or_default()
}

/// For example `1 Mar 2026, 14:05` in the reader's time zone. `millis` is since the Unix epoch.
pub fn day_and_time(millis: u64) -> String {
    let options = [WORDS, ("dateStyle", "medium"), ("timeStyle", "short")];
    let format = format("day_and_time", DATES, &options);
    #[expect(clippy::cast_precision_loss, reason = "a Date is a double")]
    written(format, &JsValue::from_f64(millis as f64)).unwrap_or_default()
}

/// RFC 3339 in UTC, for example `2026-03-01T14:05:00.000Z`. `millis` is since the Unix epoch.
pub fn iso(millis: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a Date is a double")]
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    date.to_iso_string().into()
}

/// The amount without its currency, for example `1,234.50`. Exact: the digits are passed to `Intl`
/// as text.
pub fn amount(money: &Money) -> String {
    let exact = money.decimal();
    let Some(digits) = money.currency.exponent() else {
        return exact;
    };
    let digits = digits.to_string();
    let options = [
        ("minimumFractionDigits", &*digits),
        ("maximumFractionDigits", &*digits),
    ];
    let key = ["amount", &digits].concat();
    let format = format(&key, NUMBERS, &options);
    written(format, &JsValue::from_str(&exact)).unwrap_or(exact)
}

/// The amount without its currency and without decimals that are 0 only: `100,000`, `0.5`.
pub fn amount_short(money: &Money) -> String {
    let exact = money.decimal();
    let Some(digits) = money.currency.exponent() else {
        return exact;
    };
    let digits = digits.to_string();
    let options = [
        ("minimumFractionDigits", "0"),
        ("maximumFractionDigits", &*digits),
    ];
    let key = ["amount_short", &digits].concat();
    let format = format(&key, NUMBERS, &options);
    written(format, &JsValue::from_str(&exact)).unwrap_or(exact)
}

/// A share in tenths of a per cent: `23.5%`, with a sign if it is a `change`.
pub fn percent(permille: i64, change: bool) -> String {
    let exact = outlay_pleo::money::decimal(permille, 3);
    let (key, sign) = match change {
        true => ("percent_change", "exceptZero"),
        false => ("percent", "auto"),
    };
    let options = [
        ("style", "percent"),
        ("minimumFractionDigits", "1"),
        ("maximumFractionDigits", "1"),
        ("signDisplay", sign),
    ];
    let format = format(key, NUMBERS, &options);
    written(format, &JsValue::from_str(&exact)).unwrap_or(exact)
}

/// The amount with its currency's code behind it.
pub fn money(money: &Money) -> String {
    // Keeps amount and code on one line.
    [&amount(money), "\u{a0}", money.currency.as_str()].concat()
}

/// The decimal separator of exported files: a comma if the browser's first language or the default
/// locale of its `Intl` has one. The two differ if the browser's language is not that of the
/// computer.
pub fn decimal_mark() -> DecimalSeparator {
    let language = super::window().and_then(|window| window.navigator().language());
    let locales = [language.map(JsValue::from), Some(JsValue::UNDEFINED)];
    let has_comma = |locale: JsValue| {
        let format = make(NUMBERS, &locale, &[], "format").ok();
        written(format, &JsValue::from_f64(1.5)).is_some_and(|text| text.contains([',', '\u{66b}']))
    };
    match locales.into_iter().flatten().any(has_comma) {
        true => DecimalSeparator::Comma,
        false => DecimalSeparator::Point,
    }
}

/// For example `12,300`.
pub fn count(number: usize) -> String {
    let exact = number.to_string();
    written(format("count", NUMBERS, &[]), &JsValue::from_str(&exact)).unwrap_or(exact)
}

/// The place of each of the texts, which differ, in the order of the browser's language, with numbers
/// in them by their value; `None` if the browser cannot sort them.
pub fn ranks(texts: &[&str]) -> Option<Vec<u32>> {
    let compare = member("collator", "Collator", &[("numeric", "true")], "compare")?;
    let sorted: Array = texts.iter().map(|text| JsValue::from_str(text)).collect();
    // Sorted by the engine: a comparison in WebAssembly would cross over for each pair.
    let sort: Function = Reflect::get(&sorted, &"sort".into()).ok()?.into();
    sort.call1(&sorted, &compare).ok()?;
    let places = sorted.iter().filter_map(|text| text.as_string()).zip(0..);
    let places: HashMap<String, u32> = places.collect();
    texts
        .iter()
        .map(|text| places.get(*text).copied())
        .collect()
}

fn date(day: Date, key: &str, options: &[(&str, &str)]) -> String {
    instant(day.midnight(), key, options)
}

fn instant(instant: Instant, key: &str, options: &[(&str, &str)]) -> String {
    let format = format(key, DATES, options);
    #[expect(clippy::cast_precision_loss, reason = "a Date is a double")]
    let millis = JsValue::from_f64(instant.unix_millis() as f64);
    written(format, &millis).unwrap_or_else(|| instant.format(0))
}

fn written(format: Option<Function>, value: &JsValue) -> Option<String> {
    format?.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

/// Returns the bound `format` of `new Intl[class](undefined, options)`, created once for each key.
fn format(key: &str, class: &str, options: &[(&str, &str)]) -> Option<Function> {
    member(key, class, options, "format")
}

/// The same for another bound member.
fn member(key: &str, class: &str, options: &[(&str, &str)], name: &str) -> Option<Function> {
    FORMATS.with_borrow_mut(|formats| {
        if let Some((_, format)) = formats.iter().find(|(known, _)| known == key) {
            return format.clone();
        }
        let locale = match options.contains(&WORDS) {
            true => locale_of_words(),
            false => JsValue::UNDEFINED,
        };
        let made = make(class, &locale, options, name).ok();
        formats.push((key.to_owned(), made.clone()));
        made
    })
}

/// The browser's locale if its language is English, else British English with the digits of the
/// browser's locale.
fn locale_of_words() -> JsValue {
    let resolved = || -> Option<(String, String)> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let class: Function = Reflect::get(&intl, &NUMBERS.into()).ok()?.into();
        let formatter = Reflect::construct(&class, &Array::new()).ok()?;
        let resolve: Function = Reflect::get(&formatter, &"resolvedOptions".into())
            .ok()?
            .into();
        let options = resolve.call0(&formatter).ok()?;
        let text = |name: &str| Reflect::get(&options, &name.into()).ok()?.as_string();
        Some((text("locale")?, text("numberingSystem")?))
    };
    let (locale, digits) = resolved().unwrap_or_default();
    match locale.split('-').next() {
        Some("en") => JsValue::UNDEFINED,
        _ if digits.is_empty() => JsValue::from_str("en-GB"),
        _ => JsValue::from_str(&["en-GB-u-nu-", &digits].concat()),
    }
}

fn make(
    class: &str,
    locale: &JsValue,
    options: &[(&str, &str)],
    name: &str,
) -> Result<Function, JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let class: Function = Reflect::get(&intl, &class.into())?.into();
    let given = Object::new();
    for (name, value) in options.iter().filter(|option| **option != WORDS) {
        Reflect::set(&given, &(*name).into(), &(*value).into())?;
    }
    let formatter = Reflect::construct(&class, &Array::of2(locale, &given))?;
    Ok(Reflect::get(&formatter, &name.into())?.into())
}
