//! Properties of everything that reads or writes text from outside. Each function takes any bytes,
//! makes an input of them, and panics if a property does not hold.
//!
//! They run in two ways: in `tests/any_bytes.rs` with the seeds and with some thousand random inputs,
//! in every test run; and as the fuzz targets of `fuzz/`, where libFuzzer searches for an input that
//! fails (`cargo xtask fuzz`).
//!
//! | function | what it looks at |
//! | --- | --- |
//! | [`json`] | the JSON parser and writer, against `serde_json` |
//! | [`callback`] | the query of a callback |
//! | [`token`] | the answer of a token endpoint |
//! | [`config`] | `config.json`, and the policy made of it |
//! | [`time`] | instants and days |
//! | [`csv`] | the files that are saved, as spreadsheets read them |
//! | [`entries`] | the texts of an answer, in rows, in the cells of the table and in the file |
//! | [`snapshot`] | sealed snapshots of any bytes |

#![deny(missing_docs)]
#![allow(clippy::panic, reason = "this is how a property fails")]

mod callback;
mod config;
mod csv;
mod entries;
mod json;
mod snapshot;
mod source;
mod time;
mod token;

pub use self::callback::callback;
pub use self::config::config;
pub use self::csv::csv;
pub use self::entries::entries;
pub use self::json::json;
pub use self::snapshot::snapshot;
pub use self::time::time;
pub use self::token::token;
