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

#![deny(missing_docs)]

mod callback;
mod config;
mod csv;
mod json;
mod source;
mod time;
mod token;

pub use self::callback::callback;
pub use self::config::config;
pub use self::csv::csv;
pub use self::json::json;
pub use self::time::time;
pub use self::token::token;
