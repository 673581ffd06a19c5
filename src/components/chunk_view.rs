//! The view of a chunk.

use std::rc::Rc;

use outlay_codes::ErrorCode;

use futures::FutureExt;
use leptos::prelude::*;

use super::alert::ErrorAlert;
use super::messages;
use crate::chunk::{Chunk, Loading, NotLoaded};
use crate::platform::chunk_files;
use crate::platform::location;
use crate::session::app_error::AppError;

/// The code for a chunk that is missing because a newer version of the site was deployed.
const NEWER: ErrorCode = ErrorCode::NewerVersion;

#[derive(Clone)]
enum ChunkState {
    Loading,
    Loaded(ViewFn),
    Failed(AppError),
}

/// The view of `chunk`, once it is loaded. If loading fails, an alert with *Try again*, or with
/// *Reload page* if a newer version of the site was deployed; the rest of the screen stays.
#[component]
pub fn ChunkView(
    /// The chunk.
    chunk: Chunk,
) -> impl IntoView {
    loaded(chunk.name, move || {
        Box::pin(async move { Ok(ViewFn::from((chunk.load)().await?)) })
    })
}

/// Like [`ChunkView`], for a view that `load` returns from the chunk `name`.
pub fn loaded(name: &'static str, load: impl Fn() -> Loading<ViewFn> + 'static) -> AnyView {
    show(name, Rc::new(load))
}

/// One function for all chunks, so that it is compiled once.
fn show(name: &'static str, from: Rc<dyn Fn() -> Loading<ViewFn>>) -> AnyView {
    let state = RwSignal::new(ChunkState::Loading);
    let from = StoredValue::new_local(from);
    let load = move || {
        let mut loading = from.with_value(|from| from());
        // Shows a chunk that is loaded already without a delay.
        let failed = match (&mut loading).now_or_never() {
            Some(Ok(view)) => return state.set(ChunkState::Loaded(view)),
            Some(Err(failed)) => Some(failed),
            None => None,
        };
        state.set(ChunkState::Loading);
        leptos::task::spawn_local(async move {
            let loaded = match failed {
                Some(failed) => Err(failed),
                None => loading.await,
            };
            let loaded = match loaded {
                Ok(view) => ChunkState::Loaded(view),
                Err(NotLoaded) => ChunkState::Failed(reason(name).await),
            };
            state.try_set(loaded);
        });
    };
    load();
    let shown = move || match state.get() {
        ChunkState::Loading => {
            view! { <p class="waiting" role="status">{messages::LOADING}</p> }.into_any()
        }
        ChunkState::Loaded(view) => view.run(),
        ChunkState::Failed(app_error) => {
            let newer = app_error.code == NEWER;
            let next = move |_| match newer {
                true => location::reload(),
                false => load(),
            };
            view! {
                <ErrorAlert app_error>
                    <button type="button" class="primary" on:click=next>
                        {if newer { messages::RELOAD } else { messages::TRY_AGAIN }}
                    </button>
                </ErrorAlert>
            }
            .into_any()
        }
    };
    view! { {move || shown()} }.into_any()
}

/// Finds why the chunk did not load.
async fn reason(chunk: &str) -> AppError {
    let fault = chunk_files::fault(chunk).await;
    let newer = fault.as_ref().is_some_and(|fault| fault.newer);
    AppError {
        detail: fault.and_then(|fault| fault.detail),
        ..AppError::of(if newer {
            NEWER
        } else {
            ErrorCode::PartNotLoaded
        })
    }
}
