//! The purposes of the client, each with the scopes that it needs.

use leptos::prelude::*;
use outlay_pleo::registration::Purpose;

use super::form::RegistrationForm;

/// One checkbox for each purpose. The selected ones decide the scopes.
pub fn purposes(form: RegistrationForm) -> AnyView {
    let boxes = Purpose::ALL.iter().map(|&purpose| {
        let scopes = move || {
            let environment = form.draft.with(|draft| draft.package.environment);
            purpose.scopes(environment).join(", ")
        };
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || form.draft.with(|draft| draft.package.purposes.contains(&purpose))
                    on:change=move |_| form.draft.update(|draft| draft.toggle(purpose))
                />
                <span>{purpose.label()} " " <code class="fine">{move || scopes()}</code></span>
            </label>
        }
    });
    boxes.collect_view().into_any()
}
