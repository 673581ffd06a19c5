//! Reads a journal for e-conomic, by the columns of this program: they are not verified.

use crate::mapping::{DateForm, EconomicSettings, Mapping};
use crate::read::table::{Record, records};
use crate::read::{Computed, Read, ReadError, ReadRow, code_page, values};

/// Reads a file.
///
/// # Errors
///
/// The first break of a rule: bytes, headers, or a cell.
pub fn read(bytes: &[u8], mapping: &Mapping, settings: EconomicSettings) -> Read<Vec<ReadRow>> {
    let text = code_page::cp1252(bytes)?;
    let mut records = records(&text, ';', |_| 8)?.into_iter();
    if settings.header {
        let head = records.next();
        let expected = [
            "Bilagsnr.",
            "Dato",
            "Tekst",
            "Konto",
            "Momskode",
            "Beløb",
            "Valuta",
            "Modkonto",
        ];
        if !head.is_some_and(|head| head.is(&expected)) {
            return Err(ReadError::new("read_header", 1, "The headers are wrong."));
        }
    }
    records.map(|record| row(&record, mapping)).collect()
}

fn row(record: &Record, mapping: &Mapping) -> Read<ReadRow> {
    let line = record.line;
    let currency = values::currency(record.text(6), mapping, line)?;
    let amount = values::amount(record.text(5), ',', values::decimals(currency), line)?;
    let number = record.text(0);
    if amount == 0 || number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ReadError::new(
            "read_amount",
            line,
            "A row has a voucher number and an amount.",
        ));
    }
    let code = record.text(4);
    let rate = mapping
        .tax_codes
        .iter()
        .find(|rule| !code.is_empty() && rule.to == code)
        .and_then(|rule| rule.rate);
    let tax = rate
        .map(|rate| rate.of_gross(amount))
        .filter(|tax| *tax != 0);
    Ok(ReadRow {
        line,
        group: number.to_owned(),
        date: values::date(record.text(1), DateForm::Dashes, line)?,
        account: values::filled(record.text(3), "The account", line)?,
        contra: Some(values::filled(record.text(7), "The contra account", line)?),
        amount,
        currency,
        text: values::filled(record.text(2), "The text", line)?,
        tax_code: code.to_owned(),
        computed: tax.map(Computed::Contained),
    })
}
