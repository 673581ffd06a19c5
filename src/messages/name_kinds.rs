//! The kinds of names in an exported file, as the page lists those that are missing.

#![allow(missing_docs, reason = "each text says itself what it is")]

/// A kind of names and the scope that its requests need.
pub type NameKind = (&'static str, Option<&'static str>);

pub const ACCOUNTS: &str = "accounts";
pub const TAX_CODES: &str = "tax codes";
pub const TAGS: &str = "tags";
pub const SUPPLIERS: &str = "suppliers";
