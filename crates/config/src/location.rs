//! A strict reading of absolute URLs: only the one canonical spelling is accepted.
//!
//! A `Location` is the text as it was written, so that origins can be compared as text, stand in
//! a policy, and match a redirect URI that was registered character by character. What the URL
//! standard would silently normalise (capital letters, a default port, `..`, `\`) is refused here.

use crate::problem::ConfigRule;

/// The longest URL that is accepted, in bytes.
const LONGEST: usize = 2048;

/// An absolute `http` or `https` URL without user info, query or fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location<'a> {
    text: &'a str,
    /// Where the host begins, and where the path does.
    host: usize,
    path: usize,
}

impl<'a> Location<'a> {
    /// Reads an absolute URL.
    ///
    /// # Errors
    ///
    /// The first [`ConfigRule`] that does not hold.
    pub fn parse(text: &'a str) -> Result<Self, ConfigRule> {
        if text.len() > LONGEST {
            return Err(ConfigRule::TooLong);
        }
        let (own_port, rest) = if let Some(rest) = text.strip_prefix("https://") {
            (443, rest)
        } else if let Some(rest) = text.strip_prefix("http://") {
            (80, rest)
        } else {
            return Err(ConfigRule::AddressScheme);
        };
        if rest.bytes().any(|b| b == b'?' || b == b'#') {
            return Err(ConfigRule::AddressQuery);
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(ConfigRule::AddressUser);
        }
        // The colon of a port comes after the bracket that closes `[::1]`.
        let after_address = authority.find(']').map_or(0, |end| end + 1);
        let colon = authority.get(after_address..).and_then(|s| s.find(':'));
        let (host, port) =
            authority.split_at(colon.map_or(authority.len(), |at| after_address + at));
        if !port.is_empty() && !is_port(port, own_port) {
            return Err(ConfigRule::AddressPort);
        }
        if !is_host(host) {
            return Err(ConfigRule::AddressHost);
        }
        if !path.is_empty() && !is_path(path) {
            return Err(ConfigRule::AddressPath);
        }
        Ok(Self {
            text,
            host: text.len() - rest.len(),
            path: text.len() - path.len(),
        })
    }

    /// Returns scheme, host and port as the URL Standard serialises an origin.
    #[must_use]
    pub fn origin(&self) -> &'a str {
        self.text.get(..self.path).unwrap_or("")
    }

    /// Empty, or beginning with `/`; no empty, `.` or `..` segment but for a final `/`.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.text.get(self.path..).unwrap_or("")
    }

    /// Returns whether the scheme is `https`; otherwise it is `http`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.host == "https://".len()
    }

    /// Whether the host is this very machine: `localhost` and its subdomains, `127.…`, `[::1]`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        host == "localhost"
            || host.ends_with(".localhost")
            || self.is_ipv6()
            || (host.starts_with("127.") && ends_in_number(host))
    }

    /// Whether the host is `[::1]`: no other IPv6 address is accepted.
    pub(crate) fn is_ipv6(&self) -> bool {
        self.host().starts_with('[')
    }

    /// A lower-case ASCII name, a dotted IPv4 address, or `[::1]`.
    fn host(&self) -> &'a str {
        let authority = self.text.get(self.host..self.path).unwrap_or("");
        match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => host,
            _ => authority,
        }
    }
}

/// Whether this is a colon and a port in its one spelling; the scheme's own is left out.
fn is_port(text: &str, own: u16) -> bool {
    let digits = text.get(1..).unwrap_or("");
    digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0')
        && digits.parse::<u16>().is_ok_and(|port| port != own)
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

/// Whether every character is valid in a path and every `%` begins an escape.
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
