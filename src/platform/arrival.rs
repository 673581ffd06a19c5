//! The callback that the page was opened with, if any.

use outlay_vault::message::StoredSignIn;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{document, location, pending};
use crate::address;

#[wasm_bindgen]
extern "C" {
    /// The element `<meta name="outlay-page">`, in which `boot.js` stores the callback that it
    /// cleared from the address.
    type Files;

    /// The query and the fragment of a callback, with `?` and `#`.
    #[wasm_bindgen(method, getter)]
    fn callback(this: &Files) -> Option<String>;

    #[wasm_bindgen(method, setter)]
    fn set_callback(this: &Files, value: Option<String>);
}

/// A callback as the page received it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackArrival {
    /// The profile in the path.
    pub profile: String,
    /// The query as received, without `?`; if there is a fragment, it follows with its `#`.
    pub query: String,
    /// The pending sign-in that this tab stored; `None` if it stored none.
    pub stored: Option<StoredSignIn>,
}

/// Reads the callback and removes every trace of it: clears the address bar and deletes the stored
/// copy, whatever the route is. Returns `None` if the route is no callback, or if the callback is
/// empty and this tab started no sign-in.
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

/// Takes the query and fragment that `boot.js` cleared from the address.
fn cleared() -> Option<String> {
    let document = super::window()?.document()?;
    let files = document.query_selector("meta[name=outlay-page]").ok()??;
    let files: Files = JsValue::from(files).unchecked_into();
    let callback = files.callback();
    files.set_callback(None);
    callback
}

/// Whether the browser prerenders this page before the user opened it.
pub fn is_prerendering() -> bool {
    super::window()
        .and_then(|window| window.document())
        .and_then(|document| js_sys::Reflect::get(&document, &"prerendering".into()).ok())
        .is_some_and(|prerendering| prerendering.is_truthy())
}

/// Waits until a prerendered page is shown. A code works once, so a page that may never be shown
/// must not use it.
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
