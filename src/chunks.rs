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

macro_rules! pages {
    ($($constant:ident $name:ident => $component:path;)*) => {
        $(
            #[doc = concat!("The chunk `", stringify!($name), "`.")]
            pub const $constant: Chunk = Chunk {
                name: stringify!($name),
                load: || Box::pin($name()),
            };

            split_point!($name, MakeView, || $component().into_any());
        )*
    };
}

pages! {
    OVERVIEW overview => crate::pages::overview::Overview;
    ENTRIES entries => crate::pages::entries::Entries;
    API api => crate::pages::api::ApiPage;
    INSPECT inspect => crate::pages::inspect::view::InspectPage;
    REGISTER register => crate::pages::register::view::RegisterPage;
    CHECK check => crate::pages::check::view::CheckPage;
    STORAGE storage => crate::pages::storage::view::StoragePage;
    SETTINGS settings => crate::pages::settings::view::SettingsPage;
    CONFIG_PROBLEMS config_problems => crate::pages::config_problems::ConfigProblemsPage;
}

split_point!(app, Mount, app::mount);

/// Loads the app: everything but the static Connect page.
pub fn load_app() -> Loading<Mount> {
    Box::pin(app())
}
