//! The export pages: the list, or the run of one job.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use outlay_pleo::id::ExportJobId;

use super::list::list;
use super::messages;
use super::run_view::run_page;
use super::{permission, run::RunState};
use crate::address;
use crate::components::heading::Heading;
use crate::platform::document;
use crate::session::Session;

/// `/exports` and `/exports/…`.
#[component]
pub fn ExportsPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let pathname = use_location().pathname;
    let job = Memo::new(move |_| {
        let base = document::base();
        let path = pathname.get();
        let rest = address::below(&base, &path).strip_prefix("/exports/");
        rest.map(|rest| rest.trim_end_matches('/').to_owned())
            .filter(|id| !id.is_empty())
    });
    let lacking = Memo::new(move |_| permission::lacking(session));
    let shown = move || {
        let lacking = lacking.get();
        match job.get() {
            _ if !lacking.is_empty() => view! {
                <Heading text=messages::TITLE />
                {permission::ask(session, lacking)}
            }
            .into_any(),
            None => list(session),
            Some(id) => run_page(RunState::new(ExportJobId::from(id))),
        }
    };
    view! { <div class="exports">{move || shown()}</div> }
}
