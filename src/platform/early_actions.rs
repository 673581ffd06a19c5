//! What the user did on the static Connect page before the program was there; `boot.js` keeps it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The element at which `boot.js` keeps things for the program. It gets the event `connect` once a
    /// click on Connect, and the popup that it opened, are known.
    #[wasm_bindgen(extends = web_sys::EventTarget)]
    pub type Page;

    #[wasm_bindgen(js_namespace = document, js_name = querySelector)]
    fn query_selector(selector: &str) -> Option<Page>;

    #[wasm_bindgen(method, getter)]
    fn early(this: &Page) -> Option<EarlyActions>;

    #[wasm_bindgen(method, setter)]
    fn set_answered(this: &Page, value: bool);

    #[wasm_bindgen(method, setter)]
    fn set_early(this: &Page, value: Option<EarlyActions>);

    /// What was done.
    #[derive(Clone)]
    pub type EarlyActions;

    /// Whether Connect was pressed.
    #[wasm_bindgen(method, getter)]
    pub fn clicked(this: &EarlyActions) -> bool;

    /// Whether the popup was chosen.
    #[wasm_bindgen(method, getter, js_name = inPopup)]
    pub fn in_popup(this: &EarlyActions) -> bool;

    /// The window that the click opened; none where the browser blocked it.
    #[wasm_bindgen(method, getter)]
    pub fn popup(this: &EarlyActions) -> Option<web_sys::Window>;
}

/// The element, in a document that `boot.js` has prepared.
pub fn element() -> Option<Page> {
    query_selector("meta[name=outlay-page]")
}

/// Informs `boot.js`, which monitors the start, that the vault has answered.
pub fn vault_answered() {
    if let Some(page) = element() {
        page.set_answered(true);
    }
}

/// What was done so far.
pub fn state() -> Option<EarlyActions> {
    element()?.early()
}

/// Returns it once; `None` later, and where there was no static page.
pub fn take() -> Option<EarlyActions> {
    let page = element()?;
    let early = page.early();
    page.set_early(None);
    early
}
