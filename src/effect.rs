//! Effects that share one compiled type.

use leptos::prelude::*;

/// Runs `run` now, and again after each change of a signal that it read.
///
/// The compiler copies [`Effect::new`] for each closure, about 1 kB of WebAssembly each. This
/// function boxes the closure first.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
