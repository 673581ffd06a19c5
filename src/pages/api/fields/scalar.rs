//! The control of a single value.

use leptos::prelude::*;
use outlay_pleo::catalogue::{Format, TextShape};

use super::{FormFieldView, needed};
use crate::pages::api::call::fault_at;
use crate::pages::api::messages::field as messages;
use outlay_explorer::draft::FieldDraft;

/// The value of the option *Other value…* in a select.
const OTHER: &str = "\u{1}other";

/// The kind of control.
pub(super) enum InputKind {
    Plain(&'static str),
    Secret,
    Number,
    /// A select with these values; `true` if other values are allowed.
    Words(Vec<String>, bool),
    Json,
}

impl InputKind {
    pub(super) fn of(text: &TextShape) -> InputKind {
        match text.format {
            _ if !text.enum_values.is_empty() => InputKind::Words(text.enum_values.clone(), true),
            Some(Format::Password) => InputKind::Secret,
            Some(Format::Date) => InputKind::Plain("YYYY-MM-DD"),
            Some(Format::DateTime) => InputKind::Plain("2026-03-01T14:05:00Z"),
            _ => InputKind::Plain(""),
        }
    }
}

pub(super) fn scalar(
    field: FormFieldView,
    hint: String,
    nullable: bool,
    kind: InputKind,
) -> AnyView {
    let draft = field.draft();
    let id = field.field_path.id();
    let described = [&id, "-hint ", &id, "-fault"].concat();
    let wrong = fault_at(field.explorer, &field.operation, field.field_path.clone());
    let invalid = wrong.clone();
    let is_null = draft == FieldDraft::Null;
    let text = draft.text().to_owned();
    let writer = field.clone();
    let write_to = move |text: String| writer.write_to(FieldDraft::typed(&text));
    let typed = {
        let write_to = write_to.clone();
        move |event: leptos::ev::Event| write_to(event_target_value(&event))
    };
    let invalid = move || invalid().map(|_| "true");
    let control = match kind {
        InputKind::Words(description, open) => choice(&field, &id, description, open, text, described.clone(), invalid, is_null),
        InputKind::Json => view! {
            <textarea class="x-json" id=id.clone() rows="2" spellcheck="false" aria-describedby=described
                aria-invalid=move || invalid() prop:value=text on:input=typed></textarea>
        }
        .into_any(),
        kind => {
            let (kind, mode, placeholder) = match kind {
                InputKind::Secret => ("password", "text", ""),
                InputKind::Number => ("text", "decimal", ""),
                InputKind::Plain(placeholder) => ("text", "text", placeholder),
                _ => ("text", "text", ""),
            };
            view! {
                <input id=id.clone() type=kind inputmode=mode placeholder=placeholder autocomplete="off"
                    spellcheck="false" autocapitalize="off" aria-describedby=described disabled=is_null
                    aria-invalid=move || invalid() prop:value=text on:input=typed />
            }
            .into_any()
        }
    };
    let null = nullable.then(|| {
        let (field, back) = (field.clone(), id.clone());
        let name = messages::null_for(&field.field_path.name);
        let change = move |event: leptos::ev::Event| {
            let draft = match event_target_checked(&event) {
                true => FieldDraft::Null,
                false => FieldDraft::Text(String::new()),
            };
            field.reshape(draft, [&back, "-null"].concat());
        };
        view! {
            <label class="check x-null">
                <input id=[&id, "-null"].concat() type="checkbox" aria-label=name prop:checked=is_null on:change=change /> {messages::NULL}
            </label>
        }
    });
    view! {
        <div class="x-field">
            <div class="x-label"><label for=id.clone() translate="no">{field.field_path.name.clone()} {needed(field.required)}</label> {null}</div>
            {control}
            <small id=[&id, "-hint"].concat()>{hint}</small>
            <p class="x-fault" id=[&id, "-fault"].concat()>{move || wrong()}</p>
        </div>
    }
    .into_any()
}

#[expect(clippy::too_many_arguments, reason = "the parts of one control")]
fn choice(
    field: &FormFieldView,
    id: &str,
    description: Vec<String>,
    open: bool,
    text: String,
    described: String,
    invalid: impl Fn() -> Option<&'static str> + Clone + Send + 'static,
    is_null: bool,
) -> AnyView {
    let strange = !text.is_empty() && !description.contains(&text);
    let other = RwSignal::new(strange);
    let chosen = if strange {
        OTHER.to_owned()
    } else {
        text.clone()
    };
    let nothing = if field.required {
        messages::CHOOSE
    } else {
        messages::NOT_SET
    };
    let options = description.into_iter().map(|word| {
        let selected = word == chosen;
        view! { <option value=word.clone() selected=selected>{word.clone()}</option> }
    });
    let options = options.collect_view();
    let another =
        open.then(|| view! { <option value=OTHER selected=strange>{messages::OTHER}</option> });
    let (write_to, typed) = (field.clone(), field.clone());
    let pick = move |event: leptos::ev::Event| {
        let value = event_target_value(&event);
        other.set(value == OTHER);
        write_to.write_to(FieldDraft::Text(if value == OTHER {
            String::new()
        } else {
            value
        }));
    };
    let name = messages::other_for(&field.field_path.name);
    let described = StoredValue::new(described);
    let text = StoredValue::new(if strange { text } else { String::new() });
    let typed = StoredValue::new(typed);
    let name = StoredValue::new(name);
    view! {
        <select translate="no" id=id.to_owned() aria-describedby=described.get_value() aria-invalid=move || invalid() disabled=is_null on:change=pick>
            <option value="">{nothing}</option>
            {options}
            {another}
        </select>
        <Show when=move || other.get()>
            <input
                type="text" aria-label=name.get_value() aria-describedby=described.get_value() autocomplete="off"
                spellcheck="false" prop:value=text.get_value()
                on:input=move |event| typed.with_value(|field| field.write_to(FieldDraft::typed(&event_target_value(&event))))
            />
        </Show>
    }
    .into_any()
}
