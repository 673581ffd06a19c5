//! QuickBooks Online, import of journal entries: CSV with accounts by name.

pub mod reader;
pub mod writer;
