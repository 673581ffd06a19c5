//! Creates the worker.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use outlay_worker::port::Port;
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, SharedWorker, Worker, WorkerOptions, WorkerType};

use crate::message::MESSAGE_VERSION;

/// The connection to the worker.
pub(crate) struct OpenedVault {
    pub(crate) port: Port,
    /// Whether one worker serves all tabs.
    pub(crate) shared: bool,
    /// Whether the worker survives a reload of the only tab.
    pub(crate) extended: bool,
    /// The handler of its errors.
    pub(crate) errors: Option<EventTarget>,
}

#[wasm_bindgen]
extern "C" {
    /// The element on which `boot.js` stores values for the program.
    type Page;

    #[wasm_bindgen(js_namespace = document, js_name = querySelector)]
    fn query_selector(selector: &str) -> Option<Page>;

    #[wasm_bindgen(method, getter)]
    fn vault(this: &Page) -> Option<StartedWorker>;

    #[wasm_bindgen(method, setter)]
    fn set_vault(this: &Page, value: Option<StartedWorker>);

    /// A vault that `boot.js` has started.
    type StartedWorker;

    #[wasm_bindgen(method, getter)]
    fn worker(this: &StartedWorker) -> SharedWorker;

    #[wasm_bindgen(method, getter)]
    fn extended(this: &StartedWorker) -> bool;
}

/// Takes the vault that `boot.js` started while the program was loading. `boot.js` starts none
/// after this call.
fn take_started() -> Option<StartedWorker> {
    let page = query_selector("meta[name=outlay-page]")?;
    let started = page.vault();
    page.set_vault(None);
    started
}

/// Uses the worker that `boot.js` started, or creates it. Both use the same name and options,
/// because a worker with other options never connects.
pub(crate) fn open_worker(base: &str) -> Result<OpenedVault, JsValue> {
    if let Some(started) = take_started() {
        let worker = started.worker();
        return Ok(OpenedVault {
            port: worker.port().unchecked_into(),
            shared: true,
            extended: started.extended(),
            errors: Some(worker.into()),
        });
    }
    let script = format!("{base}vault.js");
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(&format!("vault-{MESSAGE_VERSION}"));
    if !Reflect::has(&js_sys::global(), &"SharedWorker".into())? {
        let worker = Worker::new_with_options(&script, &options)?;
        return Ok(OpenedVault {
            port: worker.clone().unchecked_into(),
            shared: false,
            extended: false,
            errors: Some(worker.into()),
        });
    }
    let read = Rc::new(Cell::new(false));
    let seen = read.clone();
    // A getter instead of a value shows whether the browser knows the option: only then it reads
    // it.
    let getter = Closure::<dyn Fn() -> bool>::new(move || {
        seen.set(true);
        true
    });
    let descriptor = Object::new();
    Reflect::set(&descriptor, &"get".into(), getter.as_ref())?;
    Object::define_property(&options, &"extendedLifetime".into(), &descriptor);
    let worker = SharedWorker::new_with_worker_options(&script, &options)?;
    Ok(OpenedVault {
        port: worker.port().unchecked_into(),
        shared: true,
        extended: read.get(),
        errors: Some(worker.into()),
    })
}
