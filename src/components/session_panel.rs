//! The facts in the account menu: the connection in view, and the recent activity.

use leptos::prelude::*;
use outlay_vault::message::{Connection, ConnectionPhase};

use super::account_menu::MENU;
use super::connect::{ConnectForm, Options};
use super::external_text::ExternalText;
use super::messages;
use super::recent_activity::RecentActivity;
use super::scopes::Scopes;
use super::session_status_text as words;
use crate::address;
use crate::platform::{clock, document, intl};
use crate::session::{Session, VaultMode};

/// The end of a longer session, in milliseconds, is shown with its weekday, as it may be on another
/// day.
const HALF_A_DAY: u64 = 12 * 3_600_000;

/// The content of the panel.
#[component]
pub fn SessionPanel() -> impl IntoView {
    let session = expect_context::<Session>();
    let passed = Signal::derive(move || session.passed());
    view! {
        {move || session.view.with(|view| match view.connection() {
            Some(connection) => panel(session, connection.clone(), passed).into_any(),
            None => view! { <p prop:textContent=messages::session::without_connection(words::state(view))></p> }.into_any(),
        })}
        <RecentActivity />
    }
}

fn panel(session: Session, connection: Connection, passed: Signal<u64>) -> impl IntoView {
    let Connection {
        expires_in,
        token_age,
        ..
    } = connection;
    let left = move || match expires_in {
        Some(left) => words::span(left.saturating_sub(passed.get())),
        None => messages::NOT_STATED.to_owned(),
    };
    let renewed = move || messages::session::ago(&words::span(token_age + passed.get()));
    let limits = session.config.with(|config| {
        config.as_ref().map(|config| {
            messages::session::timeout(config.idle_sign_out_minutes, config.absolute_sign_out_hours)
        })
    });
    let latest = (!matches!(connection.phase, ConnectionPhase::Ended(_))).then(|| {
        let at = clock::wall_millis() + connection.session_left;
        let time = intl::clock_time(at, connection.session_left > HALF_A_DAY);
        messages::session::ends_at(&time)
    });
    let duration = [
        words::afterwards(&connection),
        &limits.unwrap_or_default(),
        &latest.unwrap_or_default(),
    ]
    .join(" ");
    let limit = move || {
        session
            .mode
            .get()
            .and_then(VaultMode::limit)
            .unwrap_or_default()
    };
    let id = connection.id.clone();
    let retry = (connection.phase == ConnectionPhase::Refreshing).then(move || {
        let retry = move |_| leptos::task::spawn_local(session.retry_now(id.clone()));
        view! { <p><button type="button" on:click=retry>{messages::session::RETRY}</button></p> }
    });
    let ended = matches!(connection.phase, ConnectionPhase::Ended(_));
    let times = (!ended).then(|| {
        view! {
            <dt>{messages::session::TIME_LEFT}</dt><dd class="figures" prop:textContent=move || left()></dd>
            <dt>{messages::session::LAST_RENEWED}</dt><dd class="figures" prop:textContent=move || renewed()></dd>
        }
    });
    let scopes = (!ended).then(|| view! { <Scopes connection=connection.clone() /> });
    let settings = address::at_base(&document::base(), "/settings");
    let settings = address::with_connection(&settings, Some(&connection.id));
    let profile = session
        .profile(&connection.profile)
        .map(|profile| profile.name)
        .unwrap_or_default();
    let options = Options {
        renews: Some(connection.clone()),
        quiet: true,
        ..Options::default()
    };
    view! {
        <p prop:textContent=words::meaning(&connection)></p>
        {retry}
        <dl class="facts">
            <dt>{messages::ENVIRONMENT}</dt><dd><ExternalText text=profile /></dd>
            <dt>{messages::session::APPLICATION}</dt><dd><ExternalText text=connection.application.clone().unwrap_or_else(|| messages::NOT_KNOWN_YET.to_owned()) /></dd>
            {times}
        </dl>
        <p prop:textContent=duration></p>
        <p prop:textContent=move || limit()></p>
        {scopes}
        <div class="actions">
            <ConnectForm options />
            <a href=settings on:click=|_| document::hide_popover(MENU)>{messages::session::SETTINGS}</a>
        </div>
    }
}
