//! `/register`: the assistant for a client registration, checked as the user types.
//!
//! The rules are in `outlay_pleo::registration`; this module has the form, the file inputs and the
//! outputs. Nothing is stored and nothing is sent: the draft lives as long as the tab.

pub mod choices;
pub mod draft;
pub mod messages;
pub mod output;

#[cfg(target_arch = "wasm32")]
mod entry;
#[cfg(target_arch = "wasm32")]
mod field;
#[cfg(target_arch = "wasm32")]
mod form;
#[cfg(target_arch = "wasm32")]
mod found;
#[cfg(target_arch = "wasm32")]
mod image;
#[cfg(target_arch = "wasm32")]
mod logo;
#[cfg(target_arch = "wasm32")]
mod preview;
#[cfg(target_arch = "wasm32")]
mod purposes;
#[cfg(target_arch = "wasm32")]
mod saved;
#[cfg(target_arch = "wasm32")]
mod terms;
#[cfg(target_arch = "wasm32")]
pub mod view;
