//! Makes the static Connect page of `index.html` work, so that a visitor can connect before the app
//! is loaded. It covers the most common case: there is no connection in this browser, and only one
//! environment with a client ID. In every other case it hands over to the app.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use outlay_config::{Config, Profile};
use outlay_vault::client::{ClientEvent, VaultClient};
use outlay_vault::message::{StartSignIn, Welcome};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, EventTarget, PageTransitionEvent};

use crate::components::environment_labels;
use crate::platform::early_actions::EarlyActions;
use crate::platform::{chunk_files, clock, document, early_actions, location, locks, pending};
use crate::session::scopes::scopes_to_ask;
use crate::session::sign_in_throttle::SignInThrottle;
use crate::session::vault_link::{LinkEvent, VaultLink};

/// Interval of the check for a vault of another version of the site, in milliseconds.
const OTHER_VERSION_INTERVAL: i32 = 10_000;

/// Why the static page hands over to the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandoverReason {
    /// The app has to show something.
    ForApp,
    /// The user opened the session panel.
    ForPanel,
}

/// Returns whether the static page is shown.
pub fn is_shown() -> bool {
    document::data("first").is_some() && shell().is_some()
}

/// Runs the static page until it hands over to the app.
pub async fn run(vault: &VaultLink) -> HandoverReason {
    let (handover, handed_over) = oneshot::channel();
    let screen = Rc::new(ConnectScreen {
        vault: vault.clone(),
        handover: RefCell::new(Some(handover)),
        profile: RefCell::new(None),
        busy: Cell::new(false),
    });
    let watching = screen.clone();
    vault.watch(move |event| watching.on_event(event));
    let listeners = screen.listen();
    let reason = handed_over.await.unwrap_or(HandoverReason::ForApp);
    drop(listeners);
    reason
}

struct ConnectScreen {
    vault: VaultLink,
    /// Ends [`run`]; `None` after its use.
    handover: RefCell<Option<oneshot::Sender<HandoverReason>>>,
    /// The only environment; `None` until the vault has sent it, and if there is a connection.
    profile: RefCell<Option<Profile>>,
    busy: Cell<bool>,
}

impl ConnectScreen {
    fn hand_over(&self, reason: HandoverReason) {
        if let Some(handover) = self.handover.borrow_mut().take() {
            let _ = handover.send(reason);
        }
    }

    fn on_event(self: &Rc<ConnectScreen>, event: &LinkEvent) {
        match event {
            LinkEvent::Opened(_) | LinkEvent::Vault(ClientEvent::Record(_)) => {}
            // `boot.js` shows the note for a browser whose vault ends with the last page.
            LinkEvent::Vault(ClientEvent::Mode { shared: true, .. }) => {}
            LinkEvent::Vault(ClientEvent::Welcome(welcome)) => match plain(welcome) {
                Some(profile) => self.ready(profile),
                None => self.hand_over(HandoverReason::ForApp),
            },
            // The vault also reports the sign-in that this page started.
            LinkEvent::Vault(ClientEvent::State(_)) if self.busy.get() => {}
            _ => self.hand_over(HandoverReason::ForApp),
        }
    }

    /// Enables the page. Call it once the vault has answered that there is no connection.
    fn ready(self: &Rc<ConnectScreen>, profile: Profile) {
        show_environment(&profile);
        self.profile.replace(Some(profile));
        document::set_data("session", Some("signed-out"));
        if early_actions::state().is_some_and(|early| early.clicked()) {
            self.connect();
        }
        let screen = self.clone();
        spawn_local(async move {
            while screen.handover.borrow().is_some() {
                if locks::other_vault().await == Some(true) {
                    screen.hand_over(HandoverReason::ForApp);
                }
                clock::sleep(OTHER_VERSION_INTERVAL).await;
            }
        });
        chunk_files::prefetch("app sign_in overview");
    }

    /// Redirects to the authorization server. If a message has to be shown, hands over to the app,
    /// which carries out the click.
    fn connect(self: &Rc<ConnectScreen>) {
        let early = early_actions::state();
        let Some(profile) = self.profile.borrow().clone() else {
            // The vault has not answered yet: `ready` repeats the call.
            return;
        };
        let failures = pending::failures::<SignInThrottle>();
        let held = failures.is_some_and(|failures| failures.holds(clock::wall_millis()));
        if early.as_ref().is_some_and(EarlyActions::in_popup) || held {
            return self.hand_over(HandoverReason::ForApp);
        }
        let Some(client) = self.vault.client().filter(|_| !self.busy.replace(true)) else {
            return;
        };
        let screen = self.clone();
        spawn_local(async move {
            document::set_data("session", Some("authorizing"));
            if !go_to_authorization_server(&client, profile).await {
                screen.hand_over(HandoverReason::ForApp);
            }
        });
    }

    /// Adds the event listeners. Dropping them removes them.
    fn listen(self: &Rc<ConnectScreen>) -> Vec<EventListener> {
        let Some(shell) = shell() else {
            return Vec::new();
        };
        let mut all = Vec::new();
        if let Some(element) = early_actions::element() {
            let screen = self.clone();
            all.extend(EventListener::on(&element, "connect", move |_| {
                screen.connect()
            }));
        }
        if let Some(status) = shell.query_selector(".session-status").ok().flatten() {
            let screen = self.clone();
            all.extend(EventListener::on(&status, "click", move |_| {
                screen.hand_over(HandoverReason::ForPanel);
            }));
        }
        if let Some(window) = web_sys::window() {
            let screen = self.clone();
            // Shown again from the back-forward cache after the user has been at Pleo. The first
            // load fires the same event.
            all.extend(EventListener::on(&window, "pageshow", move |event| {
                if event.unchecked_into::<PageTransitionEvent>().persisted() {
                    screen.hand_over(HandoverReason::ForApp);
                }
            }));
        }
        all
    }
}

/// Redirects to the authorization server. Returns `false` if the sign-in could not start.
async fn go_to_authorization_server(client: &VaultClient, profile: Profile) -> bool {
    let start = StartSignIn {
        scopes: scopes_to_ask(&profile.scopes, None),
        profile: profile.id,
        client_id: None,
        return_to: "/".to_owned(),
        target: None,
        subject: None,
        popup: false,
    };
    let Ok(authorization) = client.start_sign_in(start).await else {
        return false;
    };
    if let Some(stored) = &authorization.stored {
        pending::store(stored);
    }
    early_actions::take();
    location::go_to_authorization_server(&authorization.url);
    true
}

/// Returns the only environment if the static page can handle it: it has a client ID, and there is
/// no connection and no sign-in.
fn plain(welcome: &Welcome) -> Option<Profile> {
    let snapshot = &welcome.snapshot;
    let is_idle = snapshot.connections.is_empty()
        && snapshot.sign_ins.is_empty()
        && snapshot.config_waits.is_none();
    let Config { profiles, .. } = welcome.config.as_ref().ok().filter(|_| is_idle)?;
    match &profiles[..] {
        [only] if only.client_id.is_some() => Some(only.clone()),
        _ => None,
    }
}

/// Shows the environment in the banner at the top.
fn show_environment(profile: &Profile) {
    let Some(banner) =
        shell().and_then(|shell| shell.query_selector(".environment-banner").ok().flatten())
    else {
        return;
    };
    let _ = banner.set_attribute("data-kind", environment_labels::name(profile.kind));
    let text = [
        &*profile.name,
        environment_labels::description(profile.kind),
    ]
    .concat();
    banner.set_text_content(Some(&outlay_pleo::text::marked(&text)));
}

fn shell() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("shell")
}

/// A listener on a target, removed when dropped.
struct EventListener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn Fn(Event)>,
}

impl EventListener {
    fn on(
        target: &EventTarget,
        kind: &'static str,
        act: impl Fn(Event) + 'static,
    ) -> Option<EventListener> {
        let closure = Closure::<dyn Fn(Event)>::new(act);
        target
            .add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref())
            .ok()?;
        Some(EventListener {
            target: target.clone(),
            kind,
            closure,
        })
    }
}

impl Drop for EventListener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback(self.kind, self.closure.as_ref().unchecked_ref());
    }
}
