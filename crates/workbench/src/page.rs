//! The pages, by route.

use leptos::prelude::*;

use crate::{inspect, storage};

/// A page of the workbench.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// `/inspect`: the flow and the record.
    Inspect,
    /// `/storage`: nothing is stored.
    Storage,
}

impl Page {
    /// The page of a route that the site's router has already chosen.
    pub fn of(route: &str) -> Page {
        match route.trim_matches('/') {
            "storage" => Page::Storage,
            _ => Page::Inspect,
        }
    }

    /// Its view.
    pub fn view(self) -> AnyView {
        match self {
            Page::Inspect => inspect::view::page().into_any(),
            Page::Storage => storage::page().into_any(),
        }
    }
}
