//! The explorer's binary: the page loads it when `/api` opens, and puts it into a place of its own.

#[cfg(target_arch = "wasm32")]
mod part {
    use wasm_bindgen::prelude::*;

    /// Shows the explorer in `host`.
    #[wasm_bindgen]
    pub fn open(host: web_sys::HtmlElement, _route: &str) {
        outlay_explorer::state::open(host);
    }

    /// The query of the address is this one now: another operation, or another connection in view.
    #[wasm_bindgen]
    pub fn look(query: &str) {
        outlay_explorer::state::look(query);
    }

    /// Takes it away. What was typed and the history stay until the tab closes or the session ends.
    #[wasm_bindgen]
    pub fn close() {
        outlay_explorer::state::close();
    }
}

/// What the pages have read leaves no trace in memory once it is dropped.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: outlay_allocator::Zeroing<std::alloc::System> =
    outlay_allocator::Zeroing::new(std::alloc::System);

fn main() {}
