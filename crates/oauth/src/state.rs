//! The `state` parameter (RFC 6749 §10.12), and random values in general.

use base64ct::{Base64UrlUnpadded, Encoding};
use rand::CryptoRng;
use sha2::{Digest, Sha256};

/// A `state` value: 256 random bits, base64url. It names one sign-in and is good for one callback;
/// until then it could be used to forge that callback, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct StateValue(String);

/// The SHA-256 of a `state`, which is all that is kept of one that was used.
pub type StateHash = [u8; 32];

impl StateValue {
    /// Generates 256 random bits as 43 characters of base64url (RFC 6749 §10.12).
    #[must_use]
    pub fn generate(rng: &mut dyn CryptoRng) -> StateValue {
        StateValue(random_text::<32>(rng))
    }

    /// Wraps a `state` from a callback; any text is accepted.
    #[must_use]
    pub fn received(value: &str) -> StateValue {
        StateValue(value.to_owned())
    }

    /// Returns the text of the authorization request. It is a secret until the callback.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its hash. States are compared by hash, so that the time of a comparison reveals nothing.
    #[must_use]
    pub fn hash(&self) -> StateHash {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl core::fmt::Debug for StateValue {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("State([redacted])")
    }
}

/// `BYTES` random bytes as unpadded base64url.
#[must_use]
pub fn random_text<const BYTES: usize>(rng: &mut dyn CryptoRng) -> String {
    let mut bytes = [0; BYTES];
    rng.fill_bytes(&mut bytes);
    let text = Base64UrlUnpadded::encode_string(&bytes);
    zeroize::Zeroize::zeroize(&mut bytes);
    text
}
