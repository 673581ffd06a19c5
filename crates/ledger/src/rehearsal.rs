//! The rehearsal of an import: the files are read again by the second parser, and every row is found in
//! the journal and the other way round.

use std::collections::BTreeMap;
use std::fmt;

use outlay_pleo::Currency;
use outlay_pleo::id::AccountingEntryId;
use outlay_pleo::tax_code::TaxType;

use crate::entry::{Entry, Journal, Posting};
use crate::format::{self, Prepared};
use crate::mapping::{Mapping, Settings};
use crate::read::{Computed, Read, ReadError, ReadRow, code_page};

/// The balance that an account will have in the ledger after the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// Account; `tax of …` for tax that the ledger computes by a tax code.
    pub account: String,
    /// Currency of the amounts; an account has one balance per currency.
    pub currency: Currency,
    /// Sum of debits, in smallest units.
    pub debit: i64,
    /// Sum of credits, in smallest units.
    pub credit: i64,
    /// Whether the ledger computes the amounts itself.
    pub computed: bool,
}

/// The sums of all postings in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// Currency of the sums, an ISO 4217 code.
    pub currency: Currency,
    /// Sum of all debits, in smallest units.
    pub debit: i64,
    /// Sum of all credits, in smallest units; equal to `debit`.
    pub credit: i64,
}

/// A row of a file with the entry that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedRow {
    /// Index of the file, from 0.
    pub file: usize,
    /// Index of the entry in the journal.
    pub entry: usize,
    /// The row as the reader found it.
    pub row: ReadRow,
}

/// The result of reading the files again: they match the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// Every row, in the order of the files.
    pub rows: Vec<TracedRow>,
    /// Balances by account and currency.
    pub balances: Vec<Balance>,
    /// Totals by currency; debit equals credit in each.
    pub totals: Vec<Total>,
}

impl Rehearsal {
    /// Returns file index and line of each row of an entry.
    #[must_use]
    pub fn rows_of(&self, entry: usize) -> Vec<(usize, usize)> {
        let rows = self.rows.iter().filter(|row| row.entry == entry);
        rows.map(|row| (row.file, row.row.line)).collect()
    }

    /// The index of the entry that a line of a file belongs to. `None` for heads and other lines without
    /// a posting.
    #[must_use]
    pub fn entry_at(&self, file: usize, line: usize) -> Option<usize> {
        let row = self
            .rows
            .iter()
            .find(|row| row.file == file && row.row.line == line)?;
        Some(row.entry)
    }
}

/// A difference between a file and the journal, so that the file must not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RehearsalError {
    /// `rehearsal_row_unknown`, `rehearsal_row_missing`, `rehearsal_row_differs`,
    /// `rehearsal_groups_mixed`, `rehearsal_unbalanced`, or a code of [`ReadError`].
    pub code: &'static str,
    /// Index of the file, from 0.
    pub file: usize,
    /// Line in the file, from 1; 0 for the whole file.
    pub line: usize,
    /// Id of the entry, if it is known.
    pub entry: Option<AccountingEntryId>,
    /// The difference as a sentence for the user.
    pub message: String,
}

impl fmt::Display for RehearsalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "file {}, line {}: {} ({})",
            self.file + 1,
            self.line,
            self.message,
            self.code
        )
    }
}

impl std::error::Error for RehearsalError {}

/// Reads one file under the rules of its format.
///
/// # Errors
///
/// The first break of a rule.
pub fn read(bytes: &[u8], mapping: &Mapping) -> Read<Vec<ReadRow>> {
    match &mapping.settings {
        Settings::Csv(settings) => format::csv::reader::read(bytes, mapping, settings),
        Settings::Sie(settings) => format::sie::reader::read(bytes, mapping, settings),
        Settings::Datev(settings) => format::datev::reader::read(bytes, mapping, settings),
        Settings::Xero(settings) => format::xero::reader::read(bytes, mapping, settings),
        Settings::QuickBooks(settings) => {
            format::quickbooks::reader::read(bytes, mapping, *settings)
        }
        Settings::Economic(settings) => format::economic::reader::read(bytes, mapping, *settings),
    }
}

/// Returns the first lines of a file as text, for a preview. Empty if the bytes are not text.
#[must_use]
pub fn first_lines(bytes: &[u8], mapping: &Mapping, count: usize) -> Vec<String> {
    let text = match &mapping.settings {
        Settings::Sie(_) => code_page::cp437(bytes),
        _ => code_page::utf8(bytes).or_else(|_| code_page::cp1252(bytes)),
    };
    let text = text.unwrap_or_default();
    let lines = text.lines().take(count);
    lines
        .map(|line| line.trim_start_matches('\u{feff}').to_owned())
        .collect()
}

/// Rehearses the import of the files.
///
/// # Errors
///
/// The first row that breaks a rule of the format, has no posting, or differs from it; the first posting
/// without a row; the first group of rows that is not one entry.
pub fn rehearse(
    prepared: &Prepared,
    journal: &Journal,
    mapping: &Mapping,
) -> Result<Rehearsal, RehearsalError> {
    let mut rows = Vec::new();
    let mut places = prepared.trace.iter();
    for (file, written) in prepared.files.iter().enumerate() {
        let of_file = |error: ReadError| RehearsalError {
            code: error.code,
            file,
            line: error.line,
            entry: None,
            message: error.message,
        };
        for row in read(&written.bytes, mapping).map_err(of_file)? {
            let place = places
                .next()
                .filter(|place| place.file == file && place.line == row.line);
            let entry = place.and_then(|place| Some((*place, journal.entries.get(place.entry)?)));
            let Some((place, entry)) = entry else {
                return Err(error(
                    "rehearsal_row_unknown",
                    file,
                    &row,
                    None,
                    "The row belongs to no entry.",
                ));
            };
            compare(&row, entry, place.posting, mapping).map_err(|what| {
                let message = format!("The row differs from the entry: {what}.");
                error("rehearsal_row_differs", file, &row, Some(entry), &message)
            })?;
            rows.push(TracedRow {
                file,
                entry: place.entry,
                row,
            });
        }
    }
    if let Some(missing) = places.next() {
        return Err(RehearsalError {
            code: "rehearsal_row_missing",
            file: missing.file,
            line: missing.line,
            entry: journal
                .entries
                .get(missing.entry)
                .map(|entry| entry.id.clone()),
            message: "A posting of the entry has no row.".to_owned(),
        });
    }
    check_entries(&rows, journal, mapping)?;
    check_groups(&rows, journal)?;
    let (balances, totals) = balances(&rows, journal)?;
    Ok(Rehearsal {
        rows,
        balances,
        totals,
    })
}

fn error(
    code: &'static str,
    file: usize,
    row: &ReadRow,
    entry: Option<&Entry>,
    message: &str,
) -> RehearsalError {
    RehearsalError {
        code,
        file,
        line: row.line,
        entry: entry.map(|entry| entry.id.clone()),
        message: message.to_owned(),
    }
}

fn expected(entry: &Entry, mapping: &Mapping) -> Vec<Posting> {
    match mapping.settings.in_pairs() {
        true => entry.pairs(),
        false => entry.postings(mapping.settings.style()),
    }
}

/// Compares a row with its posting; the error names what differs.
fn compare(
    row: &ReadRow,
    entry: &Entry,
    posting: usize,
    mapping: &Mapping,
) -> Result<(), &'static str> {
    let postings = expected(entry, mapping);
    let posting = postings.get(posting).ok_or("posting")?;
    let contra = mapping.settings.in_pairs().then_some(&entry.contra.code);
    let same = [
        (row.account == posting.account.code, "account"),
        (row.contra.as_ref() == contra, "contra account"),
        (row.amount == posting.amount, "amount"),
        (row.currency == entry.currency, "currency"),
        (row.date == entry.date, "date"),
    ];
    match same.into_iter().find(|(same, _)| !same) {
        Some((_, what)) => Err(what),
        None => match row.computed {
            Some(Computed::Added(tax)) if tax != posting.computed => Err("tax"),
            None if posting.computed != 0 => Err("tax"),
            _ => Ok(()),
        },
    }
}

/// Each entry has all of its postings.
fn check_entries(
    rows: &[TracedRow],
    journal: &Journal,
    mapping: &Mapping,
) -> Result<(), RehearsalError> {
    let mut counts = vec![0_usize; journal.entries.len()];
    for row in rows {
        if let Some(count) = counts.get_mut(row.entry) {
            *count += 1;
        }
    }
    for (entry, count) in journal.entries.iter().zip(counts) {
        if expected(entry, mapping).len() != count {
            return Err(RehearsalError {
                code: "rehearsal_row_missing",
                file: 0,
                line: 0,
                entry: Some(entry.id.clone()),
                message: format!("The entry {} has {count} rows.", entry.voucher),
            });
        }
    }
    Ok(())
}

/// Each group of rows is one entry, and each entry one group of one file.
fn check_groups(rows: &[TracedRow], journal: &Journal) -> Result<(), RehearsalError> {
    let mut entries = BTreeMap::new();
    let mut groups = BTreeMap::new();
    for traced in rows {
        let group = (traced.file, traced.row.group.as_str());
        let entry = *entries.entry(group).or_insert(traced.entry);
        let of_entry = *groups.entry(traced.entry).or_insert(group);
        if entry != traced.entry || of_entry != group {
            let entry = journal.entries.get(traced.entry);
            let message = format!("The rows of {} are not one entry.", traced.row.group);
            return Err(error(
                "rehearsal_groups_mixed",
                traced.file,
                &traced.row,
                entry,
                &message,
            ));
        }
    }
    Ok(())
}

type Sums = BTreeMap<(bool, String, Currency), (i64, i64)>;

/// Balances and totals, with the taxes that the ledger computes.
fn balances(
    rows: &[TracedRow],
    journal: &Journal,
) -> Result<(Vec<Balance>, Vec<Total>), RehearsalError> {
    let mut sums = Sums::new();
    for traced in rows {
        let row = &traced.row;
        let mut put = |computed: bool, account: &str, amount: i64| {
            let sum = sums
                .entry((computed, account.to_owned(), row.currency))
                .or_default();
            if amount > 0 {
                sum.0 = sum.0.saturating_add(amount);
            } else {
                sum.1 = sum.1.saturating_sub(amount);
            }
        };
        let tax_account = format!("tax of {}", row.tax_code);
        match row.computed {
            Some(Computed::Added(tax)) => {
                put(false, &row.account, row.amount);
                put(true, &tax_account, tax);
            }
            // The buyer owes the tax of a reverse charge: nothing is taken out of the amount.
            Some(Computed::Contained(tax)) if !is_reverse(traced, journal) => {
                put(false, &row.account, row.amount - tax);
                put(true, &tax_account, tax);
            }
            _ => put(false, &row.account, row.amount),
        }
        if let Some(contra) = &row.contra {
            put(false, contra, -row.amount);
        }
    }
    let mut totals: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    let mut balances = Vec::new();
    for ((computed, account, currency), (debit, credit)) in sums {
        let total = totals.entry(currency).or_default();
        total.0 = total.0.saturating_add(debit);
        total.1 = total.1.saturating_add(credit);
        balances.push(Balance {
            account,
            currency,
            debit,
            credit,
            computed,
        });
    }
    let totals: Vec<Total> = totals
        .into_iter()
        .map(|(currency, (debit, credit))| Total {
            currency,
            debit,
            credit,
        })
        .collect();
    match totals.iter().find(|total| total.debit != total.credit) {
        None => Ok((balances, totals)),
        Some(total) => Err(RehearsalError {
            code: "rehearsal_unbalanced",
            file: 0,
            line: 0,
            entry: None,
            message: format!("Debit and credit differ in {}.", total.currency),
        }),
    }
}

fn is_reverse(traced: &TracedRow, journal: &Journal) -> bool {
    let lines = journal.entries.get(traced.entry).map(|entry| &entry.lines);
    let mut of_code = lines.into_iter().flatten().filter(|line| {
        line.account.code == traced.row.account
            && line
                .tax
                .as_ref()
                .is_some_and(|tax| tax.code == traced.row.tax_code)
    });
    of_code.any(|line| {
        line.tax
            .as_ref()
            .is_some_and(|tax| tax.kind == TaxType::Reverse)
    })
}
