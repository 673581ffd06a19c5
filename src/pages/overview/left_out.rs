//! What the total leaves out: every entry of the period that is not in it, by kind.

use leptos::prelude::*;
use outlay_table::Filter;
use outlay_table::overview::{EntryGroup, Overview};

use super::cells::{amount, amounts, count, href};
use crate::pages::overview_messages::left_out as texts;
use crate::platform::intl;

pub fn view(figures: &Overview) -> AnyView {
    let currency = figures.scope.currency;
    let unbilled = figures.spend.others.iter().filter_map(|it| {
        let paid = it.currency?;
        let filter = figures.filter_of_unbilled(paid);
        let name = texts::without_billed(paid.as_str());
        let amount = amount(it.sum, Some(paid));
        Some(row(name, texts::NO_BILLED, it.sum.entries, &filter, amount))
    });
    let of_reason = figures.left_out.iter().map(|it| {
        let (name, why) = (texts::reason(&it.reason), texts::why(&it.reason));
        row_of_group(name, why, &it.group, figures)
    });
    let basis = figures.scope.basis;
    let undated = [
        (texts::undated(basis), &figures.undated),
        (texts::undated_others(basis), &figures.undated_others),
    ];
    let undated = undated.into_iter().filter(|(_, group)| group.entries > 0);
    let undated = undated
        .map(|(name, group)| row_of_group(name, texts::UNDATED, group, figures))
        .collect_view();
    let sums = [
        (texts::TOGETHER, figures.not_in_total()),
        (texts::SPEND, figures.spend.billed.entries),
        (texts::ALL, figures.entries.entries),
    ];
    let sums = sums.map(|(name, entries)| {
        let in_total = (name == texts::SPEND).then(|| amount(figures.spend.billed, currency));
        view! {
            <tr>
                <th scope="row" colspan="2">{name}</th>
                <td class="count" translate="no" prop:textContent=intl::count(entries)></td>
                <td class="amount">{in_total}</td>
            </tr>
        }
    });
    let nothing = (figures.not_in_total() == 0).then(|| {
        view! { <tr><td colspan="4">{texts::NONE}</td></tr> }
    });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=texts::TITLE>
            <table class="left-out">
                <caption class="visually-hidden">{texts::TITLE}</caption>
                <thead><tr>
                    <th scope="col">{texts::REASON}</th>
                    <th scope="col">{texts::WHY}</th>
                    <th scope="col" class="count">{texts::ENTRIES}</th>
                    <th scope="col" class="amount">{texts::AMOUNT}</th>
                </tr></thead>
                <tbody>{nothing} {unbilled.collect_view()} {of_reason.collect_view()}</tbody>
                <tbody class="sums">{sums.into_iter().collect_view()}</tbody>
                <tbody>{undated}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row_of_group(
    name: String,
    why: &'static str,
    group: &EntryGroup,
    figures: &Overview,
) -> AnyView {
    let amount = amounts(group, figures.scope.currency);
    row(name, why, group.entries, &group.filter, amount)
}

fn row(
    name: String,
    why: &'static str,
    entries: usize,
    filter: &Filter,
    amount: AnyView,
) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=href(filter) prop:textContent=name></a></th>
            <td>{why}</td>
            <td class="count">{count(entries, filter)}</td>
            <td class="amount">{amount}</td>
        </tr>
    }
    .into_any()
}
