//! Pleo's External API as types: values in, values out, no network, no clock.
//!
//! In reading order:
//!
//! - [`operation`] names the calls that Outlay makes by itself, with method, path and scope;
//! - [`request`] builds the path, query and body of each;
//! - [`identity`], [`company`], [`employee`], [`entry`], [`receipt`], [`export`], [`tag`], [`tax_code`],
//!   [`account`] and [`vendor`] are the models of their answers and bodies, with Pleo's field names;
//!   [`id`] holds their ids;
//! - [`status`] holds the enumerations, all open: a value that Pleo adds tomorrow still parses;
//! - [`filter`] is the body of the entry search;
//! - [`paging`] is the envelope around every answer; [`list`] loads a list page by page and says
//!   whether it is complete; [`date_windows`] loads the entries in several date windows at once;
//! - [`problem`] reads an error body;
//! - [`scope`] says what each scope permits, and how sure we are;
//! - [`subject`] reads the URN of the company that a token acts for;
//! - [`catalogue`] is the whole API as data, for an explorer and for checking requests;
//! - [`registration`] holds what a partner hands to Pleo against Pleo's rules;
//! - [`money`], [`currency`], [`number`] and [`time`] are the values inside the models;
//! - [`text`] names the characters of a text that cannot be seen.
//!
//! Absent and `null` are the same: a field that may be either is an `Option`, and is left
//! out when it is written. Pleo's documents allow `null` only where a field may be absent too.

#![deny(missing_docs, clippy::float_arithmetic)]

pub mod account;
pub mod catalogue;
pub mod company;
pub mod currency;
pub mod date_windows;
pub mod employee;
pub mod entry;
pub mod export;
pub mod filter;
pub mod id;
pub mod identity;
pub mod list;
pub mod money;
pub mod number;
mod open;
pub mod operation;
pub mod paging;
pub mod problem;
pub mod receipt;
pub mod registration;
pub mod request;
pub mod scope;
pub mod status;
pub mod subject;
pub mod tag;
pub mod tax_code;
pub mod text;
pub mod time;
pub mod vendor;

pub use company::{Address, Company};
pub use currency::Currency;
pub use date_windows::DateWindows;
pub use employee::Employee;
pub use entry::{AccountingEntry, AccountingEntryTag, Attendee, EntrySupplier, SplitItem};
pub use id::UNKNOWN_ID;
pub use identity::IntrospectionResponse;
pub use list::{Completeness, Incomplete, ListProgress};
pub use money::Money;
pub use operation::{Method, Operation};
pub use paging::{Envelope, Page, PageFacts, Pagination, Unreadable};
pub use problem::ApiProblem;
pub use request::ApiRequest;
pub use subject::Subject;
