//! Decides which worker a callback belongs to.
//!
//! Decides on the raw query, before any value of it is trusted. Every parameter that decodes to the
//! name `state` counts, in any encoding and with any number of occurrences. The vault's `state`
//! contains no `.`; the probe's begins with [`PREFIX`].

use outlay_oauth::form;

/// The beginning of every `state` of the probe; no `state` of the vault begins with it.
pub const PREFIX: &str = "probe.";

/// The receiver of a callback's query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackRoute {
    /// The vault: the query has no `state` of the probe.
    Vault,
    /// The probe: every `state` in the query begins with [`PREFIX`].
    Probe,
    /// Neither: the query has a `state` of both kinds, so it is forged.
    Ambiguous,
}

/// Returns the receiver of a query, given without its `?`.
#[must_use]
pub fn route_callback(query: &str) -> CallbackRoute {
    let (mut own, mut other) = (false, false);
    for state in states(query) {
        if state.starts_with(PREFIX.as_bytes()) {
            own = true;
        } else {
            other = true;
        }
    }
    match (own, other) {
        (false, _) => CallbackRoute::Vault,
        (true, false) => CallbackRoute::Probe,
        (true, true) => CallbackRoute::Ambiguous,
    }
}

/// Returns every `state` of a query, decoded; as bytes, since a query need not be UTF-8. Also those
/// in the fragment and after `&amp;` or a second `?`, so that the worker that sent the request
/// reports such a response.
pub fn states(query: &str) -> impl Iterator<Item = Vec<u8>> {
    query.split(['&', '#', '?']).filter_map(|pair| {
        let pair = pair.strip_prefix("amp;").unwrap_or(pair);
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (form::bytes(name) == b"state").then(|| form::bytes(value))
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn callback_query_is_routed_to_vault_probe_or_ambiguous() {
        for (query, expected) in [
            ("", CallbackRoute::Vault),
            ("code=1", CallbackRoute::Vault),
            ("code=1&state=abc", CallbackRoute::Vault),
            ("state=probe", CallbackRoute::Vault),
            ("state=xprobe.1", CallbackRoute::Vault),
            ("state=Probe.1", CallbackRoute::Vault),
            ("State=probe.1", CallbackRoute::Vault),
            ("error=probe.1&code=state", CallbackRoute::Vault),
            ("code=1&state=probe.1", CallbackRoute::Probe),
            ("state=probe.", CallbackRoute::Probe),
            ("code=1&st%61te=%70robe%2E1&x", CallbackRoute::Probe),
            ("state=probe.1&state=probe.2", CallbackRoute::Probe),
            ("state=probe.%ff&code=%ff", CallbackRoute::Probe),
            ("#code=1&state=probe.1", CallbackRoute::Probe),
            ("#state=probe.1&code=1", CallbackRoute::Probe),
            ("code=1&amp;state=probe.1", CallbackRoute::Probe),
            ("x=1?state=probe.1&code=1", CallbackRoute::Probe),
            ("code=1&state=abc#_=_", CallbackRoute::Vault),
            ("#code=1&state=abc", CallbackRoute::Vault),
            ("code=1&state=abc#state=probe.1", CallbackRoute::Ambiguous),
            ("state=probe.1&state=abc", CallbackRoute::Ambiguous),
            ("state=abc&state=probe.1", CallbackRoute::Ambiguous),
            ("state&state=probe.1", CallbackRoute::Ambiguous),
            ("state=&%73tate=probe.1", CallbackRoute::Ambiguous),
        ] {
            assert_eq!(route_callback(query), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn vault_rejects_a_probe_state(
            query in "(&|=|state|st%61te|probe\\.|prob%65.|%|%7|\\+|[a-c.]|%ff){0,16}",
        ) {
            // What the vault would read in it.
            let read = form::parse(&query).unwrap_or_default();
            let mut states = read.iter().filter(|(name, _)| name == "state");
            if route_callback(&query) == CallbackRoute::Vault {
                prop_assert!(states.all(|(_, value)| !value.starts_with(PREFIX)));
            } else if route_callback(&query) == CallbackRoute::Probe {
                prop_assert!(states.all(|(_, value)| value.starts_with(PREFIX)));
            }
        }

        #[test]
        fn vault_state_is_routed_to_the_vault(
            before in "[a-z=&%]{0,12}", state in "[A-Za-z0-9_-]{43}", after in "[a-z=&%.]{0,20}",
        ) {
            let query = format!("{before}&state={state}&{after}");
            prop_assert_ne!(route_callback(&query), CallbackRoute::Probe);
        }
    }
}
