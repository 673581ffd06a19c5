//! The page's end of the port.

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
    /// The probe is there: one card per profile, ready to be started; or what is wrong with
    /// `config.json`.
    Ready(Result<Vec<CheckReport>, Vec<Problem>>),
    /// The current report of this page's run.
    Card(CheckReport),
    /// The run could not begin; holds the code.
    Refused(ErrorCode),
    /// The page is of another build: it should be loaded again.
    Mismatch,
    /// The probe's worker ended, and the run with it.
    Lost,
    /// The probe could not be started: no SharedWorker here, or its files did not load.
    Unavailable,
}

/// This page's connection to the probe. Dropping it cancels the run.
pub struct ProbeClient(Rc<ProbeClientInner>);

struct ProbeClientInner {
    port: Port,
    _worker: SharedWorker,
    on_event: Box<dyn Fn(ProbeEvent)>,
    subscription: RefCell<Option<PortSubscription>>,
    _failed: Closure<dyn Fn()>,
    watching: Cell<bool>,
    /// Whether the probe has answered since it was last asked.
    answered: Rc<Cell<bool>>,
    lock: String,
    over: Cell<bool>,
}

impl ProbeClient {
    /// Starts the probe of the site at `base` (its path, ending in `/`) and shakes hands with it.
    /// Everything that follows comes through `on_event`, never before this has returned. None where
    /// the browser has no SharedWorker: a window could not hand its answer over.
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
            // The probe takes this page for gone then, and has ended its run.
            taken_away.await;
            if let Some(inner) = weak.upgrade() {
                inner.end(ProbeEvent::Lost);
            }
        });
        Some(client)
    }

    /// Begins a run with a card of [`ProbeEvent::Ready`]; cards follow until one is `Done`.
    pub fn start(&self, start: StartCheck) {
        self.0.send(&ToProbe::Start(start));
    }

    /// Reports what the user saw in a popup that did not return.
    pub fn saw(&self, window: u32, sight: Observation) {
        self.0
            .send(&ToProbe::Saw(ObservationMessage { window, sight }));
    }

    /// Ends the run. Everything it holds is wiped; the card stays as it is on the page.
    pub fn cancel(&self) {
        self.0.send(&ToProbe::Cancel);
    }

    /// A page that is left, or kept for going back, has no run.
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
                // Only the first one begins something.
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

    /// From the first welcome on, the release of the probe's own lock shows that it ended.
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

/// Gives a callback page's query to the probe, and waits until it has it: the window may be closed
/// then. Only for a query whose [`crate::callback::route_callback`] is the probe.
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

/// The one place that makes the worker: the same name with other options would never connect. It
/// has no extended lifetime: what it holds goes with the last page.
fn worker(base: &str) -> Result<SharedWorker, JsValue> {
    if !js_sys::Reflect::has(&js_sys::global(), &"SharedWorker".into())? {
        return Err(JsValue::UNDEFINED);
    }
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(&["probe-", &*MESSAGE_VERSION.to_string()].concat());
    SharedWorker::new_with_worker_options(&[base, "probe.js"].concat(), &options)
}
