//! The only module that calls the browser's APIs.
//!
//! [`document`] and [`location`] wrap the objects of the same names, [`pending`] is the only use of
//! web storage, [`popup`] opens a window for a sign-in, [`arrival`] reads its callback, [`intl`]
//! formats dates and amounts, [`clock`] returns the time, [`clipboard`] copies text, [`download`]
//! offers a file, [`file_input`] reads a file that the user chose, [`early_actions`] returns the
//! user's actions before the program ran, [`chunk_files`] finds why a chunk did not load,
//! [`passphrase`] encrypts with a passphrase, [`workbook_worker`] writes an Excel file in a worker,
//! [`locks`] and [`service_worker`] find other programs on the origin, [`size_observer`] notices when an
//! element changes its size, [`unload_guard`] warns before work is lost, [`print`] makes what only a
//! printed page has.

pub mod arrival;
pub mod chunk_files;
pub mod clipboard;
pub mod clock;
pub mod document;
pub mod download;
pub mod early_actions;
pub mod file_input;
pub mod intl;
pub mod location;
pub mod locks;
pub mod passphrase;
pub mod pending;
pub mod popup;
pub mod print;
pub mod service_worker;
pub mod size_observer;
pub mod unload_guard;
pub mod workbook_worker;

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}
