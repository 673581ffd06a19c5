//! The switch between light and dark. The choice lives as long as the page: nothing is stored.

use leptos::prelude::*;

use crate::platform::document;

/// The switch.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let choose = move |event| {
        let theme = event_target_value(&event);
        document::set_data("theme", Some(&theme));
    };
    view! {
        <label class="theme" title="Lasts until the page is loaded again: nothing is stored">
            <span class="visually-hidden">"Colours (until the page is loaded again)"</span>
            <select on:change=choose>
                <option value="system">"System colours"</option>
                <option value="light">"Light"</option>
                <option value="dark">"Dark"</option>
            </select>
        </label>
    }
}
