//! The frame around every page, and the routes.

use std::borrow::Cow;

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::{NavigateOptions, ParamSegment, StaticSegment};
use outlay_probe::callback::{Owner, owner};
use outlay_probe::client::hand_over;

use crate::components::band::EnvironmentBand;
use crate::components::beside::BesideDialog;
use crate::components::copied_amounts;
use crate::components::countdown::IdleCountdown;
use crate::components::farewell::Farewell;
use crate::components::other_version::OtherVersionNote;
use crate::components::rail::Rail;
use crate::components::switcher::ConnectAnother;
use crate::components::theme::Theme;
use crate::components::topbar::TopBar;
use crate::components::veil::Veil;
use crate::pages::callback::CallbackPage;
use crate::pages::connect::ConnectPage;
use crate::pages::entries::EntriesPage;
use crate::pages::gate::Gate;
use crate::pages::not_found::NotFoundPage;
use crate::pages::overview::OverviewPage;
use crate::pages::part::PartPage;
use crate::platform::arrival::{self, Arrival};
use crate::platform::{clock, document, location, popup};
use crate::route;
use crate::session::Session;
use crate::session::books::Books;
use crate::session::names::Names;
use crate::session::renewal;
use crate::session::view::View;

/// The way back from a sign-in, taken by the callback page once.
#[derive(Clone, Copy)]
pub struct Landed(pub StoredValue<Option<Arrival>>);

/// The route that was in view last, other than the one for connecting, which leads back there.
#[derive(Clone, Copy)]
pub struct Before(pub StoredValue<Option<String>>);

/// Reads how the page was arrived at, then puts it on the screen.
pub fn start() {
    if arrival::is_prerendering() {
        wasm_bindgen_futures::spawn_local(async {
            arrival::shown().await;
            arrive();
        });
    } else {
        arrive();
    }
}

/// A callback goes to whom it belongs to. What is the probe's never meets the vault: this page is
/// not even mounted.
fn arrive() {
    let arrival = arrival::take();
    let notice = take_notice();
    let query = arrival.as_ref().map_or("", |arrival| &arrival.query);
    match (owner(query), arrival) {
        (Owner::Vault, arrival) => mount(arrival, notice),
        (Owner::Probe, Some(arrival)) => wasm_bindgen_futures::spawn_local(async move {
            hand_over(&document::base(), &arrival.profile, &arrival.query).await;
            document::say("You can close this window: the check goes on in the one you came from.");
            popup::close_own();
        }),
        _ => mount(None, None),
    }
}

/// What the document in whose place this one is had to say, taken out of the address.
fn take_notice() -> Option<&'static str> {
    let (code, rest) = renewal::taken(&location::with_query(&location::path()))?;
    location::replace(&route::at_base(&document::base(), &rest));
    code
}

fn mount(arrival: Option<Arrival>, notice: Option<&'static str>) {
    mount_to_body(move || {
        provide_context(Landed(StoredValue::new(arrival)));
        let base = document::base();
        let base: Cow<'static, str> = base.trim_end_matches('/').to_owned().into();
        view! {
            <Router base>
                <Frame notice />
            </Router>
        }
    });
}

#[component]
fn Frame(notice: Option<&'static str>) -> impl IntoView {
    let query = use_query_map();
    let chosen = Signal::derive(move || query.with(|query| query.get("c")));
    let session = Session::open(chosen, notice);
    let books = Books::new(session);
    provide_context(session);
    provide_context(books);
    provide_context(Names::new(session));
    provide_context(Theme::new());
    let before = Before(StoredValue::new(None));
    provide_context(before);
    remember_route(before);
    follow_session(session, books);
    follow_browser(session);
    load_anew(session);
    keep_connection_in_url(session);
    let live = move || session.view.with(|view| view.live().is_some());
    let pathname = use_location().pathname;
    let of_books = move || route::shows_books(route::below(&document::base(), &pathname.get()));
    let veiled = move || books.waiting.with(Option::is_some) && of_books();
    let config_waits = move || session.snapshot.with(|all| all.config_waits.is_some());
    let environment = Signal::derive(move || session.environment());

    view! {
        <a class="skip" href="#main" rel="external">"Skip to the content"</a>
        <EnvironmentBand environment />
        <div class="frame">
            <TopBar />
            <Rail live=Signal::derive(live) />
            <main id="main" class="content" tabindex="-1" inert=move || veiled()>
                <Farewell code=session.farewell />
                {move || config_waits().then(|| view! {
                    <p class="note" role="status">
                        "A new configuration is waiting. It takes effect after signing out."
                    </p>
                })}
                <OtherVersionNote open=session.other_version />
                <Gate>
                    <FlatRoutes fallback=NotFoundPage>
                        <Route path=StaticSegment("") view=OverviewPage />
                        <Route path=StaticSegment("entries") view=EntriesPage />
                        <Route path=StaticSegment("connect") view=ConnectPage />
                        <Route path=StaticSegment("api") view=PartPage />
                        <Route path=StaticSegment("inspect") view=PartPage />
                        <Route path=StaticSegment("register") view=PartPage />
                        <Route path=StaticSegment("check") view=PartPage />
                        <Route path=StaticSegment("settings") view=PartPage />
                        <Route path=StaticSegment("storage") view=PartPage />
                        <Route
                            path=(StaticSegment("callback"), ParamSegment("profile"))
                            view=CallbackPage
                        />
                    </FlatRoutes>
                </Gate>
            </main>
            <Veil />
        </div>
        <IdleCountdown
            left=Signal::derive(move || session.idle_left())
            limit=Signal::derive(move || session.idle_limit())
            stay=Callback::new(move |()| session.activity())
            over=Callback::new(move |()| session.look_again())
        />
        <ConnectAnother />
        <BesideDialog />
        <p
            class="visually-hidden" role="status" aria-live="polite"
            prop:textContent=move || session.view.with(announcement)
        ></p>
    }
}

/// What a screen reader is told when the session changes.
fn announcement(view: &View) -> &'static str {
    match view {
        View::Live(_) => "Connected to Pleo.",
        View::Ended(_) => "The connection has ended.",
        View::SignedOut => "Signed out.",
        View::Exchanging => "Finishing the sign-in.",
        _ => "",
    }
}

/// Writes the state where tests read it, and drops what was read with another connection.
fn follow_session(session: Session, books: Books) {
    Effect::new(move |_| {
        session.view.with(|view| {
            document::set_data("session", view.name());
            let generation = view.connection().map(|c| c.generation.to_string());
            document::set_data("generation", generation.as_deref());
        });
    });
    // Whoever has pressed a button that went with the old state goes on at the top of the page.
    Effect::new(move |before: Option<Option<&'static str>>| {
        let now = session.view.with(View::name);
        if before.flatten().is_some_and(|before| Some(before) != now) {
            request_animation_frame(|| document::focus_if_lost("heading"));
        }
        now
    });
    // At once, before anything is drawn: no row is ever seen under another company's name.
    ImmediateEffect::new_scoped(move || books.follow(session.hold.get()));
    Effect::new(move |_| {
        session.tick.track();
        books.look_at_the_clock();
    });
}

fn follow_browser(session: Session) {
    window_event_listener(leptos::ev::copy, |event| copied_amounts::on_copy(&event));
    let active = move |_| session.activity();
    window_event_listener_untyped("pointerdown", active);
    window_event_listener_untyped("keydown", active);
    window_event_listener_untyped("wheel", active);
    // Nothing read may come back to life out of the back-forward cache.
    window_event_listener_untyped("pagehide", move |_| session.leaves());
    window_event_listener_untyped("pageshow", move |_| session.revived());
    window_event_listener_untyped("online", move |_| session.moved(&location::path()));

    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            request_animation_frame(|| document::focus("heading"));
            session.moved(&path);
        }
        path
    });
    Effect::new(move |_| {
        // What the explorer reads is a company's too.
        if session.live_id.with(Option::is_some)
            && !route::outlives_sessions(route::below(&document::base(), &path.get()))
            && !route::shows_books(route::below(&document::base(), &path.get()))
        {
            session.touch();
        }
    });
    clock::every(1000, move || {
        session.tick.update(|beats| *beats = beats.wrapping_add(1))
    });
}

/// The router's address is the browser's a moment later, or never if its page is taken away.
const ADDRESS_PATIENCE: i32 = 25;

/// What a vault that may end with this document gets for its revocations, in milliseconds.
const REVOKING: i32 = 1_000;

/// Puts a new document in the place of this one once the session wants it.
fn load_anew(session: Session) {
    let here = use_location().pathname;
    Effect::new(move |_| {
        let Some(renewal) = session.renewal.get() else {
            return;
        };
        let path = here.get_untracked();
        leptos::task::spawn_local(async move {
            let outlives = session
                .mode
                .get_untracked()
                .is_some_and(|mode| mode.extended);
            if !outlives {
                clock::sleep(REVOKING).await;
            }
            let mut patience = ADDRESS_PATIENCE;
            while location::path() != path && patience > 0 {
                patience -= 1;
                clock::sleep(20).await;
            }
            let next = renewal.route(&location::with_query(&path));
            let next = route::at_base(&document::base(), &next);
            if location::path() == path {
                location::leave(&next);
            } else {
                location::go(&next);
            }
        });
    });
}

fn remember_route(before: Before) {
    let here = use_location();
    Effect::new(move |_| {
        here.search.track();
        let path = here.pathname.get();
        if route::below(&document::base(), &path).trim_end_matches('/') != "/connect" {
            before.0.set_value(Some(location::with_query(&path)));
        }
    });
}

/// The connection in view stands in the URL; one that is not known any more does not.
fn keep_connection_in_url(session: Session) {
    let navigate = use_navigate();
    let here = use_location();
    Effect::new(move |_| {
        let live = session.live_id.get();
        let query = here.query.with(|query| query.get("c"));
        if !session.is_ready() {
            return;
        }
        let path = here.pathname.get();
        if route::callback_profile(route::below(&document::base(), &path)).is_some() {
            return;
        }
        let right = if session.chosen_is_unknown() {
            live
        } else {
            query.clone().or(live)
        };
        if right != query {
            let whole = location::with_query(&path);
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..Default::default()
            };
            navigate(&route::with_connection(&whole, right.as_deref()), options);
        }
    });
}
