//! The `scope` of a token answer (RFC 6749 §3.3, §5.1): read as it is written, and read once more
//! if a server separates its parts by something else than spaces.

use crate::form;

/// Signs that separate scopes where a server does not use spaces.
const SEPARATORS: &[char] = &[',', ';', '|', '[', ']', '"'];

/// The granted scopes, and whether they were separated in another way than by spaces.
///
/// `written` holds the parts of `scope` as separated by spaces, `asked` the scopes that were asked
/// for. A comma, `+` or `;` may be part of a scope's name (RFC 6749 appendix A.4): the parts are
/// split further only if that finds more of the requested scopes, and either finds all of them or
/// finds nothing else.
#[must_use]
pub fn granted(written: Vec<String>, asked: &[String]) -> (Vec<String>, bool) {
    let known = |list: &[String]| asked.iter().filter(|scope| list.contains(scope)).count();
    let as_written = known(&written);
    if written.iter().all(|scope| asked.contains(scope)) {
        return (written, false);
    }
    let mut parts: Vec<String> = Vec::new();
    for scope in &written {
        let decoded = form::decode(scope).unwrap_or_else(|| scope.clone());
        let split = decoded.split(|sign: char| sign.is_whitespace() || SEPARATORS.contains(&sign));
        for part in split.filter(|part| !part.is_empty()) {
            if !parts.iter().any(|known| known == part) {
                parts.push(part.to_owned());
            }
        }
    }
    let found = known(&parts);
    let unmistakable = found == asked.len() || found == parts.len();
    if found > as_written && unmistakable {
        (parts, true)
    } else {
        (written, false)
    }
}

/// Splits a `scope` at spaces (RFC 6749 §3.3), without empty parts.
#[must_use]
pub fn parts(scope: &str) -> Vec<String> {
    scope.split_ascii_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: [&str; 3] = ["companies:read", "users:read", "accounting-entries:read"];

    fn read(scope: &str, asked: &[&str]) -> (Vec<String>, bool) {
        let asked: Vec<String> = asked.iter().map(|&scope| scope.to_owned()).collect();
        granted(parts(scope), &asked)
    }

    #[test]
    fn other_separators_are_accepted_if_they_yield_the_requested_scopes() {
        for separator in [
            ",", ", ", " ,", ";", "; ", "+", "%20", "%2C", "%2c%20", "|", "\u{a0}", "\",\"",
        ] {
            let scope = ASKED.join(separator);
            assert_eq!(
                read(&scope, &ASKED),
                (ASKED.map(str::to_owned).into(), true),
                "{scope}"
            );
        }
        let list = r#"["companies:read","users:read","accounting-entries:read"]"#;
        assert_eq!(read(list, &ASKED), (ASKED.map(str::to_owned).into(), true));
        let encoded = "companies%3Aread%20users%3Aread+accounting-entries%3Aread";
        assert_eq!(read(encoded, &ASKED).0, ASKED);
    }

    #[test]
    fn other_separators_are_accepted_for_fewer_or_more_scopes() {
        assert_eq!(
            read("users:read,companies:read", &ASKED).0,
            ["users:read", "companies:read"]
        );
        let more = "companies:read,users:read,accounting-entries:read,openid";
        assert_eq!(read(more, &ASKED).0.len(), 4);
    }

    #[test]
    fn separator_inside_a_scope_name_is_kept() {
        for (scope, asked, expected) in [
            ("a b c", &["a", "b", "c"][..], &["a", "b", "c"][..]),
            ("a", &["a", "b"], &["a"]),
            ("a x,y", &["a", "x,y"], &["a", "x,y"]),
            ("a+b", &["a+b"], &["a+b"]),
            ("a,b", &["c"], &["a,b"]),
            ("a,x", &["a", "b"], &["a,x"]),
            ("a x,b", &["a", "b", "c"], &["a", "x,b"]),
            ("a,b", &[], &["a,b"]),
        ] {
            let (found, odd) = read(scope, asked);
            assert_eq!(
                (found.as_slice(), odd),
                (
                    &*expected.iter().map(|&s| s.to_owned()).collect::<Vec<_>>(),
                    false
                ),
                "{scope}"
            );
        }
    }

    #[test]
    fn any_whitespace_separates_scopes() {
        assert_eq!(
            read(" companies:read \n users:read\t", &ASKED),
            (vec!["companies:read".into(), "users:read".into()], false)
        );
        assert_eq!(read("", &ASKED), (vec![], false));
    }
}
