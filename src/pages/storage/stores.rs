//! Reads every store in which a browser can keep data for this origin. Writes nothing, and returns
//! only the names of entries, never the values.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::messages::{UNNAMED, stores};

/// The content of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundItem {
    /// The names of the entries.
    Names(Vec<String>),
    /// The browser has no such store.
    Missing,
    /// The browser blocked access, so the site cannot store anything there either.
    Refused,
}

/// A store of the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserStore {
    /// Its name.
    pub name: &'static str,
    /// Its description.
    pub what: &'static str,
    /// Its content.
    pub found: FoundItem,
}

/// Reads all stores.
pub async fn look() -> Vec<BrowserStore> {
    let global: JsValue = js_sys::global().into();
    let navigator = get(&global, "navigator");
    let document = get(&global, "document");
    let store = |(name, what), found| BrowserStore { name, what, found };
    vec![
        store(stores::COOKIES, cookies(&document)),
        store(stores::LOCAL, web_storage(&global, "localStorage")),
        store(stores::SESSION, web_storage(&global, "sessionStorage")),
        store(
            stores::INDEXED_DB,
            listed(&get(&global, "indexedDB"), "databases", "name").await,
        ),
        store(
            stores::CACHES,
            listed(&get(&global, "caches"), "keys", "").await,
        ),
        store(
            stores::SERVICE_WORKERS,
            listed(
                &get(&navigator, "serviceWorker"),
                "getRegistrations",
                "scope",
            )
            .await,
        ),
        store(stores::FILES, files(&get(&navigator, "storage")).await),
        store(
            stores::BUCKETS,
            listed(&get(&navigator, "storageBuckets"), "keys", "").await,
        ),
        store(stores::WINDOW_NAME, text(&global, "name")),
        store(stores::HISTORY_STATE, state(&get(&global, "history"))),
    ]
}

fn cookies(document: &JsValue) -> FoundItem {
    match Reflect::get(document, &"cookie".into()) {
        Ok(all) => {
            let all = all.as_string().unwrap_or_default();
            let names = all
                .split(';')
                .map(|pair| pair.split('=').next().unwrap_or_default().trim());
            FoundItem::Names(
                names
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned)
                    .collect(),
            )
        }
        Err(_) => FoundItem::Refused,
    }
}

fn web_storage(global: &JsValue, name: &str) -> FoundItem {
    match Reflect::get(global, &name.into()) {
        Ok(storage) if storage.is_object() => {
            let keys = Object::keys(storage.unchecked_ref::<Object>());
            FoundItem::Names(keys.iter().filter_map(|key| key.as_string()).collect())
        }
        Ok(_) => FoundItem::Missing,
        Err(_) => FoundItem::Refused,
    }
}

/// Returns the names in the promise of `place.method()`: its items, or one field of each.
async fn listed(place: &JsValue, method: &str, field: &str) -> FoundItem {
    let Some(promise) = call(place, method) else {
        return FoundItem::Missing;
    };
    let Ok(items) = settled(promise).await else {
        return FoundItem::Refused;
    };
    let name = |item: JsValue| {
        let name = if field.is_empty() {
            item
        } else {
            get(&item, field)
        };
        name.as_string().unwrap_or_else(|| UNNAMED.to_owned())
    };
    FoundItem::Names(Array::from(&items).iter().map(name).collect())
}

async fn files(storage: &JsValue) -> FoundItem {
    let Some(promise) = call(storage, "getDirectory") else {
        return FoundItem::Missing;
    };
    let Ok(folder) = settled(promise).await else {
        return FoundItem::Refused;
    };
    let Some(keys) = call(&folder, "keys") else {
        return FoundItem::Missing;
    };
    let mut names = Vec::new();
    // An async iterator: `next` returns a promise for each item.
    while let Some(next) = call(&keys, "next") {
        let Ok(item) = settled(next).await else {
            return FoundItem::Refused;
        };
        if get(&item, "done").is_truthy() || names.len() == 100 {
            break;
        }
        names.extend(get(&item, "value").as_string());
    }
    FoundItem::Names(names)
}

fn text(place: &JsValue, field: &str) -> FoundItem {
    let text = get(place, field).as_string().unwrap_or_default();
    FoundItem::Names((!text.is_empty()).then_some(text).into_iter().collect())
}

/// Only the router writes to `history.state`.
fn state(history: &JsValue) -> FoundItem {
    let state = get(history, "state");
    if !state.is_object() {
        return FoundItem::Names(Vec::new());
    }
    let keys = Object::keys(state.unchecked_ref::<Object>());
    FoundItem::Names(keys.iter().filter_map(|key| key.as_string()).collect())
}

fn get(place: &JsValue, field: &str) -> JsValue {
    if !place.is_object() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(place, &field.into()).unwrap_or_default()
}

fn call(place: &JsValue, method: &str) -> Option<JsValue> {
    let method: Function = get(place, method).dyn_into().ok()?;
    Some(
        method
            .call0(place)
            .unwrap_or_else(|refused| Promise::reject(&refused).into()),
    )
}

async fn settled(value: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&value)).await
}
