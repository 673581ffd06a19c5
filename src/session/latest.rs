//! One task at a time: a newer one ends the older one, so that no stale answer is ever shown.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{AbortHandle, abortable};
use wasm_bindgen_futures::spawn_local;

/// The place of one task. Clones share it.
#[derive(Clone, Default)]
pub struct Latest(Rc<RefCell<Option<AbortHandle>>>);

impl Latest {
    /// Runs `task` in place of the one before.
    pub fn run(&self, task: impl Future<Output = ()> + 'static) {
        let (task, handle) = abortable(task);
        if let Some(older) = self.0.replace(Some(handle)) {
            older.abort();
        }
        spawn_local(async move {
            let _ = task.await;
        });
    }

    /// Ends the task, if one runs.
    pub fn stop(&self) {
        if let Some(older) = self.0.take() {
            older.abort();
        }
    }
}
