//! Redirect URIs, which are compared character by character.

use crate::{fired, good, table};
use outlay_pleo::registration::Environment::{Development, Production, Staging};
use outlay_pleo::registration::{FindingLevel, FormField, RegistrationPackage, check};
use proptest::prelude::*;

#[test]
fn redirect_uris_must_be_exact() {
    let rows: &[(&str, &[&str])] = &[
        ("https://app.ledger-bridge.eu/callback/pleo", &[]),
        ("https://app.ledger-bridge.eu/a%2Fb", &[]),
        ("https://app.ledger-bridge.eu/call;v=1@2", &[]),
        (
            "https://*.ledger-bridge.eu/callback",
            &["redirect-wildcard"],
        ),
        ("https://app.ledger-bridge.eu/*", &["redirect-wildcard"]),
        (
            "https://app.ledger-bridge.eu/callback#",
            &["redirect-fragment"],
        ),
        (
            "https://app.ledger-bridge.eu/callback#top",
            &["redirect-fragment"],
        ),
        ("https://app@ledger-bridge.eu/callback", &["address-user"]),
        (
            "https://app.ledger-bridge.eu/callback/",
            &["redirect-slash"],
        ),
        ("https://app.ledger-bridge.eu/", &["redirect-slash"]),
        ("https://app.ledger-bridge.eu", &["redirect-no-path"]),
        ("https://App.ledger-bridge.eu/callback", &["redirect-case"]),
        ("https://app.ledger-bridge.eu/Callback", &["redirect-case"]),
        ("HTTPS://app.ledger-bridge.eu/callback", &["redirect-case"]),
        (
            "https://app.ledger-bridge.eu:443/callback",
            &["redirect-port"],
        ),
        (
            "https://app.ledger-bridge.eu:8443/callback",
            &["redirect-port"],
        ),
        (
            "https://app.ledger-bridge.eu/callback?tenant=7",
            &["redirect-query"],
        ),
        (
            "https://app.ledger-bridge.eu/callback?",
            &["redirect-query"],
        ),
        (
            "https://app.ledger-bridge.eu/callback?a=b&state=1",
            &["redirect-reserved"],
        ),
        (
            "https://app.ledger-bridge.eu/callback?code",
            &["redirect-reserved"],
        ),
        (
            "https://app.ledger-bridge.eu/a/../callback",
            &["redirect-dots"],
        ),
        (
            "https://app.ledger-bridge.eu/./callback",
            &["redirect-dots"],
        ),
        (
            "https://app.ledger-bridge.eu/%2E%2e/callback",
            &["redirect-dots"],
        ),
        ("https://app.ledger-bridge.eu//callback", &["redirect-dots"]),
        (
            "https://app.ledger-bridge.eu/callback/:profile",
            &["redirect-placeholder"],
        ),
        (
            "https://app.ledger-bridge.eu/{profile}",
            &["address-characters"],
        ),
        ("bridge://callback", &["address-scheme"]),
        ("urn:ietf:wg:oauth:2.0:oob", &["address-scheme"]),
        ("http://app.ledger-bridge.eu/callback", &["plain-http"]),
        ("https://oauth.pstmn.io/v1/callback", &["redirect-postman"]),
        (
            "http://App.ledger-bridge.eu:80/cb/?x=*#y",
            &[
                "plain-http",
                "redirect-wildcard",
                "redirect-fragment",
                "redirect-query",
                "redirect-slash",
                "redirect-case",
                "redirect-port",
            ],
        ),
        ("", &["missing"]),
    ];
    for &(text, codes) in rows {
        table(&[(FormField::RedirectUris, Production, text, codes)]);
    }
    table(&[
        (
            FormField::RedirectUris,
            Staging,
            "https://oauth.pstmn.io/v1/browser-callback",
            &[],
        ),
        (
            FormField::RedirectUris,
            Development,
            "http://localhost:3000/oauth/callback",
            &[],
        ),
        (
            FormField::RedirectUris,
            Development,
            "http://localhost:80/oauth/callback",
            &["redirect-port"],
        ),
        (
            FormField::RedirectUris,
            Staging,
            "http://localhost/cb",
            &["host-loopback", "plain-http"],
        ),
    ]);
}

/// The codes of several redirect URIs, with the index that each belongs to.
fn of_list(uris: &[&str]) -> Vec<(Option<usize>, &'static str)> {
    let package = RegistrationPackage {
        redirect_uris: uris.iter().map(|&it| it.to_owned()).collect(),
        ..good()
    };
    let findings = check(&package).into_iter();
    findings.map(|it| (it.at, it.rule.code())).collect()
}

#[test]
fn duplicate_and_nearly_equal_entries_are_reported() {
    assert_eq!(of_list(&[]), [(None, "missing")]);
    let one = "https://a.ledger-bridge.eu/cb";
    assert_eq!(of_list(&[one, "https://b.ledger-bridge.eu/cb"]), []);
    assert_eq!(of_list(&[one, one]), [(Some(1), "redirect-twice")]);
    for (similar, own) in [
        ("https://a.ledger-bridge.eu/cb/", "redirect-slash"),
        ("https://A.ledger-bridge.eu/cb", "redirect-case"),
        ("https://a.ledger-bridge.eu:443/cb", "redirect-port"),
    ] {
        assert_eq!(
            of_list(&[one, similar]),
            [(Some(1), "redirect-alike"), (Some(1), own)]
        );
    }
    let many = vec!["https://a.ledger-bridge.eu/cb"; 51];
    let found = of_list(&many);
    assert_eq!(found.first(), Some(&(None, "too-many")));
    assert_eq!(found.len(), 50);
    let found = of_list(&many[..50]);
    assert_eq!(found.first(), Some(&(Some(1), "redirect-twice")));
}

#[test]
fn page_address_is_rejected_as_redirect_uri() {
    let mut package = good();
    package.initiation_uri = package.redirect_uris.first().unwrap().clone();
    assert_eq!(
        fired(&package),
        [(FormField::InitiationUri, "page-is-redirect")]
    );
}

proptest! {
    /// A redirect URI without any finding is one that browsers leave as it is.
    #[test]
    fn accepted_redirect_uri_is_unchanged_by_url_parsing(
        uri in "https?://[a-zA-Z0-9.@:*-]{1,12}(/[a-zA-Z0-9.%*:@~!;,=+$&'()-]{0,6}){0,4}(\\?[a-z=]{0,4})?(#[a-z]{0,2})?",
    ) {
        let package = RegistrationPackage { redirect_uris: vec![uri.clone()], ..good() };
        let found = check(&package);
        if found.is_empty() {
            let url = url::Url::parse(&uri).unwrap();
            prop_assert_eq!(url.as_str(), &uri);
            prop_assert!(url.fragment().is_none() && url.username().is_empty() && url.query().is_none());
        }
        let broken = url::Url::parse(&uri).is_err();
        prop_assert!(!broken || found.iter().any(|it| it.level() == FindingLevel::Error), "{}", uri);
    }
}
