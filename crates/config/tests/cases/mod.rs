//! Files that are right and files that are wrong, for the parser's tests and the schema's.
#![allow(dead_code, reason = "not every test uses every table")]

use outlay_config::{Document, Problem, Rule};
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
pub fn faulty_files() -> Vec<(Value, &'static str, Rule)> {
    vec![
        (json!([]), "config.json", Rule::NotObject),
        (json!(null), "config.json", Rule::NotObject),
        (json!({}), "profiles", Rule::Missing),
        (json!({ "profiles": {} }), "profiles", Rule::NotList),
        (json!({ "profiles": [] }), "profiles", Rule::Count),
        (file("profiles", profiles(21)), "profiles", Rule::Count),
        (json!({ "profiles": ["a"] }), "profiles[0]", Rule::NotObject),
        (file("colour", json!(1)), "colour", Rule::UnknownKey),
        (file("$schema", json!(1)), "$schema", Rule::NotText),
        (
            file("idleSignOutMinutes", json!(0)),
            "idleSignOutMinutes",
            Rule::Range,
        ),
        (
            file("idleSignOutMinutes", json!(1441)),
            "idleSignOutMinutes",
            Rule::Range,
        ),
        (
            file("idleSignOutMinutes", json!(null)),
            "idleSignOutMinutes",
            Rule::Range,
        ),
        (
            file("absoluteSignOutHours", json!(0)),
            "absoluteSignOutHours",
            Rule::Range,
        ),
        (
            file("absoluteSignOutHours", json!(169)),
            "absoluteSignOutHours",
            Rule::Range,
        ),
        (
            file("absoluteSignOutHours", json!("12")),
            "absoluteSignOutHours",
            Rule::Range,
        ),
    ]
}

/// A key of a profile, a value that it refuses, the rule that says so.
#[rustfmt::skip]
pub fn faulty() -> Vec<(String, Value, Rule)> {
    let rows = [
        ("id", json!(null), Rule::Missing),
        ("id", json!(""), Rule::Empty),
        ("id", json!("Sandbox"), Rule::IdForm),
        ("id", json!("a/b"), Rule::IdForm),
        ("id", json!("a".repeat(33)), Rule::TooLong),
        ("id", json!(1), Rule::NotText),
        ("name", json!(""), Rule::Empty),
        ("name", json!("two\nlines"), Rule::Unclean),
        ("name", json!(" outer space"), Rule::Unclean),
        ("name", json!("outer space "), Rule::Unclean),
        ("name", json!("x".repeat(61)), Rule::TooLong),
        ("name", json!(["a"]), Rule::NotText),
        ("kind", json!("Production"), Rule::KindUnknown),
        ("kind", json!(true), Rule::NotText),
        ("authorizationServer", json!(null), Rule::Missing),
        ("authorizationServer", json!(""), Rule::Empty),
        ("authorizationServer", json!("/login"), Rule::AddressScheme),
        ("authorizationServer", json!("auth.example"), Rule::AddressScheme),
        ("authorizationServer", json!("ftp://auth.example"), Rule::AddressScheme),
        ("authorizationServer", json!("http://auth.example"), Rule::PlainHttp),
        ("authorizationServer", json!("http://localhost.example"), Rule::PlainHttp),
        ("authorizationServer", json!("https://user@auth.example"), Rule::AddressUser),
        ("authorizationServer", json!("https://auth.example?x=1"), Rule::AddressQuery),
        ("authorizationServer", json!("https://auth.example#x"), Rule::AddressQuery),
        ("authorizationServer", json!("https://auth.example/a/../b"), Rule::AddressPath),
        ("authorizationServer", json!("https://Auth.example"), Rule::AddressHost),
        ("authorizationServer", json!("https://auth.example:0"), Rule::AddressPort),
        ("authorizationServer", json!("https://auth.example:443"), Rule::AddressPort),
        ("authorizationServer", json!("http://[::1]:8787"), Rule::AddressIpv6),
        ("authorizationServer", json!(address(2049)), Rule::TooLong),
        ("authorizationEndpoint", json!("/oauth/authorize"), Rule::AddressScheme),
        ("authorizationEndpoint", json!("https://auth.example"), Rule::NoPath),
        ("authorizationEndpoint", json!("https://auth.example/a?b=c"), Rule::AddressQuery),
        ("tokenEndpoint", json!("/"), Rule::SitePath),
        ("tokenEndpoint", json!("//evil.example/token"), Rule::SitePath),
        ("tokenEndpoint", json!("/\\evil.example/token"), Rule::SitePath),
        ("tokenEndpoint", json!("/a/%2e%2e/token"), Rule::SitePath),
        ("tokenEndpoint", json!("/token?x"), Rule::SitePath),
        ("tokenEndpoint", json!("token"), Rule::AddressScheme),
        ("tokenEndpoint", json!("https://auth.example/"), Rule::NoPath),
        ("tokenEndpoint", json!("http://[::1]/token"), Rule::AddressIpv6),
        ("revocationEndpoint", json!("http://auth.example/revoke"), Rule::PlainHttp),
        ("revocationEndpoint", json!("https://auth.example"), Rule::NoPath),
        ("revocationEndpoint", json!(""), Rule::Empty),
        ("apiBase", json!(null), Rule::Missing),
        ("apiBase", json!("/"), Rule::SitePath),
        ("apiBase", json!("//api.example"), Rule::SitePath),
        ("apiBase", json!("https://api.example//v1"), Rule::AddressPath),
        ("apiBase", json!("https://[2001:db8::1]"), Rule::AddressHost),
        ("apiBase", json!("https://api.example; script-src *"), Rule::AddressHost),
        ("issuer", json!(""), Rule::Empty),
        ("issuer", json!("two words"), Rule::NotAscii),
        ("issuer", json!("i".repeat(2049)), Rule::TooLong),
        ("redirectUri", json!("http://localhost:8080/callback/other"), Rule::CallbackPath),
        ("redirectUri", json!("http://localhost:8080/"), Rule::NoPath),
        ("redirectUri", json!("http://spend.example/callback/sandbox"), Rule::PlainHttp),
        ("redirectUri", json!("/callback/sandbox"), Rule::AddressScheme),
        ("clientId", json!(""), Rule::Empty),
        ("clientId", json!("ünlay"), Rule::NotAscii),
        ("clientId", json!("x".repeat(257)), Rule::TooLong),
        ("scopes", json!(null), Rule::Missing),
        ("scopes", scopes(0), Rule::Count),
        ("scopes", scopes(101), Rule::Count),
        ("scopes", json!("companies:read users:read"), Rule::NotList),
        ("scopes[0]", json!([""]), Rule::ScopeForm),
        ("scopes[0]", json!(["a b"]), Rule::ScopeForm),
        ("scopes[0]", json!(["a\"b"]), Rule::ScopeForm),
        ("scopes[0]", json!(["a\\b"]), Rule::ScopeForm),
        ("scopes[0]", json!(["s".repeat(129)]), Rule::ScopeForm),
        ("scopes[0]", json!([7]), Rule::NotText),
        ("scopes[1]", json!(["a", "a"]), Rule::ScopeTwice),
        ("refreshGraceSeconds", json!(-1), Rule::Range),
        ("refreshGraceSeconds", json!(1.5), Rule::Range),
        ("refreshGraceSeconds", json!(301), Rule::Range),
        ("refreshGraceSeconds", json!("10"), Rule::Range),
        ("subject", json!(""), Rule::Empty),
        ("subject", json!("company-1"), Rule::SubjectForm),
        ("subject", json!("urn:two words"), Rule::NotAscii),
        ("subject", json!(format!("urn:{}", "s".repeat(253))), Rule::TooLong),
        ("colour", json!("red"), Rule::UnknownKey),
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

fn address(length: usize) -> String {
    format!("{:a<length$}", "https://auth.example/")
}
