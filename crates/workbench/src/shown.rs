//! Work that is done again and again for as long as a page is shown.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::on_cleanup;
use outlay_page::platform::clock;

/// Does `work` at once and then `millis` milliseconds after each end of it.
pub fn while_shown<F: Future<Output = ()>>(millis: i32, work: impl Fn() -> F + 'static) {
    let shown = Arc::new(AtomicBool::new(true));
    let gone = shown.clone();
    on_cleanup(move || gone.store(false, Ordering::Relaxed));
    leptos::task::spawn_local(async move {
        while shown.load(Ordering::Relaxed) {
            work().await;
            clock::sleep(millis).await;
        }
    });
}
