//! A column of small numbers, as narrow as its values allow.

use super::{BLOCK, push};

/// Numbers below 2³², stored with one, two or four bytes each. The column is widened when a number
/// needs it.
#[derive(Debug, Clone)]
pub struct Codes(Width);

#[derive(Debug, Clone)]
enum Width {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self(Width::One(Vec::new()))
    }
}

impl Codes {
    /// Appends the number of a new row; widens the column if the number needs more bytes.
    pub fn push(&mut self, value: u32) {
        match &mut self.0 {
            Width::One(column) => {
                if let Ok(value) = u8::try_from(value) {
                    return push(column, value);
                }
                let wider = column.iter().map(|value| u16::from(*value)).collect();
                self.0 = Width::Two(wider);
            }
            Width::Two(column) => {
                if let Ok(value) = u16::try_from(value) {
                    return push(column, value);
                }
                let wider = column.iter().map(|value| u32::from(*value)).collect();
                self.0 = Width::Four(wider);
            }
            Width::Four(column) => return push(column, value),
        }
        self.push(value);
    }

    /// Returns the number of a row; 0 for rows past the end.
    #[must_use]
    pub fn get(&self, row: usize) -> u32 {
        let value = match &self.0 {
            Width::One(column) => column.get(row).map(|value| u32::from(*value)),
            Width::Two(column) => column.get(row).map(|value| u32::from(*value)),
            Width::Four(column) => column.get(row).copied(),
        };
        value.unwrap_or(0)
    }

    /// Returns the number of rows, which is that of the table.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Width::One(column) => column.len(),
            Width::Two(column) => column.len(),
            Width::Four(column) => column.len(),
        }
    }

    /// Returns whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Copies the numbers of a block of rows, so that every loop over a column is compiled for one
    /// width only. Returns how many there are; the rest of `out` is left as it is.
    pub(crate) fn read(&self, block: usize, out: &mut [u32; BLOCK]) -> usize {
        fn copy<T: Copy + Into<u32>>(column: &[T], start: usize, out: &mut [u32; BLOCK]) -> usize {
            let rows = column.get(start..).unwrap_or_default();
            for (out, value) in out.iter_mut().zip(rows) {
                *out = (*value).into();
            }
            rows.len().min(BLOCK)
        }
        let start = block * BLOCK;
        match &self.0 {
            Width::One(column) => copy(column, start, out),
            Width::Two(column) => copy(column, start, out),
            Width::Four(column) => copy(column, start, out),
        }
    }

    /// Allocated bytes.
    pub(crate) fn bytes(&self) -> usize {
        match &self.0 {
            Width::One(column) => column.capacity(),
            Width::Two(column) => column.capacity() * 2,
            Width::Four(column) => column.capacity() * 4,
        }
    }
}
