//! The spend of the period by account, tax code, team, employee and vendor.

use leptos::prelude::*;
use outlay_pleo::Currency;
use outlay_table::overview::{Breakdown, BreakdownPart, EntrySum, Overview};

use super::cells::{bare, href, permille};
use crate::components::external_text::external;
use crate::pages::overview_messages as messages;
use crate::pages::overview_messages::breakdowns as texts;
use crate::platform::intl;

pub fn view(figures: &Overview) -> AnyView {
    let Some(currency) = figures
        .scope
        .currency
        .filter(|_| figures.spend.billed.entries > 0)
    else {
        return view! { <p class="empty">{messages::EMPTY}</p> }.into_any();
    };
    let tables = figures.breakdowns.iter();
    let tables = tables.map(|breakdown| table(breakdown, currency));
    view! {
        <div class="breakdowns">{tables.collect_view()}</div>
        <p class="fine">{texts::SPLIT}</p>
    }
    .into_any()
}

fn table(breakdown: &Breakdown, currency: Currency) -> AnyView {
    let whole = breakdown.minors();
    let cells = |minors: i128| {
        let share = permille(minors, whole);
        let share = share.map_or(messages::NOTHING.to_owned(), |share| {
            intl::percent(share, false)
        });
        view! {
            <td class="amount">{bare(EntrySum { entries: 0, minors }, Some(currency))}</td>
            <td class="amount" translate="no" prop:textContent=share></td>
        }
    };
    let parts = breakdown.parts.iter().map(|part| {
        view! {
            <tr>
                <th scope="row"><a href=href(&part.filter)>{label(part)}</a></th>
                {cells(part.minors)}
            </tr>
        }
    });
    let others = (breakdown.others > 0).then(|| {
        let words = texts::others(&intl::count(breakdown.others));
        view! { <tr><th scope="row" translate="no" prop:textContent=words></th>{cells(breakdown.others_minors)}</tr> }
    });
    let absent = breakdown.absent.as_ref().map(|part| {
        view! {
            <tr>
                <th scope="row"><a href=href(&part.filter)>{texts::absent(breakdown.by)}</a></th>
                {cells(part.minors)}
            </tr>
        }
    });
    let caption = texts::table(breakdown.by, currency.as_str());
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption.clone()>
            <table class="breakdown">
                <caption class="visually-hidden" prop:textContent=caption.clone()></caption>
                <thead><tr>
                    <th scope="col">{texts::title(breakdown.by)}</th>
                    <th scope="col" class="amount" translate="no" prop:textContent=currency.to_string()></th>
                    <th scope="col" class="amount">{texts::SHARE}</th>
                </tr></thead>
                <tbody>{parts.collect_view()} {others} {absent}</tbody>
                <tfoot><tr><th scope="row">{texts::TOTAL}</th>{cells(whole)}</tr></tfoot>
            </table>
        </div>
    }
    .into_any()
}

/// Code and name, as far as they are known; else the id.
fn label(part: &BreakdownPart) -> AnyView {
    let words = [&*part.code, &*part.name];
    let words: Vec<&str> = words.into_iter().filter(|text| !text.is_empty()).collect();
    let label = words.join(" ");
    external(if label.is_empty() { &part.id } else { &label }).into_any()
}
