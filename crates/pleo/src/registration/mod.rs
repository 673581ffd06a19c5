//! What a partner hands to Pleo to have an OAuth client registered, checked as it is typed.
//!
//! In reading order:
//!
//! - [`RegistrationPackage`] is the filled-in form; [`FormField`] names its fields in Pleo's three groups, and
//!   [`choice`] what the fields that are chosen from hold;
//! - [`check`] holds a package against every [`RegistrationRule`]; a [`Finding`] says where which one fails,
//!   and each rule says what is wrong, what to do, and from which [`RuleSource`] it comes;
//! - [`Purpose`] says which scopes a purpose takes at least;
//! - [`RegistrationPackage::read`] and [`RegistrationPackage::to_json`] carry a package from one visit to the next, since
//!   nothing is stored; a [`FileFault`] is what keeps a file from being one;
//! - [`RegistrationPackage::to_markdown`], [`RegistrationPackage::metadata`] and [`RegistrationPackage::config`] are the other outputs;
//! - [`TERMS`] explains the words that are mixed up.

mod address;
mod brand;
mod check;
pub mod choice;
mod confusable;
mod contact;
mod fault;
mod field;
mod host;
mod json;
mod logo;
mod markdown;
mod name;
mod output;
mod package;
mod purpose;
mod read;
mod redirect;
mod rule;
mod scopes;
pub mod source;
mod terms;

pub use check::{Finding, check};
pub use choice::{ClientKind, Environment, Pkce, SubjectType};
pub use fault::{FaultRule, FileFault};
pub use field::{FieldGroup, FormField};
pub use package::{Logo, RegistrationPackage};
pub use purpose::{Purpose, least_scopes};
pub use rule::{FindingLevel, RegistrationRule};
pub use source::RuleSource;
pub use terms::{TERMS, Term};
