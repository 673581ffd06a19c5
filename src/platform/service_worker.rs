//! Service workers that other programs registered on this origin; this site registers none. A
//! service worker whose scope contains a page or worker of the site can read its requests and
//! responses, access tokens included.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Container;

    #[wasm_bindgen(method, catch, js_name = getRegistrations)]
    async fn registrations(this: &Container) -> Result<JsValue, JsValue>;

    type Registration;

    #[wasm_bindgen(method, getter)]
    fn scope(this: &Registration) -> String;

    #[wasm_bindgen(method, catch)]
    async fn unregister(this: &Registration) -> Result<JsValue, JsValue>;
}

/// Returns the scopes of the registrations that cover a part of the site below `base`. If only an
/// unregistered worker still controls this page, returns its address. Empty if there is none.
pub async fn scopes(base: &str) -> Vec<String> {
    let covering = covering(base).await;
    if covering.is_empty() {
        return controller().into_iter().collect();
    }
    covering.iter().map(Registration::scope).collect()
}

/// Removes these registrations. They do not control a page that is loaded afterwards.
pub async fn remove(base: &str) {
    for registration in covering(base).await {
        let _ = registration.unregister().await;
    }
}

async fn covering(base: &str) -> Vec<Registration> {
    let Some(container) = container() else {
        return Vec::new();
    };
    let site = [&*super::location::origin(), base].concat();
    let all = container.registrations().await.unwrap_or_default();
    let all = Array::from(&all).into_iter();
    all.map(JsCast::unchecked_into::<Registration>)
        .filter(|one| crate::address::share_addresses(&one.scope(), &site))
        .collect()
}

fn controller() -> Option<String> {
    let controller = Reflect::get(&container()?.into(), &"controller".into()).ok()?;
    let script = Reflect::get(&controller, &"scriptURL".into()).ok()?;
    script.as_string()
}

/// Returns `None` if the browser has no service workers.
fn container() -> Option<Container> {
    let navigator = super::window()?.navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    container.is_object().then(|| container.unchecked_into())
}
