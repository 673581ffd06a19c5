//! Tags: a company's classification of its spend in addition to the accounts.
//!
//! In reading order: [`group`] holds tag groups, [`one`] the tags, [`dimension`] the values of tags other than
//! name and code, and [`aggregate`] all of it at once.

pub mod aggregate;
pub mod dimension;
pub mod group;
pub mod one;
