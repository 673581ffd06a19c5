//! Tags: how a company sorts its spend beside the accounts.
//!
//! In reading order: [`group`] holds tag groups, [`one`] the tags, [`dimension`] what tags say beside
//! name and code, and [`aggregate`] all of it at once.

pub mod aggregate;
pub mod dimension;
pub mod group;
pub mod one;
