//! The draft of this tab, and what the page shows of it.

use std::cell::OnceCell;

use leptos::prelude::*;
use outlay_pleo::registration::Field;
use web_sys::Url;

use super::draft::{Draft, Judged};

thread_local! {
    static KEPT: OnceCell<Kept> = const { OnceCell::new() };
}

/// What outlives the page: it is here until the tab closes.
#[derive(Clone)]
pub struct Kept {
    /// The form.
    pub draft: ArcRwSignal<Draft>,
    /// The address of the picked logo, for `<img>`.
    pub picture: ArcRwSignal<Option<String>>,
}

impl Kept {
    /// The one of this tab.
    pub fn get() -> Kept {
        KEPT.with(|kept| {
            let made = || Kept {
                draft: ArcRwSignal::new(Draft::default()),
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
pub struct Form {
    /// What was typed.
    pub draft: RwSignal<Draft>,
    /// What there is to say of it.
    pub judged: Memo<Judged>,
    /// See [`Kept::picture`].
    pub picture: RwSignal<Option<String>>,
}

impl Form {
    /// The form of this tab, as it was left.
    pub fn open() -> Form {
        let kept = Kept::get();
        let draft = RwSignal::from(kept.draft);
        Form {
            draft,
            judged: Memo::new(move |_| draft.with(Draft::judged)),
            picture: RwSignal::from(kept.picture),
        }
    }
}

/// The id of something that belongs to a field.
pub fn id(field: Field, what: &str) -> String {
    ["reg-", field.key(), "-", what].concat()
}

/// The id of a control.
pub fn control(field: Field, at: usize) -> String {
    id(field, &at.to_string())
}
