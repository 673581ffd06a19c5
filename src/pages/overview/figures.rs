//! The three figures above the rest.

use leptos::prelude::*;
use outlay_table::MonthSpan;
use outlay_table::overview::Overview;

use super::cells::{amount, amounts, change, entries, href};
use crate::pages::overview_messages as messages;
use crate::pages::overview_messages::key as texts;
use crate::platform::intl;

/// The figures; `partial` while entries are missing.
pub fn view(figures: &Overview, partial: bool) -> AnyView {
    let incomplete = move || partial.then(|| view! { <p class="fine">{messages::INCOMPLETE}</p> });
    let scope = figures.scope;
    let spend = &figures.spend;
    let unbilled = spend.entries - spend.billed.entries;
    let unbilled = (unbilled > 0).then(|| {
        let currency = scope.currency.as_ref().map(|it| it.as_str());
        let words = texts::others(&entries(unbilled), currency);
        view! { <p prop:textContent=words></p> }
    });
    let is_running = scope.period.contains(scope.running);
    view! {
        <section class="key-figures" aria-label=texts::LABEL>
            <div class="card key-figure">
                <h2 translate="no" prop:textContent=texts::spend(&span(scope.period))></h2>
                <p class="key-value"><a href=href(&spend.filter)>{amount(spend.billed, scope.currency)}</a></p>
                <p class="figures" translate="no" prop:textContent=entries(spend.billed.entries)></p>
                {before(figures, is_running)}
                {unbilled}
                {incomplete()}
            </div>
            <div class="card key-figure">
                <h2>{texts::ATTENTION}</h2>
                <p class="key-value"><a href=href(&figures.attention.filter) translate="no" prop:textContent=intl::count(figures.attention.entries)></a></p>
                <p>{texts::ATTENTION_HINT}</p>
                {incomplete()}
            </div>
            <div class="card key-figure">
                <h2>{texts::NOT_EXPORTED}</h2>
                <p class="key-value"><a href=href(&figures.not_exported.filter)>{amounts(&figures.not_exported, scope.currency)}</a></p>
                <p class="figures" translate="no" prop:textContent=entries(figures.not_exported.entries)></p>
                {incomplete()}
            </div>
        </section>
    }
    .into_any()
}

/// The period before. The change is shown only where both are over: a part of a month is not compared
/// with a whole one.
fn before(figures: &Overview, is_running: bool) -> Option<AnyView> {
    let scope = figures.scope;
    let (before, months) = (figures.before?, scope.period.before()?);
    let now = figures.spend.billed;
    let change = (!is_running).then(|| {
        let (difference, share) = change(now, before);
        let share = share.map(|share| intl::percent(share, true));
        let difference = difference.money(scope.currency?)?;
        let difference = intl::money(&difference);
        let words = texts::change(&difference, share.as_deref());
        Some(view! { <p class="figures" translate="no" prop:textContent=words></p> })
    });
    Some(
        view! {
            <p class="figures" translate="no">
                <span prop:textContent=texts::before(&span(months))></span>
                {amount(before, scope.currency)}
            </p>
            {change.flatten()}
            {is_running.then(|| view! { <p class="fine">{texts::RUNNING}</p> })}
        }
        .into_any(),
    )
}

/// The months of a period in words.
fn span(months: MonthSpan) -> String {
    let first = intl::month(months.first());
    match months.months() {
        1 => first,
        _ => [&*first, " – ", &*intl::month(months.last())].concat(),
    }
}
