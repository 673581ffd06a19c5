//! The compilation target of the site.

use crate::program_paths;

/// The triple.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Whether rustup is installed.
pub fn has_rustup() -> bool {
    program_paths::on_path("rustup").is_some()
}
