//! `/inspect`: the OAuth workflow as a timeline, from the vault's own record.

pub mod compare;
#[cfg(target_arch = "wasm32")]
mod diagram;
#[cfg(target_arch = "wasm32")]
mod event;
#[cfg(target_arch = "wasm32")]
mod explanations;
pub mod har;
#[cfg(target_arch = "wasm32")]
mod log_tools;
pub mod machine;
pub mod messages;
pub mod parameters;
#[cfg(target_arch = "wasm32")]
mod replay;
pub mod timeline;
#[cfg(target_arch = "wasm32")]
pub mod view;
