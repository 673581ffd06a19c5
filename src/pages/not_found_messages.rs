//! The texts of the page for an unknown address.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Page not found";
pub const HINT: &str = "There is no page at this address. The link may be old or mistyped.";
pub const OVERVIEW: &str = "Go to the overview";
