//! The pane of one operation: description, scope, form and buttons.

use std::sync::Arc;

use crate::address;
use crate::chunks;
use crate::components::chunk_view::ChunkView;
use crate::components::messages::CANCEL;
use crate::effect::effect;
use crate::platform::{clipboard, document};
use leptos::prelude::*;
use outlay_pleo::catalogue::{Endpoint, FaultCode, ParameterLocation};

use super::OnDemand;
use super::answer::answer;
use super::body::body;
use super::fields::{FieldPath, control_id, parameter};
use super::messages::call as messages;
use super::scope::scope;
use crate::pages::api::state::Explorer;
use outlay_explorer::link::left_out_of_link;
use outlay_explorer::messages::faults::{place, sentence};
use outlay_explorer::request::is_write;

/// The pane of `operation`.
pub fn call(explorer: Explorer, operation: Arc<Endpoint>) -> impl IntoView {
    if is_write(&operation) {
        effect(move || explorer.want_name());
    }
    let submitted = operation.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        explorer.submit(&submitted, false);
    };
    let keyed = operation.clone();
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            explorer.submit(&keyed, false);
        }
    };
    let formed = operation.clone();
    let form = move || {
        explorer.shape.track();
        let hidden = explorer.hidden.get();
        match hidden {
            true => view! {
                <p class="note">{messages::HIDDEN}</p>
            }
            .into_any(),
            false => parts(explorer, &formed).into_any(),
        }
    };
    view! {
        <p class="x-back"><a href=move || explorer.address_of("")>{messages::ALL_OPERATIONS}</a></p>
        <section class="card" aria-labelledby="call-title">
            {head(&operation)}
            {scope(explorer, operation.clone())}
            <form class="x-form" novalidate on:submit=submit on:keydown=on_key>
                {faults(explorer, operation.clone())}
                {move || form()}
                {bar(explorer, operation.clone())}
            </form>
            <OnDemand title=messages::CODE chunk=chunks::CODE class="x-more" />
        </section>
        {answer(explorer, operation)}
        <section class="card" aria-labelledby="reference-title">
            <h3 id="reference-title">{messages::REFERENCE}</h3>
            <ChunkView chunk=chunks::REFERENCE />
        </section>
    }
}

fn head(operation: &Endpoint) -> impl IntoView {
    let tag = |description: &'static str| view! { <span class="x-tag">{description}</span> };
    let note = (!operation.note.is_empty())
        .then(|| view! { <p class="fine">{operation.note.clone()}</p> });
    view! {
        <div class="x-head">
            <h2 id="call-title" tabindex="-1">{operation.summary.clone()}</h2>
            <p class="x-path" translate="no">
                <b data-method=operation.method.as_str()>{operation.method.as_str()}</b> " "
                <code>{operation.path.clone()}</code>
            </p>
            <p class="x-tags">
                {operation.deprecated.then(|| tag(messages::DEPRECATED))}
                {operation.internal.then(|| tag(messages::INTERNAL))}
                {is_write(operation).then(|| tag(messages::WRITE))}
            </p>
            {note}
        </div>
    }
}

/// The fields for path and query, and the body.
fn parts(explorer: Explorer, operation: &Arc<Endpoint>) -> impl IntoView + use<> {
    let form = explorer.form(operation);
    let given = |number: usize| {
        form.parameters
            .get(number)
            .is_some_and(|it| !it.text().is_empty())
    };
    let all: Vec<_> = operation.parameters.iter().enumerate().collect();
    let show = |numbers: Vec<usize>| {
        let fields = numbers
            .into_iter()
            .map(|number| parameter(explorer, operation, number));
        fields.collect_view()
    };
    let group = |title: &'static str, numbers: Vec<usize>, rest: Vec<usize>| {
        if numbers.is_empty() && rest.is_empty() {
            return ().into_any();
        }
        let more = (!rest.is_empty()).then(|| {
            let description = messages::more_parameters(rest.len());
            view! { <details class="x-more"><summary>{description}</summary><div class="x-fields">{show(rest)}</div></details> }
        });
        view! {
            <fieldset class="x-part">
                <legend>{title}</legend>
                <div class="x-fields">{show(numbers)}</div>
                {more}
            </fieldset>
        }
        .into_any()
    };
    let at = |wanted: ParameterLocation| all.iter().filter(move |(_, one)| one.place == wanted);
    let path = at(ParameterLocation::Path)
        .map(|(number, _)| *number)
        .collect();
    let ruled = |name: &String| {
        let mut rules = operation
            .rules
            .iter()
            .filter(|rule| rule.place == ParameterLocation::Query);
        rules.any(|rule| {
            rule.kind == outlay_pleo::catalogue::RuleKind::OneNeeded
                && rule.of.concat().contains(name)
        })
    };
    let (first, rest): (Vec<_>, Vec<_>) =
        at(ParameterLocation::Query).partition(|(number, one)| {
            one.required || given(*number) || one.name == "limit" || ruled(&one.name)
        });
    let numbers = |all: Vec<&(usize, _)>| {
        all.into_iter()
            .map(|(number, _)| *number)
            .collect::<Vec<_>>()
    };
    let path = group(messages::PATH, path, Vec::new());
    let query = group(messages::QUERY, numbers(first), numbers(rest));
    view! {
        {path}
        {query}
        {body(explorer, operation)}
    }
}

/// The list of faults, each a link to its field.
fn faults(explorer: Explorer, operation: Arc<Endpoint>) -> impl IntoView {
    let shown = move || {
        let faults = explorer.faults(&operation);
        if faults.is_empty() {
            return None;
        }
        let path = faults.iter().any(|one| {
            one.place == ParameterLocation::Path && one.fault.code == FaultCode::Missing
        });
        let links = faults.into_iter().map(|one| {
            let id = match one.fault.at.is_empty() && one.place == ParameterLocation::Body {
                true => "body".to_owned(),
                false => control_id(one.place, &one.fault.at),
            };
            let href = ["#", &id].concat();
            let go = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                event.stop_propagation();
                super::focus_named(id.clone());
            };
            view! {
                <li><a href=href rel="external" on:click=go>{place(one.place, &one.fault)}</a> " " {sentence(&one.fault)}</li>
            }
        });
        let links = links.collect_view();
        let anyway = operation.clone();
        // Without its path parameters the request has no address.
        let sendable = !path;
        Some(view! {
            <section class="alert" id="faults" tabindex="-1" role="alert" data-code="request_faulty">
                <h3>{messages::FAULTS}</h3>
                <ul>{links}</ul>
                {sendable.then(|| view! {
                    <div class="actions">
                        <button type="button" class="quiet" on:click=move |_| explorer.submit(&anyway, true)>
                            {messages::SEND_ANYWAY}
                        </button>
                    </div>
                })}
            </section>
        }
        .into_any())
    };
    view! { {move || shown()} }
}

/// The buttons Send and Cancel, and those that copy the call.
fn bar(explorer: Explorer, operation: Arc<Endpoint>) -> impl IntoView {
    let shown_text = RwSignal::new(String::new());
    let (linked, noted, three) = (operation.clone(), operation.clone(), operation);
    let as_link = move |_| {
        let text = explorer.link(&linked);
        leptos::task::spawn_local(async move {
            let done = clipboard::copy_message(clipboard::copy(&text).await);
            shown_text.try_set(done.to_owned());
        });
    };
    // Stated before the copy, so that the user knows what the link will open.
    let not_in_link = Memo::new(move |_| left_out_of_link(&explorer.not_in_link(&noted)));
    let along = move || {
        let (as_link, three) = (as_link.clone(), three.clone());
        view! {
            <button type="button" class="quiet" aria-describedby="link-note" on:click=as_link>{messages::COPY_LINK}</button>
            <button type="button" class="quiet" on:click=move |_| explorer.reset(&three)>{messages::RESET}</button>
            <span id="link-note" class="fine">{move || not_in_link.get()}</span>
        }
        .into_any()
    };
    let connected = move || explorer.live.with(Option::is_some);
    let busy = move || explorer.is_busy();
    let connect = address::at_base(&document::base(), "/connect");
    view! {
        <div class="actions x-bar">
            <Show
                when=move || connected()
                fallback=move || {
                    let way = view! { <p>{messages::CONNECT.0} <a href=connect.clone()>{messages::CONNECT.1}</a> {messages::CONNECT.2}</p> };
                    (!explorer.hidden.get()).then_some(way)
                }
            >
                <button type="submit" class="primary" aria-disabled=move || busy().to_string()>{messages::SEND}</button>
                <Show when=move || busy()>
                    <button type="button" on:click=move |_| explorer.stop()>{CANCEL}</button>
                </Show>
            </Show>
            // Hidden data cannot be copied.
            {move || (!explorer.hidden.get()).then(&along)}
            <span role="status" class="fine">{shown_text}</span>
        </div>
    }
}

/// The faults at one place of the form, below its field.
pub(super) fn fault_at(
    explorer: Explorer,
    operation: &Arc<Endpoint>,
    field_path: FieldPath,
) -> impl Fn() -> Option<String> + Clone + use<> {
    let operation = operation.clone();
    move || {
        let faults = explorer.faults(&operation).into_iter();
        let own =
            faults.filter(|one| one.place == field_path.place && one.fault.at == field_path.at);
        let description: Vec<_> = own.map(|one| sentence(&one.fault)).collect();
        (!description.is_empty()).then(|| description.join(" "))
    }
}
