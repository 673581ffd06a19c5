//! What changed since the snapshot that is open: compared with a later one, or with Pleo now.

use std::sync::Arc;

use leptos::html::Input;
use leptos::prelude::*;
use outlay_pleo::{Currency, Money};
use outlay_snapshot::container::LARGEST_FILE;
use outlay_snapshot::difference::{Change, amounts};
use outlay_snapshot::{ChangeKind, Difference, Header};
use outlay_table::csv::{Csv, CsvCell};
use outlay_table::{Column, EntryTable, Filter, Grain};

use super::messages;
use super::open::{check, read};
use crate::components::csv_format::form;
use crate::components::messages as words;
use crate::effect::effect;
use crate::platform::clock::Slices;
use crate::platform::{download, file_input, intl};
use crate::session::Session;
use crate::session::company_data::{CompanyData, ConnectedData};
use crate::session::entries::LoadGoal;
use crate::session::latest::Latest;
use crate::session::load::{ListPagination, Load, LoadState};

/// Rows that are listed on the page; the file has all of them.
const LISTED: usize = 200;
/// The name of the file.
const FILE: &str = "outlay-changes.csv";
/// Entries that are compared before the page may react.
const STEP: usize = 1_000;

/// A kind of change: how many entries, and their amounts before and now.
type KindRow = (ChangeKind, usize, String, String);
/// An entry that changed: its kinds, date, description, and both amounts.
type ChangeRow = [String; 5];

/// What was found.
#[derive(Clone, Default)]
struct Found {
    count: usize,
    kinds: Vec<KindRow>,
    rows: Vec<ChangeRow>,
    /// Every row, with before and after of each column that may change.
    file: String,
    /// Characters of the file that were replaced.
    replaced: usize,
}

/// Where the comparison stands.
#[derive(Clone)]
enum CompareStage {
    Idle,
    Loading,
    /// Whether it is compared with Pleo.
    Comparing(bool),
    Failed(String),
    Found(Arc<Found>, bool),
}

/// The panel.
#[component]
pub fn Changes(
    /// What the snapshot is about.
    header: Arc<Header>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let of_file = expect_context::<CompanyData>();
    let ConnectedData(connected) = expect_context();
    let stage = RwSignal::new(CompareStage::Idle);
    let task = StoredValue::new_local(Latest::default());
    on_cleanup(move || {
        let _ = task.try_with_value(Latest::stop);
    });
    let header = StoredValue::new(header);
    // What came from a connection leaves the page with it.
    Effect::new(move |before: Option<_>| {
        let now = (session.live_id.get(), connected.company_id.get());
        let is_from_pleo = stage.with_untracked(|stage| {
            matches!(
                stage,
                CompareStage::Loading
                    | CompareStage::Comparing(true)
                    | CompareStage::Found(_, true)
            )
        });
        // An organisation's token has no company until the list of companies is loaded.
        let is_other = |before: &(_, Option<_>)| *before != now && before.1.is_some();
        if before.as_ref().is_some_and(is_other) && is_from_pleo {
            task.with_value(Latest::stop);
            stage.set(CompareStage::Failed(messages::DROPPED.to_owned()));
        }
        now
    });
    let finish = move |found: Result<Found, String>, from_pleo| {
        stage.try_set(match found {
            Ok(found) => CompareStage::Found(Arc::new(found), from_pleo),
            Err(text) => CompareStage::Failed(text),
        });
    };
    let with_pleo = move |_| {
        if session.live_id.with_untracked(Option::is_none) {
            return stage.set(CompareStage::Failed(messages::NOT_CONNECTED.to_owned()));
        }
        task.with_value(Latest::stop);
        untrack(|| match connected.company_id.get() {
            None => {
                if connected.companies.with(|all| all.app_error().is_some()) {
                    connected.companies.set(Load::Idle);
                }
                connected.load_companies();
            }
            // What is loaded may be older than the last change at Pleo.
            Some(id) if header.with_value(|own| id.as_str() == own.company_id) => {
                connected.drop_entries();
                connected.load_entries(LoadGoal::All);
            }
            Some(_) => {}
        });
        stage.set(CompareStage::Loading);
    };
    effect(move || {
        if !matches!(stage.get(), CompareStage::Loading) {
            return;
        }
        let Some(company) = connected.company_id.get() else {
            let failed = connected.companies.with(|all| all.app_error().cloned());
            if let Some(app_error) = failed {
                let reason = crate::components::export_text::reason(&app_error);
                stage.set(CompareStage::Failed(reason));
            }
            return;
        };
        if header.with_value(|own| company.as_str() != own.company_id) {
            return stage.set(CompareStage::Failed(messages::OTHER_COMPANY.to_owned()));
        }
        connected.load_entries(LoadGoal::All);
        match connected.entries_pagination.with(|it| it.step.clone()) {
            LoadState::Done => {
                let list = |it: &ListPagination| it.list.incomplete().is_some();
                if connected.entries_pagination.with(list) {
                    let text = messages::NOW_INCOMPLETE.to_owned();
                    return stage.set(CompareStage::Failed(text));
                }
                if header.with_value(|own| !own.complete) {
                    let text = messages::PARTIAL_COMPARED.to_owned();
                    return stage.set(CompareStage::Failed(text));
                }
            }
            LoadState::Failed(app_error) => {
                let reason = crate::components::export_text::reason(&app_error);
                return stage.set(CompareStage::Failed(reason));
            }
            _ => return,
        }
        stage.set(CompareStage::Comparing(true));
        task.with_value(|task| {
            task.run(async move {
                let filter = header.with_value(|own| Filter::parse(&own.filter));
                let filter = filter.unwrap_or_default();
                let with_now = |work: &mut dyn FnMut(&EntryTable)| {
                    connected.table.try_with_untracked(work).is_some()
                };
                finish(compare(of_file, &filter, with_now).await, true);
            });
        });
    });
    let input = NodeRef::<Input>::new();
    let with_file = move |_| {
        let file = input
            .get_untracked()
            .and_then(|input| file_input::picked(&input));
        let Some(file) = file else { return };
        stage.set(CompareStage::Comparing(false));
        task.with_value(|task| {
            task.run(async move {
                let later = async {
                    let bytes = file_input::bytes_of(&file, LARGEST_FILE).await;
                    let bytes = bytes.ok_or_else(|| messages::NOT_READ.to_owned())?;
                    let file = check(bytes, |_, _| {}).await.map_err(messages::fault)?;
                    if file.is_encrypted() {
                        return Err(messages::ENCRYPTED_LATER.to_owned());
                    }
                    let opened = read(&file, "").await;
                    opened.map_err(|_| messages::NOT_READ.to_owned())
                };
                let found = match later.await {
                    Err(text) => Err(text),
                    Ok(later)
                        if header.with_value(|own| later.header.company_id != own.company_id) =>
                    {
                        Err(messages::OTHER_COMPANY.to_owned())
                    }
                    Ok(later) if header.with_value(|own| later.header.filter != own.filter) => {
                        Err(messages::OTHER_FILTER.to_owned())
                    }
                    Ok(later)
                        if !later.header.complete || header.with_value(|own| !own.complete) =>
                    {
                        Err(messages::PARTIAL_COMPARED.to_owned())
                    }
                    Ok(later) => {
                        let with_later = |work: &mut dyn FnMut(&EntryTable)| {
                            work(&later.table);
                            true
                        };
                        compare(of_file, &Filter::default(), with_later).await
                    }
                };
                finish(found, false);
            });
        });
    };
    let shown = move || match stage.get() {
        CompareStage::Idle => ().into_any(),
        CompareStage::Loading => {
            view! { <p role="status">{messages::LOADING_ENTRIES}</p> }.into_any()
        }
        CompareStage::Comparing(_) => {
            view! { <p role="status">{messages::COMPARING}</p> }.into_any()
        }
        CompareStage::Failed(text) => {
            view! { <p class="run-problem" role="alert" prop:textContent=text></p> }.into_any()
        }
        CompareStage::Found(found, _) => found_view(&found),
    };
    view! {
        <section class="snapshot-changes" aria-label=messages::COMPARE>
            <p class="fine">{messages::COMPARE_HINT}</p>
            <div class="state">
                <button type="button" on:click=with_pleo>{messages::WITH_PLEO}</button>
                <label class="field inline">
                    <span>{messages::WITH_FILE}</span>
                    <input type="file" accept=".outlay" node_ref=input on:change=with_file />
                </label>
            </div>
            {move || shown()}
        </section>
    }
}

fn found_view(found: &Arc<Found>) -> AnyView {
    if found.count == 0 {
        return view! { <p role="status">{messages::NO_CHANGES}</p> }.into_any();
    }
    let of_file = found.clone();
    let notice = RwSignal::new(String::new());
    let save = move |_| {
        let size = words::export::rows(&intl::count(of_file.count));
        notice.set(download::save_as(
            FILE,
            "text/csv;charset=utf-8",
            &of_file.file,
            Some(&size),
            of_file.replaced,
        ));
    };
    let kinds = found.kinds.iter().map(|(kind, count, before, after)| {
        let cells = [intl::count(*count), before.clone(), after.clone()];
        let cells = cells.map(|cell| view! { <td class="figures" prop:textContent=cell></td> });
        view! { <tr><th scope="row">{messages::kind(*kind)}</th>{cells.into_iter().collect_view()}</tr> }
    });
    let rows = found.rows.iter().map(|cells| {
        let cells = cells
            .clone()
            .map(|cell| view! { <td prop:textContent=cell></td> });
        view! { <tr>{cells.into_iter().collect_view()}</tr> }
    });
    let more = (found.count > found.rows.len())
        .then(|| messages::listed(&intl::count(found.rows.len()), &intl::count(found.count)));
    view! {
        <div class="state">
            <p class="figures" role="status" data-changes=found.count.to_string() prop:textContent=messages::differences(&intl::count(found.count))></p>
            <button type="button" class="quiet" on:click=save>{messages::SAVE_CHANGES}</button>
            <span class="fine" role="status" prop:textContent=notice></span>
        </div>
        <div class="snapshot-tables" translate="no" tabindex="0" role="region" aria-label=messages::COMPARE>
            <table>
                <caption>{messages::CHANGES}</caption>
                <thead><tr>
                    <th scope="col">{messages::KIND}</th><th scope="col">{messages::ENTRIES}</th>
                    <th scope="col">{messages::BEFORE}</th><th scope="col">{messages::AFTER}</th>
                </tr></thead>
                <tbody>{kinds.collect_view()}</tbody>
            </table>
            <table>
                <caption>{messages::ROWS}</caption>
                <thead><tr>
                    <th scope="col">{messages::KIND}</th><th scope="col">{messages::DATE}</th>
                    <th scope="col">{messages::DESCRIPTION}</th>
                    <th scope="col">{messages::BEFORE}</th><th scope="col">{messages::AFTER}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <p class="fine">{more}</p>
        </div>
    }
    .into_any()
}

/// Compares the rows of the file with another table, which `with_later` lends out; it returns `false` once
/// the table is gone.
async fn compare(
    of_file: CompanyData,
    filter: &Filter,
    with_later: impl Fn(&mut dyn FnMut(&EntryTable)) -> bool,
) -> Result<Found, String> {
    let gone = || messages::DROPPED.to_owned();
    let both = |work: &mut dyn FnMut(&EntryTable, &EntryTable)| {
        let mut is_there = false;
        let _ = of_file.table.try_with_untracked(|before| {
            is_there = with_later(&mut |after| work(before, after));
        });
        is_there
    };
    let mut slices = Slices::begin();
    let mut difference = None;
    let begun = both(&mut |before, after| {
        let of_before = before.select(&Filter::default(), Grain::Entries);
        let of_after = after.select(filter, Grain::Entries);
        difference = Some(Difference::new(before, &of_before, after, &of_after));
    });
    let mut difference = difference.filter(|_| begun).ok_or_else(gone)?;
    let mut goes_on = true;
    while goes_on {
        if !both(&mut |before, after| goes_on = difference.step(before, after, STEP)) {
            return Err(gone());
        }
        slices.pause().await;
    }
    let mut found = Found {
        count: difference.changes.len(),
        ..Found::default()
    };
    let mut file = None;
    let mut at = 0;
    let is_there = both(&mut |before, after| {
        for kind in ChangeKind::ALL {
            let (count, sums) = difference.sums(before, after, kind);
            if count == 0 {
                continue;
            }
            let text = |minors: &dyn Fn(usize) -> i128| {
                let sums = (0..sums.len()).map(|at| sum(sums[at].currency, minors(at)));
                sums.collect::<Vec<_>>().join(messages::SEPARATOR)
            };
            let was = text(&|at| sums[at].before);
            let is = text(&|at| sums[at].after);
            found.kinds.push((kind, count, was, is));
        }
        let columns = file_columns(before, after);
        file = Some(file_head(before, &columns));
        let first = difference.changes.iter().take(LISTED);
        found.rows = first.map(|change| row(before, after, change)).collect();
    });
    let mut is_there = is_there;
    while is_there && at < difference.changes.len() {
        is_there = both(&mut |before, after| {
            let columns = file_columns(before, after);
            let end = (at + STEP).min(difference.changes.len());
            for change in &difference.changes[at..end] {
                let cells = file_row(before, after, change, &columns);
                file.iter_mut()
                    .for_each(|file: &mut Csv| file.row(cells.clone()));
            }
        });
        at += STEP;
        slices.pause().await;
    }
    if let Some(file) = file {
        found.replaced = file.replaced();
        found.file = file.into_text();
    }
    match is_there {
        true => Ok(found),
        false => Err(gone()),
    }
}

fn sum(currency: Currency, minors: i128) -> String {
    i64::try_from(minors).map_or_else(
        |_| String::new(),
        |minors| intl::money(&Money { currency, minors }),
    )
}

fn kinds(change: &Change) -> String {
    let kinds: Vec<&str> = change.kinds.iter().map(messages::kind).collect();
    kinds.join(", ")
}

/// The row of a change for the page.
fn row(before: &EntryTable, after: &EntryTable, change: &Change) -> ChangeRow {
    let (table, row) = match (change.after, change.before) {
        (Some(row), _) => (after, row as usize),
        (None, row) => (before, row.map_or(0, |row| row as usize)),
    };
    let (was, is) = amounts(before, after, change);
    let money = |money: Option<Money>| money.map(|it| intl::money(&it)).unwrap_or_default();
    [
        kinds(change),
        table
            .day(row, Column::Date)
            .map(intl::day)
            .unwrap_or_default(),
        outlay_pleo::text::marked(&table.description(row)).to_string(),
        money(was),
        money(is),
    ]
}

/// The columns of the file, of each table.
fn file_columns(before: &EntryTable, after: &EntryTable) -> Vec<(Column, Option<Column>)> {
    let columns = before.ledger_columns().into_iter();
    let pairs = columns.map(|column| (column, after.column_of_key(&before.key(column))));
    pairs.collect()
}

/// The file without rows.
fn file_head(table: &EntryTable, columns: &[(Column, Option<Column>)]) -> Csv {
    let sides = [messages::BEFORE, messages::AFTER];
    let headers = columns.iter().flat_map(|(column, _)| {
        let header = table.header(*column);
        sides.map(|side| [&*header, " (", side, ")"].concat())
    });
    let headers: Vec<String> = headers.collect();
    let kind = std::iter::once(messages::KIND);
    let headers: Vec<&str> = kind.chain(headers.iter().map(String::as_str)).collect();
    Csv::new(form(), &headers)
}

fn file_row<'a>(
    before: &'a EntryTable,
    after: &'a EntryTable,
    change: &Change,
    columns: &[(Column, Option<Column>)],
) -> Vec<CsvCell<'a>> {
    let rows = [change.before, change.after].map(|row| row.map(|row| row as usize));
    let mut cells = vec![CsvCell::Made(kinds(change))];
    for (of_before, of_after) in columns {
        let was = rows[0].map(|row| before.cell(row, *of_before));
        let is = rows[1]
            .zip(*of_after)
            .map(|(row, column)| after.cell(row, column));
        cells.extend([was, is].map(|cell| cell.unwrap_or(CsvCell::Empty)));
    }
    cells
}
