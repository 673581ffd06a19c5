//! Rows of cells, read strictly as RFC 4180 defines them.

use super::{Read, ReadError};

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Content of the cell without quotes.
    pub text: String,
    /// Whether the cell was quoted.
    pub quoted: bool,
}

/// A row of a delimited file: its cells from left to right, and its line for error messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// Line in the file, from 1.
    pub line: usize,
    /// Cells of the row.
    pub cells: Vec<Cell>,
}

impl Record {
    /// The text of a cell, counted from 0; empty past the end.
    pub fn text(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |cell| &cell.text)
    }

    /// Returns whether the cells have exactly these texts.
    pub fn is(&self, texts: &[&str]) -> bool {
        self.cells
            .iter()
            .map(|cell| cell.text.as_str())
            .eq(texts.iter().copied())
    }
}

/// The rows of a file.
///
/// # Errors
///
/// `read_line_end` if a row does not end in carriage return and line feed, or has one of them inside;
/// `read_quotes` if a quotation mark is not where the grammar has it; `read_columns` if a row has another
/// number of cells than `columns`.
pub(crate) fn records(
    text: &str,
    separator: char,
    columns: impl Fn(usize) -> usize,
) -> Read<Vec<Record>> {
    let mut records = Vec::new();
    let mut rest = text;
    let mut line = 0;
    while !rest.is_empty() {
        line += 1;
        let Some((row, after)) = rest.split_once('\n') else {
            return Err(ReadError::new(
                "read_line_end",
                line,
                "The last row does not end.",
            ));
        };
        let Some(row) = row.strip_suffix('\r').filter(|row| !row.contains('\r')) else {
            return Err(ReadError::new(
                "read_line_end",
                line,
                "A row ends in carriage return and line feed.",
            ));
        };
        let cells = cells(row, separator, line)?;
        if cells.len() != columns(line) {
            let message = format!(
                "The row has {} cells and not {}.",
                cells.len(),
                columns(line)
            );
            return Err(ReadError::new("read_columns", line, message));
        }
        records.push(Record { line, cells });
        rest = after;
    }
    Ok(records)
}

fn cells(row: &str, separator: char, line: usize) -> Read<Vec<Cell>> {
    let wrong = |message: &str| ReadError::new("read_quotes", line, message);
    let mut cells = Vec::new();
    let mut characters = row.chars().peekable();
    loop {
        let mut text = String::new();
        let quoted = characters.next_if_eq(&'"').is_some();
        if quoted {
            loop {
                match characters.next() {
                    None => return Err(wrong("A quotation mark is not closed.")),
                    Some('"') if characters.next_if_eq(&'"').is_some() => text.push('"'),
                    Some('"') => break,
                    Some(one) => text.push(one),
                }
            }
        } else {
            while let Some(one) = characters.next_if(|one| *one != separator) {
                if one == '"' {
                    return Err(wrong(
                        "A quotation mark is inside a cell without quotation marks.",
                    ));
                }
                text.push(one);
            }
        }
        cells.push(Cell { text, quoted });
        match characters.next() {
            None => return Ok(cells),
            Some(one) if one == separator => {}
            Some(_) => return Err(wrong("A cell goes on after its quotation mark.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(row: &str) -> Read<Vec<String>> {
        let cells = cells(row, ';', 1)?;
        Ok(cells.into_iter().map(|cell| cell.text).collect())
    }

    #[test]
    fn cells_are_those_of_the_grammar() {
        assert_eq!(texts("a;;\"b;\"\"c\"").unwrap(), ["a", "", "b;\"c"]);
        assert_eq!(texts("").unwrap(), [""]);
        assert_eq!(texts(";").unwrap(), ["", ""]);
        for row in ["\"a", "a\"", "\"a\"b", "\"\"\""] {
            assert_eq!(texts(row).unwrap_err().code, "read_quotes", "{row}");
        }
    }

    #[test]
    fn rows_end_in_both_characters_and_have_the_same_columns() {
        let read = |text| records(text, ',', |_| 2).map(|records| records.len());
        assert_eq!(read("a,b\r\nc,d\r\n"), Ok(2));
        for (text, code) in [
            ("a,b", "read_line_end"),
            ("a,b\n", "read_line_end"),
            ("a\r,b\r\n", "read_line_end"),
            ("a,b,c\r\n", "read_columns"),
            ("\r\n", "read_columns"),
        ] {
            assert_eq!(read(text).unwrap_err().code, code, "{text:?}");
        }
    }
}
