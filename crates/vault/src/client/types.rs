//! What the client returns to its page.

use crate::message::{RecordLine, Snapshot, Welcome};
use crate::text::{DecodedBody, decode};

/// An event that the vault sends without a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientEvent {
    /// How the vault was started: shared or for this tab only. The first event.
    Mode {
        /// One vault for all tabs; false where the browser has no SharedWorker.
        shared: bool,
        /// The vault outlives a reload.
        extended: bool,
    },
    /// The vault's first message: configuration, state and record.
    Welcome(Welcome),
    /// New state after connections or sign-ins changed.
    State(Snapshot),
    /// One new line of the record, in the order of the vault.
    Record(RecordLine),
    /// The vault is of another build of the app; the page has to be reloaded.
    Mismatch,
    /// The vault is gone, and every token with it. All open requests were settled first.
    Lost,
    /// The browser could not start the vault's worker or load its module.
    Unavailable,
}

/// An answer of Pleo's API.
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
    /// The headers that the browser lets be read, names in small letters. What the server does not
    /// expose (CORS) is not among them, so an absent one may be there all the same.
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
