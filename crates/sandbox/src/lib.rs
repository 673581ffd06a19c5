//! A stand-in for Pleo on loopback, for development and tests.
//!
//! Three servers in one process: an authorization server, the API, and a static host for the built
//! site. Everything that they show is invented. In reading order:
//!
//! - [`options`] is the command line, [`address`] the resulting origins;
//! - [`server_state`] is the state of the servers that faults can change, [`state`] adds the state
//!   that only handlers need, [`counters`] has the counters for tests;
//! - [`auth_state`] holds the rules and data of the authorization server, [`auth`] its endpoints;
//! - [`sample_data`] makes the companies, people and entries, [`store`] holds the data that calls
//!   can change, [`api`] serves both;
//! - [`site_files`] finds the files of the built page, [`site`] serves them with their production headers;
//! - [`html`] is the frame of every page;
//! - [`guard`] checks `Host` and adds CORS, [`serve`] listens;
//! - [`fault`] is the table of faults, [`fault_layer`] applies them to requests, [`console`] switches
//!   them on, from a page or by JSON, and shows the counters.
//!
//! Where Pleo's behaviour is not documented, the sandbox is strict.

#![deny(missing_docs)]

pub mod address;
pub mod api;
pub mod auth;
pub mod auth_state;
pub mod clock;
pub mod console;
pub mod counters;
pub mod fault;
pub mod fault_layer;
pub mod guard;
pub mod html;
pub mod options;
pub mod params;
pub mod sample_data;
pub mod secret;
pub mod serve;
pub mod server_state;
pub mod site;
pub mod site_files;
pub mod state;
pub mod store;
