//! The vault itself: it hosts the session machines of `outlay-oauth`, carries out what they ask
//! for, and answers the pages.
//!
//! Reading order: [`edge`] (all that the vault needs of the outside world, as one trait), `browser`
//! (wasm only: that trait in a worker), `pages` (ports, liveness, the wipe after the last page),
//! `requests` (what pages ask for, and every check of it), `run` (inputs in, effects out), `calls`
//! (queue, repeats and answers of API calls), `exit` (removes secrets from what pages are sent),
//! `steps` (outlines of requests and answers), `snapshot` (the state as messages), `settings`
//! (`config.json`), `introspection`, `id_map`.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod calls;
pub mod edge;
mod exit;
mod id_map;
mod introspection;
mod pages;
mod requests;
mod run;
mod settings;
mod snapshot;
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
use edge::{AnswerResult, Edge};
use id_map::IdMap;
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
    pages: RefCell<IdMap<Page>>,
    calls: RefCell<IdMap<OpenCall>>,
    tickets: RefCell<IdMap<Asker>>,
    /// The last lines of the record, the oldest first.
    record: RefCell<VecDeque<Record>>,
    /// What went over the wire lately as JSON, the oldest first: the flow, and calls of the API.
    steps: RefCell<[Vec<String>; 2]>,
    /// Rises when the outlines are dropped: one that is on its way then is dropped as well.
    steps_epoch: Cell<u32>,
    /// The secrets of token requests that are on their way.
    forms: RefCell<IdMap<Secrets>>,
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
    /// The monotonic instant since which no page is open.
    no_page_since: Cell<Option<u64>>,
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
    answer: Option<AnswerResult>,
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
            pages: RefCell::new(IdMap::new()),
            calls: RefCell::new(IdMap::new()),
            tickets: RefCell::new(IdMap::new()),
            record: RefCell::new(VecDeque::new()),
            steps: RefCell::default(),
            steps_epoch: Cell::new(0),
            forms: RefCell::new(IdMap::new()),
            redactor: RefCell::default(),
            config_readers: RefCell::default(),
            config_read: Cell::new(0),
            config_waits: Cell::new(None),
            next_number: Cell::new(0),
            armed: Cell::new(None),
            no_page_since: Cell::new(None),
        }))
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.0.edge.spawn(Box::pin(task));
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
