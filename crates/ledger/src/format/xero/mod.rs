//! Xero, import of manual journals: CSV with one row for each posting.

pub mod reader;
pub mod writer;
