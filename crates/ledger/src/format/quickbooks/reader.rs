//! Reads journal entries as QuickBooks Online imports them.

use std::collections::BTreeMap;

use crate::mapping::{Mapping, QuickBooksSettings};
use crate::read::table::{Record, records};
use crate::read::{Read, ReadError, ReadRow, check_group_balances, code_page, values};

/// Reads a file.
///
/// # Errors
///
/// The first break of a rule: bytes, headers, a cell, a journal with two dates, or one whose debits and
/// credits differ.
pub fn read(bytes: &[u8], mapping: &Mapping, settings: QuickBooksSettings) -> Read<Vec<ReadRow>> {
    let text = code_page::utf8(bytes)?;
    let records = records(&text, ',', |_| 6)?;
    let [head, rows @ ..] = records.as_slice() else {
        return Err(ReadError::new(
            "read_header",
            1,
            "There is no row of headers.",
        ));
    };
    if !head.is(&[
        "JournalNo",
        "JournalDate",
        "AccountName",
        "Debits",
        "Credits",
        "Description",
    ]) {
        return Err(ReadError::new(
            "read_header",
            1,
            "The headers are not those of the template.",
        ));
    }
    let currency = mapping.base;
    let decimals = values::decimals(currency);
    let row = |record: &Record| -> Read<ReadRow> {
        let line = record.line;
        let size = |cell: &str| values::amount(cell, '.', decimals, line);
        let amount = match (record.text(3), record.text(4)) {
            (debit, "") => size(debit)?,
            ("", credit) => -size(credit)?,
            _ => {
                return Err(ReadError::new(
                    "read_amount",
                    line,
                    "One of debits and credits is filled.",
                ));
            }
        };
        let is_debit = record.text(4).is_empty();
        if amount == 0 || (amount > 0) != is_debit {
            return Err(ReadError::new("read_sign", line, "An amount is positive."));
        }
        Ok(ReadRow {
            line,
            group: values::filled(record.text(0), "The journal number", line)?,
            date: values::date(record.text(1), settings.dates, line)?,
            account: values::filled(record.text(2), "The account", line)?,
            contra: None,
            amount,
            currency,
            text: record.text(5).to_owned(),
            tax_code: String::new(),
            computed: None,
        })
    };
    let rows: Vec<ReadRow> = rows.iter().map(row).collect::<Read<_>>()?;
    let mut dates = BTreeMap::new();
    for row in &rows {
        if *dates.entry(&row.group).or_insert(row.date) != row.date {
            return Err(ReadError::new(
                "read_date",
                row.line,
                format!("The journal {} has two dates.", row.group),
            ));
        }
    }
    check_group_balances(&rows)?;
    Ok(rows)
}
