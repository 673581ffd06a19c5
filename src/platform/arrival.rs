//! How the page was arrived at: by a sign-in's way back, or in any other way.

use outlay_vault::message::StoredSignIn;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{document, location, pending};
use crate::route;

/// What a callback page brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The profile named by the path.
    pub profile: String,
    /// The query as received, without `?`.
    pub query: String,
    /// What this tab had kept.
    pub stored: Option<StoredSignIn>,
}

/// Reads the arrival and leaves no trace of it: the address bar is cleared, the stored copy is
/// deleted, on whatever route the page starts. None where this is not a callback with a query.
pub fn take() -> Option<Arrival> {
    let stored = pending::take();
    let path = location::path();
    let query = location::query();
    let base = document::base();
    let profile = route::callback_profile(route::below(&base, &path))?.to_owned();
    location::replace(&path);
    (!query.is_empty()).then_some(Arrival {
        profile,
        query,
        stored,
    })
}

/// Whether the browser has loaded this page on a guess, before anyone asked for it.
pub fn is_prerendering() -> bool {
    super::window()
        .and_then(|window| window.document())
        .and_then(|document| js_sys::Reflect::get(&document, &"prerendering".into()).ok())
        .is_some_and(|prerendering| prerendering.is_truthy())
}

/// Waits until the page is really shown: a code works once, and must not be spent on a guess.
pub async fn shown() {
    let Some(document) = super::window().and_then(|window| window.document()) else {
        return;
    };
    let changed = js_sys::Promise::new(&mut |resolve, _| {
        let options = web_sys::AddEventListenerOptions::new();
        options.set_once(true);
        let _ = document.add_event_listener_with_callback_and_add_event_listener_options(
            "prerenderingchange",
            resolve.unchecked_ref(),
            &options,
        );
    });
    let _: Result<JsValue, JsValue> = JsFuture::from(changed).await;
}
