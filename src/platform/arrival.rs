//! How the page was arrived at: by a sign-in's way back, or in any other way.

use outlay_vault::message::StoredSignIn;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{document, location, pending};
use crate::address;

#[wasm_bindgen]
extern "C" {
    /// The element in which `boot.js` leaves what it has cleared from the address.
    type Files;

    /// The query and the fragment of a callback, with `?` and `#`.
    #[wasm_bindgen(method, getter)]
    fn callback(this: &Files) -> Option<String>;

    #[wasm_bindgen(method, setter)]
    fn set_callback(this: &Files, value: Option<String>);
}

/// What a callback page brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackArrival {
    /// The profile named by the path.
    pub profile: String,
    /// The query as received, without `?`; the fragment follows with its `#`, where there is one.
    pub query: String,
    /// What this tab had kept.
    pub stored: Option<StoredSignIn>,
}

/// Reads the arrival and leaves no trace of it: the address bar is cleared, the stored copy is
/// deleted, on whatever route the page starts. None where this is not a callback, or one that brings
/// nothing to a tab that has not left for a sign-in.
pub fn take() -> Option<CallbackArrival> {
    let stored = pending::take();
    let path = location::path();
    let base = document::base();
    let profile = address::callback_profile(address::below(&base, &path))?.to_owned();
    let query = cleared().unwrap_or_else(location::query_and_fragment);
    let query = query.trim_start_matches('?').to_owned();
    location::replace(&path);
    (!query.is_empty() || stored.is_some()).then_some(CallbackArrival {
        profile,
        query,
        stored,
    })
}

/// Takes what `boot.js` has cleared from the address.
fn cleared() -> Option<String> {
    let document = super::window()?.document()?;
    let files = document.query_selector("meta[name=outlay-page]").ok()??;
    let files: Files = JsValue::from(files).unchecked_into();
    let callback = files.callback();
    files.set_callback(None);
    callback
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
