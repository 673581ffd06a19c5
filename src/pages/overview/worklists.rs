//! The lists of entries that need work; each links to its entries.

use leptos::prelude::*;
use outlay_table::overview::Overview;

use super::cells::{amounts, count, href};
use crate::pages::overview_messages::worklists as texts;

pub fn view(figures: &Overview) -> AnyView {
    let rows = figures.worklists.iter().map(|it| {
        let label = texts::label(it.kind);
        let name = match it.group.entries {
            0 => view! { <span>{label}</span> }.into_any(),
            _ => view! { <a href=href(&it.group.filter)>{label}</a> }.into_any(),
        };
        view! {
            <tr data-list=label>
                <th scope="row">{name}</th>
                <td class="count">{count(it.group.entries, &it.group.filter)}</td>
                <td class="amount">{amounts(&it.group, figures.scope.currency)}</td>
            </tr>
        }
    });
    view! {
        <p class="fine">{texts::reach(figures.scope.basis)}</p>
        <div class="table-wrap" tabindex="0" role="region" aria-label=texts::TITLE>
            <table class="worklists">
                <caption class="visually-hidden">{texts::TITLE}</caption>
                <thead><tr>
                    <th scope="col">{texts::LIST}</th>
                    <th scope="col" class="count">{texts::ENTRIES}</th>
                    <th scope="col" class="amount">{texts::AMOUNT}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <p class="fine">{texts::NO_RECEIPT} " " {texts::EXPORT_FAILED}</p>
    }
    .into_any()
}
