//! An error: what happened, what it means, what to do, and the stable code in small print.

use leptos::prelude::*;
use outlay_pleo::scope;
use outlay_vault::code::explain;

use crate::platform::{clipboard, location};
use crate::session::Session;
use crate::session::trouble::Trouble;

/// The error. Its children are the buttons of the next step.
#[component]
pub fn ErrorAlert(
    /// What went wrong.
    trouble: Trouble,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = explain(&trouble.code);
    let needs = trouble.scope.map(|name| {
        let permits = scope::known(name).map(|scope| scope.permits);
        view! {
            <p>
                "It needs the scope " <code>{name}</code>
                {permits.map(|permits| format!(" ({permits})"))}
                "."
            </p>
        }
    });
    let report = StoredValue::new(report(&trouble));
    let copied = RwSignal::new("Copy details");
    let copy = move |_| {
        leptos::task::spawn_local(async move {
            let done = clipboard::copy(&report.get_value()).await;
            copied.set(if done {
                "Copied"
            } else {
                "The browser refused to copy"
            });
        });
    };
    view! {
        <section class="alert" role="alert" data-code=trouble.code.clone()>
            <h2>{words.happened}</h2>
            <p>{words.means}</p>
            {needs}
            <p class="alert-next">{words.next}</p>
            <div class="actions">
                {children.map(|children| children())}
                <button type="button" class="quiet" on:click=copy>{copied}</button>
            </div>
            <p class="fine">
                "Code " <code>{trouble.code.clone()}</code>
                {trouble.detail.map(|detail| view! { " · " <span>{detail}</span> })}
            </p>
        </section>
    }
}

/// What "Copy details" copies: no query, no token, no name.
fn report(trouble: &Trouble) -> String {
    let detail = trouble.detail.as_deref().unwrap_or("none");
    let scope = trouble.scope.unwrap_or("none");
    let now = js_sys::Date::new_0().to_iso_string();
    let record = use_context::<Session>().map(|session| {
        session.record.with_untracked(|lines| {
            let lines = lines.iter().map(|line| {
                let outcome = line.outcome.as_deref().unwrap_or("-");
                format!("\n{} {} {outcome}", line.at, line.event)
            });
            lines.collect::<String>()
        })
    });
    let record = record.unwrap_or_default();
    format!(
        "Outlay {}\ncode: {}\ndetail: {detail}\nscope: {scope}\npage: {}\nat: {}\nrecord:{record}",
        env!("CARGO_PKG_VERSION"),
        trouble.code,
        location::path(),
        String::from(now),
    )
}
