//! The browser's own warning before this document is reloaded or closed while it holds work that
//! would be lost. The listener exists only while there is such work, because some browsers keep no
//! document with it in the back-forward cache.

use std::cell::RefCell;

use leptos::prelude::{Owner, on_cleanup};
use wasm_bindgen::prelude::*;
use web_sys::Event;

use crate::effect::effect;

/// Work that is lost with the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedWork {
    /// A file of entries that is being made.
    EntriesExport,
    /// A run of an export job with choices of the user.
    ExportRun,
    /// A connection test in progress.
    ConnectionTest,
    /// The registration form with input.
    Registration,
}

struct Guard {
    work: Vec<UnsavedWork>,
    listener: Option<Closure<dyn Fn(Event)>>,
}

thread_local! {
    static GUARD: RefCell<Guard> = const { RefCell::new(Guard { work: Vec::new(), listener: None }) };
}

/// Warns while `at_risk` returns true and the current reactive owner exists.
pub fn warn_while(work: UnsavedWork, at_risk: impl Fn() -> bool + 'static) {
    effect(move || set(work, at_risk()));
    if Owner::current().is_some() {
        on_cleanup(move || set(work, false));
    }
}

/// Removes the warning, for a document that the app itself replaces after a session has ended.
pub fn disarm() {
    GUARD.with_borrow_mut(|guard| guard.work.clear());
    update_listener();
}

fn set(work: UnsavedWork, at_risk: bool) {
    GUARD.with_borrow_mut(|guard| {
        guard.work.retain(|known| *known != work);
        if at_risk {
            guard.work.push(work);
        }
    });
    update_listener();
}

fn update_listener() {
    const EVENT: &str = "beforeunload";
    let Some(window) = super::window() else {
        return;
    };
    GUARD.with_borrow_mut(|guard| {
        if guard.work.is_empty() {
            if let Some(listener) = guard.listener.take() {
                let listener = listener.as_ref().unchecked_ref();
                let _ = window.remove_event_listener_with_callback(EVENT, listener);
            }
        } else if guard.listener.is_none() {
            let listener = Closure::<dyn Fn(Event)>::new(|event: Event| event.prevent_default());
            let _ =
                window.add_event_listener_with_callback(EVENT, listener.as_ref().unchecked_ref());
            guard.listener = Some(listener);
        }
    });
}
