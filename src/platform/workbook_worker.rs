//! Writes an Excel workbook in a worker of its own, which is loaded for it.

use outlay_codes::ErrorCode;
use outlay_table::{Column, EntryTable};
pub use outlay_workbook::client::Workbook;
use outlay_workbook::client::write as write_in_worker;
pub use outlay_workbook::rows::SheetFacts;
use outlay_workbook::rows::{RowSlices, plan};

use super::document;

/// What a workbook contains.
pub struct WorkbookJob<'a> {
    /// Rows of the table in the order of the file.
    pub order: &'a [u32],
    /// Columns from left to right.
    pub columns: &'a [Column],
    /// Name of the sheet with the rows.
    pub sheet: &'a str,
    /// What the last sheet states.
    pub facts: SheetFacts,
}

/// Writes the workbook. `with_table` lends the table for each slice of rows, which takes a few
/// milliseconds; the table may grow between two slices, but must not be cleared. `progress` receives the
/// number of rows in the file so far. Dropping the future cancels: it terminates the worker.
///
/// # Errors
///
/// `workbook_unavailable`, `workbook_mismatch` and `workbook_lost`; no file is saved then.
pub async fn write(
    job: WorkbookJob<'_>,
    with_table: impl Fn(&mut dyn FnMut(&EntryTable)),
    progress: impl FnMut(u32),
) -> Result<Workbook, ErrorCode> {
    let mut planned = None;
    with_table(&mut |table| {
        planned = Some(plan(table, job.order, job.columns, job.sheet, &job.facts));
    });
    let mut rows = RowSlices::new(job.order, job.columns);
    let next_slice = || {
        let mut slice = None;
        with_table(&mut |table| slice = rows.next_slice(table));
        slice
    };
    let plan = planned.unwrap_or_default();
    write_in_worker(&document::base(), plan, next_slice, progress).await
}
