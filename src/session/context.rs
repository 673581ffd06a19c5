//! The context of the page: the vault's client, and signals that follow its events.

use std::collections::VecDeque;

use outlay_codes::ErrorCode;

use leptos::prelude::*;
use outlay_config::{Config, EnvironmentKind, Problem, Profile};
use outlay_vault::client::{ClientEvent, VaultClient};
use outlay_vault::message::{
    Connection, ConnectionPhase, RECORD_LINES, RecordLine, Snapshot, Welcome,
};

use super::app_error::AppError;
use super::document_replacement::{self, DocumentReplacement, stays_when_connected};
use super::retention::DataOwner;
use super::vault_link::{LinkEvent, VaultLink};
use super::view::{OwnSignIn, SessionView, VaultStatus, named};
use super::{end_reason, messages, record};
use crate::address;
use crate::effect::effect;
use crate::platform::{clock, document, intl, location, locks, pending};

/// The code of the state in which the vault is not opened and no user can sign in.
pub const SERVICE_WORKER: ErrorCode = ErrorCode::ServiceWorkerPresent;

/// Interval of the check for another version of the site, in seconds.
const OTHER_VERSION_SECONDS: u32 = 10;

/// How long the vault lives in this browser; decides whether a reload signs the user out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VaultMode {
    /// One vault serves all tabs. If `false`, each tab has a vault of its own, and a reload signs
    /// out.
    pub shared: bool,
    /// The vault outlives a reload of the only tab.
    pub extended: bool,
}

impl VaultMode {
    /// Returns the warning for a user who reloads or leaves the page; `None` if a reload keeps the
    /// session.
    pub fn limit(self) -> Option<&'static str> {
        match self {
            VaultMode { shared: false, .. } => Some(messages::LIFETIME_TAB),
            VaultMode {
                extended: false, ..
            } => Some(messages::LIFETIME_PAGE),
            _ => None,
        }
    }
}

/// The session as signals. Every page gets it from the context.
#[derive(Clone, Copy)]
pub struct Session {
    client: StoredValue<Option<VaultClient>, LocalStorage>,
    vault: RwSignal<VaultStatus>,
    /// Every connection and sign-in, from the vault's last message.
    pub snapshot: RwSignal<Snapshot>,
    pub(super) own: RwSignal<OwnSignIn>,
    epoch: RwSignal<u32>,
    /// The deployment's configuration, once the vault has read it.
    pub config: RwSignal<Option<Config>>,
    /// The errors in the configuration; empty unless the vault rejected it.
    pub problems: RwSignal<Vec<Problem>>,
    /// How the vault runs; `None` until it has answered.
    pub mode: RwSignal<Option<VaultMode>>,
    /// The last lines of the record, the oldest first.
    pub record: RwSignal<VecDeque<RecordLine>>,
    /// When the last snapshot arrived, by the monotonic clock. The durations in the snapshot count
    /// from here.
    pub seen_at: RwSignal<f64>,
    /// The code of the notice for a user who is no longer connected.
    pub signed_out_notice: RwSignal<Option<ErrorCode>>,
    /// Whether a tab of another version of the site is open, with a vault of its own.
    pub other_version: RwSignal<bool>,
    /// The state that the whole page shows.
    pub view: Memo<SessionView>,
    /// The view while a popup is open: the same as if there were no popup.
    pub stage_view: Memo<SessionView>,
    /// The connection whose data this page has loaded.
    pub data_owner: Memo<Option<DataOwner>>,
    /// The error of the last sign-in on this page, with the id of the connection that it was to
    /// renew. It is stored here because the form that started the sign-in may have been rendered
    /// anew meanwhile.
    pub failed: RwSignal<Option<(Option<String>, AppError)>>,
    /// Whether the browser blocked the popup, so that the sign-in continues in this tab.
    pub blocked: RwSignal<bool>,
    /// The id of the connection in view; `None` if it has ended.
    pub live_id: Memo<Option<String>>,
    /// Incremented every second.
    pub tick: RwSignal<u32>,
    /// Set when this document must be replaced by a new one.
    pub renewal: RwSignal<Option<DocumentReplacement>>,
    /// The notice that this document shows because it replaced another.
    notice: StoredValue<Option<ErrorCode>>,
    /// Whether this document has loaded company data.
    touched: StoredValue<bool>,
    /// Whether the document is being left, or is in the back-forward cache.
    hiding: StoredValue<bool>,
    /// Whether this document must be replaced once the user leaves a page that works without a
    /// connection.
    renews_later: StoredValue<bool>,
    chosen: Signal<Option<String>>,
}

impl Session {
    /// Follows the vault's events. `chosen` is the id of the connection in the address, `notice`
    /// the code in it.
    pub fn open(
        chosen: Signal<Option<String>>,
        vault_link: &VaultLink,
        notice: Option<ErrorCode>,
    ) -> Session {
        let vault = RwSignal::new(VaultStatus::Waiting);
        let snapshot = RwSignal::new(Snapshot::default());
        let own = RwSignal::new(OwnSignIn::None);
        let epoch = RwSignal::new(0);
        let see = move |own| {
            let chosen = chosen.get();
            vault.with(|vault| {
                snapshot.with(|snapshot| SessionView::of(vault, snapshot, chosen.as_deref(), own))
            })
        };
        let view = Memo::new(move |_| see(own.get()));
        let stage_view = Memo::new(move |_| {
            see(match own.get() {
                OwnSignIn::Popup(_) => OwnSignIn::None,
                own => own,
            })
        });
        let data_owner = Memo::new(move |before: Option<&Option<DataOwner>>| {
            stage_view
                .with(|view| DataOwner::next(before.and_then(Option::as_ref), view, epoch.get()))
        });
        let session = Session {
            client: StoredValue::new_local(None),
            vault,
            snapshot,
            own,
            epoch,
            config: RwSignal::new(None),
            problems: RwSignal::new(Vec::new()),
            mode: RwSignal::new(None),
            record: RwSignal::new(VecDeque::new()),
            seen_at: RwSignal::new(0.0),
            signed_out_notice: RwSignal::new(None),
            other_version: RwSignal::new(false),
            view,
            stage_view,
            data_owner,
            failed: RwSignal::new(None),
            blocked: RwSignal::new(false),
            live_id: Memo::new(move |_| {
                view.with(|view| view.live().map(|connection| connection.id.clone()))
            }),
            tick: RwSignal::new(0),
            renewal: RwSignal::new(None),
            notice: StoredValue::new(notice),
            touched: StoredValue::new(false),
            hiding: StoredValue::new(false),
            renews_later: StoredValue::new(false),
            chosen,
        };
        vault_link.follow(move |event| match event {
            LinkEvent::Opened(client) => session.client.set_value(Some(client)),
            LinkEvent::Refused => session.vault.set(VaultStatus::Broken(SERVICE_WORKER)),
            LinkEvent::Vault(event) => session.on_event(event),
        });
        effect(move || {
            if session.is_ready() && session.tick.get().is_multiple_of(OTHER_VERSION_SECONDS) {
                leptos::task::spawn_local(session.check_other_version());
            }
        });
        session
    }

    /// Checks for a vault of another version. Vaults of different message versions do not know of
    /// each other.
    async fn check_other_version(self) {
        if let Some(found) = locks::other_vault().await {
            self.other_version.set(found);
        }
    }

    fn on_event(self, event: ClientEvent) {
        // This document is being replaced.
        if self.renewal.with_untracked(Option::is_some) {
            return;
        }
        match event {
            ClientEvent::Mode { shared, extended } => {
                self.mode.set(Some(VaultMode { shared, extended }))
            }
            ClientEvent::Welcome(welcome) => self.welcome(welcome),
            ClientEvent::State(snapshot) => self.follow(snapshot),
            ClientEvent::Record(line) => self.record.update(|lines| {
                if lines.len() == RECORD_LINES {
                    lines.pop_front();
                }
                lines.push_back(line);
            }),
            ClientEvent::Mismatch => self
                .vault
                .set(VaultStatus::Broken(ErrorCode::VaultMismatch)),
            ClientEvent::Lost => self.vault.set(VaultStatus::Broken(ErrorCode::VaultLost)),
            ClientEvent::Unavailable => self
                .vault
                .set(VaultStatus::Broken(ErrorCode::VaultUnavailable)),
        }
    }

    fn welcome(self, welcome: Welcome) {
        self.record.set(welcome.record.into());
        if self
            .vault
            .with_untracked(|vault| *vault == VaultStatus::Waiting)
        {
            let chosen = self.chosen.get_untracked();
            let outlives = self.mode.get_untracked().is_some_and(|mode| mode.extended);
            let signed_out = welcome.snapshot.connections.is_empty();
            let notice = self.notice.try_update_value(Option::take).flatten();
            let missed = end_reason::missed(chosen.as_deref(), &welcome.snapshot, outlives);
            let shown_notice =
                notice.filter(|code| signed_out || stays_when_connected(Some(*code)));
            self.signed_out_notice.set(shown_notice.or(missed));
            if notice.is_some() {
                request_animation_frame(|| document::focus_if_lost("heading"));
            }
        }
        self.follow(welcome.snapshot);
        match welcome.config {
            Ok(config) => {
                self.config.set(Some(config));
                self.vault.set(VaultStatus::Ready);
            }
            Err(problems) => {
                self.problems.set(problems);
                self.vault.set(VaultStatus::Misconfigured);
            }
        }
    }

    fn follow(self, snapshot: Snapshot) {
        self.seen_at.set(clock::monotonic());
        let signed_out_notice = self
            .snapshot
            .with_untracked(|before| end_reason::signed_out_notice(before, &snapshot));
        let stays = stays_when_connected(self.signed_out_notice.get_untracked());
        if signed_out_notice.is_some() || !snapshot.connections.is_empty() && !stays {
            self.signed_out_notice.set(signed_out_notice);
        }
        self.snapshot.set(snapshot);
    }

    /// Milliseconds since the last snapshot. Updated every second.
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

    /// Milliseconds until the idle time ends every connection; `None` while no one is signed
    /// in.
    pub fn idle_left(self) -> Option<u64> {
        let left = self.snapshot.with(|snapshot| snapshot.idle_left);
        let left = left.filter(|_| self.is_ready())?;
        Some(left.saturating_sub(self.passed()))
    }

    /// The idle limit of the configuration, in milliseconds.
    pub fn idle_limit(self) -> u64 {
        self.config.with(|config| {
            let minutes = config.as_ref().map(|config| config.idle_sign_out_minutes);
            u64::from(minutes.unwrap_or_default()) * 60_000
        })
    }

    /// Requests a new snapshot from the vault.
    pub fn refresh_snapshot(self) {
        if let Some(client) = self.client() {
            client.refresh_snapshot();
        }
    }

    /// Returns the text for "Copy details", about `app_error` or about no error.
    pub fn details(self, app_error: Option<&AppError>) -> String {
        self.record.with_untracked(|lines| {
            self.snapshot.with_untracked(|snapshot| {
                let route = location::route();
                record::details(
                    app_error,
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
    pub fn client(self) -> Option<VaultClient> {
        self.client.get_value()
    }

    /// Whether the vault has answered with a valid configuration.
    pub fn is_ready(self) -> bool {
        self.vault.with(|vault| *vault == VaultStatus::Ready)
    }

    /// Shows the notice for an address whose connection the vault does not know, while another one is
    /// in view.
    pub fn report_unknown_connection(self) {
        if untrack(|| self.chosen_is_unknown()) && self.live_id.with_untracked(Option::is_some) {
            self.signed_out_notice
                .set(Some(ErrorCode::OtherCompanyShown));
        }
    }

    /// Whether the address contains the id of a connection that the vault does not know.
    pub fn chosen_is_unknown(self) -> bool {
        let chosen = self.chosen.get();
        chosen.is_some()
            && self
                .snapshot
                .with(|all| named(all, chosen.as_deref()).is_none())
    }

    /// The live connections of all tabs, the oldest first.
    pub fn live_connections(self) -> Vec<Connection> {
        self.snapshot.with(|all| {
            let live_connections = all.connections.iter();
            let live_connections =
                live_connections.filter(|other| !matches!(other.phase, ConnectionPhase::Ended(_)));
            live_connections.cloned().collect()
        })
    }

    /// Drops all loaded data and all drafts, of every company.
    pub fn drop_everything(self) {
        self.epoch.update(|epoch| *epoch = epoch.wrapping_add(1));
    }

    /// Notes that this document loads company data.
    pub fn touch(self) {
        self.touched.set_value(true);
    }

    /// Handles the drop of a company's data. `next` is the new owner of the data. If this document
    /// must be replaced, it shows nothing more.
    pub(super) fn dropped(self, next: Option<&DataOwner>) {
        if self.hiding.get_value() {
            return;
        }
        let holds = next.is_some();
        // The user signed in to another company in the popup that was to renew the one in view.
        if holds && untrack(|| self.popup_sign_in()).is_some() {
            self.signed_out_notice
                .set(Some(document_replacement::OTHER_COMPANY));
        }
        // Later, because the change that led here has not reached every signal yet.
        leptos::task::spawn_local(async move {
            let touched = self.touched.get_value();
            let is_due = |view: &SessionView| document_replacement::is_due(view, holds, touched);
            if !self.view.with_untracked(is_due) {
            } else if address::outlives_sessions(&location::route()) {
                self.renews_later.set_value(true);
            } else {
                self.renew();
            }
        });
    }

    /// Starts a postponed document replacement unless `path` is a page that works without a connection.
    pub fn moved(self, path: &str) {
        let route = address::below(&document::base(), path).to_owned();
        if self.renews_later.get_value() && !address::outlives_sessions(&route) {
            self.renew();
        }
    }

    fn renew(self) {
        if self.renewal.with_untracked(Option::is_some) {
            return;
        }
        if !location::is_online() {
            // Offline, the browser could not load the new document.
            self.renews_later.set_value(true);
            return;
        }
        let signed_out_notice = self.signed_out_notice.get_untracked();
        let renewal = self
            .view
            .with_untracked(|view| DocumentReplacement::of(view, signed_out_notice));
        self.renewal.set(Some(renewal));
        self.signed_out_notice.set(None);
        self.vault.set(VaultStatus::Waiting);
    }

    /// Whether the code of this sign-in is being exchanged.
    pub(super) fn is_exchanging(self, id: u32) -> bool {
        self.snapshot.with_untracked(|all| {
            let mut all = all.sign_ins.iter();
            all.any(|sign_in| sign_in.id == id && sign_in.exchanging)
        })
    }

    /// The profile with this id.
    pub fn profile(self, id: &str) -> Option<Profile> {
        self.config
            .with(|config| config.as_ref()?.profile(id).cloned())
    }

    /// The kind and name of the environment of the connection in view, else of the only environment
    /// of the deployment.
    pub fn environment(self) -> Option<(EnvironmentKind, String)> {
        let of_connection = self
            .stage_view
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

    /// Refreshes the tokens of `connection` now.
    pub async fn retry_now(self, connection: String) {
        if let Some(client) = self.client() {
            client.retry_now(&connection).await;
        }
    }

    /// Signs out of one connection, in all tabs.
    pub async fn remove(self, connection: String) {
        if let Some(client) = self.client() {
            client.remove(&connection).await;
        }
    }

    /// Signs out of every connection and cancels every sign-in, in all tabs.
    pub async fn sign_out(self) {
        pending::take();
        if let Some(client) = self.client() {
            client.sign_out().await;
        }
    }

    /// Drops all data when the document is left, since the back-forward cache may restore the
    /// document.
    pub fn leave_document(self) {
        self.hiding.set_value(true);
        self.drop_everything();
    }

    /// Handles the return of the document from the back-forward cache.
    pub fn revived(self) {
        self.hiding.set_value(false);
        self.own.set(OwnSignIn::None);
    }

    /// Reports the connection that the user sees to the vault, so that a new tab opens it.
    pub fn report_in_view(self) {
        let id = self.live_id.get_untracked();
        if let (Some(id), Some(client)) = (id, self.client())
            && document::is_visible()
        {
            client.in_view(&id);
        }
    }

    /// Reports an action of the user to the vault, which restarts the idle time.
    pub fn activity(self) {
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.activity();
            }
        });
    }
}
