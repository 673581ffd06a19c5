//! The view of a chunk.

use leptos::prelude::*;

use super::alert::ErrorAlert;
use crate::chunk::{Chunk, MakeView, NotLoaded};
use crate::platform::chunk_files;
use crate::platform::location;
use crate::session::trouble::Trouble;

/// The code for a chunk that is missing because the site was deployed anew.
const NEWER: &str = "newer_version";

#[derive(Clone)]
enum State {
    Loading,
    Loaded(MakeView),
    Failed(Trouble),
}

/// The view of `chunk`, once it is loaded. If it fails, an alert with *Try
/// again*, or with *Reload* if a newer version of the site is out; the rest of the screen stays.
#[component]
pub fn ChunkView(
    /// The chunk.
    chunk: Chunk,
) -> impl IntoView {
    let state = RwSignal::new(State::Loading);
    let load = move || {
        state.set(State::Loading);
        leptos::task::spawn_local(async move {
            let loaded = match (chunk.load)().await {
                Ok(view) => State::Loaded(view),
                Err(NotLoaded) => State::Failed(reason(chunk.name).await),
            };
            state.try_set(loaded);
        });
    };
    load();
    let shown = move || match state.get() {
        State::Loading => view! { <p class="waiting" role="status">"Loading…"</p> }.into_any(),
        State::Loaded(make_view) => make_view(),
        State::Failed(trouble) => {
            let newer = trouble.code == NEWER;
            let next = move |_| match newer {
                true => location::reload(),
                false => load(),
            };
            view! {
                <ErrorAlert trouble>
                    <button type="button" class="primary" on:click=next>
                        {if newer { "Reload" } else { "Try again" }}
                    </button>
                </ErrorAlert>
            }
            .into_any()
        }
    };
    view! { {move || shown()} }
}

/// Why the chunk of this name did not load.
async fn reason(chunk: &str) -> Trouble {
    let fault = chunk_files::fault(chunk).await;
    let newer = fault.as_ref().is_some_and(|fault| fault.newer);
    Trouble {
        detail: fault.and_then(|fault| fault.detail),
        ..Trouble::of(if newer { NEWER } else { "part_not_loaded" })
    }
}
