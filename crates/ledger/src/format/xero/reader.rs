//! Reads manual journals as Xero imports them.

use std::collections::BTreeMap;

use crate::mapping::{DateForm, Mapping, XeroAmounts, XeroSettings};
use crate::read::table::{Record, records};
use crate::read::{Computed, Read, ReadError, ReadRow, check_group_balances, code_page, values};

/// Reads a file.
///
/// # Errors
///
/// The first break of a rule: bytes, headers, number of rows, a cell, or a journal that does not add up
/// to zero with the taxes that Xero computes.
pub fn read(bytes: &[u8], mapping: &Mapping, settings: &XeroSettings) -> Read<Vec<ReadRow>> {
    let text = code_page::utf8(bytes)?;
    let records = records(&text, ',', |_| 10)?;
    let [head, rows @ ..] = records.as_slice() else {
        return Err(ReadError::new(
            "read_header",
            1,
            "There is no row of headers.",
        ));
    };
    if !head.is(&[
        "Narration",
        "Date",
        "Description",
        "AccountCode",
        "TaxRate",
        "Amount",
        "TrackingName1",
        "TrackingOption1",
        "TrackingName2",
        "TrackingOption2",
    ]) {
        return Err(ReadError::new(
            "read_header",
            1,
            "The headers are not those of the template.",
        ));
    }
    if rows.len() > settings.lines_per_file {
        return Err(ReadError::new(
            "read_length",
            1,
            format!("The file has {} rows.", rows.len()),
        ));
    }
    let mut rates = BTreeMap::new();
    for rule in &mapping.tax_codes {
        rates.insert(rule.to.as_str(), rule.rate);
    }
    let row = |record: &Record| -> Read<ReadRow> {
        let line = record.line;
        let currency = mapping.base;
        let amount = values::amount(record.text(5), '.', values::decimals(currency), line)?;
        if amount == 0 {
            return Err(ReadError::new("read_amount", line, "The amount is zero."));
        }
        let name = values::filled(record.text(4), "The tax rate", line)?;
        let rate = match rates.get(name.as_str()) {
            Some(Some(rate)) => *rate,
            _ if name == settings.no_tax => crate::amount::Rate::ZERO,
            _ => {
                return Err(ReadError::new(
                    "read_tax_rate",
                    line,
                    format!("{name:?} is not a rate of the mapping."),
                ));
            }
        };
        let computed = match settings.amounts {
            XeroAmounts::Exclusive => Computed::Added(rate.of_net(amount)),
            XeroAmounts::Inclusive => Computed::Contained(rate.of_gross(amount)),
        };
        for (name, option) in [(6, 7), (8, 9)] {
            if record.text(name).is_empty() != record.text(option).is_empty() {
                return Err(ReadError::new(
                    "read_tracking",
                    line,
                    "A tracking category has no option.",
                ));
            }
        }
        let narration = values::filled(record.text(0), "The narration", line)?;
        Ok(ReadRow {
            line,
            group: [&narration, " ", record.text(1)].concat(),
            date: values::date(record.text(1), DateForm::DayFirst, line)?,
            account: values::filled(record.text(3), "The account", line)?,
            contra: None,
            amount,
            currency,
            text: record.text(2).to_owned(),
            tax_code: name,
            computed: (!rate.is_zero()).then_some(computed),
        })
    };
    let rows: Vec<ReadRow> = rows.iter().map(row).collect::<Read<_>>()?;
    check_group_balances(&rows)?;
    Ok(rows)
}
