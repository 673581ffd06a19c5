//! Every entry, newest first unless the user sorts it otherwise.

use leptos::prelude::*;
use outlay_pleo::text::marked;
use outlay_table::Column;
use outlay_table::csv;
use outlay_table::entry_table::sort::Direction;
use outlay_table::selection::copied;
use outlay_table::view::ShownColumn;

use super::cells;
use super::export::ExportEntries;
use super::filter_bar::FilterBar;
use super::search::SearchField;
use super::state::EntriesState;
use super::totals::Totals;
use crate::chunks::{COLUMN_CHOOSER, ENTRY_DRAWER, SAVE_SNAPSHOT, VIEWS};
use crate::components::chunk_view::ChunkView;
use crate::components::copied_amounts::{self, number};
use crate::components::csv_format::form;
use crate::components::grid::{self, Copied, Grid, HeaderSort};
use crate::components::heading::Heading;
use crate::components::list_notes::EntriesNotes;
use crate::components::printed_rows::{PrintedRows, PrintedTable};
use crate::components::progress::{Progress, time_left};
use crate::effect::effect;
use crate::messages::errors::explain;
use crate::pages::entries_messages as messages;
use crate::pages::refusal::refusal;
use crate::platform::{chunk_files, intl};
use crate::session::company_data::CompanyData;
use crate::session::entries::LoadGoal;
use crate::session::load::{Load, LoadState};

/// The page of a connection.
#[component]
pub fn Entries() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    copied_amounts::listen();
    chunk_files::prefetch("entry_tools");
    effect(move || {
        // An organisation's token names no company: then the first of the list is taken.
        if company_data.company_id.get().is_none() {
            company_data.load_companies();
        }
    });
    effect(move || company_data.load_entries(LoadGoal::FirstPage));
    effect(move || company_data.load_people());

    let state = EntriesState::new(company_data);
    provide_context(state);
    // The drawer is loaded with the first entry, and stays.
    let has_opened = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || state.opened.with(Option::is_some)
    });
    let count = Memo::new(move |_| state.order.with(|order| order.len()));
    let busy = Signal::derive(move || {
        company_data
            .entries_pagination
            .with(|pagination| pagination.step == LoadState::Loading)
    });
    let columns = Memo::new(move |_| headers(state));
    let cell = Callback::new(move |(place, at): (usize, usize)| {
        let (Some(row), Some(column)) = (state.row(place), column_at(state, at)) else {
            return String::new();
        };
        company_data
            .table
            .with(|table| cells::text(table, row, column))
    });
    let copied = Callback::new(move |what| {
        untrack(|| match what {
            Copied::Cell((place, at)) => {
                let money = state.row(place).zip(column_at(state, at));
                let money = money.and_then(|(row, column)| {
                    company_data.table.with(|table| table.money(row, column))
                });
                // An amount alone is a number.
                money.map_or_else(|| cell.run((place, at)), number)
            }
            Copied::Rows(range) => copied_rows(state, range.filter_map(|place| state.row(place))),
        })
    });
    let open = Callback::new(move |place: usize| state.open(place));
    let more = Callback::new(move |()| {
        // A filter is about the rows that are loaded: few of them match, and their end is near.
        if state.filter.with(outlay_table::Filter::is_empty)
            && company_data
                .entries_pagination
                .with(|pagination| pagination.step == LoadState::Paused)
        {
            company_data.load_more_entries();
        }
    });
    let sort = Callback::new(move |(at, adds)| state.sort_by(at, adds));
    let change = Callback::new(move |change| state.change_column(change));
    let printed = Callback::new(move |()| {
        let columns = state.columns.get();
        let list = company_data
            .entries_pagination
            .with(|pagination| (pagination.list.distinct(), pagination.list.total()));
        PrintedTable {
            filter: state.filter.with(ToString::to_string),
            headers: company_data.table.with(|table| {
                let headers = columns.iter().map(|it| marked(&cells::header(table, *it)));
                headers.collect()
            }),
            figures: columns
                .iter()
                .map(|it| cells::layout(*it).0.contains("col-amount"))
                .collect(),
            matching: count.get(),
            loaded: list,
        }
    });
    let printed_row = Callback::new(move |place: usize| {
        let columns = state.columns.with(Vec::len);
        (0..columns).map(|at| cell.run((place, at))).collect()
    });
    let filters = RwSignal::new(false);
    let chooser = RwSignal::new(false);
    let views = RwSignal::new(false);
    let snapshot = RwSignal::new(false);
    let saves = (!company_data.is_file()).then(|| toggle(snapshot, messages::SNAPSHOT, "snapshot"));
    view! {
        <div class="page-fill">
            <div class="page-head">
                <Heading text=messages::TITLE />
                <SearchField />
                <div class="actions">
                    {toggle(filters, messages::FILTERS, "filter-bar")}
                    {toggle(chooser, messages::COLUMNS, "column-chooser")}
                    {toggle(views, messages::views::TITLE, "views")}
                    {saves}
                </div>
                <Counted />
            </div>
            <div id="filter-bar" class:off=move || !filters.get()>
                {move || filters.get().then(|| view! { <FilterBar /> }.into_any())}
            </div>
            <div id="column-chooser" class:off=move || !chooser.get()>
                {move || chooser.get().then(|| view! { <ChunkView chunk=COLUMN_CHOOSER /> }.into_any())}
            </div>
            <div id="views" class:off=move || !views.get()>
                {move || views.get().then(|| view! { <ChunkView chunk=VIEWS /> }.into_any())}
            </div>
            <div id="snapshot" class:off=move || !snapshot.get()>
                {move || snapshot.get().then(|| view! { <ChunkView chunk=SAVE_SNAPSHOT /> }.into_any())}
            </div>
            <Nameless />
            <Obstacle />
            <EntriesNotes />
            <Grid
                label=messages::TABLE columns on_sort=sort on_change=change count busy cell copied
                on_open=open on_near_end=more place=company_data.place selection=state.selection
            />
            <PrintedRows table=printed row=printed_row />
            <Totals />
            {move || has_opened.get().then(|| view! { <ChunkView chunk=ENTRY_DRAWER /> }.into_any())}
        </div>
    }
}

/// A button that shows and hides what has this id.
fn toggle(open: RwSignal<bool>, label: &'static str, id: &'static str) -> AnyView {
    view! {
        <button
            type="button" class="quiet" aria-expanded=move || open.get().to_string() aria-controls=id
            on:click=move |_| open.update(|open| *open = !*open)
        >{label}</button>
    }
    .into_any()
}

fn column_at(state: EntriesState, at: usize) -> Option<Column> {
    state.columns.with(|columns| columns.get(at).copied())
}

/// The columns of the grid.
fn headers(state: EntriesState) -> Vec<grid::Column> {
    let sort = state.sort.get();
    let header = |shown: &ShownColumn| {
        let column = shown.column;
        let (class, width, grows) = cells::layout(column);
        let place = sort.iter().position(|key| key.column == column);
        let label = state
            .company_data
            .table
            .with(|table| cells::header(table, column));
        grid::Column {
            label: marked(&label),
            class,
            width: shown.width.unwrap_or(width),
            grows: grows && shown.width.is_none(),
            sort: place.map(|place| HeaderSort {
                descending: sort[place].direction == Direction::Descending,
                place: place + 1,
            }),
        }
    };
    state.shown.with(|shown| shown.iter().map(header).collect())
}

/// Rows of the table for the clipboard: the columns in sight, with each currency in a cell of its own.
fn copied_rows(state: EntriesState, rows: impl Iterator<Item = usize>) -> String {
    let columns = state.columns.get_untracked();
    state.company_data.table.with_untracked(|table| {
        let cells = rows.map(|row| {
            let cells = columns
                .iter()
                .flat_map(move |column| cells::copied(table, row, *column));
            cells.collect::<Vec<_>>()
        });
        let form = csv::CsvFormat {
            preset: csv::Preset::Spreadsheet,
            ..form()
        };
        copied(form, cells)
    })
}

/// How many rows there are, and whether more are coming.
#[component]
fn Counted() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let pagination = company_data.entries_pagination;
    let words = move || {
        pagination.with(|pagination| {
            let count = pagination.list.distinct();
            let loaded = intl::count(count);
            let total = pagination.list.total().map(intl::count);
            let loads_all = || {
                company_data
                    .load_request
                    .with(|request| request.goal == LoadGoal::All)
            };
            match (&pagination.step, total.as_deref()) {
                (LoadState::Loading, Some(total)) if loads_all() => {
                    [messages::loading_all(&loaded, total), time_left(pagination)].concat()
                }
                (LoadState::Done, total) => match pagination.list.incomplete() {
                    None => messages::all_loaded(count, &loaded),
                    Some(_) => messages::incomplete(&loaded, total),
                },
                (_, total) => messages::more(&loaded, total),
            }
        })
    };
    let stage = Memo::new(move |_| {
        pagination.with(|pagination| match pagination.step {
            // The error is shown instead: a count of 0 would suggest an empty list.
            LoadState::Failed(_) if pagination.list.distinct() == 0 => None,
            // The rows are hidden until a reconnect: a count of 0 would be wrong.
            LoadState::Idle if company_data.waiting.get().is_some() => None,
            // An incomplete list without rows is not an empty one.
            LoadState::Done
                if pagination.list.distinct() == 0 && pagination.list.incomplete().is_some() =>
            {
                None
            }
            _ => {
                let any = pagination.list.distinct() > 0;
                Some((any, !any && pagination.step == LoadState::Done))
            }
        })
    });
    let loads_all = Memo::new(move |_| {
        company_data
            .load_request
            .with(|request| request.goal == LoadGoal::All)
            && pagination.with(|pagination| pagination.step == LoadState::Loading)
    });
    let load_all = move || match loads_all.get() {
        true => messages::STOP.to_owned(),
        false => pagination.with(|pagination| {
            messages::load_all(pagination.list.total().map(intl::count).as_deref())
        }),
    };
    // The block with the buttons stays as it is when the list ends: a file may be on its way.
    let done = Memo::new(move |_| pagination.with(|pagination| pagination.step == LoadState::Done));
    let shown = move || {
        match stage.get() {
        None => ().into_any(),
        Some((false, false)) => view! { <Progress pagination=pagination.into() what=messages::ENTRIES /> }.into_any(),
        Some((false, true)) => view! {
            <p class="empty">{messages::EMPTY}</p>
        }
        .into_any(),
        Some((true, _)) => view! {
            <div class="state">
                <p class="figures" prop:textContent=move || words()></p>
                <button
                    type="button" class="quiet" class:off=move || done.get()
                    on:click=move |_| if loads_all.get() { company_data.stop_entries() } else { company_data.resume_entries(LoadGoal::All) }
                    prop:textContent=move || load_all()
                ></button>
                <ExportEntries />
                <button type="button" class="quiet" class:off=move || !done.get() || company_data.is_file() on:click=move |_| company_data.drop_entries()>
                    {messages::REFRESH}
                </button>
            </div>
        }
        .into_any(),
    }
    };
    view! { {move || shown()} }
}

/// Why no further entry can be read.
#[component]
fn Obstacle() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let step = Memo::new(move |_| {
        company_data
            .entries_pagination
            .with(|pagination| pagination.step.clone())
    });
    let shown = move || {
        let nameless = company_data.company_id.get().is_none();
        let of_company = || company_data.companies.with(|all| all.app_error().cloned());
        match step.get() {
            LoadState::Failed(app_error) => {
                Some(refusal(app_error, move || company_data.load_more_entries()))
            }
            _ if nameless => of_company().map(|app_error| {
                refusal(app_error, move || company_data.companies.set(Load::Idle))
            }),
            _ => None,
        }
    };
    view! { {move || shown()} }
}

/// Why the entries have no names.
#[component]
fn Nameless() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let shown = move || {
        let app_error = company_data
            .people
            .with(|people| people.app_error().cloned())?;
        let words = match app_error.scope {
            Some(scope) => messages::names_need_scope(scope),
            None => messages::names_failed(explain(app_error.code).happened),
        };
        Some(
            view! { <p class="note" data-code=app_error.code.word() prop:textContent=words></p> }
                .into_any(),
        )
    };
    view! { {move || shown()} }
}
