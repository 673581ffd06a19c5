//! The fields of the mapping editor. Each sets one value of the draft; the problem of a value is shown
//! below its field.

use leptos::prelude::*;
use outlay_ledger::mapping::MappingDraft;

use super::run::RunState;

/// The kind of a field.
#[derive(Clone, Copy)]
pub enum FieldKind {
    Text,
    Number,
    Choice(&'static [(&'static str, &'static str)]),
}

/// The value at `path` of the draft. Tracks the draft.
fn value(state: RunState, path: &str) -> String {
    state
        .draft
        .with(|draft| draft.as_ref().map(|draft| draft.text(path)))
        .unwrap_or_default()
}

/// Changes the draft.
pub fn edit(state: RunState, change: impl FnOnce(&mut MappingDraft)) {
    state.draft.update(|draft| {
        if let Some(draft) = draft {
            change(draft);
        }
    });
}

/// The problem of the value at `path`. Tracks the preview.
pub fn problem(state: RunState, path: &str) -> Option<String> {
    state.preview.with(|preview| {
        let problem = preview.problem.as_ref()?;
        (problem.key == path).then(|| problem.message.clone())
    })
}

/// A field with its label, hint and problem.
pub fn field(
    state: RunState,
    path: &'static str,
    label: &'static str,
    kind: FieldKind,
    hint: &'static str,
) -> AnyView {
    let shown = Memo::new(move |_| value(state, path));
    let found = Memo::new(move |_| problem(state, path));
    let set = move |event| {
        let text = event_target_value(&event);
        edit(state, |draft| match kind {
            FieldKind::Number => draft.set_number(path, &text),
            FieldKind::Text | FieldKind::Choice(_) => draft.set_text(path, &text),
        });
    };
    let invalid = move || found.with(Option::is_some).then_some("true");
    let id = ["run-problem-", path].concat();
    let described = id.clone();
    let control = match kind {
        FieldKind::Choice(choices) => {
            let options = choices.iter().map(|(word, label)| {
                let is_chosen = move || shown.with(|shown| shown == word);
                view! { <option value=*word prop:selected=is_chosen>{*label}</option> }
            });
            view! { <select on:change=set>{options.collect_view()}</select> }.into_any()
        }
        FieldKind::Text | FieldKind::Number => {
            let mode = if matches!(kind, FieldKind::Number) {
                "numeric"
            } else {
                "text"
            };
            view! {
                <input
                    type="text" autocomplete="off" spellcheck="false" inputmode=mode
                    aria-invalid=move || invalid() aria-describedby=described
                    prop:value=move || shown.get() on:change=set
                />
            }
            .into_any()
        }
    };
    let hint = (!hint.is_empty()).then(|| view! { <small>{hint}</small> });
    view! {
        <label class="field">
            <span>{label}</span>
            {control}
            {hint}
            <small class="field-problem" id=id prop:textContent=move || found.get().unwrap_or_default()></small>
        </label>
    }
    .into_any()
}

/// A check box.
pub fn flag(state: RunState, path: &'static str, label: &'static str) -> AnyView {
    let set = move |event| {
        let checked = event_target_checked(&event);
        edit(state, |draft| draft.set_flag(path, checked));
    };
    let checked = Memo::new(move |_| value(state, path) == "true");
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || checked.get() on:change=set />
            <span>{label}</span>
        </label>
    }
    .into_any()
}
