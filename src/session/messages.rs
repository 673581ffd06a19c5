//! The texts about connections, and those of "Copy details".

#![allow(missing_docs, reason = "each text says itself what it is")]

/// How long this browser keeps a connection; `public/index.html` has the same texts.
pub const LIFETIME_TAB: &str =
    "In this browser, each tab signs in separately, and reloading the page signs you out.";
pub const LIFETIME_PAGE: &str = "In this browser, reloading the page can sign you out unless \
    another tab of this site is open.";

/// A connection without an application's name.
pub const CONNECTION: &str = "Connection";
/// Placed before the first characters of an id.
pub const COMPANY: &str = "company ";
pub const ORGANISATION: &str = "organisation ";

/// The names of several companies: the first and the number of the others.
pub fn and_more(first: &str, others: usize) -> String {
    format!("{first} and {others} more")
}

/// The error code that the authorization server sent.
pub fn answer(code: &str) -> String {
    ["Error code from Pleo: ", code].concat()
}

/// A status of the API with the server's description.
pub fn status_with(status: u16, words: &str) -> String {
    format!("HTTP {status}, {words}")
}

pub fn status(status: u16) -> String {
    format!("HTTP {status}")
}

/// The head of the text that "Copy details" copies.
pub fn details_head(version: &str, now: &str) -> String {
    ["Outlay ", version, "\nat: ", now].concat()
}

/// Placed after an event of the record.
pub fn duration(millis: u64) -> String {
    format!(" · {millis} ms")
}

/// Why a response is not as documented.
pub fn no_json(byte: usize) -> String {
    format!("not JSON at byte {byte}")
}

pub const NOT_DOCUMENTED: &str = "not as documented";

pub fn field(field: &str) -> String {
    ["field ", field].concat()
}
