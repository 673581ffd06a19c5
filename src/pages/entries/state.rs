//! What the entries page shows: the filter, the order, the columns and the opened entry. All of it is
//! in the address, so that it survives a reload, a sign-in and a link.

use std::sync::Arc;

use leptos::prelude::*;
use outlay_table::entry_table::Selection as FoundRows;
use outlay_table::entry_table::sort::{Direction, SortKey};
use outlay_table::filter::FilterError;
use outlay_table::view::{EntriesView, ShownColumn};
use outlay_table::{Column, EntryTable, Filter, Grain, Selection};

use super::cells::DEFAULT_COLUMNS;
use crate::address;
use crate::components::address_parameters::AddressParameters;
use crate::components::grid_head::ColumnChange;
use crate::platform::intl;
use crate::session::company_data::CompanyData;
use crate::session::load::LoadState;

/// The parameters of the address besides [`address::FILTER`].
const SORT: &str = "sort";
const COLUMNS: &str = "columns";
const ENTRY: &str = "entry";

/// Sort keys, at most.
const MOST_KEYS: usize = 3;

/// Distinct texts of a column from which the browser's collator is too slow to be asked for every page
/// that arrives.
const MANY_TEXTS: usize = 5_000;

/// The newest purchase first.
const NEWEST_FIRST: SortKey = SortKey {
    column: Column::Date,
    direction: Direction::Descending,
};

/// The state of the page, in the context.
#[derive(Clone, Copy)]
pub struct EntriesState {
    /// The company's data.
    pub company_data: CompanyData,
    /// The text of the filter, as typed.
    pub typed: RwSignal<String>,
    /// What is wrong with it.
    pub error: Memo<Option<FilterError>>,
    /// The last filter that could be read.
    pub filter: Memo<Filter>,
    sort_text: RwSignal<String>,
    columns_text: RwSignal<String>,
    /// The keys that the rows are sorted by.
    pub sort: Memo<Vec<SortKey>>,
    /// The columns in sight, with the widths that the user has set.
    pub shown: Memo<Vec<ShownColumn>>,
    /// The columns in sight.
    pub columns: Memo<Vec<Column>>,
    /// The rows that match the filter.
    pub found: Memo<FoundRows>,
    /// The rows that match, in the order of the table.
    pub order: Memo<Arc<Vec<u32>>>,
    /// The selected rows of the table, by their place in the order.
    pub selection: RwSignal<Option<Selection>>,
    /// The id of the entry in the drawer.
    pub opened: Memo<Option<String>>,
    parameters: AddressParameters,
}

impl EntriesState {
    /// Reads the address.
    pub fn new(company_data: CompanyData) -> EntriesState {
        let parameters = AddressParameters::of_this_page();
        let of_address = |name| untrack(|| parameters.value(name));
        let typed = RwSignal::new(of_address(address::FILTER));
        let sort_text = RwSignal::new(of_address(SORT));
        let columns_text = RwSignal::new(of_address(COLUMNS));
        let table = company_data.table;
        let error = Memo::new(move |_| typed.with(|text| Filter::parse(text).err()));
        let filter = Memo::new(move |before: Option<&Filter>| {
            let parsed = typed.with(|text| Filter::parse(text));
            parsed.unwrap_or_else(|_| before.cloned().unwrap_or_default())
        });
        let sort = Memo::new(move |_| {
            let text = sort_text.get();
            let keys = table.with(|table| sort_keys(table, &text));
            match keys.is_empty() {
                true => vec![NEWEST_FIRST],
                false => keys,
            }
        });
        let shown = Memo::new(move |_| {
            let text = columns_text.get();
            let columns = table.with(|table| table.shown_columns(&text));
            match columns.is_empty() {
                true => DEFAULT_COLUMNS.map(ShownColumn::of).to_vec(),
                false => columns,
            }
        });
        let columns =
            Memo::new(move |_| shown.with(|shown| shown.iter().map(|it| it.column).collect()));
        let found = Memo::new(move |_| {
            let filter = filter.get();
            table.with(|table| table.select(&filter, Grain::Entries))
        });
        let order = Memo::new(move |_| {
            let keys = sort.get();
            table.track();
            let is_loading = company_data
                .entries_pagination
                .with_untracked(|pagination| pagination.step == LoadState::Loading);
            table.update_untracked(|table| rank(table, &keys, is_loading));
            let order = |found: &FoundRows| table.with_untracked(|table| table.order(found, &keys));
            Arc::new(found.with(order))
        });
        let opened = Memo::new(move |_| Some(parameters.value(ENTRY)).filter(|id| !id.is_empty()));
        let state = EntriesState {
            company_data,
            typed,
            error,
            filter,
            sort_text,
            columns_text,
            sort,
            shown,
            columns,
            found,
            order,
            selection: RwSignal::new(None),
            opened,
            parameters,
        };
        state.follow_address();
        state.keep_selection();
        state
    }

    /// A link to this page, or the way back, brings another filter or order.
    fn follow_address(self) {
        Effect::new(move |before: Option<()>| {
            self.parameters.query.track();
            if before.is_none() || self.parameters.is_resting() {
                return;
            }
            untrack(|| {
                self.show(self.parameters.value(address::FILTER));
                for (text, name) in [(self.sort_text, SORT), (self.columns_text, COLUMNS)] {
                    let value = self.parameters.value(name);
                    if text.with_untracked(|text| *text != value) {
                        text.set(value);
                    }
                }
            });
        });
    }

    /// Keeps the selection on its entries while others arrive around them. Selects nothing once the
    /// entries are not adjacent any more, in the same sequence.
    fn keep_selection(self) {
        Effect::new(move |before: Option<Arc<Vec<u32>>>| {
            let order = self.order.get();
            if let (Some(before), Some(selection)) = (before, self.selection.get_untracked()) {
                let moved = self.company_data.table.with_untracked(|table| {
                    // Pages of date windows overlap: an entry that comes again gets another row.
                    selection.moved(&before, &order, |row| table.entry_number(row))
                });
                if moved != Some(selection) {
                    self.selection.set(moved);
                }
            }
            order
        });
    }

    /// The number of the row at a place of the order.
    pub fn row(self, place: usize) -> Option<usize> {
        let row = self.order.with(|order| order.get(place).copied());
        row.map(|row| row as usize)
    }

    /// Filters by `text`; the address follows when the text has rested.
    pub fn filter_by(self, text: String) {
        self.show(text);
        self.write_address();
    }

    /// The table begins at its top if the filter is another one.
    fn show(self, text: String) {
        if self.typed.with_untracked(|typed| *typed == text) {
            return;
        }
        let before = self.filter.get_untracked();
        self.typed.set(text);
        if self.filter.with_untracked(|filter| *filter != before) {
            self.to_top();
        }
    }

    fn to_top(self) {
        self.selection.set(None);
        self.company_data.place.set((0, None));
    }

    /// Has the address follow the filter as typed, the order and the columns, when they have rested.
    fn write_address(self) {
        self.parameters.after_rest(move || {
            let texts = [self.typed, self.sort_text, self.columns_text];
            if let [Some(filter), Some(sort), Some(columns)] =
                texts.map(|text| text.try_get_untracked())
            {
                let view = EntriesView {
                    filter,
                    sort,
                    columns,
                };
                self.parameters.write_all(&parameters(&view), true);
            }
        });
    }

    /// Sorts by the column in sight at `at`, in the other direction if it is sorted by it already.
    /// `adds` keeps the keys before it.
    pub fn sort_by(self, at: usize, adds: bool) {
        let Some(column) = self.columns.with_untracked(|all| all.get(at).copied()) else {
            return;
        };
        let mut keys = self.sort.get_untracked();
        let known = keys.iter().position(|key| key.column == column);
        let turned = |key: SortKey| SortKey {
            direction: match key.direction {
                Direction::Ascending => Direction::Descending,
                Direction::Descending => Direction::Ascending,
            },
            ..key
        };
        let fresh = SortKey {
            column,
            direction: Direction::Ascending,
        };
        match (known, adds) {
            (Some(at), true) => keys[at] = turned(keys[at]),
            (None, true) => {
                keys.truncate(MOST_KEYS - 1);
                keys.push(fresh);
            }
            (Some(0), false) => keys = vec![turned(keys[0])],
            (_, false) => keys = vec![fresh],
        }
        let text = match *keys == [NEWEST_FIRST] {
            true => String::new(),
            false => self.company_data.table.with_untracked(|table| {
                let keys = keys.iter().map(|key| match key.direction {
                    Direction::Ascending => table.key(key.column),
                    Direction::Descending => ["-", &table.key(key.column)].concat(),
                });
                keys.collect::<Vec<_>>().join(",")
            }),
        };
        self.sort_text.set(text);
        self.to_top();
        self.write_address();
    }

    /// Shows these columns; the page's own ones if there is none.
    pub fn set_columns(self, columns: &[ShownColumn]) {
        let is_default = *columns == DEFAULT_COLUMNS.map(ShownColumn::of);
        let text = match is_default || columns.is_empty() {
            true => String::new(),
            false => self
                .company_data
                .table
                .with_untracked(|table| table.columns_text(columns)),
        };
        self.columns_text.set(text);
        self.write_address();
    }

    /// Moves or resizes a column in sight. Does nothing for a place without a column.
    pub fn change_column(self, change: ColumnChange) {
        let mut shown = self.shown.get_untracked();
        match change {
            ColumnChange::Move { from, to } if from.max(to) < shown.len() => {
                let column = shown.remove(from);
                shown.insert(to, column);
            }
            ColumnChange::Width { at, width } if at < shown.len() => {
                let limits = outlay_table::view::WIDTHS;
                shown[at].width = width.map(|width| width.clamp(*limits.start(), *limits.end()));
            }
            _ => return,
        }
        self.set_columns(&shown);
    }

    /// What is shown: the filter that could be read last, the order and the columns.
    pub fn view(self) -> EntriesView {
        EntriesView {
            filter: self.filter.with_untracked(|filter| filter.to_string()),
            sort: self.sort_text.get_untracked(),
            columns: self.columns_text.get_untracked(),
        }
    }

    /// Shows a saved view.
    pub fn show_view(self, view: EntriesView) {
        self.parameters.stop_resting();
        self.show(view.filter);
        self.sort_text.set(view.sort);
        self.columns_text.set(view.columns);
        self.to_top();
        self.parameters.write_all(&parameters(&self.view()), true);
    }

    /// The address of what is shown, without the connection and the opened entry, so that it can be opened
    /// with another connection.
    pub fn link(self) -> String {
        let view = self.view();
        self.parameters.link(&parameters(&view))
    }

    /// Opens the entry at a place of the order in the drawer. Back closes it.
    pub fn open(self, place: usize) {
        let id = untrack(|| {
            let row = self.row(place)?;
            self.company_data.table.with(|table| {
                let is_known = !table.has_flag(row, outlay_table::entry_table::Flag::Unreadable);
                is_known.then(|| table.text(row, Column::EntryId).into_owned())
            })
        });
        if let Some(id) = id {
            // The entry before this one in the history has what is shown now.
            if self.parameters.is_resting() {
                self.parameters.stop_resting();
                let view = EntriesView {
                    filter: self.typed.get_untracked(),
                    ..self.view()
                };
                self.parameters.write_all(&parameters(&view), true);
            }
            let replace = self.opened.with_untracked(Option::is_some);
            self.parameters.write(ENTRY, &id, replace);
        }
    }

    /// Closes the drawer: removes its parameter from the address without a new history entry.
    pub fn close(self) {
        if self.opened.with_untracked(Option::is_some) {
            self.parameters.write(ENTRY, "", true);
        }
    }

    /// The place of the opened entry in the order; `None` if it is not among the rows that match.
    pub fn opened_place(self) -> Option<usize> {
        let id = self.opened.get()?;
        let row = self.company_data.table.with(|table| table.row_of(&id))?;
        self.order
            .with(|order| order.iter().position(|it| *it as usize == row))
    }
}

/// The parameters of the address that hold a view.
fn parameters(view: &EntriesView) -> [(&'static str, &str); 3] {
    [
        (address::FILTER, &view.filter),
        (SORT, &view.sort),
        (COLUMNS, &view.columns),
    ]
}

/// The keys of `-amount,employee`; those of columns that the table does not have are left out.
fn sort_keys(table: &EntryTable, text: &str) -> Vec<SortKey> {
    let key = |key: &str| {
        let (key, direction) = match key.strip_prefix('-') {
            Some(key) => (key, Direction::Descending),
            None => (key, Direction::Ascending),
        };
        let column = table.column_of_key(key)?;
        Some(SortKey { column, direction })
    };
    text.split(',').filter_map(key).take(MOST_KEYS).collect()
}

/// Has the browser's collator rank the texts of the columns that are sorted by.
fn rank(table: &mut EntryTable, keys: &[SortKey], is_loading: bool) {
    for key in keys {
        let texts: Vec<&str> = table.distinct(key.column).collect();
        let too_many = is_loading && texts.len() > MANY_TEXTS;
        if texts.is_empty() || too_many || table.has_ranks(key.column) {
            continue;
        }
        if let Some(ranks) = intl::ranks(&texts) {
            table.set_ranks(key.column, ranks);
        }
    }
}
