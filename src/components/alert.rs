//! An error: what happened, what it means, what to do, and the stable code in small print.

use leptos::prelude::*;
use outlay_pleo::scope;
use outlay_vault::code::explain;

use crate::platform::clipboard;
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
    let session = use_context::<Session>();
    let about = StoredValue::new(trouble.clone());
    let copied = RwSignal::new("Copy details");
    let copy = move |_| {
        // What led to it may still be on its way while this is shown: it is looked up now.
        let details = session.map(|session| about.with_value(|it| session.details(Some(it))));
        let details = details.unwrap_or_else(|| about.with_value(|it| it.code.clone()));
        leptos::task::spawn_local(async move {
            copied.set(clipboard::said(clipboard::copy(&details).await));
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
