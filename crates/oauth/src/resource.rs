//! Where a bearer may be sent: the address of an API call, made from the configured base and a path
//! that may not lead out of it (RFC 6750 §5.3, RFC 9700 §4.9).

use crate::form;

/// The address of a call below `base`, an absolute URL without a trailing `/`, query or fragment.
///
/// `path` is as the API's documents write it, such as `/v1/companies`. It begins with one `/`; no
/// second `/` follows at once; it has no `\`, `?`, `#`, control character, space or character
/// outside ASCII, no dot segment, and no `@` before a later `/`. Percent-encoded it may hold what a
/// segment may hold, in UTF-8: no `/`, `\`, `%` or control character, and no dot segment either.
/// Query names and values come in the clear.
///
/// `None` when the path breaks a rule.
#[must_use]
pub fn url(base: &str, path: &str, query: &[(String, String)]) -> Option<String> {
    if !allowed(path) {
        return None;
    }
    let mut url = [base, path].concat();
    let mut pairs = String::new();
    for (name, value) in query {
        form::push(&mut pairs, name, value);
    }
    if !pairs.is_empty() {
        url.push('?');
        url.push_str(&pairs);
    }
    Some(url)
}

/// Whether the browser, having parsed `url` into `origin` and `path`, still sees an address below
/// `base`. The second look at what [`url`] made, by the parser that will use it.
#[must_use]
pub fn is_below(base: &str, origin: &str, path: &str) -> bool {
    base.strip_prefix(origin).is_some_and(|prefix| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with('/'))
    })
}

/// The longest path, in bytes.
const LONGEST_PATH: usize = 2_048;

fn allowed(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\\?#\"<>^`{|}".contains(&byte);
    let user_info = path
        .split_once('@')
        .is_some_and(|(_, rest)| rest.contains('/'));
    path.len() <= LONGEST_PATH
        && path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(plain)
        && !user_info
        && path.split('/').all(segment)
}

/// Whether a segment is one name, for the browser and for every later decoder: an encoded `/`,
/// `\` or `%` could become a new segment, and some servers drop what follows a `;`.
fn segment(segment: &str) -> bool {
    form::decode(segment).is_some_and(|name| {
        !matches!(name.split(';').next(), Some("." | ".."))
            && !name.contains(|c: char| matches!(c, '/' | '\\' | '%') || c.is_control())
    })
}
