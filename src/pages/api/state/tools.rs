//! The state of the tools on a response: search, folding, table, comparison, stored values.

use std::sync::Arc;

use leptos::prelude::*;
use outlay_explorer::answer::fold::Folds;
use outlay_explorer::chain::Variables;
use outlay_explorer::id_links::IdTarget;
use outlay_explorer::sequence::Sequence;
use outlay_wire::Value;

/// A response that is kept for a comparison; only in memory.
pub struct KeptResponse {
    /// Operation and time, for the screen.
    pub label: String,
    /// The value, with its secrets masked.
    pub value: Value,
}

/// The matches of a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Numbers of the lines, in ascending order.
    pub lines: Arc<Vec<usize>>,
    /// Index of the current match.
    pub current: usize,
}

/// The pages that *Fetch all pages* has loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchProgress {
    /// Pages so far.
    pub pages: usize,
    /// Rows so far.
    pub rows: usize,
}

/// The state as signals.
#[derive(Clone, Copy)]
pub struct ToolState {
    /// Whether the response is shown as received.
    pub raw: RwSignal<bool>,
    /// Whether secrets are shown.
    pub revealed: RwSignal<bool>,
    /// The folded objects and lists.
    pub folds: RwSignal<Folds>,
    /// The matches of the search.
    pub matches: RwSignal<Matches>,
    /// Whether the list is shown as a table.
    pub table: RwSignal<bool>,
    /// The response that is kept for a comparison.
    pub kept: RwSignal<Option<Arc<KeptResponse>>>,
    /// The loading of all pages; `None` while none is in progress.
    pub fetching: RwSignal<Option<FetchProgress>>,
    /// The operations that take an id.
    pub targets: RwSignal<Arc<Vec<IdTarget>>>,
    /// Stored values of responses.
    pub variables: RwSignal<Variables>,
    /// The sequence and the index of its next step.
    pub sequence: RwSignal<(Sequence, usize)>,
}

impl ToolState {
    pub(super) fn new() -> ToolState {
        ToolState {
            raw: RwSignal::new(false),
            revealed: RwSignal::new(false),
            folds: RwSignal::new(Folds::default()),
            matches: RwSignal::new(Matches::default()),
            table: RwSignal::new(false),
            kept: RwSignal::new(None),
            fetching: RwSignal::new(None),
            targets: RwSignal::new(Arc::default()),
            variables: RwSignal::new(Variables::default()),
            sequence: RwSignal::new((Sequence::default(), 0)),
        }
    }

    /// Shows the next response from its beginning.
    pub fn reset_view(self) {
        self.raw.set(false);
        self.revealed.set(false);
        self.folds.set(Folds::default());
        self.matches.set(Matches::default());
        self.table.set(false);
    }

    /// Drops all data of the company.
    pub(super) fn forget(self) {
        self.reset_view();
        self.kept.set(None);
        self.fetching.set(None);
        self.variables.set(Variables::default());
        self.sequence.set((Sequence::default(), 0));
    }
}
