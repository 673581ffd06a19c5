//! What the address says of a list: the search and the order.

use std::sync::Arc;

use leptos::prelude::*;
use outlay_table::Selection;
use outlay_table::record_table::RecordColumn;

use crate::address;
use crate::components::address_parameters::AddressParameters;
use crate::platform::intl;
use crate::session::company_data::{CompanyData, ScrollPosition};
use crate::session::directory::kind::DirectoryKind;
use crate::session::directory::load::DirectoryList;
use crate::session::directory::rows;

/// The parameter of the order: the key of a column, with `-` before it for the largest value first.
const SORT: &str = "sort";

/// The state of one list.
#[derive(Clone, Copy)]
pub struct ListState {
    /// Which list it is.
    pub kind: DirectoryKind,
    /// The company's data.
    pub company_data: CompanyData,
    /// The list.
    pub list: RwSignal<DirectoryList>,
    /// The text of the search, as typed.
    pub typed: RwSignal<String>,
    /// The column that the rows are sorted by, and whether the largest value comes first.
    pub sort: Memo<(usize, bool)>,
    /// The rows that match, in the order of the table.
    pub order: Memo<Arc<Vec<u32>>>,
    /// The selected rows of the table, by their place in the order.
    pub selection: RwSignal<Option<Selection>>,
    /// Where the reader is in the table.
    pub place: RwSignal<ScrollPosition>,
    parameters: AddressParameters,
}

impl ListState {
    /// Reads the address.
    pub fn new(kind: DirectoryKind, company_data: CompanyData) -> ListState {
        let parameters = AddressParameters::of_this_page();
        let list = company_data.directory_list(kind);
        let typed = RwSignal::new(untrack(|| parameters.value(address::FILTER)));
        let in_address = Memo::new(move |_| {
            let text = parameters.value(SORT);
            let (key, descending) = match text.strip_prefix('-') {
                Some(key) => (key, true),
                None => (&*text, false),
            };
            let mut columns = rows::columns(kind).iter();
            let column = columns.position(|column| column.key == key)?;
            Some((column, descending))
        });
        let default = rows::default_order(kind);
        let sort = Memo::new(move |_| in_address.get().unwrap_or((default[0], false)));
        let order = Memo::new(move |_| {
            let found = typed.with(|text| list.with(|list| list.table.select(text)));
            let by = |order: Vec<u32>, column: usize, descending: bool| {
                let by = (column, rows::columns(kind)[column].kind);
                list.with(|list| list.table.order(order, by, descending, intl::ranks))
            };
            // Equal rows keep the default order.
            let mut order = found;
            for column in default.iter().rev() {
                order = by(order, *column, false);
            }
            if let Some((column, descending)) = in_address.get() {
                order = by(order, column, descending);
            }
            Arc::new(order)
        });
        let state = ListState {
            kind,
            company_data,
            list,
            typed,
            sort,
            order,
            selection: RwSignal::new(None),
            place: RwSignal::new((0, None)),
            parameters,
        };
        state.follow_address();
        state
    }

    /// The way back brings another search. Rows that change their place are not selected any more.
    fn follow_address(self) {
        Effect::new(move |before: Option<()>| {
            let text = self.parameters.value(address::FILTER);
            let is_typing = self.parameters.is_resting();
            if before.is_some() && !is_typing && self.typed.with_untracked(|typed| *typed != text) {
                self.typed.set(text);
            }
        });
        Effect::new(move |before: Option<Arc<Vec<u32>>>| {
            let order = self.order.get();
            if before.is_some_and(|before| !order.starts_with(&before)) {
                self.selection.set(None);
                self.place.set((0, None));
            }
            order
        });
    }

    /// The columns of the list.
    pub fn columns(self) -> &'static [RecordColumn] {
        rows::columns(self.kind)
    }

    /// Searches for `text`; the address follows when the text has rested.
    pub fn search(self, text: String) {
        self.typed.set(text);
        self.parameters.after_rest(move || {
            if let Some(text) = self.typed.try_get_untracked() {
                self.parameters.write(address::FILTER, &text, true);
            }
        });
    }

    /// Sorts by a column, in the other direction if it is sorted by it already.
    pub fn sort_by(self, column: usize) {
        let Some(key) = self.columns().get(column).map(|column| column.key) else {
            return;
        };
        let text = match self.sort.get_untracked() {
            (sorted, false) if sorted == column => ["-", key].concat(),
            _ => key.to_owned(),
        };
        self.parameters.write(SORT, &text, true);
    }
}
