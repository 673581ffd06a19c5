//! The table of chunks. The release build (feature `split`) cuts the program at the functions of
//! this file; without the feature they are part of the main module.

use leptos::prelude::*;

use crate::app::{self, Mount};
use crate::chunk::{Chunk, Loading, MakeView, NotLoaded};
use crate::components::connect::Options;
use crate::components::connect_form;
use crate::pages::entries::export_writer::{self, Writer};

/// Creates the form for connecting.
pub type MakeForm = fn(Options) -> AnyView;

macro_rules! split_point {
    ($chunk:ident $name:ident, $result:ty, $value:expr) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($chunk, fallible)]
        fn $name() -> Result<$result, NotLoaded> {
            Ok($value)
        }

        #[cfg(not(feature = "split"))]
        async fn $name() -> Result<$result, NotLoaded> {
            Ok($value)
        }
    };
}

macro_rules! views {
    ($($visibility:vis $constant:ident: $chunk:ident $name:ident => $component:path;)*) => {
        $(
            #[doc = concat!("The view `", stringify!($name), "` of the chunk `", stringify!($chunk), "`.")]
            $visibility const $constant: Chunk = Chunk {
                name: stringify!($chunk),
                load: || Box::pin($name()),
            };

            split_point!($chunk $name, MakeView, || $component().into_any());
        )*
    };
}

macro_rules! pages {
    ($($visibility:vis $constant:ident $name:ident => $component:path;)*) => {
        /// The chunks of this table.
        const PAGES: &[Chunk] = &[$($constant),*];

        views! { $($visibility $constant: $name $name => $component;)* }
    };
}

pages! {
    OVERVIEW overview => crate::pages::overview::Overview;
    pub ENTRIES entries => crate::pages::entries::view::Entries;
    EXPORTS exports => crate::pages::exports::view::ExportsPage;
    DIRECTORY directory => crate::pages::directory::view::Directory;
    API api => crate::pages::api::ApiPage;
    INSPECT inspect => crate::pages::inspect::view::InspectPage;
    REGISTER register => crate::pages::register::view::RegisterPage;
    CHECK check => crate::pages::check::view::CheckPage;
    WEBHOOKS webhooks => crate::pages::webhooks::view::WebhooksPage;
    STORAGE storage => crate::pages::storage::view::StoragePage;
    SNAPSHOT snapshot => crate::pages::snapshot::view::SnapshotPage;
    SETTINGS settings => crate::pages::settings::view::SettingsPage;
    pub CONFIG_PROBLEMS config_problems => crate::pages::config_problems::ConfigProblemsPage;
}

views! {
    // For a user who is about to sign in.
    pub WELCOME: sign_in welcome => crate::pages::welcome::Welcome;
    pub CONNECT_FOR_ENTRIES: sign_in connect_for_entries => crate::pages::welcome::ConnectForEntries;
    pub CONNECT_FOR_DIRECTORY: sign_in connect_for_directory => crate::pages::welcome::ConnectForDirectory;
    pub CONNECT: sign_in connect => crate::pages::connect::ConnectPage;
    pub CALLBACK: sign_in callback => crate::pages::callback::CallbackPage;
    // For a signed-in user, but not for the first screen.
    pub SESSION_PANEL: session session_panel => crate::components::session_panel::SessionPanel;
    pub RECONNECT_OVERLAY: session reconnect_overlay => crate::components::reconnect_overlay::ReconnectOverlay;
    pub DIALOGS: session dialogs => crate::components::dialogs::Dialogs;
    // The tools of the API explorer.
    pub ANSWER_TOOLS: api_tools answer_tools => crate::pages::api::tools::answer_tools::AnswerTools;
    pub REFERENCE: api_tools api_reference => crate::pages::api::tools::reference::Reference;
    pub CODE: api_tools api_code => crate::pages::api::tools::code::Code;
    pub SEQUENCES: api_tools api_sequences => crate::pages::api::tools::sequences::Sequences;
    // What a user asks of a list of entries.
    pub COLUMN_CHOOSER: entry_tools column_chooser => crate::pages::entries::columns::ColumnChooser;
    pub VIEWS: entry_tools views => crate::pages::entries::views::Views;
    pub SAVE_SNAPSHOT: seal save_snapshot => crate::pages::snapshot::save::SaveSnapshot;
    pub ENTRY_DRAWER: entry_tools entry_drawer => crate::pages::entries::drawer::EntryDrawer;
}

/// Writes a file of entries; in the chunk `entry_tools`.
pub const ENTRIES_WRITER: Chunk<Writer> = Chunk {
    name: "entry_tools",
    load: || Box::pin(entries_writer()),
};

split_point!(entry_tools entries_writer, Writer, export_writer::WRITER);

/// The form for connecting, a view of the chunk `sign_in`.
pub const CONNECT_FORM: Chunk<MakeForm> = Chunk {
    name: "sign_in",
    load: || Box::pin(connect_form()),
};

split_point!(sign_in connect_form, MakeForm, connect_form::view);

split_point!(app app, Mount, app::mount);

/// Returns the chunk with this name in the route table; `None` if this file has no such chunk.
pub fn of_name(name: &str) -> Option<Chunk> {
    PAGES.iter().find(|chunk| chunk.name == name).copied()
}

/// Loads the app: everything but the static Connect page.
pub fn load_app() -> Loading<Mount> {
    Box::pin(app())
}
