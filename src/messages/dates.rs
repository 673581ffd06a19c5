//! The notes after a date whose day or time zone is not certain.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const MAYBE_NEXT_DAY: &str =
    " (Pleo's time is 22:00 or 23:00 UTC: the local date may be the next day)";
pub const NO_TIME_ZONE: &str = " (no time zone given)";
