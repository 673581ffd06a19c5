//! `/webhooks`: verifies the signature of a pasted delivery, in the browser.

pub mod messages;
#[cfg(target_arch = "wasm32")]
pub mod view;
