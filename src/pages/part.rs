//! The place of a part of the site, which is loaded when one of its routes opens.

use std::cell::RefCell;

use leptos::html::Div;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::alert::ErrorAlert;
use crate::platform::document;
use crate::platform::location;
use crate::platform::part::{self, NotLoaded, Part};
use crate::route;
use crate::session::trouble::Trouble;

thread_local! {
    /// What is to be closed when the page goes.
    static SHOWN: RefCell<Option<Part>> = const { RefCell::new(None) };
}

/// How far the loading has come.
#[derive(Clone, PartialEq, Eq)]
enum Load {
    Loading,
    Shown,
    Failed(Trouble),
}

/// The code of a part that is of another build than the page.
const NEWER: &str = "newer_version";

fn trouble(reason: NotLoaded) -> Trouble {
    Trouble {
        detail: reason.detail,
        ..Trouble::of(if reason.newer {
            NEWER
        } else {
            "part_not_loaded"
        })
    }
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
                Ok(part) => {
                    part.open(&host, route);
                    part.look(&query.get_untracked());
                    SHOWN.replace(Some(part));
                    Load::Shown
                }
                Err(reason) => Load::Failed(trouble(reason)),
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
    let rest = move || match load.get() {
        Load::Loading => view! { <p class="waiting" role="status">"Loading…"</p> }.into_any(),
        Load::Shown => ().into_any(),
        Load::Failed(trouble) => {
            let newer = trouble.code == NEWER;
            let again = move |_| {
                if newer {
                    location::reload();
                } else {
                    load.set(Load::Loading);
                    open();
                }
            };
            view! {
                <ErrorAlert trouble>
                    <button type="button" class="primary" on:click=again>
                        {if newer { "Reload" } else { "Try again" }}
                    </button>
                </ErrorAlert>
            }
            .into_any()
        }
    };
    view! {
        <div class="bench" translate="no" node_ref=host></div>
        {move || rest()}
    }
}
