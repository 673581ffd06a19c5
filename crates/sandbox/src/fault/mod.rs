//! Faults that can be switched on. One table defines them.
//!
//! - [`row`] is the shape of the table, [`kinds`] holds its rows with the effect of each;
//! - [`endpoint`] names the kinds of request that a fault can apply to, [`call`] recognises one;
//! - [`order`] parses the console's requests by the table, and [`armed`] stores the faults that are on;
//! - [`list`] writes the table as JSON and as Markdown.
//!
//! [`crate::fault_layer`] applies them.

pub mod armed;
pub mod call;
pub mod endpoint;
pub mod kinds;
pub mod list;
pub mod order;
pub mod row;

pub use endpoint::SandboxServer;
