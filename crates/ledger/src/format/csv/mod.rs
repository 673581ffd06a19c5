//! Double-entry CSV with the columns of the mapping: one row for each posting, or one for each line with
//! both accounts, as Pleo's own custom export offers.

pub mod reader;
pub mod writer;
