//! The note about how long this browser keeps a connection, if that is shorter than users expect.

use leptos::prelude::*;

use crate::session::{Session, VaultMode};

/// The note; nothing if a connection survives a reload.
#[component]
pub fn LifetimeNotice() -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = move || {
        let limit = session.mode.get().and_then(VaultMode::limit)?;
        Some(view! { <p class="note" prop:textContent=limit></p> }.into_any())
    };
    view! { {move || shown()} }
}
