//! The time, timers and intervals.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::on_cleanup;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The wall clock: milliseconds since the Unix epoch. The user can set it.
pub fn wall() -> f64 {
    js_sys::Date::now()
}

/// The wall clock as a whole number.
pub fn wall_millis() -> u64 {
    millis(wall())
}

/// The monotonic clock: milliseconds since the page began.
pub fn monotonic() -> f64 {
    super::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now())
}

/// The monotonic clock as a whole number.
pub fn monotonic_millis() -> u64 {
    millis(monotonic())
}

/// Whole milliseconds; 0 for a negative number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds of a clock, made positive"
)]
pub fn millis(time: f64) -> u64 {
    time.max(0.0) as u64
}

/// An instant by both clocks. The monotonic clock may stop while the computer sleeps; the user may
/// set the wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct Moment {
    monotonic: f64,
    wall: f64,
}

impl Moment {
    /// The current instant.
    pub fn now() -> Moment {
        Moment {
            monotonic: monotonic(),
            wall: wall(),
        }
    }

    /// Milliseconds since this instant, by the clock that shows more.
    pub fn elapsed(self) -> f64 {
        let now = Moment::now();
        (now.monotonic - self.monotonic).max(now.wall - self.wall)
    }
}

/// Waits `millis` milliseconds.
pub async fn sleep(millis: i32) {
    let passed = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = super::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    });
    let _: Result<JsValue, JsValue> = JsFuture::from(passed).await;
}

/// Calls `beat` every `millis` milliseconds for as long as the page lives.
pub fn every(millis: i32, beat: impl Fn() + 'static) {
    let Some(window) = super::window() else {
        return;
    };
    let beat = Closure::<dyn Fn()>::new(beat);
    let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(
        beat.as_ref().unchecked_ref(),
        millis,
    );
    beat.forget();
}

/// Does `work` at once, and again `millis` milliseconds after each run has ended, until the
/// reactive owner is disposed of.
pub fn poll_while_mounted<F: Future<Output = ()>>(millis: i32, work: impl Fn() -> F + 'static) {
    let mounted = Arc::new(AtomicBool::new(true));
    let unmount = mounted.clone();
    on_cleanup(move || unmount.store(false, Ordering::Relaxed));
    leptos::task::spawn_local(async move {
        while mounted.load(Ordering::Relaxed) {
            work().await;
            sleep(millis).await;
        }
    });
}

/// How long work goes on before the page may react, in milliseconds: well below the 50 of a long task.
const SLICE: f64 = 12.0;

/// Pauses long work, so that the page stays responsive.
pub struct Slices(f64);

impl Slices {
    /// Starts the first slice.
    pub fn begin() -> Slices {
        Slices(monotonic())
    }

    /// Lets the page react if the present slice has taken long enough.
    pub async fn pause(&mut self) {
        if monotonic() - self.0 >= SLICE {
            sleep(0).await;
            self.0 = monotonic();
        }
    }
}
