//! What a person can do with the product, and what nobody can.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod accessibility;
mod answers;
mod api;
mod callback;
mod check;
mod companies;
mod configuration;
mod connect;
mod deployment;
mod directory;
mod entries;
mod exports;
mod faults;
mod files;
mod first_paint;
mod frame;
mod headers;
mod isolation;
mod lifetime;
mod lists;
mod loops;
mod memory;
mod overview;
mod popup;
mod reconnect;
mod record;
mod refresh;
mod register;
mod round_trip;
mod search;
mod session;
mod session_ends;
mod snapshot;
mod table;
mod tabs;
mod views;
mod workbench;
