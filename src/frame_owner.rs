//! The reactive owner of what lives as long as the tab.

use leptos::prelude::*;

/// The frame's owner. A page creates in it what has to outlive the page.
#[derive(Clone, Copy)]
pub struct FrameOwner(pub StoredValue<Owner>);

impl FrameOwner {
    /// The present owner.
    pub fn new() -> FrameOwner {
        FrameOwner(StoredValue::new(Owner::current().unwrap_or_default()))
    }
}
