//! Effects of one type.

use leptos::prelude::*;

/// Runs `run` now, and again when a signal has changed that it read.
///
/// [`Effect::new`] is compiled anew for each closure, a kilobyte of WebAssembly each; here the closure is
/// boxed first.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
