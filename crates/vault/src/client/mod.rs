//! The page's client of the vault: opens it, sends requests, and notices when it has ended.
//! [`types`] has its return types.

mod types;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use outlay_codes::ErrorCode;

use futures::channel::oneshot;
use js_sys::Object;
use outlay_worker::locks;
use outlay_worker::port::{Port, PortSubscription};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventTarget, PageTransitionEvent, window};

use crate::message::{
    ApiCall, Authorization, CallbackData, Failure, FlowStep, FromVault, MESSAGE_VERSION, RequestId,
    SignedIn, StartSignIn, ToVault, VaultHello, VaultReply, VaultRequest,
};
use crate::open::open_worker;

pub use types::{ApiAnswer, ClientEvent};

/// Shortest time between two activity messages to the vault, in milliseconds.
const ACTIVITY_INTERVAL: f64 = 15_000.0;

/// This page's connection to the vault. Clones share one message port.
#[derive(Clone)]
pub struct VaultClient(Rc<VaultClientInner>);

type SettledRequest = Result<(VaultReply, Option<Vec<u8>>), Failure>;

struct VaultClientInner {
    port: Port,
    shared: bool,
    lock: String,
    on_event: Box<dyn Fn(ClientEvent)>,
    subscription: RefCell<Option<PortSubscription>>,
    /// The requests in progress. A list, because there are few and its code is smaller than a
    /// map's.
    waiting: RefCell<Vec<(RequestId, oneshot::Sender<SettledRequest>)>>,
    next: Cell<RequestId>,
    lost: Cell<bool>,
    watching: Cell<bool>,
    /// Whether the vault has answered since the last request.
    answered: Cell<bool>,
    last_activity: Cell<f64>,
}

impl VaultClient {
    /// Opens the vault of the site at `base` (its path, ending in `/`) and sends the first message.
    ///
    /// Calls `on_event` with each event, never before this function has returned.
    pub fn open(base: &str, on_event: impl Fn(ClientEvent) + 'static) -> VaultClient {
        let opened = open_worker(base);
        let (port, shared, extended, failed) = match opened {
            Ok(opened) => (opened.port, opened.shared, opened.extended, opened.errors),
            // There is no worker: a port without an other end keeps the rest of this type simple.
            Err(_) => (
                JsValue::from(Object::new()).unchecked_into(),
                false,
                false,
                None,
            ),
        };
        let unavailable = failed.is_none();
        let client = VaultClient(Rc::new(VaultClientInner {
            port,
            shared,
            lock: locks::new_page_lock(),
            on_event: Box::new(on_event),
            subscription: RefCell::new(None),
            waiting: RefCell::new(Vec::new()),
            next: Cell::new(0),
            lost: Cell::new(unavailable),
            watching: Cell::new(false),
            answered: Cell::new(false),
            last_activity: Cell::new(0.0),
        }));
        if let Some(errors) = failed {
            client.listen();
            client.watch_errors(&errors);
            client.watch_page();
        }
        let greeting = client.clone();
        spawn_local(async move {
            if unavailable {
                greeting.send_message(ClientEvent::Unavailable);
                return;
            }
            greeting.send_message(ClientEvent::Mode { shared, extended });
            let taken_away = locks::hold_for_page(&greeting.0.lock).await;
            greeting.say_hello();
            // The vault then counts this page as closed and ignores its messages.
            taken_away.await;
            greeting.lose(ClientEvent::Lost);
        });
        client
    }

    /// Starts a sign-in.
    ///
    /// # Errors
    ///
    /// `profile_unknown`, `client_id_needed`, `client_id_refused`, `scope_refused`,
    /// `config_invalid`, `config_unreachable`, `vault_lost`.
    pub async fn start_sign_in(&self, start: StartSignIn) -> Result<Authorization, Failure> {
        match self.ask(VaultRequest::StartSignIn(start)).await?.0 {
            VaultReply::Authorize(authorization) => Ok(authorization),
            _ => Err(Failure::of(ErrorCode::VaultMismatch)),
        }
    }

    /// Passes the callback's query to the vault and waits for the exchange.
    ///
    /// # Errors
    ///
    /// The codes of a failed callback or exchange, see [`ErrorCode`].
    pub async fn callback(&self, callback: CallbackData) -> Result<SignedIn, Failure> {
        self.signed_in(VaultRequest::Callback(callback)).await
    }

    /// Waits for the end of a sign-in with a callback on another page. Dropping the future only
    /// stops the waiting.
    ///
    /// # Errors
    ///
    /// As [`VaultClient::callback`], and `sign_in_cancelled`.
    pub async fn watch_sign_in(&self, sign_in: u32) -> Result<SignedIn, Failure> {
        self.signed_in(VaultRequest::WatchSignIn { sign_in }).await
    }

    async fn signed_in(&self, request: VaultRequest) -> Result<SignedIn, Failure> {
        match self.ask(request).await?.0 {
            VaultReply::SignedIn(signed_in) => Ok(signed_in),
            _ => Err(Failure::of(ErrorCode::VaultMismatch)),
        }
    }

    /// Cancels a sign-in; a later callback for it fails with `state_unknown`.
    pub async fn cancel_sign_in(&self, sign_in: u32) {
        let _ = self.ask(VaultRequest::CancelSignIn { sign_in }).await;
    }

    /// Signs out of one connection, in all tabs.
    pub async fn remove(&self, connection: &str) {
        let connection = connection.to_owned();
        let _ = self.ask(VaultRequest::Remove { connection }).await;
    }

    /// Calls Pleo's API. Dropping the future cancels the call.
    ///
    /// # Errors
    ///
    /// The code of the failure if there is no usable response. Every HTTP response but a final 401
    /// is an `Ok`.
    pub async fn call(&self, call: ApiCall) -> Result<ApiAnswer, Failure> {
        match self.ask(VaultRequest::Call(call)).await? {
            (
                VaultReply::Api {
                    status,
                    generation,
                    repeats,
                    headers,
                },
                body,
            ) => Ok(ApiAnswer {
                status,
                generation,
                repeats,
                headers,
                body: body.unwrap_or_default(),
            }),
            _ => Err(Failure::of(ErrorCode::VaultMismatch)),
        }
    }

    /// Returns the latest requests and responses, the oldest first, without secrets.
    ///
    /// # Errors
    ///
    /// `vault_lost`.
    pub async fn inspect(&self) -> Result<Vec<FlowStep>, Failure> {
        match self.ask(VaultRequest::Inspect).await?.0 {
            VaultReply::Steps { steps } => {
                let steps = steps.iter().filter_map(|step| outlay_wire::from_text(step));
                let mut steps: Vec<FlowStep> = steps.collect();
                steps.sort_by_key(|step| step.at);
                Ok(steps)
            }
            _ => Err(Failure::of(ErrorCode::VaultMismatch)),
        }
    }

    /// Runs a delayed refresh of `connection` now instead of after its backoff.
    pub async fn retry_now(&self, connection: &str) {
        let connection = connection.to_owned();
        let _ = self.ask(VaultRequest::RetryNow { connection }).await;
    }

    /// Signs out of every connection and cancels every sign-in, in all tabs.
    pub async fn sign_out(&self) {
        let _ = self.ask(VaultRequest::SignOut).await;
    }

    /// Reports user activity, which restarts the idle time. Cheap enough for
    /// every event: it sends at most one message in `ACTIVITY_INTERVAL`.
    pub fn activity(&self) {
        let now = js_sys::Date::now();
        if (now - self.0.last_activity.get()).abs() >= ACTIVITY_INTERVAL {
            self.0.last_activity.set(now);
            self.send(&ToVault::Activity);
        }
    }

    /// Reports that the user sees this connection.
    pub fn in_view(&self, connection: &str) {
        self.send(&ToVault::InView(connection.to_owned()));
    }

    /// Sends the hello message again: the vault checks its clocks and sends its state, without
    /// counting as user activity.
    pub fn refresh_snapshot(&self) {
        self.say_hello();
    }

    async fn ask(&self, request: VaultRequest) -> SettledRequest {
        if self.0.lost.get() {
            return Err(Failure::of(ErrorCode::VaultLost));
        }
        let id = self.0.next.get();
        self.0.next.set(id.wrapping_add(1));
        let (sender, receiver) = oneshot::channel();
        self.0.waiting.borrow_mut().push((id, sender));
        self.send(&ToVault::Request { id, request });
        let mut given_up = GivenUp {
            client: self,
            id,
            armed: true,
        };
        let settled = receiver.await;
        given_up.armed = false;
        settled.unwrap_or_else(|_| Err(Failure::of(ErrorCode::VaultLost)))
    }

    fn send(&self, message: &ToVault) {
        if !self.0.lost.get() {
            self.0.port.send(message);
        }
    }

    fn send_message(&self, event: ClientEvent) {
        (self.0.on_event)(event);
    }

    fn say_hello(&self) {
        self.send(&ToVault::Hello(VaultHello {
            version: MESSAGE_VERSION,
            lock: self.0.lock.clone(),
        }));
    }

    fn listen(&self) {
        let weak = Rc::downgrade(&self.0);
        let subscription = self.0.port.listen(move |message, body| {
            if let Some(inner) = weak.upgrade() {
                VaultClient(inner).receive(message, body);
            }
        });
        *self.0.subscription.borrow_mut() = Some(subscription);
    }

    fn receive(&self, message: Option<FromVault>, body: Option<Vec<u8>>) {
        match message {
            Some(FromVault::Reply { id, result }) => {
                if let Some(waiting) = self.no_longer_waiting(id) {
                    let _ = waiting.send(result.map(|reply| (reply, body)));
                }
            }
            Some(FromVault::Welcome(welcome)) => {
                self.0.answered.set(true);
                self.watch_vault();
                self.send_message(ClientEvent::Welcome(welcome));
            }
            Some(FromVault::State(snapshot)) => self.send_message(ClientEvent::State(snapshot)),
            Some(FromVault::Event(record)) => self.send_message(ClientEvent::Record(record)),
            Some(FromVault::Broken) => self.lose(ClientEvent::Unavailable),
            Some(FromVault::Mismatch { .. }) | None => self.lose(ClientEvent::Mismatch),
        }
    }

    /// Watches the vault's own lock after its first answer. The release of the lock shows that the
    /// vault ended.
    fn watch_vault(&self) {
        if !self.0.shared || self.0.watching.replace(true) {
            return;
        }
        let client = self.clone();
        spawn_local(async move {
            let alive = crate::alive_lock();
            locks::wait_until_worker_is_gone(&alive, &client.0.answered, || client.say_hello())
                .await;
            client.lose(ClientEvent::Lost);
        });
    }

    /// Removes a request from those in progress; `None` if it is not among them.
    fn no_longer_waiting(&self, id: RequestId) -> Option<oneshot::Sender<SettledRequest>> {
        let mut waiting = self.0.waiting.borrow_mut();
        let at = waiting.iter().position(|(other, _)| *other == id)?;
        Some(waiting.swap_remove(at).1)
    }

    fn lose(&self, event: ClientEvent) {
        if self.0.lost.replace(true) {
            return;
        }
        let waiting = std::mem::take(&mut *self.0.waiting.borrow_mut());
        for (_, sender) in waiting {
            let _ = sender.send(Err(Failure::of(ErrorCode::VaultLost)));
        }
        self.send_message(event);
    }

    fn watch_errors(&self, worker: &EventTarget) {
        let client = self.clone();
        let failed = Closure::<dyn Fn()>::new(move || client.lose(ClientEvent::Unavailable));
        let _ = worker.add_event_listener_with_callback("error", failed.as_ref().unchecked_ref());
        failed.forget();
    }

    fn watch_page(&self) {
        let Some(window) = window() else { return };
        let client = self.clone();
        let hidden = Closure::<dyn Fn()>::new(move || client.send(&ToVault::Dormant));
        let _ =
            window.add_event_listener_with_callback("pagehide", hidden.as_ref().unchecked_ref());
        hidden.forget();
        let client = self.clone();
        let shown =
            Closure::<dyn Fn(PageTransitionEvent)>::new(move |event: PageTransitionEvent| {
                if event.persisted() {
                    client.say_hello();
                }
            });
        let _ = window.add_event_listener_with_callback("pageshow", shown.as_ref().unchecked_ref());
        shown.forget();
    }
}

/// Sends a cancel message if the page drops a request before its answer arrives.
struct GivenUp<'a> {
    client: &'a VaultClient,
    id: RequestId,
    armed: bool,
}

impl Drop for GivenUp<'_> {
    fn drop(&mut self) {
        if self.armed {
            drop(self.client.no_longer_waiting(self.id));
            self.client.send(&ToVault::Cancel { id: self.id });
        }
    }
}
