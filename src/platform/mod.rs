//! The page's only door to the browser.
//!
//! [`document`] and [`location`] are what their names say, [`pending`] is the one place of web
//! storage, [`popup`] a window for a sign-in, [`arrival`] reads the way back from one, [`intl`]
//! writes dates and amounts, [`clock`] tells the time, [`clipboard`] copies text, [`download`] gives
//! a file, [`part`] loads what only some visits need.

pub mod arrival;
pub mod clipboard;
pub mod clock;
pub mod document;
pub mod download;
pub mod intl;
pub mod location;
pub mod part;
pub mod pending;
pub mod popup;

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}
