//! What the readers share: rows, errors, and the strict parsers of cells. Nothing here is used by a
//! writer, so that a mistake of a writer is not repeated by its reader.

pub(crate) mod code_page;
pub(crate) mod table;
pub(crate) mod values;

use std::collections::BTreeMap;
use std::fmt;

use outlay_pleo::Currency;
use outlay_pleo::time::Date;

/// A posting as an independent reader finds it in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRow {
    /// Line in the file, from 1.
    pub line: usize,
    /// Key that the rows of one entry share: voucher number, or narration and date.
    pub group: String,
    /// Date of the posting, a calendar day.
    pub date: Date,
    /// Account of the posting, as the file writes it.
    pub account: String,
    /// Contra account, in formats whose rows have both.
    pub contra: Option<String>,
    /// Amount in smallest units: debit of [`ReadRow::account`] positive, credit negative.
    pub amount: i64,
    /// Currency of the amount; the base currency if the file states none.
    pub currency: Currency,
    /// Text of the posting, decoded from the file's character set.
    pub text: String,
    /// Tax code in the ledger; empty without one.
    pub tax_code: String,
    /// Tax that the ledger computes for this row; `None` if the file states it.
    pub computed: Option<Computed>,
}

/// Tax that a ledger computes, in smallest units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computed {
    /// Tax that is added to the amount.
    Added(i64),
    /// Tax inside the amount, which the ledger moves to the tax account.
    Contained(i64),
}

/// A file that breaks a rule of its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// Stable code, with the prefix `read_`.
    pub code: &'static str,
    /// Line in the file, from 1; 0 for the whole file.
    pub line: usize,
    /// The problem as a sentence for the user.
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
pub(crate) fn check_group_balances(rows: &[ReadRow]) -> Read<()> {
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
