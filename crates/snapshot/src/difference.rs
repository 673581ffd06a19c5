//! What changed between two tables of the same company: a snapshot and Pleo now, or two snapshots.
//!
//! Entries are compared by their ids; the lines of a split entry in their order. Values are compared as
//! Pleo states them: a name that changed is no change of an entry.

use outlay_pleo::{Currency, Money};
use outlay_table::entry_table::{Flag, Selection};
use outlay_table::{Column, EntryTable};

/// How an entry differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u16)]
pub enum ChangeKind {
    /// Not before, but now.
    Added = 1,
    /// Before, but not now, or deleted at Pleo since.
    Vanished = 1 << 1,
    /// The amount that was paid, the amount in the company's currency, or how it is split.
    Amount = 1 << 2,
    /// The date of purchase, settlement or bookkeeping is in another month.
    Month = 1 << 3,
    /// The account of the entry or of a line.
    Account = 1 << 4,
    /// The tax code of the entry or of a line.
    TaxCode = 1 << 5,
    /// The tags of the entry or of a line.
    Tag = 1 << 6,
    /// More receipts.
    ReceiptGained = 1 << 7,
    /// Fewer receipts.
    ReceiptLost = 1 << 8,
    /// The status, the export status or the review status.
    Status = 1 << 9,
    /// Anything else: employee, team, note, type, vendor, document, attendees, or a date in the same month.
    Details = 1 << 10,
}

impl ChangeKind {
    /// Every kind, in the order of a report.
    pub const ALL: [ChangeKind; 11] = [
        ChangeKind::Added,
        ChangeKind::Vanished,
        ChangeKind::Amount,
        ChangeKind::Month,
        ChangeKind::Account,
        ChangeKind::TaxCode,
        ChangeKind::Tag,
        ChangeKind::ReceiptGained,
        ChangeKind::ReceiptLost,
        ChangeKind::Status,
        ChangeKind::Details,
    ];

    /// Whether a ledger that has booked the entry is wrong now.
    #[must_use]
    pub fn concerns_ledger(self) -> bool {
        matches!(
            self,
            ChangeKind::Added
                | ChangeKind::Vanished
                | ChangeKind::Amount
                | ChangeKind::Month
                | ChangeKind::Account
                | ChangeKind::TaxCode
                | ChangeKind::Tag
        )
    }
}

/// Kinds of change, each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeKinds(u16);

impl ChangeKinds {
    /// Adds a kind.
    pub fn add(&mut self, kind: ChangeKind) {
        self.0 |= kind as u16;
    }

    /// Whether the kind is among them.
    #[must_use]
    pub fn contains(self, kind: ChangeKind) -> bool {
        self.0 & kind as u16 != 0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The kinds, in the order of [`ChangeKind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = ChangeKind> {
        ChangeKind::ALL
            .into_iter()
            .filter(move |kind| self.contains(*kind))
    }
}

/// An entry that differs, by the rows of the entry in the two tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The row before; `None` if the entry was added.
    pub before: Option<u32>,
    /// The row now; `None` if the entry vanished and is not even deleted.
    pub after: Option<u32>,
    /// How it differs; never empty.
    pub kinds: ChangeKinds,
}

/// The sums of one kind of change and one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeSum {
    /// The currency.
    pub currency: Currency,
    /// The sum of the amounts before, in smallest units.
    pub before: i128,
    /// The sum of the amounts now, in smallest units.
    pub after: i128,
}

/// Compares two tables, some entries at a time.
#[derive(Debug)]
pub struct Difference {
    before: Vec<u32>,
    after: Vec<u32>,
    at: usize,
    /// The tag groups of either table: the columns of its ids before and now.
    groups: Vec<(Option<Column>, Option<Column>)>,
    /// Entries that differ, those before in the order of the first table, then those added.
    pub changes: Vec<Change>,
}

/// The columns of texts by kind; those of accounts, tax codes and tags are compared line by line.
const STATUSES: [Column; 3] = [Column::StatusCode, Column::ExportCode, Column::ReviewCode];
const DETAILS: [Column; 10] = [
    Column::EmployeeId,
    Column::TeamId,
    Column::Note,
    Column::TypeCode,
    Column::SubtypeCode,
    Column::VendorId,
    Column::VendorAccount,
    Column::VendorTaxNumber,
    Column::DocumentType,
    Column::Document,
];
const DATES: [Column; 3] = [Column::Date, Column::Settled, Column::Booked];

impl Difference {
    /// Compares the entries of `before` with all of `after`. An entry of `of_after` that is not in
    /// `before` was added.
    #[must_use]
    pub fn new(
        before: &EntryTable,
        of_before: &Selection,
        after: &EntryTable,
        of_after: &Selection,
    ) -> Difference {
        let mut groups: Vec<_> = before.tag_groups().collect();
        groups.extend(after.tag_groups());
        groups.sort_unstable();
        groups.dedup();
        let columns = groups.iter().map(|group| {
            let key = ["tag_id.", group.as_str()].concat();
            (before.column_of_key(&key), after.column_of_key(&key))
        });
        let numbers = |selection: &Selection| {
            let rows = selection.rows().rows();
            rows.filter_map(|row| u32::try_from(row).ok()).collect()
        };
        Difference {
            groups: columns.collect(),
            before: numbers(of_before),
            after: numbers(of_after),
            at: 0,
            changes: Vec::new(),
        }
    }

    /// The number of entries to compare, and how many have been.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.before.len() + self.after.len())
    }

    /// Compares at most `entries` more. Returns whether there are further ones.
    pub fn step(&mut self, before: &EntryTable, after: &EntryTable, entries: usize) -> bool {
        let end = self.at.saturating_add(entries);
        while self.at < end {
            if let Some(row) = self.before.get(self.at).copied() {
                let change = self.of_entry(before, row, after);
                self.changes.extend(change);
            } else {
                let Some(row) = self.after.get(self.at - self.before.len()).copied() else {
                    return false;
                };
                let id = after.text(row as usize, Column::EntryId);
                let is_deleted = after.has_flag(row as usize, Flag::Deleted);
                // `before` has entries of a period: one that is outside of it is not there.
                if !is_deleted && before.row_of(&id).is_none() {
                    self.put(None, Some(row), ChangeKind::Added);
                }
            }
            self.at += 1;
        }
        self.at < self.before.len() + self.after.len()
    }

    fn put(&mut self, before: Option<u32>, after: Option<u32>, kind: ChangeKind) {
        let mut kinds = ChangeKinds::default();
        kinds.add(kind);
        self.changes.push(Change {
            before,
            after,
            kinds,
        });
    }

    fn of_entry(&self, before: &EntryTable, row: u32, after: &EntryTable) -> Option<Change> {
        let (old, was_deleted) = (row as usize, before.has_flag(row as usize, Flag::Deleted));
        let mut change = Change {
            before: Some(row),
            after: None,
            kinds: ChangeKinds::default(),
        };
        let found = after.row_of(&before.text(old, Column::EntryId));
        let Some(new) = found else {
            if was_deleted {
                return None;
            }
            change.kinds.add(ChangeKind::Vanished);
            return Some(change);
        };
        change.after = u32::try_from(new).ok();
        match (was_deleted, after.has_flag(new, Flag::Deleted)) {
            (true, true) => return None,
            (true, false) => {
                change.kinds.add(ChangeKind::Added);
                return Some(change);
            }
            (false, true) => {
                change.kinds.add(ChangeKind::Vanished);
                return Some(change);
            }
            (false, false) => {}
        }
        let kinds = &mut change.kinds;
        self.compare_lines(before, old, after, new, kinds);
        for column in DATES {
            let days = [before.day(old, column), after.day(new, column)];
            let months = days.map(|day| day.map(|day| (day.year, day.month)));
            if months[0] != months[1] {
                kinds.add(ChangeKind::Month);
            } else if days[0] != days[1] {
                kinds.add(ChangeKind::Details);
            }
        }
        let differs =
            |column: &Column| before.stated_text(old, *column) != after.stated_text(new, *column);
        if STATUSES.iter().any(differs) {
            kinds.add(ChangeKind::Status);
        }
        if DETAILS.iter().any(differs) {
            kinds.add(ChangeKind::Details);
        }
        let counts = |column| (before.count(old, column), after.count(new, column));
        match counts(Column::Receipts) {
            (was, is) if was < is => kinds.add(ChangeKind::ReceiptGained),
            (was, is) if was > is => kinds.add(ChangeKind::ReceiptLost),
            _ => {}
        }
        let (was, is) = counts(Column::Attendees);
        if was != is {
            kinds.add(ChangeKind::Details);
        }
        (!kinds.is_empty()).then_some(change)
    }

    fn compare_lines(
        &self,
        before: &EntryTable,
        old: usize,
        after: &EntryTable,
        new: usize,
        kinds: &mut ChangeKinds,
    ) {
        let rows = |table: &EntryTable, row: usize| {
            let parts = table.parts_of(row);
            std::iter::once(row).chain(parts)
        };
        let (mut of_old, mut of_new) = (rows(before, old), rows(after, new));
        loop {
            match (of_old.next(), of_new.next()) {
                (None, None) => return,
                (Some(old), Some(new)) => {
                    for column in [Column::Amount, Column::Billed] {
                        if before.money(old, column) != after.money(new, column) {
                            kinds.add(ChangeKind::Amount);
                        }
                    }
                    for (column, kind) in [
                        (Column::AccountId, ChangeKind::Account),
                        (Column::TaxId, ChangeKind::TaxCode),
                    ] {
                        if before.stated_text(old, column) != after.stated_text(new, column) {
                            kinds.add(kind);
                        }
                    }
                    for (of_old, of_new) in &self.groups {
                        let old = of_old.map_or("", |column| before.stated_text(old, column));
                        let new = of_new.map_or("", |column| after.stated_text(new, column));
                        if old != new {
                            kinds.add(ChangeKind::Tag);
                        }
                    }
                }
                // Split in another number of lines.
                (one, other) => {
                    kinds.add(ChangeKind::Amount);
                    let mut left = [(before, one), (after, other)];
                    for (table, row) in &mut left {
                        let Some(row) = row else { continue };
                        let stated = |column| !table.stated_text(*row, column).is_empty();
                        if stated(Column::AccountId) {
                            kinds.add(ChangeKind::Account);
                        }
                        if stated(Column::TaxId) {
                            kinds.add(ChangeKind::TaxCode);
                        }
                    }
                }
            }
        }
    }

    /// The number of entries with a change of this kind, and their amounts by currency.
    #[must_use]
    pub fn sums(
        &self,
        before: &EntryTable,
        after: &EntryTable,
        kind: ChangeKind,
    ) -> (usize, Vec<ChangeSum>) {
        let mut sums: Vec<ChangeSum> = Vec::new();
        let mut count = 0;
        for change in self.changes.iter().filter(|it| it.kinds.contains(kind)) {
            count += 1;
            let (was, is) = amounts(before, after, change);
            let mut add = |money: Money, is_after: bool| {
                let at = sums.iter().position(|sum| sum.currency == money.currency);
                let at = at.unwrap_or_else(|| {
                    sums.push(ChangeSum {
                        currency: money.currency,
                        before: 0,
                        after: 0,
                    });
                    sums.len() - 1
                });
                match is_after {
                    true => sums[at].after += i128::from(money.minors),
                    false => sums[at].before += i128::from(money.minors),
                }
            };
            was.into_iter().for_each(|money| add(money, false));
            is.into_iter().for_each(|money| add(money, true));
        }
        sums.sort_by_key(|sum| sum.currency);
        (count, sums)
    }
}

/// The amounts of an entry before and now: `None` where it is not there, or is deleted.
#[must_use]
pub fn amounts(
    before: &EntryTable,
    after: &EntryTable,
    change: &Change,
) -> (Option<Money>, Option<Money>) {
    let of = |table: &EntryTable, row: Option<u32>| {
        let row = row? as usize;
        let is_deleted = table.has_flag(row, Flag::Deleted);
        table.money(row, Column::Amount).filter(|_| !is_deleted)
    };
    (of(before, change.before), of(after, change.after))
}
