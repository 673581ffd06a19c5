//! Faults that can be switched on. Everything about them comes from one table.
//!
//! - [`row`] is the shape of the table, [`kinds`] holds its rows, each with what it does;
//! - [`disabled_rules`] names the rules that a fault can switch off;
//! - [`endpoint`] names the kinds of request that a fault can meet, [`call`] recognises one;
//! - [`order`] reads what the console is told, by the table, and [`armed`] remembers it;
//! - [`mod@hook`] stands before each server and is the one place where faults act;
//! - [`list`] shows the table as JSON and as Markdown.

pub mod armed;
pub mod call;
pub mod disabled_rules;
pub mod endpoint;
pub mod hook;
pub mod kinds;
pub mod list;
pub mod order;
pub mod row;

pub use endpoint::SandboxServer;
pub use hook::hook;
