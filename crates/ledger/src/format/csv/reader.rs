//! Reads CSV with free columns, by the columns of the mapping.

use crate::mapping::{Column, ColumnValue, CsvEncoding, CsvLayout, CsvSettings, Field, Mapping};
use crate::read::table::{Record, records};
use crate::read::{Read, ReadError, ReadRow, check_group_balances, code_page, values};

/// Reads a file.
///
/// # Errors
///
/// The first break of a rule: bytes, rows, cells, or sums.
pub fn read(bytes: &[u8], mapping: &Mapping, settings: &CsvSettings) -> Read<Vec<ReadRow>> {
    let text = match settings.encoding {
        CsvEncoding::Cp1252 => code_page::cp1252(bytes)?,
        CsvEncoding::Utf8 => code_page::utf8(bytes)?,
        CsvEncoding::Utf8Mark => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf");
            code_page::utf8(bytes.ok_or_else(|| {
                ReadError::new("read_bytes", 1, "The byte order mark is missing.")
            })?)?
        }
    };
    if text.starts_with('\u{feff}') {
        return Err(ReadError::new(
            "read_bytes",
            1,
            "There is a byte order mark.",
        ));
    }
    let width = settings.columns.len();
    let separator = match settings.separator.word() {
        "semicolon" => ';',
        "tab" => '\t',
        _ => ',',
    };
    let mut records = records(&text, separator, |_| width)?.into_iter();
    if settings.header {
        let head = records.next();
        let head =
            head.ok_or_else(|| ReadError::new("read_header", 1, "There is no row of headers."))?;
        if head
            .cells
            .iter()
            .any(|cell| cell.text.contains(['\r', '\n']))
        {
            return Err(ReadError::new(
                "read_header",
                1,
                "A header has a line break.",
            ));
        }
    }
    let reader = Reader { mapping, settings };
    let rows: Vec<ReadRow> = records
        .map(|record| reader.row(&record))
        .collect::<Read<_>>()?;
    check_group_balances(&rows)?;
    Ok(rows)
}

struct Reader<'a> {
    mapping: &'a Mapping,
    settings: &'a CsvSettings,
}

impl Reader<'_> {
    fn row(&self, record: &Record) -> Read<ReadRow> {
        let line = record.line;
        let text = |field| self.text(record, field);
        let currency = match text(Field::Currency) {
            Some(code) => values::currency(code, self.mapping, line)?,
            None => self.mapping.base,
        };
        let amount = self.amount(record, values::decimals(currency))?;
        let group = text(Field::Voucher)
            .or_else(|| text(Field::Entry))
            .unwrap_or_default();
        let contra = match self.settings.layout {
            CsvLayout::Postings => None,
            CsvLayout::Pairs => Some(values::filled(
                text(Field::ContraAccount).unwrap_or_default(),
                "The contra account",
                line,
            )?),
        };
        let read = ReadRow {
            line,
            group: values::filled(group, "The voucher", line)?,
            date: values::date(
                text(Field::Date).unwrap_or_default(),
                self.settings.dates,
                line,
            )?,
            account: values::filled(
                text(Field::Account).unwrap_or_default(),
                "The account",
                line,
            )?,
            contra,
            amount,
            currency,
            text: text(Field::Text).unwrap_or_default().to_owned(),
            tax_code: text(Field::TaxCode).unwrap_or_default().to_owned(),
            computed: None,
        };
        if let Some(longest) = self.settings.longest_text
            && read.text.chars().count() > longest
        {
            return Err(ReadError::new(
                "read_text",
                line,
                format!("The text has more than {longest} characters."),
            ));
        }
        Ok(read)
    }

    /// The amount that the columns agree on.
    fn amount(&self, record: &Record, decimals: usize) -> Read<i64> {
        let line = record.line;
        let mark = if self.settings.decimal_comma {
            ','
        } else {
            '.'
        };
        let mut found: Option<i64> = None;
        let mut sides = Vec::new();
        for (at, column) in self.settings.columns.iter().enumerate() {
            let ColumnValue::Field { field, switched } = &column.value else {
                continue;
            };
            let sign = match field {
                Field::Amount | Field::Debit => 1,
                Field::Credit => -1,
                _ => continue,
            };
            let cell = record.text(at);
            if *field != Field::Amount {
                sides.push(!cell.is_empty());
                if cell.is_empty() {
                    continue;
                }
            }
            let sign = if *switched { -sign } else { sign };
            let amount = sign * values::amount(cell, mark, decimals, line)?;
            if *field == Field::Debit && amount <= 0 || *field == Field::Credit && amount >= 0 {
                return Err(ReadError::new(
                    "read_sign",
                    line,
                    "An amount has the sign of the other side.",
                ));
            }
            if found.is_some_and(|earlier| earlier != amount) {
                return Err(ReadError::new(
                    "read_amount",
                    line,
                    "Two columns have different amounts.",
                ));
            }
            found = Some(amount);
        }
        if sides.len() == 2 && sides.iter().filter(|side| **side).count() != 1 {
            return Err(ReadError::new(
                "read_amount",
                line,
                "A row must have either a debit or a credit.",
            ));
        }
        match found {
            Some(0) | None => Err(ReadError::new("read_amount", line, "There is no amount.")),
            Some(amount) => Ok(amount),
        }
    }

    fn text<'r>(&self, record: &'r Record, wanted: Field) -> Option<&'r str> {
        let holds = |column: &Column| matches!(&column.value, ColumnValue::Field { field, .. } if *field == wanted);
        let at = self.settings.columns.iter().position(holds)?;
        Some(record.text(at))
    }
}
