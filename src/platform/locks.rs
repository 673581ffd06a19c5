//! The Web Locks that are held on this origin.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Locks;

    #[wasm_bindgen(method, catch)]
    async fn query(this: &Locks) -> Result<JsValue, JsValue>;
}

/// Whether a vault of another version of the site is running; `None` if the browser has no Web
/// Locks.
pub async fn other_vault() -> Option<bool> {
    let own = outlay_vault::alive_lock();
    let prefix = own.trim_end_matches(|c: char| c.is_ascii_digit());
    let navigator = super::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    if !locks.is_object() {
        return None;
    }
    let all = locks.unchecked_into::<Locks>().query().await.ok()?;
    let held = Reflect::get(&all, &"held".into()).ok()?;
    let name = |lock| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    let mut names = Array::from(&held).into_iter().filter_map(name);
    Some(names.any(|name| name.starts_with(prefix) && name != *own))
}
