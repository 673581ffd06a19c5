//! An error: what happened, what it means, what to do, and its stable code in small print.

use leptos::prelude::*;
use outlay_pleo::scope;

use super::copy::CopyDetails;
use super::external_text::ExternalText;
use super::messages;
use crate::messages::errors::explain;
use crate::session::app_error::AppError;

/// The error. `children` are the buttons of the next step.
#[component]
pub fn ErrorAlert(
    /// The error.
    app_error: AppError,
    /// Whether it is a notice rather than an error; decides the colours.
    #[prop(optional)]
    calm: bool,
    /// The buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = explain(app_error.code);
    let needs = app_error.scope.map(|name| {
        let permits = match scope::known(name) {
            Some(scope) => messages::alert::permits(scope.permits),
            None => messages::alert::SENTENCE_END.to_owned(),
        };
        view! {
            <p>
                {messages::alert::PERMISSION} <code translate="no" prop:textContent=name></code> <span prop:textContent=permits></span>
            </p>
        }
    });
    let about = app_error.clone();
    view! {
        <section class="alert" class:calm=calm role="alert" data-code=app_error.code.word()>
            <h2 prop:textContent=words.happened></h2>
            <p prop:textContent=words.means></p>
            {needs}
            <p class="alert-next" prop:textContent=words.next></p>
            <div class="actions">
                {children.map(|children| children())}
                <CopyDetails about />
            </div>
            <p class="fine">
                {messages::alert::CODE} <code translate="no" prop:textContent=app_error.code.word()></code>
                {app_error.detail.map(|text| view! { {messages::SEPARATOR} <ExternalText text /> })}
            </p>
        </section>
    }
}
