//! The compilation target of the site.

use crate::program_paths;

/// The target triple of the browser's programs.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Returns whether rustup is on the PATH.
pub fn has_rustup() -> bool {
    program_paths::on_path("rustup").is_some()
}
