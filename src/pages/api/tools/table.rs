//! The list of a response as a table.

use leptos::prelude::*;

use super::messages::table as messages;
use crate::components::external_text::external;
use crate::pages::api::state::Explorer;
use crate::platform::intl;
use outlay_explorer::id_links::{IdLink, of_column};
use outlay_explorer::list_table::ListTable;

/// Rows that are added to the document at once.
const STEP: usize = 100;

/// The table; a note if the response has no list.
pub fn list_table(explorer: Explorer) -> impl IntoView {
    let limit = RwSignal::new(STEP);
    let table = Memo::new(move |_| {
        explorer.read.track();
        let value = explorer
            .text
            .with_value(|text| text.as_ref()?.masked_value());
        value.and_then(ListTable::of)
    });
    let body = move || {
        let table = table.get()?;
        let shown = limit.get().min(table.rows());
        let head = table
            .columns
            .iter()
            .map(|name| view! { <th scope="col"><code>{external(name)}</code></th> });
        let head = head.collect_view();
        let rows = (0..shown).map(|row| {
            let cells = table
                .columns
                .iter()
                .map(|column| cell(explorer, &table, row, column));
            view! { <tr>{cells.collect_view()}</tr> }
        });
        let rows = rows.collect_view();
        let more = shown < table.rows();
        let summary = messages::rows(&intl::count(shown), &intl::count(table.rows()));
        let left_out = (table.left_out > 0).then(|| messages::left_out(table.left_out));
        Some(view! {
            <p class="fine figures" role="status">{summary} " " {left_out}</p>
            <div class="table-wrap x-table" translate="no" tabindex="0" role="region" aria-label=messages::CAPTION>
                <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            </div>
            {more.then(|| view! { <button type="button" class="quiet" on:click=move |_| limit.update(|it| *it += STEP)>{messages::MORE}</button> })}
        }
        .into_any())
    };
    view! { {move || body().unwrap_or_else(|| view! { <p class="note" role="status">{messages::NO_LIST}</p> }.into_any())} }
}

fn cell(explorer: Explorer, table: &ListTable, row: usize, column: &str) -> impl IntoView + use<> {
    let text = table.cell(row, column);
    let targets = explorer.tools.targets.get_untracked();
    let called = explorer.run.get_untracked();
    let link = called.and_then(|run| of_column(&targets, &run.operation, column, &text));
    let shown = external(&text);
    let content = match link {
        Some(IdLink { query, .. }) => {
            view! { <a href=move || explorer.address_of(&query)>{shown}</a> }.into_any()
        }
        None => shown.into_any(),
    };
    view! { <td>{content}</td> }
}
