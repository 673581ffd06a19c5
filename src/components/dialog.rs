//! Dialogs that are open while a condition holds.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::effect::effect;

/// Opens `dialog` while `open` holds, and closes it afterwards.
pub fn open_while(dialog: NodeRef<Dialog>, open: impl Fn() -> bool + 'static) {
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        if !open() {
            dialog.close();
        } else if !dialog.open() {
            let _ = dialog.show_modal();
        }
    });
}
