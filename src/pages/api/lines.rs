//! The response body by line. Only the visible lines are in the document.

use std::sync::Arc;

use super::messages::lines as messages;
use super::run::CallRun;
use crate::components::external_text::external;
use crate::effect::effect;
use crate::platform::intl;
use leptos::html::Div;
use leptos::prelude::*;

use crate::pages::api::state::Explorer;
use outlay_explorer::answer::fold::opens;
use outlay_explorer::answer::lines::MOST_LINES;
use outlay_explorer::answer::text::{LONGEST, MASK, ResponseText, ShownText};
use outlay_explorer::answer::window::{LineWindow, position, window};
use outlay_explorer::external_link::host;
use outlay_explorer::id_links::{IdLink, of_line};

/// The largest height of the text, in pixels; the style sheet has the same value.
const SIGHT: u32 = 560;

/// The deepest level that is indented further.
const DEEPEST: usize = 100;

/// The body, formatted or as received.
pub fn lines(explorer: Explorer, run: Arc<CallRun>, revealed: RwSignal<bool>) -> impl IntoView {
    let tools = explorer.tools;
    let as_it_came = tools.raw;
    let scrolled = RwSignal::new(0_u32);
    let place = NodeRef::<Div>::new();
    let look = move |ask: &dyn Fn(&ResponseText) -> usize| {
        explorer.read.track();
        explorer
            .text
            .with_value(|text| text.as_ref().map_or(0, ask))
    };
    let broken =
        Memo::new(move |_| look(&|text| usize::from(!text.scan.is_json() && text.is_read())) == 1);
    let raw = Memo::new(move |_| as_it_came.get() || broken.get());
    // The numbers of the lines outside of folded objects; `None` if nothing is folded.
    let unfolded = Memo::new(move |_| {
        let is_whole = raw.get() || tools.folds.with(|folds| folds.is_empty());
        (!is_whole).then(|| {
            explorer.text.with_value(|text| {
                let lines = text.as_ref().map(|text| &*text.scan.lines);
                let lines = lines.unwrap_or_default();
                Arc::new(tools.folds.with(|folds| folds.visible(lines)))
            })
        })
    });
    let all = Memo::new(move |_| match raw.get() {
        true => look(&ResponseText::rows),
        false => look(&|text| text.scan.lines.len()),
    });
    let count = Memo::new(move |_| {
        unfolded.with(|unfolded| unfolded.as_ref().map_or_else(|| all.get(), |it| it.len()))
    });
    let seen = Memo::new(move |_| window(count.get(), scrolled.get(), SIGHT));
    let drawn = move || {
        let LineWindow { first, count, .. } = seen.get();
        let (raw, revealed) = (raw.get(), revealed.get());
        let matches = tools.matches.get();
        let current = matches.lines.get(matches.current).copied();
        let mark = move |number: usize| {
            let found = matches.lines.binary_search(&number).is_ok();
            found.then_some(if current == Some(number) {
                "current"
            } else {
                "match"
            })
        };
        let targets = tools.targets.get();
        let unfolded = unfolded.get();
        let operation = run.operation.clone();
        explorer.text.with_value(|text| {
            let Some(text) = text else {
                return ().into_any();
            };
            let numbers = first..first + count;
            match raw {
                true => numbers
                    .map(|it| view! { <div class="x-line" data-found=mark(it)>{external(&text.row(it, revealed).unwrap_or_default())}</div> })
                    .collect_view()
                    .into_any(),
                false => numbers
                    .filter_map(|at| {
                        let number = unfolded.as_ref().map_or(Some(at), |it| it.get(at).copied())?;
                        let shown = text.line(number, revealed)?;
                        let next = unfolded.as_ref().and_then(|it| it.get(at + 1).copied());
                        let end = next.unwrap_or(text.scan.lines.len());
                        let fold = opens(&text.scan.lines, number).then(|| {
                            let folded = unfolded.is_some()
                                && tools.folds.with_untracked(|folds| folds.contains(number));
                            (number, folded.then(|| end.saturating_sub(number + 1)))
                        });
                        let link = of_line(&targets, &operation, text, number);
                        Some(line(explorer, shown, mark(number), fold, link))
                    })
                    .collect_view()
                    .into_any(),
            }
        })
    };
    let turn = move |to: bool| {
        as_it_came.set(to);
        tools.matches.set(Default::default());
        scrolled.set(0);
        if let Some(place) = place.get_untracked() {
            place.set_scroll_top(0);
        }
    };
    let scroll = move |_| {
        if let Some(place) = place.get_untracked() {
            scrolled.set(u32::try_from(place.scroll_top()).unwrap_or_default());
        }
    };
    // Shows the current match.
    effect(move || {
        let current = tools.matches.with(|it| it.lines.get(it.current).copied());
        let Some(number) = current else { return };
        let number = untrack(|| {
            unfolded.with(|it| match it {
                Some(shown) => shown.binary_search(&number).unwrap_or_else(|at| at),
                None => number,
            })
        });
        let top = position(count.get_untracked(), number, SIGHT);
        request_animation_frame(move || {
            if let Some(place) = place.get_untracked() {
                place.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
            }
        });
    });
    let height = move || [&seen.with(|it| it.height).to_string(), "px"].concat();
    let top = move || ["translateY(", &seen.with(|it| it.top).to_string(), "px)"].concat();
    let description = move || {
        let lines = intl::count(all.get());
        match (broken.get(), all.get()) {
            (true, _) if look(&|text| text.scan.lines.len()) >= MOST_LINES => {
                messages::TOO_MANY.to_owned()
            }
            (true, _) => messages::NOT_JSON.to_owned(),
            (false, count) => messages::count(count, &lines),
        }
    };
    view! {
        <div class="x-modes">
            <div class="actions" role="group" aria-label=messages::FORMAT>
                <button type="button" class="quiet" aria-pressed=move || (!raw.get()).to_string() disabled=move || broken.get()
                    on:click=move |_| turn(false)>{messages::PRETTY}</button>
                <button type="button" class="quiet" aria-pressed=move || raw.get().to_string() on:click=move |_| turn(true)>{messages::RAW}</button>
            </div>
            <span class="fine figures" translate="no">{move || description()}</span>
        </div>
        <div class="x-text" translate="no" dir="ltr" tabindex="0" role="region" aria-label=messages::BODY node_ref=place on:scroll=scroll>
            <div class="x-tall" style:height=move || height()>
                <div class="x-seen" style:transform=move || top()>{move || drawn()}</div>
            </div>
        </div>
    }
}

/// One line. `fold`: its number, and how many lines it hides if it is folded; `None` for a line that
/// opens no object or list.
fn line(
    explorer: Explorer,
    shown: ShownText,
    found: Option<&'static str>,
    fold: Option<(usize, Option<usize>)>,
    link: Option<IdLink>,
) -> impl IntoView {
    let ShownText {
        depth,
        name,
        value,
        cut,
        secret,
        comma,
    } = shown;
    let colon = (!name.is_empty()).then_some(": ");
    let kind = match value.as_bytes().first() {
        _ if secret => "secret",
        Some(b'"') => "text",
        Some(b'{' | b'}' | b'[' | b']') => "bracket",
        _ => "word",
    };
    let address = value
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'))
        .filter(|_| !cut);
    let address = address.filter(|it| !it.contains(MASK));
    let open = address.and_then(|address| Some((address.to_owned(), host(address)?.to_owned())));
    let open = open.map(|(address, host)| {
        view! { " " <a href=address target="_blank" rel="noopener noreferrer external">{messages::OPEN.0} {host} {messages::OPEN.1}</a> }
    });
    let link = link.map(|IdLink { operation, query }| {
        view! { " " <a class="x-open" href=move || explorer.address_of(&query)>{messages::open_operation(&operation)}</a> }
    });
    let cut = cut.then(|| messages::cut(LONGEST));
    let hidden = fold.and_then(|(_, hidden)| hidden).map(messages::hidden);
    let fold = fold.map(|(number, hidden)| {
        let label = messages::fold(match name.trim_matches('"') {
            "" => &value,
            name => name,
        });
        let is_folded = hidden.is_some();
        let toggle = move |_| {
            explorer.text.with_value(|text| {
                let lines = text.as_ref().map(|text| &*text.scan.lines);
                let lines = lines.unwrap_or_default();
                explorer.tools.folds.update(|folds| folds.toggle(lines, number));
            });
            // The button is drawn anew.
            super::focus_named(format!("fold-{number}"));
        };
        view! {
            <button type="button" class="x-fold" id=format!("fold-{number}") aria-label=label aria-expanded=(!is_folded).to_string() on:click=toggle>
                {if is_folded { "▸" } else { "▾" }}
            </button>
        }
    });
    view! {
        <div class="x-line" data-found=found>
            {"  ".repeat(usize::from(depth).min(DEEPEST))}{fold}<span class="x-name">{external(&name)}</span>{colon}<span data-kind=kind>{external(&value)}</span>
            {hidden.map(|hidden| view! { <em>{hidden}</em> })}{comma.then_some(",")}{cut.map(|cut| view! { <em>{cut}</em> })}{open}{link}
        </div>
    }
}
