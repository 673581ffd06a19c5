//! The export: spend on its way into a ledger.
//!
//! In reading order:
//!
//! - [`job`] holds export jobs, their items as ids and statuses, and the updates of both;
//! - [`item`] holds the bookkeeping data of an item, made of [`part`] and [`invoice`];
//! - [`money`] is the money form of the export, in hundredths;
//! - [`status`] holds the enumerations.

pub mod invoice;
pub mod item;
pub mod job;
pub mod money;
pub mod part;
pub mod status;
