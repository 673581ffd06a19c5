//! Addresses in a response: which may be opened, and their host.

/// Returns the host of an address that may be opened: `https`, or this computer itself. `None` for
/// any other text, and for an address that hides its host.
pub fn host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = |one: char| one.is_ascii_alphanumeric() || "-.:[]".contains(one);
    if host.is_empty() || !host.chars().all(plain) {
        return None;
    }
    // Characters that a browser reads differently from how they look.
    if address
        .chars()
        .any(|one| one.is_control() || one.is_whitespace() || one == '\\')
    {
        return None;
    }
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    let here = ["localhost", "127.0.0.1", "[::1]"].contains(&name);
    (scheme == "https" || (scheme == "http" && here)).then_some(host)
}
