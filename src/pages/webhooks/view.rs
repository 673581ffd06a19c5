//! The form with headers, body and secret, and the result.

use leptos::prelude::*;
use outlay_explorer::webhook::{Delivery, EVENTS, age, event_type, sample_body, sign, verify};

use super::messages;
use crate::components::external_text::external;
use crate::components::heading::Heading;
use crate::platform::clock;

/// Milliseconds of a second.
const SECOND: u64 = 1_000;

/// The page. Its signals, the secret among them, are dropped when the page is left.
#[component]
pub fn WebhooksPage() -> impl IntoView {
    let headers = RwSignal::new(String::new());
    let body = RwSignal::new(String::new());
    let secret = RwSignal::new(String::new());
    on_cleanup(move || secret.set(String::new()));
    let delivery = move || {
        let mut delivery = Delivery {
            body: body.get(),
            ..Delivery::default()
        };
        headers.with(|text| delivery.read_headers(text));
        delivery
    };
    let sample = move |event: &str| {
        let now = clock::wall_millis() / SECOND;
        let mut delivery = Delivery {
            id: ["msg_", &now.to_string()].concat(),
            timestamp: now.to_string(),
            signature: String::new(),
            body: sample_body(event),
        };
        if secret.with_untracked(String::is_empty) {
            secret.set(messages::SAMPLE_SECRET.to_owned());
        }
        let signed = secret.with_untracked(|secret| sign(&delivery, secret));
        delivery.signature = signed.unwrap_or_default();
        headers.set(delivery.headers());
        body.set(delivery.body);
    };
    let samples = EVENTS.map(|event| {
        view! { <button type="button" class="quiet" translate="no" on:click=move |_| sample(event)>{event}</button> }
    });
    let clear = move |_| {
        headers.set(String::new());
        body.set(String::new());
        secret.set(String::new());
    };
    let result = move || {
        let delivery = delivery();
        if headers.with(String::is_empty) || secret.with(String::is_empty) {
            return view! { <p class="fine">{messages::WAITING}</p> }.into_any();
        }
        let outcome = secret.with(|secret| verify(&delivery, secret));
        let old = age(&delivery, clock::wall_millis() / SECOND).and_then(messages::age);
        let event = event_type(&delivery.body).map(|event| {
            view! { <p>{messages::EVENT} <code translate="no">{external(&event)}</code></p> }
        });
        let (is_good, title, why) = match outcome {
            Ok(()) => (true, messages::VERIFIED, None),
            Err(fault) => (false, messages::NOT_VERIFIED, Some(messages::fault(fault))),
        };
        view! {
            <p class="x-facts"><strong data-kind=if is_good { "good" } else { "bad" }>{title}</strong></p>
            {why.map(|why| view! { <p>{why}</p> })}
            {old.map(|old| view! { <p class="note">{old}</p> })}
            {event}
        }
        .into_any()
    };
    let signed = move || {
        let delivery = delivery();
        let any = headers.with(|text| !text.is_empty());
        any.then(|| {
            view! {
                <h3>{messages::SIGNED}</h3>
                <p class="fine">{messages::SIGNED_HINT}</p>
                <pre class="x-sample" translate="no" dir="ltr" tabindex="0" role="region" aria-label=messages::SIGNED>{external(&delivery.signed())}</pre>
            }
        })
    };
    view! {
        <Heading text=messages::TITLE />
        <p>{messages::LEAD}</p>
        <section class="card" aria-labelledby="samples-title">
            <h2 id="samples-title">{messages::SAMPLES}</h2>
            <p class="fine">{messages::SAMPLE_HINT}</p>
            <div class="actions">{samples.collect_view()}</div>
        </section>
        <section class="card">
            <label class="field">
                <span>{messages::HEADERS}</span>
                <textarea class="x-json" rows="4" spellcheck="false" autocapitalize="off" autocomplete="off" prop:value=headers
                    on:input=move |event| headers.set(event_target_value(&event))></textarea>
                <small>{messages::HEADERS_HINT}</small>
            </label>
            <label class="field">
                <span>{messages::BODY}</span>
                <textarea class="x-json" rows="8" spellcheck="false" autocapitalize="off" autocomplete="off" prop:value=body
                    on:input=move |event| body.set(event_target_value(&event))></textarea>
                <small>{messages::BODY_HINT}</small>
            </label>
            <label class="field">
                <span>{messages::SECRET}</span>
                <input type="password" autocomplete="off" spellcheck="false" prop:value=secret
                    on:input=move |event| secret.set(event_target_value(&event)) />
                <small>{messages::SECRET_HINT}</small>
            </label>
            <div class="actions"><button type="button" class="quiet" on:click=clear>{messages::CLEAR}</button></div>
        </section>
        <section class="card" aria-labelledby="result-title">
            <h2 id="result-title">{messages::RESULT}</h2>
            <div role="status">{move || result()}</div>
            {move || signed()}
        </section>
    }
}
