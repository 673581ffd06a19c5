//! The pages, by route.

use leptos::prelude::*;
use outlay_config::Config;

use crate::{check, inspect, register, settings, storage};

/// A page of the workbench.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// `/check`: the report card.
    Check,
    /// `/inspect`: the flow and the record.
    Inspect,
    /// `/register`: what is handed to Pleo.
    Register,
    /// `/settings`: the connections, and the way out.
    Settings,
    /// `/storage`: nothing is stored.
    Storage,
}

impl Page {
    /// The page of a route that the site's router has already chosen.
    pub fn of(route: &str) -> Page {
        match route.trim_matches('/') {
            "check" => Page::Check,
            "register" => Page::Register,
            "settings" => Page::Settings,
            "storage" => Page::Storage,
            _ => Page::Inspect,
        }
    }

    /// Its view.
    pub fn view(self, config: Config) -> AnyView {
        match self {
            Page::Check => check::view::page().into_any(),
            Page::Inspect => inspect::view::page().into_any(),
            Page::Register => register::view::page().into_any(),
            Page::Settings => settings::view::page(config).into_any(),
            Page::Storage => storage::view::page().into_any(),
        }
    }
}
