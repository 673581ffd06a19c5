//! The pages: their ports, whether they are open, and the cleanup after the last of them has
//! closed.

use std::rc::Rc;

use outlay_oauth::session::io::{CallId, Input};
use outlay_oauth::time::{MINUTE, SECOND};

use crate::message::{FromVault, MESSAGE_VERSION, Snapshot, ToVault, VaultHello, Welcome};

use super::VaultWorker;
use super::io::PagePort;

/// The id of a page in this vault.
pub(super) type PageId = u64;

/// Milliseconds without an open page after which the vault is wiped. A reload takes less.
const NO_PAGE_TIMEOUT: u64 = 30 * SECOND;

/// The same while a sign-in is pending.
const NO_PAGE_TIMEOUT_SIGNING_IN: u64 = 10 * MINUTE;

/// Milliseconds between the wipe, which sends revocations, and the end of the worker.
const CLOSE_DELAY: u64 = 2 * SECOND;

/// One page's port.
pub(super) struct ConnectedPage {
    pub(super) port: Rc<dyn PagePort>,
    introduced: bool,
    /// Whether the page is in the back-forward cache or being closed.
    dormant: bool,
    lock: Option<String>,
}

impl ConnectedPage {
    /// Whether the page has sent its first message and is not in the back-forward cache.
    pub(super) fn listens(&self) -> bool {
        self.introduced && !self.dormant
    }
}

impl VaultWorker {
    /// Serves the page at the other end of `port` until it closes.
    pub fn connect(&self, port: Rc<dyn PagePort>) {
        let id = self.number();
        let vault = self.clone();
        port.listen(Box::new(move |message| vault.receive(id, message)));
        let page = ConnectedPage {
            port,
            introduced: false,
            dormant: false,
            lock: None,
        };
        self.0.pages.borrow_mut().insert(id, page);
        self.update_idle_shutdown();
    }

    /// When the wipe after the last page is due, on the monotonic clock.
    pub(super) fn wipe_due(&self) -> Option<u64> {
        let timeout = match self.0.sessions.borrow().signing_in() {
            true => NO_PAGE_TIMEOUT_SIGNING_IN,
            false => NO_PAGE_TIMEOUT,
        };
        self.0.no_page_since.get().map(|since| since + timeout)
    }

    /// Wipes all secrets at once. The worker ends after [`CLOSE_DELAY`], unless a page has opened
    /// meanwhile.
    pub(super) fn wipe(&self) {
        self.0.no_page_since.set(None);
        self.feed(Input::SignOut);
        let grace = self.0.worker_io.sleep(CLOSE_DELAY);
        let vault = self.clone();
        self.spawn(async move {
            grace.await;
            if vault.alone() {
                vault.0.worker_io.close();
            }
        });
    }

    fn receive(&self, id: PageId, message: Option<ToVault>) {
        match message {
            Some(ToVault::Hello(hello)) => self.greet(id, hello),
            // A page of another version.
            None => self.send_message(
                id,
                &FromVault::Mismatch {
                    version: MESSAGE_VERSION,
                },
            ),
            Some(_) if !self.introduced(id) => {}
            Some(ToVault::Request {
                id: request,
                request: asked,
            }) => self.ask(id, request, asked),
            Some(ToVault::Cancel { id: request }) => self.cancel(id, request),
            Some(ToVault::Activity) => {
                self.feed(Input::Activity);
                // The countdown starts again in every tab.
                self.send_to_all(&FromVault::State(self.snapshot()));
            }
            Some(ToVault::InView(connection)) => {
                self.0.last_in_view.replace(Some(connection));
            }
            Some(ToVault::Dormant) => {
                if let Some(page) = self.0.pages.borrow_mut().get_mut(id) {
                    page.dormant = true;
                }
                self.update_idle_shutdown();
            }
        }
    }

    fn introduced(&self, id: PageId) -> bool {
        self.0
            .pages
            .borrow()
            .get(id)
            .is_some_and(|page| page.introduced)
    }

    fn greet(&self, id: PageId, hello: VaultHello) {
        if hello.version != MESSAGE_VERSION {
            self.send_message(
                id,
                &FromVault::Mismatch {
                    version: MESSAGE_VERSION,
                },
            );
            return;
        }
        if let Some(page) = self.0.pages.borrow_mut().get_mut(id) {
            page.dormant = false;
            if page.lock.is_none() {
                page.lock = Some(hello.lock.clone());
                self.watch(id, &hello.lock);
            }
        }
        self.update_idle_shutdown();
        let vault = self.clone();
        self.spawn(async move {
            let config = vault.settle_config().await;
            if let Some(page) = vault.0.pages.borrow_mut().get_mut(id) {
                page.introduced = true;
            }
            // Applies limits that passed while the computer slept, before the state is shown.
            vault.feed(Input::Tick);
            let snapshot = vault.snapshot();
            let record = vault.0.record.borrow().iter().cloned().collect();
            let welcome = Welcome {
                config,
                snapshot,
                record,
            };
            vault.send_message(id, &FromVault::Welcome(welcome));
        });
    }

    /// A page holds its lock as long as it is open.
    fn watch(&self, id: PageId, lock: &str) {
        if !self.0.shared {
            return;
        }
        let free = self.0.worker_io.lock_free(lock);
        let vault = self.clone();
        self.spawn(async move {
            free.await;
            vault.forget(id);
        });
    }

    /// Handles the end of a page: cancels its calls; its sign-ins continue.
    fn forget(&self, id: PageId) {
        self.0.pages.borrow_mut().remove(id);
        self.0
            .tickets
            .borrow_mut()
            .retain(|request_origin| request_origin.page != id);
        let dropped: Vec<CallId> = self
            .0
            .calls
            .borrow()
            .iter()
            .filter(|(_, open)| open.request_origin.page == id)
            .map(|(call, _)| CallId(*call))
            .collect();
        for call in dropped {
            self.cancel_call(call);
            self.feed(Input::CallDropped { call });
        }
        self.update_idle_shutdown();
    }

    fn update_idle_shutdown(&self) {
        let alone = self.alone();
        let since = self.0.no_page_since.get();
        match (alone, since) {
            (true, None) => self
                .0
                .no_page_since
                .set(Some(self.0.worker_io.now().monotonic)),
            (false, Some(_)) => self.0.no_page_since.set(None),
            _ => return,
        }
        self.arm();
    }

    /// Returns whether no page is open. One that sent no hello message may be gone already.
    fn alone(&self) -> bool {
        self.0
            .pages
            .borrow()
            .values()
            .all(|page| page.dormant || page.lock.is_none())
    }

    /// All connections and sign-ins as pages see them.
    pub(super) fn snapshot(&self) -> Snapshot {
        let sessions = self.0.sessions.borrow();
        Snapshot {
            config_waits: self.0.config_waits.get().filter(|_| sessions.is_live()),
            last_in_view: self.0.last_in_view.borrow().clone(),
            ..super::snapshot::snapshot(&sessions, self.0.worker_io.now())
        }
    }
}
