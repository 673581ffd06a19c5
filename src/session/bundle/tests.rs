use outlay_config::Profile;
use outlay_vault::message::SignIn;
use outlay_wire::{Value, parse};

use super::*;

/// Everything that must not be in a bundle.
const PRIVATE: [&str; 12] = [
    "private-connection",
    "private-profile",
    "Private Environment",
    "private-client",
    "urn:pleo:company:private",
    "Private Application",
    "private:scope",
    "private-words",
    "private.example",
    "private-query",
    "private-id",
    "private-state",
];

fn config() -> Config {
    let place = |path: &str| ["https://private.example", path].concat();
    Config {
        profiles: vec![Profile {
            id: "private-profile".to_owned(),
            name: "Private Environment".to_owned(),
            kind: Kind::Staging,
            authorization_endpoint: place("/authorize"),
            token_endpoint: place("/token"),
            revocation_endpoint: None,
            api_base: place(""),
            issuer: None,
            redirect_uri: place("/callback"),
            client_id: Some("private-client".to_owned()),
            scopes: vec!["private:scope".to_owned()],
            refresh_grace_seconds: 0,
            subject: None,
        }],
        idle_sign_out_minutes: 30,
        absolute_sign_out_hours: 12,
    }
}

fn connection() -> Connection {
    Connection {
        id: "private-connection".to_owned(),
        profile: "private-profile".to_owned(),
        phase: Phase::Ended {
            reason: "refused".to_owned(),
            server_code: Some("private-words and more".to_owned()),
        },
        generation: 4,
        subject: Some("urn:pleo:company:private".to_owned()),
        application: Some("Private Application".to_owned()),
        scopes_asked: vec!["private:scope".to_owned()],
        scopes_granted: Vec::new(),
        expires_in: None,
        lifetime: Some(900_000),
        token_age: 5,
        refreshable: true,
        session_left: 7,
    }
}

fn made(view: &View, config: &Config) -> String {
    let snapshot = Snapshot {
        connections: vec![connection()],
        sign_ins: vec![SignIn {
            id: 3,
            profile: "private-profile".to_owned(),
            exchanging: false,
        }],
        idle_left: Some(9),
        config_waits: None,
    };
    let line = Record {
        at: 42,
        connection: Some("private-connection".to_owned()),
        event: "refresh_answered".to_owned(),
        generation: Some(4),
        duration: Some(120),
        outcome: Some("invalid_grant".to_owned()),
    };
    let facts = Facts {
        now: 50,
        browser: "A browser".to_owned(),
        vault: Some((true, false)),
        route: "/exports/private-id?q=private-query&state=private-state",
        config: Some(config),
        view,
        snapshot: &snapshot,
        lines: vec![line],
    };
    bundle(facts, |at| format!("at {at}"))
}

fn at<'a>(json: &'a Value, name: &str) -> Option<&'a str> {
    json.get(name)?.as_str()
}

#[test]
fn nothing_of_the_company_or_of_the_deployment_is_in_it() {
    let text = made(&View::Ended(connection()), &config());
    for private in PRIVATE {
        assert!(!text.contains(private), "{private} in {text}");
    }
}

#[test]
fn whoever_helps_finds_versions_states_and_the_record() {
    let text = made(&View::Ended(connection()), &config());
    let json = parse(&text).unwrap();
    assert_eq!(at(&json, "at"), Some("at 50"));
    assert_eq!(at(&json, "version"), Some(env!("CARGO_PKG_VERSION")));
    assert_eq!(at(&json, "browser"), Some("A browser"));
    assert_eq!(at(&json, "page"), Some("/exports"));
    assert_eq!(at(&json, "session"), Some("ended"));
    assert_eq!(at(&json, "code"), Some("refused"));
    let first = |list: &str| match json.get(list) {
        Some(Value::List(items)) => items[0].clone(),
        other => panic!("{other:?}"),
    };
    let connection = first("connections");
    assert_eq!(at(&connection, "environment"), Some("staging"));
    assert_eq!(at(&connection, "reason"), Some("refused"));
    assert_eq!(at(&connection, "serverCode"), Some("other"));
    let line = first("record");
    assert_eq!(at(&line, "at"), Some("at 42"));
    assert_eq!(at(&line, "event"), Some("refresh_answered"));
    assert_eq!(at(&line, "outcome"), Some("invalid_grant"));
    assert_eq!(line.get("connection"), connection.get("connection"));
}

#[test]
fn a_servers_code_is_kept_where_it_looks_like_one() {
    assert_eq!(plain("invalid_grant"), "invalid_grant");
    for words in ["Invalid", "a b", "eyJ0", &"a".repeat(33), "x1"] {
        assert_eq!(plain(words), "other", "{words}");
    }
}

#[test]
fn a_vault_that_is_gone_is_told_too() {
    let text = made(&View::Broken("vault_lost"), &config());
    let json = parse(&text).unwrap();
    assert_eq!(at(&json, "code"), Some("vault_lost"));
    assert_eq!(at(&json, "session"), Some("ended"));
}

#[test]
fn a_bundle_is_read_back_whole() {
    let text = made(&View::SignedOut, &config());
    let bundle = read(&text).unwrap();
    assert_eq!(outlay_wire::to_text(&bundle), text);
    assert_eq!(bundle.record[0].generation, Some(4));
}

#[test]
fn what_is_no_bundle_is_refused_with_a_code() {
    let text = made(&View::SignedOut, &config());
    let other = text.replacen("\"bundle\":1", "\"bundle\":2", 1);
    assert_ne!(other, text);
    assert_eq!(read(&other), Err("bundle_of_another_form"));
    for wrong in ["", "[]", "{}", "<html>", "{\"bundle\":1}", &text[1..]] {
        assert_eq!(read(wrong), Err("bundle_unreadable"), "{wrong}");
    }
    let large = [&" ".repeat(LARGEST), text.as_str()].concat();
    assert_eq!(read(&large), Err("bundle_too_large"));
}
