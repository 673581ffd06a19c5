//! Addresses that users are sent to: https, and a host that everybody reaches.

use crate::{good, table};
use outlay_pleo::registration::Environment::{Development, Production, Staging};
use outlay_pleo::registration::{
    Environment, FormField, RegistrationPackage, RegistrationRule, check,
};
use proptest::prelude::*;

#[test]
fn addresses_must_be_public_https_pages() {
    let long = format!("https://ledger-bridge.eu/{}", "a".repeat(2024));
    table(&[
        (
            FormField::ClientUri,
            Production,
            "https://ledger-bridge.eu",
            &[],
        ),
        (
            FormField::ClientUri,
            Production,
            "HTTPS://Ledger-Bridge.EU:8443/a?b=c#d",
            &[],
        ),
        (
            FormField::ClientUri,
            Production,
            "https://xn--brk-0na.dk/",
            &[],
        ),
        (FormField::ClientUri, Production, "", &["missing"]),
        (
            FormField::ClientUri,
            Production,
            " https://ledger-bridge.eu",
            &["outer-space"],
        ),
        (FormField::ClientUri, Production, &long, &["address-long"]),
        (FormField::ClientUri, Production, &long[..2048], &[]),
        (
            FormField::ClientUri,
            Production,
            "https://ledger-bridge.eu/?a[]=1",
            &["address-characters"],
        ),
        (
            FormField::ClientUri,
            Production,
            "ledger-bridge.eu",
            &["address-scheme"],
        ),
        (
            FormField::ClientUri,
            Production,
            "/about",
            &["address-scheme"],
        ),
        (
            FormField::ClientUri,
            Production,
            "//ledger-bridge.eu/",
            &["address-scheme"],
        ),
        (
            FormField::ClientUri,
            Production,
            "javascript:alert(1)",
            &["address-scheme"],
        ),
        (
            FormField::ClientUri,
            Production,
            "ftp://ledger-bridge.eu/",
            &["address-scheme"],
        ),
        (
            FormField::TermsUri,
            Production,
            "https://ledger bridge.eu/",
            &["address-characters"],
        ),
        (
            FormField::TermsUri,
            Production,
            "https://ledger-bridge.eu\\terms",
            &["address-characters"],
        ),
        (
            FormField::TermsUri,
            Production,
            "https://ledger-bridge.eu/{terms}",
            &["address-characters"],
        ),
        (
            FormField::TermsUri,
            Production,
            "https://ledger-bridge.eu/vilkår",
            &["address-characters"],
        ),
        (
            FormField::TermsUri,
            Production,
            "https://ledger-bridge.eu/100%",
            &["address-characters"],
        ),
        (
            FormField::TermsUri,
            Production,
            "https://ledger-bridge.eu/a\u{200b}b",
            &["address-characters"],
        ),
        (
            FormField::TermsUri,
            Production,
            "https://børk.dk/",
            &["address-not-ascii"],
        ),
        (
            FormField::TermsUri,
            Production,
            "https://１２７.0.0.1/",
            &["address-not-ascii"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https://me:pass@ledger-bridge.eu/",
            &["address-user"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https://ledger-bridge.eu:0/",
            &["address-port"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https://ledger-bridge.eu:65536/",
            &["address-port"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https://ledger-bridge.eu:/",
            &["address-port"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https:///privacy",
            &["address-host"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https://ledger..eu/",
            &["address-host"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https://ledger-bridge.eu./",
            &["address-host"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https://-ledger.eu/",
            &["address-host"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https://ledger_bridge.eu/",
            &["address-host"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "https://*.ledger-bridge.eu/",
            &["address-host"],
        ),
        (
            FormField::PolicyUri,
            Production,
            "http://ledger-bridge.eu/",
            &["plain-http"],
        ),
        (
            FormField::PolicyUri,
            Development,
            "http://ledger-bridge.eu/",
            &["plain-http"],
        ),
        (FormField::LogoUri, Production, "", &[]),
        (
            FormField::LogoUri,
            Production,
            "http://ledger-bridge.eu/logo.png",
            &["plain-http"],
        ),
        (
            FormField::ClientUri,
            Production,
            "https://pleo-bridge.eu/",
            &["brand-in-host"],
        ),
        (
            FormField::ClientUri,
            Production,
            "https://simpleo.eu/pleo",
            &[],
        ),
        (
            FormField::SettingsUri,
            Production,
            "https://pleo.ledger-bridge.eu/",
            &[],
        ),
    ]);
}

#[test]
fn hosts_must_be_public() {
    let rows: &[(&str, &[&str])] = &[
        ("localhost", &["host-loopback"]),
        ("LOCALHOST", &["host-loopback"]),
        ("app.localhost", &["host-loopback"]),
        ("127.0.0.1", &["host-loopback"]),
        ("127.9.9.9", &["host-loopback"]),
        ("[::1]", &["host-loopback"]),
        ("10.0.0.1", &["host-private"]),
        ("172.16.0.1", &["host-private"]),
        ("172.31.255.255", &["host-private"]),
        ("172.32.0.1", &["host-number"]),
        ("192.168.1.10", &["host-private"]),
        ("[fd12:3456::1]", &["host-private"]),
        ("100.64.0.1", &["host-shared"]),
        ("100.127.255.255", &["host-shared"]),
        ("100.128.0.1", &["host-number"]),
        ("169.254.169.254", &["host-link-local"]),
        ("[fe80::1]", &["host-link-local"]),
        ("224.0.0.1", &["host-multicast"]),
        ("[ff02::1]", &["host-multicast"]),
        ("0.0.0.0", &["host-reserved"]),
        ("192.0.2.1", &["host-reserved"]),
        ("198.18.0.1", &["host-reserved"]),
        ("203.0.113.7", &["host-reserved"]),
        ("255.255.255.255", &["host-reserved"]),
        ("[::]", &["host-reserved"]),
        ("[2001:db8::1]", &["host-reserved"]),
        ("[64:ff9b::a00:1]", &["host-reserved"]),
        ("[::ffff:10.0.0.1]", &["host-mapped"]),
        ("[::ffff:0808:0808]", &["host-mapped"]),
        ("[2a00:1450:4001::1]", &["host-ipv6"]),
        ("[fe80::1%25eth0]", &["address-host"]),
        ("[::1", &["address-host"]),
        ("8.8.8.8", &["host-number"]),
        ("0x7f.1", &["host-odd-number"]),
        ("2130706433", &["host-odd-number"]),
        ("017700000001", &["host-odd-number"]),
        ("127.1", &["host-odd-number"]),
        ("0X7F.0.0.1", &["host-odd-number"]),
        ("127.0.0.1.", &["host-odd-number"]),
        ("010.0.0.1", &["host-odd-number"]),
        ("256.0.0.1", &["address-host"]),
        ("127.0.0.256", &["address-host"]),
        ("10.1.65536", &["address-host"]),
        ("10.1.65535", &["host-odd-number"]),
        ("1.2.3.4.5", &["address-host"]),
        ("ledger.4", &["address-host"]),
        ("4294967296", &["address-host"]),
        ("intranet", &["host-single-label"]),
        ("ledger.test", &["host-special-name"]),
        ("ledger.local", &["host-special-name"]),
        ("Ledger.Internal", &["host-special-name"]),
        ("nas.home.arpa", &["host-special-name"]),
        ("ledger.invalid", &["host-special-name"]),
        ("latest.dk", &[]),
        ("ledger.example", &["host-example"]),
        ("www.example.com", &["host-example"]),
        ("notexample.com", &[]),
        ("a1b2.ngrok-free.app", &["host-tunnel"]),
        ("10-0-0-1.nip.io", &["host-tunnel"]),
    ];
    for &(host, codes) in rows {
        let text = format!("https://{host}/start");
        table(&[(FormField::InitiationUri, Staging, &text, codes)]);
    }
}

#[test]
fn loopback_is_accepted_in_development_only() {
    let rows: &[(&str, &[&str])] = &[
        ("http://localhost:3000/start", &[]),
        ("https://localhost/start", &[]),
        ("http://app.localhost:8080/start", &[]),
        ("http://127.0.0.1:3000/start", &["host-loopback-number"]),
        ("http://[::1]:3000/start", &["host-loopback-number"]),
        (
            "http://127.1:3000/start",
            &["host-odd-number", "plain-http"],
        ),
        ("http://192.168.1.10/start", &["host-private", "plain-http"]),
        (
            "http://ledger.test/start",
            &["host-special-name", "plain-http"],
        ),
        ("https://a1b2.ngrok-free.app/start", &[]),
    ];
    for &(text, codes) in rows {
        table(&[(FormField::SettingsUri, Development, text, codes)]);
    }
    let elsewhere = "http://localhost:3000/start";
    for environment in [Staging, Production] {
        let codes: &[&str] = &["host-loopback", "plain-http"];
        table(&[(FormField::SettingsUri, environment, elsewhere, codes)]);
    }
}

#[test]
fn odd_ip_is_shown_in_canonical_form_and_a_password_never() {
    let detail = |uri: &str| {
        let package = RegistrationPackage {
            client_uri: uri.to_owned(),
            ..good()
        };
        check(&package).first().unwrap().detail.clone()
    };
    assert_eq!(detail("https://0x7f.1/"), "127.0.0.1");
    assert_eq!(detail("https://3232235777/"), "192.168.1.1");
    assert_eq!(detail("https://me:hunter2@ledger-bridge.eu/"), "");
    assert_eq!(detail("https://a.eu/\u{202e}"), "\\u{202e}");
    assert_eq!(detail("https://a.eu/%zz!"), "%zz");
}

/// What the URL standard's own parser takes for an IPv4 or IPv6 address never passes for a name.
fn judged_as_browsers_do(host: &str) -> Result<(), TestCaseError> {
    let text = format!("https://{host}/");
    let package = RegistrationPackage {
        environment: Environment::Staging,
        settings_uri: text.clone(),
        ..good()
    };
    let found = check(&package);
    let faults = || {
        found
            .iter()
            .filter(|it| it.level() == outlay_pleo::registration::FindingLevel::Error)
    };
    match url::Url::parse(&text)
        .ok()
        .and_then(|url| url.host().map(|it| it.to_owned()))
    {
        Some(url::Host::Domain(_)) => {}
        Some(url::Host::Ipv6(_)) => prop_assert!(faults().count() > 0, "{host}"),
        Some(url::Host::Ipv4(address)) => {
            let odd = found
                .iter()
                .any(|it| it.rule == RegistrationRule::HostOddNumber);
            prop_assert!(!found.is_empty(), "{host}");
            prop_assert_eq!(odd, address.to_string() != host, "{}", host);
        }
        None => prop_assert!(faults().count() > 0, "{host}"),
    }
    Ok(())
}

proptest! {
    #[test]
    fn numeric_hosts_are_parsed_like_browsers_do(
        host in "(0[xX])?[0-9a-f]{0,5}(\\.(0[xX])?[0-9a-f]{0,10}){0,4}\\.?",
    ) {
        judged_as_browsers_do(&host)?;
    }

    #[test]
    fn accepted_hosts_are_valid_urls(host in "[a-zA-Z0-9.:\\[\\]_-]{1,24}") {
        judged_as_browsers_do(&host)?;
    }
}
