//! The logo. Only its properties are added to the package, not the image.

use leptos::html::Input;
use leptos::prelude::*;
use outlay_pleo::registration::{FormField, Logo};
use web_sys::{File, Url};

use super::entry::focus;
use super::form::{RegistrationForm, StoredDraft, control, id};
use super::image;
use super::messages::logo as messages;
use crate::platform::file_input;

/// The control that reads an image file and shows what registration would reject in it.
pub fn logo(form: RegistrationForm) -> AnyView {
    let input = NodeRef::<Input>::new();
    let picked = move |_| {
        if let Some(file) = input.get_untracked().and_then(|it| file_input::picked(&it)) {
            leptos::task::spawn_local(read_logo(file));
        }
    };
    let wrong = move || {
        form.assessment
            .with(|it| it.is_wrong(FormField::Logo, 0))
            .then_some("true")
    };
    let about = [
        &*id(FormField::Logo, "about"),
        " reg-logo-seen ",
        &id(FormField::Logo, "found"),
    ]
    .concat();
    let seen = Memo::new(move |_| form.draft.with(|draft| draft.package.logo.clone()));
    let remove = move |_| {
        form.draft.update(|draft| {
            let pick = draft.pick();
            draft.set_logo(pick, None);
        });
        StoredDraft::get().show(None);
        focus(FormField::Logo, 0);
    };
    let shown = move || {
        seen.get().map(|logo| {
            view! {
                <p id="reg-logo-seen">{logo_label(&logo)}</p>
                <div><button type="button" class="quiet" on:click=remove>{messages::REMOVE}</button></div>
            }
            .into_any()
        })
    };
    let picture = move || {
        form.picture.get().map(|address| {
            let white = address.clone();
            view! {
                <p class="reg-logo">
                    <img class="on-light" src=white alt=messages::ON_LIGHT />
                    <img class="on-dark" src=address alt=messages::ON_DARK />
                </p>
            }
            .into_any()
        })
    };
    view! {
        <input
            type="file" id=control(FormField::Logo, 0) accept="image/*" node_ref=input on:change=picked
            aria-describedby=about aria-invalid=move || wrong()
        />
        {move || shown()}
        {move || picture()}
    }
    .into_any()
}

/// Stores the properties of the file, unless the user has chosen another one meanwhile.
async fn read_logo(file: File) {
    let kept = StoredDraft::get();
    let pick = kept
        .draft
        .try_update(|draft| draft.pick())
        .unwrap_or_default();
    let logo = image::facts(&file).await;
    let is_image = logo.width > 0;
    let taken = kept
        .draft
        .try_update(|draft| draft.set_logo(pick, Some(logo)));
    if taken == Some(true) {
        let address = is_image.then(|| Url::create_object_url_with_blob(&file).ok());
        kept.show(address.flatten());
    }
}

fn logo_label(logo: &Logo) -> String {
    let kind = match &*logo.media_type {
        "" => messages::UNKNOWN_TYPE,
        kind => kind,
    };
    let size = match (logo.width, logo.height) {
        (0, _) | (_, 0) => String::new(),
        (width, height) => messages::size(width, height),
    };
    messages::label(&logo.file_name, kind, &size, logo.bytes)
}
