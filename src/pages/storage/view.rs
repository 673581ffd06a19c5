//! The page.

use crate::components::heading::Heading;
use crate::components::session_status_text::span;
use crate::platform::clock;
use crate::session::Session;
use leptos::prelude::*;

use super::memory::{HeldSecrets, previous_owner};
use super::stores::{BrowserStore, FoundItem, look};
use crate::components::external_text::external;
use crate::platform::clock::poll_while_mounted;

/// How often, in milliseconds, the stores are looked into.
const BEAT: i32 = 1_000;

/// The page.
#[component]
pub fn StoragePage() -> impl IntoView {
    let stores = RwSignal::new(Vec::<BrowserStore>::new());
    let beat = RwSignal::new(());
    poll_while_mounted(BEAT, move || async move {
        let now = look().await;
        if stores.try_with_untracked(|known| *known != now) == Some(true) {
            stores.set(now);
        }
        beat.try_set(());
    });
    let snapshot = expect_context::<Session>().snapshot;
    let since = Memo::new(move |_| {
        snapshot.track();
        clock::wall_millis()
    });
    // Ages are those of the vault's last message, advanced by the clock.
    let memory = move || {
        beat.track();
        let passed = clock::wall_millis().saturating_sub(since.get());
        let rows = snapshot
            .with(previous_owner)
            .into_iter()
            .map(|it| row(it, passed));
        rows.collect_view().into_any()
    };
    let verdict = move || {
        stores.with(|stores| {
            let holding = stores.iter().filter(|store| holds(store)).count();
            match (stores.is_empty(), holding) {
                (true, _) => "Looking…".to_owned(),
                (false, 0) => {
                    "Every store of this browser for this address is empty of anything secret."
                        .to_owned()
                }
                (false, 1) => "One store holds something that this page does not know.".to_owned(),
                (false, count) => {
                    format!("{count} stores hold something that this page does not know.")
                }
            }
        })
    };
    let something = Memo::new(move |_| stores.with(|stores| stores.iter().any(holds)));
    let rows = move || {
        stores
            .get()
            .into_iter()
            .map(store)
            .collect_view()
            .into_any()
    };
    view! {
        {move || if something.get() {
            view! { <Heading text="Something is stored" /> }
        } else {
            view! { <Heading text="Nothing is stored" /> }
        }}
        <p role="status">{move || verdict()}</p>
        <section class="card">
            <h2>"The browser's stores"</h2>
            <div class="table-wrap" tabindex="0" role="region" aria-label="The browser's stores">
                <table class="stores">
                    <thead>
                        <tr>
                            <th scope="col">"Store"</th>
                            <th scope="col">"What is in it"</th>
                            <th scope="col">"What it is"</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
            <p class="fine">
                "Looked into every second. The browser's own cache of the site's files is not listed: the
                answers of Pleo are never put into it."
            </p>
        </section>
        <section class="card">
            <h2>"The vault's memory"</h2>
            <p>
                "Tokens live in the memory of one worker, for all tabs. Nothing of it outlives the last
                tab, and no page can read it: what stands here is what the vault tells of itself."
            </p>
            <div class="table-wrap" tabindex="0" role="region" aria-label="The vault's memory">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Kind"</th>
                            <th scope="col">"Whose"</th>
                            <th scope="col" class="amount">"Age"</th>
                            <th scope="col" class="amount">"Of use for"</th>
                        </tr>
                    </thead>
                    <tbody>{move || memory()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// What the site itself keeps, and why: no secret of it is worth anything without the vault or the
/// code, and none of it is a token.
fn known(name: &str) -> Option<&'static str> {
    Some(match name {
        "outlay.pending" => {
            "a sign-in that waits for its answer, ten minutes at most: state and verifier, no token"
        }
        "outlay.starts" => {
            "how often this tab began a sign-in within a minute: a number and a time"
        }
        "isReplace" | "path" | "lookup" => "the router's own note on this entry",
        _ => return None,
    })
}

fn holds(store: &BrowserStore) -> bool {
    matches!(&store.found, FoundItem::Names(names) if names.iter().any(|name| known(name).is_none()))
}

fn store(store: BrowserStore) -> impl IntoView {
    let found = match &store.found {
        FoundItem::Missing => "This browser has none.".to_owned(),
        FoundItem::Refused => "The browser keeps it shut.".to_owned(),
        FoundItem::Names(names) if names.is_empty() => "Nothing".to_owned(),
        FoundItem::Names(names) => {
            let reported = names.iter().map(|name| match known(name) {
                Some(what) => [name, " (", what, ")"].concat(),
                None => name.clone(),
            });
            reported.collect::<Vec<_>>().join(", ")
        }
    };
    view! {
        <tr data-holds=holds(&store).then_some("true")>
            <th scope="row">{store.name}</th>
            <td>{external(&found)}</td>
            <td>{store.what}</td>
        </tr>
    }
}

fn row(previous_owner: HeldSecrets, passed: u64) -> impl IntoView {
    let age = previous_owner
        .age
        .map_or("not told".to_owned(), |age| span(age + passed));
    let left = previous_owner.left.map_or("not told".to_owned(), |left| {
        span(left.saturating_sub(passed))
    });
    view! {
        <tr>
            <th scope="row">{previous_owner.kind}</th>
            <td>{external(&previous_owner.owner_label)}</td>
            <td class="amount" translate="no">{age}</td>
            <td class="amount" translate="no">{left}</td>
        </tr>
    }
}
