//! Secrets in answers and bodies: a webhook's key, an endpoint's password.

use std::fmt;

use outlay_wire::{Reading, Value, Wire, Writer};

/// A secret text. Its `Debug` output hides the text, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret. The caller keeps `text`, which is not overwritten.
    #[must_use]
    pub fn new(text: &str) -> Secret {
        Secret(text.to_owned())
    }

    /// The text itself: for the one place that needs it, never for a log, a history or a screen.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Wire for Secret {
    fn write(&self, out: &mut Writer) {
        out.text(&self.0);
    }

    fn take(json: Value, reading: &mut Reading) -> Secret {
        Secret(String::take(json, reading))
    }
}
