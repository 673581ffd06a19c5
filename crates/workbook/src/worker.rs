//! The worker: one workbook, from the first message on its port to the last.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::mpsc::{UnboundedSender, unbounded};
use outlay_codes::ErrorCode;
use outlay_worker::port::{Port, PortSubscription};
use wasm_bindgen_futures::spawn_local;

use crate::message::{FromWorkbook, MESSAGE_VERSION, ToWorkbook, WorkbookPlan};
use crate::writer;

/// Answers the messages of `port` until the returned value is dropped.
#[must_use]
pub fn serve(port: Port) -> PortSubscription {
    let slices = Rc::new(RefCell::new(None::<UnboundedSender<Vec<u8>>>));
    let failed = Rc::new(Cell::new(false));
    let to_page = port.clone();
    port.listen(move |message, body| match (message, body) {
        (Some(ToWorkbook::Start(plan)), _) if plan.version == MESSAGE_VERSION => {
            let (sender, receiver) = unbounded();
            *slices.borrow_mut() = Some(sender);
            to_page.send(&FromWorkbook::Started);
            spawn_local(run(to_page.clone(), plan, receiver));
        }
        (Some(ToWorkbook::Rows), Some(body)) if slices.borrow().is_some() => {
            if let Some(sender) = &*slices.borrow() {
                // The writer has failed and said so, if it takes no more.
                let _ = sender.unbounded_send(body);
            }
        }
        _ if failed.replace(true) => {}
        _ => to_page.send(&FromWorkbook::Failed(ErrorCode::WorkbookMismatch)),
    })
}

async fn run(
    port: Port,
    plan: WorkbookPlan,
    slices: futures::channel::mpsc::UnboundedReceiver<Vec<u8>>,
) {
    let written = |rows, bytes: Vec<u8>| send(&port, &FromWorkbook::Written(rows), &bytes);
    match writer::write(&plan, slices, written).await {
        Ok((summary, bytes)) => send(&port, &FromWorkbook::Done(summary), &bytes),
        Err(_) => port.send(&FromWorkbook::Failed(ErrorCode::WorkbookLost)),
    }
}

fn send(port: &Port, message: &FromWorkbook, bytes: &[u8]) {
    port.send_text(&outlay_wire::to_text(message), Some(bytes));
}
