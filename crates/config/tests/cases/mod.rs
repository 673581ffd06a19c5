//! Files that are right and files that are wrong, for the parser's tests and the schema's.
#![allow(dead_code, reason = "not every test uses every table")]

use outlay_config::{ConfigRule, Document, Problem};
use serde_json::{Value, json};

pub fn sample() -> Value {
    json!({
        "profiles": [{
            "id": "sandbox",
            "name": "Sandbox",
            "kind": "sandbox",
            "authorizationServer": "http://localhost:8787",
            "apiBase": "http://localhost:8788",
            "clientId": "outlay-sandbox",
            "scopes": ["companies:read", "users:read", "accounting-entries:read"]
        }]
    })
}

/// The sample with one key of its profile set, or removed where the value is null.
pub fn changed(key: &str, value: Value) -> Value {
    let set = key.split('[').next().unwrap_or(key);
    let mut file = sample();
    let profile = file["profiles"][0].as_object_mut().unwrap();
    if value.is_null() {
        profile.remove(set);
    } else {
        profile.insert(set.to_owned(), value);
    }
    file
}

pub fn parse(file: &Value) -> Result<Document, Vec<Problem>> {
    Document::parse(&file.to_string())
}

/// A key of a profile, a value on the border of what it takes.
pub fn sound() -> Vec<(&'static str, Value)> {
    vec![
        ("id", json!("a")),
        ("id", json!("0-z".repeat(10) + "ab")),
        ("name", json!("é".repeat(60))),
        ("kind", json!("production")),
        ("kind", json!("staging")),
        ("authorizationServer", json!("https://auth.pleo.io/")),
        (
            "authorizationServer",
            json!("https://auth.example:8443/tenant"),
        ),
        ("authorizationServer", json!("http://127.0.0.1:1")),
        ("authorizationServer", json!("http://auth.localhost")),
        ("authorizationServer", json!(address(2048))),
        ("authorizationEndpoint", json!("https://[::1]/a")),
        ("tokenEndpoint", json!("/pleo-auth/oauth/token")),
        ("tokenEndpoint", json!("/t")),
        ("revocationEndpoint", json!("/pleo-auth/revoke/")),
        ("apiBase", json!("/pleo-api")),
        ("apiBase", json!("https://external.pleo.io/")),
        ("apiBase", json!("https://external.pleo.io/v1/%2F~a")),
        ("issuer", json!("i".repeat(2048))),
        (
            "redirectUri",
            json!("http://localhost:8080/callback/sandbox"),
        ),
        (
            "redirectUri",
            json!("https://spend.example/team/callback/sandbox"),
        ),
        ("clientId", json!("c".repeat(256))),
        ("clientId", json!(null)),
        ("scopes", scopes(1)),
        ("scopes", scopes(100)),
        ("scopes", json!(["s".repeat(128), "!#[]~"])),
        ("refreshGraceSeconds", json!(0)),
        ("refreshGraceSeconds", json!(300)),
        ("subject", json!("urn:pleo:company:1")),
        ("subject", json!(format!("urn:{}", "s".repeat(252)))),
        ("receiptOrigins", origins(1)),
        ("receiptOrigins", origins(10)),
        (
            "receiptOrigins",
            json!(["https://files.example:8443", "http://localhost:8788"]),
        ),
    ]
}

/// Sound as whole files.
pub fn sound_files() -> Vec<Value> {
    vec![
        sample(),
        file("idleSignOutMinutes", json!(1)),
        file("idleSignOutMinutes", json!(1440)),
        file("absoluteSignOutHours", json!(1)),
        file("absoluteSignOutHours", json!(168)),
        file("$schema", json!("config.schema.json")),
        file("profiles", profiles(20)),
    ]
}

/// What is wrong with a whole file.
pub fn faulty_files() -> Vec<(Value, &'static str, ConfigRule)> {
    vec![
        (json!([]), "config.json", ConfigRule::NotObject),
        (json!(null), "config.json", ConfigRule::NotObject),
        (json!({}), "profiles", ConfigRule::Missing),
        (json!({ "profiles": {} }), "profiles", ConfigRule::NotList),
        (json!({ "profiles": [] }), "profiles", ConfigRule::Count),
        (
            file("profiles", profiles(21)),
            "profiles",
            ConfigRule::Count,
        ),
        (
            json!({ "profiles": ["a"] }),
            "profiles[0]",
            ConfigRule::NotObject,
        ),
        (file("colour", json!(1)), "colour", ConfigRule::UnknownKey),
        (file("$schema", json!(1)), "$schema", ConfigRule::NotText),
        (
            file("idleSignOutMinutes", json!(0)),
            "idleSignOutMinutes",
            ConfigRule::Range,
        ),
        (
            file("idleSignOutMinutes", json!(1441)),
            "idleSignOutMinutes",
            ConfigRule::Range,
        ),
        (
            file("idleSignOutMinutes", json!(null)),
            "idleSignOutMinutes",
            ConfigRule::Range,
        ),
        (
            file("absoluteSignOutHours", json!(0)),
            "absoluteSignOutHours",
            ConfigRule::Range,
        ),
        (
            file("absoluteSignOutHours", json!(169)),
            "absoluteSignOutHours",
            ConfigRule::Range,
        ),
        (
            file("absoluteSignOutHours", json!("12")),
            "absoluteSignOutHours",
            ConfigRule::Range,
        ),
    ]
}

/// A key of a profile, a value that it refuses, the rule that says so.
#[rustfmt::skip]
pub fn faulty() -> Vec<(String, Value, ConfigRule)> {
    let rows = [
        ("id", json!(null), ConfigRule::Missing),
        ("id", json!(""), ConfigRule::Empty),
        ("id", json!("Sandbox"), ConfigRule::IdForm),
        ("id", json!("a/b"), ConfigRule::IdForm),
        ("id", json!("a".repeat(33)), ConfigRule::TooLong),
        ("id", json!(1), ConfigRule::NotText),
        ("name", json!(""), ConfigRule::Empty),
        ("name", json!("two\nlines"), ConfigRule::Unclean),
        ("name", json!(" outer space"), ConfigRule::Unclean),
        ("name", json!("outer space "), ConfigRule::Unclean),
        ("name", json!("x".repeat(61)), ConfigRule::TooLong),
        ("name", json!(["a"]), ConfigRule::NotText),
        ("kind", json!("Production"), ConfigRule::KindUnknown),
        ("kind", json!(true), ConfigRule::NotText),
        ("authorizationServer", json!(null), ConfigRule::Missing),
        ("authorizationServer", json!(""), ConfigRule::Empty),
        ("authorizationServer", json!("/login"), ConfigRule::AddressScheme),
        ("authorizationServer", json!("auth.example"), ConfigRule::AddressScheme),
        ("authorizationServer", json!("ftp://auth.example"), ConfigRule::AddressScheme),
        ("authorizationServer", json!("http://auth.example"), ConfigRule::PlainHttp),
        ("authorizationServer", json!("http://localhost.example"), ConfigRule::PlainHttp),
        ("authorizationServer", json!("https://user@auth.example"), ConfigRule::AddressUser),
        ("authorizationServer", json!("https://auth.example?x=1"), ConfigRule::AddressQuery),
        ("authorizationServer", json!("https://auth.example#x"), ConfigRule::AddressQuery),
        ("authorizationServer", json!("https://auth.example/a/../b"), ConfigRule::AddressPath),
        ("authorizationServer", json!("https://Auth.example"), ConfigRule::AddressHost),
        ("authorizationServer", json!("https://auth.example:0"), ConfigRule::AddressPort),
        ("authorizationServer", json!("https://auth.example:443"), ConfigRule::AddressPort),
        ("authorizationServer", json!("http://[::1]:8787"), ConfigRule::AddressIpv6),
        ("authorizationServer", json!(address(2049)), ConfigRule::TooLong),
        ("authorizationEndpoint", json!("/oauth/authorize"), ConfigRule::AddressScheme),
        ("authorizationEndpoint", json!("https://auth.example"), ConfigRule::NoPath),
        ("authorizationEndpoint", json!("https://auth.example/a?b=c"), ConfigRule::AddressQuery),
        ("tokenEndpoint", json!("/"), ConfigRule::SitePath),
        ("tokenEndpoint", json!("//evil.example/token"), ConfigRule::SitePath),
        ("tokenEndpoint", json!("/\\evil.example/token"), ConfigRule::SitePath),
        ("tokenEndpoint", json!("/a/%2e%2e/token"), ConfigRule::SitePath),
        ("tokenEndpoint", json!("/token?x"), ConfigRule::SitePath),
        ("tokenEndpoint", json!("token"), ConfigRule::AddressScheme),
        ("tokenEndpoint", json!("https://auth.example/"), ConfigRule::NoPath),
        ("tokenEndpoint", json!("http://[::1]/token"), ConfigRule::AddressIpv6),
        ("revocationEndpoint", json!("http://auth.example/revoke"), ConfigRule::PlainHttp),
        ("revocationEndpoint", json!("https://auth.example"), ConfigRule::NoPath),
        ("revocationEndpoint", json!(""), ConfigRule::Empty),
        ("apiBase", json!(null), ConfigRule::Missing),
        ("apiBase", json!("/"), ConfigRule::SitePath),
        ("apiBase", json!("//api.example"), ConfigRule::SitePath),
        ("apiBase", json!("https://api.example//v1"), ConfigRule::AddressPath),
        ("apiBase", json!("https://[2001:db8::1]"), ConfigRule::AddressHost),
        ("apiBase", json!("https://api.example; script-src *"), ConfigRule::AddressHost),
        ("issuer", json!(""), ConfigRule::Empty),
        ("issuer", json!("two words"), ConfigRule::NotAscii),
        ("issuer", json!("i".repeat(2049)), ConfigRule::TooLong),
        ("redirectUri", json!("http://localhost:8080/callback/other"), ConfigRule::CallbackPath),
        ("redirectUri", json!("http://localhost:8080/"), ConfigRule::NoPath),
        ("redirectUri", json!("http://spend.example/callback/sandbox"), ConfigRule::PlainHttp),
        ("redirectUri", json!("/callback/sandbox"), ConfigRule::AddressScheme),
        ("clientId", json!(""), ConfigRule::Empty),
        ("clientId", json!("ünlay"), ConfigRule::NotAscii),
        ("clientId", json!("x".repeat(257)), ConfigRule::TooLong),
        ("scopes", json!(null), ConfigRule::Missing),
        ("scopes", scopes(0), ConfigRule::Count),
        ("scopes", scopes(101), ConfigRule::Count),
        ("scopes", json!("companies:read users:read"), ConfigRule::NotList),
        ("scopes[0]", json!([""]), ConfigRule::ScopeForm),
        ("scopes[0]", json!(["a b"]), ConfigRule::ScopeForm),
        ("scopes[0]", json!(["a\"b"]), ConfigRule::ScopeForm),
        ("scopes[0]", json!(["a\\b"]), ConfigRule::ScopeForm),
        ("scopes[0]", json!(["s".repeat(129)]), ConfigRule::ScopeForm),
        ("scopes[0]", json!([7]), ConfigRule::NotText),
        ("scopes[1]", json!(["a", "a"]), ConfigRule::ScopeTwice),
        ("refreshGraceSeconds", json!(-1), ConfigRule::Range),
        ("refreshGraceSeconds", json!(1.5), ConfigRule::Range),
        ("refreshGraceSeconds", json!(301), ConfigRule::Range),
        ("refreshGraceSeconds", json!("10"), ConfigRule::Range),
        ("subject", json!(""), ConfigRule::Empty),
        ("subject", json!("company-1"), ConfigRule::SubjectForm),
        ("subject", json!("urn:two words"), ConfigRule::NotAscii),
        ("subject", json!(format!("urn:{}", "s".repeat(253))), ConfigRule::TooLong),
        ("receiptOrigins", origins(0), ConfigRule::Count),
        ("receiptOrigins", origins(11), ConfigRule::Count),
        ("receiptOrigins", json!("https://files.example"), ConfigRule::NotList),
        ("receiptOrigins[0]", json!([7]), ConfigRule::NotText),
        ("receiptOrigins[0]", json!([""]), ConfigRule::AddressScheme),
        ("receiptOrigins[0]", json!(["*"]), ConfigRule::AddressScheme),
        ("receiptOrigins[0]", json!(["https://*.example"]), ConfigRule::AddressHost),
        ("receiptOrigins[0]", json!(["https://files.example; script-src *"]), ConfigRule::AddressHost),
        ("receiptOrigins[0]", json!(["https://files.example/"]), ConfigRule::OriginForm),
        ("receiptOrigins[0]", json!(["https://files.example/a"]), ConfigRule::OriginForm),
        ("receiptOrigins[0]", json!(["https://files.example?x"]), ConfigRule::AddressQuery),
        ("receiptOrigins[0]", json!(["http://files.example"]), ConfigRule::PlainHttp),
        ("receiptOrigins[0]", json!(["http://[::1]:8788"]), ConfigRule::AddressIpv6),
        ("receiptOrigins[1]", json!(["https://a.example", "https://a.example"]), ConfigRule::OriginTwice),
        ("colour", json!("red"), ConfigRule::UnknownKey),
    ];
    rows.map(|(key, value, rule)| (key.to_owned(), value, rule)).to_vec()
}

/// The sample with one key of the file set.
fn file(key: &str, value: Value) -> Value {
    let mut file = sample();
    file[key] = value;
    file
}

fn profiles(count: usize) -> Value {
    let profile = |n| changed("id", json!(format!("p{n}")))["profiles"][0].take();
    (0..count).map(profile).collect()
}

fn scopes(count: usize) -> Value {
    (0..count).map(|n| format!("scope:{n}")).collect()
}

fn origins(count: usize) -> Value {
    (0..count)
        .map(|n| format!("https://files{n}.example"))
        .collect()
}

fn address(length: usize) -> String {
    format!("{:a<length$}", "https://auth.example/")
}
