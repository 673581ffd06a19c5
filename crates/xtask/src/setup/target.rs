//! The compilation target of the site.

use crate::place;

/// The triple.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Whether rustup is installed.
pub fn has_rustup() -> bool {
    place::on_path("rustup").is_some()
}
