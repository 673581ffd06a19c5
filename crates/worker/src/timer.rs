//! Waiting, in a page or a worker.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// The largest delay of `setTimeout`, in milliseconds; beyond it timers fire at once.
const LONGEST: u64 = 0x7fff_ffff;

/// Waits `milliseconds`, or 25 days if that is less. Dropping the future clears the timer.
pub async fn sleep(milliseconds: u64) {
    let delay = milliseconds.min(LONGEST) as f64;
    let mut timer = None;
    let elapsed = Promise::new(&mut |resolve, _| {
        timer = Some(ClearOnDrop(set_timeout(&resolve, delay), resolve));
    });
    let _ = JsFuture::from(elapsed).await;
}

/// A timer, and the function that settles its promise: a promise that never settles would keep its
/// callbacks for ever.
struct ClearOnDrop(JsValue, Function);

impl Drop for ClearOnDrop {
    fn drop(&mut self) {
        clear_timeout(&self.0);
        let _ = self.1.call0(&JsValue::UNDEFINED);
    }
}
