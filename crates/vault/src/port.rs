//! A message port as both ends see it, and how a message is laid out on it.

use js_sys::{Array, ArrayBuffer, Function, Uint8Array};
use outlay_wire::{Wire, from_text, to_text};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Anything that takes and gives messages: a `MessagePort`, a `Worker`, or the global scope of
    /// a dedicated worker.
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
    /// Sends a message, moving `body` to the other side without a copy.
    ///
    /// A port whose other end is gone swallows the message, as the browser does.
    pub fn send<M: Wire>(&self, message: &M, body: Option<ArrayBuffer>) {
        self.send_text(&to_text(message), body);
    }

    /// The same for a message that is text already.
    pub fn send_text(&self, message: &str, body: Option<ArrayBuffer>) {
        let parts = Array::of1(&JsValue::from_str(message));
        let transfer = Array::new();
        if let Some(body) = body {
            parts.push(&body);
            transfer.push(&body);
        }
        let _ = self.post_message(&parts, &transfer);
    }

    /// Gives every message that arrives to `handler`, for as long as the returned guard lives.
    /// What cannot be read as `M` is given as `None`.
    #[must_use]
    pub fn listen<M: Wire>(
        &self,
        handler: impl Fn(Option<M>, Option<ArrayBuffer>) + 'static,
    ) -> Listening {
        let closure = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            let (message, body) = read(&event.unchecked_into::<MessageEventLike>().event_data());
            handler(message, body);
        });
        self.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        Listening {
            port: self.clone(),
            _closure: closure,
        }
    }
}

/// Keeps a port's handler alive; the port is silent once this is dropped.
pub struct Listening {
    port: Port,
    _closure: Closure<dyn Fn(JsValue)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
    }
}

/// The bytes of a transferred body.
#[must_use]
pub fn bytes(body: &ArrayBuffer) -> Vec<u8> {
    Uint8Array::new(body).to_vec()
}

fn read<M: Wire>(data: &JsValue) -> (Option<M>, Option<ArrayBuffer>) {
    let Some(parts) = data.dyn_ref::<Array>() else {
        return (None, None);
    };
    let message = parts.get(0).as_string().and_then(|json| from_text(&json));
    (message, parts.get(1).dyn_into().ok())
}
