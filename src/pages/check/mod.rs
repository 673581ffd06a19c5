//! `/check`: the test of an authorization server and its API. The probe sends the requests in a
//! worker of its own and writes the results; this page shows them.

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
