//! Spend by month, as a chart and as a table.

use leptos::prelude::*;
use outlay_table::overview::{EntrySum, MonthSpend, Overview};

use super::cells::{bare, change, count, href};
use super::chart;
use crate::pages::overview_messages as messages;
use crate::pages::overview_messages::months as texts;
use crate::platform::intl;

pub fn view(figures: &Overview) -> AnyView {
    let Some(currency) = figures.scope.currency else {
        return view! { <p class="empty">{messages::EMPTY}</p> }.into_any();
    };
    let rows = figures.months.iter().rev().map(|month| row(month, figures));
    let total: EntrySum = figures.months.iter().map(|month| month.sum).sum();
    let last_year: EntrySum = figures.months.iter().map(|month| month.year_before).sum();
    let caption = texts::table(currency.as_str());
    view! {
        {chart::view(figures, currency)}
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption.clone()>
            <table class="spend">
                <caption class="visually-hidden" prop:textContent=caption.clone()></caption>
                <thead><tr>
                    <th scope="col">{texts::MONTH}</th>
                    <th scope="col" class="count">{texts::ENTRIES}</th>
                    <th scope="col" class="amount">{texts::SPEND}</th>
                    <th scope="col" class="amount">{texts::BEFORE}</th>
                    <th scope="col" class="amount" aria-label=texts::BEFORE_PERCENT>{texts::PERCENT}</th>
                    <th scope="col" class="amount">{texts::YEAR_BEFORE}</th>
                    <th scope="col" class="amount" aria-label=texts::YEAR_PERCENT>{texts::PERCENT}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot><tr>
                    <th scope="row">{texts::TOTAL}</th>
                    <td class="count" translate="no" prop:textContent=intl::count(total.entries)></td>
                    <td class="amount">{bare(total, Some(currency))}</td>
                    <td></td>
                    <td></td>
                    <td class="amount">{bare(last_year, Some(currency))}</td>
                    <td></td>
                </tr></tfoot>
            </table>
        </div>
    }
    .into_any()
}

fn row(month: &MonthSpend, figures: &Overview) -> AnyView {
    let currency = figures.scope.currency;
    let period = figures.scope.period;
    let is_chosen = period.months() == 1 && period.contains(month.month);
    let name = name(month);
    // A part of a month is not compared with a whole one.
    let compared = |before: EntrySum| (!month.is_running).then(|| change(month.sum, before));
    let before = compared(month.month_before);
    let year_before = compared(month.year_before);
    let percent = |change: Option<(EntrySum, Option<i64>)>| {
        let share = change.and_then(|(_, share)| share);
        share.map_or(messages::NOTHING.to_owned(), |share| {
            intl::percent(share, true)
        })
    };
    let difference = match before {
        Some((difference, _)) => bare(difference, currency),
        None => view! { <span>{messages::NOTHING}</span> }.into_any(),
    };
    view! {
        <tr class:chosen=is_chosen>
            <th scope="row"><a href=href(&month.filter) translate="no" prop:textContent=name></a></th>
            <td class="count">{count(month.sum.entries, &month.filter)}</td>
            <td class="amount">{bare(month.sum, currency)}</td>
            <td class="amount">{difference}</td>
            <td class="amount" translate="no" prop:textContent=percent(before)></td>
            <td class="amount">{bare(month.year_before, currency)}</td>
            <td class="amount" translate="no" prop:textContent=percent(year_before)></td>
        </tr>
    }
    .into_any()
}

/// The month in words; the present one as such.
pub fn name(month: &MonthSpend) -> String {
    let name = intl::month(month.month);
    match month.is_running {
        true => messages::so_far(&name),
        false => name,
    }
}
