//! The workbench: what a partner's engineer needs to register, inspect and prove an OAuth client.
//!
//! It is a binary of its own beside the page, which loads it when one of its routes opens: whoever
//! only reads entries never downloads it. The page keeps the frame, the session and the address; the
//! workbench has a port to the vault of its own, and knows no token either.
//!
//! Reading order: `bench` (opening and closing, what the vault tells), then a module per route.
//! What needs no browser is compiled natively too, and tested there.

#![allow(
    clippy::redundant_closure,
    reason = "only a closure written in the view itself is erased to one type: a smaller download"
)]

pub mod check;
pub mod inspect;
pub mod register;
pub mod storage;

#[cfg(target_arch = "wasm32")]
pub mod bench;
#[cfg(target_arch = "wasm32")]
pub mod external;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
pub mod names;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
mod settings;
#[cfg(target_arch = "wasm32")]
mod shown;
