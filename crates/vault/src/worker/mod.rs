//! The vault itself: it hosts the session machines of `outlay-oauth`, carries out what they ask
//! for, and answers the pages.
//!
//! Reading order: [`io`] (all that the vault needs of the outside world, as one trait), `browser`
//! (wasm only: that trait in a worker), `pages` (ports, liveness, the wipe after the last page),
//! `requests` (what pages ask for, and every check of it), `run` (inputs in, effects out), `calls`
//! (queue, repeats and answers of API calls), `outgoing` (removes secrets from what pages are sent),
//! `flow_steps` (outlines of requests and answers), `snapshot` (the state as messages), `settings`
//! (`config.json`), `introspection`, `id_map`.

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
    /// Whether one worker serves all tabs; only then do locks show its end and theirs.
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
    /// Rises when the outlines are dropped: one that is on its way then is dropped as well.
    steps_epoch: Cell<u32>,
    /// The secrets of token requests that are on their way.
    forms: RefCell<IdMap<SecretLists>>,
    /// What finds the secrets that were held when a page was last sent something.
    redactor: RefCell<(SecretLists, Rc<Redactor>)>,
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
struct RequestOrigin {
    page: PageId,
    request: RequestId,
}

/// A call that is not settled.
struct OpenCall {
    request_origin: RequestOrigin,
    call: ApiCall,
    /// What came, until the machine says what to do with it.
    answer: Option<AnswerResult>,
    /// Ends the fetch that is under way.
    abort: Option<AbortHandle>,
    /// The token that it was sent with last.
    bearer: Option<AccessToken>,
    /// How often it was sent again because the API was busy.
    repeats: u32,
    /// The monotonic instant since when it waits for its turn; `None` once it continues.
    waits_since: Option<u64>,
}

impl VaultWorker {
    /// Makes a vault without connections. `shared` states whether one worker serves all tabs.
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
