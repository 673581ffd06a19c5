//! Web Locks, which tell each side when the other is gone. web-sys keeps these types behind an
//! unstable flag, so the one call needed is declared here.
//!
//! A lock that comes free is a question and no answer: Chromium (seen in 156) now and then takes the
//! lock of a shared worker that lives, with the error of a lock that was stolen, while pages of its
//! site are left. The worker takes it again ([`take`]), and whoever waits asks ([`wait_until_gone`]).

use std::cell::Cell;

use js_sys::{Date, Function, JSON, Math, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::repeat::lock_pause;
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

/// A lock that was held for this long, in milliseconds, is not being fought for.
const STEADY: u64 = 60_000;

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

/// Takes the lock `name` and holds it for as long as this page lives. Returns once it is held, or
/// at once where the browser has no locks. What it returns ends if the browser takes the lock away.
pub async fn hold(name: &str) -> impl Future<Output = ()> {
    broken(granted(name, How::Alone).await)
}

/// The same for a worker, whoever has the lock, and again whenever it is taken away: a frozen page
/// cannot give back what it was given while it slept. Two workers that both want the lock do not
/// take it from each other without end: each waits longer after every loss ([`lock_pause`]).
pub async fn take(name: &str) {
    let mut held = granted(name, How::Taken).await;
    let name = name.to_owned();
    spawn_local(async move {
        let mut losses = 0;
        loop {
            let since = Date::now();
            broken(held).await;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a span in milliseconds, and a number below 2^32"
            )]
            let (kept, chance) = (
                (Date::now() - since).max(0.0) as u64,
                (Math::random() * 4_294_967_296.0) as u64,
            );
            if kept >= STEADY {
                losses = 0;
            }
            sleep(lock_pause(losses, chance)).await;
            losses += 1;
            held = granted(&name, How::Taken).await;
        }
    });
}

/// Waits until the lock is had, and gives what is settled only if it is taken away again; none where
/// the browser has no locks.
async fn granted(name: &str, how: How) -> Option<Promise> {
    let mut held = None;
    let granted = Promise::new(&mut |resolve: Function, _reject| {
        let callback = Closure::once_into_js(move |_lock: JsValue| {
            let _ = resolve.call0(&JsValue::NULL);
            // Never settled: the lock is held until its owner is gone.
            Promise::new(&mut |_, _| {})
        });
        held = request(name, how, &callback);
        if held.is_none() {
            let _ = callback
                .unchecked_into::<Function>()
                .call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    let _ = JsFuture::from(granted).await;
    held
}

async fn broken(held: Option<Promise>) {
    match held {
        Some(held) => drop(JsFuture::from(held).await),
        None => std::future::pending().await,
    }
}

/// Waits until whoever holds the lock `name` is gone: the lock has come free, and no answer to `ask`
/// has set `heard` within three seconds.
pub async fn wait_until_gone(name: &str, heard: &Cell<bool>, ask: impl Fn()) {
    loop {
        wait_until_free(name).await;
        heard.set(false);
        ask();
        // In steps: a timer of a page that slept is over before what came meanwhile is read.
        for _ in 0..3 {
            sleep(1_000).await;
            if heard.get() {
                break;
            }
        }
        if !heard.get() {
            return;
        }
    }
}

/// Waits until the lock `name` is free, and does not keep it. Everybody who waits is told at once,
/// so that a frozen page is in nobody's way. Never returns where the browser has no locks.
pub async fn wait_until_free(name: &str) {
    let callback = Closure::once_into_js(|_lock: JsValue| JsValue::UNDEFINED);
    broken(request(name, How::Together, &callback)).await;
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
