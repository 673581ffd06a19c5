//! The address bar.

use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// The path of the current address.
pub fn path() -> String {
    super::window()
        .and_then(|window| window.location().pathname().ok())
        .unwrap_or_default()
}

/// The query of the current address, without `?`, not decoded.
pub fn query() -> String {
    let query = super::window().and_then(|window| window.location().search().ok());
    query.unwrap_or_default().trim_start_matches('?').to_owned()
}

/// The query and the fragment of the current address, with `?` and `#`, not decoded.
pub fn query_and_fragment() -> String {
    let location = super::window().map(|window| window.location());
    let part = |read: fn(&web_sys::Location) -> Result<String, wasm_bindgen::JsValue>| {
        let part = location.as_ref().and_then(|location| read(location).ok());
        part.unwrap_or_default()
    };
    [
        part(web_sys::Location::search),
        part(web_sys::Location::hash),
    ]
    .concat()
}

/// The current route, without its query.
pub fn route() -> String {
    crate::address::below(&super::document::base(), &path()).to_owned()
}

/// The route of `pathname` with the current query.
pub fn with_query(pathname: &str) -> String {
    let route = crate::address::below(&super::document::base(), pathname);
    match query() {
        query if query.is_empty() => route.to_owned(),
        query => [route, "?", &query].concat(),
    }
}

/// The id of the connection in the current address (parameter `c`).
pub fn connection() -> Option<String> {
    let query = query();
    let mut pairs = query.split('&');
    pairs.find_map(|pair| pair.strip_prefix("c=").map(str::to_owned))
}

/// The decoded value of the parameter `name` of `query`; empty if it is absent.
pub fn parameter(query: &str, name: &str) -> String {
    let parameters = UrlSearchParams::new_with_str(query).ok();
    parameters.and_then(|all| all.get(name)).unwrap_or_default()
}

/// The browser's user agent string.
pub fn browser() -> String {
    let name = super::window().and_then(|window| window.navigator().user_agent().ok());
    name.unwrap_or_default()
}

/// The site's origin.
pub fn origin() -> String {
    super::window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default()
}

/// Replaces the current address by `path` and adds no entry to the history.
pub fn replace(path: &str) {
    if let Some(history) = super::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Loads `url` in place of the current history entry. Returns `false` if the browser refuses.
pub fn go_to_authorization_server(url: &str) -> bool {
    super::window().is_some_and(|window| window.location().replace(url).is_ok())
}

/// Loads `url`; the current address stays in the history.
pub fn go(url: &str) {
    if let Some(window) = super::window() {
        let _ = window.location().assign(url);
    }
}

/// Whether the browser reports a network.
pub fn is_online() -> bool {
    super::window().is_none_or(|window| window.navigator().on_line())
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = super::window() {
        let _ = window.location().reload();
    }
}
