//! Amounts, counts and links of the overview's tables.

use leptos::prelude::*;
use outlay_pleo::Currency;
use outlay_table::Filter;
use outlay_table::overview::{EntryGroup, EntrySum};

use crate::address;
use crate::components::amount::Amount;
use crate::pages::overview_messages as messages;
use crate::platform::{document, intl};
use crate::session::Session;

/// The address of the entries that a filter finds.
pub fn href(filter: &Filter) -> String {
    let session = expect_context::<Session>();
    let line: String = js_sys::encode_uri_component(&filter.to_string()).into();
    let route = address::with_parameter("/entries", address::FILTER, &line);
    let route = session
        .live_id
        .with(|id| address::with_connection(&route, id.as_deref()));
    address::at_base(&document::base(), &route)
}

/// Renders a sum with its currency; a text if the currency or its decimals are unknown or the sum is too large.
pub fn amount(sum: EntrySum, currency: Option<Currency>) -> AnyView {
    in_currency(sum, currency, false)
}

/// A sum whose currency is shown elsewhere.
pub fn bare(sum: EntrySum, currency: Option<Currency>) -> AnyView {
    in_currency(sum, currency, true)
}

fn in_currency(sum: EntrySum, currency: Option<Currency>, bare: bool) -> AnyView {
    let Some(currency) = currency else {
        return view! { <span>{messages::NOTHING}</span> }.into_any();
    };
    match (sum.money(currency), currency.exponent()) {
        (Some(money), _) => view! { <Amount money bare /> }.into_any(),
        (None, Some(_)) => view! { <span>{messages::TOO_LARGE}</span> }.into_any(),
        (None, None) => view! { <span>{messages::NO_AMOUNT}</span> }.into_any(),
    }
}

/// The amounts of a group: in the company's currency, then in each other one.
pub fn amounts(group: &EntryGroup, company: Option<Currency>) -> AnyView {
    let billed = (group.billed.entries > 0).then(|| amount(group.billed, company));
    let others = group.others.iter().filter(|it| it.currency.is_some());
    let others = others.map(|it| amount(it.sum, it.currency));
    let all: Vec<AnyView> = billed.into_iter().chain(others).collect();
    if all.is_empty() {
        return view! { <span>{messages::NOTHING}</span> }.into_any();
    }
    let lines = all
        .into_iter()
        .map(|amount| view! { <span class="amount-line">{amount}</span> });
    lines.collect_view().into_any()
}

/// A count that links to its entries; without a link if there are none.
pub fn count(entries: usize, filter: &Filter) -> AnyView {
    let number = intl::count(entries);
    match entries {
        0 => view! { <span translate="no" prop:textContent=number></span> }.into_any(),
        _ => view! { <a href=href(filter) translate="no" prop:textContent=number></a> }.into_any(),
    }
}

/// A number of entries in words.
pub fn entries(entries: usize) -> String {
    messages::entries(entries, &intl::count(entries))
}

/// The share of a part in tenths of a per cent; `None` unless the whole is above 0.
pub fn permille(part: i128, whole: i128) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    i64::try_from(part.checked_mul(1000)? / whole).ok()
}

/// The change from `before` to `now`, and in tenths of a per cent of `before` unless that is 0.
pub fn change(now: EntrySum, before: EntrySum) -> (EntrySum, Option<i64>) {
    let minors = now.minors - before.minors;
    let share = permille(minors, before.minors.abs());
    (
        EntrySum {
            entries: now.entries,
            minors,
        },
        share,
    )
}
