//! The reactive owner of signals that live as long as the tab.

use leptos::prelude::*;

/// The frame's owner. A page creates in it the signals that must outlive the page.
#[derive(Clone, Copy)]
pub struct FrameOwner(pub StoredValue<Owner>);

impl FrameOwner {
    /// Takes the current owner. Call it in the frame.
    pub fn new() -> FrameOwner {
        FrameOwner(StoredValue::new(Owner::current().unwrap_or_default()))
    }
}
