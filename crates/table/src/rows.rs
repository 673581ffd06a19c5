//! The entries loaded so far: each once, newest first.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use outlay_pleo::id::AccountingEntryId;
use outlay_pleo::time::{Instant, Timestamp, Zone};
use outlay_pleo::{AccountingEntry, Unreadable};

/// The entries of a table. Pages are appended as they arrive; an entry that comes twice, because
/// the list moved while it was read, takes the place of its earlier version. A record that could not
/// be read is a row without an entry, at the place of its date.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    rows: Vec<EntryRow>,
    /// When each known entry was performed; with its id, that is its place in the order.
    known: HashMap<AccountingEntryId, Option<Instant>>,
    /// Unreadable records without an id so far.
    without_id: usize,
    notes: RowNotes,
    changes: u64,
}

/// How many rows have a value that the user should know of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowNotes {
    /// Records that could not be read.
    pub unreadable: usize,
    /// Entries with a purchase date that cannot be read; they are the last rows.
    pub undated: usize,
    /// Entries with a purchase date without a time zone, which counts as UTC.
    pub without_zone: usize,
    /// Entries with a bookkeeping date that may be a local midnight written in UTC; see
    /// [`outlay_pleo::time::DateTime::may_be_local_midnight`].
    pub local_midnights: usize,
    /// Entries in a currency whose decimals are not known.
    pub unknown_decimals: usize,
}

/// Boxed, so that sorting moves a few bytes instead of a whole entry.
#[derive(Debug, Clone)]
struct EntryRow {
    performed: Option<Instant>,
    record: EntryRecord,
}

#[derive(Debug, Clone)]
enum EntryRecord {
    Entry(Box<AccountingEntry>),
    /// With its id, or with one that no other row has.
    Unreadable(Box<(AccountingEntryId, Unreadable)>),
}

impl EntryRow {
    fn new(entry: AccountingEntry) -> Self {
        Self {
            performed: entry.performed_at.instant(),
            record: EntryRecord::Entry(Box::new(entry)),
        }
    }

    fn unreadable(id: AccountingEntryId, record: Unreadable) -> Self {
        let performed = record.performed_at.as_ref().and_then(Timestamp::instant);
        Self {
            performed,
            record: EntryRecord::Unreadable(Box::new((id, record))),
        }
    }

    fn id(&self) -> &AccountingEntryId {
        match &self.record {
            EntryRecord::Entry(entry) => &entry.id,
            EntryRecord::Unreadable(record) => &record.0,
        }
    }

    fn entry(&self) -> Option<&AccountingEntry> {
        match &self.record {
            EntryRecord::Entry(entry) => Some(entry),
            EntryRecord::Unreadable(_) => None,
        }
    }

    /// Newest first; entries whose instant cannot be read come last; the id settles the rest.
    fn order(&self, performed: Option<Instant>, id: &AccountingEntryId) -> Ordering {
        Reverse(self.performed)
            .cmp(&Reverse(performed))
            .then_with(|| self.id().cmp(id))
    }
}

impl RowNotes {
    fn of(row: &EntryRow) -> RowNotes {
        let Some(entry) = row.entry() else {
            return RowNotes {
                unreadable: 1,
                ..RowNotes::default()
            };
        };
        let performed = entry.performed_at.parsed();
        let booked = entry.bookkeeping_date.as_ref().and_then(Timestamp::parsed);
        RowNotes {
            unreadable: 0,
            undated: performed.is_none().into(),
            without_zone: performed
                .is_some_and(|written| written.zone == Zone::Missing)
                .into(),
            local_midnights: booked
                .is_some_and(|written| written.may_be_local_midnight())
                .into(),
            unknown_decimals: entry.transaction_value.currency.exponent().is_none().into(),
        }
    }

    fn add(&mut self, other: RowNotes) {
        self.unreadable += other.unreadable;
        self.undated += other.undated;
        self.without_zone += other.without_zone;
        self.local_midnights += other.local_midnights;
        self.unknown_decimals += other.unknown_decimals;
    }

    fn remove(&mut self, other: RowNotes) {
        self.unreadable -= other.unreadable;
        self.undated -= other.undated;
        self.without_zone -= other.without_zone;
        self.local_midnights -= other.local_midnights;
        self.unknown_decimals -= other.unknown_decimals;
    }
}

impl Rows {
    /// A table without rows.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in entries and tells how many of them were not there before.
    pub fn append(&mut self, entries: Vec<AccountingEntry>) -> usize {
        self.append_page(entries, Vec::new())
    }

    /// Takes in a page and tells how many of its rows, readable or not, were not there before.
    pub fn append_page(
        &mut self,
        entries: Vec<AccountingEntry>,
        unreadable: Vec<Unreadable>,
    ) -> usize {
        let mut fresh: Vec<EntryRow> = Vec::with_capacity(entries.len() + unreadable.len());
        let mut moved = false;
        let entries = entries.into_iter().map(EntryRow::new);
        let unreadable = unreadable.into_iter().map(|record| {
            let id = record.id.clone().unwrap_or_else(|| {
                self.without_id += 1;
                // Pleo's ids are UUIDs.
                format!("without id {}", self.without_id)
            });
            EntryRow::unreadable(id.into(), record)
        });
        let rows: Vec<EntryRow> = entries.chain(unreadable).collect();
        for row in rows {
            let id = row.id().clone();
            let before = self.known.get(&id).copied();
            // A version that was read is worth more than a later one that was not.
            if before.is_some() && row.entry().is_none() {
                continue;
            }
            self.known.insert(id.clone(), row.performed);
            self.notes.add(RowNotes::of(&row));
            let Some(before) = before else {
                fresh.push(row);
                continue;
            };
            moved |= before != row.performed;
            self.changes += 1;
            let mut replaced = None;
            if let Some(earlier) = self.find(before, &id, &mut fresh) {
                replaced = Some(RowNotes::of(earlier));
                *earlier = row;
            }
            self.notes.remove(replaced.unwrap_or_default());
        }
        let added = fresh.len();
        self.rows.append(&mut fresh);
        // Pages come in order, so there is mostly nothing to sort; else two runs are merged.
        let from = if moved { 0 } else { self.rows.len() - added };
        if !self.is_sorted_from(from.saturating_sub(1)) {
            self.rows.sort_by(|a, b| a.order(b.performed, b.id()));
            self.changes += 1;
        }
        added
    }

    fn find<'a>(
        &'a mut self,
        performed: Option<Instant>,
        id: &AccountingEntryId,
        fresh: &'a mut [EntryRow],
    ) -> Option<&'a mut EntryRow> {
        let at = self
            .rows
            .binary_search_by(|row| row.order(performed, id))
            // A row replaced in this very page may stand at its old place until the sort.
            .or_else(|_| self.rows.iter().position(|row| row.id() == id).ok_or(()));
        match at {
            Ok(at) => self.rows.get_mut(at),
            Err(()) => fresh.iter_mut().find(|row| row.id() == id),
        }
    }

    fn is_sorted_from(&self, start: usize) -> bool {
        let tail = self.rows.get(start..).unwrap_or_default();
        tail.is_sorted_by(|a, b| a.order(b.performed, b.id()) == Ordering::Less)
    }

    /// A number that grows whenever a row that was there before has moved or has other contents.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// How many rows there are, readable or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The entry of a row; 0 is the newest. `None` past the last row, and where the row is a record
    /// that could not be read.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&AccountingEntry> {
        self.rows.get(row)?.entry()
    }

    /// The record of a row that could not be read; `None` for every other row.
    #[must_use]
    pub fn unreadable(&self, row: usize) -> Option<&Unreadable> {
        match &self.rows.get(row)?.record {
            EntryRecord::Unreadable(record) => Some(&record.1),
            EntryRecord::Entry(_) => None,
        }
    }

    /// All entries, newest first, without the records that could not be read.
    pub fn iter(&self) -> impl Iterator<Item = &AccountingEntry> {
        self.rows.iter().filter_map(EntryRow::entry)
    }

    /// How many rows the user should know something of.
    #[must_use]
    pub fn notes(&self) -> RowNotes {
        self.notes
    }

    /// Drops every entry.
    pub fn clear(&mut self) {
        *self = Self {
            changes: self.changes + 1,
            ..Self::default()
        };
    }
}
