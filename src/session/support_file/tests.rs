use outlay_codes::RecordKind;
use outlay_config::Profile;
use outlay_vault::message::SignIn;
use outlay_wire::{Value, parse};

use super::*;

/// Values that must not occur in a support file.
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
            kind: EnvironmentKind::Staging,
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
            receipt_origins: vec![place("")],
        }],
        idle_sign_out_minutes: 30,
        absolute_sign_out_hours: 12,
    }
}

fn connection() -> Connection {
    Connection {
        id: "private-connection".to_owned(),
        profile: "private-profile".to_owned(),
        phase: ConnectionPhase::Ended(EndReason::Refused("private-words and more".to_owned())),
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

fn made(view: &SessionView, config: &Config) -> String {
    let snapshot = Snapshot {
        connections: vec![connection()],
        sign_ins: vec![SignIn {
            id: 3,
            profile: "private-profile".to_owned(),
            exchanging: false,
        }],
        idle_left: Some(9),
        config_waits: None,
        last_in_view: None,
    };
    let line = RecordLine {
        at: 42,
        connection: Some("private-connection".to_owned()),
        event: RecordKind::RefreshAnswered,
        generation: Some(4),
        duration: Some(120),
        outcome: Some(ErrorCode::InvalidGrant.into()),
    };
    let facts = SupportFacts {
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
fn support_file_contains_no_company_or_deployment_data() {
    let text = made(&SessionView::Ended(connection()), &config());
    for private in PRIVATE {
        assert!(!text.contains(private), "{private} in {text}");
    }
}

#[test]
fn support_file_contains_versions_states_and_record() {
    let text = made(&SessionView::Ended(connection()), &config());
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
fn server_error_code_is_kept_if_well_formed() {
    assert_eq!(plain("invalid_grant"), "invalid_grant");
    for words in ["Invalid", "a b", "eyJ0", &"a".repeat(33), "x1"] {
        assert_eq!(plain(words), "other", "{words}");
    }
}

#[test]
fn support_file_states_a_lost_vault() {
    let text = made(&SessionView::Broken(ErrorCode::VaultLost), &config());
    let json = parse(&text).unwrap();
    assert_eq!(at(&json, "code"), Some("vault_lost"));
    assert_eq!(at(&json, "session"), Some("ended"));
}

#[test]
fn support_file_round_trips() {
    let text = made(&SessionView::SignedOut, &config());
    let bundle = read(&text).unwrap();
    assert_eq!(outlay_wire::to_text(&bundle), text);
    assert_eq!(bundle.record[0].generation, Some(4));
}

#[test]
fn invalid_support_file_is_rejected_with_a_code() {
    let text = made(&SessionView::SignedOut, &config());
    let other = text.replacen("\"bundle\":1", "\"bundle\":2", 1);
    assert_ne!(other, text);
    assert_eq!(read(&other), Err(ErrorCode::BundleOfAnotherForm));
    for wrong in ["", "[]", "{}", "<html>", "{\"bundle\":1}", &text[1..]] {
        assert_eq!(read(wrong), Err(ErrorCode::BundleUnreadable), "{wrong}");
    }
    let large = [&" ".repeat(LARGEST), text.as_str()].concat();
    assert_eq!(read(&large), Err(ErrorCode::BundleTooLarge));
}
