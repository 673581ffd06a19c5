//! One list: search, count, notes, table.

use leptos::html::Input;
use leptos::prelude::*;
use outlay_pleo::text::marked;
use outlay_table::csv::{CsvFormat, Preset};
use outlay_table::selection::copied;
use web_sys::KeyboardEvent;

use super::export::ExportList;
use super::messages;
use super::state::ListState;
use crate::components::csv_format::form;
use crate::components::grid::{self, Copied, Grid, HeaderSort};
use crate::components::list_notes::IncompleteList;
use crate::components::printed_rows::{PrintedRows, PrintedTable};
use crate::components::progress::Progress;
use crate::components::{messages as shared, search_shortcut};
use crate::effect::effect;
use crate::pages::refusal::refusal;
use crate::platform::intl;
use crate::session::Session;
use crate::session::company_data::CompanyData;
use crate::session::directory::kind::DirectoryKind;
use crate::session::load::{Load, LoadState};

/// The list of a kind.
#[component]
pub fn List(kind: DirectoryKind) -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let session = expect_context::<Session>();
    let state = ListState::new(kind, company_data);
    effect(move || company_data.load_directory(kind));
    // A reconnect may have brought the scope that was missing.
    effect(move || {
        session.view.track();
        let lacked = state.list.with(|list| {
            let app_error = list.pagination.app_error()?;
            app_error.scope
        });
        if lacked.is_some() && untrack(|| kind.lacking(&company_data.granted()).is_none()) {
            let granted = untrack(|| !company_data.granted().is_empty());
            if granted {
                company_data.drop_directory(kind);
            }
        }
    });
    let count = Memo::new(move |_| state.order.with(|order| order.len()));
    let busy = Signal::derive(move || {
        state
            .list
            .with(|list| list.pagination.step == LoadState::Loading)
    });
    let columns = Memo::new(move |_| headers(state));
    let cell = Callback::new(move |(place, column): (usize, usize)| {
        let Some(row) = state.order.with(|order| order.get(place).copied()) else {
            return String::new();
        };
        state.list.with(|list| match list.table.cell(row, column) {
            // A label without a word is no label.
            "" if is_status(state, column) => String::new(),
            "" => messages::NOTHING.to_owned(),
            text => marked(text),
        })
    });
    let copied = Callback::new(move |what| {
        untrack(|| match what {
            Copied::Cell((place, column)) => {
                let row = state.order.with(|order| order.get(place).copied());
                let text = |row| {
                    state
                        .list
                        .with(|list| list.table.cell(row, column).to_owned())
                };
                row.map(text).unwrap_or_default()
            }
            Copied::Rows(range) => {
                let order = state.order.get();
                let rows = range.filter_map(|place| order.get(place).copied());
                state.list.with(|list| {
                    let cells = rows.map(|row| {
                        let columns = state.columns().iter().enumerate();
                        let cells = columns
                            .map(move |(at, column)| list.table.csv_cell(row, at, column.kind));
                        cells.collect::<Vec<_>>()
                    });
                    let form = CsvFormat {
                        preset: Preset::Spreadsheet,
                        ..form()
                    };
                    copied(form, cells)
                })
            }
        })
    });
    let sort = Callback::new(move |(column, _)| state.sort_by(column));
    let incomplete = Memo::new(move |_| {
        state
            .list
            .with(|list| list.pagination.list.incomplete().cloned())
    });
    let again = Callback::new(move |()| company_data.drop_directory(kind));
    let printed = Callback::new(move |()| {
        let headers = state.columns().iter();
        let headers = headers.map(|column| column.header.to_owned());
        PrintedTable {
            filter: state.typed.get(),
            headers: headers.collect(),
            figures: Vec::new(),
            matching: count.get(),
            loaded: state.list.with(|list| {
                let list = &list.pagination.list;
                (list.distinct(), list.total())
            }),
        }
    });
    let printed_row = Callback::new(move |place: usize| {
        let columns = 0..state.columns().len();
        columns.map(|at| cell.run((place, at))).collect()
    });
    view! {
        <div class="page-head">
            <SearchField state />
            <Counted state />
        </div>
        <Obstacle state />
        <IncompleteList list=incomplete what=kind.rows_name() again />
        <Grid
            label=kind.title() columns on_sort=sort count busy cell copied
            on_open=Callback::new(|_| ()) on_near_end=Callback::new(|()| ())
            place=state.place selection=state.selection
        />
        <PrintedRows table=printed row=printed_row />
    }
}

fn is_status(state: ListState, column: usize) -> bool {
    state
        .columns()
        .get(column)
        .is_some_and(|column| column.key == "status")
}

/// The columns of the grid: on a narrow screen, the first three and the status are on a card.
fn headers(state: ListState) -> Vec<grid::Column> {
    let sort = state.sort.get();
    let columns = state.columns().iter().enumerate().map(|(at, column)| {
        let (class, width, grows) = match (at, column.key) {
            (0, _) => ("col-what", 160, true),
            (_, "status") => ("col-status pill", 84, false),
            (1, _) => ("col-who", 110, false),
            (2, "rate") => ("col-date col-number", 72, false),
            (2, "email") => ("col-date", 200, false),
            (2, _) => ("col-date", 130, false),
            (_, "external_id") => ("col-text", 100, false),
            (_, key) if key.ends_with("_id") => ("col-id", 200, false),
            _ => ("col-text", 104, false),
        };
        grid::Column {
            label: column.header.to_owned(),
            class,
            width,
            grows,
            sort: (sort.0 == at).then_some(HeaderSort {
                descending: sort.1,
                place: 1,
            }),
        }
    });
    columns.collect()
}

#[component]
fn SearchField(state: ListState) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let finds = search_shortcut::listen(field);
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !state.typed.with_untracked(String::is_empty) {
            event.prevent_default();
            state.search(String::new());
        }
    };
    let words = move || {
        if state.typed.with(|text| text.trim().is_empty()) {
            return String::new();
        }
        let all = state.list.with(|list| list.table.len());
        let found = state.order.with(|order| order.len());
        messages::found(&intl::count(found), &intl::count(all))
    };
    view! {
        <div class="search" role="search">
            <label class="field inline" title=shared::search::SHORTCUT>
                <span>{messages::SEARCH}</span>
                <input
                    type="text" node_ref=field dir="auto" autocomplete="off" spellcheck="false" enterkeyhint="search"
                    maxlength="400" prop:value=state.typed
                    on:input=move |event| state.search(event_target_value(&event))
                    on:keydown=pressed on:blur=move |_| finds.set(false) aria-describedby="search-hint"
                />
            </label>
            <p class="figures" role="status" prop:textContent=move || words()></p>
            <p class="fine" id="search-hint" class:found=finds prop:textContent=move || if finds.get() { shared::search::FIND } else { shared::search::HINT }></p>
        </div>
    }
}

/// What the line with the count shows.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// No line: the error or the hidden state is shown instead.
    Nothing,
    Loading,
    Empty,
    Rows,
}

/// How many rows there are, and the buttons of the list.
#[component]
fn Counted(state: ListState) -> impl IntoView {
    let (kind, company_data) = (state.kind, state.company_data);
    let pagination = Signal::derive(move || state.list.with(|list| list.pagination.clone()));
    let stage = Memo::new(move |_| {
        state.list.with(|list| {
            let any = !list.table.is_empty();
            match &list.pagination.step {
                _ if any => Stage::Rows,
                LoadState::Failed(_) => Stage::Nothing,
                LoadState::Done if list.pagination.list.incomplete().is_some() => Stage::Nothing,
                LoadState::Done => Stage::Empty,
                LoadState::Idle | LoadState::Loading | LoadState::Paused => Stage::Loading,
            }
        })
    });
    let step = Memo::new(move |_| pagination.with(|pagination| pagination.step.clone()));
    let is = move |wanted: LoadState| step.with(|step| *step == wanted);
    let words = move || {
        pagination.with(|pagination| {
            let list = &pagination.list;
            let rows = state.list.with(|list| list.table.len());
            match pagination.step == LoadState::Done && list.incomplete().is_none() {
                true => messages::all_loaded(rows, &intl::count(rows)),
                false => {
                    let total = list.total().map(intl::count);
                    messages::incomplete(&intl::count(list.distinct()), total.as_deref())
                }
            }
        })
    };
    let can_resume = move || matches!(step.get(), LoadState::Paused | LoadState::Failed(_));
    let shown = move || {
        match stage.get() {
        Stage::Nothing => ().into_any(),
        Stage::Loading if is(LoadState::Paused) => view! {
            <button type="button" class="quiet" on:click=move |_| company_data.resume_directory(kind)>{messages::LOAD_REST}</button>
        }
        .into_any(),
        Stage::Loading => view! { <Progress pagination what=kind.rows_name() /> }.into_any(),
        Stage::Empty => {
            let words = messages::none(kind.rows_name());
            view! { <p class="empty" role="status" prop:textContent=words></p> }.into_any()
        }
        Stage::Rows => view! {
            <div class="state">
                <p class="figures" role="status" prop:textContent=move || words()></p>
                <button
                    type="button" class="quiet" class:off=move || !is(LoadState::Loading)
                    on:click=move |_| company_data.stop_directory(kind)
                >{messages::STOP}</button>
                <button
                    type="button" class="quiet" class:off=move || !can_resume()
                    on:click=move |_| company_data.resume_directory(kind)
                >{messages::LOAD_REST}</button>
                <ExportList state />
                <button
                    type="button" class="quiet" class:off=move || !is(LoadState::Done)
                    on:click=move |_| company_data.drop_directory(kind)
                >{messages::REFRESH}</button>
            </div>
        }
        .into_any(),
    }
    };
    view! { {move || shown()} }
}

/// Why the list cannot be loaded, with the next step.
#[component]
fn Obstacle(state: ListState) -> impl IntoView {
    let (kind, company_data) = (state.kind, state.company_data);
    let session = expect_context::<Session>();
    let app_error = Memo::new(move |_| {
        let of_list = state.list.with(|list| list.pagination.app_error().cloned());
        let nameless = company_data.company_id.get().is_none();
        let of_companies = || {
            let companies = company_data.companies;
            companies.with(|all| all.app_error().cloned())
        };
        of_list.or_else(|| of_companies().filter(|_| nameless))
    });
    let shown = move || {
        app_error.get().map(|app_error| {
            let advice = app_error
                .scope
                .filter(|_| !is_registered(session, kind))
                .map(messages::not_registered);
            let again = move || {
                if company_data.company_id.get_untracked().is_none() {
                    company_data.companies.set(Load::Idle);
                }
                company_data.resume_directory(kind);
            };
            view! {
                {refusal(app_error, again)}
                {advice.map(|words| view! { <p class="note" prop:textContent=words></p> })}
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}

/// Whether a sign-in of this connection can ask for the scope of the list.
fn is_registered(session: Session, kind: DirectoryKind) -> bool {
    let profile = session
        .view
        .with_untracked(|view| view.live().map(|live| live.profile.clone()));
    let profile = profile.and_then(|id| session.profile(&id));
    profile.is_none_or(|profile| kind.lacking(&profile.scopes).is_none())
}
