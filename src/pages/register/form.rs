//! The draft of this tab, and the signals of the page.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use leptos::prelude::*;
use outlay_pleo::registration::FormField;
use web_sys::Url;

use super::draft::{DraftAssessment, RegistrationDraft};
use crate::frame_owner::FrameOwner;
use crate::platform::unload_guard::{self, UnsavedWork};

thread_local! {
    static KEPT: OnceCell<StoredDraft> = const { OnceCell::new() };
}

/// The draft, which outlives the page until the tab closes.
#[derive(Clone)]
pub struct StoredDraft {
    /// The form.
    pub draft: ArcRwSignal<RegistrationDraft>,
    /// The object URL of the chosen logo, for `<img>`.
    pub picture: ArcRwSignal<Option<String>>,
    /// Whether the browser warns before the input is lost.
    is_watched: Rc<Cell<bool>>,
}

impl StoredDraft {
    /// Returns the draft of this tab.
    pub fn get() -> StoredDraft {
        KEPT.with(|kept| {
            let made = || StoredDraft {
                draft: ArcRwSignal::new(RegistrationDraft::default()),
                picture: ArcRwSignal::new(None),
                is_watched: Rc::default(),
            };
            kept.get_or_init(made).clone()
        })
    }

    /// Shows another logo, or none; revokes the URL of the one before.
    pub fn show(&self, picture: Option<String>) {
        let before = self.picture.get_untracked();
        self.picture.set(picture);
        if let Some(before) = before {
            let _ = Url::revoke_object_url(&before);
        }
    }
}

/// The form while the page is shown.
#[derive(Clone, Copy)]
pub struct RegistrationForm {
    /// The user's input.
    pub draft: RwSignal<RegistrationDraft>,
    /// The findings about it.
    pub assessment: Memo<DraftAssessment>,
    /// See [`StoredDraft::picture`].
    pub picture: RwSignal<Option<String>>,
}

impl RegistrationForm {
    /// Opens the draft of this tab.
    pub fn open() -> RegistrationForm {
        let kept = StoredDraft::get();
        // In the frame: the input outlives the page.
        let FrameOwner(frame) = expect_context();
        let input = kept.draft.clone();
        let watch = move || {
            unload_guard::warn_while(UnsavedWork::Registration, move || {
                input.with(RegistrationDraft::has_unsaved_input)
            });
        };
        if !kept.is_watched.replace(true) {
            frame.with_value(|frame| frame.with(watch));
        }
        let draft = RwSignal::from(kept.draft);
        RegistrationForm {
            draft,
            assessment: Memo::new(move |_| draft.with(RegistrationDraft::assessment)),
            picture: RwSignal::from(kept.picture),
        }
    }
}

/// Returns the DOM id of an element of a field: `reg-`, the key of the field, `-` and `what`.
pub fn id(field: FormField, what: &str) -> String {
    ["reg-", field.key(), "-", what].concat()
}

/// Returns the id of a control.
pub fn control(field: FormField, at: usize) -> String {
    id(field, &at.to_string())
}
