//! `/check`: the report card of an authorization server and its API. The probe asks the questions in
//! a worker of its own; its sentences come finished, and this page shows them.

#[cfg(target_arch = "wasm32")]
mod export;
pub mod messages;
#[cfg(target_arch = "wasm32")]
mod rows;
#[cfg(target_arch = "wasm32")]
mod run;
#[cfg(target_arch = "wasm32")]
mod setup;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod view;
#[cfg(target_arch = "wasm32")]
mod window;
