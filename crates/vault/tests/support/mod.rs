//! A scripted world for the vault, and pages at the other end of their ports.
#![allow(dead_code, reason = "each test file uses a part of it")]

mod page;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::UNIX_EPOCH;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::executor::{LocalPool, LocalSpawner};
use futures::future::LocalBoxFuture;
use futures::task::LocalSpawnExt;
use outlay_oauth::time::Now;
use outlay_vault::message::SignedIn;
use outlay_vault::message::{
    ApiCall, CallbackData, Method, RetryClass, StartSignIn, VaultReply, VaultRequest, Welcome,
};
use outlay_vault::worker::VaultWorker;
use outlay_vault::worker::io::{AnswerResult, VaultIo};
use outlay_worker::fetch::{self, BearerAccess, FetchResponse};
use rand::CryptoRng;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub use page::TestPage;

pub const CONFIG: &str = r#"{"profiles":[{"id":"sandbox","name":"Sandbox","kind":"sandbox",
    "authorizationServer":"http://localhost:8787","apiBase":"http://localhost:8788/base",
    "clientId":"outlay-sandbox","scopes":["companies:read","users:read"]},
    {"id":"open","name":"Open","kind":"sandbox",
    "authorizationServer":"http://localhost:8787","apiBase":"http://localhost:8788",
    "scopes":["companies:read"]}]}"#;

/// Runs the tasks of a vault.
pub type Pool = Rc<RefCell<LocalPool>>;

/// A request that the vault has sent and that the test answers.
pub struct SentFetch {
    pub request: fetch::FetchRequest,
    answer: oneshot::Sender<AnswerResult>,
}

impl SentFetch {
    pub fn is(&self, method: Method, url: &str) -> bool {
        self.request.method == method.word() && self.request.url == url
    }

    pub fn form(&self) -> String {
        let body = self.request.body.as_ref();
        let form = body.filter(|body| body.content_type().ends_with("-form-urlencoded"));
        form.map(|form| String::from_utf8(form.bytes().to_vec()).unwrap())
            .unwrap_or_default()
    }

    pub fn bearer(&self) -> Option<String> {
        self.request.bearer.as_ref().map(|token| token.to_string())
    }

    /// Whether the vault no longer waits for it.
    pub fn aborted(&self) -> bool {
        self.answer.is_canceled()
    }

    pub fn answer(self, status: u16, body: &str) {
        self.answer_bytes(status, HEADERS, body.as_bytes());
    }

    /// With `RetryClass-After`.
    pub fn answer_after(self, status: u16, body: &str, retry_after: &str) {
        let headers = headers_with(retry_after);
        self.answer_bytes(status, &headers, body.as_bytes());
    }

    /// With these headers (a JSON list of pairs) and these bytes.
    pub fn answer_bytes(self, status: u16, headers: &str, body: &[u8]) {
        let answer = FetchResponse {
            access: BearerAccess::Readable,
            status,
            headers: outlay_wire::from_text(headers).unwrap(),
            body: body.to_vec(),
        };
        let _ = self.answer.send(Ok(answer));
    }

    pub fn lose(self) {
        self.fail(fetch::FetchError::Network);
    }

    pub fn fail(self, why: fetch::FetchError) {
        let _ = self.answer.send(Err(why));
    }
}

/// The edge that the test moves.
pub struct ScriptedIo {
    now: Cell<Now>,
    rng: RefCell<ChaCha20Rng>,
    sent: RefCell<Vec<SentFetch>>,
    sleeping: RefCell<Vec<(u64, oneshot::Sender<()>)>>,
    locks: RefCell<Vec<(String, oneshot::Sender<()>)>>,
    spawner: LocalSpawner,
    pub closed: Cell<bool>,
    config: Cell<&'static str>,
    /// Whether requests for the configuration wait for the test to answer them, as others do.
    pub holds_config: Cell<bool>,
}

impl ScriptedIo {
    /// From now on the site has this configuration.
    pub fn deploy(&self, config: &'static str) {
        self.config.set(config);
    }

    fn free(&self, lock: &str) {
        let mut locks = self.locks.borrow_mut();
        let at = locks.iter().position(|(name, _)| name == lock).unwrap();
        let _ = locks.remove(at).1.send(());
    }
}

impl VaultIo for ScriptedIo {
    fn now(&self) -> Now {
        self.now.get()
    }

    fn random(&self, generate: &mut dyn FnMut(&mut dyn CryptoRng)) {
        generate(&mut *self.rng.borrow_mut());
    }

    fn send(&self, request: fetch::FetchRequest) -> LocalBoxFuture<'static, AnswerResult> {
        let (answer, receiver) = oneshot::channel();
        let sent = SentFetch { request, answer };
        if sent.request.url.ends_with("/config.json") && !self.holds_config.get() {
            sent.answer(200, self.config.get());
        } else {
            self.sent.borrow_mut().push(sent);
        }
        async move { receiver.await.unwrap_or(Err(fetch::FetchError::TimedOut)) }.boxed_local()
    }

    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()> {
        let (wake, receiver) = oneshot::channel();
        let due = self.now.get().monotonic + milliseconds;
        self.sleeping.borrow_mut().push((due, wake));
        receiver.map(|_| ()).boxed_local()
    }

    fn lock_free(&self, name: &str) -> LocalBoxFuture<'static, ()> {
        let (free, receiver) = oneshot::channel();
        self.locks.borrow_mut().push((name.to_owned(), free));
        receiver.map(|_| ()).boxed_local()
    }

    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        self.spawner.spawn_local(task).unwrap();
    }

    fn script_url(&self) -> String {
        "http://localhost:8080/vault.js".to_owned()
    }

    fn parse_url(&self, url: &str) -> Option<(String, String)> {
        let url = url::Url::parse(url).ok()?;
        Some((url.origin().ascii_serialization(), url.path().to_owned()))
    }

    fn parse_date(&self, date: &str) -> Option<u64> {
        let at = httpdate::parse_http_date(date).ok()?;
        let at = at.duration_since(UNIX_EPOCH).ok()?;
        u64::try_from(at.as_millis()).ok()
    }

    fn close(&self) {
        self.closed.set(true);
    }
}

/// A vault and its world.
pub struct TestVault {
    pub script: Rc<ScriptedIo>,
    pub vault: VaultWorker,
    pool: Pool,
    pages: Cell<u32>,
}

impl TestVault {
    pub fn new() -> TestVault {
        TestVault::with_config(CONFIG)
    }

    pub fn with_config(config: &'static str) -> TestVault {
        let pool = LocalPool::new();
        let script = Rc::new(ScriptedIo {
            now: Cell::new(Now {
                monotonic: 5_000,
                wall: 1_790_000_000_000,
            }),
            rng: RefCell::new(ChaCha20Rng::seed_from_u64(1)),
            sent: RefCell::new(Vec::new()),
            sleeping: RefCell::new(Vec::new()),
            locks: RefCell::new(Vec::new()),
            spawner: pool.spawner(),
            closed: Cell::new(false),
            config: Cell::new(config),
            holds_config: Cell::new(false),
        });
        let vault = VaultWorker::new(script.clone(), true);
        TestVault {
            script,
            vault,
            pool: Rc::new(RefCell::new(pool)),
            pages: Cell::new(0),
        }
    }

    /// Runs every task that can go on.
    pub fn settle(&self) {
        self.pool.borrow_mut().run_until_stalled();
    }

    /// Moves both clocks and wakes who is due, the earliest first.
    pub fn advance(&self, milliseconds: u64) {
        // What has been answered by now may yet want to sleep.
        self.settle();
        let end = self.script.now.get().monotonic + milliseconds;
        loop {
            let next = {
                let mut sleeping = self.script.sleeping.borrow_mut();
                sleeping.retain(|(_, wake)| !wake.is_canceled());
                sleeping.sort_by_key(|(due, _)| *due);
                match sleeping.first() {
                    Some((due, _)) if *due <= end => Some(sleeping.remove(0)),
                    _ => None,
                }
            };
            let Some((due, wake)) = next else { break };
            self.set_monotonic(due.max(self.script.now.get().monotonic));
            let _ = wake.send(());
            self.settle();
        }
        self.set_monotonic(end);
        self.settle();
    }

    /// The clocks jump and no timer notices, as after a sleep, or when somebody sets the time.
    pub fn jump(&self, monotonic: u64, wall: i64) {
        let now = self.script.now.get();
        self.script.now.set(Now {
            monotonic: now.monotonic + monotonic,
            wall: now.wall.saturating_add_signed(wall),
        });
    }

    fn set_monotonic(&self, monotonic: u64) {
        let now = self.script.now.get();
        let passed = monotonic - now.monotonic;
        self.script.now.set(Now {
            monotonic,
            wall: now.wall + passed,
        });
    }

    /// Takes everything that was sent and not yet taken.
    pub fn sent(&self) -> Vec<SentFetch> {
        self.settle();
        self.script.sent.take()
    }

    /// Takes the one request that was sent.
    pub fn one_sent(&self) -> SentFetch {
        let mut sent = self.sent();
        assert_eq!(
            sent.len(),
            1,
            "{:?}",
            sent.iter().map(|s| &s.request.url).collect::<Vec<_>>()
        );
        sent.remove(0)
    }

    /// A page that has not said hello.
    pub fn stranger(&self) -> TestPage {
        self.pages.set(self.pages.get() + 1);
        let page = TestPage::new(self.pool.clone(), format!("page-{}", self.pages.get()));
        self.vault.connect(page.port.clone());
        page
    }

    /// A page that was welcomed.
    pub fn page(&self) -> (TestPage, Welcome) {
        let page = self.stranger();
        let welcome = page.hello();
        (page, welcome)
    }

    /// The page is closed or has crashed: its lock is free.
    pub fn page_gone(&self, page: &TestPage) {
        self.script.free(&page.lock);
        self.settle();
    }

    /// Signs in from Connect to connection; gives the connection's id.
    pub fn connect(&self, page: &TestPage, pair: &str) -> String {
        let query = page.start();
        let waiting = page.send(callback(&query));
        self.one_sent().answer(200, &tokens(pair));
        self.one_sent().answer(200, INTROSPECTED);
        match page.reply(waiting).unwrap().0 {
            VaultReply::SignedIn(SignedIn {
                connection: Some(id),
                ..
            }) => id,
            other => panic!("{other:?}"),
        }
    }
}

/// The headers of an answer, as a JSON list of pairs.
pub const HEADERS: &str = r#"[["content-type","application/json"]]"#;

fn headers_with(retry_after: &str) -> String {
    format!(r#"[["content-type","application/json"],["retry-after","{retry_after}"]]"#)
}

/// The answer of the API that a page gets for a call.
pub fn answered(status: u16, generation: u32, repeats: u32) -> VaultReply {
    VaultReply::Api {
        status,
        generation,
        repeats,
        headers: HEADERS.to_owned(),
    }
}

/// The same for an answer with `RetryClass-After`.
pub fn answered_after(status: u16, retry_after: &str) -> VaultReply {
    VaultReply::Api {
        status,
        generation: 1,
        repeats: 0,
        headers: headers_with(retry_after),
    }
}

pub const INTROSPECTED: &str = r#"{"data":{"authMethod":"OAUTH2","clientId":"outlay-sandbox",
    "scope":"companies:read users:read","applicationName":"Outlay",
    "subjectURN":"urn:pleo:company:00000000-0000-4000-8000-000000000001"}}"#;

/// A token answer; both tokens carry `pair` in their text.
pub fn tokens(pair: &str) -> String {
    format!(
        r#"{{"access_token":"secret-access-{pair}","token_type":"Bearer","expires_in":900,
        "refresh_token":"secret-refresh-{pair}","scope":"companies:read users:read"}}"#
    )
}

/// The callback of an approved sign-in with this `state`.
pub fn callback(state: &str) -> VaultRequest {
    VaultRequest::Callback(CallbackData {
        profile: "sandbox".to_owned(),
        query: format!("code=secret-code&state={state}"),
        stored: None,
    })
}

pub fn get(connection: &str, path: &str) -> VaultRequest {
    VaultRequest::Call(ApiCall {
        connection: connection.to_owned(),
        method: Method::Get,
        path: path.to_owned(),
        query: Vec::new(),
        body: None,
        retry: RetryClass::Safe,
    })
}

pub fn start(profile: &str, client_id: Option<&str>, scopes: &[&str]) -> VaultRequest {
    VaultRequest::StartSignIn(StartSignIn {
        profile: profile.to_owned(),
        client_id: client_id.map(str::to_owned),
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
        return_to: "/entries".to_owned(),
        target: None,
        subject: None,
        popup: false,
    })
}
