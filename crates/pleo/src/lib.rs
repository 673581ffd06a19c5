//! Pleo's External API as types: values in, values out, no network, no clock.
//!
//! In reading order:
//!
//! - [`operation`] names each call with its method, path and scope;
//! - [`request`] builds the path, query and body of each;
//! - [`identity`], [`company`], [`employee`] and [`entry`] are the models, with Pleo's field names;
//! - [`status`] holds the enumerations, all open: a value that Pleo adds tomorrow still parses;
//! - [`filter`] is the body of the entry search;
//! - [`paging`] is the envelope around every answer;
//! - [`problem`] reads an error body;
//! - [`scope`] says what each scope permits, and how sure we are;
//! - [`subject`] reads the URN of the company that a token acts for;
//! - [`catalogue`] is the whole API as data, for an explorer and for checking requests;
//! - [`registration`] holds what a partner hands to Pleo against Pleo's rules;
//! - [`money`], [`currency`], [`number`] and [`time`] are the values inside the models.
//!
//! Ids are plain strings: they come from Pleo and go back to Pleo unread.

#![deny(missing_docs, clippy::float_arithmetic)]

pub mod catalogue;
pub mod company;
pub mod currency;
pub mod employee;
pub mod entry;
pub mod filter;
pub mod identity;
pub mod money;
pub mod number;
mod open;
pub mod operation;
pub mod paging;
pub mod problem;
pub mod registration;
pub mod request;
pub mod scope;
pub mod status;
pub mod subject;
pub mod time;

pub use company::{Address, Company};
pub use currency::Currency;
pub use employee::Employee;
pub use entry::{AccountingEntry, AccountingEntryTag, Attendee, EntrySupplier, SplitItem};
pub use identity::Introspection;
pub use money::Money;
pub use operation::{Method, Operation};
pub use paging::{Envelope, Page, Pagination};
pub use problem::ApiProblem;
pub use request::ApiRequest;
pub use subject::Subject;

/// The id that stands for "I don't know" in `accountId` and `tagId`: the user was asked and could
/// not say.
pub const UNKNOWN_ID: &str = "00000000-0000-0000-0000-000000000000";
