//! Loads the parts of the program that the first screen does not need.
//!
//! A *chunk* is a WebAssembly module that shares memory and function table with the main one. The
//! release build (feature `split`) cuts the program at the functions of this file; without the feature
//! they are part of the main module.

use std::pin::Pin;

use leptos::prelude::*;

use crate::components::alert::ErrorAlert;
use crate::platform::chunk_files::{self, Fault};
use crate::platform::location;
use crate::session::trouble::Trouble;

/// Makes a view. It must run in the reactive owner of the place that shows it.
pub type MakeView = fn() -> AnyView;

type Loading = Pin<Box<dyn Future<Output = Result<MakeView, NotLoaded>>>>;

/// The chunk could not be fetched or run.
#[derive(Debug, Clone, Copy)]
pub struct NotLoaded;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> NotLoaded {
        NotLoaded
    }
}

/// A chunk and how to load it.
#[derive(Clone, Copy)]
pub struct Chunk {
    /// The name in the route table, and the beginning of its files' names.
    pub name: &'static str,
    load: fn() -> Loading,
}

macro_rules! chunks {
    ($($(#[$doc:meta])* $constant:ident $name:ident => $component:path;)*) => {
        $(
            $(#[$doc])*
            pub const $constant: Chunk = Chunk {
                name: stringify!($name),
                load: || Box::pin($name()),
            };

            #[cfg(feature = "split")]
            #[wasm_split_helpers::wasm_split($name, fallible)]
            fn $name() -> Result<MakeView, NotLoaded> {
                Ok(|| $component().into_any())
            }

            #[cfg(not(feature = "split"))]
            async fn $name() -> Result<MakeView, NotLoaded> {
                Ok(|| $component().into_any())
            }
        )*

        /// Every chunk.
        #[cfg(test)]
        pub const ALL: &[Chunk] = &[$($constant),*];
    };
}

chunks! {
    /// The company's spend by month.
    OVERVIEW overview => crate::pages::overview::Overview;
    /// The table of entries.
    ENTRIES entries => crate::pages::entries::Entries;
    /// The explorer of Pleo's API.
    API api => crate::pages::api::ApiPage;
    /// The OAuth requests and answers.
    INSPECT inspect => crate::pages::inspect::view::InspectPage;
    /// The client registration form.
    REGISTER register => crate::pages::register::view::RegisterPage;
    /// The report card of an authorization server.
    CHECK check => crate::pages::check::view::CheckPage;
    /// What the browser stores.
    STORAGE storage => crate::pages::storage::view::StoragePage;
    /// The connections, limits and file formats.
    SETTINGS settings => crate::pages::settings::view::SettingsPage;
    /// What is wrong with `config.json`, key by key.
    CONFIG_PROBLEMS config_problems => crate::pages::config_problems::ConfigProblemsPage;
}

#[derive(Clone)]
enum State {
    Loading,
    Loaded(MakeView),
    Failed(Trouble),
}

/// The view of `chunk`, once it is loaded. If it fails, an alert with *Try again*, or with *Reload* if a
/// newer version of the site is out; what is on the rest of the screen stays.
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
                Err(NotLoaded) => State::Failed(explain(chunk_files::fault(chunk.name).await)),
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
            view! {
                <ErrorAlert trouble>
                    <button type="button" class="primary" on:click=move |_| match newer {
                        true => location::reload(),
                        false => load(),
                    }>
                        {if newer { "Reload" } else { "Try again" }}
                    </button>
                </ErrorAlert>
            }
            .into_any()
        }
    };
    view! { {move || shown()} }
}

/// The code for a chunk that is missing because the site was deployed anew.
const NEWER: &str = "newer_version";

fn explain(fault: Option<Fault>) -> Trouble {
    let (code, detail) = match fault {
        Some(fault) if fault.newer => (NEWER, fault.detail),
        Some(fault) => ("part_not_loaded", fault.detail),
        None => ("part_not_loaded", None),
    };
    Trouble {
        detail,
        ..Trouble::of(code)
    }
}
