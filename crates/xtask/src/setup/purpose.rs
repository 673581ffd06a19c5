//! What a command is going to do, as far as set-up is concerned.

/// The kinds of command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Build the site.
    Build,
    /// Check formatting and run clippy.
    Lint,
    /// Run the wasm tests in a browser.
    WasmTests,
    /// Build the site and test it in a browser.
    EndToEnd,
    /// Build the site with Trunk, as a developer would.
    Trunk,
    /// Everything but Trunk.
    All,
}
