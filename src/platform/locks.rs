//! The Web Locks that are held on this origin.

use futures::channel::oneshot;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Locks;

    #[wasm_bindgen(method, catch)]
    async fn query(this: &Locks) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &Object,
        granted: &Function,
    ) -> Result<Promise, JsValue>;
}

/// The lock manager; `None` if the browser has no Web Locks.
fn locks() -> Option<Locks> {
    let navigator = super::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

/// A lock that this tab holds until it is dropped.
pub struct HeldLock(Option<Function>);

impl Drop for HeldLock {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Takes the lock of this name if no other tab holds it; `None` if one does. A browser without Web Locks
/// gives a lock that excludes no other tab.
pub async fn take(name: &str) -> Option<HeldLock> {
    let Some(locks) = locks() else {
        return Some(HeldLock(None));
    };
    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let (answer, answered) = oneshot::channel();
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let is_granted = lock.is_object();
        let _ = answer.send(is_granted);
        match is_granted {
            true => held.into(),
            false => JsValue::UNDEFINED,
        }
    });
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok()?;
    // Rejected requests leave the channel without an answer.
    let _request = locks
        .request(name, &options, granted.unchecked_ref())
        .ok()?;
    let held_lock = HeldLock(release);
    match answered.await {
        Ok(true) => Some(held_lock),
        _ => None,
    }
}

/// Whether a vault of another version of the site is running; `None` if the browser has no Web
/// Locks.
pub async fn other_vault() -> Option<bool> {
    let own = outlay_vault::alive_lock();
    let prefix = own.trim_end_matches(|c: char| c.is_ascii_digit());
    let all = locks()?.query().await.ok()?;
    let held = Reflect::get(&all, &"held".into()).ok()?;
    let name = |lock| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    let mut names = Array::from(&held).into_iter().filter_map(name);
    Some(names.any(|name| name.starts_with(prefix) && name != *own))
}
