//! The spend of each month in the currencies that were paid.

use leptos::prelude::*;
use outlay_table::overview::Overview;

use super::cells::bare;
use crate::pages::overview_messages::currencies as texts;
use crate::platform::intl;

pub fn view(figures: &Overview) -> AnyView {
    let heads = figures.paid.iter().map(|paid| {
        view! { <th scope="col" class="amount" translate="no" prop:textContent=paid.currency.to_string()></th> }
    });
    let months = figures.months.iter().enumerate().rev();
    let rows = months.map(|(at, month)| {
        let cells = figures.paid.iter().map(|paid| {
            let sum = paid.months.get(at).filter(|sum| sum.entries > 0);
            let cell = sum.map(|sum| bare(*sum, Some(paid.currency)));
            view! { <td class="amount">{cell}</td> }
        });
        view! {
            <tr>
                <th scope="row" translate="no" prop:textContent=intl::month(month.month)></th>
                {cells.collect_view()}
            </tr>
        }
    });
    let foot = figures
        .paid
        .iter()
        .map(|paid| view! { <td class="amount">{bare(paid.sum, Some(paid.currency))}</td> });
    view! {
        <p class="fine">{texts::HINT}</p>
        <div class="table-wrap" tabindex="0" role="region" aria-label=texts::TABLE>
            <table class="paid">
                <caption class="visually-hidden">{texts::TABLE}</caption>
                <thead><tr><th scope="col">{texts::MONTH}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot><tr><th scope="row">{texts::TOTAL}</th>{foot.collect_view()}</tr></tfoot>
            </table>
        </div>
    }
    .into_any()
}
