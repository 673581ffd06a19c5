//! The connection test.

use crate::components::alert::ErrorAlert;
use crate::components::heading::Heading;
use crate::components::messages::{LOADING, TRY_AGAIN};
use leptos::prelude::*;
use outlay_codes::ErrorCode;

use outlay_probe::report::CheckReport;

use super::export::Export;
use super::messages;
use super::rows::Rows;
use super::run::{CheckState, RESULT};
use super::setup::Setup;
use super::text::counts;
use super::window::Running;
use crate::components::external_text::external;

/// The connection test.
#[component]
pub fn CheckPage() -> impl IntoView {
    let check = CheckState::get();
    let card = Memo::new(move |_| check.card());
    let there = Memo::new(move |_| card.with(Option::is_some));
    let ran = Memo::new(move |_| {
        let begun = card.with(|card| card.as_ref().is_some_and(|card| !card.started.is_empty()));
        begun && !check.running.get()
    });
    let obstacle = move || {
        check.app_error.get().map(|app_error| {
            let next = match app_error.code {
                ErrorCode::CheckLost | ErrorCode::CheckUnavailable => Some(
                    view! { <button type="button" on:click=move |_| check.open()>{messages::START_AGAIN}</button> }
                        .into_any(),
                ),
                ErrorCode::CheckWindowBlocked => Some(
                    view! { <button type="button" on:click=move |_| check.open_window()>{TRY_AGAIN}</button> }
                        .into_any(),
                ),
                _ => None,
            };
            view! { <ErrorAlert app_error>{next}</ErrorAlert> }.into_any()
        })
    };
    let body = move || {
        if !there.get() {
            let waits = check.app_error.with(Option::is_none);
            return waits
                .then(|| view! { <p class="waiting" role="status">{LOADING}</p> }.into_any());
        }
        Some(
            view! {
                {move || (!ran.get()).then(|| steps(check))}
                <section class="card report">
                    <h2 id=RESULT tabindex="-1">{messages::REPORT}</h2>
                    {move || facts(card)}
                    <p class="figures" role="status" translate="no">{move || card.with(|card| card.as_ref().map(counts))}</p>
                    <Show when=move || ran.get()><Export card /></Show>
                    <Rows card />
                </section>
                // The result of a finished test comes before the form for the next one.
                {move || ran.get().then(|| steps(check))}
            }
            .into_any(),
        )
    };
    view! {
        <Heading text=messages::TITLE />
        <p>{messages::LEAD}</p>
        {move || obstacle()}
        {move || body()}
    }
}

/// The form, or the test in progress.
fn steps(check: CheckState) -> AnyView {
    match check.running.get() {
        true => view! { <Running check /> }.into_any(),
        false => view! { <Setup check /> }.into_any(),
    }
}

/// The facts about the test at the head of the printed page.
fn facts(card: Memo<Option<CheckReport>>) -> Option<AnyView> {
    let reported = card.with(|card| {
        let reported = outlay_probe::export::facts(card.as_ref()?).into_iter();
        Some(
            reported
                .map(|(name, value)| (name, value.to_owned()))
                .collect::<Vec<_>>(),
        )
    })?;
    let reported = reported
        .into_iter()
        .map(|(name, value)| view! { <dt>{name}</dt><dd>{external(&value)}</dd> });
    Some(view! { <dl class="facts">{reported.collect_view()}</dl> }.into_any())
}
