//! Tags: a company's classification of its spend in addition to the accounts.
//!
//! [`group`] holds tag groups, [`one`] the tags.

pub mod group;
pub mod one;
