//! The texts of the Connect page.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Connect Outlay to Pleo";
pub const LEAD: &str = "Outlay shows your company's spend in this browser only. You sign in on \
    Pleo's own page and choose there what Outlay can see. You can sign out at any time.";
/// The subject is placed between the two parts.
pub const SUBJECT: (&str, &str) = (
    "This link is for ",
    ". Choose the company to connect on Pleo's page.",
);
/// Placed before the names of the connected companies.
pub const CONNECTED: &str = "Already connected: ";
/// Placed between those names and the link.
pub const SENTENCE_END: &str = ". ";
pub const OVERVIEW: &str = "Go to the overview";
/// Placed after the link.
pub const OR_ANOTHER: &str = ", or connect another company.";

/// Joins the names of the connected companies.
pub fn names(names: &[String]) -> String {
    names.join(", ")
}
