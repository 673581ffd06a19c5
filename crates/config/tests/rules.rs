//! Every rule of the file, each as a row: the change and the key of the problem.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_config::{ConfigRule, Document, Problem, Site};
use serde_json::{Value, json};

mod cases;

use cases::{changed, faulty, faulty_files, parse, sample, sound, sound_files};

/// The sample with one key of its profile set.
fn with(key: &str, value: Value) -> Document {
    parse(&changed(key, value)).unwrap()
}

fn keys(problems: &[Problem]) -> Vec<&str> {
    problems
        .iter()
        .map(|problem| problem.key.as_str())
        .collect()
}

fn local() -> Site {
    Site::new("http://localhost:8080", "/").unwrap()
}

fn served() -> Site {
    Site::new("https://spend.example", "/outlay/").unwrap()
}

#[test]
fn documentation_sample_resolves_with_every_default() {
    let config = parse(&sample()).unwrap().resolve(&local()).unwrap();
    assert_eq!(config.idle_sign_out_minutes, 30);
    assert_eq!(config.absolute_sign_out_hours, 12);
    let profile = config.profile("sandbox").unwrap();
    assert_eq!(
        profile.authorization_endpoint,
        "http://localhost:8787/oauth/authorize"
    );
    assert_eq!(profile.token_endpoint, "http://localhost:8787/oauth/token");
    assert_eq!(profile.revocation_endpoint, None);
    assert_eq!(profile.api_base, "http://localhost:8788");
    assert_eq!(
        profile.redirect_uri,
        "http://localhost:8080/callback/sandbox"
    );
    assert_eq!(profile.refresh_grace_seconds, 0);
    assert_eq!(profile.issuer, None);
    assert_eq!(config.profile("other"), None);
}

#[test]
fn optional_keys_have_their_defaults() {
    let mut file = sample();
    let profile = file["profiles"][0].as_object_mut().unwrap();
    for key in ["name", "kind", "clientId"] {
        profile.remove(key);
    }
    let config = parse(&file).unwrap().resolve(&local()).unwrap();
    assert_eq!(config.profiles[0].name, "sandbox");
    assert_eq!(
        config.profiles[0].kind,
        outlay_config::EnvironmentKind::Production
    );
    assert_eq!(config.profiles[0].client_id, None);
}

#[test]
fn each_invalid_key_violates_its_rule() {
    for (key, value, rule) in faulty() {
        let reported = parse(&changed(&key, value.clone())).unwrap_err();
        let expected = [Problem::new(&format!("profiles[0].{key}"), rule)];
        assert_eq!(reported, expected, "{key}: {value}");
    }
    for (file, key, rule) in faulty_files() {
        let reported = parse(&file).unwrap_err();
        assert_eq!(reported, [Problem::new(key, rule)], "{file}");
    }
}

#[test]
fn boundary_values_are_accepted() {
    for (key, value) in sound() {
        let file = changed(key, value.clone());
        assert!(parse(&file).is_ok(), "{key}: {value}");
    }
    for file in sound_files() {
        assert!(parse(&file).is_ok(), "{file}");
    }
}

#[test]
fn every_rule_has_its_own_message() {
    let mut reported = Vec::new();
    for (key, value, _) in faulty() {
        let problem = parse(&changed(&key, value)).unwrap_err().remove(0);
        let message = problem.message();
        assert!(
            !message.source.is_empty() && message.fix.ends_with('.'),
            "{problem}"
        );
        assert!(!problem.to_string().contains("{}"), "{problem}");
        reported.push((problem.rule.name(), message.what));
    }
    for (rule, what) in &reported {
        let same = reported.iter().filter(|other| other.1 == *what);
        assert!(
            same.into_iter().all(|other| other.0 == *rule),
            "{rule}: {what}"
        );
    }
    let range = Problem::new("profiles[0].refreshGraceSeconds", ConfigRule::Range);
    assert_eq!(range.message().what, "is not a whole number from 0 to 300");
    let long = Problem::new("profiles[0].name", ConfigRule::TooLong);
    assert_eq!(long.message().what, "is longer than 60 characters");
}

#[test]
fn each_file_error_is_reported() {
    let table = [
        ("", "config.json"),
        ("{", "config.json"),
        ("[]", "config.json"),
        ("null", "config.json"),
        ("{}", "profiles"),
        (r#"{"profiles":[]}"#, "profiles"),
        (r#"{"profiles":{}}"#, "profiles"),
        (r#"{"profiles":["a"]}"#, "profiles[0]"),
    ];
    for (json, key) in table {
        assert_eq!(keys(&Document::parse(json).unwrap_err()), [key], "{json}");
    }
    let padded = format!("{}{}", sample(), " ".repeat(64 * 1024));
    assert_eq!(
        keys(&Document::parse(&padded).unwrap_err()),
        ["config.json"]
    );
    let numbers = [("idleSignOutMinutes", 1441), ("absoluteSignOutHours", 0)];
    for (key, value) in numbers {
        let mut file = sample();
        file[key] = json!(value);
        assert_eq!(keys(&parse(&file).unwrap_err()), [key]);
    }
    let mut many = sample();
    many["profiles"] = (0..21)
        .map(|n| changed("id", json!(format!("p{n}")))["profiles"][0].take())
        .collect();
    assert_eq!(keys(&parse(&many).unwrap_err()), ["profiles"]);
}

#[test]
fn duplicate_key_is_rejected() {
    let twice = |text: &str, again: &str| text.replacen(again, &format!("{again},{again}"), 1);
    let file = sample().to_string();
    let document = twice(&file, "\"name\":\"Sandbox\"");
    let problems = Document::parse(&document).unwrap_err();
    assert_eq!(
        problems,
        [Problem::new("profiles[0].name", ConfigRule::RepeatedKey)]
    );
    let problems = Document::parse(r#"{"profiles":[],"x":1,"x":1,"profiles":[]}"#).unwrap_err();
    let reported = problems
        .iter()
        .map(|problem| (problem.key.as_str(), problem.rule));
    assert_eq!(
        reported.collect::<Vec<_>>(),
        [
            ("x", ConfigRule::UnknownKey),
            ("x", ConfigRule::RepeatedKey),
            ("profiles", ConfigRule::RepeatedKey),
            ("profiles", ConfigRule::Count),
        ]
    );
}

#[test]
fn invalid_json_has_its_own_error() {
    let table = [
        (
            "{\n  \"profiles\": [,]\n}",
            ConfigRule::Syntax,
            Some("2:16"),
        ),
        ("", ConfigRule::Syntax, Some("1:1")),
        (
            "\n<!doctype html><title>Outlay</title>",
            ConfigRule::WebPage,
            None,
        ),
        ("[]", ConfigRule::NotObject, None),
    ];
    for (file, rule, detail) in table {
        let problem = &Document::parse(file).unwrap_err()[0];
        assert_eq!(
            (problem.rule, problem.detail.as_deref()),
            (rule, detail),
            "{file}"
        );
    }
}

#[test]
fn all_problems_are_reported_together() {
    let file = json!({
        "Profiles": 1,
        "idleSignOutMinutes": "30",
        "profiles": [
            { "id": "a", "authorizationServer": "http://auth.example", "scopes": ["a b", 2] },
            { "id": "a", "clientSecret": "hunter2", "apiBase": "/", "scopes": [] },
            7
        ]
    });
    let problems = parse(&file).unwrap_err();
    assert_eq!(
        keys(&problems),
        [
            "Profiles",
            "idleSignOutMinutes",
            "profiles[0].authorizationServer",
            "profiles[0].apiBase",
            "profiles[0].scopes[0]",
            "profiles[0].scopes[1]",
            "profiles[1].id",
            "profiles[1].clientSecret",
            "profiles[1].authorizationServer",
            "profiles[1].apiBase",
            "profiles[1].scopes",
            "profiles[2]",
        ]
    );
    assert!(
        problems
            .iter()
            .all(|problem| !problem.to_string().contains("hunter2"))
    );
    assert_eq!(problems[0].message().fix, "Write profiles.");
}

#[test]
fn no_key_accepts_a_secret() {
    for key in [
        "clientSecret",
        "client_secret",
        "password",
        "apiKey",
        "accessToken",
        "secret",
    ] {
        let problems = parse(&changed(key, json!("hunter2"))).unwrap_err();
        assert_eq!(keys(&problems), [format!("profiles[0].{key}")]);
        assert!(
            problems[0]
                .message()
                .what
                .contains("a public client has none"),
            "{key}"
        );
    }
}

#[test]
fn authorization_server_on_the_page_origin_is_rejected() {
    let server = with("authorizationServer", json!("http://localhost:8080"));
    let problems = server.resolve(&local()).unwrap_err();
    assert_eq!(keys(&problems), ["profiles[0].authorizationServer"]);
    let endpoint = with(
        "authorizationEndpoint",
        json!("http://localhost:8080/login"),
    );
    let problems = endpoint.resolve(&local()).unwrap_err();
    assert_eq!(keys(&problems), ["profiles[0].authorizationEndpoint"]);
}

#[test]
fn http_target_is_accepted_only_for_a_page_on_loopback() {
    let problems = parse(&sample()).unwrap().resolve(&served()).unwrap_err();
    assert_eq!(
        keys(&problems),
        ["profiles[0].authorizationServer", "profiles[0].apiBase"]
    );
    for site in [
        "http://127.0.0.1:8080",
        "http://app.localhost",
        "http://[::1]:8080",
        "https://localhost",
    ] {
        let site = Site::new(site, "/").unwrap();
        assert!(parse(&sample()).unwrap().resolve(&site).is_ok());
    }
}

#[test]
fn site_requires_a_web_origin_and_a_base_path() {
    let faulty = [
        ("http://spend.example", "/"),
        ("https://spend.example/", "/"),
        ("https://spend.example:443", "/"),
        ("null", "/"),
        ("file://", "/"),
        ("https://spend.example", ""),
        ("https://spend.example", "/a"),
        ("https://spend.example", "a/"),
        ("https://spend.example", "//"),
        ("https://spend.example", "/../"),
    ];
    for (origin, base) in faulty {
        assert_eq!(
            Site::new(origin, base).unwrap_err().key,
            "site",
            "{origin} {base}"
        );
    }
    assert_eq!(
        served().redirect_uri("a"),
        "https://spend.example/outlay/callback/a"
    );
}

#[test]
fn redirect_uri_outside_the_site_is_rejected() {
    let right = with(
        "redirectUri",
        json!("http://localhost:8080/callback/sandbox"),
    );
    assert!(right.resolve(&local()).is_ok());
    for elsewhere in [
        "http://localhost:9/callback/sandbox",
        "http://localhost:8080/x/callback/sandbox",
    ] {
        let wrong = with("redirectUri", json!(elsewhere));
        assert_eq!(
            keys(&wrong.resolve(&local()).unwrap_err()),
            ["profiles[0].redirectUri"]
        );
    }
}

#[test]
fn receipt_origins_are_kept_and_plain_http_is_for_a_site_on_loopback() {
    let none = parse(&sample()).unwrap();
    assert!(none.receipt_origins().is_empty());
    assert!(
        none.resolve(&local()).unwrap().profiles[0]
            .receipt_origins
            .is_empty()
    );
    let both = json!(["https://files.example", "http://localhost:8788"]);
    let here = with("receiptOrigins", both);
    let expected = ["https://files.example", "http://localhost:8788"];
    assert_eq!(here.receipt_origins(), expected);
    let config = here.resolve(&local()).unwrap();
    assert_eq!(config.profiles[0].receipt_origins, expected);
    let mut file = changed("receiptOrigins", json!(["http://localhost:8788"]));
    let profile = &mut file["profiles"][0];
    profile["authorizationServer"] = json!("https://auth.example");
    profile["apiBase"] = json!("https://api.example");
    let problems = parse(&file).unwrap().resolve(&served()).unwrap_err();
    assert_eq!(keys(&problems), ["profiles[0].receiptOrigins"]);
    assert_eq!(problems[0].rule, ConfigRule::PlainHttpHere);
}

#[test]
fn proxy_must_be_a_path_of_this_site() {
    let mut file = changed("tokenEndpoint", json!("/pleo-auth/oauth/token"));
    let profile = &mut file["profiles"][0];
    profile["authorizationServer"] = json!("https://auth.pleo.io/");
    profile["apiBase"] = json!("/pleo-api/");
    profile["revocationEndpoint"] = json!("/pleo-auth/revoke");
    let document = parse(&file).unwrap();
    assert!(document.connect_origins().is_empty());
    let config = document.resolve(&served()).unwrap();
    let profile = &config.profiles[0];
    assert_eq!(
        profile.authorization_endpoint,
        "https://auth.pleo.io/oauth/authorize"
    );
    assert_eq!(
        profile.token_endpoint,
        "https://spend.example/pleo-auth/oauth/token"
    );
    assert_eq!(
        profile.revocation_endpoint.as_deref(),
        Some("https://spend.example/pleo-auth/revoke")
    );
    assert_eq!(profile.api_base, "https://spend.example/pleo-api");

    profile_with_own_origin_as_api(&mut file);
    let problems = parse(&file).unwrap().resolve(&served()).unwrap_err();
    assert_eq!(keys(&problems), ["profiles[0].apiBase"]);
}

fn profile_with_own_origin_as_api(file: &mut Value) {
    file["profiles"][0]["apiBase"] = json!("https://spend.example");
}

#[test]
fn issuer_with_a_trailing_slash_is_valid_with_a_warning() {
    for (issuer, expected) in [
        ("https://auth.example/", 1),
        ("https://auth.example/tenant/", 1),
        ("https://auth.example", 0),
        ("https://auth.example/tenant", 0),
    ] {
        let file = format!(
            r#"{{"profiles":[{{"id":"a","name":"A","authorizationServer":"https://auth.example",
            "apiBase":"https://api.example","clientId":"c","scopes":["companies:read"],"issuer":"{issuer}"}}]}}"#
        );
        let warnings = outlay_config::Document::parse(&file).unwrap().warnings();
        assert_eq!(warnings.len(), expected, "{issuer}: {warnings:?}");
        let names_the_key =
            |warning: &String| warning.starts_with("profiles[0].issuer ends in a slash.");
        assert!(warnings.iter().all(names_the_key), "{warnings:?}");
    }
}
