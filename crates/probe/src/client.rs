//! The page's client of the probe.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use outlay_codes::ErrorCode;
use outlay_config::Problem;
use outlay_wire::Value;
use outlay_worker::locks;
use outlay_worker::port::{Port, PortSubscription};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{SharedWorker, WorkerOptions, WorkerType, window};

use crate::message::{
    FromProbe, MESSAGE_VERSION, ObservationMessage, ProbeCallback, ProbeHello, StartCheck, ToProbe,
};
use crate::report::{CheckReport, Observation};

/// An event of the probe for this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeEvent {
    /// The probe is ready: the results of each profile before a test, or the errors in
    /// `config.json`.
    Ready(Result<Vec<CheckReport>, Vec<Problem>>),
    /// The results of this page's test so far.
    Card(CheckReport),
    /// The test could not start, for the reason in the code.
    Refused(ErrorCode),
    /// The page has another version and must be reloaded.
    Mismatch,
    /// The probe's worker ended, and with it the test.
    Lost,
    /// The probe could not be started: the browser has no SharedWorker, or its files did not load.
    Unavailable,
}

/// A page's connection to the probe. Dropping it cancels the test.
pub struct ProbeClient(Rc<ProbeClientInner>);

struct ProbeClientInner {
    port: Port,
    _worker: SharedWorker,
    on_event: Box<dyn Fn(ProbeEvent)>,
    subscription: RefCell<Option<PortSubscription>>,
    _failed: Closure<dyn Fn()>,
    watching: Cell<bool>,
    /// Whether the probe has answered since the last request.
    answered: Rc<Cell<bool>>,
    lock: String,
    over: Cell<bool>,
}

impl ProbeClient {
    /// Starts the probe of the site at `base` (its path, ending in `/`) and sends the first
    /// message. Calls `on_event` with each event, never before this function has returned. Returns
    /// `None` if the browser has no SharedWorker: a popup could not pass on its callback.
    pub fn open(base: &str, on_event: impl Fn(ProbeEvent) + 'static) -> Option<ProbeClient> {
        let worker = worker(base).ok()?;
        let client = ProbeClient(Rc::new_cyclic(|weak: &std::rc::Weak<ProbeClientInner>| {
            let inner = weak.clone();
            let failed = Closure::<dyn Fn()>::new(move || {
                if let Some(inner) = inner.upgrade() {
                    inner.end(ProbeEvent::Unavailable);
                }
            });
            worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
            ProbeClientInner {
                port: worker.port().unchecked_into(),
                _worker: worker,
                on_event: Box::new(on_event),
                subscription: RefCell::new(None),
                _failed: failed,
                watching: Cell::new(false),
                answered: Rc::default(),
                lock: locks::new_page_lock(),
                over: Cell::new(false),
            }
        }));
        let weak = Rc::downgrade(&client.0);
        let subscription = client.0.port.listen(move |message, _| {
            if let Some(inner) = weak.upgrade() {
                inner.receive(message);
            }
        });
        *client.0.subscription.borrow_mut() = Some(subscription);
        client.watch_page();
        let weak = Rc::downgrade(&client.0);
        spawn_local(async move {
            let Some(lock) = weak.upgrade().map(|inner| inner.lock.clone()) else {
                return;
            };
            let taken_away = locks::hold_for_page(&lock).await;
            if let Some(inner) = weak.upgrade() {
                inner.say_hello();
            }
            // The probe then treats this page as closed and has ended its test.
            taken_away.await;
            if let Some(inner) = weak.upgrade() {
                inner.end(ProbeEvent::Lost);
            }
        });
        Some(client)
    }

    /// Starts a test with the parameters of a report in [`ProbeEvent::Ready`]. Reports follow until
    /// one is `Done`.
    pub fn start(&self, start: StartCheck) {
        self.0.send(&ToProbe::Start(start));
    }

    /// Reports what the user saw in a popup that did not return.
    pub fn saw(&self, window: u32, sight: Observation) {
        self.0
            .send(&ToProbe::Saw(ObservationMessage { window, sight }));
    }

    /// Ends the test and drops its secrets. The report stays on the page.
    pub fn cancel(&self) {
        self.0.send(&ToProbe::Cancel);
    }

    /// Cancels the test when the page is left or moved to the back-forward cache.
    fn watch_page(&self) {
        let weak = Rc::downgrade(&self.0);
        let hidden = Closure::<dyn Fn()>::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.send(&ToProbe::Cancel);
            }
        });
        if let Some(window) = window() {
            let handler = hidden.as_ref().unchecked_ref();
            let _ = window.add_event_listener_with_callback("pagehide", handler);
        }
        hidden.forget();
    }
}

impl Drop for ProbeClient {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl ProbeClientInner {
    fn say_hello(&self) {
        self.send(&ToProbe::Hello(ProbeHello {
            version: MESSAGE_VERSION,
            lock: self.lock.clone(),
        }));
    }

    fn send(&self, message: &ToProbe) {
        if !self.over.get() {
            self.port.send(message);
        }
    }

    fn receive(self: Rc<Self>, message: Option<FromProbe>) {
        let event = match message {
            Some(FromProbe::Welcome(cards)) => {
                self.answered.set(true);
                // Only the first one starts something.
                if self.watching.get() {
                    return;
                }
                self.watch();
                ProbeEvent::Ready(cards)
            }
            Some(FromProbe::Card(card)) => ProbeEvent::Card(card),
            Some(FromProbe::Refused(code)) => ProbeEvent::Refused(code),
            Some(FromProbe::Taken(_)) => return,
            Some(FromProbe::Broken) => return self.end(ProbeEvent::Unavailable),
            Some(FromProbe::Mismatch) | None => return self.end(ProbeEvent::Mismatch),
        };
        (self.on_event)(event);
    }

    /// Watches the probe's own lock after its first answer. The release of the lock shows that the
    /// probe ended.
    fn watch(self: &Rc<Self>) {
        self.watching.set(true);
        let weak = Rc::downgrade(self);
        let answered = self.answered.clone();
        spawn_local(async move {
            let ask = || {
                if let Some(inner) = weak.upgrade() {
                    inner.say_hello();
                }
            };
            locks::wait_until_worker_is_gone(&crate::alive_lock(), &answered, ask).await;
            if let Some(inner) = weak.upgrade() {
                inner.end(ProbeEvent::Lost);
            }
        });
    }

    fn end(&self, event: ProbeEvent) {
        if !self.over.replace(true) {
            (self.on_event)(event);
        }
    }
}

/// Passes a callback's query to the probe and waits until the probe has it, so that the window may
/// close. Call it only for a query that [`crate::callback::route_callback`] assigns to the probe.
pub async fn hand_over(base: &str, profile: &str, query: &str) {
    let Ok(worker) = worker(base) else { return };
    let port: Port = worker.port().unchecked_into();
    let (sender, receiver) = oneshot::channel();
    let sender = Cell::new(Some(sender));
    // Every message shows that the probe runs.
    let _subscription = port.listen(move |_: Option<Value>, _| {
        if let Some(sender) = sender.take() {
            let _ = sender.send(());
        }
    });
    let callback = ProbeCallback {
        profile: profile.to_owned(),
        query: query.to_owned(),
    };
    port.send(&ToProbe::Callback(callback));
    let _ = receiver.await;
}

/// Creates or joins the probe's worker. The only call of the constructor, because the same name
/// with other options never connects. Without extended lifetime: the worker and its secrets end
/// with the last page.
fn worker(base: &str) -> Result<SharedWorker, JsValue> {
    if !js_sys::Reflect::has(&js_sys::global(), &"SharedWorker".into())? {
        return Err(JsValue::UNDEFINED);
    }
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(&["probe-", &*MESSAGE_VERSION.to_string()].concat());
    SharedWorker::new_with_worker_options(&[base, "probe.js"].concat(), &options)
}
