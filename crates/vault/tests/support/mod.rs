//! A scripted world for the vault, and a page at the other end of a real port.
#![allow(dead_code, reason = "each test file uses a part of it")]

mod page;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::LocalBoxFuture;
use js_sys::{ArrayBuffer, Promise, Uint8Array};
use outlay_oauth::time::Now;
use outlay_vault::message::{Call, Callback, Method, Reply, Request, Retry, StartSignIn, Welcome};
use outlay_vault::worker::Vault;
use outlay_vault::worker::edge::{Body, Edge, HttpAnswer, HttpRequest, HttpResult, NoAnswer};
use rand::CryptoRng;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

pub use page::Page;

pub const CONFIG: &str = r#"{"profiles":[{"id":"sandbox","name":"Sandbox","kind":"sandbox",
    "authorizationServer":"http://localhost:8787","apiBase":"http://localhost:8788/base",
    "clientId":"outlay-sandbox","scopes":["companies:read","users:read"]},
    {"id":"open","name":"Open","kind":"sandbox",
    "authorizationServer":"http://localhost:8787","apiBase":"http://localhost:8788",
    "scopes":["companies:read"]}]}"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &js_sys::Function, milliseconds: u32);
}

/// Lets messages and tasks that are due run.
pub async fn settle() {
    for _ in 0..4 {
        let turn = Promise::new(&mut |resolve, _| set_timeout(&resolve, 0));
        let _ = JsFuture::from(turn).await;
    }
}

/// A request that the vault has sent and that waits for the test to answer it.
pub struct Sent {
    pub request: HttpRequest,
    answer: oneshot::Sender<HttpResult>,
}

impl Sent {
    pub fn is(&self, method: Method, url: &str) -> bool {
        self.request.method == method && self.request.url == url
    }

    pub fn form(&self) -> String {
        match &self.request.body {
            Body::Form(form) => form.reveal().to_owned(),
            _ => String::new(),
        }
    }

    pub fn bearer(&self) -> Option<String> {
        self.request
            .bearer
            .as_ref()
            .map(|token| token.reveal().to_owned())
    }

    /// Whether the vault no longer waits for it.
    pub fn aborted(&self) -> bool {
        self.answer.is_canceled()
    }

    pub fn answer(self, status: u16, body: &str) {
        self.answer_after(status, body, None);
    }

    pub fn answer_after(self, status: u16, body: &str, retry_after: Option<u64>) {
        self.answer_bytes(status, HEADERS, body.as_bytes(), retry_after);
    }

    /// With these headers (a JSON list of pairs) and these bytes; gives the body's buffer.
    pub fn answer_bytes(
        self,
        status: u16,
        headers: &str,
        body: &[u8],
        retry_after: Option<u64>,
    ) -> ArrayBuffer {
        let bytes = Uint8Array::from(body).buffer();
        let pairs: Vec<(String, String)> = outlay_wire::from_text(headers).unwrap();
        let mut pairs = pairs.into_iter();
        let answer = HttpAnswer {
            status,
            retry_after,
            content_type: pairs
                .find(|(name, _)| name == "content-type")
                .map(|(_, value)| value),
            headers: headers.to_owned(),
            body: bytes.clone(),
        };
        let _ = self.answer.send(Ok(answer));
        bytes
    }

    pub fn lose(self) {
        self.fail(NoAnswer::Network);
    }

    pub fn fail(self, why: NoAnswer) {
        let _ = self.answer.send(Err(why));
    }
}

/// The vault's world, moved by the test alone.
pub struct Script {
    now: Cell<Now>,
    rng: RefCell<ChaCha20Rng>,
    sent: RefCell<Vec<Sent>>,
    sleeping: RefCell<Vec<(u64, oneshot::Sender<()>)>>,
    locks: RefCell<Vec<(String, oneshot::Sender<()>)>>,
    pub closed: Cell<bool>,
    config: Cell<&'static str>,
    /// Whether requests for the configuration wait for the test to answer them, as others do.
    pub holds_config: Cell<bool>,
}

impl Script {
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

impl Edge for Script {
    fn now(&self) -> Now {
        self.now.get()
    }

    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng)) {
        use_it(&mut *self.rng.borrow_mut());
    }

    fn send(&self, request: HttpRequest) -> LocalBoxFuture<'static, HttpResult> {
        let (answer, receiver) = oneshot::channel();
        let sent = Sent { request, answer };
        if sent.request.url.ends_with("/config.json") && !self.holds_config.get() {
            sent.answer(200, self.config.get());
        } else {
            self.sent.borrow_mut().push(sent);
        }
        async move { receiver.await.unwrap_or(Err(NoAnswer::TimeOut)) }.boxed_local()
    }

    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()> {
        let (wake, receiver) = oneshot::channel();
        let due = self.now.get().monotonic + milliseconds;
        self.sleeping.borrow_mut().push((due, wake));
        async move {
            let _ = receiver.await;
        }
        .boxed_local()
    }

    fn lock_free(&self, name: &str) -> LocalBoxFuture<'static, ()> {
        let (free, receiver) = oneshot::channel();
        self.locks.borrow_mut().push((name.to_owned(), free));
        async move {
            let _ = receiver.await;
        }
        .boxed_local()
    }

    fn address(&self) -> String {
        "http://localhost:8080/vault.js".to_owned()
    }

    fn parse_url(&self, url: &str) -> Option<(String, String)> {
        let url = web_sys::Url::new(url).ok()?;
        Some((url.origin(), url.pathname()))
    }

    fn close(&self) {
        self.closed.set(true);
    }
}

/// A vault and its world.
pub struct World {
    pub script: Rc<Script>,
    pub vault: Vault,
    pages: Cell<u32>,
}

impl World {
    pub fn new() -> World {
        World::with_config(CONFIG)
    }

    pub fn with_config(config: &'static str) -> World {
        let script = Rc::new(Script {
            now: Cell::new(Now {
                monotonic: 5_000,
                wall: 1_790_000_000_000,
            }),
            rng: RefCell::new(ChaCha20Rng::seed_from_u64(1)),
            sent: RefCell::new(Vec::new()),
            sleeping: RefCell::new(Vec::new()),
            locks: RefCell::new(Vec::new()),
            closed: Cell::new(false),
            config: Cell::new(config),
            holds_config: Cell::new(false),
        });
        let vault = Vault::new(script.clone(), true);
        World {
            script,
            vault,
            pages: Cell::new(0),
        }
    }

    /// Moves both clocks and wakes who is due, the earliest first.
    pub async fn advance(&self, milliseconds: u64) {
        // What has been answered by now may yet want to sleep.
        settle().await;
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
            settle().await;
        }
        self.set_monotonic(end);
        settle().await;
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
    pub async fn sent(&self) -> Vec<Sent> {
        settle().await;
        std::mem::take(&mut *self.script.sent.borrow_mut())
    }

    /// Takes the one request that was sent.
    pub async fn one_sent(&self) -> Sent {
        let mut sent = self.sent().await;
        assert_eq!(
            sent.len(),
            1,
            "{:?}",
            sent.iter().map(|s| &s.request.url).collect::<Vec<_>>()
        );
        sent.remove(0)
    }

    /// A page that has not said hello.
    pub fn stranger(&self) -> Page {
        let channel = MessageChannel::new().unwrap();
        self.vault.connect(channel.port2().unchecked_into());
        self.pages.set(self.pages.get() + 1);
        Page::at(
            channel.port1().unchecked_into(),
            format!("page-{}", self.pages.get()),
        )
    }

    /// A page that was welcomed.
    pub async fn page(&self) -> (Page, Welcome) {
        let page = self.stranger();
        let welcome = page.hello().await;
        (page, welcome)
    }

    /// The page is closed or has crashed: its lock is free.
    pub async fn page_gone(&self, page: &Page) {
        self.script.free(&page.lock);
        settle().await;
    }

    /// Signs in from Connect to connection; gives the connection's id.
    pub async fn connect(&self, page: &Page, pair: &str) -> String {
        let query = page.start().await;
        let waiting = page.send(callback(&query));
        self.one_sent().await.answer(200, &tokens(pair));
        self.one_sent().await.answer(200, INTROSPECTED);
        match page.reply(waiting).await.unwrap().0 {
            Reply::SignedIn {
                connection: Some(id),
                ..
            } => id,
            other => panic!("{other:?}"),
        }
    }
}

/// What every answer lets be read.
pub const HEADERS: &str = r#"[["content-type","application/json"]]"#;

/// The answer of the API that a page gets for a call.
pub fn answered(status: u16, generation: u32, repeats: u32) -> Reply {
    Reply::Api {
        status,
        generation,
        repeats,
        headers: HEADERS.to_owned(),
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
pub fn callback(state: &str) -> Request {
    Request::Callback(Callback {
        profile: "sandbox".to_owned(),
        query: format!("code=secret-code&state={state}"),
        stored: None,
    })
}

pub fn get(connection: &str, path: &str) -> Request {
    Request::Call(Call {
        connection: connection.to_owned(),
        method: Method::Get,
        path: path.to_owned(),
        query: Vec::new(),
        body: None,
        retry: Retry::Safe,
    })
}

pub fn start(profile: &str, client_id: Option<&str>, scopes: &[&str]) -> Request {
    Request::StartSignIn(StartSignIn {
        profile: profile.to_owned(),
        client_id: client_id.map(str::to_owned),
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
        return_to: "/entries".to_owned(),
        target: None,
        subject: None,
        popup: false,
    })
}
