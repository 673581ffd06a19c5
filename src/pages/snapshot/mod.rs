//! `/snapshot`: opens a sealed snapshot without a sign-in, and the panel of the entries page that makes
//! one. The file is read and written in this tab and sent nowhere.
//!
//! `view` is the page, `open` reads a file in slices, `changes` compares it; `save` is the panel, `seal`
//! makes the file.

pub mod messages;

#[cfg(target_arch = "wasm32")]
mod changes;
#[cfg(target_arch = "wasm32")]
mod open;
#[cfg(target_arch = "wasm32")]
pub mod save;
#[cfg(target_arch = "wasm32")]
mod seal;
#[cfg(target_arch = "wasm32")]
pub mod view;
