//! The draft of this tab, and what the page shows of it.

use std::cell::OnceCell;

use leptos::prelude::*;
use outlay_pleo::registration::FormField;
use web_sys::Url;

use super::draft::{DraftAssessment, RegistrationDraft};

thread_local! {
    static KEPT: OnceCell<StoredDraft> = const { OnceCell::new() };
}

/// What outlives the page: it is here until the tab closes.
#[derive(Clone)]
pub struct StoredDraft {
    /// The form.
    pub draft: ArcRwSignal<RegistrationDraft>,
    /// The address of the picked logo, for `<img>`.
    pub picture: ArcRwSignal<Option<String>>,
}

impl StoredDraft {
    /// The one of this tab.
    pub fn get() -> StoredDraft {
        KEPT.with(|kept| {
            let made = || StoredDraft {
                draft: ArcRwSignal::new(RegistrationDraft::default()),
                picture: ArcRwSignal::new(None),
            };
            kept.get_or_init(made).clone()
        })
    }

    /// Shows another logo, or none; the file of the one before can be forgotten.
    pub fn show(&self, picture: Option<String>) {
        let before = self.picture.get_untracked();
        self.picture.set(picture);
        if let Some(before) = before {
            let _ = Url::revoke_object_url(&before);
        }
    }
}

/// The form while it is shown.
#[derive(Clone, Copy)]
pub struct RegistrationForm {
    /// What was typed.
    pub draft: RwSignal<RegistrationDraft>,
    /// What there is to say of it.
    pub assessment: Memo<DraftAssessment>,
    /// See [`StoredDraft::picture`].
    pub picture: RwSignal<Option<String>>,
}

impl RegistrationForm {
    /// The form of this tab, as it was left.
    pub fn open() -> RegistrationForm {
        let kept = StoredDraft::get();
        let draft = RwSignal::from(kept.draft);
        RegistrationForm {
            draft,
            assessment: Memo::new(move |_| draft.with(RegistrationDraft::assessment)),
            picture: RwSignal::from(kept.picture),
        }
    }
}

/// The id of something that belongs to a field.
pub fn id(field: FormField, what: &str) -> String {
    ["reg-", field.key(), "-", what].concat()
}

/// The id of a control.
pub fn control(field: FormField, at: usize) -> String {
    id(field, &at.to_string())
}
