//! What the client returns to its page.

use crate::message::{RecordLine, Snapshot, StoredSignIn, Welcome};
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

/// A started sign-in, ready for the redirect to the authorization server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// URL of the authorization request (RFC 6749 §4.1.1).
    pub url: String,
    /// Id of the sign-in in [`Snapshot::sign_ins`].
    pub sign_in: u32,
    /// The copy for `sessionStorage`, in case the vault ends before the callback; `None` for a
    /// sign-in in a popup.
    pub stored: Option<StoredSignIn>,
}

/// A successful sign-in, reported to the callback page and to the opener of a popup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The new or renewed connection; none when this callback had been used up before.
    pub connection: Option<String>,
    /// Whether the sign-in was to renew one connection but created another one, of a different
    /// company.
    pub other: bool,
    /// Whether the callback ran in a popup, which closes itself.
    pub popup: bool,
    /// Route to open, relative to the site's base.
    pub return_to: String,
}

/// A response of Pleo's API with any HTTP status.
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
