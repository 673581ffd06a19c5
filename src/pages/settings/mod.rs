//! `/settings`, the Settings URI of the registration: where Pleo sends a user who wants to manage
//! the integration.

mod disconnect;
mod files;
mod messages;
pub mod view;
