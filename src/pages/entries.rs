//! Every entry as a table: filtered, sorted, added up and exported.
//!
//! [`state`] is what the address says and what follows from it; [`view`] is the page; `search`,
//! `filter_bar`, `columns` and `views` change the state; `cells` and `totals` show rows; [`drawer`] shows one
//! entry, [`export`] and [`export_writer`] make files.

pub mod cells;
pub mod columns;
pub mod drawer;
pub mod export;
pub mod export_writer;
mod filter_bar;
mod search;
pub mod state;
mod totals;
pub mod view;
pub mod views;
