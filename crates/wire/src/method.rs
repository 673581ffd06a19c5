//! The HTTP methods of Pleo's API, as operations and the vault's messages name them.

/// The methods of Pleo's API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// Read.
    #[default]
    Get,
    /// Create, or a custom verb such as `:search`.
    Post,
    /// Replace.
    Put,
    /// Remove.
    Delete,
}

crate::string_enum!(Method { Get = "GET", Post = "POST", Put = "PUT", Delete = "DELETE" });

impl Method {
    /// The method as a request line has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.word()
    }
}
