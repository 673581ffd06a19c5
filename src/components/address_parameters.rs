//! The parameters of the present address, in which a page keeps its state.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::address;
use crate::platform::location;

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

/// How long what the user changes must rest before the address follows it: the browser draws first, and
/// it limits how often the address changes.
const REST: Duration = Duration::from_millis(300);

/// Reads and writes the parameters.
#[derive(Clone, Copy)]
pub struct AddressParameters {
    navigate: StoredValue<Navigate, LocalStorage>,
    path: Memo<String>,
    /// The query, without `?`.
    pub query: Memo<String>,
    resting: StoredValue<Option<TimeoutHandle>>,
}

impl AddressParameters {
    /// The parameters of the address of this page.
    pub fn of_this_page() -> AddressParameters {
        let here = use_location();
        let navigate = use_navigate();
        let parameters = AddressParameters {
            navigate: StoredValue::new_local(Box::new(move |route: &str, options| {
                navigate(route, options);
            })),
            path: Memo::new(move |_| here.pathname.get()),
            query: Memo::new(move |_| here.search.get()),
            resting: StoredValue::new(None),
        };
        on_cleanup(move || parameters.stop_resting());
        parameters
    }

    /// Runs `write` once nothing has called this for a moment. A change of the address until then is not
    /// the user's: see [`AddressParameters::is_resting`].
    pub fn after_rest(self, write: impl Fn() + 'static) {
        self.stop_resting();
        let later = move || {
            self.resting.try_set_value(None);
            write();
        };
        let later: Box<dyn Fn()> = Box::new(later);
        self.resting
            .set_value(set_timeout_with_handle(later, REST).ok());
    }

    /// Whether a write waits.
    pub fn is_resting(self) -> bool {
        self.resting.with_value(Option::is_some)
    }

    /// Drops the write that waits.
    pub fn stop_resting(self) {
        if let Some(Some(handle)) = self.resting.try_update_value(Option::take) {
            handle.clear();
        }
    }

    /// The decoded value of a parameter; empty if the address has none. Tracks the address.
    pub fn value(self, name: &str) -> String {
        self.query.with(|query| location::parameter(query, name))
    }

    /// Writes a parameter, unless the address has it already; an empty one is removed. `replace` adds
    /// no entry to the history.
    pub fn write(self, name: &str, text: &str, replace: bool) {
        self.write_all(&[(name, text)], replace);
    }

    /// Like [`AddressParameters::write`], for several parameters in one step.
    pub fn write_all(self, parameters: &[(&str, &str)], replace: bool) {
        let is_written = |(name, text): &(&str, &str)| untrack(|| self.value(name)) == *text;
        if parameters.iter().all(is_written) {
            return;
        }
        let whole = location::with_query(&self.path.get_untracked());
        let options = NavigateOptions {
            replace,
            scroll: false,
            ..Default::default()
        };
        self.navigate.with_value(|navigate| {
            navigate(&with_parameters(whole, parameters), options);
        });
    }

    /// The absolute address of this page with these parameters alone.
    pub fn link(self, parameters: &[(&str, &str)]) -> String {
        let route = with_parameters(self.path.get_untracked(), parameters);
        [location::origin(), route].concat()
    }
}

fn with_parameters(route: String, parameters: &[(&str, &str)]) -> String {
    parameters.iter().fold(route, |route, (name, text)| {
        let value: String = js_sys::encode_uri_component(text).into();
        address::with_parameter(&route, name, &value)
    })
}
