//! The difference of the kept response and the one in view.

use std::sync::Arc;

use leptos::prelude::*;

use super::messages::compare as messages;
use crate::components::external_text::external;
use crate::pages::api::state::tools::KeptResponse;
use outlay_explorer::difference::{Change, ChangeKind, Difference};

/// A difference, or that a response is not JSON.
pub type Compared = Result<(Arc<KeptResponse>, Difference), ()>;

/// The list of changes.
pub fn comparison(found: Compared, shown: RwSignal<Option<Compared>>) -> AnyView {
    let Ok((kept, found)) = found else {
        return view! { <p class="note" role="status">{messages::NOT_JSON}</p> }.into_any();
    };
    let summary = match found.total {
        0 => messages::EQUAL.to_owned(),
        all => messages::total(all, &kept.label),
    };
    let part = (found.total > found.changes.len()).then(|| messages::shown(found.changes.len()));
    let rows = found.changes.into_iter().map(row).collect_view();
    let table = (found.total > 0).then(|| {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label=messages::TITLE>
                <table class="x-headers x-difference">
                    <thead>
                        <tr>
                            <th scope="col">{messages::PLACE}</th>
                            <th scope="col">{messages::CHANGE}</th>
                            <th scope="col">{messages::BEFORE}</th>
                            <th scope="col">{messages::AFTER}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <section class="x-compared" aria-labelledby="difference-title">
            <h4 id="difference-title">{messages::TITLE}</h4>
            <p role="status">{summary} " " {part} " " {messages::MASKED}</p>
            {table}
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| shown.set(None)>{messages::CLOSE}</button>
            </div>
        </section>
    }
    .into_any()
}

fn row(change: Change) -> impl IntoView {
    let kind = match change.kind {
        ChangeKind::Added => messages::ADDED,
        ChangeKind::Removed => messages::REMOVED,
        ChangeKind::Changed => messages::CHANGED,
        ChangeKind::Reordered => messages::REORDERED,
    };
    let at = match &*change.at {
        "" => messages::WHOLE.to_owned(),
        at => at.to_owned(),
    };
    view! {
        <tr>
            <th scope="row"><code>{external(&at)}</code></th>
            <td>{kind}</td>
            <td><code>{external(&change.before)}</code></td>
            <td><code>{external(&change.after)}</code></td>
        </tr>
    }
}
