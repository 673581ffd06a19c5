//! The confirmation of a write: what it changes, and for which company. For a change in production that
//! cannot be undone, the user types the company's name.

use leptos::html::Dialog;
use leptos::prelude::*;
use outlay_config::EnvironmentKind;
use outlay_pleo::text::{Piece, marks};

use super::messages::{self, confirm as words};
use super::run::{RunState, RunWrite};
use crate::components::dialog::open_while;
use crate::components::environment_banner::EnvironmentBanner;
use crate::components::external_text::external;
use crate::components::messages::disconnect::CONFIRM;
use crate::session::names::Names;

/// The dialog. It is open while a write waits for its confirmation.
pub fn confirm(state: RunState) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    let confirming = state.confirming;
    let session = state.session;
    let names = expect_context::<Names>();
    if let Some(live) = session.view.with_untracked(|view| view.live().cloned()) {
        names.ask(live);
    }
    state.company_data.load_companies();
    open_while(dialog, move || confirming.with(Option::is_some));
    let inside = move || Some(question(state, names, confirming.get()?));
    let environment = Signal::derive(move || session.environment());
    view! {
        <dialog class="dialog" aria-labelledby="run-confirm" node_ref=dialog on:close=move |_| confirming.set(None)>
            <EnvironmentBanner environment />
            {move || inside()}
        </dialog>
    }
    .into_any()
}

fn question(state: RunState, names: Names, write: RunWrite) -> AnyView {
    let session = state.session;
    let typed = RwSignal::new(String::new());
    // The name must not change while the user types it.
    let company = untrack(|| {
        // A connection may have several companies: the one of the job is meant.
        company_of_job(state).unwrap_or_else(|| {
            let live = session.view.with(|view| view.live().cloned());
            live.map(|live| names.company(&live)).unwrap_or_default()
        })
    });
    let kind = untrack(|| session.environment()).map_or(EnvironmentKind::Production, |it| it.0);
    let (title, effect, button, is_final) = match write {
        RunWrite::Start => (
            words::START,
            words::START_EFFECT,
            messages::run::START_TITLE,
            false,
        ),
        RunWrite::Report => (
            words::REPORT,
            words::REPORT_EFFECT,
            messages::report::TITLE,
            true,
        ),
        RunWrite::Close => (
            words::CLOSE,
            words::CLOSE_EFFECT,
            messages::report::CLOSE_TITLE,
            true,
        ),
        RunWrite::Cancel => (
            words::CANCEL,
            words::CANCEL_EFFECT,
            words::CANCEL_BUTTON,
            true,
        ),
    };
    let must_type = is_final && kind == EnvironmentKind::Production;
    let expected = plain(&company);
    let confirmed = Memo::new(move |_| !must_type || typed.with(|typed| plain(typed) == expected));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if confirmed.get_untracked() {
            state.confirming.set(None);
            state.write(write);
        }
    };
    let field = must_type.then(|| {
        view! {
            <label class="field">
                <span>{CONFIRM.0} <strong>{external(&company)}</strong> {CONFIRM.1}</span>
                <input type="text" autocomplete="off" spellcheck="false" prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event)) />
            </label>
        }
    });
    let warning = (write == RunWrite::Cancel).then(|| view! { <p>{words::IMPORTED_WARNING}</p> });
    let class = match write {
        RunWrite::Cancel => "danger",
        _ => "primary",
    };
    view! {
        <form on:submit=submit>
            <h2 id="run-confirm">{title}</h2>
            <p>{effect} <strong>{external(&company)}</strong> {words::END} " " {is_final.then_some(words::FINAL)}</p>
            {warning}
            {field}
            <div class="actions">
                <button type="submit" class=class disabled=move || !confirmed.get()>{button}</button>
                <button type="button" class="quiet" autofocus=is_final on:click=move |_| state.confirming.set(None)>{words::BACK}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The name of the company that the job belongs to, once the companies are loaded.
fn company_of_job(state: RunState) -> Option<String> {
    let id = state.run.with(|run| Some(run.job()?.company_id.clone()))?;
    state.company_data.companies.with(|companies| {
        let all = companies.ready()?;
        Some(all.iter().find(|company| company.id == id)?.name.clone())
    })
}

/// Returns a name without invisible characters, as a person can type it.
fn plain(name: &str) -> String {
    let pieces = marks(name).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain,
        Piece::Mark(_) => "",
    });
    let plain: String = pieces.collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
