//! What is wrong with a configuration, told so that it can be mended.

use core::fmt;
use outlay_wire::record;

/// One thing that is wrong with `config.json`. It never repeats a value of the file, since a value
/// may be something that should not be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is, for example `profiles[0].apiBase`; `config.json` for the file as a whole.
    pub key: String,
    /// What is wrong, to be read after the key: "is missing".
    pub message: String,
    /// What to do about it, as a sentence.
    pub fix: String,
}

record!(Problem { key = "key", message = "message", fix = "fix" });

impl Problem {
    /// The stable code under which every problem is displayed.
    pub const CODE: &'static str = "config_invalid";

    pub(crate) fn new(
        key: impl Into<String>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            key: key.into(),
            message: message.into(),
            fix: fix.into(),
        }
    }

    /// The stable code, the same for every problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        Self::CODE
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        f.write_str(" ")?;
        f.write_str(&self.message)?;
        f.write_str(". ")?;
        f.write_str(&self.fix)
    }
}

impl std::error::Error for Problem {}
