//! Writes the file that [`super::export`] saves, some rows at a time; loaded when the first file is
//! asked for.

use js_sys::Array;
use leptos::prelude::*;
use outlay_table::file_name::{self, ListExtent};
use outlay_table::file_writer::{FilePlan, FileWriter, Format};

use super::export::{ExportStage, ExportState};
use crate::components::messages::export as messages;
use crate::platform::{clock, download, intl};

/// Rows of the first slice.
const FIRST_SLICE: usize = 500;

/// Milliseconds that a slice may take; the page stays responsive.
const SLICE_TIME: f64 = 16.0;

/// What [`super::export`] asks of this module.
#[derive(Clone, Copy)]
pub struct Writer {
    /// Writes the file of what matches the filter.
    pub write: fn(ExportState),
}

/// This module.
pub const WRITER: Writer = Writer {
    write: |export| {
        export.task.with_value(|task| task.run(write(export)));
    },
};

async fn write(export: ExportState) {
    let table = export.entries.company_data.table;
    let format = export.format();
    let extent = export.extent();
    let order = export.entries.order.get_untracked();
    let (mut writer, rows) = table.with_untracked(|table| {
        let plan = FilePlan {
            format,
            columns: table.ledger_columns(),
            rows: table.lines_of(&order),
            notes: note(extent).into_iter().collect(),
        };
        let rows = plan.rows.len();
        (FileWriter::new(plan, table), rows)
    });
    let last_row = order.iter().max().map_or(0, |row| *row as usize);
    let parts = Array::new();
    let mut size = FIRST_SLICE;
    loop {
        export
            .stage
            .set(ExportStage::Writing(writer.written(), rows));
        // The page draws, and takes in what the user does.
        clock::sleep(0).await;
        let begun = clock::monotonic();
        let slice = table.with_untracked(|table| {
            // Rows that were dropped meanwhile, to be loaded again.
            let is_here = table.rows() > last_row || rows == 0;
            is_here.then(|| writer.write_slice(table, size))
        });
        let part = slice.and_then(|slice| Some((download::part(&slice.text)?, slice.done)));
        let Some((part, done)) = part else {
            export.stage.set(ExportStage::Idle);
            export.notice.set(messages::INTERRUPTED.to_owned());
            return;
        };
        parts.push(&part);
        if done {
            break;
        }
        let took = clock::monotonic() - begun;
        size = match took {
            short if short < SLICE_TIME / 2.0 => size.saturating_mul(2),
            long if long > SLICE_TIME => (size / 2).max(1),
            _ => size,
        };
    }
    let name = name(export, extent, format);
    let kind = match format {
        Format::Csv(_) => "text/csv;charset=utf-8",
        Format::JsonLines => "application/x-ndjson",
    };
    let size = messages::rows(&intl::count(rows));
    let notice = download::save_parts(&name, kind, &parts, Some(&size), writer.replaced());
    export.stage.set(ExportStage::Idle);
    export.notice.set(notice);
}

/// The sentence in a file that lacks entries.
fn note(extent: ListExtent) -> Option<String> {
    match extent {
        ListExtent::Whole => None,
        ListExtent::First { rows, total } => Some(messages::partial_of(rows, total)),
        ListExtent::Incomplete => Some(messages::PARTIAL_NOTE.to_owned()),
    }
}

fn name(export: ExportState, extent: ListExtent, format: Format) -> String {
    let company_data = export.entries.company_data;
    let day = intl::iso(clock::wall_millis());
    let id = company_data.company_id.get_untracked();
    let company = company_data.companies.with_untracked(|all| {
        let own = all.ready()?.iter().find(|it| Some(&it.id) == id.as_ref())?;
        Some(own.name.clone())
    });
    let extension = match format {
        Format::Csv(_) => "csv",
        Format::JsonLines => "jsonl",
    };
    let day = day.get(..10).unwrap_or_default();
    file_name::entries(company.as_deref(), day, extent, extension)
}
