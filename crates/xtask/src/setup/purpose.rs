//! What a command is going to do, as far as set-up is concerned.

/// The purposes for which tools are set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Building the site.
    Build,
    /// Checking formatting and running clippy.
    Lint,
    /// Running the wasm tests in a browser.
    WasmTests,
    /// Building the site and testing it in a browser.
    EndToEnd,
    /// Building the site with Trunk, as a developer does.
    Trunk,
    /// Every purpose except Trunk.
    All,
}
