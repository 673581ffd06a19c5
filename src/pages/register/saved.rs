//! Loads a saved draft, or clears the form.

use leptos::html::Input;
use leptos::prelude::*;
use outlay_pleo::registration::{FileFault, RegistrationPackage};

use super::draft::RegistrationDraft;
use super::form::{RegistrationForm, StoredDraft};
use super::messages::saved as messages;
use crate::components::external_text::external;
use crate::platform::file_input;

/// The section for saved drafts.
pub fn saved(form: RegistrationForm) -> AnyView {
    let input = NodeRef::<Input>::new();
    let faults = RwSignal::new(Vec::<FileFault>::new());
    let chosen = move |_| {
        leptos::task::spawn_local(async move {
            let Some(input) = input.try_get_untracked().flatten() else {
                return;
            };
            let Some(text) = file_input::text(&input).await else {
                return;
            };
            match RegistrationPackage::read(&text) {
                Ok(package) => {
                    faults.try_set(Vec::new());
                    replace(package);
                    StoredDraft::get()
                        .draft
                        .update(RegistrationDraft::mark_saved);
                }
                // The user's input stays.
                Err(found) => drop(faults.try_set(found)),
            }
        });
    };
    let back = move |_| {
        form.draft.update(|draft| draft.undo());
        StoredDraft::get().show(None);
    };
    let has_before = Memo::new(move |_| form.draft.with(|draft| draft.has_before()));
    let before = move || {
        has_before.get().then(|| {
            view! {
                <button type="button" class="quiet" on:click=back>{messages::RESTORE}</button>
            }
            .into_any()
        })
    };
    view! {
        <section class="card">
            <h2>{messages::TITLE}</h2>
            <label class="field">
                <span>{messages::FILE}</span>
                <input type="file" accept="application/json,.json" node_ref=input on:change=chosen />
                <small>{messages::HINT}</small>
            </label>
            {move || alert(faults.get())}
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| replace(RegistrationPackage::default())>{messages::CLEAR}</button>
                {move || before()}
            </div>
        </section>
    }
    .into_any()
}

fn replace(package: RegistrationPackage) {
    let kept = StoredDraft::get();
    kept.draft.update(|draft| draft.replace(package));
    kept.show(None);
}

fn alert(faults: Vec<FileFault>) -> Option<AnyView> {
    let code = faults.first()?.rule.code();
    let fault = |fault: FileFault| {
        let detail = (!fault.detail.is_empty())
            .then(|| view! { " " <code>{external(&fault.detail)}</code> });
        view! {
            <li>
                <code>{external(&fault.key)}</code> {detail} ": " {fault.rule.what()} " " {fault.rule.fix()}
                " " <span class="fine">{fault.rule.code()}</span>
            </li>
        }
    };
    let faults = faults.into_iter().map(fault).collect_view();
    Some(
        view! {
            <section class="alert" role="alert" data-code=code>
                <h3>{messages::NOT_LOADED}</h3>
                <p>{messages::UNCHANGED}</p>
                <ul>{faults}</ul>
            </section>
        }
        .into_any(),
    )
}
