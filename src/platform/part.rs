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

    /// The element in which the names of the site's files stand; `boot.js` puts its loader there.
    type Files;

    #[wasm_bindgen(method, catch)]
    async fn workbench(this: &Files) -> Result<JsValue, JsValue>;
}

/// The workbench, loaded once.
pub async fn workbench() -> Option<Workbench> {
    let document = super::window()?.document()?;
    let files = document.query_selector("meta[name=outlay-page]").ok()??;
    let files: Files = JsValue::from(files).unchecked_into();
    files.workbench().await.ok().map(JsCast::unchecked_into)
}
