//! The result of every part of this tool.

/// A value, or one error message for the terminal.
pub type Outcome<T = ()> = Result<T, String>;
