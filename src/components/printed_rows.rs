//! The rows of a table as it is printed: the grid on screen holds only those in sight.

use leptos::html::Div;
use leptos::prelude::*;

use super::messages::print as messages;
use crate::platform::{intl, print};

/// The largest number of rows that is printed: some 60 pages.
const MOST_ROWS: usize = 2_000;

/// What is printed in place of a grid.
#[derive(Debug, Clone, Default)]
pub struct PrintedTable {
    /// The chosen search or filter; empty for none.
    pub filter: String,
    /// The headers of the columns.
    pub headers: Vec<String>,
    /// Whether each column holds figures.
    pub figures: Vec<bool>,
    /// The number of rows that match the filter.
    pub matching: usize,
    /// The number of rows that are loaded, and of those that Pleo has, if it says so.
    pub loaded: (usize, Option<usize>),
}

/// The rows, made when the browser prints.
#[component]
pub fn PrintedRows(
    /// Describes the table.
    table: Callback<(), PrintedTable>,
    /// Returns the cells of a row by its place among those that match.
    row: Callback<usize, Vec<String>>,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let before = window_event_listener_untyped("beforeprint", move |_| {
        let Some(place) = place.get_untracked() else {
            return;
        };
        let table = untrack(|| table.run(()));
        let printed = table.matching.min(MOST_ROWS);
        let rows = (0..printed).map(|at| untrack(|| row.run(at)));
        print::show_table(
            &place,
            &notes(&table, printed),
            &table.headers,
            &table.figures,
            rows,
        );
    });
    let after = window_event_listener_untyped("afterprint", move |_| {
        if let Some(place) = place.get_untracked() {
            place.set_text_content(None);
        }
    });
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
    view! { <div class="print-only printed-rows" translate="no" node_ref=place></div> }
}

/// The chosen values, and what is missing.
fn notes(table: &PrintedTable, printed: usize) -> Vec<String> {
    let filter = match &*table.filter {
        "" => None,
        filter => Some(messages::filter(filter)),
    };
    let cut = (printed < table.matching)
        .then(|| messages::cut(&intl::count(printed), &intl::count(table.matching)));
    let unloaded = match table.loaded {
        (loaded, Some(total)) if loaded < total => {
            Some(messages::not_loaded(&intl::count(total - loaded)))
        }
        _ => None,
    };
    filter
        .into_iter()
        .chain([messages::rows(printed, &intl::count(printed))])
        .chain(cut)
        .chain(unloaded)
        .collect()
}
