//! Every chunk. The release build (feature `split`) cuts the program at the functions of this file;
//! without the feature they are part of the main module.

use leptos::prelude::*;

use crate::app::{self, Mount};
use crate::chunk::{Chunk, Loading, MakeView, NotLoaded};

macro_rules! split_point {
    ($name:ident, $result:ty, $value:expr) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($name, fallible)]
        fn $name() -> Result<$result, NotLoaded> {
            Ok($value)
        }

        #[cfg(not(feature = "split"))]
        async fn $name() -> Result<$result, NotLoaded> {
            Ok($value)
        }
    };
}

macro_rules! chunks {
    ($($visibility:vis $constant:ident $name:ident => $component:path;)*) => {
        /// The chunks of this table.
        const CHUNKS: &[Chunk] = &[$($constant),*];

        $(
            #[doc = concat!("The chunk `", stringify!($name), "`.")]
            $visibility const $constant: Chunk = Chunk {
                name: stringify!($name),
                load: || Box::pin($name()),
            };

            split_point!($name, MakeView, || $component().into_any());
        )*
    };
}

chunks! {
    OVERVIEW overview => crate::pages::overview::Overview;
    ENTRIES entries => crate::pages::entries::Entries;
    API api => crate::pages::api::ApiPage;
    INSPECT inspect => crate::pages::inspect::view::InspectPage;
    REGISTER register => crate::pages::register::view::RegisterPage;
    CHECK check => crate::pages::check::view::CheckPage;
    STORAGE storage => crate::pages::storage::view::StoragePage;
    SETTINGS settings => crate::pages::settings::view::SettingsPage;
    pub CONFIG_PROBLEMS config_problems => crate::pages::config_problems::ConfigProblemsPage;
}

split_point!(app, Mount, app::mount);

/// The chunk with this name in the route table; `None` if this file has no such chunk.
pub fn of_name(name: &str) -> Option<Chunk> {
    CHUNKS.iter().find(|chunk| chunk.name == name).copied()
}

/// Loads the app: everything but the static Connect page.
pub fn load_app() -> Loading<Mount> {
    Box::pin(app())
}
