//! `/settings`, the Settings URI of the registration: where Pleo sends users who want to manage the
//! integration.

mod disconnect;
mod files;
pub mod view;
