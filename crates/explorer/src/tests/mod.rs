//! What is held for the whole API, and for values by chance.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod commands;
mod drafts;
mod kinds;
mod links;
mod messages;
mod outside;
mod secrets;
mod shared;
mod shells;
mod tools;
mod typed;

use std::sync::OnceLock;

use outlay_pleo::catalogue::{Catalogue, DOCUMENT, Endpoint};

/// Returns the catalogue as the build makes it.
pub fn catalogue() -> &'static Catalogue {
    static MADE: OnceLock<Catalogue> = OnceLock::new();
    MADE.get_or_init(|| Catalogue::of_openapi(DOCUMENT).unwrap())
}

/// Returns an operation of the catalogue; panics for an unknown id.
pub fn operation(id: &str) -> &'static Endpoint {
    catalogue().operation(id).unwrap()
}

/// A company's URN, and its id.
pub const SUBJECT: &str = "urn:pleo:company:0f8fad5b-d9cb-469f-a165-70867728950e";
pub const COMPANY: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
