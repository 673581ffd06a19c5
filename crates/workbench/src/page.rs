//! The pages, by route.

use leptos::prelude::*;

use crate::storage;

/// A page of the workbench.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// `/storage`: nothing is stored.
    Storage,
}

impl Page {
    /// The page of a route that the site's router has already chosen.
    pub fn of(_route: &str) -> Page {
        Page::Storage
    }

    /// Its view.
    pub fn view(self) -> AnyView {
        match self {
            Page::Storage => storage::page().into_any(),
        }
    }
}
