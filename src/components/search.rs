//! The search among the rows that are loaded. What is searched for is the parameter `q` of the
//! address, so that it survives a reload and a sign-in.

use std::sync::Arc;
use std::time::Duration;

use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use outlay_table::entry_labels::{about, plain};
use outlay_table::{Query, Rows, SearchIndex, Selection, notes};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::messages::search as messages;
use crate::address;
use crate::platform::{document, intl, location};
use crate::session::company_data::CompanyData;

/// The parameter of the address.
const PARAMETER: &str = "q";

/// How long the field must rest before the address follows it: browsers limit how often it changes.
const REST: Duration = Duration::from_millis(300);

/// The search of one page.
#[derive(Clone, Copy)]
pub struct SearchState {
    typed: RwSignal<String>,
    /// The rows that match, by their index among the loaded ones; `None` without a query.
    found: Memo<Option<Arc<[usize]>>>,
    company_data: CompanyData,
    /// The selected rows of the table that shows the result.
    pub selection: RwSignal<Option<Selection>>,
}

impl SearchState {
    /// Searches for what the query of the address says.
    pub fn new(company_data: CompanyData, query: &str) -> SearchState {
        let typed = RwSignal::new(location::parameter(query, PARAMETER));
        let index = StoredValue::new_local(SearchIndex::default());
        let found = Memo::new(move |_| {
            let query = Query::new(&typed.get());
            if query.is_empty() {
                // What was read stays nowhere longer than it is needed.
                index.set_value(SearchIndex::default());
                return None;
            }
            company_data.entries.with(|rows| {
                index.try_update_value(|index| find(index, &query, rows, company_data))
            })
        });
        SearchState {
            typed,
            found,
            company_data,
            selection: RwSignal::new(None),
        }
    }

    /// Whether there is a query.
    pub fn is_active(self) -> bool {
        self.found.with(Option::is_some)
    }

    /// How many rows the table has.
    pub fn count(self) -> usize {
        let all = || self.company_data.entries.with(Rows::len);
        self.found
            .with(|found| found.as_ref().map(|found| found.len()))
            .unwrap_or_else(all)
    }

    /// The index among the loaded rows of a row of the table.
    pub fn row(self, row: usize) -> Option<usize> {
        self.found.with(|found| match found {
            Some(found) => found.get(row).copied(),
            None => Some(row),
        })
    }

    /// Searches for `text`. The table begins at its top, and nothing is selected.
    fn set(self, text: String) {
        if self.typed.with_untracked(|typed| *typed == text) {
            return;
        }
        self.typed.set(text);
        self.selection.set(None);
        self.company_data.place.set((0, None));
    }
}

/// The rows that match. A row's texts are who spent, on what, its status and its amount.
fn find(
    index: &mut SearchIndex,
    query: &Query,
    rows: &Rows,
    company_data: CompanyData,
) -> Arc<[usize]> {
    company_data.people.with(|people| {
        let names = people.ready();
        let version = rows.changes() * 2 + u64::from(names.is_some());
        let found = index.find(query, rows.len(), version, |row, text| {
            let Some(entry) = rows.get(row) else {
                if let Some(record) = rows.unreadable(row) {
                    text(&notes::label(record));
                }
                return;
            };
            let who = entry.employee_id.as_ref().and_then(|id| names?.get(id));
            text(who.and_then(|who| who.name.as_deref()).unwrap_or_default());
            text(&about(entry));
            text(&plain(entry.status.as_str()));
            text(&entry.transaction_value.decimal());
            text(entry.transaction_value.currency.as_str());
        });
        found.into()
    })
}

/// The field, and how many rows match.
#[component]
pub fn SearchField(
    /// The search.
    search: SearchState,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let here = use_location();
    let navigate = use_navigate();
    let path = here.pathname;
    // The router's own address: the browser's follows it a moment later.
    let in_address = move || {
        here.search
            .with_untracked(|query| location::parameter(query, PARAMETER))
    };
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let write = StoredValue::new_local(move || {
        let text = search.typed.get_untracked();
        if in_address() == text {
            return;
        }
        let value: String = js_sys::encode_uri_component(&text).into();
        let whole = location::with_query(&path.get_untracked());
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate(&address::with_parameter(&whole, PARAMETER, &value), options);
    });
    let stop = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let typed = move |text: String| {
        search.set(text);
        stop();
        let later = set_timeout_with_handle(
            move || {
                waiting.try_set_value(None);
                write.try_with_value(|write| write());
            },
            REST,
        );
        waiting.set_value(later.ok());
    };
    on_cleanup(stop);
    // A link to this page, or the way back, brings another query or none.
    Effect::new(move |before: Option<()>| {
        here.search.track();
        if before.is_some() && waiting.with_value(Option::is_none) {
            search.set(in_address());
        }
    });
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        let with_other = event.ctrl_key() || event.alt_key() || event.meta_key();
        if event.key() != "/" || with_other || is_typing(&event) || document::has_open_dialog() {
            return;
        }
        if let Some(Some(field)) = field.try_get_untracked() {
            event.prevent_default();
            let _ = field.focus();
            field.select();
        }
    });
    on_cleanup(move || slash.remove());
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !search.typed.with_untracked(String::is_empty) {
            event.prevent_default();
            typed(String::new());
        }
    };
    let words = move || {
        if !search.is_active() {
            return String::new();
        }
        let all = search.company_data.entries.with(Rows::len);
        let (found, all) = (intl::count(search.count()), intl::count(all));
        messages::found(&found, &all)
    };
    view! {
        <div class="search" role="search">
            <label class="field inline" title=messages::SHORTCUT>
                <span>{messages::SEARCH}</span>
                <input
                    type="text" node_ref=field dir="auto" autocomplete="off" spellcheck="false" enterkeyhint="search"
                    maxlength="200" aria-describedby="search-hint"
                    prop:value=search.typed
                    on:input=move |event| typed(event_target_value(&event))
                    on:keydown=pressed
                />
            </label>
            <p class="figures" role="status" prop:textContent=move || words()></p>
            <p class="fine" id="search-hint">{messages::HINT}</p>
        </div>
    }
}

/// Whether a key is typed into a field.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| {
        let field = "input, textarea, select, [contenteditable]";
        element.closest(field).is_ok_and(|found| found.is_some())
    })
}
