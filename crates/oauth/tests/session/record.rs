//! The record: each refresh, what came of it and why it was asked for, and the rest of a session.

use outlay_oauth::client::ClientSettings;
use outlay_oauth::session::io::{Input, IntrospectionResult};
use outlay_oauth::session::record::RecordKind;
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::TokenHttpResponse;

use super::host::{
    CODE, SUBJECT, SessionHost, busy, client, eternal, lived_token, ok, pair, refusal, single,
    start, valid,
};

type RecordScenario = fn(&mut SessionHost);

/// A story, and the lines that it writes after its first `take_outcomes`.
const STORIES: &[(RecordScenario, &[&str])] = &[
    (
        |host| {
            host.connect(1);
        },
        &[
            "sign_in_started",
            "callback ok",
            "exchange_sent",
            "exchange_answered ok",
            "introspection_sent sign_in",
            "introspection_answered valid",
            "connected new",
        ],
    ),
    (
        |host| {
            host.connect(1);
            host.take_outcomes();
            host.connect_with(start(client("sandbox")), SUBJECT, &single(2, 60));
            host.tick_when_due();
        },
        &[
            "sign_in_started",
            "callback ok",
            "exchange_sent",
            "exchange_answered ok",
            "introspection_sent sign_in",
            "introspection_answered valid",
            "connected renewed",
            "ended expired",
        ],
    ),
    (
        |host| {
            let (kept, key) = host.exchange();
            host.take_outcomes();
            host.callback(&kept, CODE);
            host.token_answered(key, refusal("made_up"));
            host.callback(&kept, CODE);
            host.callback_page("sandbox", "state=forged&code=x", None);
            host.callback_page("sandbox", "code=x&code=y", None);
            host.callback_page("sandbox", "", None);
        },
        &[
            "callback repeated",
            "exchange_answered authorization_error",
            "sign_in_failed authorization_error",
            "callback state_used",
            "callback state_unknown",
            "callback callback_duplicate",
        ],
    ),
    (
        |host| {
            host.connect(1);
            let started = host.start();
            host.take_outcomes();
            host.callback(&started.kept, "state={state}&error=access_denied");
            host.callback(&started.kept, CODE).home();
        },
        &[
            "callback access_denied",
            "sign_in_failed access_denied",
            "callback state_used",
        ],
    ),
    (
        |host| {
            host.start();
            host.take_outcomes();
            host.tick_when_due();
            (0..6).for_each(|_| drop(host.start()));
            host.feed(Input::CancelSignIn { sign_in: 3 });
        },
        &[
            "sign_in_failed sign_in_expired",
            "sign_in_started",
            "sign_in_started",
            "sign_in_started",
            "sign_in_started",
            "sign_in_started",
            "sign_in_failed sign_in_cancelled",
            "sign_in_started",
            "sign_in_failed sign_in_cancelled",
        ],
    ),
    (
        |host| {
            let (_, key) = host.exchange();
            let body = r#"{"access_token":"SECRET","scope":7}"#;
            host.take_outcomes();
            let (key, _) = host.token_answered(key, ok(body)).introspect();
            host.introspected(key, IntrospectionResult::Unauthorized);
        },
        &[
            "exchange_answered ok",
            "token_answer_odd token_type_absent",
            "token_answer_odd expires_in_absent",
            "token_answer_odd scope_unreadable",
            "introspection_sent sign_in",
            "introspection_answered unauthorised",
            "sign_in_failed token_refused",
        ],
    ),
    (
        |host| {
            host.connect(1);
            let (_, key) = host.exchange();
            let (key, _) = host.token_answered(key, ok(&pair(2))).introspect();
            host.introspected(key, IntrospectionResult::Unclear);
            host.take_outcomes();
            let (key, _) = host.tick_when_due().introspect();
            host.introspected(key, valid(SUBJECT));
        },
        &[
            "introspection_sent identity",
            "introspection_answered valid",
            "replaced",
        ],
    ),
    (
        |host| {
            host.connect(1);
            host.take_outcomes();
            let check = host.tick_when_due().check();
            host.network(check, false);
            let (key, _) = {
                let check = host.tick_when_due().check();
                host.network(check, true).refresh()
            };
            let body = r#"{"access_token":"SECRET","token_type":"Bearer"}"#;
            host.token_answered(key, ok(body));
        },
        &[
            "refresh_asked due",
            "network_checked missing",
            "refresh_asked retry",
            "network_checked reached",
            "refresh_sent",
            "refresh_answered ok",
            "token_answer_odd expires_in_absent",
        ],
    ),
    (
        |host| {
            let connection = host.connect(1);
            let effects = host.pass(900 * SECOND).call(&connection).1;
            host.take_outcomes();
            let (key, _) = host.network(effects.check(), true).refresh();
            host.token_answered(key, busy(429, None));
            let (key, _) = host.tick_when_due().refresh();
            host.token_answered(key, busy(503, Some(MINUTE)));
            let retry = Input::RetryNow {
                connection: connection.clone(),
            };
            let (key, _) = host.feed(retry).refresh();
            host.token_answered(key, refusal("invalid_grant"));
        },
        &[
            "network_checked reached",
            "refresh_sent",
            "refresh_answered token_busy",
            "refresh_asked retry",
            "refresh_sent",
            "refresh_answered token_busy",
            "refresh_asked retry_now",
            "refresh_sent",
            "refresh_answered invalid_grant",
            "ended refused",
        ],
    ),
    (
        |host| {
            let connection = host.connect(1);
            host.take_outcomes();
            host.pass(900 * SECOND).call(&connection);
        },
        &["refresh_asked token_ended"],
    ),
    (
        |host| {
            let connection = host.connect_with(start(client("sandbox")), SUBJECT, &eternal(1));
            host.pass(MINUTE - 1);
            host.take_outcomes();
            let (_, effects) = host.call_gets(&connection, 401);
            let (key, _) = effects.introspect();
            let effects = host.introspected(key, IntrospectionResult::Unauthorized);
            host.token_answered(effects.refresh().0, TokenHttpResponse::Lost);
        },
        &[
            "introspection_sent unauthorised",
            "introspection_answered unauthorised",
            "refresh_asked unauthorised",
            "refresh_sent",
            "refresh_answered token_network",
            "unsure",
            "ended unsure",
        ],
    ),
    (
        |host| {
            let connection = host.connect(1);
            host.pass(2 * MINUTE);
            host.call_gets(&connection, 200);
            host.take_outcomes();
            let (_, effects) = host.call_gets(&connection, 401);
            host.token_answered(effects.refresh().0, ok(&pair(2)));
        },
        &[
            "refresh_asked unauthorised",
            "refresh_sent",
            "refresh_answered ok",
        ],
    ),
    (
        |host| {
            let client = ClientSettings {
                refresh_grace: 20 * SECOND,
                ..client("sandbox")
            };
            host.connect_with(start(client), SUBJECT, &pair(1));
            let key = host.scheduled_refresh();
            host.take_outcomes();
            let (key, _) = host.token_answered(key, TokenHttpResponse::Lost).refresh();
            host.token_answered(key, ok(&pair(2)));
        },
        &[
            "refresh_answered token_network",
            "unsure",
            "refresh_asked grace",
            "refresh_sent",
            "refresh_answered ok",
        ],
    ),
    (
        |host| {
            let connection = host.connect(1);
            host.connect_with(start(client("sandbox")), "urn:two", &lived_token(2, 300));
            let key = host.scheduled_refresh();
            host.take_outcomes();
            host.feed(Input::Remove { connection });
            host.feed(Input::SignOut);
            host.token_answered(key, ok(&pair(3)));
            host.token_answered(key, refusal("invalid_grant"));
        },
        &[
            "revocation_sent",
            "signed_out",
            "signed_out",
            "answer_dropped ok",
            "revocation_sent",
            "answer_dropped invalid_grant",
        ],
    ),
    (
        |host| {
            host.connect(1);
            host.take_outcomes();
            host.now.wall += 60 * MINUTE;
            host.tick();
        },
        &["woke", "revocation_sent", "ended idle"],
    ),
];

#[test]
fn each_scenario_records_its_events() {
    for (story, lines) in STORIES {
        let mut host = SessionHost::new();
        story(&mut host);
        assert_eq!(host.take_outcomes(), *lines);
    }
}

#[test]
fn every_event_kind_has_a_scenario_and_a_code() {
    let take_outcomes: Vec<&str> = STORIES
        .iter()
        .flat_map(|(_, lines)| *lines)
        .copied()
        .collect();
    let mut words = Vec::new();
    for kind in RecordKind::ALL {
        let word = kind.word();
        let of_kind = |line: &&str| line.split(' ').next() == Some(word);
        let by_machine = !RecordKind::OF_THE_HOST.contains(kind);
        assert_eq!(take_outcomes.iter().any(of_kind), by_machine, "{word}");
        assert!(
            word.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
            "{word}"
        );
        assert!(!words.contains(&word), "{word} stands twice");
        words.push(word);
    }
}

/// Which connection a line is about, and how long what it tells took.
#[test]
fn record_lines_have_connection_and_duration() {
    let mut host = SessionHost::new();
    let kept = host.start().kept;
    let effects = host.pass(40 * SECOND).callback(&kept, CODE);
    let effects = host
        .pass(3)
        .token_answered(effects.exchange().0, ok(&pair(1)));
    let effects = host
        .pass(4)
        .introspected(effects.introspect().0, valid(SUBJECT));
    let connection = effects.connected();
    let key = host.scheduled_refresh();
    host.pass(5).token_answered(key, ok(&pair(2)));
    let (_, effects) = host.call_gets(&connection, 401);
    host.pass(6)
        .introspected(effects.introspect().0, valid(SUBJECT));
    host.now.wall += 20 * SECOND;
    host.tick();
    let key = host.scheduled_refresh();
    host.feed(Input::SignOut);
    host.token_answered(key, ok(&pair(3)));
    let timed = host.record.iter().filter_map(|event| {
        let about_it = event.connection.as_ref() == Some(&connection);
        Some((event.kind, event.duration?, about_it))
    });
    assert_eq!(
        timed.collect::<Vec<_>>(),
        [
            (RecordKind::Callback, 40 * SECOND, false),
            (RecordKind::ExchangeAnswered, 3, false),
            (RecordKind::IntrospectionAnswered, 4, false),
            (RecordKind::RefreshAnswered, 5, true),
            (RecordKind::IntrospectionAnswered, 6, true),
            (RecordKind::Woke, 20 * SECOND, false),
        ]
    );
    let about_it = host
        .record
        .iter()
        .filter(|event| event.connection.is_some());
    assert!(
        about_it
            .clone()
            .all(|event| event.connection.as_ref() == Some(&connection))
    );
    let kinds: Vec<_> = about_it.map(|event| event.kind).collect();
    for kind in [
        RecordKind::Connected,
        RecordKind::RefreshAsked,
        RecordKind::NetworkChecked,
        RecordKind::RefreshSent,
        RecordKind::RefreshAnswered,
        RecordKind::IntrospectionSent,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}
