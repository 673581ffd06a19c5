//! Starts the program: decides whether a callback belongs to the vault or to the connection test,
//! opens the vault, and runs the static Connect page or loads the app.

use futures::future::join;
use outlay_codes::ErrorCode;
use outlay_probe::callback::{CallbackRoute, route_callback};
use outlay_probe::client::hand_over;
use wasm_bindgen_futures::spawn_local;

use crate::address;
use crate::app::AppStart;
use crate::chunks::{CONNECT_FORM, WELCOME, load_app};
use crate::components::messages;
use crate::connect_screen::{self, HandoverReason};
use crate::platform::arrival::{self, CallbackArrival};
use crate::platform::{chunk_files, document, location, popup};
use crate::session::document_replacement;
use crate::session::vault_link::VaultLink;

/// Starts the program once the document is shown. The browser may have prerendered it.
pub fn start() {
    if arrival::is_prerendering() {
        spawn_local(async {
            arrival::shown().await;
            arrive();
        });
    } else {
        arrive();
    }
}

/// A callback of the connection test never reaches the vault; an ambiguous one reaches neither.
fn arrive() {
    let arrival = arrival::take();
    let notice = take_notice();
    let query = arrival.as_ref().map_or("", |arrival| &arrival.query);
    match (route_callback(query), arrival) {
        (CallbackRoute::Vault, arrival) => open(arrival, notice),
        (CallbackRoute::Probe, Some(arrival)) => spawn_local(async move {
            hand_over(&document::base(), &arrival.profile, &arrival.query).await;
            document::announce(messages::frame::TEST_CONTINUES);
            popup::close_own();
        }),
        _ => open(None, None),
    }
}

/// Takes the notice out of the address, if this document replaced another one.
fn take_notice() -> Option<ErrorCode> {
    let (code, rest) = document_replacement::taken(&location::with_query(&location::path()))?;
    location::replace(&address::at_base(&document::base(), &rest));
    code
}

fn open(arrival: Option<CallbackArrival>, notice: Option<ErrorCode>) {
    let vault = VaultLink::open();
    spawn_local(async move {
        let is_plain = arrival.is_none() && notice.is_none() && location::query().is_empty();
        let opens_panel = is_plain
            && connect_screen::is_shown()
            && connect_screen::run(&vault).await == HandoverReason::ForPanel;
        if connect_screen::is_shown() {
            // Loaded first, so that the app's page and form replace the static ones at once.
            let _ = join((WELCOME.load)(), (CONNECT_FORM.load)()).await;
        }
        match load_app().await {
            Ok(mount) => mount(AppStart {
                vault,
                arrival,
                notice,
                opens_panel,
            }),
            Err(_) => chunk_files::report("app").await,
        }
    });
}
