//! The parts that a columnar table is made of.
//!
//! Reading order:
//!
//! 1. [`bitmap`]: a set of rows.
//! 2. [`codes`]: a column of small numbers, as narrow as its values allow.
//! 3. [`dictionary`]: distinct texts, each stored once, with the search for those that match.
//! 4. [`ids`]: distinct ids, most of which are UUIDs.
//! 5. `radix`: the stable sort of number keys.

pub mod bitmap;
pub mod codes;
pub mod dictionary;
pub mod ids;
pub(crate) mod radix;

pub use bitmap::Bitmap;
pub use codes::Codes;
pub use dictionary::{Dictionary, Pattern};
pub use ids::{Ids, parse_uuid};

/// Rows of one block: as many as a word of a [`Bitmap`] has bits.
pub(crate) const BLOCK: usize = 64;

/// Appends a value. The capacity grows by a quarter, where `Vec::push` doubles it: a long column
/// wastes at most a fifth of its memory.
pub(crate) fn push<T>(column: &mut Vec<T>, value: T) {
    if column.len() == column.capacity() {
        column.reserve_exact((column.len() / 4).max(BLOCK));
    }
    column.push(value);
}

/// A row number; tables have fewer than 2³² rows.
pub(crate) fn narrow(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// An index into a column.
pub(crate) fn wide(row: u32) -> usize {
    row as usize
}
