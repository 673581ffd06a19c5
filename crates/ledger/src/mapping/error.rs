//! Why a mapping is not valid.

use std::fmt;

/// A file that is no valid mapping: the first problem with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingError {
    /// `mapping_not_json`, `mapping_version_unknown`, `mapping_key_missing`, `mapping_key_unknown`,
    /// `mapping_key_twice`, `mapping_value_invalid` or `mapping_rule_twice`.
    pub code: &'static str,
    /// The key, as `accounts[2].from`; empty for the whole file.
    pub key: String,
    /// The problem as a sentence for the user.
    pub message: String,
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.as_str() {
            "" => write!(f, "{} ({})", self.message, self.code),
            key => write!(f, "{key}: {} ({})", self.message, self.code),
        }
    }
}

impl std::error::Error for MappingError {}

pub(super) type Checked<T> = Result<T, MappingError>;

/// Returns a `mapping_value_invalid` error; `message` is a sentence for the user.
pub(super) fn invalid(key: &str, message: impl Into<String>) -> MappingError {
    MappingError {
        code: "mapping_value_invalid",
        key: key.to_owned(),
        message: message.into(),
    }
}
