//! Every entry, newest first.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use outlay_pleo::AccountingEntry;
use outlay_table::csv;
use outlay_table::entry_words::{self, Formats, about, plain};
use outlay_table::selection::copied;

use crate::chunks::ENTRY_DRAWER;
use crate::components::chunk_view::ChunkView;
use crate::components::copied_amounts::{self, number};
use crate::components::grid::{Column, Copied, Grid};
use crate::components::heading::Heading;
use crate::components::list_notes::EntriesNotes;
use crate::components::progress::Progress;
use crate::components::save_entries::{SaveEntries, form};
use crate::components::search::{Search, SearchField};
use crate::effect::effect;
use crate::pages::refusal::refusal;
use crate::platform::{chunk_files, intl};
use crate::session::books::Books;
use crate::session::load::{Load, Step};

const COLUMNS: &[Column] = &[
    Column {
        label: "Date",
        class: "col-date",
        sort: "descending",
    },
    Column {
        label: "Employee",
        class: "col-who",
        sort: "none",
    },
    Column {
        label: "Supplier or note",
        class: "col-what",
        sort: "none",
    },
    Column {
        label: "Status",
        class: "col-status",
        sort: "none",
    },
    Column {
        label: "Amount",
        class: "col-amount",
        sort: "none",
    },
];

/// As the browser's locale has them.
const FORMATS: Formats = Formats {
    day: intl::day,
    money: intl::money,
};

/// The page of a connection.
#[component]
pub fn Entries() -> impl IntoView {
    let books = expect_context::<Books>();
    copied_amounts::listen();
    chunk_files::prefetch("entry_tools");
    let opened = books.opened;
    on_cleanup(move || drop(opened.try_set(None)));
    // The drawer is loaded with the first entry, and stays.
    let has_opened = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || opened.with(Option::is_some)
    });
    effect(move || {
        // An organisation's token names no company: then the first of the list is taken.
        if books.company_id.get().is_none() {
            books.want_companies();
        }
    });
    effect(move || books.want_entries());
    effect(move || books.want_people());

    let search = Search::new(books, &use_location().search.get_untracked());
    let count = Memo::new(move |_| search.count());
    let busy = Signal::derive(move || books.entries_walk.with(|walk| walk.step == Step::Loading));
    let cell = Callback::new(move |(row, column): (usize, usize)| {
        let Some(row) = search.row(row) else {
            return String::new();
        };
        books.entries.with(|rows| {
            // Only a cell that shows a name depends on the names.
            let entry = rows.get(row).filter(|_| column == 1);
            let employee = entry.and_then(|entry| employee(books, entry));
            entry_words::cell(rows, (row, column), employee.as_deref(), FORMATS)
        })
    });
    let copied = Callback::new(move |what| {
        untrack(|| match what {
            // An amount alone is a number.
            Copied::Cell((row, 4)) => books.entries.with(|rows| {
                let entry = search.row(row).and_then(|row| rows.get(row));
                entry.map_or_else(String::new, |entry| number(entry.transaction_value))
            }),
            Copied::Cell(at) => cell.run(at),
            Copied::Rows(range) => copied_rows(books, range.filter_map(|row| search.row(row))),
        })
    });
    let open = Callback::new(move |row: usize| {
        let entry = books.entries.with_untracked(|rows| {
            let row = untrack(|| search.row(row))?;
            rows.get(row).cloned()
        });
        opened.set(entry.map(|entry| {
            let who = untrack(|| employee(books, &entry));
            (entry, who)
        }));
    });
    let more = Callback::new(move |()| {
        // A search is about the rows that are loaded: few of them match, and their end is near.
        if !search.is_active() && books.entries_walk.with(|walk| walk.step == Step::Paused) {
            books.more_entries();
        }
    });
    view! {
        <div class="page-fill">
            <div class="page-head">
                <Heading text="Entries" />
                <SearchField search />
                <Counted />
            </div>
            <Nameless />
            <Obstacle />
            <EntriesNotes />
            <Grid
                label="Entries, newest first" columns=COLUMNS count busy cell copied
                on_open=open on_near_end=more place=books.place selection=search.selection
            />
            {move || has_opened.get().then(|| view! { <ChunkView chunk=ENTRY_DRAWER /> }.into_any())}
        </div>
    }
}

/// The name of who spent, where it is known.
fn employee(books: Books, entry: &AccountingEntry) -> Option<String> {
    let id = entry.employee_id.as_ref()?;
    books.people.with(|people| people.ready()?.get(id).cloned())
}

/// Rows of the table for the clipboard: the columns in sight, with the currency in a cell of its own.
/// Of a record that could not be read, its id and the field.
fn copied_rows(books: Books, rows: impl Iterator<Item = usize>) -> String {
    books.entries.with(|entries| {
        let lines: Vec<_> = rows
            .map(|row| match (entries.get(row), entries.unreadable(row)) {
                (Some(entry), _) => {
                    let who = employee(books, entry).unwrap_or_default();
                    (
                        Some(entry),
                        [who, about(entry), plain(entry.status.as_str())],
                    )
                }
                (None, record) => {
                    let what = record
                        .map(entry_words::could_not_be_read)
                        .unwrap_or_default();
                    (None, [String::new(), what, String::new()])
                }
            })
            .collect();
        let cells = lines.iter().map(|(entry, [who, what, status])| {
            let day = entry.map_or(csv::Cell::Empty, |entry| {
                csv::Cell::Day(&entry.performed_at)
            });
            let money = entry.map(|entry| entry.transaction_value);
            let code = entry.map(|entry| entry.transaction_value.currency.as_str());
            [
                day,
                csv::Cell::Text(who),
                csv::Cell::Text(what),
                csv::Cell::Text(status),
                money.map_or(csv::Cell::Empty, csv::Cell::Amount),
                code.map_or(csv::Cell::Empty, csv::Cell::Text),
            ]
        });
        let form = csv::Form {
            preset: csv::Preset::Spreadsheet,
            ..form()
        };
        copied(form, cells)
    })
}

/// How many rows there are, and whether more are coming.
#[component]
fn Counted() -> impl IntoView {
    let books = expect_context::<Books>();
    let walk = books.entries_walk;
    let words = move || {
        walk.with(|walk| {
            let read = intl::count(walk.list.distinct());
            match (&walk.step, walk.list.total()) {
                (Step::Loading, Some(total)) if books.reading_all.get() => {
                    format!("{read} of {} entries, reading all", intl::count(total))
                }
                (Step::Done, total) => match (walk.list.incomplete(), total) {
                    (None, _) => format!("{read} entries, all read"),
                    (Some(_), Some(total)) => {
                        format!("{read} of {} entries, incomplete", intl::count(total))
                    }
                    (Some(_), None) => format!("{read} entries, incomplete"),
                },
                (_, Some(total)) => format!(
                    "{read} of {} entries, more as you scroll",
                    intl::count(total)
                ),
                _ => format!("{read} entries, more as you scroll"),
            }
        })
    };
    let stage = Memo::new(move |_| {
        walk.with(|walk| match walk.step {
            // Its place says why; a count of nothing would say that there is nothing.
            Step::Failed(_) if walk.list.distinct() == 0 => None,
            // Neither would it while the rows wait for a reconnect.
            Step::Idle if books.waiting.get().is_some() => None,
            // An incomplete list without rows is not an empty one.
            Step::Done if walk.list.distinct() == 0 && walk.list.incomplete().is_some() => None,
            _ => {
                let any = walk.list.distinct() > 0;
                Some((any, !any && walk.step == Step::Done))
            }
        })
    });
    // The block with the buttons stays as it is when the list ends: a file may be on its way.
    let done = Memo::new(move |_| walk.with(|walk| walk.step == Step::Done));
    let shown = move || {
        match stage.get() {
        None => ().into_any(),
        Some((false, false)) => view! { <Progress walk=walk.into() what="entries" /> }.into_any(),
        Some((false, true)) => view! {
            <p class="empty">"This company has no entries yet. They appear here as soon as somebody spends."</p>
        }
        .into_any(),
        Some((true, _)) => view! {
            <div class="state">
                <p class="figures" prop:textContent=move || words()></p>
                <button
                    type="button" class="quiet" class:off=move || done.get()
                    on:click=move |_| if books.reading_all.get() { books.reading_all.set(false) } else { books.all_entries() }
                    prop:textContent=move || if books.reading_all.get() { "Stop" } else { "Read all" }
                ></button>
                <SaveEntries />
                <button type="button" class="quiet" class:off=move || !done.get() on:click=move |_| books.forget_entries()>
                    "Read again"
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
    let books = expect_context::<Books>();
    let step = Memo::new(move |_| books.entries_walk.with(|walk| walk.step.clone()));
    let shown = move || {
        let nameless = books.company_id.get().is_none();
        let of_company = || books.companies.with(|all| all.trouble().cloned());
        match step.get() {
            Step::Failed(trouble) => Some(refusal(trouble, move || books.more_entries())),
            _ if nameless => of_company()
                .map(|trouble| refusal(trouble, move || books.companies.set(Load::Idle))),
            _ => None,
        }
    };
    view! { {move || shown()} }
}

/// Why the entries stand there without names, said once.
#[component]
fn Nameless() -> impl IntoView {
    let books = expect_context::<Books>();
    let shown = move || {
        let trouble = books.people.with(|people| people.trouble().cloned())?;
        let words = match trouble.scope {
            Some(scope) => format!(
                "Names are not shown: they need the scope {scope}. Reconnect and tick it to see them."
            ),
            None => format!(
                "Names are not shown: {}",
                outlay_vault::code::explain(&trouble.code).happened
            ),
        };
        Some(
            view! { <p class="note" data-code=trouble.code prop:textContent=words></p> }.into_any(),
        )
    };
    view! { {move || shown()} }
}
