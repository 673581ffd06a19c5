//! The lines of an entry as a ledger posts them: one for each part of a split entry, else one for the
//! whole. The amounts of an entry's lines add up to the entry exactly.

use outlay_pleo::entry::AccountingEntryTag;
use outlay_pleo::id::{AccountId, SplitItemId, TaxCodeId};
use outlay_pleo::{AccountingEntry, Money, SplitItem};

/// Whether a line is an entry or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// The entry as a whole.
    Entry,
    /// A part: its number from 1, and the number of parts.
    Part(usize, usize),
    /// What the parts leave of the entry: their amounts are not all stated, or do not add up.
    Remainder,
}

/// One line to post: a whole entry, a part of a split one, or the remainder of a split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLine<'a> {
    /// Whether the line is the entry or a part.
    pub kind: LineKind,
    /// UUID of the part; `None` for a whole entry or the remainder of a split.
    pub part: Option<&'a SplitItemId>,
    /// Amount in the currency that was paid; `None` if a part does not state it.
    pub amount: Option<Money>,
    /// Amount in the company's currency; `None` if it is not stated.
    pub billed: Option<Money>,
    /// Code of the account; `None` if the entry has no code.
    pub account_code: Option<&'a str>,
    /// UUID of the account.
    pub account: Option<&'a AccountId>,
    /// UUID of the tax code.
    pub tax_code: Option<&'a TaxCodeId>,
    /// Tags of the line, at most five.
    pub tags: &'a [AccountingEntryTag],
}

/// The lines of an entry. A part's account, tax code and tags are its own: those of the whole entry say
/// nothing about it.
#[must_use]
pub fn of(entry: &AccountingEntry) -> Vec<EntryLine<'_>> {
    parts(entry).unwrap_or_else(|| vec![whole(entry)])
}

/// Returns the line of the whole entry, even for a split one.
#[must_use]
pub fn whole(entry: &AccountingEntry) -> EntryLine<'_> {
    EntryLine {
        kind: LineKind::Entry,
        part: None,
        amount: Some(entry.transaction_value),
        billed: entry.total_bill_value,
        account_code: entry.account_code.as_deref(),
        account: entry.account_id.as_ref(),
        tax_code: entry.tax_code_id.as_ref(),
        tags: &entry.tags,
    }
}

/// Returns the parts and the remainder; `None` if the entry is not split, or the remainder overflows.
fn parts(entry: &AccountingEntry) -> Option<Vec<EntryLine<'_>>> {
    let parts = &entry.split_items;
    let mut lines: Vec<EntryLine<'_>> = parts
        .iter()
        .zip(1..)
        .map(|(part, number)| line(entry, part, number))
        .collect();
    if lines.is_empty() {
        return None;
    }
    let left = rest(
        entry.transaction_value,
        lines.iter().map(|line| line.amount),
    )?;
    let billed = match entry.total_bill_value {
        Some(whole) => Some(rest(whole, lines.iter().map(|line| line.billed))?),
        None => None,
    };
    if left.minors != 0 || billed.is_some_and(|billed| billed.minors != 0) {
        lines.push(EntryLine {
            kind: LineKind::Remainder,
            amount: Some(left),
            billed,
            ..EntryLine::default()
        });
    }
    Some(lines)
}

fn line<'a>(entry: &'a AccountingEntry, part: &'a SplitItem, number: usize) -> EntryLine<'a> {
    // Either of a part's amounts may be absent; the currency decides which one it replaces.
    let stated = [part.transaction_value, part.total_bill_value];
    let billed = [part.total_bill_value, part.transaction_value];
    EntryLine {
        kind: LineKind::Part(number, entry.split_items.len()),
        part: Some(&part.id),
        amount: in_currency_of(Some(entry.transaction_value), stated),
        billed: match entry.total_bill_value {
            None => part.total_bill_value,
            whole => in_currency_of(whole, billed),
        },
        account_code: part.account_code.as_deref(),
        account: part.account_id.as_ref(),
        tax_code: part.tax_code_id.as_ref(),
        tags: &part.tags,
    }
}

fn in_currency_of(whole: Option<Money>, stated: [Option<Money>; 2]) -> Option<Money> {
    let currency = whole?.currency;
    stated
        .into_iter()
        .flatten()
        .find(|money| money.currency == currency)
}

/// What the amounts leave of the whole; none if it does not fit.
fn rest(whole: Money, amounts: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    let sum: i128 = amounts
        .flatten()
        .map(|money| i128::from(money.minors))
        .sum();
    let minors = i64::try_from(i128::from(whole.minors) - sum).ok()?;
    Some(Money { minors, ..whole })
}

impl Default for EntryLine<'_> {
    fn default() -> Self {
        EntryLine {
            kind: LineKind::Remainder,
            part: None,
            amount: None,
            billed: None,
            account_code: None,
            account: None,
            tax_code: None,
            tags: &[],
        }
    }
}
