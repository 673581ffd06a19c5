//! Lists, objects, and objects whose field names the user chooses.

use leptos::prelude::*;
use outlay_pleo::catalogue::{ListShape, Object, Schema};
use outlay_pleo::text::trim_pasted;

use super::{FormFieldView, control_id, needed};
use crate::pages::api::call::fault_at;
use crate::pages::api::messages::field as messages;
use crate::pages::api::state::FormPart;
use outlay_explorer::draft::{self, FieldDraft};

pub(super) fn list_field(field: FormFieldView, list: &ListShape, hint: String) -> AnyView {
    let items = match field.draft() {
        FieldDraft::List(items) => items,
        _ => Vec::new(),
    };
    let wrong = fault_at(field.explorer, &field.operation, field.field_path.clone());
    let id = field.field_path.id();
    let count = items.len();
    let rows = items.iter().enumerate().map(|(number, _)| {
        let inner = field.inner(field.field_path.item(number), number, &list.items, true);
        let (remover, back) = (field.clone(), id.clone());
        let remove = move |_| {
            let mut draft = remover.draft();
            if let FieldDraft::List(items) = &mut draft {
                if number < items.len() {
                    items.remove(number);
                }
                if items.is_empty() && !remover.required {
                    draft = FieldDraft::Absent;
                }
            }
            remover.reshape(draft, [&back, "-add"].concat());
        };
        let name = messages::remove(&field.field_path.item(number).name);
        view! {
            <li>{inner}<button type="button" class="quiet" aria-label=name on:click=remove>{messages::REMOVE}</button></li>
        }
    });
    let rows = rows.collect_view();
    let blank = FieldDraft::blank(&field.catalogue, &list.items, true);
    let adder = field.clone();
    let next = control_id(
        field.field_path.place,
        &draft::item(&field.field_path.at, count),
    );
    let add = move |_| {
        let mut draft = adder.draft();
        match &mut draft {
            FieldDraft::List(items) => items.push(blank.clone()),
            other => *other = FieldDraft::List(vec![blank.clone()]),
        }
        adder.reshape(draft, next.clone());
    };
    let name = messages::add_to(&field.field_path.name);
    view! {
        <fieldset class="x-nest" id=id.clone() tabindex="-1" aria-describedby=[&id, "-fault"].concat()>
            <legend translate="no">{field.field_path.name.clone()} {needed(field.required)}</legend>
            <small>{hint}</small>
            <ol>{rows}</ol>
            <button id=[&id, "-add"].concat() type="button" class="quiet x-add" aria-label=name on:click=add>{messages::ADD}</button>
            <p class="x-fault" id=[&id, "-fault"].concat()>{move || wrong()}</p>
        </fieldset>
    }
    .into_any()
}

pub(super) fn object_field(field: FormFieldView, object: &Object, hint: String) -> AnyView {
    let draft = field.draft();
    let id = field.field_path.id();
    let wrong = fault_at(field.explorer, &field.operation, field.field_path.clone());
    let is_given = matches!(draft, FieldDraft::Object(..));
    // A body that was entered as JSON may lack even required fields.
    let toggle = (!field.required || !is_given).then(|| {
        let name = messages::include(&field.field_path.name);
        let (field, back) = (field.clone(), id.clone());
        let object = object.clone();
        let change = move |event: leptos::ev::Event| {
            let draft = match event_target_checked(&event) {
                true => {
                    let fields = object.fields.iter();
                    let fields = fields.map(|it| FieldDraft::blank(&field.catalogue, &it.schema, it.required));
                    FieldDraft::Object(fields.collect(), Vec::new())
                }
                false => FieldDraft::Absent,
            };
            field.reshape(draft, [&back, "-give"].concat());
        };
        view! {
            <label class="check"><input id=[&id, "-give"].concat() type="checkbox" prop:checked=is_given on:change=change /> {name}</label>
        }
    });
    let inside = is_given.then(|| inside(&field, object, &draft).into_any());
    let whole = field.way.is_empty() && field.part == FormPart::Body;
    if whole {
        return view! { {toggle} {inside} <p class="x-fault" id=[&id, "-fault"].concat()>{move || wrong()}</p> }.into_any();
    }
    view! {
        <fieldset class="x-nest" id=id.clone() tabindex="-1" aria-describedby=[&id, "-fault"].concat()>
            <legend translate="no">{field.field_path.name.clone()} {needed(field.required)}</legend>
            <small>{hint}</small>
            {toggle}
            {inside}
            <p class="x-fault" id=[&id, "-fault"].concat()>{move || wrong()}</p>
        </fieldset>
    }
    .into_any()
}

fn inside(field: &FormFieldView, object: &Object, draft: &FieldDraft) -> impl IntoView + use<> {
    let FieldDraft::Object(drafts, others) = draft else {
        return ().into_any();
    };
    let used = |number: usize| match drafts.get(number) {
        Some(FieldDraft::Text(text)) => !text.is_empty(),
        Some(FieldDraft::Absent) | None => false,
        Some(_) => true,
    };
    let all: Vec<_> = object.fields.iter().enumerate().collect();
    let (first, rest): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(number, it)| it.required || used(*number));
    let show = |some: Vec<(usize, &outlay_pleo::catalogue::ObjectField)>| {
        let fields = some.into_iter().map(|(number, it)| {
            field.inner(
                field.field_path.field(&it.name),
                number,
                &it.schema,
                it.required,
            )
        });
        fields.collect_view()
    };
    let description = messages::more_fields(rest.len());
    // Up to four optional fields are shown without a click.
    let few = rest.len() <= 4;
    let rest = (!rest.is_empty()).then(|| match few {
        true => view! { <div class="x-fields">{show(rest)}</div> }.into_any(),
        false => view! {
            <details class="x-more"><summary>{description}</summary><div class="x-fields">{show(rest)}</div></details>
        }
        .into_any(),
    });
    let named = object
        .others
        .as_deref()
        .map(|schema| named_fields(field, schema, drafts.len(), others).into_any());
    view! {
        <div class="x-fields">{show(first)}</div>
        {rest}
        {named}
    }
    .into_any()
}

/// The fields of an object whose field names the user chooses.
fn named_fields(
    field: &FormFieldView,
    schema: &Schema,
    before: usize,
    others: &[(String, FieldDraft)],
) -> impl IntoView + use<> {
    let id = field.field_path.id();
    let rows = others.iter().enumerate().map(|(number, (name, _))| {
        let inner = field.inner(field.field_path.field(name), before + number, schema, true);
        let (namer, remover, back) = (field.clone(), field.clone(), id.clone());
        let label = messages::name_of(number + 1, &field.field_path.name);
        let remove_label = messages::remove_number(&field.field_path.name, number + 1);
        let rename = move |event: leptos::ev::Event| {
            let mut draft = namer.draft();
            if let FieldDraft::Object(_, others) = &mut draft
                && let Some((name, _)) = others.get_mut(number)
            {
                *name = trim_pasted(&event_target_value(&event)).to_owned();
            }
            namer.write_to(draft);
            namer.explorer.redraw();
        };
        let remove = move |_| {
            let mut draft = remover.draft();
            if let FieldDraft::Object(_, others) = &mut draft
                && number < others.len()
            {
                others.remove(number);
            }
            remover.reshape(draft, [&back, "-add"].concat());
        };
        view! {
            <li>
                <div class="x-field"><input id=format!("{id}-name-{number}") type="text" aria-label=label placeholder=messages::NAME autocomplete="off" prop:value=name.clone() on:change=rename /></div>
                {inner}
                <button type="button" class="quiet" aria-label=remove_label on:click=remove>{messages::REMOVE}</button>
            </li>
        }
    });
    let rows = rows.collect_view();
    let adder = field.clone();
    let next = format!("{id}-name-{}", others.len());
    let add = move |_| {
        let mut draft = adder.draft();
        if let FieldDraft::Object(_, others) = &mut draft {
            others.push((String::new(), FieldDraft::Text(String::new())));
        }
        adder.reshape(draft, next.clone());
    };
    let label = messages::add_field_to(&field.field_path.name);
    view! {
        <ol class="x-named">{rows}</ol>
        <button id=[&id, "-add"].concat() type="button" class="quiet x-add" aria-label=label on:click=add>{messages::ADD_FIELD}</button>
    }
}
