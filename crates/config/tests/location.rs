//! The strict reading of URLs against the `url` crate, and against arbitrary text.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_config::{ConfigRule, Document, Location};
use proptest::prelude::*;
use url::Url;

/// Whatever we accept, the URL standard reads in the same way and writes in the same letters.
fn agrees(text: &str) {
    let Ok(ours) = Location::parse(text) else {
        return;
    };
    assert_eq!([ours.origin(), ours.path()].concat(), text);
    let theirs = Url::parse(text).unwrap();
    let bare = ours.path().is_empty();
    assert_eq!(
        theirs.as_str(),
        if bare {
            format!("{text}/")
        } else {
            text.to_owned()
        }
    );
    assert_eq!(theirs.origin().ascii_serialization(), ours.origin());
    assert_eq!(theirs.path(), if bare { "/" } else { ours.path() });
    assert!(theirs.username().is_empty() && theirs.password().is_none());
    assert!(theirs.query().is_none() && theirs.fragment().is_none());
}

#[test]
fn canonical_addresses_are_parsed() {
    for text in [
        "https://auth.pleo.io",
        "https://auth.pleo.io/",
        "https://auth.pleo.io/oauth/authorize",
        "https://a-b.c1.example:8443/x~y/%41%2f/",
        "https://xn--bcher-kva.example",
        "http://localhost:8787",
        "http://127.0.0.1",
        "http://[::1]:8080/a",
        "https://1.2.3.4.example",
    ] {
        assert!(Location::parse(text).is_ok(), "{text}");
        agrees(text);
    }
}

#[test]
fn non_canonical_addresses_are_rejected() {
    use ConfigRule as E;
    let table = [
        ("", E::AddressScheme),
        ("https://[2001:db8::1]", E::AddressHost),
        ("http://[::2]", E::AddressHost),
        ("auth.pleo.io", E::AddressScheme),
        ("HTTPS://auth.pleo.io", E::AddressScheme),
        (" https://auth.pleo.io", E::AddressScheme),
        ("https:/auth.pleo.io", E::AddressScheme),
        ("javascript:alert(1)", E::AddressScheme),
        ("https://", E::AddressHost),
        ("https:///path", E::AddressHost),
        ("https://Auth.pleo.io", E::AddressHost),
        ("https://auth.pleo.io.", E::AddressHost),
        ("https://-a.example", E::AddressHost),
        ("https://a..example", E::AddressHost),
        ("https://bücher.example", E::AddressHost),
        ("https://a_b.example", E::AddressHost),
        ("https://a%2eb.example", E::AddressHost),
        ("https://a\\b.example", E::AddressHost),
        ("https://auth.pleo.io\\@evil.example", E::AddressUser),
        ("https://user:pw@auth.pleo.io", E::AddressUser),
        ("https://1.2.3", E::AddressHost),
        ("https://1.2.3.256", E::AddressHost),
        ("https://01.2.3.4", E::AddressHost),
        ("https://0x7f.1", E::AddressHost),
        ("https://a.0x1", E::AddressHost),
        ("https://[::ffff:1.2.3.4]", E::AddressHost),
        ("https://[0:0::1]", E::AddressHost),
        ("https://[::1%25eth0]", E::AddressHost),
        ("https://[::1]x", E::AddressHost),
        ("https://a.example:", E::AddressPort),
        ("https://a.example:0", E::AddressPort),
        ("https://a.example:443", E::AddressPort),
        ("http://a.example:80", E::AddressPort),
        ("https://a.example:080", E::AddressPort),
        ("https://a.example:+81", E::AddressPort),
        ("https://a.example:65536", E::AddressPort),
        ("https://a.example:8080:1", E::AddressPort),
        ("https://a.example/a b", E::AddressPath),
        ("https://a.example/a//b", E::AddressPath),
        ("https://a.example//", E::AddressPath),
        ("https://a.example/.", E::AddressPath),
        ("https://a.example/a/../b", E::AddressPath),
        ("https://a.example/%2E%2e/b", E::AddressPath),
        ("https://a.example/%2x", E::AddressPath),
        ("https://a.example/%", E::AddressPath),
        ("https://a.example/a\\b", E::AddressPath),
        ("https://a.example/\u{e9}", E::AddressPath),
        ("https://a.example/a?b", E::AddressQuery),
        ("https://a.example#b", E::AddressQuery),
    ];
    for (text, error) in table {
        assert_eq!(Location::parse(text), Err(error), "{text}");
    }
    let long = format!("https://a.example/{}", "a".repeat(2048));
    assert_eq!(Location::parse(&long), Err(E::TooLong));
    let host = format!("https://{}.example", "a".repeat(64));
    assert_eq!(Location::parse(&host), Err(E::AddressHost));
}

#[test]
fn loopback_accepts_this_machine_and_rejects_similar_names() {
    for (text, expected) in [
        ("http://localhost", true),
        ("http://a.localhost:1", true),
        ("http://127.0.0.1", true),
        ("http://127.9.9.9", true),
        ("http://[::1]", true),
        ("http://127.0.0.1.example", false),
        ("http://localhost.example", false),
        ("http://notlocalhost", false),
        ("http://0.0.0.0", false),
    ] {
        assert_eq!(
            Location::parse(text).unwrap().is_loopback(),
            expected,
            "{text}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn accepted_addresses_parse_the_same_as_by_the_url_standard(
        scheme in "(https?|HTTPS|ftp):/{0,3}",
        host in "([a-wyz0-9.-]{1,12}|[0-9x]{1,4}(\\.[0-9]{1,3}){1,3}|\\[[0-9a-f:]{2,12}(\\.[0-9])?\\]|[A-Za-wyz@%_.]{1,8})",
        port in "(:[0-9]{0,6})?",
        path in "(/[a-zA-Z0-9%.~!$&'()*+,;=:@\\\\ ^|{}-]{0,6}){0,3}",
        tail in "([?#][a-z]*)?",
    ) {
        agrees(&format!("{scheme}{host}{port}{path}{tail}"));
    }

    #[test]
    fn plain_addresses_are_accepted(host in "[a-wyz]{1,8}(\\.[a-wyz]{1,8}){1,3}", path in "(/[a-z0-9_~-]{1,8}){0,4}/?") {
        let text = format!("https://{host}{path}");
        prop_assert!(Location::parse(&text).is_ok());
        agrees(&text);
    }

    #[test]
    fn any_address_text_is_parsed_without_panic(text in "\\PC{0,40}") {
        agrees(&text);
        agrees(&format!("https://{text}"));
        let _ = Document::parse(&text);
    }

    #[test]
    fn any_json_file_is_parsed_without_panic(
        value in "(\"[a-z:/.]{0,12}\"|[0-9-]{1,12}|null|true|\\[\\]|\\{\\}|\\[\"a\",1\\])",
        key in "(id|name|kind|authorizationServer|authorizationEndpoint|tokenEndpoint|revocationEndpoint|apiBase|issuer|redirectUri|clientId|scopes|refreshGraceSeconds|subject|x)",
        top in "(profiles|idleSignOutMinutes|absoluteSignOutHours|y)",
    ) {
        let inner = format!(r#"{{"id":"a","authorizationServer":"https://a.example","apiBase":"/a","scopes":["s"],"{key}":{value}}}"#);
        let file = format!(r#"{{"profiles":[{inner}],"{top}":{value}}}"#);
        let _ = Document::parse(&file);
        let _ = Document::parse(&format!(r#"{{"profiles":[{inner}]}}"#));
    }
}
