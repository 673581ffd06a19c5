//! The overview for a finance person: the spend of a period in the company's currency, what it leaves
//! out, how it spreads, and what is to be done.
//!
//! The figures are [`outlay_table::overview`]'s; `figures` shows the three first ones, `left_out` the rest
//! of the period, `months` and `chart` the months, `worklists`, `breakdowns` and `currencies` the tables
//! below, `choices` the fields that change the address.

mod breakdowns;
mod cells;
mod chart;
mod choices;
mod currencies;
mod figures;
mod left_out;
mod months;
mod worklists;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use outlay_pleo::Incomplete;
use outlay_pleo::text::marked;
use outlay_table::notes;
use outlay_table::overview::{Overview as Figures, OverviewScope};

use crate::components::copied_amounts;
use crate::components::heading::Heading;
use crate::components::list_notes::{CompaniesNote, lines};
use crate::components::messages::CANCEL;
use crate::components::progress::Progress;
use crate::effect::effect;
use crate::pages::overview_choices::{self, PeriodChoice};
use crate::pages::overview_messages as messages;
use crate::pages::refusal::refusal;
use crate::platform::{clock, intl, location};
use crate::session::company_data::CompanyData;
use crate::session::entries::LoadGoal;
use crate::session::load::{Load, LoadState};

/// The figures in view; `None` for a period outside the calendar.
type Shown = Memo<Option<Arc<Figures>>>;

/// The page of a connection.
#[component]
pub fn Overview() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    copied_amounts::listen();
    effect(move || company_data.load_companies());
    // An entry of any purchase date may have its bookkeeping date in the period.
    effect(move || company_data.load_entries(LoadGoal::All));
    effect(move || company_data.load_people());
    let name = Memo::new(move |_| {
        let id = company_data.company_id.get()?;
        let companies = company_data.companies.get();
        companies
            .ready()?
            .iter()
            .find(|company| company.id == id)
            .map(|c| c.name.clone())
    });
    let unnamed = move || company_data.companies.with(|all| all.app_error().cloned());
    let query = use_location().search;
    let shown: Shown = Memo::new(move |_| query.with(|query| figures_of(company_data, query)));
    view! {
        {move || view! { <Heading text=name.get().unwrap_or_else(|| messages::TITLE.to_owned()) /> }.into_any()}
        <CompanyChoice />
        <CompaniesNote />
        {move || unnamed().map(|app_error| refusal(app_error, move || company_data.companies.set(Load::Idle)))}
        <choices::Choices />
        <Loading />
        <Content shown />
    }
}

/// The figures of the entries loaded so far, as the query of the address asks for them.
fn figures_of(company_data: CompanyData, query: &str) -> Option<Arc<Figures>> {
    let parameter = |name| location::parameter(query, name);
    let running = running_month();
    let period = PeriodChoice::of(&parameter(overview_choices::PERIOD));
    let (period, listed) = (period.span(running)?, period.listed(running)?);
    company_data.table.with(|table| {
        let scope = OverviewScope {
            basis: overview_choices::basis(&parameter(overview_choices::BASIS)),
            period,
            listed,
            running,
            currency: table.company_currency(),
        };
        Some(Arc::new(Figures::of(table, scope)))
    })
}

fn running_month() -> outlay_table::Month {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this age")]
    overview_choices::running_month(clock::wall() as i64)
}

#[component]
fn CompanyChoice() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let choose = move |event| {
        company_data.drop_company();
        company_data
            .chosen_company
            .set(Some(event_target_value(&event).into()));
    };
    let shown = move || {
        let all = company_data
            .companies
            .with(|all| all.ready().filter(|all| all.len() > 1).cloned())?;
        let chosen = company_data.company_id.get();
        let options = all.into_iter().map(|company| {
            let selected = chosen.as_ref() == Some(&company.id);
            view! { <option
                value=String::from(company.id) selected=selected dir="auto" translate="no"
                prop:textContent=marked(&company.name)
            ></option> }
        });
        Some(
            view! {
                <label class="field">
                    <span>{messages::COMPANY}</span>
                    <select on:change=choose>{options.collect_view()}</select>
                </label>
            }
            .into_any(),
        )
    };
    view! { {move || shown()} }
}

/// How far the entries are loaded, with Cancel, Resume or Refresh.
#[component]
fn Loading() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let pagination = company_data.entries_pagination;
    let step = Memo::new(move |_| pagination.with(|pagination| pagination.step.clone()));
    let stopped = Memo::new(move |_| company_data.load_request.with(|request| request.stopped));
    let resume = move || company_data.resume_entries(LoadGoal::All);
    let state = move || {
        match (step.get(), stopped.get()) {
        // What was read waits out of sight.
        (LoadState::Idle, _) if company_data.waiting.get().is_some() => ().into_any(),
        (LoadState::Paused, true) => view! {
            <div class="state" role="status">
                <p>{messages::STOPPED}</p>
                <Progress pagination=pagination.into() what=messages::ENTRIES />
                <button type="button" on:click=move |_| resume()>{messages::RESUME}</button>
            </div>
        }
        .into_any(),
        (LoadState::Idle | LoadState::Loading | LoadState::Paused, _) => view! {
            <div class="state">
                <Progress pagination=pagination.into() what=messages::ENTRIES />
                <button type="button" class="quiet" on:click=move |_| company_data.stop_entries()>{CANCEL}</button>
            </div>
        }
        .into_any(),
        (LoadState::Failed(app_error), _) => refusal(app_error, resume),
        (LoadState::Done, _) => {
            let (rows, incomplete) = pagination.with_untracked(|pagination| {
                (pagination.list.distinct(), pagination.list.incomplete().map(Incomplete::code))
            });
            let number = intl::count(rows);
            let (words, again) = match incomplete {
                None => (messages::loaded(rows, &number), messages::REFRESH),
                Some(_) => (messages::incomplete(rows, &number), messages::LOAD_AGAIN),
            };
            view! {
                <div class="state" data-incomplete=incomplete>
                    <p class="figures" prop:textContent=words></p>
                    <button type="button" class="quiet" on:click=move |_| company_data.drop_entries() prop:textContent=again></button>
                </div>
            }
            .into_any()
        }
    }
    };
    view! { {move || state()} }
}

#[component]
fn Content(shown: Shown) -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let partial = Memo::new(move |_| {
        company_data.entries_pagination.with(|pagination| {
            pagination.step != LoadState::Done || pagination.list.incomplete().is_some()
        })
    });
    let is_empty = Memo::new(move |_| company_data.table.with(|table| table.entries() == 0));
    let sections = move || {
        if is_empty.get() {
            // With entries missing it is not known that nothing was spent.
            return (!partial.get()).then(empty).into_any();
        }
        view! {
            {move || shown.with(|it| it.as_deref().map(|it| figures::view(it, partial.get())))}
            <section class="card" aria-labelledby="months">
                <h2 id="months">{messages::months::TITLE}</h2>
                {move || shown.with(|it| it.as_deref().map(months::view))}
            </section>
            <section class="card" aria-labelledby="left-out">
                <h2 id="left-out">{messages::left_out::TITLE}</h2>
                {move || shown.with(|it| it.as_deref().map(left_out::view))}
            </section>
            <section class="card" aria-labelledby="to-do">
                <h2 id="to-do">{messages::worklists::TITLE}</h2>
                {move || shown.with(|it| it.as_deref().map(worklists::view))}
            </section>
            <section class="card" aria-labelledby="breakdowns">
                <h2 id="breakdowns">{messages::breakdowns::TITLE}</h2>
                {move || shown.with(|it| it.as_deref().map(breakdowns::view))}
            </section>
            <section class="card">
                <details open=move || shown.with(|it| it.as_deref().is_some_and(|it| it.scope.currency.is_none()))>
                    <summary>{messages::currencies::TITLE}</summary>
                    {move || shown.with(|it| it.as_deref().map(currencies::view))}
                </details>
            </section>
        }
        .into_any()
    };
    // Takes time in proportion to the rows, and pages arrive more often than the table is updated.
    let of_table = Memo::new(move |_| company_data.table.with(outlay_table::EntryTable::notes));
    let sentences = Memo::new(move |_| {
        company_data
            .entries_pagination
            .with(|pagination| notes::of_totals(&pagination.list, of_table.get(), &intl::count))
    });
    view! {
        {move || sections()}
        <div class="notes">
            {move || sentences.with(|sentences| lines(sentences))}
            <p class="fine">{messages::ZONES}</p>
        </div>
    }
}

fn empty() -> AnyView {
    view! {
        <div class="empty">
            <p>{messages::EMPTY}</p>
            <p>{messages::EMPTY_HINT}</p>
        </div>
    }
    .into_any()
}
