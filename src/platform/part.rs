//! A part of the site that is loaded when it is needed, by `boot.js`.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// A part's exports.
    #[derive(Clone)]
    pub type Part;

    /// Shows its page of `route` in `host`.
    #[wasm_bindgen(method)]
    pub fn open(this: &Part, host: &HtmlElement, route: &str);

    /// The query of the address is this one now.
    #[wasm_bindgen(method)]
    pub fn look(this: &Part, query: &str);

    /// Takes the page away.
    #[wasm_bindgen(method)]
    pub fn close(this: &Part);

    /// The element in which the names of the site's files stand; `boot.js` puts its loader there.
    type Files;

    // Every element has a `part` of its own.
    #[wasm_bindgen(method, catch)]
    async fn load(this: &Files, name: &str) -> Result<JsValue, JsValue>;
}

/// The part of this name, loaded once.
pub async fn load(name: &str) -> Option<Part> {
    let document = super::window()?.document()?;
    let files = document.query_selector("meta[name=outlay-page]").ok()??;
    let files: Files = JsValue::from(files).unchecked_into();
    files.load(name).await.ok().map(JsCast::unchecked_into)
}
