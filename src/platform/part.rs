//! A part of the site that is loaded when it is needed, by `boot.js`.

use js_sys::{Error, Reflect};
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

    #[wasm_bindgen(method, catch)]
    async fn fault(this: &Files, names: &str) -> Result<JsValue, JsValue>;
}

/// Why a part did not load.
pub struct NotLoaded {
    /// It is of another build than the page; else a file of it could not be had or run.
    pub newer: bool,
    /// The file, and what is wrong with it.
    pub detail: Option<String>,
}

/// The part of this name, loaded once.
pub async fn load(name: &str) -> Result<Part, NotLoaded> {
    let files = files().ok_or(NotLoaded {
        newer: false,
        detail: None,
    })?;
    files
        .load(name)
        .await
        .map(JsCast::unchecked_into)
        .map_err(|error| NotLoaded {
            newer: Reflect::has(&error, &"code".into()).unwrap_or(false),
            detail: error.dyn_ref().map(|error: &Error| error.message().into()),
        })
}

/// What is wrong with the first of the vault's files that has a fault; none if nothing is.
pub async fn fault_of_vault() -> Option<String> {
    let names = "vault.js vault_worker.js vault_worker_bg.wasm";
    let found = files()?.fault(names).await.ok()?.as_string();
    found.filter(|found| !found.is_empty())
}

fn files() -> Option<Files> {
    let document = super::window()?.document()?;
    let files = document.query_selector("meta[name=outlay-page]").ok()??;
    Some(JsValue::from(files).unchecked_into())
}
