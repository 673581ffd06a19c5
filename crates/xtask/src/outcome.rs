//! The result of every part of this tool.

/// A value, or one message for the user.
pub type Outcome<T = ()> = Result<T, String>;
