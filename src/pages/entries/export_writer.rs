//! Writes the file that [`super::export`] saves, some rows at a time; loaded when the first file is
//! asked for.

use futures::StreamExt;
use futures::channel::mpsc;
use futures::future::{Either, select};
use js_sys::Array;
use leptos::prelude::*;
use outlay_pleo::time::Date;
use outlay_table::csv::CsvCell;
use outlay_table::file_name::{self, ListExtent};
use outlay_table::file_writer::{FilePlan, FileWriter, Format};
use outlay_table::{Column, EntryTable};

use super::export::{ExportStage, ExportState, FileFormat};
use crate::components::csv_format::form;
use crate::components::messages::export as messages;
use crate::platform::workbook_worker::{self, SheetFacts, WorkbookJob};
use crate::platform::{clock, download, intl};
use crate::session::app_error::AppError;

/// Rows of the first slice.
const FIRST_SLICE: usize = 500;

/// Milliseconds that a slice may take; the page stays responsive.
const SLICE_TIME: f64 = 16.0;

/// The function that [`super::export`] calls after it has loaded this chunk.
#[derive(Clone, Copy)]
pub struct Writer {
    /// Writes the file of what matches the filter.
    pub write: fn(ExportState),
}

/// Writes text formats on the main thread and workbooks in a worker.
pub const WRITER: Writer = Writer {
    write: |export| {
        export
            .task
            .with_value(|task| match export.format.get_untracked() {
                FileFormat::Csv => task.run(write_text(export, Format::Csv(form()), false)),
                FileFormat::CsvWithCodes => {
                    task.run(write_text(export, Format::Csv(form()), true));
                }
                FileFormat::JsonLines => task.run(write_text(export, Format::JsonLines, false)),
                FileFormat::Excel => task.run(write_workbook(export)),
            });
    },
};

/// `codes` adds the columns with Pleo's codes.
async fn write_text(export: ExportState, format: Format, codes: bool) {
    let table = export.entries.company_data.table;
    let extent = export.extent();
    let order = export.entries.order.get_untracked();
    let (mut writer, rows) = table.with_untracked(|table| {
        let plan = FilePlan {
            format,
            columns: match codes {
                true => table.columns_with_codes(),
                false => table.ledger_columns(),
            },
            rows: table.lines_of(&order),
            notes: note(extent).into_iter().collect(),
        };
        let rows = plan.rows.clone();
        (FileWriter::new(plan, table), rows)
    });
    let last_row = last_row(&rows);
    let rows = rows.len();
    let parts = Array::new();
    let mut size = FIRST_SLICE;
    loop {
        export
            .stage
            .set(ExportStage::Writing(writer.written(), rows));
        // Lets the browser render and handle events.
        clock::sleep(0).await;
        let begun = clock::monotonic();
        let slice = table.with_untracked(|table| {
            contains(table, last_row).then(|| writer.write_slice(table, size))
        });
        let part = slice.and_then(|slice| Some((download::part(&slice.bytes)?, slice.done)));
        let Some((part, done)) = part else {
            finish(export, messages::INTERRUPTED.to_owned());
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
    let (extension, kind) = match format {
        Format::Csv(_) => ("csv", "text/csv;charset=utf-8"),
        Format::JsonLines => ("jsonl", "application/x-ndjson"),
    };
    let name = name(export, extent, extension);
    let size = messages::rows(&intl::count(rows));
    let notice = download::save_parts(&name, kind, &parts, Some(&size), writer.replaced());
    finish(export, notice);
}

async fn write_workbook(export: ExportState) {
    let table = export.entries.company_data.table;
    let extent = export.extent();
    let order = export.entries.order.get_untracked();
    let (columns, rows, period) = table.with_untracked(|table| {
        let rows = table.lines_of(&order);
        let period = period(table, &rows);
        (table.ledger_columns(), rows, period)
    });
    let last_row = last_row(&rows);
    let count = rows.len();
    export.stage.set(ExportStage::Writing(0, count));
    let job = WorkbookJob {
        order: &rows,
        columns: &columns,
        sheet: messages::SHEET,
        facts: facts(export, extent, period),
    };
    let (interrupt, mut interruption) = mpsc::unbounded();
    let with_table = |read: &mut dyn FnMut(&EntryTable)| {
        table.with_untracked(|table| match contains(table, last_row) {
            true => read(table),
            false => {
                // It fails only when the file is finished.
                let _ = interrupt.unbounded_send(());
            }
        });
    };
    let progress = |written: u32| {
        export
            .stage
            .set(ExportStage::Writing(written as usize, count));
    };
    let written = {
        let writing = Box::pin(workbook_worker::write(job, with_table, progress));
        match select(interruption.next(), writing).await {
            Either::Left(_) => return finish(export, messages::INTERRUPTED.to_owned()),
            Either::Right((written, _)) => written,
        }
    };
    match written {
        Ok(workbook) => {
            let name = name(export, extent, "xlsx");
            let size = messages::rows(&intl::count(count));
            let summary = workbook.summary;
            let replaced = usize::try_from(summary.replaced).unwrap_or(usize::MAX);
            let mut notice = download::save_file(&name, &workbook.file, Some(&size), replaced);
            for (number, text) in [
                (summary.cut, messages::CUT),
                (summary.long_numbers, messages::LONG_NUMBERS),
                (summary.days_as_text, messages::DAYS_AS_TEXT),
            ] {
                if number > 0 {
                    let number = intl::count(usize::try_from(number).unwrap_or(usize::MAX));
                    notice.push_str(&[". ", text, &number].concat());
                }
            }
            finish(export, notice);
        }
        Err(code) => export.stage.set(ExportStage::Failed(AppError::of(code))),
    }
}

/// What the workbook's last sheet states.
fn facts(export: ExportState, extent: ListExtent, period: Option<(Date, Date)>) -> SheetFacts {
    let loaded = export
        .entries
        .company_data
        .entries_pagination
        .with_untracked(|pagination| pagination.list.distinct());
    let period = period.map(|(first, last)| messages::period(&intl::day(first), &intl::day(last)));
    SheetFacts {
        company: company(export).unwrap_or_default(),
        period: period.unwrap_or_default(),
        filter: export
            .entries
            .filter
            .with_untracked(|filter| filter.to_string()),
        loaded,
        total: match extent {
            ListExtent::Whole => Some(loaded),
            ListExtent::First { total, .. } => Some(total),
            ListExtent::Incomplete => None,
        },
        exported_at: intl::iso(clock::wall_millis()),
        notes: note(extent).into_iter().collect(),
    }
}

/// The first and the last purchase date of these rows; `None` if no row has one.
fn period(table: &EntryTable, rows: &[u32]) -> Option<(Date, Date)> {
    let day = |row: &u32| match table.cell(*row as usize, Column::Date) {
        CsvCell::Date(day) => Some(day),
        CsvCell::Day(at) => at.utc_day(),
        CsvCell::WrittenDay(at) => at.written_day(),
        _ => None,
    };
    let mut days = rows.iter().filter_map(day);
    let first = days.next()?;
    Some(days.fold((first, first), |(from, to), day| {
        (from.min(day), to.max(day))
    }))
}

/// The highest number of these rows; `None` without rows.
fn last_row(rows: &[u32]) -> Option<u32> {
    rows.iter().max().copied()
}

/// Whether the table has this row: its rows may have been dropped meanwhile, to be loaded again.
fn contains(table: &EntryTable, row: Option<u32>) -> bool {
    row.is_none_or(|row| table.rows() > row as usize)
}

fn finish(export: ExportState, notice: String) {
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

fn name(export: ExportState, extent: ListExtent, extension: &str) -> String {
    let day = intl::iso(clock::wall_millis());
    let day = day.get(..10).unwrap_or_default();
    file_name::entries(company(export).as_deref(), day, extent, extension)
}

/// The company's name; `None` if it is not known.
fn company(export: ExportState) -> Option<String> {
    let company_data = export.entries.company_data;
    let id = company_data.company_id.get_untracked();
    company_data.companies.with_untracked(|all| {
        let own = all.ready()?.iter().find(|it| Some(&it.id) == id.as_ref())?;
        Some(own.name.clone())
    })
}
