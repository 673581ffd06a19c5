//! The vault itself: it hosts the session machines of `outlay-oauth`, carries out what they ask
//! for, and answers the pages.
//!
//! Reading order: [`edge`] (everything the vault needs of the world, as one trait), [`browser`]
//! (that trait in a worker; the one place where a bearer is attached), `pages` (ports, liveness,
//! the wipe after the last page), `requests` (what pages ask for, and every check of it), `run`
//! (inputs in, effects out), `calls` (the API's
//! traffic: turns, repeats, answers), `exit` (what pages are sent, without secrets), `steps` (what went over
//! the wire, without its secrets), `shown` (what pages are told), `settings` (`config.json`),
//! `introspection`, `numbered`.

pub mod browser;
mod calls;
pub mod edge;
mod exit;
mod introspection;
mod numbered;
mod pages;
mod requests;
mod run;
mod settings;
mod shown;
mod steps;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use exit::Secrets;
use futures::channel::oneshot;
use futures::future::AbortHandle;
use outlay_oauth::redact::Redactor;
use outlay_oauth::secret::AccessToken;
use outlay_oauth::session::Sessions;
use outlay_oauth::session::io::CallId;

use crate::message::{Call, Record, RequestId};
use edge::{Edge, HttpResult};
use numbered::Numbered;
use pages::{Page, PageId};
use settings::Settings;

/// The vault of one worker. Clones are the same vault.
#[derive(Clone)]
pub struct Vault(Rc<Inner>);

struct Inner {
    edge: Rc<dyn Edge>,
    /// Whether one worker serves all tabs; only then are its end and theirs told by locks.
    shared: bool,
    sessions: RefCell<Sessions>,
    settings: RefCell<Settings>,
    pages: RefCell<Numbered<Page>>,
    calls: RefCell<Numbered<OpenCall>>,
    tickets: RefCell<Numbered<Asker>>,
    /// The last lines of the record, the oldest first.
    record: RefCell<VecDeque<Record>>,
    /// What went over the wire lately as JSON, the oldest first: the flow, and calls of the API.
    steps: RefCell<[Vec<String>; 2]>,
    /// Rises when the outlines are dropped: one that is on its way then is dropped as well.
    steps_epoch: Cell<u32>,
    /// The secrets of token requests that are on their way.
    forms: RefCell<Numbered<Secrets>>,
    /// What finds the secrets that were held when a page was last sent something.
    redactor: RefCell<(Secrets, Rc<Redactor>)>,
    /// Those who wait for `config.json`, which is being read if there are any.
    config_readers: RefCell<Vec<oneshot::Sender<()>>>,
    /// The monotonic instant at which it was read last.
    config_read: Cell<u64>,
    /// When a configuration other than that of the live connections was first read, by the wall
    /// clock.
    config_waits: Cell<Option<u64>>,
    next_number: Cell<u64>,
    /// The monotonic instant of the next tick that is armed.
    armed: Cell<Option<u64>>,
    /// Since when there is no page.
    lonely: Cell<Option<u64>>,
}

/// Who waits for a reply.
#[derive(Debug, Clone, Copy)]
struct Asker {
    page: PageId,
    request: RequestId,
}

/// A call that is not settled.
struct OpenCall {
    asker: Asker,
    call: Call,
    /// What came, until the machine says what to do with it.
    answer: Option<HttpResult>,
    /// Ends the fetch that is under way.
    abort: Option<AbortHandle>,
    /// The token that it was sent with last.
    bearer: Option<AccessToken>,
    /// How often it was sent again because the API was busy.
    repeats: u32,
    /// The monotonic instant since when it waits for its turn; none once it goes on.
    waits_since: Option<u64>,
}

impl Vault {
    /// A vault with nobody signed in. `shared`: one worker for all tabs.
    #[must_use]
    pub fn new(edge: Rc<dyn Edge>, shared: bool) -> Vault {
        Vault(Rc::new(Inner {
            edge,
            shared,
            sessions: RefCell::new(Sessions::new(outlay_oauth::session::Limits::default())),
            settings: RefCell::new(Settings::default()),
            pages: RefCell::new(Numbered::new()),
            calls: RefCell::new(Numbered::new()),
            tickets: RefCell::new(Numbered::new()),
            record: RefCell::new(VecDeque::new()),
            steps: RefCell::default(),
            steps_epoch: Cell::new(0),
            forms: RefCell::new(Numbered::new()),
            redactor: RefCell::default(),
            config_readers: RefCell::default(),
            config_read: Cell::new(0),
            config_waits: Cell::new(None),
            next_number: Cell::new(0),
            armed: Cell::new(None),
            lonely: Cell::new(None),
        }))
    }

    fn number(&self) -> u64 {
        let number = self.0.next_number.get();
        self.0.next_number.set(number + 1);
        number
    }

    fn call_of(&self, asker: Asker) -> Option<CallId> {
        let same =
            |open: &OpenCall| open.asker.page == asker.page && open.asker.request == asker.request;
        let calls = self.0.calls.borrow();
        calls
            .iter()
            .find(|(_, open)| same(open))
            .map(|(id, _)| CallId(*id))
    }
}
