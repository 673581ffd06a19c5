//! Secrets: text that redacts itself wherever it is printed and is overwritten when dropped.
//!
//! The overwriting covers this crate's own copies. Once a value was passed to the browser (a form
//! body, a header) the browser's copies are out of reach, as is memory that a reallocation left.

use core::fmt;

use zeroize::Zeroizing;

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Wraps a secret. The text is overwritten when the value is dropped.
            #[must_use]
            pub fn new(value: String) -> Self {
                Self(Zeroizing::new(value))
            }

            /// The value in the clear. For the one place that sends it; never for a message, an
            /// error, a log or a displayed comparison.
            #[must_use]
            pub fn reveal(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("[redacted]")
            }
        }
    )*};
}

secrets! {
    /// An access token (RFC 6749 §1.4). Opaque: nothing looks inside.
    AccessToken;
    /// A refresh token (RFC 6749 §1.5). Opaque, and spent by its first use.
    RefreshToken;
    /// An authorization code (RFC 6749 §1.3.1). Sent at most once.
    AuthorizationCode;
    /// The authorization request, an absolute URL. With its `state` the callback could be forged.
    AuthorizationUrl;
    /// A PKCE `code_verifier` (RFC 7636 §4.1).
    CodeVerifier;
    /// The body of a request to the token or revocation endpoint.
    FormBody;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_and_display_redact_the_value() {
        let token = AccessToken::new("at-9f8e7d6c".to_owned());
        assert_eq!(format!("{token:?}"), "AccessToken([redacted])");
        assert_eq!(format!("{token}"), "[redacted]");
        assert_eq!(token.reveal(), "at-9f8e7d6c");
        let body = FormBody::new("code_verifier=x".to_owned());
        assert_eq!(
            format!("{body:?} {body}"),
            "FormBody([redacted]) [redacted]"
        );
    }
}
