//! The vault itself: runs the session machines of `outlay-oauth`, carries out their effects, and
//! answers the pages.
//!
//! Reading order: [`io`] (the interface of the vault to the outside, as one trait), `browser` (wasm
//! only: that trait in a worker), `pages` (ports, whether pages are open, the wipe after the last
//! page), `requests` (requests of pages and their validation), `run` (inputs in, effects out),
//! `calls` (queue, repetitions and responses of API calls), `outgoing` (removes secrets from what
//! is sent to pages), `flow_steps` (outlines of requests and responses), `snapshot` (the state as
//! messages), `settings` (`config.json`), `introspection`, `id_map`.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod calls;
mod flow_steps;
mod id_map;
mod introspection;
pub mod io;
mod outgoing;
mod pages;
mod requests;
mod run;
mod settings;
mod snapshot;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::AbortHandle;
use outgoing::SecretLists;
use outlay_oauth::redact::Redactor;
use outlay_oauth::secret::AccessToken;
use outlay_oauth::session::Sessions;
use outlay_oauth::session::io::CallId;

use crate::message::{ApiCall, RecordLine, RequestId};
use id_map::IdMap;
use io::{AnswerResult, VaultIo};
use pages::{ConnectedPage, PageId};
use settings::VaultSettings;

/// The vault of one worker. Clones share its state.
#[derive(Clone)]
pub struct VaultWorker(Rc<VaultWorkerInner>);

struct VaultWorkerInner {
    worker_io: Rc<dyn VaultIo>,
    /// Whether one worker serves all tabs. Only then do locks show the end of the worker and of its
    /// pages.
    shared: bool,
    sessions: RefCell<Sessions>,
    settings: RefCell<VaultSettings>,
    pages: RefCell<IdMap<ConnectedPage>>,
    calls: RefCell<IdMap<OpenCall>>,
    tickets: RefCell<IdMap<RequestOrigin>>,
    /// The last lines of the record, the oldest first.
    record: RefCell<VecDeque<RecordLine>>,
    /// The latest requests and responses as JSON, the oldest first: the flow, and calls of the API.
    steps: RefCell<[Vec<String>; 2]>,
    /// Incremented when the outlines are dropped, so that one that arrives later is dropped too.
    steps_epoch: Cell<u32>,
    /// The secrets of token requests in progress.
    forms: RefCell<IdMap<SecretLists>>,
    /// The secrets of the last message to a page, and the redactor for them.
    redactor: RefCell<(SecretLists, Rc<Redactor>)>,
    /// Requests that wait for `config.json`. Not empty while the file is being read.
    config_readers: RefCell<Vec<oneshot::Sender<()>>>,
    /// The monotonic instant at which it was read last.
    config_read: Cell<u64>,
    /// When a configuration other than that of the live connections was first read, by the wall
    /// clock.
    config_waits: Cell<Option<u64>>,
    /// See [`Snapshot::last_in_view`](crate::message::Snapshot::last_in_view); the connection may have
    /// ended meanwhile.
    last_in_view: RefCell<Option<String>>,
    next_number: Cell<u64>,
    /// The monotonic instant of the next scheduled tick.
    armed: Cell<Option<u64>>,
    /// The monotonic instant since which no page is open.
    no_page_since: Cell<Option<u64>>,
}

/// The page and request that wait for a reply.
#[derive(Debug, Clone, Copy)]
struct RequestOrigin {
    page: PageId,
    request: RequestId,
}

/// A call that is not settled.
struct OpenCall {
    request_origin: RequestOrigin,
    call: ApiCall,
    /// The response, until the session machine has decided about it.
    answer: Option<AnswerResult>,
    /// Aborts the fetch in progress.
    abort: Option<AbortHandle>,
    /// The token of the last attempt.
    bearer: Option<AccessToken>,
    /// How often it was repeated because the API was busy.
    repeats: u32,
    /// The monotonic instant since which it waits in the queue; `None` once it continues.
    waits_since: Option<u64>,
}

impl VaultWorker {
    /// Creates a vault without connections. `shared` states whether one worker serves all tabs.
    #[must_use]
    pub fn new(worker_io: Rc<dyn VaultIo>, shared: bool) -> VaultWorker {
        VaultWorker(Rc::new(VaultWorkerInner {
            worker_io,
            shared,
            sessions: RefCell::new(Sessions::new(
                outlay_oauth::session::SessionLimits::default(),
            )),
            settings: RefCell::new(VaultSettings::default()),
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
            last_in_view: RefCell::new(None),
            next_number: Cell::new(0),
            armed: Cell::new(None),
            no_page_since: Cell::new(None),
        }))
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.0.worker_io.spawn(Box::pin(task));
    }

    fn number(&self) -> u64 {
        let number = self.0.next_number.get();
        self.0.next_number.set(number + 1);
        number
    }

    fn call_of(&self, request_origin: RequestOrigin) -> Option<CallId> {
        let same = |open: &OpenCall| {
            open.request_origin.page == request_origin.page
                && open.request_origin.request == request_origin.request
        };
        let calls = self.0.calls.borrow();
        calls
            .iter()
            .find(|(_, open)| same(open))
            .map(|(id, _)| CallId(*id))
    }
}
