//! The place of a part of the site, which is loaded when one of its routes opens.

use std::cell::RefCell;

use leptos::html::Div;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::alert::ErrorAlert;
use crate::platform::document;
use crate::platform::part::{self, Part};
use crate::route;
use crate::session::trouble::Trouble;

thread_local! {
    /// What is to be closed when the page goes.
    static SHOWN: RefCell<Option<Part>> = const { RefCell::new(None) };
}

/// How far the loading has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Load {
    Loading,
    Shown,
    Failed,
}

/// The place.
#[component]
pub fn PartPage() -> impl IntoView {
    let host = NodeRef::<Div>::new();
    let load = RwSignal::new(Load::Loading);
    // The browser's own address follows the router's a moment later.
    let here = use_location();
    let (path, query) = (here.pathname, here.search);
    let open = move || {
        let path = path.get_untracked();
        leptos::task::spawn_local(async move {
            let base = document::base();
            let route = route::below(&base, &path);
            // Whoever explores the API needs nothing of the workbench, and the other way round.
            let name = if route.trim_end_matches('/') == "/api" {
                "explorer"
            } else {
                "workbench"
            };
            let part = part::load(name).await;
            // The user may have gone on meanwhile.
            let Some(Some(host)) = host.try_get_untracked() else {
                return;
            };
            load.set(match part {
                Some(part) => {
                    part.open(&host, route);
                    part.look(&query.get_untracked());
                    SHOWN.replace(Some(part));
                    Load::Shown
                }
                None => Load::Failed,
            });
        });
    };
    Effect::new(move |_| {
        if host.get().is_some() {
            open();
        }
    });
    Effect::new(move |_| {
        query.with(|query| {
            SHOWN.with_borrow(|part| {
                if let Some(part) = part {
                    part.look(query);
                }
            });
        });
    });
    on_cleanup(|| {
        if let Some(part) = SHOWN.take() {
            part.close();
        }
    });
    let rest = move || {
        match load.get() {
        Load::Loading => view! { <p class="waiting" role="status">"Loading…"</p> }.into_any(),
        Load::Shown => ().into_any(),
        Load::Failed => view! {
            <ErrorAlert trouble=Trouble::of("part_not_loaded")>
                <button type="button" class="primary" on:click=move |_| { load.set(Load::Loading); open(); }>"Try again"</button>
            </ErrorAlert>
        }
        .into_any(),
    }
    };
    view! {
        <div class="bench" translate="no" node_ref=host></div>
        {move || rest()}
    }
}
