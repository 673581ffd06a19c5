//! A company's entries, by id and in any order. Orders are cached, since the same one is requested
//! for each page.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use outlay_pleo::AccountingEntry;
use outlay_pleo::status::{EntrySortingKey, PageOrder};
use outlay_pleo::time::Instant;

use crate::sample_data::receipt::SampleReceipt;

/// Sort keys with directions, the first being the most significant.
pub type Sorting = Vec<(EntrySortingKey, PageOrder)>;

/// The number of cached orders.
const MOST_VIEWS: usize = 32;

/// Some rows in some order.
#[derive(Debug, Default)]
pub struct EntryView {
    rows: Vec<usize>,
    places: HashMap<usize, usize>,
}

impl EntryView {
    /// Makes a view of row numbers in this order.
    pub fn new(rows: Vec<usize>) -> EntryView {
        let places = rows
            .iter()
            .enumerate()
            .map(|(at, row)| (*row, at))
            .collect();
        EntryView { rows, places }
    }

    /// Returns the row numbers in order.
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// Returns the position of a row in the order; `None` if it is not in the view.
    pub fn place(&self, row: usize) -> Option<usize> {
        self.places.get(&row).copied()
    }
}

/// All entries of a company, with cached sort orders.
#[derive(Debug)]
pub struct CompanyEntries {
    entries: Vec<AccountingEntry>,
    by_id: HashMap<String, usize>,
    views: Mutex<Vec<(String, Arc<EntryView>)>>,
    receipts: OnceLock<Vec<SampleReceipt>>,
}

impl CompanyEntries {
    /// Takes entries in any order; their positions become row numbers.
    pub fn new(entries: Vec<AccountingEntry>) -> CompanyEntries {
        let numbered = entries.iter().enumerate();
        CompanyEntries {
            by_id: numbered
                .map(|(row, entry)| (entry.id.to_string(), row))
                .collect(),
            views: Mutex::default(),
            receipts: OnceLock::new(),
            entries,
        }
    }

    /// Returns every entry by row number.
    pub fn entries(&self) -> &[AccountingEntry] {
        &self.entries
    }

    /// Returns the entry with this UUID.
    pub fn by_id(&self, id: &str) -> Option<&AccountingEntry> {
        self.entries.get(self.row(id)?)
    }

    /// Returns the row number of the entry with this UUID.
    pub fn row(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The receipts of all entries, collected on first use.
    pub fn receipts(&self) -> &[SampleReceipt] {
        self.receipts.get_or_init(|| {
            let numbered = self.entries.iter().enumerate();
            numbered
                .flat_map(|(row, entry)| SampleReceipt::of(row, entry))
                .collect()
        })
    }

    /// Returns the rows for which `keep` is true, sorted, with the id as the last key. `name`
    /// identifies the order and filter.
    pub fn view(
        &self,
        name: String,
        sorting: &Sorting,
        keep: impl Fn(usize, &AccountingEntry) -> bool,
    ) -> Arc<EntryView> {
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, view)) = views.iter().find(|(kept, _)| *kept == name) {
            return Arc::clone(view);
        }
        let all = self.entries.iter().enumerate();
        let mut rows: Vec<_> = all.filter(|(row, entry)| keep(*row, entry)).collect();
        rows.sort_by(|(_, left), (_, right)| compare(left, right, sorting));
        let view = Arc::new(EntryView::new(
            rows.into_iter().map(|(row, _)| row).collect(),
        ));
        if views.len() >= MOST_VIEWS {
            views.remove(0);
        }
        views.push((name, Arc::clone(&view)));
        view
    }
}

fn compare(left: &AccountingEntry, right: &AccountingEntry, sorting: &Sorting) -> Ordering {
    let by_id = || left.id.cmp(&right.id);
    sorting
        .iter()
        .map(|(key, order)| {
            let of = |entry: &AccountingEntry| match key {
                EntrySortingKey::SettledAt => entry.settled_at.as_ref()?.instant(),
                EntrySortingKey::BookkeepingDate => entry.bookkeeping_date.as_ref()?.instant(),
                _ => entry.performed_at.instant(),
            };
            match key {
                EntrySortingKey::Id if is_descending(order) => by_id().reverse(),
                EntrySortingKey::Id => by_id(),
                _ => dated(of(left), of(right), order),
            }
        })
        .find(|found| found.is_ne())
        .unwrap_or_else(by_id)
}

/// Absent values are last in ascending order and first in descending order, unless the order states
/// otherwise.
fn dated(left: Option<Instant>, right: Option<Instant>, order: &PageOrder) -> Ordering {
    let absent_first = absent_first(order);
    match (left, right) {
        (Some(left), Some(right)) if is_descending(order) => right.cmp(&left),
        (Some(left), Some(right)) => left.cmp(&right),
        (None, None) => Ordering::Equal,
        (None, Some(_)) if absent_first => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) if absent_first => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
    }
}

/// Returns whether absent values come before the others in this order.
pub fn absent_first(order: &PageOrder) -> bool {
    matches!(
        order,
        PageOrder::Desc | PageOrder::AscNullsFirst | PageOrder::DescNullsFirst
    )
}

/// Returns whether an order is descending.
pub fn is_descending(order: &PageOrder) -> bool {
    matches!(
        order,
        PageOrder::Desc | PageOrder::DescNullsFirst | PageOrder::DescNullsLast
    )
}
