//! Web Locks, which tell each side when the other is gone. web-sys keeps these types behind an
//! unstable flag, so the one call needed is declared here.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, callback: &JsValue) -> Result<Promise, JsValue>;
}

/// Takes the lock `name` and holds it for as long as this page or worker lives. Returns once it is
/// held, or at once where the browser has no locks.
pub async fn hold(name: &str) {
    let granted = Promise::new(&mut |resolve: Function, _reject| {
        let callback = Closure::once_into_js(move |_lock: JsValue| {
            let _ = resolve.call0(&JsValue::NULL);
            // Never settled: the lock is held until its owner is gone.
            Promise::new(&mut |_, _| {})
        });
        if request(name, &callback).is_none() {
            let _ = callback
                .unchecked_into::<Function>()
                .call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    let _ = JsFuture::from(granted).await;
}

/// Waits until whoever holds the lock `name` is gone, and does not keep it. Never returns where the
/// browser has no locks.
pub async fn wait_until_free(name: &str) {
    let callback = Closure::once_into_js(|_lock: JsValue| JsValue::UNDEFINED);
    match request(name, &callback) {
        Some(released) => {
            let _ = JsFuture::from(released).await;
        }
        None => std::future::pending().await,
    }
}

fn request(name: &str, callback: &JsValue) -> Option<Promise> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    if locks.is_undefined() {
        return None;
    }
    locks
        .unchecked_into::<LockManager>()
        .request(name, callback)
        .ok()
}
