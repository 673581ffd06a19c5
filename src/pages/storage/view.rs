//! The storage page.

use crate::components::heading::Heading;
use crate::components::session_status_text::span;
use crate::platform::clock;
use crate::session::Session;
use leptos::prelude::*;

use super::memory::{HeldSecret, held_secrets};
use super::messages;
use super::stores::{BrowserStore, FoundItem, look};
use crate::components::external_text::external;
use crate::platform::clock::poll_while_mounted;

/// The entry of a sign-in in progress in session storage.
const PENDING: &str = "outlay.pending";

/// Interval between two reads of the stores, in milliseconds.
const BEAT: i32 = 1_000;

/// The storage page.
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
    // The ages in the vault's last snapshot, advanced by the clock.
    let memory = move || {
        beat.track();
        let passed = clock::wall_millis().saturating_sub(since.get());
        let held = snapshot.with(held_secrets);
        if held.is_empty() {
            return view! { <tr><td colspan="4">{messages::NO_SECRET}</td></tr> }.into_any();
        }
        let rows = held.into_iter().map(|it| row(it, passed));
        rows.collect_view().into_any()
    };
    let finding = Memo::new(move |_| stores.with(|stores| StorageFinding::of(stores)));
    let verdict = move || match finding.get() {
        StorageFinding::Checking => messages::CHECKING.to_owned(),
        StorageFinding::SignIn => messages::SIGN_IN_HINT.to_owned(),
        StorageFinding::Nothing => messages::unknown(0),
        StorageFinding::Unknown(stores) => messages::unknown(stores),
    };
    let rows = move || {
        stores
            .get()
            .into_iter()
            .map(store)
            .collect_view()
            .into_any()
    };
    view! {
        {move || view! { <Heading text=finding.get().title() /> }.into_any()}
        <p role="status">{move || verdict()}</p>
        <section class="card">
            <h2>{messages::BROWSER_STORAGE}</h2>
            <div class="table-wrap" tabindex="0" role="region" aria-label=messages::BROWSER_STORAGE>
                <table class="stores">
                    <thead>
                        <tr>
                            <th scope="col">{messages::STORE}</th>
                            <th scope="col">{messages::CONTENT}</th>
                            <th scope="col">{messages::DESCRIPTION}</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
            <p class="fine">{messages::BROWSER_HINT}</p>
        </section>
        <section class="card">
            <h2>{messages::VAULT_MEMORY}</h2>
            <p>{messages::VAULT_HINT}</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label=messages::VAULT_MEMORY>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{messages::TYPE}</th>
                            <th scope="col">{messages::OWNER}</th>
                            <th scope="col" class="amount">{messages::AGE}</th>
                            <th scope="col" class="amount">{messages::VALID_FOR}</th>
                        </tr>
                    </thead>
                    <tbody>{move || memory()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// Returns the description of an entry that the site itself stores. None of these is a token, and
/// their secrets are useless without the vault or the authorization code.
fn known(name: &str) -> Option<&'static str> {
    Some(match name {
        PENDING => messages::PENDING,
        "outlay.failures" => messages::FAILURES,
        "isReplace" | "path" | "lookup" => messages::ROUTER,
        _ => return None,
    })
}

/// What the stores hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StorageFinding {
    /// They have not been read yet.
    Checking,
    /// No secret.
    Nothing,
    /// The code verifier of a sign-in in progress.
    SignIn,
    /// So many of them hold data that the site does not store.
    Unknown(usize),
}

impl StorageFinding {
    fn of(stores: &[BrowserStore]) -> StorageFinding {
        let unknown = stores.iter().filter(|store| holds(store)).count();
        let has_sign_in = |store: &BrowserStore| matches!(&store.found, FoundItem::Names(names) if names.iter().any(|name| name == PENDING));
        match unknown {
            _ if stores.is_empty() => StorageFinding::Checking,
            0 if stores.iter().any(has_sign_in) => StorageFinding::SignIn,
            0 => StorageFinding::Nothing,
            unknown => StorageFinding::Unknown(unknown),
        }
    }

    fn title(self) -> &'static str {
        match self {
            StorageFinding::Checking => messages::TITLE,
            StorageFinding::Nothing => messages::NOTHING,
            StorageFinding::SignIn => messages::SIGN_IN,
            StorageFinding::Unknown(_) => messages::SOMETHING,
        }
    }
}

fn holds(store: &BrowserStore) -> bool {
    matches!(&store.found, FoundItem::Names(names) if names.iter().any(|name| known(name).is_none()))
}

fn store(store: BrowserStore) -> impl IntoView {
    let found = match &store.found {
        FoundItem::Missing => messages::MISSING.to_owned(),
        FoundItem::Refused => messages::REFUSED.to_owned(),
        FoundItem::Names(names) if names.is_empty() => messages::EMPTY.to_owned(),
        FoundItem::Names(names) => {
            let reported = names.iter().map(|name| match known(name) {
                Some(what) => messages::known(name, what),
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

fn row(secret: HeldSecret, passed: u64) -> impl IntoView {
    let age = secret
        .age
        .map_or(messages::UNKNOWN.to_owned(), |age| span(age + passed));
    let left = secret.left.map_or(messages::UNKNOWN.to_owned(), |left| {
        span(left.saturating_sub(passed))
    });
    view! {
        <tr>
            <th scope="row">{secret.kind}</th>
            <td>{external(&secret.owner)}</td>
            <td class="amount" translate="no">{age}</td>
            <td class="amount" translate="no">{left}</td>
        </tr>
    }
}
