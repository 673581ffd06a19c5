//! HTTP requests and responses as plain data. On wasm, `send` sends them: the only function of the
//! program that calls `fetch` and that attaches a bearer token.

#[cfg(target_arch = "wasm32")]
mod browser;

use core::fmt;

use zeroize::Zeroizing;

#[cfg(target_arch = "wasm32")]
pub use browser::send;

/// The media type of a form (RFC 6749 appendix B).
const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of a JSON body.
const JSON: &str = "application/json;charset=UTF-8";

/// The largest body of a response that is accepted, in bytes.
pub const LARGEST_BODY: usize = 32 * 1024 * 1024;

/// A request of a worker, sent without cookies, cache or referrer.
pub struct FetchRequest {
    /// HTTP method in capitals.
    pub method: &'static str,
    /// Absolute URL; the caller must have checked its origin.
    pub url: String,
    /// Request body; `None` for a `GET`.
    pub body: Option<FetchBody>,
    /// The access token, sent as `Authorization: Bearer` (RFC 6750 §2.1).
    pub bearer: Option<Zeroizing<String>>,
    /// Handling of redirects and of responses without CORS headers.
    pub mode: FetchMode,
    /// Milliseconds after which the request is aborted.
    pub timeout: u64,
}

/// The body of a request. It may hold secrets, so it is overwritten when dropped.
pub struct FetchBody {
    content_type: &'static str,
    bytes: Zeroizing<Vec<u8>>,
}

/// Handling of redirects and of responses without CORS headers (Fetch Standard, request mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchMode {
    /// Redirects and responses without CORS headers are errors.
    Cors,
    /// A redirect is not followed but reported as [`BearerAccess::Redirect`].
    ManualRedirect,
    /// Answers are [`BearerAccess::Opaque`]. Redirects are followed, since browsers allow nothing else.
    NoCors,
}

/// An HTTP response; fields that CORS hides are empty.
#[derive(Clone, PartialEq, Eq)]
pub struct FetchResponse {
    /// Which parts of the response are readable.
    pub access: BearerAccess,
    /// HTTP status; 0 unless the response is readable.
    pub status: u16,
    /// Headers that CORS exposes; names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body as received; empty unless the response is readable.
    pub body: Vec<u8>,
}

/// Which parts of a response the browser lets this site read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BearerAccess {
    /// Status, exposed headers and body.
    Readable,
    /// Nothing: the response proves only that the server answered.
    Opaque,
    /// Nothing: the response is a redirect that was not followed.
    Redirect,
}

/// Why there is no response; browsers do not distinguish network, CORS and policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchError {
    /// No network, CORS, the policy, a redirect, or a request that cannot be sent; browsers do not
    /// distinguish them.
    Network,
    /// The timeout of the request passed.
    TimedOut,
    /// The body is larger than [`LARGEST_BODY`].
    TooLarge,
}

impl FetchRequest {
    /// Makes a CORS `GET` without a bearer. `timeout` is in milliseconds.
    #[must_use]
    pub fn get(url: &str, timeout: u64) -> FetchRequest {
        FetchRequest {
            method: "GET",
            url: url.to_owned(),
            body: None,
            bearer: None,
            mode: FetchMode::Cors,
            timeout,
        }
    }
}

impl FetchBody {
    /// Wraps a body that is already `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn form(form: &str) -> FetchBody {
        FetchBody::new(FORM, form.to_owned())
    }

    /// Wraps JSON text; it is not checked.
    #[must_use]
    pub fn json(json: String) -> FetchBody {
        FetchBody::new(JSON, json)
    }

    fn new(content_type: &'static str, text: String) -> FetchBody {
        FetchBody {
            content_type,
            bytes: Zeroizing::new(text.into_bytes()),
        }
    }

    /// Returns the value of the `Content-Type` header.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The bytes in the clear.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl FetchResponse {
    /// Returns the value of an exposed header; `name` must be in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for FetchRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} [redacted]", self.method, self.url)
    }
}

impl fmt::Debug for FetchResponse {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} [redacted]", self.status)
    }
}

/// Whether a token can be the credentials of a bearer header: visible ASCII, as RFC 6749 appendix
/// A.12 has it, without spaces, which would end it.
#[must_use]
pub fn is_header_token(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_with_a_line_break_is_rejected() {
        for token in [
            "",
            "a\r\nX-Other: b",
            "a\nb",
            "a\0",
            "a b",
            "a\t",
            "\u{7f}",
            "€",
            "é",
        ] {
            assert!(!is_header_token(token), "{token:?}");
        }
        for token in ["a", "eyJ0.a+b/c=-_~", "\"x\"", "!~"] {
            assert!(is_header_token(token), "{token:?}");
        }
    }

    #[test]
    fn debug_redacts_body_and_bearer() {
        let request = FetchRequest {
            method: "POST",
            body: Some(FetchBody::form("code=secret")),
            bearer: Some(Zeroizing::new("secret".to_owned())),
            ..FetchRequest::get("https://auth.example/token", 1)
        };
        assert_eq!(
            format!("{request:?}"),
            "POST https://auth.example/token [redacted]"
        );
        let answer = FetchResponse {
            access: BearerAccess::Readable,
            status: 200,
            headers: vec![("x".to_owned(), "secret".to_owned())],
            body: b"secret".to_vec(),
        };
        assert_eq!(format!("{answer:?}"), "200 [redacted]");
    }

    #[test]
    fn header_is_found_by_lower_case_name() {
        let answer = FetchResponse {
            access: BearerAccess::Readable,
            status: 200,
            headers: vec![("retry-after".to_owned(), "5".to_owned())],
            body: Vec::new(),
        };
        assert_eq!(answer.header("retry-after"), Some("5"));
        assert_eq!(answer.header("content-type"), None);
    }
}
