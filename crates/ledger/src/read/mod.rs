//! What the readers share: rows, errors, and the strict parsers of cells. Nothing here is used by a
//! writer, so that a mistake of a writer is not repeated by its reader.

pub(crate) mod code_page;
pub(crate) mod table;
pub(crate) mod values;

use std::collections::BTreeMap;
use std::fmt;

use outlay_pleo::Currency;
use outlay_pleo::time::Date;

/// A posting as it is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRow {
    /// The line in the file; the first is 1.
    pub line: usize,
    /// What groups the rows of an entry: voucher number, or narration and date.
    pub group: String,
    /// The date.
    pub date: Date,
    /// The account.
    pub account: String,
    /// The other account, in formats whose rows name both.
    pub contra: Option<String>,
    /// Debit of [`ReadRow::account`] positive, credit negative, in smallest units.
    pub amount: i64,
    /// The currency.
    pub currency: Currency,
    /// The text.
    pub text: String,
    /// The ledger's tax code.
    pub tax_code: String,
    /// The tax that the ledger computes of this row by itself.
    pub computed: Option<Computed>,
}

/// Tax that a ledger computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computed {
    /// It is added to the amount.
    Added(i64),
    /// It is part of the amount, and moved from the account to that of the tax.
    Contained(i64),
}

/// Why a file breaks a rule of its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The stable code, beginning with `read_`.
    pub code: &'static str,
    /// The line; 0 for the whole file.
    pub line: usize,
    /// What is wrong, as a sentence.
    pub message: String,
}

impl ReadError {
    pub(crate) fn new(code: &'static str, line: usize, message: impl Into<String>) -> ReadError {
        ReadError {
            code,
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {} ({})", self.line, self.message, self.code)
    }
}

impl std::error::Error for ReadError {}

pub(crate) type Read<T> = Result<T, ReadError>;

/// Checks that each group adds up to zero in each currency, with the taxes that the ledger adds. Rows
/// that name both accounts add up by themselves.
pub(crate) fn check_sums(rows: &[ReadRow]) -> Read<()> {
    let mut sums: BTreeMap<(&str, Currency), (i128, usize)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.contra.is_none()) {
        let added = match row.computed {
            Some(Computed::Added(tax)) => tax,
            _ => 0,
        };
        let sum = sums
            .entry((&row.group, row.currency))
            .or_insert((0, row.line));
        sum.0 += i128::from(row.amount) + i128::from(added);
    }
    for ((group, _), (sum, line)) in sums {
        if sum != 0 {
            let message = format!("Debit and credit of {group} differ by {sum}.");
            return Err(ReadError::new("read_unbalanced", line, message));
        }
    }
    Ok(())
}
