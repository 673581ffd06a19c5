//! An error: what happened, what it means, what to do, and the stable code in small print.

use leptos::prelude::*;
use outlay_pleo::scope;
use outlay_vault::code::explain;

use super::copy::CopyDetails;
use crate::session::trouble::Trouble;

/// The error. Its children are the buttons of the next step.
#[component]
pub fn ErrorAlert(
    /// What went wrong.
    trouble: Trouble,
    /// Whether nothing is wrong: the colours of a note.
    #[prop(optional)]
    calm: bool,
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
    let about = trouble.clone();
    view! {
        <section class="alert" class:calm=calm role="alert" data-code=trouble.code.clone()>
            <h2>{words.happened}</h2>
            <p>{words.means}</p>
            {needs}
            <p class="alert-next">{words.next}</p>
            <div class="actions">
                {children.map(|children| children())}
                <CopyDetails about />
            </div>
            <p class="fine">
                "Code " <code>{trouble.code.clone()}</code>
                {trouble.detail.map(|detail| view! { " · " <span>{detail}</span> })}
            </p>
        </section>
    }
}
