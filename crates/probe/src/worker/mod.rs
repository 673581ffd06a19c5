//! The engine in its worker: at most one run for each page, and the runs that wait for a callback.
//!
//! Reading order: this file (pages, runs, messages), [`browser`] (I/O).

pub mod browser;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use outlay_codes::ErrorCode;

use futures::channel::oneshot;
use futures::future::{AbortHandle, abortable};
use outlay_config::{Config, Problem};
use outlay_oauth::state::StateValue;
use outlay_worker::port::{Port, PortSubscription};
use outlay_worker::{config_file, fetch, location, locks};
use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroizing;

use crate::callback;
use crate::diagnosis::SiteContext;
use crate::engine::{self, RunSetup};
use crate::io::SignInReturn;
use crate::message::{
    FromProbe, MESSAGE_VERSION, ObservationMessage, ProbeCallback, ProbeHello, StartCheck, ToProbe,
};
use crate::report::CheckReport;
use browser::BrowserProbeIo;

/// The probe of one worker. Clones share its state.
#[derive(Clone, Default)]
pub struct ProbeWorker(Rc<ProbeWorkerInner>);

#[derive(Default)]
struct ProbeWorkerInner {
    pages: RefCell<Vec<Rc<ProbePage>>>,
}

/// A page's port, and its run.
pub(crate) struct ProbePage {
    port: Port,
    subscription: RefCell<Option<PortSubscription>>,
    introduced: Cell<bool>,
    /// Aborts the run, which drops its secrets.
    run: RefCell<Option<AbortHandle>>,
    waiting: RefCell<Option<Waiting>>,
}

/// A run that waits for a callback.
pub(crate) struct Waiting {
    pub(crate) window: u32,
    pub(crate) state: StateValue,
    pub(crate) back: oneshot::Sender<SignInReturn>,
}

impl ProbeWorker {
    /// Serves the page at the other end of `port` until it closes.
    pub fn connect(&self, port: Port) {
        let page = Rc::new(ProbePage {
            port,
            subscription: RefCell::new(None),
            introduced: Cell::new(false),
            run: RefCell::new(None),
            waiting: RefCell::new(None),
        });
        let probe = self.clone();
        let weak = Rc::downgrade(&page);
        let subscription = page.port.listen(move |message, _| {
            if let Some(page) = weak.upgrade() {
                probe.receive(&page, message);
            }
        });
        *page.subscription.borrow_mut() = Some(subscription);
        self.0.pages.borrow_mut().push(page);
    }

    fn receive(&self, page: &Rc<ProbePage>, message: Option<ToProbe>) {
        match message {
            Some(ToProbe::Hello(hello)) => self.greet(page, hello),
            Some(ToProbe::Callback(brought)) => {
                let taken = self.bring(brought);
                page.send_message(&FromProbe::Taken(taken));
                self.forget(page);
            }
            None => page.send_message(&FromProbe::Mismatch),
            Some(_) if !page.introduced.get() => {}
            Some(ToProbe::Start(start)) => begin(page, start),
            Some(ToProbe::Saw(saw)) => page.saw(&saw),
            Some(ToProbe::Cancel) => page.end(),
        }
    }

    fn greet(&self, page: &Rc<ProbePage>, hello: ProbeHello) {
        if hello.version != MESSAGE_VERSION {
            return page.send_message(&FromProbe::Mismatch);
        }
        if !page.introduced.replace(true) {
            let (probe, gone) = (self.clone(), page.clone());
            spawn_local(async move {
                locks::wait_until_free(&hello.lock).await;
                probe.forget(&gone);
            });
        }
        let page = page.clone();
        spawn_local(async move {
            let config = read_config().await;
            let cards = config.map(|config| config.profiles.iter().map(engine::ready).collect());
            page.send_message(&FromProbe::Welcome(cards));
        });
    }

    /// Removes a closed page and ends its run.
    fn forget(&self, page: &Rc<ProbePage>) {
        page.end();
        // The page's own message handler may be running.
        let subscription = page.subscription.take();
        spawn_local(async move { drop(subscription) });
        self.0
            .pages
            .borrow_mut()
            .retain(|other| !Rc::ptr_eq(other, page));
    }

    /// Passes a callback's query to the run with its `state`.
    fn bring(&self, brought: ProbeCallback) -> bool {
        let ProbeCallback { profile, query } = brought;
        let query = Zeroizing::new(query);
        for page in &*self.0.pages.borrow() {
            let waiting = page.waiting.take();
            let Some(waiting) = waiting else { continue };
            let known =
                |state: Vec<u8>| String::from_utf8(state).is_ok_and(|s| is(&waiting.state, &s));
            if callback::states(&query).any(known) {
                return waiting
                    .back
                    .send(SignInReturn::Query { profile, query })
                    .is_ok();
            }
            *page.waiting.borrow_mut() = Some(waiting);
        }
        false
    }
}

/// States are compared by hash, so that the time it takes reveals nothing.
fn is(state: &StateValue, given: &str) -> bool {
    StateValue::received(given).hash() == state.hash()
}

impl ProbePage {
    fn send_message(&self, message: &FromProbe) {
        self.port.send(message);
    }

    pub(crate) fn show(&self, card: &CheckReport) {
        self.send_message(&FromProbe::Card(card.clone()));
    }

    pub(crate) fn wait(&self, waiting: Waiting) {
        *self.waiting.borrow_mut() = Some(waiting);
    }

    fn saw(&self, saw: &ObservationMessage) {
        let waiting = self.waiting.take();
        match waiting {
            Some(waiting) if waiting.window == saw.window => {
                let _ = waiting.back.send(SignInReturn::Saw(saw.sight));
            }
            other => *self.waiting.borrow_mut() = other,
        }
    }

    fn end(&self) {
        self.waiting.take();
        if let Some(run) = self.run.take() {
            run.abort();
        }
    }
}

/// Starts a run in place of the page's run before.
fn begin(page: &Rc<ProbePage>, start: StartCheck) {
    page.end();
    let (running, abort) = abortable(ask(page.clone(), start));
    *page.run.borrow_mut() = Some(abort);
    spawn_local(async move {
        let _ = running.await;
    });
}

async fn ask(page: Rc<ProbePage>, start: StartCheck) {
    let setup = match setup(start).await {
        Ok(setup) => setup,
        Err(code) => return page.send_message(&FromProbe::Refused(code)),
    };
    engine::run(&BrowserProbeIo::of(&page), setup).await;
}

async fn setup(start: StartCheck) -> Result<RunSetup, ErrorCode> {
    let config = read_config().await.map_err(|_| ErrorCode::ConfigInvalid)?;
    let profile = config
        .profile(&start.profile)
        .ok_or(ErrorCode::ProfileUnknown)?;
    let here = SiteContext {
        origin: location::origin(),
        config: config_file::request(&location::script_url()).url,
        api_base: profile.api_base.clone(),
    };
    RunSetup::new(profile, here, start)
}

async fn read_config() -> Result<Config, Vec<Problem>> {
    let request = config_file::request(&location::script_url());
    let origin = location::origin();
    let path = request.url.strip_prefix(&*origin).unwrap_or("/").to_owned();
    let answer = fetch::send(request).await.ok();
    let answer = answer.map(|answer| (answer.status, browser::text(answer.body)));
    let answer = answer.as_ref().map(|(status, text)| (*status, &***text));
    config_file::check(&origin, &path, answer)
}
