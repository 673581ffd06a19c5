//! How far a list has been loaded, in figures.

use leptos::prelude::*;

use super::messages;
use crate::platform::{clock, intl};
use crate::session::load::{ListPagination, LoadState};

/// A bar with counts.
#[component]
pub fn Progress(
    /// How far it is.
    pagination: Signal<ListPagination>,
    /// What is being loaded, for example `entries`.
    what: &'static str,
) -> impl IntoView {
    let words = move || {
        pagination.with(|pagination| {
            let list = &pagination.list;
            let read = intl::count(list.distinct());
            match list.total() {
                Some(total) => {
                    let count = messages::progress::of_total(&read, &intl::count(total), what);
                    [count, time_left(pagination)].concat()
                }
                None if list.distinct() == 0 => messages::progress::loading(what),
                None => messages::progress::without_total(&read, what),
            }
        })
    };
    let total = move || {
        pagination.with(|pagination| pagination.list.total().map(|total| total.to_string()))
    };
    let read = move || {
        pagination.with(|pagination| {
            let list = &pagination.list;
            list.total().map(|_| list.distinct().to_string())
        })
    };
    view! {
        <span class="progress">
            <progress max=move || total() value=move || read() aria-label=messages::progress::loading(what)></progress>
            <span class="figures" prop:textContent=move || words()></span>
        </span>
    }
}

/// The time until the list is loaded, to follow its counts; empty while it is not known.
pub fn time_left(pagination: &ListPagination) -> String {
    let now = clock::monotonic_millis();
    let left = pagination.windows.time_left(&pagination.list, now);
    let Some(left) = left.filter(|_| pagination.step == LoadState::Loading) else {
        return String::new();
    };
    // In steps of five seconds, so that the words change less often than the counts.
    let seconds = left.div_ceil(5_000).max(1) * 5;
    let number = |whole: u64| intl::count(usize::try_from(whole).unwrap_or(usize::MAX));
    match seconds / 60 {
        0 => messages::progress::seconds_left(&number(seconds)),
        minutes => messages::progress::minutes_left(minutes, &number(minutes)),
    }
}
