//! The granted scopes, and those that were requested and not granted, with what they permit.

use leptos::prelude::*;
use outlay_pleo::scope;
use outlay_vault::message::Connection;

use super::external_text::ExternalText;
use super::messages::scopes as messages;

/// Two lists. The second is shown only if a scope was not granted.
#[component]
pub fn Scopes(
    /// The connection with these scopes.
    connection: Connection,
) -> impl IntoView {
    let Connection {
        scopes_granted: granted,
        scopes_asked: asked,
        ..
    } = connection;
    let refused: Vec<String> = asked
        .into_iter()
        .filter(|scope| !granted.contains(scope))
        .collect();
    let nothing = granted
        .is_empty()
        .then(|| view! { <li>{messages::NONE}</li> });
    view! {
        <div class="scopes">
            <p class="scopes-title">{messages::GRANTED}</p>
            <ul class="scopes-granted">{nothing} {granted.into_iter().map(item).collect_view()}</ul>
            {(!refused.is_empty()).then(move || view! {
                <p class="scopes-title">{messages::REFUSED}</p>
                <ul class="scopes-refused">{refused.into_iter().map(item).collect_view()}</ul>
            })}
        </div>
    }
}

fn item(name: String) -> impl IntoView {
    let words = scope::known(&name)
        .map(|scope| scope.permits)
        .unwrap_or_default();
    view! {
        <li><span prop:textContent=words></span> " " <code><ExternalText text=name /></code></li>
    }
}
