//! What the client returns to its page.

use crate::message::{RecordLine, Snapshot, Welcome};
use crate::text::{DecodedBody, decode};

/// An event that no request caused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientEvent {
    /// How the vault was opened, before anything else is known.
    Mode {
        /// One vault for all tabs; false where the browser has no SharedWorker.
        shared: bool,
        /// The vault outlives a reload.
        extended: bool,
    },
    /// The vault has answered.
    Welcome(Welcome),
    /// Connections or sign-ins changed.
    State(Snapshot),
    /// One more line of the record.
    Record(RecordLine),
    /// The vault is of another build; the page should be loaded again.
    Mismatch,
    /// The vault is gone, and every token with it. All open requests were settled first.
    Lost,
    /// The vault could not be started.
    Unavailable,
}

/// An answer of Pleo's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The generation of the token that was accepted.
    pub generation: u32,
    /// How often the call was sent again because the API was busy.
    pub repeats: u32,
    /// See [`ApiAnswer::headers`].
    pub(super) headers: String,
    /// The body as received.
    pub body: Vec<u8>,
}

impl ApiAnswer {
    /// The headers that the browser lets be read, names in small letters. What the server does not
    /// expose (CORS) is not among them, so an absent one may be there all the same.
    #[must_use]
    pub fn headers(&self) -> Vec<(String, String)> {
        outlay_wire::from_text(&self.headers).unwrap_or_default()
    }

    /// The body as text, and what is odd about its bytes.
    #[must_use]
    pub fn text(self) -> DecodedBody {
        let headers = self.headers();
        let mut headers = headers.iter();
        let content_type = headers.find(|(name, _)| name == "content-type");
        decode(self.body, content_type.map(|(_, value)| value.as_str()))
    }
}
