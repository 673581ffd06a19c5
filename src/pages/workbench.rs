//! The place of the workbench, which is loaded when one of its routes opens.

use std::cell::Cell;

use leptos::html::Div;
use leptos::prelude::*;

use crate::components::alert::ErrorAlert;
use crate::platform::location;
use crate::platform::part::{self, Workbench};
use crate::session::trouble::Trouble;

thread_local! {
    /// What is to be closed when the page goes.
    static SHOWN: Cell<Option<Workbench>> = const { Cell::new(None) };
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
pub fn WorkbenchPage() -> impl IntoView {
    let host = NodeRef::<Div>::new();
    let load = RwSignal::new(Load::Loading);
    let open = move || {
        leptos::task::spawn_local(async move {
            let part = part::workbench().await;
            // The user may have gone on meanwhile.
            let Some(Some(host)) = host.try_get_untracked() else {
                return;
            };
            load.set(match part {
                Some(part) => {
                    part.open(&host, &location::route());
                    SHOWN.set(Some(part));
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
        <div class="bench" node_ref=host></div>
        {move || rest()}
    }
}
