//! Writes a workbook: slices in, bytes of the file out.
//!
//! Memory holds one slice and its compressed bytes, whatever the number of rows: texts are inline
//! strings, since a table of shared strings would have to hold all of them until the end. The ZIP entries
//! have data descriptors, so that no byte is written twice.
//!
//! Sheets in their order: the rows, the totals, and the statement about the file.
//!
//! Reading order: `cell` writes one cell, `totals` adds up amounts, `package` has the fixed parts.

mod cell;
mod package;
mod totals;

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use futures::{Stream, StreamExt};
use rawzip::{CompressionMethod, ZipArchiveWriter};

use crate::message::{WorkbookPlan, WorkbookSummary};
use crate::slice::{MalformedSlice, SliceCell, SliceReader};
use cell::CellXml;
use package::COLUMNS;
use totals::Totals;

/// Why a workbook was not completed. Nothing more of it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteError {
    /// A slice is not one, or the plan has more columns than Excel allows.
    Malformed,
    /// The slices ended before the last row of the plan.
    Incomplete,
    /// The ZIP archive could not be written.
    Archive,
}

impl From<MalformedSlice> for WriteError {
    fn from(_: MalformedSlice) -> WriteError {
        WriteError::Malformed
    }
}

impl From<io::Error> for WriteError {
    fn from(_: io::Error) -> WriteError {
        WriteError::Archive
    }
}

impl From<rawzip::Error> for WriteError {
    fn from(_: rawzip::Error) -> WriteError {
        WriteError::Archive
    }
}

/// The fastest: level 6 needs three times as long for a file that is a fifth smaller.
const LEVEL: Compression = Compression::fast();

/// XML is compressed in pieces of at least this many bytes.
const PIECE: usize = 1 << 16;

/// The bytes that the archive has written and that are not taken yet.
#[derive(Debug, Clone, Default)]
struct Output(Rc<RefCell<Vec<u8>>>);

impl Output {
    fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the workbook of `plan` with the rows of `slices`. After each slice, `written` receives the
/// number of rows so far and the bytes since its last call. Returns the summary and the last bytes.
///
/// # Errors
///
/// [`WriteError`]; the bytes so far are no file then.
pub async fn write(
    plan: &WorkbookPlan,
    slices: impl Stream<Item = Vec<u8>>,
    mut written: impl FnMut(u32, Vec<u8>),
) -> Result<(WorkbookSummary, Vec<u8>), WriteError> {
    if plan.columns.len() > COLUMNS {
        return Err(WriteError::Malformed);
    }
    let slices = std::pin::pin!(slices);
    let output = Output::default();
    let mut archive = ZipArchiveWriter::new(output.clone());
    for (name, xml) in package::parts(plan) {
        add_part(&mut archive, &name, xml.as_bytes())?;
    }
    let mut rows = Rows {
        slices,
        slice: None,
        written: 0,
        output: &output,
        on_written: &mut written,
    };
    let mut cells = CellXml::new(plan.columns.len());
    let mut totals = Totals::default();
    for sheet in 0..package::sheets_of_rows(plan.rows) {
        let of_sheet = package::rows_of_sheet(plan, sheet);
        let name = package::sheet_part(sheet + 1);
        let entry = archive.new_file(&*name);
        let (mut entry, config) = entry
            .compression_method(CompressionMethod::DEFLATE)
            .start()?;
        let mut data = config.wrap(DeflateEncoder::new(&mut entry, LEVEL));
        package::begin_rows(&mut cells, plan);
        for row in of_sheet.clone() {
            if rows.is_slice_at_end() {
                data.write_all(&cells.take())?;
                rows.next_slice().await?;
            }
            let Some(slice) = &mut rows.slice else {
                return Err(WriteError::Incomplete);
            };
            // The header is row 1.
            cells.begin_row(row - of_sheet.start + 2);
            for column in 0..plan.columns.len() {
                let cell = slice.cell()?;
                if let SliceCell::Amount(amount) = &cell {
                    totals.add(column, amount);
                }
                cells.cell(column, &cell);
            }
            cells.end_row();
            slice.end_row();
            rows.written += 1;
            if cells.len() >= PIECE {
                data.write_all(&cells.take())?;
            }
        }
        package::end_rows(&mut cells, plan, of_sheet.end - of_sheet.start);
        data.write_all(&cells.take())?;
        let (encoder, descriptor) = data.finish()?;
        encoder.finish()?;
        entry.finish(descriptor)?;
    }
    let sheets = package::sheets_of_rows(plan.rows);
    package::totals_sheet(&mut cells, plan, &totals);
    add_part(
        &mut archive,
        &package::sheet_part(sheets + 1),
        &cells.take(),
    )?;
    package::facts_sheet(&mut cells, plan);
    add_part(
        &mut archive,
        &package::sheet_part(sheets + 2),
        &cells.take(),
    )?;
    archive.finish()?;
    Ok((cells.summary(), output.take()))
}

fn add_part(
    archive: &mut ZipArchiveWriter<Output>,
    name: &str,
    xml: &[u8],
) -> Result<(), WriteError> {
    let entry = archive.new_file(name);
    let (mut entry, config) = entry
        .compression_method(CompressionMethod::DEFLATE)
        .start()?;
    let mut data = config.wrap(DeflateEncoder::new(&mut entry, LEVEL));
    data.write_all(xml)?;
    let (encoder, descriptor) = data.finish()?;
    encoder.finish()?;
    entry.finish(descriptor)?;
    Ok(())
}

/// The rows of the slices, one after the other.
struct Rows<'a, S, F> {
    slices: S,
    slice: Option<SliceReader>,
    written: u32,
    output: &'a Output,
    on_written: &'a mut F,
}

impl<S: Stream<Item = Vec<u8>> + Unpin, F: FnMut(u32, Vec<u8>)> Rows<'_, S, F> {
    fn is_slice_at_end(&self) -> bool {
        self.slice
            .as_ref()
            .is_none_or(|slice| slice.rows_left() == 0)
    }

    /// Reports the rows of the last slice and waits for one that has rows.
    async fn next_slice(&mut self) -> Result<(), WriteError> {
        while self.is_slice_at_end() {
            if self.slice.take().is_some() {
                (self.on_written)(self.written, self.output.take());
            }
            let slice = self.slices.next().await.ok_or(WriteError::Incomplete)?;
            self.slice = Some(SliceReader::new(slice)?);
        }
        Ok(())
    }
}
