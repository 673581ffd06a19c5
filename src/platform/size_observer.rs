//! Notices when the size of an element changes, whatever the cause: the window, a panel, a longer note.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Observes one element until it is dropped.
pub struct SizeObserver {
    observer: ResizeObserver,
    /// The browser calls it.
    _changed: Closure<dyn Fn()>,
}

impl SizeObserver {
    /// Calls `changed` now and after each change. Returns `None` in a browser without resize observers.
    pub fn new(element: &Element, changed: impl Fn() + 'static) -> Option<SizeObserver> {
        let changed = Closure::<dyn Fn()>::new(changed);
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(SizeObserver {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
