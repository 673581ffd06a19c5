//! The engine in its worker: one run per page at most, and whoever waits for a callback.
//!
//! Reading order: this file (pages, runs, what pages ask for), [`browser`] (the edge).

pub mod browser;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{AbortHandle, abortable};
use outlay_config::{Config, Problem};
use outlay_oauth::state::State;
use outlay_worker::port::{Port, Subscription};
use outlay_worker::{config_file, fetch, location, locks};
use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroizing;

use crate::callback;
use crate::card::Card;
use crate::diagnosis::Here;
use crate::edge::Return;
use crate::engine::{self, Setup};
use crate::message::{Callback, FromProbe, Hello, MESSAGE_VERSION, Saw, Start, ToProbe};
use browser::Browser;

/// The probe of one worker. Clones are the same probe.
#[derive(Clone, Default)]
pub struct Probe(Rc<Inner>);

#[derive(Default)]
struct Inner {
    pages: RefCell<Vec<Rc<Page>>>,
}

/// A page's port, and its run.
pub(crate) struct Page {
    port: Port,
    subscription: RefCell<Option<Subscription>>,
    introduced: Cell<bool>,
    /// Ends the run; what it holds is wiped with it.
    run: RefCell<Option<AbortHandle>>,
    waiting: RefCell<Option<Waiting>>,
}

/// A run that waits for a window.
pub(crate) struct Waiting {
    pub(crate) window: u32,
    pub(crate) state: State,
    pub(crate) back: oneshot::Sender<Return>,
}

impl Probe {
    /// Takes on a page.
    pub fn connect(&self, port: Port) {
        let page = Rc::new(Page {
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

    fn receive(&self, page: &Rc<Page>, message: Option<ToProbe>) {
        match message {
            Some(ToProbe::Hello(hello)) => self.greet(page, hello),
            Some(ToProbe::Callback(brought)) => {
                let taken = self.bring(brought);
                page.tell(&FromProbe::Taken(taken));
                self.forget(page);
            }
            None => page.tell(&FromProbe::Mismatch),
            Some(_) if !page.introduced.get() => {}
            Some(ToProbe::Start(start)) => begin(page, start),
            Some(ToProbe::Saw(saw)) => page.saw(&saw),
            Some(ToProbe::Cancel) => page.end(),
        }
    }

    fn greet(&self, page: &Rc<Page>, hello: Hello) {
        if hello.version != MESSAGE_VERSION {
            return page.tell(&FromProbe::Mismatch);
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
            page.tell(&FromProbe::Welcome(cards));
        });
    }

    /// A page is gone, and its run with it.
    fn forget(&self, page: &Rc<Page>) {
        page.end();
        // Its own handler may be running.
        let subscription = page.subscription.take();
        spawn_local(async move { drop(subscription) });
        self.0
            .pages
            .borrow_mut()
            .retain(|other| !Rc::ptr_eq(other, page));
    }

    /// Gives a callback's query to the run whose state stands in it.
    fn bring(&self, brought: Callback) -> bool {
        let Callback { profile, query } = brought;
        let query = Zeroizing::new(query);
        for page in &*self.0.pages.borrow() {
            let waiting = page.waiting.take();
            let Some(waiting) = waiting else { continue };
            let known =
                |state: Vec<u8>| String::from_utf8(state).is_ok_and(|s| is(&waiting.state, &s));
            if callback::states(&query).any(known) {
                return waiting.back.send(Return::Query { profile, query }).is_ok();
            }
            *page.waiting.borrow_mut() = Some(waiting);
        }
        false
    }
}

/// States are compared by hash, so that the time it takes tells nothing.
fn is(state: &State, given: &str) -> bool {
    State::received(given).hash() == state.hash()
}

impl Page {
    fn tell(&self, message: &FromProbe) {
        self.port.send(message);
    }

    pub(crate) fn show(&self, card: &Card) {
        self.tell(&FromProbe::Card(card.clone()));
    }

    pub(crate) fn wait(&self, waiting: Waiting) {
        *self.waiting.borrow_mut() = Some(waiting);
    }

    fn saw(&self, saw: &Saw) {
        let waiting = self.waiting.take();
        match waiting {
            Some(waiting) if waiting.window == saw.window => {
                let _ = waiting.back.send(Return::Saw(saw.sight));
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

/// Begins a run in place of the one before.
fn begin(page: &Rc<Page>, start: Start) {
    page.end();
    let (running, abort) = abortable(ask(page.clone(), start));
    *page.run.borrow_mut() = Some(abort);
    spawn_local(async move {
        let _ = running.await;
    });
}

async fn ask(page: Rc<Page>, start: Start) {
    let setup = match setup(start).await {
        Ok(setup) => setup,
        Err(code) => return page.tell(&FromProbe::Refused(code.to_owned())),
    };
    engine::run(&Browser::of(&page), setup).await;
}

async fn setup(start: Start) -> Result<Setup, &'static str> {
    let config = read_config().await.map_err(|_| "config_invalid")?;
    let profile = config.profile(&start.profile).ok_or("profile_unknown")?;
    let here = Here {
        origin: location::origin(),
        config: config_file::request(&location::script_url()).url,
        api_base: profile.api_base.clone(),
    };
    Setup::new(profile, here, start)
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
