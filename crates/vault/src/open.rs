//! Making the worker.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use outlay_worker::port::Port;
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, SharedWorker, Worker, WorkerOptions, WorkerType};

use crate::message::MESSAGE_VERSION;

/// What talks to the worker.
pub(crate) struct Opened {
    pub(crate) port: Port,
    /// One worker for all tabs.
    pub(crate) shared: bool,
    /// It outlives a reload of the only tab.
    pub(crate) extended: bool,
    /// Where its errors are told.
    pub(crate) errors: Option<EventTarget>,
}

/// The one place that makes the worker: the same name with other options would never connect.
pub(crate) fn open_worker(base: &str) -> Result<Opened, JsValue> {
    let script = format!("{base}vault.js");
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(&format!("vault-{MESSAGE_VERSION}"));
    if !Reflect::has(&js_sys::global(), &"SharedWorker".into())? {
        let worker = Worker::new_with_options(&script, &options)?;
        return Ok(Opened {
            port: worker.clone().unchecked_into(),
            shared: false,
            extended: false,
            errors: Some(worker.into()),
        });
    }
    let read = Rc::new(Cell::new(false));
    let seen = read.clone();
    // A getter instead of a value: only a browser that knows the option reads it.
    let getter = Closure::<dyn Fn() -> bool>::new(move || {
        seen.set(true);
        true
    });
    let descriptor = Object::new();
    Reflect::set(&descriptor, &"get".into(), getter.as_ref())?;
    Object::define_property(&options, &"extendedLifetime".into(), &descriptor);
    let worker = SharedWorker::new_with_worker_options(&script, &options)?;
    Ok(Opened {
        port: worker.port().unchecked_into(),
        shared: true,
        extended: read.get(),
        errors: Some(worker.into()),
    })
}
