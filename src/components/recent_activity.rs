//! The last lines of the record, and the two ways to take it along: copied, or as a file.

use leptos::prelude::*;
use outlay_vault::message::RecordLine;

use super::copy::CopyDetails;
use crate::platform::{clock, download, intl, location};
use crate::session::Session;
use crate::session::record::{self, ConnectionNumbers};
use crate::session::support_file::{SupportFacts, bundle};

/// Lines in sight.
const LINES: usize = 6;

/// The lines and two buttons.
#[component]
pub fn RecentActivity() -> impl IntoView {
    let session = expect_context::<Session>();
    let saved = RwSignal::new(String::new());
    let save = move |_| {
        let notice = download::save("outlay-support.json", "application/json", &packed(session));
        saved.set(notice);
    };
    view! {
        <p class="scopes-title">"Lately"</p>
        <ol class="recent-activity">{move || lines(session).collect_view().into_any()}</ol>
        <div class="actions">
            <CopyDetails />
            <button
                type="button" class="quiet" on:click=save
                title="Versions, states and the record. No token, no name, nothing of the company."
            >"Support file"</button>
            <span role="status">{saved}</span>
        </div>
    }
}

fn lines(session: Session) -> impl Iterator<Item = impl IntoView> {
    let lines: Vec<(RecordLine, Option<u32>)> = session.record.with(|all| {
        session.snapshot.with(|snapshot| {
            let numbers = ConnectionNumbers::of(all, snapshot);
            let last = all.iter().rev().take(LINES);
            last.map(|line| (line.clone(), numbers.get(line.connection.as_deref())))
                .collect()
        })
    });
    lines.into_iter().map(|(line, number)| {
        let owner_label = number.map(|number| format!(" #{number}")).unwrap_or_default();
        let line_text = [&*owner_label, " ", &record::line_text(&line)].concat();
        view! {
            <li>
                <span class="figures" translate="no" prop:textContent=intl::time_of_day(line.at)></span>
                <span prop:textContent=line_text></span>
            </li>
        }
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
