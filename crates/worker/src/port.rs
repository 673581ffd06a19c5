//! A message port as both ends see it. A message is the array `[json]`, or `[json, ArrayBuffer]`
//! if it has a body, which is transferred.

use js_sys::{Array, ArrayBuffer, Function, Uint8Array};
use outlay_wire::{Wire, from_text, to_text};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Anything that posts and receives messages: a `MessagePort`, a `Worker`, or the global scope
    /// of a dedicated worker.
    #[derive(Clone, Debug, PartialEq)]
    pub type Port;

    #[wasm_bindgen(method, js_name = postMessage, catch)]
    fn post_message(this: &Port, message: &JsValue, transfer: &Array) -> Result<(), JsValue>;

    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn set_onmessage(this: &Port, handler: Option<&Function>);

    #[wasm_bindgen(method, getter, js_name = data)]
    fn event_data(this: &MessageEventLike) -> JsValue;

    type MessageEventLike;
}

impl Port {
    /// Sends a message as JSON text. The browser drops it if the other end is closed.
    pub fn send<M: Wire>(&self, message: &M) {
        self.send_text(&to_text(message), None);
    }

    /// Sends the JSON text of a message, with an optional body as a transferred `ArrayBuffer`.
    pub fn send_text(&self, message: &str, body: Option<&[u8]>) {
        let parts = Array::of1(&JsValue::from_str(message));
        let transfer = Array::new();
        if let Some(body) = body {
            let buffer = Uint8Array::from(body).buffer();
            parts.push(&buffer);
            transfer.push(&buffer);
        }
        let _ = self.post_message(&parts, &transfer);
    }

    /// Passes every message that arrives to `handler`, with its body, until the returned value is
    /// dropped. A message that is no `M` is passed as `None`.
    #[must_use]
    pub fn listen<M: Wire>(
        &self,
        handler: impl Fn(Option<M>, Option<Vec<u8>>) + 'static,
    ) -> PortSubscription {
        let closure = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            let (json, body) = read(&event.unchecked_into::<MessageEventLike>().event_data());
            handler(json.and_then(|json| from_text(&json)), body);
        });
        self.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        PortSubscription {
            port: self.clone(),
            _closure: closure,
        }
    }
}

/// A registered message handler; dropping it removes the handler.
pub struct PortSubscription {
    port: Port,
    _closure: Closure<dyn Fn(JsValue)>,
}

impl Drop for PortSubscription {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
    }
}

/// The JSON text of a message, and its body.
fn read(data: &JsValue) -> (Option<String>, Option<Vec<u8>>) {
    let Some(parts) = data.dyn_ref::<Array>() else {
        return (None, None);
    };
    let body = parts.get(1).dyn_into::<ArrayBuffer>().ok();
    let body = body.map(|buffer| Uint8Array::new(&buffer).to_vec());
    (parts.get(0).as_string(), body)
}
