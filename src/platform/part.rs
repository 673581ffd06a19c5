//! A part of the site that is loaded when it is needed, by `boot.js`.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The workbench's exports.
    #[derive(Clone)]
    pub type Workbench;

    /// Shows its page of `route` in `host`.
    #[wasm_bindgen(method)]
    pub fn open(this: &Workbench, host: &HtmlElement, route: &str);

    /// Takes the page away.
    #[wasm_bindgen(method)]
    pub fn close(this: &Workbench);

    #[wasm_bindgen(js_namespace = outlay, js_name = workbench, catch)]
    async fn load_workbench() -> Result<JsValue, JsValue>;
}

/// The workbench, loaded once.
pub async fn workbench() -> Option<Workbench> {
    load_workbench().await.ok().map(JsCast::unchecked_into)
}
