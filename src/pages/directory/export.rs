//! Exports the rows that match the search as a file.

use leptos::prelude::*;
use outlay_table::file_name::{self, ListExtent};
use outlay_table::file_writer::Format;

use super::state::ListState;
use super::{extent, messages};
use crate::components::csv_format::form;
use crate::components::messages::export as words;
use crate::effect::effect;
use crate::platform::{clock, download, intl};
use crate::session::load::LoadState;

/// The button, the choice of a format, and a line about the file.
#[component]
pub fn ExportList(state: ListState) -> impl IntoView {
    let json = RwSignal::new(false);
    let notice = RwSignal::new(String::new());
    // The company's name is part of the file's.
    state.company_data.load_companies();
    let busy = move || {
        state
            .list
            .with(|list| list.pagination.step == LoadState::Loading)
    };
    let export = move |_| {
        let format = match json.get_untracked() {
            true => Format::JsonLines,
            false => Format::Csv(form()),
        };
        notice.set(save(state, format));
    };
    // The notice is about the rows and the format that were exported.
    effect(move || {
        state.order.track();
        json.track();
        notice.set(String::new());
    });
    let choose = move |event| json.set(event_target_value(&event) == "json");
    let caution = move || {
        let is_whole = state
            .list
            .with(|list| extent::of_list(&list.pagination.list) == ListExtent::Whole);
        match is_whole {
            true => "",
            false => messages::PARTIAL,
        }
    };
    let line = move || match notice.with(String::is_empty) {
        true => caution().to_owned(),
        false => notice.get(),
    };
    view! {
        <button type="button" class="quiet" disabled=move || busy() on:click=export>{words::EXPORT}</button>
        <select aria-label=words::FORMAT disabled=move || busy() on:change=choose>
            <option value="csv">{words::CSV}</option>
            <option value="json">{words::JSON_LINES}</option>
        </select>
        <span class="save-state" role="status" prop:textContent=move || line()></span>
    }
}

/// Writes the file and returns the text to show about it.
fn save(state: ListState, format: Format) -> String {
    let order = state.order.get_untracked();
    let (file, extent) = state.list.with_untracked(|list| {
        let extent = extent::of_list(&list.pagination.list);
        let notes = extent::note(extent, state.kind.rows_name());
        let notes: Vec<String> = notes.into_iter().collect();
        let columns = state.columns();
        (list.table.file(columns, &order, format, &notes), extent)
    });
    let (extension, kind) = match format {
        Format::Csv(_) => ("csv", "text/csv;charset=utf-8"),
        Format::JsonLines => ("jsonl", "application/x-ndjson"),
    };
    let day = intl::iso(clock::wall_millis());
    let day = day.get(..10).unwrap_or_default();
    let id = state.company_data.company_id.get_untracked();
    let company = state.company_data.companies.with_untracked(|all| {
        let own = all.ready()?.iter().find(|it| Some(&it.id) == id.as_ref())?;
        Some(own.name.clone())
    });
    let name = file_name::list(
        state.kind.slug(),
        company.as_deref(),
        day,
        extent,
        extension,
    );
    let size = words::rows(&intl::count(order.len()));
    download::save_as(&name, kind, &file.text, Some(&size), file.replaced)
}
