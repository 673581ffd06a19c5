//! The user's actions on the static Connect page before the program ran. `boot.js` stores them.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The element `<meta name="outlay-page">`, on which `boot.js` stores values for the program.
    /// Fires `connect` after a click on Connect, once the popup for it is open.
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

    /// The stored actions.
    #[derive(Clone)]
    pub type EarlyActions;

    /// Whether the user selected Connect.
    #[wasm_bindgen(method, getter)]
    pub fn clicked(this: &EarlyActions) -> bool;

    /// Whether the user selected the popup.
    #[wasm_bindgen(method, getter, js_name = inPopup)]
    pub fn in_popup(this: &EarlyActions) -> bool;

    /// The popup that the click opened; `None` if the browser blocked it.
    #[wasm_bindgen(method, getter)]
    pub fn popup(this: &EarlyActions) -> Option<web_sys::Window>;
}

/// Returns the element; `None` without `boot.js`.
pub fn element() -> Option<Page> {
    query_selector("meta[name=outlay-page]")
}

/// Reports to `boot.js`, which monitors the start, that the vault has answered.
pub fn vault_answered() {
    if let Some(page) = element() {
        page.set_answered(true);
    }
}

/// Returns the actions so far.
pub fn state() -> Option<EarlyActions> {
    element()?.early()
}

/// Returns the actions once; `None` later, and if there was no static page.
pub fn take() -> Option<EarlyActions> {
    let page = element()?;
    let early = page.early();
    page.set_early(None);
    early
}
