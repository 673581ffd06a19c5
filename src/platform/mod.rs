//! The page's only door to the browser.
//!
//! [`document`] and [`location`] are what their names say, [`pending`] is the one place of web
//! storage, [`popup`] a window for a sign-in, [`arrival`] reads the way back from one, [`intl`]
//! writes dates and amounts, [`clock`] returns the time, [`clipboard`] copies text, [`download`] gives
//! a file, [`file_input`] reads one that the user picked, [`early_actions`] is what was done before the program was there,
//! [`chunk_files`] finds out why a part of the program did not
//! load, [`workbook_worker`] writes an Excel file in a worker, [`locks`] and
//! [`service_worker`] see what else lives on the origin.

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
pub mod pending;
pub mod popup;
pub mod service_worker;
pub mod workbook_worker;

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}
