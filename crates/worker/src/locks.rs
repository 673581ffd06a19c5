//! Web Locks, by which page and worker notice that the other has ended. web-sys keeps these types
//! behind an unstable flag, so the one call that is needed is declared here.
//!
//! A released lock does not prove that its holder has ended: Chromium (seen in 156) sometimes takes
//! the lock of a live shared worker, with the error of a stolen lock, while pages of its site are
//! open. The worker then requests the lock again ([`hold_for_worker`]), and the page requests an
//! answer ([`wait_until_worker_is_gone`]).

use std::cell::Cell;

use js_sys::{Date, Function, JSON, Math, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::lock_delay;
use crate::timer::sleep;

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

/// After a lock was held for this long, in milliseconds, earlier losses no longer count.
const STABLE: u64 = 60_000;

/// The options of a request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LockMode {
    /// Exclusive, after all earlier requests.
    Exclusive,
    /// Granted to all shared requests at once.
    Shared,
    /// Exclusive and at once; the present holder loses the lock.
    Steal,
}

/// Returns a new random name for the Web Lock that a page holds while it is open.
#[must_use]
pub fn new_page_lock() -> String {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let random = crypto.map(|crypto| crypto.random_uuid());
    ["page-", &random.unwrap_or_default()].concat()
}

/// Requests the lock `name` as long as this page is open. Returns once it is granted, or at once
/// if the browser has no locks. The returned future ends if the browser takes the lock away.
pub async fn hold_for_page(name: &str) -> impl Future<Output = ()> {
    lost(request_granted(name, LockMode::Exclusive).await)
}

/// Holds the lock `name` as long as this worker runs, even if another held it before, and requests it
/// again whenever it is lost: a frozen page cannot release what it was granted in the meantime. Two
/// workers that both want the lock do not steal it from each other without end: the delay grows
/// with every loss ([`lock_delay`]). Returns once the lock is granted for the first time.
pub async fn hold_for_worker(name: &str) {
    let mut held = request_granted(name, LockMode::Steal).await;
    let name = name.to_owned();
    spawn_local(async move {
        let mut losses = 0;
        loop {
            let since = Date::now();
            lost(held).await;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a span in milliseconds, and a number below 2^32"
            )]
            let (held_for, random) = (
                (Date::now() - since).max(0.0) as u64,
                (Math::random() * 4_294_967_296.0) as u64,
            );
            if held_for >= STABLE {
                losses = 0;
            }
            sleep(lock_delay::after(losses, random)).await;
            losses += 1;
            held = request_granted(&name, LockMode::Steal).await;
        }
    });
}

/// Waits until the lock `name` is granted, and returns the promise that settles if it is lost; `None`
/// if the browser has no locks.
async fn request_granted(name: &str, mode: LockMode) -> Option<Promise> {
    let mut held = None;
    let granted = Promise::new(&mut |resolve: Function, _reject| {
        let callback = Closure::once_into_js(move |_lock: JsValue| {
            let _ = resolve.call0(&JsValue::NULL);
            // Never settled: the lock is held until its owner is gone.
            Promise::new(&mut |_, _| {})
        });
        held = request(name, mode, &callback);
        if held.is_none() {
            let _ = callback
                .unchecked_into::<Function>()
                .call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    let _ = JsFuture::from(granted).await;
    held
}

async fn lost(held: Option<Promise>) {
    match held {
        Some(held) => drop(JsFuture::from(held).await),
        None => std::future::pending().await,
    }
}

/// Waits until the worker that holds the lock `name` is gone: the lock is free, and no answer to
/// `ask` has set `answered` within three seconds.
pub async fn wait_until_worker_is_gone(name: &str, answered: &Cell<bool>, ask: impl Fn()) {
    loop {
        wait_until_free(name).await;
        answered.set(false);
        ask();
        // In steps: a timer of a page that slept fires before the messages of the meantime are read.
        for _ in 0..3 {
            sleep(1_000).await;
            if answered.get() {
                break;
            }
        }
        if !answered.get() {
            return;
        }
    }
}

/// Waits until the lock `name` is free, and does not keep it. All who wait are granted it at once,
/// so that a frozen page delays no other. Never returns if the browser has no locks.
pub async fn wait_until_free(name: &str) {
    let callback = Closure::once_into_js(|_lock: JsValue| JsValue::UNDEFINED);
    lost(request(name, LockMode::Shared, &callback)).await;
}

fn request(name: &str, mode: LockMode, callback: &JsValue) -> Option<Promise> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    if locks.is_undefined() {
        return None;
    }
    let options = match mode {
        LockMode::Exclusive => "{}",
        LockMode::Shared => r#"{"mode":"shared"}"#,
        LockMode::Steal => r#"{"steal":true}"#,
    };
    let options = JSON::parse(options).ok()?;
    locks
        .unchecked_into::<LockManager>()
        .request(name, &options, callback)
        .ok()
}
