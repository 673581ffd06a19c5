//! The overview: who is connected, with what rights, and what was spent.

use leptos::prelude::*;
use outlay_pleo::text::marked;
use outlay_pleo::{Currency, Incomplete, Money};
use outlay_table::{Month, MonthTotals, Sum, notes};

use crate::components::amount::Amount;
use crate::components::chart::MonthChart;
use crate::components::copied_amounts;
use crate::components::heading::Heading;
use crate::components::list_notes::{CompaniesNote, lines};
use crate::components::messages::CANCEL;
use crate::components::progress::Progress;
use crate::components::scopes::Scopes;
use crate::effect::effect;
use crate::pages::overview_messages as messages;
use crate::pages::refusal::refusal;
use crate::platform::{clock, intl};
use crate::session::company_data::CompanyData;
use crate::session::load::{Load, LoadState};
use crate::session::{Session, period};

/// The page of a connection.
#[component]
pub fn Overview() -> impl IntoView {
    let session = expect_context::<Session>();
    let company_data = expect_context::<CompanyData>();
    copied_amounts::listen();
    effect(move || company_data.load_companies());
    effect(move || company_data.load_totals());
    let name = Memo::new(move |_| {
        let id = company_data.company_id.get()?;
        let companies = company_data.companies.get();
        companies
            .ready()?
            .iter()
            .find(|company| company.id == id)
            .map(|c| c.name.clone())
    });
    // Made anew only when the scopes are others.
    let scopes = Memo::new(move |_| {
        session.view.with(|view| {
            let live = view.live()?;
            Some([live.scopes_granted.join(" "), live.scopes_asked.join(" ")].join("\n"))
        })
    });
    let unnamed = move || company_data.companies.with(|all| all.app_error().cloned());
    view! {
        {move || view! { <Heading text=name.get().unwrap_or_else(|| messages::TITLE.to_owned()) /> }.into_any()}
        <CompanyChoice />
        <CompaniesNote />
        {move || unnamed().map(|app_error| refusal(app_error, move || company_data.companies.set(Load::Idle)))}
        <Spend />
        <section class="card" aria-labelledby="access">
            <h2 id="access">{messages::ACCESS}</h2>
            {move || {
                scopes.track();
                let live = session.view.with_untracked(|view| view.live().cloned());
                live.map(|connection| view! { <Scopes connection /> }.into_any())
            }}
        </section>
    }
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

#[component]
fn Spend() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let pagination = company_data.totals_pagination;
    let step = Memo::new(move |_| pagination.with(|pagination| pagination.step.clone()));
    let state = move || {
        match step.get() {
        // What was read waits out of sight.
        LoadState::Idle if company_data.waiting.get().is_some() => ().into_any(),
        LoadState::Idle | LoadState::Loading => view! {
            <div class="state">
                <Progress pagination=pagination.into() what=messages::ENTRIES />
                <button type="button" class="quiet" on:click=move |_| company_data.stop_totals()>{CANCEL}</button>
            </div>
        }
        .into_any(),
        LoadState::Paused => view! {
            <div class="state" role="status">
                <p>{messages::STOPPED}</p>
                <Progress pagination=pagination.into() what=messages::ENTRIES />
                <button type="button" on:click=move |_| company_data.resume_totals()>{messages::RESUME}</button>
            </div>
        }
        .into_any(),
        LoadState::Failed(app_error) => refusal(app_error, move || company_data.resume_totals()),
        LoadState::Done => {
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
                    <button type="button" class="quiet" on:click=move |_| company_data.drop_totals() prop:textContent=again></button>
                </div>
            }
            .into_any()
        }
    }
    };
    view! {
        <section class="card" aria-labelledby="spend">
            <h2 id="spend">{messages::SPEND}</h2>
            {move || state()}
            <Figures />
        </section>
    }
}

#[component]
fn Figures() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let wanted = RwSignal::new(None::<Currency>);
    let done = Memo::new(move |_| {
        company_data
            .totals_pagination
            .with(|pagination| pagination.step == LoadState::Done)
    });
    let shown = move || {
        let (months, mut overall, left_out) = company_data.totals.with(|sums| {
            (
                sums.totals.months(),
                sums.totals.overall(),
                sums.totals.left_out(),
            )
        });
        // The currency of most entries first, the others by code: they keep their place while more
        // is read.
        let main = overall.iter().map(|sum| sum.entries).max();
        if let Some(main) = overall.iter().position(|sum| Some(sum.entries) == main) {
            overall[..=main].rotate_right(1);
        }
        let footnotes = company_data.totals_pagination.with(|pagination| {
            company_data
                .totals
                .with(|sums| notes::of_totals(&pagination.list, &sums.totals, &intl::count))
        });
        let Some(first) = overall.first().map(|sum| sum.currency) else {
            // With entries missing it is not known that nothing was spent.
            if !footnotes.is_empty() {
                return lines(&footnotes);
            }
            return done
                .get()
                .then(|| {
                    view! {
                        <p class="empty">{messages::EMPTY}</p>
                    }
                })
                .into_any();
        };
        let currency = wanted
            .get()
            .filter(|c| overall.iter().any(|sum| sum.currency == *c))
            .unwrap_or(first);
        let options = overall.iter().map(|sum| {
            let code = sum.currency.to_string();
            view! { <option value=code.clone() selected=sum.currency == currency translate="no" prop:textContent=code.clone()></option> }
        });
        let choice = (overall.len() > 1).then(|| view! {
            <label class="field inline">
                <span>{messages::CURRENCY}</span>
                <select on:change=move |event| wanted.set(Currency::new(&event_target_value(&event)))>
                    {options.collect_view()}
                </select>
            </label>
        });
        let period = months_of_period();
        view! {
            <figure class="figure">
                {choice}
                <MonthChart months=period totals=months.clone() currency />
            </figure>
            {table(&months, &overall)}
            {(left_out > 0).then(|| view! {
                <p class="fine" prop:textContent=messages::left_out(left_out, &intl::count(left_out))></p>
            })}
            {lines(&footnotes)}
        }
        .into_any()
    };
    view! { {move || shown()} }
}

fn months_of_period() -> Vec<Month> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this age")]
    period::months(clock::wall() as i64)
}

fn table(months: &[MonthTotals], overall: &[Sum]) -> impl IntoView {
    let heads = overall.iter().map(|sum| {
        view! { <th scope="col" class="amount" translate="no" prop:textContent=sum.currency.to_string()></th> }
    });
    let rows = months.iter().map(|month| {
        let cells = overall.iter().map(|all| {
            let sum = month.sums.iter().find(|sum| sum.currency == all.currency);
            view! { <td class="amount">{sum.map(written)}</td> }
        });
        view! {
            <tr>
                <th scope="row" translate="no" prop:textContent=intl::month(month.month)></th>
                {cells.collect_view()}
            </tr>
        }
    });
    let foot = overall
        .iter()
        .map(|sum| view! { <td class="amount">{written(sum)}</td> });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=messages::TABLE>
            <table class="spend">
                <caption class="visually-hidden">{messages::TABLE}</caption>
                <thead><tr><th scope="col">{messages::MONTH}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot><tr><th scope="row">{messages::TOTAL}</th>{foot.collect_view()}</tr></tfoot>
            </table>
        </div>
    }
}

fn written(sum: &Sum) -> AnyView {
    match sum.minors {
        Some(minors) => {
            let money = Money {
                currency: sum.currency,
                minors,
            };
            view! { <Amount money bare=true /> }.into_any()
        }
        None => view! { <span>{messages::TOO_LARGE}</span> }.into_any(),
    }
}
