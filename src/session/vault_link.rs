//! The vault's client and its events from the first one on. The vault is opened while the app is
//! still loading; the app later receives all events so far, in order, and then each new one.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use outlay_vault::client::{ClientEvent, VaultClient};
use outlay_vault::message::RECORD_LINES;

use crate::platform::{document, early_actions, service_worker};

/// An event while the vault is opened, or from its client.
pub enum LinkEvent {
    /// The vault is being opened with this client.
    Opened(VaultClient),
    /// A service worker covers the site, so the vault is not opened.
    Refused,
    /// An event of the vault's client.
    Vault(ClientEvent),
}

type EventListener = Rc<dyn Fn(LinkEvent)>;
type Watcher = Rc<dyn Fn(&LinkEvent)>;

/// The link to the vault. Clones share it.
#[derive(Clone, Default)]
pub struct VaultLink(Rc<VaultLinkInner>);

#[derive(Default)]
struct VaultLinkInner {
    kept: RefCell<VecDeque<LinkEvent>>,
    watcher: RefCell<Option<Watcher>>,
    listener: RefCell<Option<EventListener>>,
}

impl VaultLink {
    /// Opens the vault, unless a service worker covers the site: a worker that starts under a
    /// service worker stays controlled by it.
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

    /// Calls `watcher` with each event from now on, until [`VaultLink::follow`] is called. The
    /// events are kept for that.
    pub fn watch(&self, watcher: impl Fn(&LinkEvent) + 'static) {
        self.0.watcher.replace(Some(Rc::new(watcher)));
    }

    /// Returns the client; `None` before the vault is opened, and after [`VaultLink::follow`].
    pub fn client(&self) -> Option<VaultClient> {
        self.0.kept.borrow().iter().find_map(|event| match event {
            LinkEvent::Opened(client) => Some(client.clone()),
            _ => None,
        })
    }

    /// Calls `listener` with all events so far and with each new one.
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
