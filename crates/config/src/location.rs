//! A strict reading of absolute URLs: only the one canonical spelling is accepted.
//!
//! A `Location` prints exactly as it was written, so that origins can be compared as text, stand in
//! a policy, and match a redirect URI that was registered character by character. What the URL
//! standard would quietly mend (capital letters, a default port, `..`, `\`) is refused here.

use core::fmt;

/// The longest URL that is accepted, in bytes.
const LONGEST: usize = 2048;

/// An absolute `http` or `https` URL without user info, query or fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// `http` or `https`.
    pub scheme: Scheme,
    /// A lower-case ASCII name, a dotted IPv4 address, or `[::1]`.
    pub host: String,
    /// The port, unless it is the scheme's own.
    pub port: Option<u16>,
    /// Empty, or beginning with `/`; no empty, `.` or `..` segment but for a final `/`.
    pub path: String,
}

/// The two schemes of the web.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Plain; for loopback only.
    Http,
    /// Over TLS.
    Https,
}

/// Why a text is no [`Location`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationError {
    /// Longer than 2,048 bytes.
    TooLong,
    /// It does not begin with `https://` or `http://`.
    Scheme,
    /// A user name or password before the host.
    UserInfo,
    /// No host, or one that is not in its canonical ASCII spelling.
    Host,
    /// A port that is 0, over 65535, not in plain digits, or the scheme's own.
    Port,
    /// A character that must be percent-encoded, an empty segment, or a dot segment.
    Path,
    /// A `?` or a `#`.
    QueryOrFragment,
}

impl Location {
    /// Reads an absolute URL.
    ///
    /// # Errors
    ///
    /// The first [`LocationError`] met.
    pub fn parse(text: &str) -> Result<Self, LocationError> {
        if text.len() > LONGEST {
            return Err(LocationError::TooLong);
        }
        let (scheme, rest) = if let Some(rest) = text.strip_prefix("https://") {
            (Scheme::Https, rest)
        } else if let Some(rest) = text.strip_prefix("http://") {
            (Scheme::Http, rest)
        } else {
            return Err(LocationError::Scheme);
        };
        if rest.bytes().any(|b| b == b'?' || b == b'#') {
            return Err(LocationError::QueryOrFragment);
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(LocationError::UserInfo);
        }
        // The colon of a port comes after the bracket that closes `[::1]`.
        let after_address = authority.find(']').map_or(0, |end| end + 1);
        let (host, port) = match authority.get(after_address..).and_then(|s| s.find(':')) {
            Some(colon) => {
                let (host, port) = authority.split_at(after_address + colon);
                (host, Some(read_port(port.get(1..).unwrap_or(""), scheme)?))
            }
            None => (authority, None),
        };
        if !is_host(host) {
            return Err(LocationError::Host);
        }
        if !path.is_empty() && !is_path(path) {
            return Err(LocationError::Path);
        }
        Ok(Self {
            scheme,
            host: host.to_owned(),
            port,
            path: path.to_owned(),
        })
    }

    /// Scheme, host and port as the browser writes an origin.
    #[must_use]
    pub fn origin(&self) -> String {
        let mut origin = String::from(self.scheme.prefix());
        origin.push_str(&self.host);
        if let Some(port) = self.port {
            origin.push(':');
            origin.push_str(&port.to_string());
        }
        origin
    }

    /// Whether the host is this very machine: `localhost` and its subdomains, `127.…`, `[::1]`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.host.as_str();
        host == "localhost"
            || host.ends_with(".localhost")
            || host == "[::1]"
            || (host.starts_with("127.") && ends_in_number(host))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin())?;
        f.write_str(&self.path)
    }
}

impl Scheme {
    fn prefix(self) -> &'static str {
        match self {
            Self::Http => "http://",
            Self::Https => "https://",
        }
    }

    fn own_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl LocationError {
    /// What is wrong, to be read after a key.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::TooLong => "is longer than 2048 characters",
            Self::Scheme => "is not an absolute https:// address",
            Self::UserInfo => "holds a user name or password",
            Self::Host => "has no valid host",
            Self::Port => "has a port that is not valid",
            Self::Path => "has a path that is not valid",
            Self::QueryOrFragment => "holds a ? or a #",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn fix(self) -> &'static str {
        match self {
            Self::TooLong => "Give a shorter address.",
            Self::Scheme => "Begin it with https:// (http:// for localhost), in small letters.",
            Self::UserInfo => "Leave out everything up to the @; a secret has no place here.",
            Self::Host => {
                "Write the host in small ASCII letters, digits, hyphens and dots (xn-- for others)."
            }
            Self::Port => {
                "Give a port from 1 to 65535, and leave out :443 of https and :80 of http."
            }
            Self::Path => {
                "Percent-encode unusual characters, and leave out //, ./ and ../ and backslashes."
            }
            Self::QueryOrFragment => "Leave out the query and the fragment.",
        }
    }
}

fn read_port(text: &str, scheme: Scheme) -> Result<u16, LocationError> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    match text.parse::<u16>() {
        Ok(port) if plain && port != scheme.own_port() => Ok(port),
        _ => Err(LocationError::Port),
    }
}

fn is_host(host: &str) -> bool {
    // The one IPv6 address that a deployment has a use for; a server elsewhere has a name.
    if host == "[::1]" {
        return true;
    }
    if host.len() > 253 {
        return false;
    }
    if ends_in_number(host) {
        return is_ipv4(host);
    }
    host.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    })
}

/// Browsers read such a host as an IPv4 address, `0x` and all.
fn ends_in_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or(host);
    let hexadecimal = last.strip_prefix("0x");
    (!last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()))
        || hexadecimal.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_ipv4(host: &str) -> bool {
    host.split('.').count() == 4
        && host.split('.').all(|part| {
            part.bytes().all(|b| b.is_ascii_digit())
                && (part == "0" || !part.starts_with('0'))
                && part.parse::<u8>().is_ok()
        })
}

/// Whether this is an absolute path in its canonical spelling; a final `/` is allowed.
pub(crate) fn is_path(path: &str) -> bool {
    let Some(inner) = path.strip_prefix('/') else {
        return false;
    };
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    (path == "/"
        || inner
            .split('/')
            .all(|segment| !segment.is_empty() && !is_dots(segment)))
        && is_encoded(path)
}

/// Whether this is a dot segment, raw or encoded.
fn is_dots(segment: &str) -> bool {
    let mut rest = segment;
    let mut dots = 0;
    while !rest.is_empty() {
        let encoded = rest
            .get(..3)
            .is_some_and(|it| it.eq_ignore_ascii_case("%2e"));
        match rest.get(if encoded { 3 } else { 1 }..) {
            Some(after) if encoded || rest.starts_with('.') => rest = after,
            _ => return false,
        }
        dots += 1;
    }
    dots == 1 || dots == 2
}

/// Whether every character may stand in a path and every `%` begins an escape.
fn is_encoded(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'%' => bytes
            .get(at + 1..at + 3)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => true,
        _ => b"/-._~!$&'()*+,;=:@".contains(byte),
    })
}
