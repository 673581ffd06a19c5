//! What a chunk is: a part of the program that the first screen does not need, in a WebAssembly module
//! of its own that shares memory and function table with the main one. `crate::chunks` lists them.

use std::pin::Pin;

use leptos::prelude::*;

use crate::session::Session;
use crate::session::trouble::Trouble;

/// Makes a view. It must run in the reactive owner of the place that shows it.
pub type MakeView = fn() -> AnyView;

/// What loading a chunk returns.
pub type Loading<T> = Pin<Box<dyn Future<Output = Result<T, NotLoaded>>>>;

/// The chunk could not be fetched or run.
#[derive(Debug, Clone, Copy)]
pub struct NotLoaded;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> NotLoaded {
        NotLoaded
    }
}

/// A page's chunk.
#[derive(Clone, Copy)]
pub struct Chunk {
    /// The name in the route table, and the beginning of its files' names.
    pub name: &'static str,
    /// Fetches it, unless that was done before; makes nothing.
    pub load: fn() -> Loading<MakeView>,
}

/// What only a session needs: the company data, the names of companies, the dialogs, the session's
/// panel.
#[derive(Clone, Copy)]
pub struct SessionParts {
    /// Provides the contexts of the other chunks. It must run in the owner of the frame.
    pub setup: fn(Session),
    /// The dialogs, and the overlay after a connection has ended.
    pub overlay: MakeView,
    /// The choice among several companies.
    pub switcher: MakeView,
    /// The content of the session's panel.
    pub panel: MakeView,
    /// The companies that are connected already.
    pub connected: MakeView,
    /// The text of *Copy details*, about this error or about none.
    pub details: fn(Session, Option<&Trouble>) -> String,
}

/// The chunk of the [`SessionParts`] in this document. It is loaded while a sign-in is under way or as
/// soon as a connection is known.
#[derive(Clone, Copy)]
pub struct SessionChunk {
    session: Session,
    fetch: fn() -> Loading<SessionParts>,
    frame: StoredValue<Owner>,
    parts: RwSignal<Option<SessionParts>>,
}

impl SessionChunk {
    /// Not loaded yet. The present owner becomes that of the contexts.
    pub fn new(session: Session, fetch: fn() -> Loading<SessionParts>) -> SessionChunk {
        SessionChunk {
            session,
            fetch,
            frame: StoredValue::new(Owner::current().unwrap_or_default()),
            parts: RwSignal::new(None),
        }
    }

    /// Loads the chunk, unless that was done before.
    pub async fn load(self) -> Result<SessionParts, NotLoaded> {
        let parts = (self.fetch)().await?;
        if self.parts.with_untracked(Option::is_none) {
            self.frame
                .with_value(|frame| frame.with(|| (parts.setup)(self.session)));
            self.parts.set(Some(parts));
        }
        Ok(parts)
    }

    /// One of its views, once it is loaded.
    pub fn view(self, part: fn(&SessionParts) -> MakeView) -> Option<AnyView> {
        self.parts.get().map(|parts| part(&parts)())
    }
}
