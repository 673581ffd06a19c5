//! What a chunk is: a part of the program that the first screen does not need, in a WebAssembly module
//! of its own that shares memory and function table with the main one. `crate::chunks` lists them.

use std::pin::Pin;

use leptos::prelude::*;

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

/// One view of a chunk, or what makes it.
#[derive(Clone, Copy)]
pub struct Chunk<V: 'static = MakeView> {
    /// The name of the chunk: in the route table, if it is a page's, and the beginning of its files'
    /// names.
    pub name: &'static str,
    /// Fetches it, unless that was done before; makes nothing.
    pub load: fn() -> Loading<V>,
}
