//! The form that starts a test.

use crate::components::environment_banner::EnvironmentBanner;
use crate::components::messages::{ENVIRONMENT, connect::CLIENT_ID};
use leptos::prelude::*;
use outlay_probe::report::ReportRow;

use super::messages::setup as messages;
use super::run::CheckState;

/// The form: environment, client ID and optional rules.
#[component]
pub fn Setup(check: CheckState) -> impl IntoView {
    let environment = Signal::derive(move || check.environment());
    let fresh = Memo::new(move |_| check.fresh());
    let several = move || {
        let cards = check.ready.get();
        (cards.len() > 1).then(|| {
            let options = cards.into_iter().map(|card| {
                let id = card.profile.clone();
                let selected = move || check.chosen.with(|chosen| *chosen == id);
                view! { <option value=card.profile selected=move || selected()>{card.name}</option> }
            });
            view! {
                <label class="field">
                    <span>{ENVIRONMENT}</span>
                    <select on:change=move |event| check.chosen.set(event_target_value(&event))>
                        {options.collect_view()}
                    </select>
                </label>
            }
            .into_any()
        })
    };
    let client_id = move || {
        let needed = fresh.with(|card| card.as_ref().is_some_and(|card| card.needs_client_id));
        needed.then(|| {
            view! {
                <label class="field">
                    <span>{CLIENT_ID}</span>
                    <input
                        type="text" autocomplete="off" spellcheck="false" maxlength="256"
                        prop:value=move || check.client_id.get()
                        on:input=move |event| check.client_id.set(event_target_value(&event))
                    />
                    <small>{messages::CLIENT_ID_HINT}</small>
                </label>
            }
            .into_any()
        })
    };
    let costly = move || {
        let rows = fresh.get().map(|card| card.rows).unwrap_or_default();
        let rows: Vec<ReportRow> = rows.into_iter().filter(|row| row.agree.is_some()).collect();
        (!rows.is_empty()).then(|| {
            let boxes = rows.into_iter().map(|row| agreement(check, row));
            view! {
                <fieldset class="agreements">
                    <legend>{messages::OPTIONAL}</legend>
                    {boxes.collect_view()}
                </fieldset>
            }
            .into_any()
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        check.start();
    };
    view! {
        <form class="card check-setup" on:submit=submit>
            <h2>{messages::TITLE}</h2>
            {move || several()}
            <EnvironmentBanner environment />
            {move || client_id()}
            {move || costly()}
            <p>{messages::HINT}</p>
            <div class="actions">
                <button type="submit" class="primary">{messages::RUN}</button>
            </div>
        </form>
    }
}

fn agreement(check: CheckState, row: ReportRow) -> impl IntoView {
    let id = row.id;
    let change = move |event: leptos::ev::Event| {
        let yes = event_target_checked(&event);
        check.agreed.update(|agreed| {
            agreed.retain(|known| *known != id);
            if yes {
                agreed.push(id);
            }
        });
    };
    view! {
        <label class="agreement">
            <input
                type="checkbox"
                prop:checked=move || check.agreed.with(|agreed| agreed.contains(&id))
                on:change=change
            />
            <span><strong>{row.title}</strong> " " {row.agree}</span>
        </label>
    }
}
