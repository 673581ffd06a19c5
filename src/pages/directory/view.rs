//! The page: links between the lists, and the list that the address names.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::list::List;
use super::messages;
use crate::address;
use crate::components::heading::Heading;
use crate::effect::effect;
use crate::platform::document;
use crate::session::Session;
use crate::session::company_data::CompanyData;
use crate::session::directory::kind::DirectoryKind;

/// The page of a connection.
#[component]
pub fn Directory() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    effect(move || {
        // An organisation's token names no company: then the first of the list is taken.
        if company_data.company_id.get().is_none() {
            company_data.load_companies();
        }
    });
    let pathname = use_location().pathname;
    let base = document::base();
    let kind = Memo::new(move |_| {
        pathname.with(|path| DirectoryKind::of_route(address::below(&base, path)))
    });
    let shown = move || match kind.get() {
        Some(kind) => view! { <List kind /> }.into_any(),
        None => view! { <p role="status">{messages::UNKNOWN}</p> <Lists kind /> }.into_any(),
    };
    let links = move || kind.get().map(|_| view! { <Lists kind /> }.into_any());
    view! {
        <div class="page-fill directory">
            <div class="page-head">
                <Heading text=messages::TITLE />
                {move || links()}
            </div>
            {move || shown()}
        </div>
    }
}

/// The links; the present one is marked.
#[component]
fn Lists(kind: Memo<Option<DirectoryKind>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let base = document::base();
    let links = DirectoryKind::ALL.map(|of| {
        let whole = address::at_base(&base, &of.route());
        let href = move || {
            session
                .live_id
                .with(|id| address::with_connection(&whole, id.as_deref()))
        };
        let current = move || (kind.get() == Some(of)).then_some("page");
        view! { <a href=move || href() aria-current=move || current()>{of.title()}</a> }
    });
    view! { <nav class="directory-lists" aria-label=messages::LISTS>{links.into_iter().collect_view()}</nav> }
}
