//! The types of a chunk: a part of the program that the first screen does not need. It is a
//! WebAssembly module of its own that shares memory and function table with the main one.
//! `crate::chunks` lists them.

use std::pin::Pin;

use leptos::prelude::*;

/// Creates a view. Must run in the reactive owner of the element that shows it.
pub type MakeView = fn() -> AnyView;

/// The result of loading a chunk, as a future.
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

/// A view of a chunk, or the function that creates it.
#[derive(Clone, Copy)]
pub struct Chunk<V: 'static = MakeView> {
    /// The name of the chunk, with which the names of its files begin. For a page's chunk it is
    /// also the name in the route table.
    pub name: &'static str,
    /// Fetches the chunk unless it is loaded already. Does not create the view.
    pub load: fn() -> Loading<V>,
}
