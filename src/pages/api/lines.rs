//! The response body by line. Only the visible lines are in the document.

use super::messages::lines as messages;
use crate::components::external_text::external;
use crate::platform::intl;
use leptos::html::Div;
use leptos::prelude::*;

use crate::pages::api::state::Explorer;
use outlay_explorer::answer::lines::MOST_LINES;
use outlay_explorer::answer::text::{LONGEST, MASK, ResponseText, ShownText};
use outlay_explorer::answer::window::{LineWindow, window};
use outlay_explorer::external_link::host;

/// The largest height of the text, in pixels; the style sheet has the same value.
const SIGHT: u32 = 560;

/// The deepest level that is indented further.
const DEEPEST: usize = 100;

/// The body, formatted or as received.
pub fn lines(explorer: Explorer, revealed: RwSignal<bool>) -> impl IntoView {
    let as_it_came = RwSignal::new(false);
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
    let count = Memo::new(move |_| match raw.get() {
        true => look(&ResponseText::rows),
        false => look(&|text| text.scan.lines.len()),
    });
    let seen = Memo::new(move |_| window(count.get(), scrolled.get(), SIGHT));
    let drawn = move || {
        let LineWindow { first, count, .. } = seen.get();
        let (raw, revealed) = (raw.get(), revealed.get());
        explorer.text.with_value(|text| {
            let Some(text) = text else {
                return ().into_any();
            };
            let numbers = first..first + count;
            match raw {
                true => numbers
                    .map(|it| view! { <div class="x-line">{external(&text.row(it, revealed).unwrap_or_default())}</div> })
                    .collect_view()
                    .into_any(),
                false => numbers
                    .filter_map(|it| text.line(it, revealed))
                    .map(line)
                    .collect_view()
                    .into_any(),
            }
        })
    };
    let turn = move |to: bool| {
        as_it_came.set(to);
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
    let height = move || [&seen.with(|it| it.height).to_string(), "px"].concat();
    let top = move || ["translateY(", &seen.with(|it| it.top).to_string(), "px)"].concat();
    let description = move || {
        let lines = intl::count(count.get());
        match (broken.get(), count.get()) {
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

fn line(shown: ShownText) -> impl IntoView {
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
    let cut = cut.then(|| messages::cut(LONGEST));
    view! {
        <div class="x-line">
            {"  ".repeat(usize::from(depth).min(DEEPEST))}<span class="x-name">{external(&name)}</span>{colon}<span data-kind=kind>{external(&value)}</span>
            {comma.then_some(",")}{cut.map(|cut| view! { <em>{cut}</em> })}{open}
        </div>
    }
}
