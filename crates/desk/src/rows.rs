//! The entries loaded so far: each once, newest first.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use outlay_pleo::AccountingEntry;
use outlay_pleo::id::AccountingEntryId;
use outlay_pleo::time::Instant;

/// The entries of a table. Pages are appended as they arrive; an entry that comes twice, because
/// the list moved while it was read, takes the place of its earlier version.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    rows: Vec<Row>,
    /// When each known entry was performed; with its id, that is its place in the order.
    known: HashMap<AccountingEntryId, Option<Instant>>,
}

/// Boxed, so that sorting moves a few bytes instead of a whole entry.
#[derive(Debug, Clone)]
struct Row {
    performed: Option<Instant>,
    entry: Box<AccountingEntry>,
}

impl Row {
    fn new(entry: AccountingEntry) -> Self {
        Self {
            performed: Instant::parse(&entry.performed_at),
            entry: Box::new(entry),
        }
    }

    /// Newest first; entries whose instant cannot be read come last; the id settles the rest.
    fn order(&self, performed: Option<Instant>, id: &AccountingEntryId) -> Ordering {
        Reverse(self.performed)
            .cmp(&Reverse(performed))
            .then_with(|| self.entry.id.cmp(id))
    }
}

impl Rows {
    /// A table without rows.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in a page and tells how many of its entries were not there before.
    pub fn append(&mut self, page: Vec<AccountingEntry>) -> usize {
        let mut fresh: Vec<Row> = Vec::with_capacity(page.len());
        let mut moved = false;
        for row in page.into_iter().map(Row::new) {
            let id = row.entry.id.clone();
            let Some(before) = self.known.insert(id.clone(), row.performed) else {
                fresh.push(row);
                continue;
            };
            moved |= before != row.performed;
            if let Some(earlier) = self.find(before, &id, &mut fresh) {
                *earlier = row;
            }
        }
        let added = fresh.len();
        self.rows.append(&mut fresh);
        // Pages come in order, so there is mostly nothing to sort; else two runs are merged.
        let from = if moved { 0 } else { self.rows.len() - added };
        if !self.is_sorted_from(from.saturating_sub(1)) {
            self.rows.sort_by(|a, b| a.order(b.performed, &b.entry.id));
        }
        added
    }

    fn find<'a>(
        &'a mut self,
        performed: Option<Instant>,
        id: &AccountingEntryId,
        fresh: &'a mut [Row],
    ) -> Option<&'a mut Row> {
        let at = self
            .rows
            .binary_search_by(|row| row.order(performed, id))
            // A row replaced in this very page may stand at its old place until the sort.
            .or_else(|_| {
                self.rows
                    .iter()
                    .position(|row| row.entry.id == *id)
                    .ok_or(())
            });
        match at {
            Ok(at) => self.rows.get_mut(at),
            Err(()) => fresh.iter_mut().find(|row| row.entry.id == *id),
        }
    }

    fn is_sorted_from(&self, start: usize) -> bool {
        let tail = self.rows.get(start..).unwrap_or_default();
        tail.is_sorted_by(|a, b| a.order(b.performed, &b.entry.id) == Ordering::Less)
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The entry of a row; 0 is the newest.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&AccountingEntry> {
        self.rows.get(row).map(|row| &*row.entry)
    }

    /// All entries, newest first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &AccountingEntry> {
        self.rows.iter().map(|row| &*row.entry)
    }

    /// Drops every entry.
    pub fn clear(&mut self) {
        self.rows = Vec::new();
        self.known = HashMap::new();
    }
}
