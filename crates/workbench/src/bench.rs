//! Opening and closing, and what the vault tells.

use std::any::Any;
use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;

use leptos::mount::mount_to;
use leptos::prelude::*;
use outlay_config::{Config, Problem};
use outlay_page::components::problems::ConfigProblems;
use outlay_page::platform::document;
use outlay_vault::client::{Client, ClientEvent};
use outlay_vault::message::{RECORD_LINES, Record, Snapshot};
use web_sys::HtmlElement;

thread_local! {
    static BENCH: OnceCell<Bench> = const { OnceCell::new() };
    static SHOWN: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
}

/// What every page of a part of the site has. It lives as long as the tab.
#[derive(Clone)]
pub struct Bench {
    /// The vault.
    pub client: Client,
    /// The configuration, once the vault has told it.
    pub config: ArcRwSignal<Option<Result<Config, Vec<Problem>>>>,
    /// All connections and sign-ins.
    pub snapshot: ArcRwSignal<Snapshot>,
    /// The record, the oldest line first.
    pub record: ArcRwSignal<VecDeque<Record>>,
}

impl Bench {
    /// The one of this tab.
    pub fn get() -> Bench {
        BENCH.with(|bench| bench.get_or_init(Bench::start).clone())
    }

    fn start() -> Bench {
        let config = ArcRwSignal::new(None);
        let snapshot = ArcRwSignal::new(Snapshot::default());
        let record = ArcRwSignal::new(VecDeque::new());
        let told = (config.clone(), snapshot.clone(), record.clone());
        let client = Client::open(&document::base(), move |event| {
            let (config, snapshot, record) = &told;
            match event {
                ClientEvent::Welcome(welcome) => {
                    config.set(Some(welcome.config));
                    snapshot.set(welcome.snapshot);
                    record.set(welcome.record.into());
                }
                ClientEvent::State(now) => snapshot.set(now),
                ClientEvent::Record(line) => record.update(|lines| {
                    if lines.len() == RECORD_LINES {
                        lines.pop_front();
                    }
                    lines.push_back(line);
                }),
                // The page's own port hears of the vault's end too, and puts that in this one's place.
                ClientEvent::Mode { .. }
                | ClientEvent::Mismatch
                | ClientEvent::Lost
                | ClientEvent::Unavailable => {}
            }
        });
        Bench {
            client,
            config,
            snapshot,
            record,
        }
    }
}

/// Shows a page in `host`, once the vault has told the configuration.
pub fn open(host: HtmlElement, page: impl Fn(Config) -> AnyView + Send + 'static) {
    close();
    let shown = mount_to(host, move || gate(page));
    SHOWN.with(|place| *place.borrow_mut() = Some(Box::new(shown)));
}

/// Takes the page away.
pub fn close() {
    let shown = SHOWN.with(|place| place.borrow_mut().take());
    drop(shown);
}

/// The page, once the vault has told the configuration; what is wrong with it in its place.
fn gate(page: impl Fn(Config) -> AnyView + Send + 'static) -> impl IntoView {
    let bench = Bench::get();
    let config = Memo::new(move |_| bench.config.get());
    let shown = move || match config.get() {
        None => view! { <p class="waiting" role="status">"Loading…"</p> }.into_any(),
        Some(Err(problems)) => view! { <ConfigProblems problems /> }.into_any(),
        Some(Ok(config)) => page(config),
    };
    view! { {move || shown()} }
}
