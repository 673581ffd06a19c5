//! The theme select. The choice lasts until the page is reloaded: nothing is stored.

use leptos::prelude::*;

use super::messages::theme as messages;
use crate::platform::document;

/// The choice, shared by every theme select.
#[derive(Clone, Copy)]
pub struct Theme(pub RwSignal<String>);

impl Theme {
    /// Starts with the system's theme.
    pub fn new() -> Theme {
        Theme(RwSignal::new("system".to_owned()))
    }
}

impl Default for Theme {
    fn default() -> Theme {
        Theme::new()
    }
}

/// The select.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let Theme(theme) = expect_context::<Theme>();
    let choose = move |event| {
        let chosen = event_target_value(&event);
        document::set_data("theme", Some(&chosen));
        theme.set(chosen);
    };
    view! {
        <label class="theme field inline" title=messages::TITLE>
            <span>{messages::THEME}</span>
            <select on:change=choose prop:value=theme>
                <option value="system">{messages::SYSTEM}</option>
                <option value="light">{messages::LIGHT}</option>
                <option value="dark">{messages::DARK}</option>
            </select>
        </label>
    }
}
