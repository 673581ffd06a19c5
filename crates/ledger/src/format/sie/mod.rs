//! SIE 4I, specification 4C: vouchers for import into a Swedish ledger, in code page 437.

pub mod reader;
pub mod writer;
