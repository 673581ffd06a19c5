//! The workbench's binary: the page loads it when one of its routes opens, and puts it into a place
//! of its own.

#[cfg(target_arch = "wasm32")]
mod part {
    use wasm_bindgen::prelude::*;

    /// Shows the page of `route` in `host`, in place of the one before.
    #[wasm_bindgen]
    pub fn open(host: web_sys::HtmlElement, route: &str) {
        let page = outlay_workbench::page::Page::of(route);
        outlay_workbench::bench::open(host, move |config| page.view(config));
    }

    /// The address has changed: these pages look at it when they need it.
    #[wasm_bindgen]
    pub fn look(_query: &str) {}

    /// Takes the page away. What was entered is kept until the tab closes.
    #[wasm_bindgen]
    pub fn close() {
        outlay_workbench::bench::close();
    }
}

/// What the pages have read leaves no trace in memory once it is dropped.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: outlay_allocator::Zeroing<std::alloc::System> =
    outlay_allocator::Zeroing::new(std::alloc::System);

fn main() {}
