//! e-conomic: semicolon CSV with both accounts on a row. Not verified: no official list of columns is
//! known, so these are named after the fields of a journal there.

pub mod reader;
pub mod writer;
