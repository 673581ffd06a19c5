//! The one context of the page: the vault's client, and signals that follow its events.

use std::collections::VecDeque;

use leptos::prelude::*;
use outlay_config::{Config, Kind, Profile};
use outlay_vault::client::{Client, ClientEvent};
use outlay_vault::message::{
    Callback, Connection, Failure, Phase, Record, Snapshot, StartSignIn, Welcome,
};

use super::trouble::Trouble;
use super::view::{OwnSignIn, Vault, View, named};
use super::{ends, record};
use crate::platform::arrival::Arrival;
use crate::platform::{clock, document, intl, location, pending};

/// Lines of the record that a page keeps.
const RECORD_LINES: usize = 200;

/// What the pages that exist need; a sign-in asks for no more.
const WANTED_SCOPES: &[&str] = &["companies:read", "users:read", "accounting-entries:read"];

/// How the vault runs in this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// One vault for all tabs; else one for each tab, and a reload signs out.
    pub shared: bool,
    /// The vault outlives a reload of the only tab.
    pub extended: bool,
}

impl Mode {
    /// What a user has to know who leaves or reloads a page of this browser.
    pub fn limit(self) -> Option<&'static str> {
        match self {
            Mode { shared: false, .. } => Some(
                "This browser has no shared workers: each tab signs in for itself, and loading \
                 the page again signs out.",
            ),
            Mode {
                extended: false, ..
            } => Some(
                "This browser ends the background worker, and the connection with it, as soon as \
                 no page of this site is open: loading the only page again can sign out. While a \
                 second tab of this site is open, it does not.",
            ),
            _ => None,
        }
    }
}

/// The context.
#[derive(Clone, Copy)]
pub struct Session {
    client: StoredValue<Option<Client>, LocalStorage>,
    vault: RwSignal<Vault>,
    /// Every connection and sign-in, as the vault told last.
    pub snapshot: RwSignal<Snapshot>,
    own: RwSignal<OwnSignIn>,
    /// The deployment's configuration, once the vault has read it.
    pub config: RwSignal<Option<Config>>,
    /// How the vault runs; none until it is known.
    pub mode: RwSignal<Option<Mode>>,
    /// The last lines of the record, the oldest first.
    pub record: RwSignal<VecDeque<Record>>,
    /// When the last snapshot came, by the monotonic clock: its times count from here.
    pub seen_at: RwSignal<f64>,
    /// The stable code of what is said to somebody who is no longer connected.
    pub farewell: RwSignal<Option<&'static str>>,
    /// What the whole page shows.
    pub view: Memo<View>,
    /// The id of the connection that lives in view.
    pub live_id: Memo<Option<String>>,
    /// Rises once a second.
    pub tick: RwSignal<u32>,
    chosen: Signal<Option<String>>,
}

impl Session {
    /// Opens the vault. `chosen` is the connection that the URL names.
    pub fn open(chosen: Signal<Option<String>>) -> Session {
        let vault = RwSignal::new(Vault::Waiting);
        let snapshot = RwSignal::new(Snapshot::default());
        let own = RwSignal::new(OwnSignIn::None);
        let view = Memo::new(move |_| {
            let chosen = chosen.get();
            vault.with(|vault| {
                snapshot.with(|snapshot| View::of(vault, snapshot, chosen.as_deref(), own.get()))
            })
        });
        let session = Session {
            client: StoredValue::new_local(None),
            vault,
            snapshot,
            own,
            config: RwSignal::new(None),
            mode: RwSignal::new(None),
            record: RwSignal::new(VecDeque::new()),
            seen_at: RwSignal::new(0.0),
            farewell: RwSignal::new(None),
            view,
            live_id: Memo::new(move |_| {
                view.with(|view| view.live().map(|connection| connection.id.clone()))
            }),
            tick: RwSignal::new(0),
            chosen,
        };
        let client = Client::open(&document::base(), move |event| session.hear(event));
        session.client.set_value(Some(client));
        session
    }

    fn hear(self, event: ClientEvent) {
        match event {
            ClientEvent::Mode { shared, extended } => {
                self.mode.set(Some(Mode { shared, extended }))
            }
            ClientEvent::Welcome(welcome) => self.welcome(welcome),
            ClientEvent::State(snapshot) => self.follow(snapshot),
            ClientEvent::Record(line) => self.record.update(|lines| {
                if lines.len() == RECORD_LINES {
                    lines.pop_front();
                }
                lines.push_back(line);
            }),
            ClientEvent::Mismatch => self.vault.set(Vault::Broken("vault_mismatch")),
            ClientEvent::Lost => self.vault.set(Vault::Broken("vault_lost")),
            ClientEvent::Unavailable => self.vault.set(Vault::Broken("vault_unavailable")),
        }
    }

    fn welcome(self, welcome: Welcome) {
        self.record.set(welcome.record.into());
        if self.vault.with_untracked(|vault| *vault == Vault::Waiting) {
            let chosen = self.chosen.get_untracked();
            let outlives = self.mode.get_untracked().is_some_and(|mode| mode.extended);
            let missed = ends::missed(chosen.as_deref(), &welcome.snapshot, outlives);
            self.farewell.set(missed);
        }
        self.follow(welcome.snapshot);
        match welcome.config {
            Ok(config) => {
                self.config.set(Some(config));
                self.vault.set(Vault::Ready);
            }
            Err(problems) => self.vault.set(Vault::Misconfigured(problems)),
        }
    }

    fn follow(self, snapshot: Snapshot) {
        self.seen_at.set(clock::monotonic());
        let farewell = self
            .snapshot
            .with_untracked(|before| ends::farewell(before, &snapshot));
        if farewell.is_some() || !snapshot.connections.is_empty() {
            self.farewell.set(farewell);
        }
        self.snapshot.set(snapshot);
    }

    /// Milliseconds since the vault told how things stand; it rises once a second.
    pub fn passed(self) -> u64 {
        self.tick.track();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a short span"
        )]
        let passed = (clock::monotonic() - self.seen_at.get()).max(0.0) as u64;
        passed
    }

    /// Milliseconds until everybody is signed out for want of activity; none while nobody is signed
    /// in.
    pub fn idle_left(self) -> Option<u64> {
        let left = self.snapshot.with(|snapshot| snapshot.idle_left);
        let left = left.filter(|_| self.is_ready())?;
        Some(left.saturating_sub(self.passed()))
    }

    /// The whole of that limit, in milliseconds.
    pub fn idle_limit(self) -> u64 {
        self.config.with(|config| {
            let minutes = config.as_ref().map(|config| config.idle_sign_out_minutes);
            u64::from(minutes.unwrap_or_default()) * 60_000
        })
    }

    /// Asks the vault how things stand.
    pub fn look_again(self) {
        if let Some(client) = self.client() {
            client.look_again();
        }
    }

    /// What "Copy details" copies, about this error or about none.
    pub fn details(self, trouble: Option<&Trouble>) -> String {
        self.record.with_untracked(|lines| {
            self.snapshot.with_untracked(|snapshot| {
                let route = location::route();
                record::details(
                    trouble,
                    &route,
                    lines,
                    snapshot,
                    clock::wall_millis(),
                    intl::iso,
                )
            })
        })
    }

    /// The vault's client.
    pub fn client(self) -> Option<Client> {
        self.client.get_value()
    }

    /// Whether the vault has answered and the configuration is sound.
    pub fn is_ready(self) -> bool {
        self.vault.with(|vault| *vault == Vault::Ready)
    }

    /// Whether the URL names a connection that the vault does not know.
    pub fn chosen_is_unknown(self) -> bool {
        let chosen = self.chosen.get();
        chosen.is_some()
            && self
                .snapshot
                .with(|all| named(all, chosen.as_deref()).is_none())
    }

    /// The connections that live beside the one in view, in whichever tab they were made.
    pub fn others(self) -> Vec<Connection> {
        let in_view = self.live_id.get();
        self.snapshot.with(|all| {
            let others = all.connections.iter().filter(|other| {
                in_view.as_deref() != Some(&other.id) && !matches!(other.phase, Phase::Ended { .. })
            });
            others.cloned().collect()
        })
    }

    /// The profile of this id.
    pub fn profile(self, id: &str) -> Option<Profile> {
        self.config
            .with(|config| config.as_ref()?.profile(id).cloned())
    }

    /// The environment that the screen belongs to: that of the connection in view, else the only
    /// one of the deployment.
    pub fn environment(self) -> Option<(Kind, String)> {
        let of_connection = self
            .view
            .with(|view| view.connection().map(|c| c.profile.clone()));
        self.config.with(|config| {
            let config = config.as_ref()?;
            let profile = match (&of_connection, &*config.profiles) {
                (Some(id), _) => config.profile(id)?,
                (None, [only]) => only,
                (None, _) => return None,
            };
            Some((profile.kind, profile.name.clone()))
        })
    }

    /// Begins a sign-in and sends the browser to the authorization server.
    pub async fn connect(
        self,
        profile: String,
        client_id: Option<String>,
        return_to: String,
        renews: Option<Connection>,
    ) -> Result<(), Trouble> {
        let client = self
            .client()
            .ok_or_else(|| Trouble::of("vault_unavailable"))?;
        let registered = self.profile(&profile).map(|p| p.scopes).unwrap_or_default();
        let asked = renews
            .as_ref()
            .map(|connection| connection.scopes_asked.clone());
        let start = StartSignIn {
            scopes: scopes_to_ask(&registered, asked.as_deref()),
            profile,
            client_id,
            return_to,
            target: renews.map(|connection| connection.id),
            popup: false,
        };
        let authorization = client.start_sign_in(start).await?;
        self.own.set(OwnSignIn::Leaving(authorization.sign_in));
        pending::keep(&authorization.stored);
        location::leave(&authorization.url);
        Ok(())
    }

    /// Finishes the sign-in that the callback page brought. Gives the connection and the route to
    /// go to.
    pub async fn finish(self, arrival: Arrival) -> Result<(Option<String>, String), Failure> {
        let lost = || Failure::of("vault_unavailable");
        let client = self.client().ok_or_else(lost)?;
        self.own.set(OwnSignIn::Returning);
        let Arrival {
            profile,
            query,
            stored,
        } = arrival;
        let result = client
            .callback(Callback {
                profile,
                query,
                stored,
            })
            .await;
        self.own.set(OwnSignIn::None);
        result.map(|signed_in| (signed_in.connection, signed_in.return_to))
    }

    /// Gives up leaving for the authorization server, while this page still stands.
    pub fn stay(self) {
        pending::take();
        self.own.set(OwnSignIn::None);
    }

    /// Tries the renewal of `connection` now.
    pub async fn retry_now(self, connection: String) {
        if let Some(client) = self.client() {
            client.retry_now(&connection).await;
        }
    }

    /// Wipes every connection and sign-in, for all tabs.
    pub async fn sign_out(self) {
        pending::take();
        if let Some(client) = self.client() {
            client.sign_out().await;
        }
    }

    /// The page is shown again after it lay in the browser's back-forward cache.
    pub fn revived(self) {
        self.own.set(OwnSignIn::None);
    }

    /// The user did something.
    pub fn activity(self) {
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.activity();
            }
        });
    }
}

/// What a sign-in asks for: as before where it renews a connection, else what the pages need.
fn scopes_to_ask(registered: &[String], asked_before: Option<&[String]>) -> Vec<String> {
    let wanted: Vec<String> = match asked_before {
        Some(before) => before.to_vec(),
        None => WANTED_SCOPES
            .iter()
            .map(|&scope| scope.to_owned())
            .collect(),
    };
    let both: Vec<String> = registered
        .iter()
        .filter(|s| wanted.contains(s))
        .cloned()
        .collect();
    if both.is_empty() {
        registered.to_vec()
    } else {
        both
    }
}
