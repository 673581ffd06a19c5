//! Paths as a table: where a bearer may be sent, and where a sign-in may lead.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use outlay_oauth::resource::{is_below, url};
use outlay_oauth::return_to::checked;
use proptest::prelude::*;

const BASE: &str = "https://external.example/pleo-api";

/// Bases of every kind that a configuration allows.
const BASES: [&str; 5] = [
    BASE,
    "https://external.example",
    "https://external.example:8443/a/b",
    "http://localhost:8788",
    "http://127.0.0.1:8788/pleo-api",
];

/// Both limits are of 2,048 bytes.
const LONGEST: usize = 2_048;

#[test]
fn valid_api_paths_are_accepted() {
    for path in [
        "/",
        "/v1/companies",
        "/v1/companies/",
        "/v1//companies",
        "/v1/accounting-entries:search",
        "/v2/employees/5f0c0a1e-0000-4000-8000-000000000001",
        "/v1/installations/me:activate",
        "/v1/tags/a%20b",
        "/v1/tags/caf%C3%A9",
        "/v1/tags/50%E2%82%ac",
        "/v1/tags/%3F%23%40%3b",
        "/v1/tags/a;b=c",
        "/v1/tags/'a',(b)*c!$&=+~_-",
        "/v1/x@y",
        "/v1/a/b@c.example",
        "/v1/...",
        "/v1/.well-known",
        "/v1/a..b/..c/d..",
        "/v1/%2e%2e%2e",
        "/v1/%2ea",
    ] {
        assert_eq!(
            url(BASE, path, &[]),
            Some(format!("{BASE}{path}")),
            "{path}"
        );
    }
}

/// Each rule, raw, percent-encoded in either case, and mixed.
#[test]
fn paths_outside_the_api_are_rejected() {
    for (rule, paths) in [
        (
            "it begins with one /",
            &[
                "",
                "v1",
                "?x",
                "%2fv1",
                "https://evil.example/",
                "@evil.example/",
                ".evil.example/",
                ":8443/v1",
            ][..],
        ),
        (
            "no second / after it",
            &["//", "//evil.example", "///evil.example"],
        ),
        (
            "no encoded /",
            &[
                "/%2fevil.example",
                "/%2F/evil.example",
                "/v1/a%2fb",
                "/v1/%2F..%2f",
            ],
        ),
        (
            "no backslash",
            &[
                "/\\evil.example",
                "/v1\\x",
                "/v1/%5c",
                "/v1/%5C..",
                "/%5c%5Cevil.example",
            ],
        ),
        ("no query", &["/v1?x=1", "/?", "/v1/a?b#c"]),
        ("no fragment", &["/v1#x", "/#"]),
        (
            "no control character",
            &[
                "/v1/\n",
                "/v1/\r\nX-A: b",
                "/\t/evil.example",
                "/v1/\u{0}",
                "/v1/\u{1f}",
                "/v1/\u{7f}",
                "/v1/%00",
                "/v1/%0a",
                "/v1/%0D%0Ax",
                "/v1/%1F",
                "/v1/%7f",
                "/v1/%C2%85",
            ],
        ),
        (
            "no space",
            &["/v1/ x", "/v1 ", " /v1", "/v1/\u{a0}", "/v1/\u{3000}"],
        ),
        (
            "no dot segment",
            &[
                "/.",
                "/..",
                "/./",
                "/v1/./x",
                "/v1/../x",
                "/v1/..",
                "/%2e",
                "/%2E%2e",
                "/v1/%2e%2E/x",
                "/v1/%2E./x",
                "/v1/.%2e",
                "/v1/%2e/x",
            ],
        ),
        (
            "no dot segment with parameters",
            &["/v1/..;/x", "/v1/..;a=b/x", "/v1/%2e.%3B/x", "/.;"],
        ),
        (
            "nothing encoded twice",
            &["/v1/%252e%252e", "/v1/%252f", "/v1/%25", "/v1/%25%32%65"],
        ),
        (
            "no user information",
            &["/a@evil.example/x", "/user:word@evil.example/", "/a@b/c@d"],
        ),
        (
            "nothing outside ASCII",
            &["/v1/ä", "/v1/\u{202e}x", "/\u{ff0f}evil.example"],
        ),
        (
            "escapes are whole, and of UTF-8",
            &[
                "/v1/%",
                "/v1/%2",
                "/v1/%zz",
                "/v1/%2g",
                "/v1/%ff",
                "/v1/%C3",
                "/v1/%c0%ae%c0%ae/x",
                "/v1/%e0%80%af",
            ],
        ),
        (
            "nothing that a browser would encode",
            &["/v1/{id}", "/v1/<a>", "/v1/\"a\"", "/v1/^`|"],
        ),
    ] {
        for path in paths {
            assert_eq!(url(BASE, path, &[]), None, "{rule}: {path:?}");
        }
    }
}

#[test]
fn path_length_is_limited() {
    let path = format!("/{}", "a".repeat(LONGEST - 1));
    assert!(url(BASE, &path, &[]).is_some());
    assert_eq!(url(BASE, &format!("{path}a"), &[]), None);
}

#[test]
fn query_is_percent_encoded() {
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
fn parsed_url_must_match_origin_and_prefix() {
    for (base, origin, path, below) in [
        (BASE, "https://external.example", "/pleo-api/v1", true),
        (BASE, "https://external.example", "/pleo-api/", true),
        (BASE, "https://external.example", "/pleo-api", false),
        (BASE, "https://external.example", "/pleo-apix/v1", false),
        (BASE, "https://external.example", "/v1", false),
        (BASE, "https://external.example", "/", false),
        (BASE, "https://external.example", "", false),
        (BASE, "https://evil.example", "/pleo-api/v1", false),
        (BASE, "http://external.example", "/pleo-api/v1", false),
        (BASE, "https://external.example.evil", "/pleo-api/v1", false),
        (BASE, "https://external.example:8443", "/pleo-api/v1", false),
        (BASE, "null", "/pleo-api/v1", false),
        (BASE, "", "/pleo-api/v1", false),
        ("https://a.example", "https://a.example", "/v1", true),
        ("https://a.example", "https://a.example", "", false),
    ] {
        assert_eq!(
            is_below(base, origin, path),
            below,
            "{base} {origin} {path}"
        );
    }
}

#[test]
fn valid_site_routes_are_accepted() {
    for route in [
        "/",
        "/entries",
        "/entries/",
        "/entries?sort=date&c=a1#row",
        "/directory/tags?q=a//b/../c",
        "/directory/tags#/../x",
        "/a%20b/%2F/ä",
        "/.../..a",
    ] {
        assert_eq!(checked(route), route);
    }
    let longest = format!("/{}", "a".repeat(LONGEST - 1));
    assert_eq!(checked(&longest), longest);
    assert_eq!(checked(&format!("{longest}a")), "/");
}

#[test]
fn invalid_route_becomes_home() {
    for route in [
        "",
        "entries",
        "?x",
        "#x",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a\\b",
        "/a?b=\\",
        "https://evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "/a\n/b",
        "/a\r",
        "/\t/evil.example",
        "/a\u{0}",
        "/a b",
        " /a",
        "/a ",
        "/\u{a0}a",
        "/a?b c",
        "/a//b",
        "/./a",
        "/a/..",
        "/a/../b",
        "/%2e%2e/b",
        "/a/.%2E",
        "/a/%2e",
    ] {
        assert_eq!(checked(route), "/", "{route:?}");
    }
}

/// What paths are attacked with, more often than chance would bring it.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(&[
            "/", "//", "\\", ".", "..", "%2e", "%2E", "%2f", "%5C", "%25", "%00", "%c0%ae", "@", ":", ";",
            "?", "#", "\t", "\n", " ", "\u{a0}", "evil.example", "https:", "v1", "a",
        ][..]).prop_map(str::to_owned),
        1 => ".{0,3}",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A segment as another decoder reads it.
fn decoded(segment: &str) -> String {
    let name = segment.replace(['&', '='], "x");
    let mut names = form_urlencoded::parse(name.as_bytes());
    names
        .next()
        .map_or(String::new(), |(name, _)| name.into_owned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Not even a server that decodes twice, or drops what follows a `;`, is led out of the base.
    #[test]
    fn accepted_path_stays_below_the_base(
        base in proptest::sample::select(&BASES[..]),
        path in prop_oneof![pieces(), pieces().prop_map(|p| format!("/{p}")), "/[ -~]{0,40}"],
        query in proptest::collection::vec((".{0,6}", ".{0,6}"), 0..3),
    ) {
        if let Some(made) = url(base, &path, &query) {
            let parsed = url::Url::parse(&made).unwrap();
            let origin = parsed.origin().ascii_serialization();
            prop_assert!(is_below(base, &origin, parsed.path()), "{made}");
            let expected = url::Url::parse(base).unwrap();
            prop_assert_eq!(parsed.origin(), expected.origin());
            prop_assert_eq!(parsed.username(), "");
            let prefix = expected.path().trim_end_matches('/');
            prop_assert_eq!(parsed.path(), format!("{prefix}{path}"));
            prop_assert_eq!(parsed.fragment(), None);
            let pairs: Vec<_> = parsed.query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, query);
            for segment in path.split('/') {
                let name = decoded(segment);
                prop_assert!(!["/", "\\", "%"].iter().any(|bad| name.contains(bad)));
                prop_assert!(![".", ".."].contains(&name.split(';').next().unwrap()));
            }
        }
    }

    #[test]
    fn accepted_route_stays_on_the_site(
        route in prop_oneof![pieces(), pieces().prop_map(|p| format!("/{p}")), ".{0,60}"],
    ) {
        let found = checked(&route);
        prop_assert!(found == route || found == "/");
        for site in ["https://outlay.example", "http://localhost:8080"] {
            let base = url::Url::parse(site).unwrap().join("/callback/sandbox").unwrap();
            let joined = base.join(found).unwrap();
            prop_assert_eq!(joined.origin(), base.origin());
            prop_assert_eq!(joined.path().split('/').next(), Some(""));
            // In a site below a path it stays below that path, too.
            let below = url::Url::parse(&format!("{site}/tools/outlay{found}")).unwrap();
            prop_assert!(below.path().starts_with("/tools/outlay/"), "{below}");
        }
    }
}
