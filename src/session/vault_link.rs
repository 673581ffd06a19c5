//! The vault's client and its events from the first one on. It opens the vault while the app is still
//! being loaded; the app takes in what has happened so far, in order, and follows from there.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use outlay_vault::client::{ClientEvent, VaultClient};
use outlay_vault::message::RECORD_LINES;

use crate::platform::{document, early_actions, service_worker};

/// What happens on the way to the vault.
pub enum LinkEvent {
    /// The vault is being opened with this client; its events follow.
    Opened(VaultClient),
    /// A service worker covers the site, so that no vault is opened.
    Refused,
    /// An event of the vault's client.
    Vault(ClientEvent),
}

type EventListener = Rc<dyn Fn(LinkEvent)>;
type Watcher = Rc<dyn Fn(&LinkEvent)>;

/// The link. Clones share it.
#[derive(Clone, Default)]
pub struct VaultLink(Rc<VaultLinkInner>);

#[derive(Default)]
struct VaultLinkInner {
    kept: RefCell<VecDeque<LinkEvent>>,
    watcher: RefCell<Option<Watcher>>,
    listener: RefCell<Option<EventListener>>,
}

impl VaultLink {
    /// Opens the vault, unless a service worker covers the site: a vault that starts under one stays
    /// under it.
    pub fn open() -> VaultLink {
        let link = VaultLink::default();
        let opening = link.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let base = document::base();
            if !service_worker::scopes(&base).await.is_empty() {
                opening.pass(LinkEvent::Refused);
                return;
            }
            let events = opening.clone();
            let client =
                VaultClient::open(&base, move |event| events.pass(LinkEvent::Vault(event)));
            opening.pass(LinkEvent::Opened(client));
        });
        link
    }

    /// Calls `watcher` with each event from now on, until somebody follows. The events are kept.
    pub fn watch(&self, watcher: impl Fn(&LinkEvent) + 'static) {
        self.0.watcher.replace(Some(Rc::new(watcher)));
    }

    /// The client, if the vault is being opened and no receiver is set yet.
    pub fn client(&self) -> Option<VaultClient> {
        self.0.kept.borrow().iter().find_map(|event| match event {
            LinkEvent::Opened(client) => Some(client.clone()),
            _ => None,
        })
    }

    /// Calls `listener` with what has happened so far and with each event from now on.
    pub fn follow(&self, listener: impl Fn(LinkEvent) + 'static) {
        self.0.watcher.replace(None);
        let listener: EventListener = Rc::new(listener);
        loop {
            let Some(event) = self.0.kept.borrow_mut().pop_front() else {
                break;
            };
            listener(event);
        }
        self.0.listener.replace(Some(listener));
    }

    fn pass(&self, event: LinkEvent) {
        if let LinkEvent::Vault(ClientEvent::Welcome(_)) | LinkEvent::Refused = event {
            early_actions::vault_answered();
        }
        let listener = self.0.listener.borrow().clone();
        if let Some(listener) = listener {
            listener(event);
            return;
        }
        let watcher = self.0.watcher.borrow().clone();
        if let Some(watcher) = watcher {
            watcher(&event);
        }
        let mut kept = self.0.kept.borrow_mut();
        let is_line = |event: &LinkEvent| matches!(event, LinkEvent::Vault(ClientEvent::Record(_)));
        if is_line(&event) && kept.iter().filter(|event| is_line(event)).count() == RECORD_LINES {
            let oldest = kept.iter().position(is_line);
            oldest.and_then(|at| kept.remove(at));
        }
        kept.push_back(event);
    }
}
