//! The band that names the environment on every screen.

use leptos::prelude::*;
use outlay_config::Kind;

use super::band_words;
use super::external_text::ExternalText;

/// The band. Without an environment it keeps its place, so that nothing jumps.
#[component]
pub fn EnvironmentBand(
    /// The kind and name of the environment.
    environment: Signal<Option<(Kind, String)>>,
) -> impl IntoView {
    let kind = move || {
        environment.with(|environment| {
            environment
                .as_ref()
                .map(|(kind, _)| band_words::name(*kind))
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
                    .map(|(kind, _)| band_words::description(*kind))
            })
            .unwrap_or_default()
    };
    view! {
        <div class="band" data-kind=move || kind()><ExternalText text=Signal::derive(name) /> <span class="band-what" prop:textContent=move || what()></span></div>
    }
}
