//! The page's end of the port.

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use js_sys::{Array, Uint8Array};
use outlay_codes::ErrorCode;
use outlay_worker::port::Port;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Worker, WorkerOptions, WorkerType};

use crate::message::{FromWorkbook, ToWorkbook, WorkbookPlan, WorkbookSummary};

/// The media type of a workbook.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A finished workbook.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// The file, of [`MEDIA_TYPE`].
    pub file: Blob,
    /// What differs from the table.
    pub summary: WorkbookSummary,
}

/// Slices that the worker may have at once: it writes one while the page makes the next.
const AHEAD: usize = 2;

/// What arrives from the worker.
enum Event {
    /// A message, `None` if it is of another version, and its body.
    Message(Option<FromWorkbook>, Option<Vec<u8>>),
    /// The worker did not load, or it stopped.
    Stopped,
}

/// Writes a workbook in a worker of the site at `base` (its path, ending in `/`). `next_slice` returns
/// the next rows ([`crate::slice`]), `None` after the last ones; the page answers other events between two
/// calls. `progress` receives the number of rows in the file. Dropping the future terminates the worker.
///
/// # Errors
///
/// `workbook_unavailable` if the worker did not start, `workbook_mismatch` if it is of another build,
/// `workbook_lost` if it stopped or the slices ended early.
pub async fn write(
    base: &str,
    plan: WorkbookPlan,
    next_slice: impl FnMut() -> Option<Vec<u8>>,
    progress: impl FnMut(u32),
) -> Result<Workbook, ErrorCode> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&[base, "workbook.js"].concat(), &options);
    let worker = worker.map_err(|_| ErrorCode::WorkbookUnavailable)?;
    let worker = TerminateOnDrop(worker);
    let (sender, events) = unbounded();
    let stopped = sender.clone();
    let on_error = Closure::<dyn Fn()>::new(move || {
        let _ = stopped.unbounded_send(Event::Stopped);
    });
    let handler = on_error.as_ref().unchecked_ref();
    worker.0.set_onerror(Some(handler));
    worker.0.set_onmessageerror(Some(handler));
    let port: Port = worker.0.clone().unchecked_into();
    exchange(&port, sender, events, plan, next_slice, progress).await
}

/// As [`write`], with a worker that listens at the other end of `port`.
///
/// # Errors
///
/// As [`write`].
pub async fn write_through(
    port: &Port,
    plan: WorkbookPlan,
    next_slice: impl FnMut() -> Option<Vec<u8>>,
    progress: impl FnMut(u32),
) -> Result<Workbook, ErrorCode> {
    let (sender, events) = unbounded();
    exchange(port, sender, events, plan, next_slice, progress).await
}

async fn exchange(
    port: &Port,
    sender: UnboundedSender<Event>,
    mut events: UnboundedReceiver<Event>,
    plan: WorkbookPlan,
    mut next_slice: impl FnMut() -> Option<Vec<u8>>,
    mut progress: impl FnMut(u32),
) -> Result<Workbook, ErrorCode> {
    let _subscription = port.listen(move |message, body| {
        let _ = sender.unbounded_send(Event::Message(message, body));
    });
    port.send(&ToWorkbook::Start(plan));
    let mut send_next = || {
        if let Some(slice) = next_slice() {
            port.send_text(&outlay_wire::to_text(&ToWorkbook::Rows), Some(&slice));
        }
    };
    let parts = Array::new();
    let mut has_started = false;
    while let Some(event) = events.next().await {
        let Event::Message(message, body) = event else {
            break;
        };
        let message = message.ok_or(ErrorCode::WorkbookMismatch)?;
        if let Some(body) = body {
            parts.push(&Uint8Array::from(&*body));
        }
        match message {
            FromWorkbook::Started => {
                has_started = true;
                (0..AHEAD).for_each(|_| send_next());
            }
            FromWorkbook::Written(rows) => {
                progress(rows);
                send_next();
            }
            FromWorkbook::Done(summary) => {
                let options = BlobPropertyBag::new();
                options.set_type(MEDIA_TYPE);
                let file = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
                let file = file.map_err(|_| ErrorCode::WorkbookLost)?;
                return Ok(Workbook { file, summary });
            }
            FromWorkbook::Failed(code) => return Err(code),
            FromWorkbook::Broken => return Err(ErrorCode::WorkbookUnavailable),
        }
    }
    Err(match has_started {
        true => ErrorCode::WorkbookLost,
        false => ErrorCode::WorkbookUnavailable,
    })
}

/// Ends the worker with its memory, whatever it does.
struct TerminateOnDrop(Worker);

impl Drop for TerminateOnDrop {
    fn drop(&mut self) {
        self.0.set_onerror(None);
        self.0.set_onmessageerror(None);
        self.0.terminate();
    }
}
