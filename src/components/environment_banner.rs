//! The banner that names the environment on every screen.

use leptos::prelude::*;
use outlay_config::EnvironmentKind;

use super::environment_labels;
use super::external_text::ExternalText;

/// The banner. Without an environment it keeps its height, so that the page does not shift.
#[component]
pub fn EnvironmentBanner(
    /// The kind and name of the environment.
    environment: Signal<Option<(EnvironmentKind, String)>>,
) -> impl IntoView {
    let kind = move || {
        environment.with(|environment| {
            environment
                .as_ref()
                .map(|(kind, _)| environment_labels::name(*kind))
        })
    };
    let name = move || {
        environment
            .with(|environment| environment.as_ref().map(|(_, name)| name.clone()))
            .unwrap_or_default()
    };
    let what = move || {
        environment
            .with(|environment| {
                environment
                    .as_ref()
                    .map(|(kind, _)| environment_labels::description(*kind))
            })
            .unwrap_or_default()
    };
    view! {
        <div class="environment-banner" data-kind=move || kind()><ExternalText text=Signal::derive(name) /> <span class="environment-description" prop:textContent=move || what()></span></div>
    }
}
