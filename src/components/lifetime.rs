//! How long this browser keeps a connection, where that is shorter than a user would think.

use leptos::prelude::*;

use crate::session::{Session, VaultMode};

/// The note; nothing where a connection outlives a reload.
#[component]
pub fn LifetimeNotice() -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = move || {
        let limit = session.mode.get().and_then(VaultMode::limit)?;
        Some(view! { <p class="note" prop:textContent=limit></p> }.into_any())
    };
    view! { {move || shown()} }
}
