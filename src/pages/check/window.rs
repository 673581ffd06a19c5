//! The test in progress, and the window for which it waits.

use crate::components::environment_banner::EnvironmentBanner;
use crate::components::messages::CANCEL;
use leptos::prelude::*;
use outlay_probe::report::Verdict;

use super::messages::running as messages;
use super::run::{CheckState, RUNNING};

/// The panel. Its button keeps its place from one window to the next, and with it the focus.
#[component]
pub fn Running(check: CheckState) -> impl IntoView {
    let environment = Signal::derive(move || check.environment());
    let want = Memo::new(move |_| check.want());
    let idle = move || want.with(Option::is_none);
    let title = move |id| {
        let card = check.card();
        card.and_then(|card| Some(card.row(id)?.title.clone()))
    };
    let reported = move || match want.get() {
        Some(want) => {
            let row = title(want.row).unwrap_or_default();
            messages::window_needed(&row, &want.why, &want.to_do)
        }
        None => {
            let card = check.card();
            let asked = card.and_then(|card| {
                let mut rows = card.rows.into_iter();
                rows.find(|row| row.verdict == Verdict::Asking)
            });
            asked.map_or(messages::TESTING.to_owned(), |row| {
                messages::testing(&row.title)
            })
        }
    };
    let question = move || {
        let seen = want
            .get()
            .filter(|want| check.opened.get() == Some(want.window));
        seen.map(|want| {
            let window = want.window;
            let answers = want.answers.into_iter().map(|choice| {
                view! {
                    <button type="button" class="quiet" on:click=move |_| check.saw(window, choice.sight)>
                        {choice.label}
                    </button>
                }
            });
            view! {
                <div class="check-question" role="group" aria-labelledby="check-question">
                    <p id="check-question">{want.question}</p>
                    {answers.collect_view()}
                </div>
            }
            .into_any()
        })
    };
    let number = move || want.with(|want| want.as_ref().map(|want| want.window));
    // The browser fires no event for a closed window, so the user can open it again.
    let open = move || {
        let again = number().is_some_and(|window| check.opened.get() == Some(window));
        if again {
            messages::OPEN_AGAIN
        } else {
            messages::OPEN
        }
    };
    view! {
        <section class="card check-running" data-window=move || number()>
            <h2 id=RUNNING tabindex="-1">{messages::TITLE}</h2>
            <EnvironmentBanner environment />
            <p role="status">{move || reported()}</p>
            <div class="actions">
                <button
                    type="button" class="primary"
                    aria-disabled=move || idle().then_some("true")
                    on:click=move |_| check.open_window()
                >
                    {move || open()}
                </button>
                <button type="button" on:click=move |_| check.cancel()>{CANCEL}</button>
            </div>
            {move || question()}
            <p class="fine">{messages::HINT}</p>
        </section>
    }
}
