//! Lists, objects, and fields whose names are the user's own.

use leptos::prelude::*;
use outlay_pleo::catalogue::{List, Object, Schema};
use outlay_pleo::text::trim_pasted;

use super::{Field, control_id, needed};
use crate::pages::api::call::fault_at;
use crate::pages::api::state::Part;
use outlay_explorer::draft::{self, Draft};

pub(super) fn list_field(field: Field, list: &List, hint: String) -> AnyView {
    let items = match field.draft() {
        Draft::List(items) => items,
        _ => Vec::new(),
    };
    let wrong = fault_at(field.explorer, &field.operation, field.spot.clone());
    let id = field.spot.id();
    let count = items.len();
    let rows = items.iter().enumerate().map(|(number, _)| {
        let inner = field.inner(field.spot.item(number), number, &list.items, true);
        let (remover, back) = (field.clone(), id.clone());
        let remove = move |_| {
            let mut draft = remover.draft();
            if let Draft::List(items) = &mut draft {
                if number < items.len() {
                    items.remove(number);
                }
                if items.is_empty() && !remover.required {
                    draft = Draft::Absent;
                }
            }
            remover.reshape(draft, [&back, "-add"].concat());
        };
        let name = ["Remove ", &field.spot.item(number).name].concat();
        view! {
            <li>{inner}<button type="button" class="quiet" aria-label=name on:click=remove>"Remove"</button></li>
        }
    });
    let rows = rows.collect_view();
    let blank = Draft::blank(&field.catalogue, &list.items, true);
    let adder = field.clone();
    let next = control_id(field.spot.place, &draft::item(&field.spot.at, count));
    let add = move |_| {
        let mut draft = adder.draft();
        match &mut draft {
            Draft::List(items) => items.push(blank.clone()),
            other => *other = Draft::List(vec![blank.clone()]),
        }
        adder.reshape(draft, next.clone());
    };
    let name = ["Add to ", &field.spot.name].concat();
    view! {
        <fieldset class="x-nest" id=id.clone() tabindex="-1" aria-describedby=[&id, "-fault"].concat()>
            <legend translate="no">{field.spot.name.clone()} {needed(field.required)}</legend>
            <small>{hint}</small>
            <ol>{rows}</ol>
            <button id=[&id, "-add"].concat() type="button" class="quiet x-add" aria-label=name on:click=add>"Add"</button>
            <p class="x-fault" id=[&id, "-fault"].concat()>{move || wrong()}</p>
        </fieldset>
    }
    .into_any()
}

pub(super) fn object_field(field: Field, object: &Object, hint: String) -> AnyView {
    let draft = field.draft();
    let id = field.spot.id();
    let wrong = fault_at(field.explorer, &field.operation, field.spot.clone());
    let is_given = matches!(draft, Draft::Object(..));
    // A text may have left out even what is needed.
    let toggle = (!field.required || !is_given).then(|| {
        let name = ["Give ", &field.spot.name].concat();
        let (field, back) = (field.clone(), id.clone());
        let object = object.clone();
        let change = move |event: leptos::ev::Event| {
            let draft = match event_target_checked(&event) {
                true => {
                    let fields = object.fields.iter();
                    let fields = fields.map(|it| Draft::blank(&field.catalogue, &it.schema, it.required));
                    Draft::Object(fields.collect(), Vec::new())
                }
                false => Draft::Absent,
            };
            field.reshape(draft, [&back, "-give"].concat());
        };
        view! {
            <label class="check"><input id=[&id, "-give"].concat() type="checkbox" prop:checked=is_given on:change=change /> {name}</label>
        }
    });
    let inside = is_given.then(|| inside(&field, object, &draft).into_any());
    let whole = field.way.is_empty() && field.part == Part::Body;
    if whole {
        return view! { {toggle} {inside} <p class="x-fault" id=[&id, "-fault"].concat()>{move || wrong()}</p> }.into_any();
    }
    view! {
        <fieldset class="x-nest" id=id.clone() tabindex="-1" aria-describedby=[&id, "-fault"].concat()>
            <legend translate="no">{field.spot.name.clone()} {needed(field.required)}</legend>
            <small>{hint}</small>
            {toggle}
            {inside}
            <p class="x-fault" id=[&id, "-fault"].concat()>{move || wrong()}</p>
        </fieldset>
    }
    .into_any()
}

fn inside(field: &Field, object: &Object, draft: &Draft) -> impl IntoView + use<> {
    let Draft::Object(drafts, others) = draft else {
        return ().into_any();
    };
    let used = |number: usize| match drafts.get(number) {
        Some(Draft::Text(text)) => !text.is_empty(),
        Some(Draft::Absent) | None => false,
        Some(_) => true,
    };
    let all: Vec<_> = object.fields.iter().enumerate().collect();
    let (first, rest): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(number, it)| it.required || used(*number));
    let show = |some: Vec<(usize, &outlay_pleo::catalogue::Field)>| {
        let fields = some.into_iter().map(|(number, it)| {
            field.inner(field.spot.field(&it.name), number, &it.schema, it.required)
        });
        fields.collect_view()
    };
    let words = match rest.len() {
        1 => "1 field more".to_owned(),
        many => format!("{many} fields more"),
    };
    // A handful is not worth a click.
    let few = rest.len() <= 4;
    let rest = (!rest.is_empty()).then(|| match few {
        true => view! { <div class="x-fields">{show(rest)}</div> }.into_any(),
        false => view! {
            <details class="x-more"><summary>{words}</summary><div class="x-fields">{show(rest)}</div></details>
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

/// The fields whose names are the user's own.
fn named_fields(
    field: &Field,
    schema: &Schema,
    before: usize,
    others: &[(String, Draft)],
) -> impl IntoView + use<> {
    let id = field.spot.id();
    let rows = others.iter().enumerate().map(|(number, (name, _))| {
        let inner = field.inner(field.spot.field(name), before + number, schema, true);
        let (namer, remover, back) = (field.clone(), field.clone(), id.clone());
        let label = format!("Name {} in {}", number + 1, field.spot.name);
        let remove_label = format!("Remove {} {}", field.spot.name, number + 1);
        let rename = move |event: leptos::ev::Event| {
            let mut draft = namer.draft();
            if let Draft::Object(_, others) = &mut draft
                && let Some((name, _)) = others.get_mut(number)
            {
                *name = trim_pasted(&event_target_value(&event)).to_owned();
            }
            namer.put(draft);
            namer.explorer.redraw();
        };
        let remove = move |_| {
            let mut draft = remover.draft();
            if let Draft::Object(_, others) = &mut draft
                && number < others.len()
            {
                others.remove(number);
            }
            remover.reshape(draft, [&back, "-add"].concat());
        };
        view! {
            <li>
                <div class="x-field"><input id=format!("{id}-name-{number}") type="text" aria-label=label placeholder="Name" autocomplete="off" prop:value=name.clone() on:change=rename /></div>
                {inner}
                <button type="button" class="quiet" aria-label=remove_label on:click=remove>"Remove"</button>
            </li>
        }
    });
    let rows = rows.collect_view();
    let adder = field.clone();
    let next = format!("{id}-name-{}", others.len());
    let add = move |_| {
        let mut draft = adder.draft();
        if let Draft::Object(_, others) = &mut draft {
            others.push((String::new(), Draft::Text(String::new())));
        }
        adder.reshape(draft, next.clone());
    };
    let label = ["Add a field to ", &field.spot.name].concat();
    view! {
        <ol class="x-named">{rows}</ol>
        <button id=[&id, "-add"].concat() type="button" class="quiet x-add" aria-label=label on:click=add>"Add a field"</button>
    }
}
