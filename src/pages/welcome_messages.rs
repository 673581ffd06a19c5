//! The texts of the overview of a signed-out user. `public/index.html` has the same texts.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Your company's spend, in this browser only";
pub const LEAD: &str = "Outlay shows your company's spend from Pleo: totals by month and currency, \
    and every entry. There is no Outlay server between you and Pleo.";
/// Question and answer of each promise.
pub const PROMISES: [(&str, &str); 4] = [
    (
        "What Outlay can see",
        "Only what you allow on Pleo's own page.",
    ),
    (
        "Where the access is kept",
        "In the memory of this browser. Access tokens are never written to disk, put into an \
         address or logged, and this page cannot read them.",
    ),
    (
        "When access ends",
        "When you sign out, after a time without activity, or when you close the browser.",
    ),
    (
        "Known limitation",
        "Current best practice (RFC 10017) does not recommend browser-only apps for business \
         data: a malicious script in this site could start a sign-in of its own. A strict content \
         security policy and the absence of third-party scripts protect against that.",
    ),
];
pub const ENTRIES: &str = "Entries";
pub const CONNECT_FOR_ENTRIES: &str = "Connect to Pleo to see your company's entries.";
