//! The tools on a response: search, folding, table, all pages, comparison, stored values.

use std::sync::Arc;

use leptos::prelude::*;

use super::compare::comparison;
use super::fetch_all::fetch_all;
use super::messages::{answer as messages, fetch};
use super::table::list_table;
use super::values::store;
use crate::pages::api::state::Explorer;
use crate::pages::api::state::tools::{KeptResponse, Matches};
use crate::platform::intl;
use outlay_explorer::answer::paging::neighbours;
use outlay_explorer::answer::search::{lines_with, rows_with};
use outlay_explorer::answer::text::ResponseText;
use outlay_explorer::difference::{Difference, difference};
use outlay_explorer::id_links::targets;

/// Most changes that are listed.
const MOST_CHANGES: usize = 300;

/// The tools of the response in view.
#[component]
pub fn AnswerTools() -> impl IntoView {
    let explorer = Explorer::of_tab();
    let tools = explorer.tools;
    if tools.targets.with_untracked(|it| it.is_empty())
        && let Some(catalogue) = explorer.known()
    {
        tools.targets.set(Arc::new(targets(&catalogue)));
    }
    let is_json = move || {
        explorer.read.track();
        let is_json = |text: &ResponseText| text.scan.is_json();
        explorer
            .text
            .with_value(|text| text.as_ref().is_some_and(is_json))
    };
    let is_json = Memo::new(move |_| is_json());
    let is_list = Memo::new(move |_| {
        let run = explorer.run.get();
        let paged = run.is_some_and(|run| run.operation.paged && run.joined.is_none());
        paged
            && is_json.get()
            && explorer.text.with_value(|text| {
                text.as_ref()
                    .is_some_and(|text| neighbours(text, &[]).is_some())
            })
    });
    let foldable = Memo::new(move |_| is_json.get() && !tools.raw.get() && !tools.table.get());
    let shown = RwSignal::new(None::<Result<(Arc<KeptResponse>, Difference), ()>>);
    let fold = move |_| {
        with_lines(explorer, |text| {
            tools
                .folds
                .update(|folds| folds.fold_below(&text.scan.lines, 2));
        })
    };
    let unfold = move |_| tools.folds.update(|folds| folds.clear());
    let value = move || {
        explorer
            .text
            .with_value(|text| text.as_ref()?.masked_value())
    };
    let keep = move |_| {
        let (Some(run), Some(value)) = (explorer.run.get_untracked(), value()) else {
            return shown.set(Some(Err(())));
        };
        let label = [&*run.operation.id, " · ", &intl::time_of_day(run.at)].concat();
        tools
            .kept
            .set(Some(Arc::new(KeptResponse { label, value })));
        shown.set(None);
    };
    let compare = move |_| {
        let (Some(kept), Some(value)) = (tools.kept.get_untracked(), value()) else {
            return shown.set(Some(Err(())));
        };
        let found = difference(&kept.value, &value, MOST_CHANGES);
        shown.set(Some(Ok((kept, found))));
    };
    let kept_label = move || {
        let kept = tools.kept.get().filter(|_| shown.with(Option::is_none))?;
        Some(messages::kept(&kept.label))
    };
    let all = move |_| {
        if let Some(run) = explorer.run.get_untracked() {
            fetch_all(explorer, run);
        }
    };
    let progress = move || {
        let now = tools.fetching.get()?;
        Some(fetch::progress(now.pages, &intl::count(now.rows)))
    };
    let fetching = Memo::new(move |_| tools.fetching.with(Option::is_some));
    view! {
        <div class="x-tools" role="group" aria-label=messages::TOOLS>
            {search(explorer)}
            <div class="actions">
                <Show when=move || foldable.get()>
                    <button type="button" class="quiet" on:click=fold>{messages::FOLD_ALL}</button>
                    <button type="button" class="quiet" on:click=unfold>{messages::UNFOLD_ALL}</button>
                </Show>
                <Show when=move || is_json.get()>
                    <button type="button" class="quiet" aria-pressed=move || tools.table.get().to_string() on:click=move |_| tools.table.update(|it| *it = !*it)>{messages::TABLE}</button>
                    <button type="button" class="quiet" on:click=keep>{messages::KEEP}</button>
                    <Show when=move || tools.kept.with(Option::is_some)>
                        <button type="button" class="quiet" on:click=compare>{messages::COMPARE}</button>
                    </Show>
                </Show>
                <Show when=move || is_list.get() && !fetching.get()>
                    <button type="button" class="quiet" on:click=all>{fetch::ALL}</button>
                </Show>
                <Show when=move || fetching.get()>
                    <button type="button" class="quiet" on:click=move |_| tools.fetching.set(None)>{fetch::CANCEL}</button>
                </Show>
                <span role="status" class="fine figures">{move || progress().or_else(kept_label)}</span>
            </div>
            {move || shown.get().map(|found| comparison(found, shown))}
            <Show when=move || is_json.get()>{store(explorer)}</Show>
            <Show when=move || tools.table.get()>{list_table(explorer)}</Show>
        </div>
    }
}

fn with_lines(explorer: Explorer, act: impl FnOnce(&ResponseText)) {
    explorer.text.with_value(|text| {
        if let Some(text) = text {
            act(text);
        }
    });
}

/// The search field. Enter goes to the next match, Shift and Enter to the previous one.
fn search(explorer: Explorer) -> impl IntoView {
    let tools = explorer.tools;
    let typed = RwSignal::new(String::new());
    let find = move || {
        let needle = typed.get_untracked();
        let revealed = tools.revealed.get_untracked();
        let raw = tools.raw.get_untracked();
        let mut found = Vec::new();
        with_lines(explorer, |text| {
            found = match raw || !text.scan.is_json() {
                true => rows_with(text, &needle, revealed),
                false => lines_with(text, &needle, revealed),
            };
        });
        tools.matches.set(Matches {
            lines: Arc::new(found),
            current: 0,
        });
        reveal(explorer);
    };
    let go = move |by: usize| {
        let any = tools.matches.try_update(|found| {
            let all = found.lines.len();
            found.current = (found.current + by) % all.max(1);
            all > 0
        });
        if any == Some(true) {
            reveal(explorer);
        }
    };
    let previous = move || {
        let all = tools.matches.with_untracked(|found| found.lines.len());
        go(all.max(1) - 1);
    };
    let status = move || {
        if typed.with(String::is_empty) {
            return String::new();
        }
        tools.matches.with(|found| match found.lines.len() {
            0 => messages::NO_MATCH.to_owned(),
            all => messages::matches(found.current + 1, &intl::count(all)),
        })
    };
    let none = move || tools.matches.with(|found| found.lines.is_empty());
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            match event.shift_key() {
                true => previous(),
                false => go(1),
            }
        }
    };
    let on_input = move |event| {
        typed.set(event_target_value(&event));
        find();
    };
    // Folds or the format have changed the lines.
    Effect::new(move |before: Option<bool>| {
        let now = tools.raw.get();
        if before.is_some_and(|before| before != now) {
            find();
        }
        now
    });
    view! {
        <div class="actions x-find" role="search">
            <input type="search" id="x-find" aria-label=messages::SEARCH placeholder=messages::SEARCH autocomplete="off" spellcheck="false"
                prop:value=typed on:input=on_input on:keydown=on_key />
            <button type="button" class="quiet" disabled=none on:click=move |_| previous()>{messages::PREVIOUS}</button>
            <button type="button" class="quiet" disabled=none on:click=move |_| go(1)>{messages::NEXT}</button>
            <span role="status" class="fine figures">{move || status()}</span>
        </div>
    }
}

/// Unfolds what hides the current match.
fn reveal(explorer: Explorer) {
    let tools = explorer.tools;
    let current = tools
        .matches
        .with_untracked(|found| found.lines.get(found.current).copied());
    let folded = tools.folds.with_untracked(|folds| !folds.is_empty());
    if let Some(number) = current.filter(|_| folded && !tools.raw.get_untracked()) {
        with_lines(explorer, |text| {
            tools
                .folds
                .update(|folds| folds.reveal(&text.scan.lines, number));
        });
        tools.matches.update(|_| {});
    }
}
