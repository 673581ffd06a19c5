//! Every entry, newest first.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use outlay_pleo::AccountingEntry;
use outlay_table::csv;
use outlay_table::entry_labels::{self, Formats, about, plain};
use outlay_table::selection::copied;

use crate::chunks::ENTRY_DRAWER;
use crate::components::chunk_view::ChunkView;
use crate::components::copied_amounts::{self, number};
use crate::components::export_entries::{ExportEntries, form};
use crate::components::grid::{Column, Copied, Grid};
use crate::components::heading::Heading;
use crate::components::list_notes::EntriesNotes;
use crate::components::progress::Progress;
use crate::components::search::{SearchField, SearchState};
use crate::effect::effect;
use crate::messages::errors::explain;
use crate::pages::entries_messages as messages;
use crate::pages::refusal::refusal;
use crate::platform::{chunk_files, intl};
use crate::session::company_data::CompanyData;
use crate::session::entries::LoadGoal;
use crate::session::load::{Load, LoadState};

const COLUMNS: &[Column] = &[
    Column {
        label: messages::DATE,
        class: "col-date",
        sort: "descending",
    },
    Column {
        label: messages::EMPLOYEE,
        class: "col-who",
        sort: "none",
    },
    Column {
        label: messages::DESCRIPTION,
        class: "col-what",
        sort: "none",
    },
    Column {
        label: messages::STATUS,
        class: "col-status",
        sort: "none",
    },
    Column {
        label: messages::AMOUNT,
        class: "col-amount",
        sort: "none",
    },
];

/// As the browser's locale has them.
const FORMATS: Formats = Formats {
    day: intl::utc_day,
    money: intl::money,
};

/// The page of a connection.
#[component]
pub fn Entries() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    copied_amounts::listen();
    chunk_files::prefetch("entry_tools");
    let opened = company_data.opened;
    on_cleanup(move || drop(opened.try_set(None)));
    // The drawer is loaded with the first entry, and stays.
    let has_opened = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || opened.with(Option::is_some)
    });
    effect(move || {
        // An organisation's token names no company: then the first of the list is taken.
        if company_data.company_id.get().is_none() {
            company_data.load_companies();
        }
    });
    effect(move || company_data.load_entries(LoadGoal::FirstPage));
    effect(move || company_data.load_people());

    let search = SearchState::new(company_data, &use_location().search.get_untracked());
    let count = Memo::new(move |_| search.count());
    let busy = Signal::derive(move || {
        company_data
            .entries_pagination
            .with(|pagination| pagination.step == LoadState::Loading)
    });
    let cell = Callback::new(move |(row, column): (usize, usize)| {
        let Some(row) = search.row(row) else {
            return String::new();
        };
        company_data.entries.with(|rows| {
            // Only a cell that shows a name depends on the names.
            let entry = rows.get(row).filter(|_| column == 1);
            let employee = entry.and_then(|entry| employee(company_data, entry));
            entry_labels::cell(rows, (row, column), employee.as_deref(), FORMATS)
        })
    });
    let copied = Callback::new(move |what| {
        untrack(|| match what {
            // An amount alone is a number.
            Copied::Cell((row, 4)) => company_data.entries.with(|rows| {
                let entry = search.row(row).and_then(|row| rows.get(row));
                entry.map_or_else(String::new, |entry| number(entry.transaction_value))
            }),
            Copied::Cell(at) => cell.run(at),
            Copied::Rows(range) => {
                copied_rows(company_data, range.filter_map(|row| search.row(row)))
            }
        })
    });
    let open = Callback::new(move |row: usize| {
        let entry = company_data.entries.with_untracked(|rows| {
            let row = untrack(|| search.row(row))?;
            rows.get(row).cloned()
        });
        opened.set(entry.map(|entry| {
            let who = untrack(|| employee(company_data, &entry));
            (entry, who)
        }));
    });
    let more = Callback::new(move |()| {
        // A search is about the rows that are loaded: few of them match, and their end is near.
        if !search.is_active()
            && company_data
                .entries_pagination
                .with(|pagination| pagination.step == LoadState::Paused)
        {
            company_data.load_more_entries();
        }
    });
    view! {
        <div class="page-fill">
            <div class="page-head">
                <Heading text=messages::TITLE />
                <SearchField search />
                <Counted />
            </div>
            <Nameless />
            <Obstacle />
            <EntriesNotes />
            <Grid
                label=messages::TABLE columns=COLUMNS count busy cell copied
                on_open=open on_near_end=more place=company_data.place selection=search.selection
            />
            {move || has_opened.get().then(|| view! { <ChunkView chunk=ENTRY_DRAWER /> }.into_any())}
        </div>
    }
}

/// The name of who spent, where it is known.
fn employee(company_data: CompanyData, entry: &AccountingEntry) -> Option<String> {
    let id = entry.employee_id.as_ref()?;
    company_data
        .people
        .with(|people| people.ready()?.get(id)?.name.clone())
}

/// Rows of the table for the clipboard: the columns in sight, with the currency in a cell of its own.
/// Of a record that could not be read, its id and the field.
fn copied_rows(company_data: CompanyData, rows: impl Iterator<Item = usize>) -> String {
    company_data.entries.with(|entries| {
        let lines: Vec<_> = rows
            .map(|row| match (entries.get(row), entries.unreadable(row)) {
                (Some(entry), _) => {
                    let who = employee(company_data, entry).unwrap_or_default();
                    (
                        Some(entry),
                        [who, about(entry), plain(entry.status.as_str())],
                    )
                }
                (None, record) => {
                    let what = record
                        .map(entry_labels::could_not_be_read)
                        .unwrap_or_default();
                    (None, [String::new(), what, String::new()])
                }
            })
            .collect();
        let cells = lines.iter().map(|(entry, [who, what, status])| {
            let day = entry.map_or(csv::CsvCell::Empty, |entry| {
                csv::CsvCell::Day(&entry.performed_at)
            });
            let money = entry.map(|entry| entry.transaction_value);
            let code = entry.map(|entry| entry.transaction_value.currency.as_str());
            [
                day,
                csv::CsvCell::Text(who),
                csv::CsvCell::Text(what),
                csv::CsvCell::Text(status),
                money.map_or(csv::CsvCell::Empty, csv::CsvCell::Amount),
                code.map_or(csv::CsvCell::Empty, csv::CsvCell::Text),
            ]
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
            let loads_all = || company_data.walk.with(|walk| walk.goal == LoadGoal::All);
            match (&pagination.step, total.as_deref()) {
                (LoadState::Loading, Some(total)) if loads_all() => {
                    messages::loading_all(&loaded, total)
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
            // Its place says why; a count of nothing would say that there is nothing.
            LoadState::Failed(_) if pagination.list.distinct() == 0 => None,
            // Neither would it while the rows wait for a reconnect.
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
        company_data.walk.with(|walk| walk.goal == LoadGoal::All)
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
                <button type="button" class="quiet" class:off=move || !done.get() on:click=move |_| company_data.drop_entries()>
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
