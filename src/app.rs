//! The frame around every page: navigation, banner, dialogs and the effects that last as long as
//! the app.

use std::borrow::Cow;

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use outlay_codes::ErrorCode;

use crate::address;
use crate::chunks::{DIALOGS, RECONNECT_OVERLAY};
use crate::components::account_menu::{ConnectsAnother, MENU};
use crate::components::chunk_view::ChunkView;
use crate::components::environment_banner::EnvironmentBanner;
use crate::components::messages;
use crate::components::nav::Nav;
use crate::components::other_version::OtherVersionNote;
use crate::components::signed_out_notice::FrameNotice;
use crate::components::theme::Theme;
use crate::components::topbar::TopBar;
use crate::effect::effect;
use crate::frame_owner::FrameOwner;
use crate::pages::outlet::Outlet;
use crate::pages::startup::StartupErrors;
use crate::platform::arrival::CallbackArrival;
use crate::platform::{chunk_files, clock, document, intl, location, print, unload_guard};
use crate::session::Session;
use crate::session::company_data::{CompanyData, ConnectedData};
use crate::session::idle;
use crate::session::names::Names;
use crate::session::vault_link::VaultLink;
use crate::session::view::SessionView;

/// The callback that this document was opened with. The callback page takes it once.
#[derive(Clone, Copy)]
pub struct ReturnedSignIn(pub StoredValue<Option<CallbackArrival>>);

/// The last route in view other than `/connect`, which returns to it.
#[derive(Clone, Copy)]
pub struct PreviousRoute(pub StoredValue<Option<String>>);

/// The id of the line with the date on printed pages.
const PRINT_DATE: &str = "print-date";

/// Mounts the app; the type of [`mount`], as a chunk returns it.
pub type Mount = fn(AppStart);

/// The state that `crate::start` hands to the app.
pub struct AppStart {
    /// The link to the vault that is being opened.
    pub vault: VaultLink,
    /// The callback in the address; `None` if this document is no callback.
    pub arrival: Option<CallbackArrival>,
    /// The notice in the address of this document, if it replaced another one.
    pub notice: Option<ErrorCode>,
    /// Whether the user opened the session panel on the static page.
    pub opens_panel: bool,
}

/// Mounts the app in place of the static page.
pub fn mount(start: AppStart) {
    let AppStart {
        vault,
        arrival,
        notice,
        opens_panel,
    } = start;
    mount_to_body(move || {
        provide_context(ReturnedSignIn(StoredValue::new(arrival)));
        let vault = StoredValue::new_local(vault);
        let base = document::base();
        let base: Cow<'static, str> = base.trim_end_matches('/').to_owned().into();
        view! {
            <Router base>
                <Frame vault notice />
            </Router>
        }
    });
    if opens_panel {
        request_animation_frame(|| document::show_popover(MENU));
    }
}

#[component]
fn Frame(vault: StoredValue<VaultLink, LocalStorage>, notice: Option<ErrorCode>) -> impl IntoView {
    let query = use_query_map();
    let chosen = Signal::derive(move || query.with(|query| query.get("c")));
    let session = vault.with_value(|vault| Session::open(chosen, vault, notice));
    let company_data = CompanyData::new(session);
    provide_context(FrameOwner::new());
    provide_context(session);
    provide_context(company_data);
    provide_context(ConnectedData(company_data));
    provide_context(Names::new(session));
    provide_context(Theme::new());
    let another = ConnectsAnother(RwSignal::new(false));
    provide_context(another);
    let before = PreviousRoute(StoredValue::new(None));
    provide_context(before);
    remember_route(before);
    follow_session(session, company_data);
    follow_browser(session);
    load_anew(session);
    keep_connection_in_url(session);
    fetch_session_parts(session);
    let overlay = overlay_needed(session);
    let dialogs = dialogs_needed(session, another);
    let live = move || session.view.with(|view| view.live().is_some());
    let pathname = use_location().pathname;
    let shows_company_data =
        move || address::shows_company_data(address::below(&document::base(), &pathname.get()));
    let covered = move || company_data.waiting.with(Option::is_some) && shows_company_data();
    let config_waits = move || session.snapshot.with(|all| all.config_waits.is_some());
    let environment = Signal::derive(move || session.environment());

    view! {
        <a class="skip" href="#main" rel="external">{messages::frame::SKIP}</a>
        <EnvironmentBanner environment />
        <div class="frame">
            <TopBar />
            <Nav live=Signal::derive(live) />
            <main id="main" class="content" tabindex="-1" inert=move || covered()>
                <p id=PRINT_DATE class="print-only"></p>
                <FrameNotice code=session.signed_out_notice />
                {move || config_waits().then(|| view! {
                    <p class="note" role="status">{messages::frame::CONFIG_WAITS}</p>
                })}
                <OtherVersionNote open=session.other_version />
                <StartupErrors>
                    <Outlet />
                </StartupErrors>
            </main>
            {move || overlay.get().then(|| view! { <ChunkView chunk=RECONNECT_OVERLAY /> }.into_any())}
        </div>
        {move || dialogs.get().then(|| view! { <ChunkView chunk=DIALOGS /> }.into_any())}
        <p
            class="visually-hidden" role="status" aria-live="polite"
            prop:textContent=move || session.view.with(announcement)
        ></p>
    }
}

/// Prefetches the chunks that a signed-in user may need, once a connection is in view.
fn fetch_session_parts(session: Session) {
    Effect::new(move |fetched: Option<bool>| {
        let live = session.live_id.with(Option::is_some);
        if live && fetched != Some(true) {
            chunk_files::prefetch("session sign_in");
        }
        live || fetched == Some(true)
    });
}

/// Whether the reconnect overlay is needed: true from the first time that data is retained.
fn overlay_needed(session: Session) -> Memo<bool> {
    Memo::new(move |before: Option<&bool>| {
        before == Some(&true)
            || session.data_owner.with(|data_owner| {
                data_owner
                    .as_ref()
                    .is_some_and(|data_owner| data_owner.retained)
            })
    })
}

/// Whether a session dialog is needed: true from the first time that one opens.
fn dialogs_needed(session: Session, ConnectsAnother(another): ConnectsAnother) -> Memo<bool> {
    Memo::new(move |before: Option<&bool>| {
        before == Some(&true)
            || another.get()
            || session.popup_sign_in().is_some()
            || idle::warning(session.idle_left(), session.idle_limit()).is_some()
    })
}

/// The announcement for screen readers when the session changes; empty for a state without one.
fn announcement(view: &SessionView) -> &'static str {
    match view {
        SessionView::Live(_) => messages::frame::CONNECTED,
        SessionView::Ended(_) => messages::frame::DISCONNECTED,
        SessionView::SignedOut => messages::frame::SIGNED_OUT,
        SessionView::Exchanging => messages::COMPLETING_SIGN_IN,
        _ => "",
    }
}

/// Writes the session's state to `<html>`, where tests and styles read it, and drops the data of a
/// connection that is no longer in view.
fn follow_session(session: Session, company_data: CompanyData) {
    effect(move || {
        session.view.with(|view| {
            document::set_data("session", view.name());
            let generation = view.connection().map(|c| c.generation.to_string());
            document::set_data("generation", generation.as_deref());
        });
    });
    // If the focused button was removed with the old state, the focus moves to the heading.
    Effect::new(move |before: Option<Option<&'static str>>| {
        let now = session.view.with(SessionView::name);
        if before.flatten().is_some_and(|before| Some(before) != now) {
            request_animation_frame(|| document::focus_if_lost("heading"));
        }
        now
    });
    // Immediate, so that no row is rendered under another company's name.
    ImmediateEffect::new_scoped(move || company_data.follow(session.data_owner.get()));
    effect(move || {
        session.tick.track();
        company_data.drop_expired();
    });
}

fn follow_browser(session: Session) {
    let active = move |_| session.activity();
    window_event_listener_untyped("pointerdown", active);
    window_event_listener_untyped("keydown", active);
    window_event_listener_untyped("wheel", active);
    // The back-forward cache must not restore data that was loaded.
    window_event_listener_untyped("pagehide", move |_| session.leave_document());
    window_event_listener_untyped("pageshow", move |_| session.revived());
    window_event_listener_untyped("online", move |_| session.moved(&location::path()));

    window_event_listener_untyped("focus", move |_| session.report_in_view());
    effect(move || {
        session.live_id.track();
        session.report_in_view();
    });

    window_event_listener_untyped("beforeprint", |_| {
        let now = intl::day_and_time(clock::wall_millis());
        print::set_text(PRINT_DATE, &messages::print::printed_at(&now));
    });

    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            request_animation_frame(|| document::focus("heading"));
            session.moved(&path);
        }
        path
    });
    effect(move || {
        // Responses in the API explorer are company data too.
        if session.live_id.with(Option::is_some)
            && !address::outlives_sessions(address::below(&document::base(), &path.get()))
            && !address::shows_company_data(address::below(&document::base(), &path.get()))
        {
            session.touch();
        }
    });
    clock::every(1000, move || {
        session.tick.update(|beats| *beats = beats.wrapping_add(1))
    });
}

/// How often the address is read, every 20 ms, until the browser's address equals the router's.
/// They differ for a moment after a navigation, or for good if the page is removed meanwhile.
const ADDRESS_PATIENCE: i32 = 25;

/// Time for the vault to send its revocations before this document, which may end the vault, is
/// replaced. In milliseconds.
const REVOKING: i32 = 1_000;

/// Replaces this document when `Session::renewal` is set.
fn load_anew(session: Session) {
    let here = use_location().pathname;
    effect(move || {
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
            let next = address::at_base(&document::base(), &next);
            // The data must go, so the user cannot decide to stay.
            unload_guard::disarm();
            if location::path() == path {
                location::go_to_authorization_server(&next);
            } else {
                location::go(&next);
            }
        });
    });
}

fn remember_route(before: PreviousRoute) {
    let here = use_location();
    effect(move || {
        here.search.track();
        let path = here.pathname.get();
        if address::below(&document::base(), &path).trim_end_matches('/') != "/connect" {
            before.0.set_value(Some(location::with_query(&path)));
        }
    });
}

/// Keeps the id of the connection in view in the parameter `c` of the address, and removes an id
/// that the vault does not know.
fn keep_connection_in_url(session: Session) {
    let navigate = use_navigate();
    let here = use_location();
    let reported = StoredValue::new(None);
    effect(move || {
        let live = session.live_id.get();
        let query = here.query.with(|query| query.get("c"));
        if !session.is_ready() {
            return;
        }
        let path = here.pathname.get();
        if address::callback_profile(address::below(&document::base(), &path)).is_some() {
            return;
        }
        // Only for a new address: a connection that the user ends is not looked for.
        if query.is_some() && reported.get_value() != query {
            session.report_unknown_connection();
        }
        reported.set_value(query.clone());
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
            navigate(&address::with_connection(&whole, right.as_deref()), options);
        }
    });
}
