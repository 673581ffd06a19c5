//! Where a bearer may be sent: the address of an API call, made from the configured base and a path
//! that may not lead out of it (RFC 6750 §5.3, RFC 9700 §4.9).

use crate::form;

/// The address of a call below `base`, an absolute URL without a trailing `/`, query or fragment.
///
/// `path` is as the API's documents write it, such as `/v1/companies`. It begins with one `/`; no
/// second `/` follows at once; it has no `\`, `?`, `#`, control character, space or character
/// outside ASCII, no dot segment, raw or encoded, and no `@` before a later `/`. What it may hold
/// percent-encoded is what a segment may hold. Query names and values come in the clear.
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
    let Some(rest) = path.strip_prefix('/') else {
        return false;
    };
    let shape = path.len() <= LONGEST_PATH
        && !rest.starts_with('/')
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"\\?#\"<>^`{|}".contains(&byte));
    let user_info = rest
        .rfind('/')
        .is_some_and(|slash| rest[..slash].contains('@'));
    shape && !user_info && rest.split('/').all(segment)
}

/// Neither a dot segment nor one in disguise: an encoded `/`, `\` or `%` would make a new segment
/// for whoever decodes it.
fn segment(segment: &str) -> bool {
    let bytes = segment.as_bytes();
    let encoded_well = bytes.iter().enumerate().all(|(at, byte)| {
        *byte != b'%'
            || bytes.get(at + 1..at + 3).is_some_and(|digits| {
                digits.iter().all(u8::is_ascii_hexdigit)
                    && ![b"2f", b"5c", b"00", b"25"]
                        .iter()
                        .any(|bad| digits.eq_ignore_ascii_case(*bad))
            })
    });
    encoded_well && !is_dots(segment)
}

/// Whether this is a dot segment; `%2e` counts as a dot.
pub(crate) fn is_dots(segment: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BASE: &str = "https://external.example/pleo-api";

    #[test]
    fn paths_of_the_api_pass() {
        for path in [
            "/v1/companies",
            "/v1/accounting-entries:search",
            "/v2/employees/5f0c0a1e-0000-4000-8000-000000000001",
            "/v1/installations/me:activate",
            "/v0/tags/a%20b",
            "/v1/x@y",
        ] {
            assert_eq!(
                url(BASE, path, &[]),
                Some(format!("{BASE}{path}")),
                "{path}"
            );
        }
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        for path in [
            "",
            "v1",
            "//evil.example",
            "/\\evil.example",
            "/v1\\x",
            "/v1?x=1",
            "/v1#x",
            "/v1/../x",
            "/..",
            "/.",
            "/v1/./x",
            "/v1/%2e%2e/x",
            "/v1/%2E./x",
            "/v1/.%2e",
            "/a@evil.example/x",
            "/v1/\n",
            "/v1/ x",
            "/v1/\u{7f}",
            "/v1/ä",
            "/v1/%2f..%2f",
            "/v1/%5c",
            "/v1/%00",
            "/v1/%252e%252e",
            "/v1/%",
            "/v1/%2",
            "/v1/%zz",
            "https://evil.example/",
            "/v1/{id}",
        ] {
            assert_eq!(url(BASE, path, &[]), None, "{path:?}");
        }
        assert_eq!(
            url(BASE, &format!("/{}", "a".repeat(LONGEST_PATH)), &[]),
            None
        );
        assert!(url(BASE, &format!("/{}", "a".repeat(LONGEST_PATH - 1)), &[]).is_some());
    }

    #[test]
    fn the_query_is_encoded() {
        let query = [
            ("a b".to_owned(), "1&2#?".to_owned()),
            ("c".to_owned(), String::new()),
        ];
        assert_eq!(
            url(BASE, "/v1", &query),
            Some(format!("{BASE}/v1?a+b=1%262%23%3F&c="))
        );
    }

    #[test]
    fn the_second_look_wants_origin_and_prefix() {
        assert!(is_below(BASE, "https://external.example", "/pleo-api/v1"));
        assert!(!is_below(BASE, "https://external.example", "/pleo-api"));
        assert!(!is_below(BASE, "https://external.example", "/pleo-apix/v1"));
        assert!(!is_below(BASE, "https://external.example", "/v1"));
        assert!(!is_below(
            BASE,
            "https://external.example.evil.example",
            "/pleo-api/v1"
        ));
        assert!(is_below("https://a.example", "https://a.example", "/v1"));
    }

    proptest! {
        #[test]
        fn whatever_passes_stays_below_the_base(path in "/[ -~]{0,40}", name in ".*", value in ".*") {
            if let Some(made) = url(BASE, &path, &[(name, value)]) {
                let parsed = url::Url::parse(&made).map_err(|e| TestCaseError::fail(e.to_string()))?;
                let origin = parsed.origin().ascii_serialization();
                prop_assert!(is_below(BASE, &origin, parsed.path()));
                prop_assert_eq!(parsed.path(), format!("/pleo-api{path}"));
                prop_assert_eq!(parsed.fragment(), None);
            }
        }
    }
}
