//! Runs one task at a time: a new task aborts the one before, so that no outdated response is
//! shown.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{AbortHandle, abortable};
use wasm_bindgen_futures::spawn_local;

/// Holds the current task. Clones share it.
#[derive(Clone, Default)]
pub struct Latest(Rc<RefCell<Option<AbortHandle>>>);

impl Latest {
    /// Aborts the task before and runs `task`.
    pub fn run(&self, task: impl Future<Output = ()> + 'static) {
        let (task, handle) = abortable(task);
        if let Some(older) = self.0.replace(Some(handle)) {
            older.abort();
        }
        spawn_local(async move {
            let _ = task.await;
        });
    }

    /// Aborts the task, if one is running.
    pub fn stop(&self) {
        if let Some(older) = self.0.take() {
            older.abort();
        }
    }
}
