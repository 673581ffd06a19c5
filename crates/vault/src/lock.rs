//! Web Locks, which tell each side when the other is gone. web-sys keeps these types behind an
//! unstable flag, so the one call needed is declared here.

use js_sys::{Function, JSON, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &JsValue,
        callback: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// How a lock is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Alone, once whoever asked before has had it.
    Alone,
    /// Together with all who ask in this way.
    Together,
    /// Alone and at once, whoever has it.
    Taken,
}

/// A new random name for the lock that a page holds while it lives.
#[must_use]
pub fn of_a_page() -> String {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let random = crypto.map(|crypto| crypto.random_uuid());
    ["page-", &random.unwrap_or_default()].concat()
}

/// Takes the lock `name` and holds it for as long as this page or worker lives. Returns once it is
/// held, or at once where the browser has no locks.
pub async fn hold(name: &str) {
    keep(name, How::Alone).await;
}

/// The same, whoever has it: a frozen page cannot give back what it was given while it slept.
pub async fn take(name: &str) {
    keep(name, How::Taken).await;
}

async fn keep(name: &str, how: How) {
    let granted = Promise::new(&mut |resolve: Function, _reject| {
        let callback = Closure::once_into_js(move |_lock: JsValue| {
            let _ = resolve.call0(&JsValue::NULL);
            // Never settled: the lock is held until its owner is gone.
            Promise::new(&mut |_, _| {})
        });
        if request(name, how, &callback).is_none() {
            let _ = callback
                .unchecked_into::<Function>()
                .call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    let _ = JsFuture::from(granted).await;
}

/// Waits until whoever holds the lock `name` is gone, and does not keep it. Everybody who waits is
/// told at once, so that a frozen page is in nobody's way. Never returns where the browser has no
/// locks.
pub async fn wait_until_free(name: &str) {
    let callback = Closure::once_into_js(|_lock: JsValue| JsValue::UNDEFINED);
    match request(name, How::Together, &callback) {
        Some(released) => {
            let _ = JsFuture::from(released).await;
        }
        None => std::future::pending().await,
    }
}

fn request(name: &str, how: How, callback: &JsValue) -> Option<Promise> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    if locks.is_undefined() {
        return None;
    }
    let options = match how {
        How::Alone => "{}",
        How::Together => r#"{"mode":"shared"}"#,
        How::Taken => r#"{"steal":true}"#,
    };
    let options = JSON::parse(options).ok()?;
    locks
        .unchecked_into::<LockManager>()
        .request(name, &options, callback)
        .ok()
}
