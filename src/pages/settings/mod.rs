//! `/settings`, the Settings URI of the registration: where Pleo sends whoever wants to manage the
//! integration.

mod disconnect;
mod files;
pub mod view;
