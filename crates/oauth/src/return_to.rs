//! The route to come back to after a sign-in. It is taken from the pending sign-in, never from the
//! callback's query, and even so it may only be a path of this site (RFC 9700 §4.11.1).

use crate::form;

/// The longest route that is kept, in bytes.
const LONGEST: usize = 2_048;

/// `route` if it is a path of the site itself, with its query and fragment; else `/`.
///
/// It begins with one `/` that neither `/` nor `\` follows, has no backslash, control character or
/// space, and no dot segment in its path.
#[must_use]
pub fn checked(route: &str) -> &str {
    if safe(route) { route } else { "/" }
}

fn safe(route: &str) -> bool {
    let path = route.split(['?', '#']).next().unwrap_or_default();
    route.len() <= LONGEST
        && route.starts_with('/')
        && !path.as_bytes().windows(2).any(|pair| pair == b"//")
        && !route.chars().any(|character| {
            character == '\\' || character.is_control() || character.is_whitespace()
        })
        && !path.split('/').any(dots)
}

fn dots(segment: &str) -> bool {
    matches!(form::decode(segment).as_deref(), Some("." | ".."))
}
