//! The session chip: the state in words with a quiet ring of the time left, and a panel with the
//! rest.

use leptos::prelude::*;
use outlay_vault::message::{Connection, Phase, Record};

use super::chip_words as words;
use super::connect::ConnectForm;
use super::scopes::Scopes;
use super::theme::ThemeSwitch;
use crate::platform::{clock, document, intl};
use crate::route;
use crate::session::view::View;
use crate::session::{Mode, Session};

/// Lines of the record in the panel.
const LINES: usize = 6;

/// The chip.
#[component]
pub fn SessionChip() -> impl IntoView {
    let session = expect_context::<Session>();
    let passed = Signal::derive(move || {
        session.tick.track();
        since(session.seen_at.get())
    });
    view! {
        <Chip view=session.view.into() passed />
        <div id="session-panel" class="panel" role="dialog" popover="auto" aria-label="Session">
            <ThemeSwitch />
            {move || session.view.with(|view| match view.connection() {
                Some(connection) => panel(session, connection.clone(), passed).into_any(),
                None => view! { <p>{words::state(view)} ". No connection is in view."</p> }.into_any(),
            })}
        </div>
    }
}

/// The chip's button alone.
#[component]
pub fn Chip(
    /// What it tells.
    view: Signal<View>,
    /// Milliseconds since the vault told it.
    passed: Signal<u64>,
) -> impl IntoView {
    let state = move || view.with(words::state).to_owned();
    let data = move || view.with(View::name);
    let left = move || view.with(|view| ring(view.live()?, passed.get()));
    let generation =
        move || view.with(|view| view.live().map(|live| format!("#{}", live.generation)));
    view! {
        <button type="button" class="chip" popovertarget="session-panel" data-state=move || data()>
            <svg class="ring" viewBox="0 0 20 20" aria-hidden="true">
                <circle class="ring-track" cx="10" cy="10" r="7" />
                <circle
                    class="ring-left" cx="10" cy="10" r="7" pathLength="100"
                    stroke-dasharray=move || format!("{} 100", left().unwrap_or(0))
                />
            </svg>
            <span class="chip-state">{move || state()}</span>
            <span class="chip-generation" title="How often access was renewed">{move || generation()}</span>
        </button>
    }
}

fn since(instant: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a short span"
    )]
    let passed = (clock::monotonic() - instant).max(0.0) as u64;
    passed
}

fn ring(connection: &Connection, passed: u64) -> Option<u64> {
    let left = connection.expires_in?.saturating_sub(passed);
    Some(words::share_left(left, connection.lifetime?))
}

fn panel(session: Session, connection: Connection, passed: Signal<u64>) -> impl IntoView {
    let Connection {
        expires_in,
        token_age,
        ..
    } = connection;
    let left = move || match expires_in {
        Some(left) => words::span(left.saturating_sub(passed.get())),
        None => "not stated by Pleo".to_owned(),
    };
    let renewed = move || format!("{} ago", words::span(token_age + passed.get()));
    let limits = session.config.with(|config| {
        config.as_ref().map(|config| {
            format!(
                "After {} minutes without activity, or {} hours in all, you are signed out and \
                 everything this page has read is dropped.",
                config.idle_sign_out_minutes, config.absolute_sign_out_hours
            )
        })
    });
    let limit = move || session.mode.get().and_then(Mode::limit);
    let id = connection.id.clone();
    let retry = (connection.phase == Phase::Refreshing).then(move || {
        let retry = move |_| leptos::task::spawn_local(session.retry_now(id.clone()));
        view! { <p><button type="button" on:click=retry>"Retry now"</button></p> }
    });
    let profile = session
        .profile(&connection.profile)
        .map(|profile| profile.name);
    view! {
        <p>{words::meaning(&connection)}</p>
        {retry}
        <dl class="facts">
            <dt>"Environment"</dt><dd>{profile}</dd>
            <dt>"Application"</dt><dd>{connection.application.clone().unwrap_or_else(|| "not known yet".to_owned())}</dd>
            <dt>"Time left"</dt><dd class="figures">{move || left()}</dd>
            <dt>"Last renewed"</dt><dd class="figures">{move || renewed()}</dd>
            <dt>"Generation"</dt><dd class="figures">{connection.generation}</dd>
        </dl>
        <p>{words::afterwards(&connection)} " " {limits}</p>
        <p>{move || limit()}</p>
        <Scopes connection=connection.clone() />
        {others(session)}
        <p class="scopes-title">"Lately"</p>
        <ol class="lately">{move || lately(session).collect_view().into_any()}</ol>
        <ConnectForm renews=connection quiet=true />
    }
}

/// The way to the other connections of this browser.
fn others(session: Session) -> Option<impl IntoView> {
    let others = session.others();
    let home = document::base();
    let items: Vec<_> = others
        .into_iter()
        .map(|other| {
            let name = session.profile(&other.profile).map(|profile| profile.name);
            let whose = other.subject.unwrap_or(other.id.clone());
            let href = route::with_connection(&home, Some(&other.id));
            view! { <li><a href=href>{name}</a> " " <code>{whose}</code></li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <p class="scopes-title">"Other connections"</p>
            <ul class="others">{items}</ul>
        }
    })
}

fn lately(session: Session) -> impl Iterator<Item = impl IntoView> {
    let lines: Vec<Record> = session
        .record
        .with(|all| all.iter().rev().take(LINES).cloned().collect());
    lines.into_iter().map(|line| {
        let took = line.duration.map(|millis| format!(" · {millis} ms"));
        let outcome = line.outcome.map(|outcome| format!(" · {outcome}"));
        view! {
            <li>
                <span class="figures">{intl::time_of_day(line.at)}</span>
                " " {line.event.replace('_', " ")} {outcome} {took}
            </li>
        }
    })
}
