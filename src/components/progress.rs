//! How far a list has been loaded, in figures.

use leptos::prelude::*;

use super::messages;
use crate::platform::intl;
use crate::session::load::ListPagination;

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
                Some(total) => messages::progress::of_total(&read, &intl::count(total), what),
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
