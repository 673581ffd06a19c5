//! The types that the client returns to its page.

use crate::message::{RecordLine, Snapshot, Welcome};
use crate::text::{DecodedBody, decode};

/// An event that the vault sends without a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientEvent {
    /// How the vault was started: shared or for this tab only. The first event.
    Mode {
        /// One vault for all tabs; `false` if the browser has no SharedWorker.
        shared: bool,
        /// Whether the vault survives a reload.
        extended: bool,
    },
    /// The vault's first message: configuration, state and record.
    Welcome(Welcome),
    /// New state after connections or sign-ins changed.
    State(Snapshot),
    /// One new line of the record, in the order of the vault.
    Record(RecordLine),
    /// The vault has another version; the page must be reloaded.
    Mismatch,
    /// The vault has ended, and all tokens are gone. All open requests were settled first.
    Lost,
    /// The browser could not start the vault's worker or load its module.
    Unavailable,
}

/// A response of Pleo's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiAnswer {
    /// HTTP status of the last attempt, 100 to 599.
    pub status: u16,
    /// Generation of the access token that the API accepted.
    pub generation: u32,
    /// How often the call was repeated after 429 or 503.
    pub repeats: u32,
    /// See [`ApiAnswer::headers`].
    pub(super) headers: String,
    /// Response body as received, any encoding.
    pub body: Vec<u8>,
}

impl ApiAnswer {
    /// The headers that CORS exposes, names in lower case. A header that is absent here may have
    /// been sent.
    #[must_use]
    pub fn headers(&self) -> Vec<(String, String)> {
        outlay_wire::from_text(&self.headers).unwrap_or_default()
    }

    /// The body as text, with a note about unusual bytes.
    #[must_use]
    pub fn text(self) -> DecodedBody {
        let headers = self.headers();
        let mut headers = headers.iter();
        let content_type = headers.find(|(name, _)| name == "content-type");
        decode(self.body, content_type.map(|(_, value)| value.as_str()))
    }
}
