//! DATEV format (EXTF), category Buchungsstapel, layout version 13: gross amounts with tax keys.

pub mod reader;
pub mod writer;
