//! The route to come back to after a sign-in. It is taken from the pending sign-in, never from the
//! callback's query, and even so it may only be a path of this site (RFC 9700 §4.11.1).

use crate::resource::is_dots;

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
        && !path.split('/').any(is_dots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn routes_of_the_site_pass() {
        for route in [
            "/",
            "/entries",
            "/entries?sort=date&c=a1#row",
            "/directory/tags?q=a//b",
        ] {
            assert_eq!(checked(route), route);
        }
    }

    #[test]
    fn anything_else_becomes_home() {
        for route in [
            "",
            "entries",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example/",
            "/a\n/b",
            "/\t/evil.example",
            "/a/../b",
            "/%2e%2e/b",
            "/a b",
            "javascript:alert(1)",
            "/a//b",
            "\\\\evil.example",
            "/./a",
            " /a",
            "/\u{a0}a",
        ] {
            assert_eq!(checked(route), "/", "{route:?}");
        }
        assert_eq!(checked(&format!("/{}", "a".repeat(LONGEST))), "/");
    }

    proptest! {
        #[test]
        fn the_result_stays_on_the_site(route in ".{0,60}") {
            let base = url::Url::parse("https://outlay.example/").map_err(|e| TestCaseError::fail(e.to_string()))?;
            let joined = base.join(checked(&route)).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(joined.origin(), base.origin());
        }
    }
}
