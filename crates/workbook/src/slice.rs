//! Rows as bytes: the body of [`crate::message::ToWorkbook::Rows`].
//!
//! A slice is the number of its rows and then the cells, row by row. A cell is a byte for its type and
//! its value; numbers are little-endian, texts are their length in bytes as `u32` and UTF-8:
//!
//! | byte | cell | value |
//! | --- | --- | --- |
//! | 0 | empty | |
//! | 1 | text | text |
//! | 2 | number | decimal text with a dot |
//! | 3 | amount | `i64` in minor units, decimals as `u8` (255: not known), currency code as text |
//! | 4 | day | `i32`, days since 1970-01-01 |
//! | 5 | count | `u64` |

/// A cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SliceCell<'a> {
    /// No value.
    Empty,
    /// Text of any origin.
    Text(&'a str),
    /// A decimal number with a dot, such as a rate.
    Number(&'a str),
    /// An amount.
    Amount(Amount<'a>),
    /// Days since 1970-01-01.
    Day(i32),
    /// A whole number.
    Count(u64),
}

/// An amount in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount<'a> {
    /// Amount in the currency's smallest unit.
    pub minors: i64,
    /// Decimal digits of the smallest unit; `None` if they are not known.
    pub exponent: Option<u8>,
    /// ISO 4217 code.
    pub currency: &'a str,
}

/// A slice that is not one: it was cut, or another version wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedSlice;

/// No known decimals.
const UNKNOWN: u8 = u8::MAX;

/// Bytes before the first cell.
const HEAD: usize = 4;

/// Collects rows.
#[derive(Debug, Clone)]
pub struct SliceWriter {
    bytes: Vec<u8>,
    rows: u32,
}

impl Default for SliceWriter {
    fn default() -> Self {
        SliceWriter {
            bytes: vec![0; HEAD],
            rows: 0,
        }
    }
}

impl SliceWriter {
    /// Appends a cell to the row that is not ended yet.
    pub fn push(&mut self, cell: &SliceCell<'_>) {
        match cell {
            SliceCell::Empty => self.bytes.push(0),
            SliceCell::Text(text) => self.text(1, text),
            SliceCell::Number(number) => self.text(2, number),
            SliceCell::Amount(amount) => {
                self.bytes.push(3);
                self.bytes.extend_from_slice(&amount.minors.to_le_bytes());
                self.text(amount.exponent.unwrap_or(UNKNOWN), amount.currency);
            }
            SliceCell::Day(day) => {
                self.bytes.push(4);
                self.bytes.extend_from_slice(&day.to_le_bytes());
            }
            SliceCell::Count(count) => {
                self.bytes.push(5);
                self.bytes.extend_from_slice(&count.to_le_bytes());
            }
        }
    }

    /// Ends a row.
    pub fn end_row(&mut self) {
        self.rows += 1;
    }

    /// Returns the number of ended rows.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Returns the number of bytes so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Returns the slice in the format of this module: the number of ended rows, then all cells.
    #[must_use]
    pub fn into_bytes(mut self) -> Vec<u8> {
        self.bytes[..HEAD].copy_from_slice(&self.rows.to_le_bytes());
        self.bytes
    }

    /// A text of more than 4 GiB is written as an empty one.
    fn text(&mut self, before: u8, text: &str) {
        let (length, text) = u32::try_from(text.len()).map_or((0, ""), |length| (length, text));
        self.bytes.push(before);
        self.bytes.extend_from_slice(&length.to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// Reads a slice cell by cell.
#[derive(Debug, Clone)]
pub struct SliceReader {
    bytes: Vec<u8>,
    at: usize,
    rows: u32,
}

impl SliceReader {
    /// Makes a reader at the first cell.
    ///
    /// # Errors
    ///
    /// [`MalformedSlice`] if the number of rows is absent.
    pub fn new(bytes: Vec<u8>) -> Result<SliceReader, MalformedSlice> {
        let mut reader = SliceReader {
            bytes,
            at: 0,
            rows: 0,
        };
        reader.rows = u32::from_le_bytes(reader.array()?);
        Ok(reader)
    }

    /// Returns the number of rows that are not ended yet.
    #[must_use]
    pub fn rows_left(&self) -> u32 {
        self.rows
    }

    /// Ends a row, after its last cell.
    pub fn end_row(&mut self) {
        self.rows = self.rows.saturating_sub(1);
    }

    /// Returns the next cell.
    ///
    /// # Errors
    ///
    /// [`MalformedSlice`] if the bytes end, or are no cell.
    pub fn cell(&mut self) -> Result<SliceCell<'_>, MalformedSlice> {
        let [kind] = self.array()?;
        Ok(match kind {
            0 => SliceCell::Empty,
            1 => SliceCell::Text(self.text()?),
            2 => SliceCell::Number(self.text()?),
            3 => {
                let minors = i64::from_le_bytes(self.array()?);
                let [exponent] = self.array()?;
                SliceCell::Amount(Amount {
                    minors,
                    exponent: (exponent != UNKNOWN).then_some(exponent),
                    currency: self.text()?,
                })
            }
            4 => SliceCell::Day(i32::from_le_bytes(self.array()?)),
            5 => SliceCell::Count(u64::from_le_bytes(self.array()?)),
            _ => return Err(MalformedSlice),
        })
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], MalformedSlice> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let array = rest.first_chunk().copied().ok_or(MalformedSlice)?;
        self.at += N;
        Ok(array)
    }

    fn text(&mut self) -> Result<&str, MalformedSlice> {
        let length = u32::from_le_bytes(self.array()?) as usize;
        let from = self.at;
        let to = from.checked_add(length).ok_or(MalformedSlice)?;
        self.at = to;
        let bytes = self.bytes.get(from..to).ok_or(MalformedSlice)?;
        std::str::from_utf8(bytes).map_err(|_| MalformedSlice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: [SliceCell<'_>; 8] = [
        SliceCell::Empty,
        SliceCell::Text("caf\u{e9} \u{1f600}"),
        SliceCell::Text(""),
        SliceCell::Number("12.5"),
        SliceCell::Amount(Amount {
            minors: i64::MIN,
            exponent: Some(3),
            currency: "KWD",
        }),
        SliceCell::Amount(Amount {
            minors: 7,
            exponent: None,
            currency: "UNDEFINED",
        }),
        SliceCell::Day(-25_567),
        SliceCell::Count(u64::MAX),
    ];

    fn slice() -> Vec<u8> {
        let mut writer = SliceWriter::default();
        for cell in &CELLS {
            writer.push(cell);
            writer.end_row();
        }
        writer.into_bytes()
    }

    #[test]
    fn written_cells_read_back() {
        let mut reader = SliceReader::new(slice()).unwrap_or_else(|_| unreachable!());
        for cell in CELLS {
            assert_eq!(reader.cell(), Ok(cell));
            reader.end_row();
        }
        assert_eq!(reader.rows_left(), 0);
        assert_eq!(reader.cell(), Err(MalformedSlice));
    }

    #[test]
    fn cut_slice_fails_at_every_length() {
        let whole = slice();
        for length in 0..whole.len() {
            let reader = SliceReader::new(whole[..length].to_vec());
            let read = reader.and_then(|mut reader| {
                for _ in CELLS {
                    reader.cell()?;
                }
                Ok(())
            });
            assert_eq!(read, Err(MalformedSlice), "{length}");
        }
    }

    #[test]
    fn unknown_cell_type_and_invalid_utf8_fail() {
        for bytes in [&[1, 0, 0, 0, 9][..], &[1, 0, 0, 0, 1, 1, 0, 0, 0, 0xff]] {
            let mut reader = SliceReader::new(bytes.to_vec()).unwrap_or_else(|_| unreachable!());
            assert_eq!(reader.cell(), Err(MalformedSlice));
        }
    }
}
