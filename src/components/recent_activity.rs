//! The last events of the OAuth log that concern the user, and the log itself to copy or download.

use leptos::prelude::*;
use outlay_codes::{RecordNote, RecordOutcome};
use outlay_vault::message::RecordLine;

use super::copy::CopyDetails;
use super::messages::activity as messages;
use crate::messages::record;
use crate::platform::{clock, download, intl, location};
use crate::session::Session;
use crate::session::record::ConnectionNumbers;
use crate::session::support_file::{SupportFacts, bundle};

/// The number of events in the list.
const LINES: usize = 6;

/// The list and its buttons.
#[component]
pub fn RecentActivity() -> impl IntoView {
    let session = expect_context::<Session>();
    let saved = RwSignal::new(String::new());
    let save = move |_| {
        let notice = download::save("outlay-support.json", "application/json", &packed(session));
        saved.set(notice);
    };
    view! {
        <details>
            <summary class="scopes-title">{messages::TITLE}</summary>
            <ol class="recent-activity">{move || lines(session)}</ol>
        </details>
        <div class="actions">
            <CopyDetails />
            <button
                type="button" class="quiet" on:click=save
                title=messages::DOWNLOAD_TITLE
            >{messages::DOWNLOAD}</button>
            <span role="status">{saved}</span>
        </div>
    }
}

/// The newest event first.
fn lines(session: Session) -> AnyView {
    let events: Vec<(u64, String)> = session.record.with(|all| {
        session.snapshot.with(|snapshot| {
            let numbers = ConnectionNumbers::of(all, snapshot);
            let events = all.iter().rev();
            let events = events.filter_map(|line| Some((line.at, event_text(line, &numbers)?)));
            events.take(LINES).collect()
        })
    });
    if events.is_empty() {
        return view! { <li>{messages::NONE}</li> }.into_any();
    }
    let items = events.into_iter().map(|(at, text)| {
        view! {
            <li>
                <span class="figures" translate="no" prop:textContent=intl::time_of_day(at)></span>
                <span prop:textContent=text></span>
            </li>
        }
    });
    items.collect_view().into_any()
}

/// Returns the text of an event; `None` for an event that concerns only the protocol.
fn event_text(line: &RecordLine, numbers: &ConnectionNumbers) -> Option<String> {
    let label = record::label(
        line.event,
        line.outcome == Some(RecordOutcome::Note(RecordNote::Ok)),
        line.connection.is_some(),
    )?;
    Some(match numbers.get(line.connection.as_deref()) {
        Some(number) => messages::of_connection(number, label),
        None => messages::without_connection(label),
    })
}

fn packed(session: Session) -> String {
    let lines = session
        .record
        .with_untracked(|lines| lines.iter().cloned().collect());
    session.config.with_untracked(|config| {
        session.view.with_untracked(|view| {
            session.snapshot.with_untracked(|snapshot| {
                let facts = SupportFacts {
                    now: clock::wall_millis(),
                    browser: location::browser(),
                    vault: session
                        .mode
                        .get_untracked()
                        .map(|mode| (mode.shared, mode.extended)),
                    route: &location::route(),
                    config: config.as_ref(),
                    view,
                    snapshot,
                    lines,
                };
                bundle(facts, intl::iso)
            })
        })
    })
}
