//! Over: nothing is sent any more.

use outlay_oauth::session::Phase;
use outlay_oauth::session::io::{ConnectionId, Ended, Input, Introspection};
use outlay_oauth::session::record::Kind;
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::Answer;

use super::host::{Host, SUBJECT, client, lone, ok, pair, refusal, start};
use super::refreshing::refreshing;

type End = fn(&mut Host) -> ConnectionId;

const ENDS: [(&str, End); 6] = [
    ("refused", |host| {
        let (connection, key) = refreshing(host);
        host.token_answered(key, refusal("invalid_grant"));
        connection
    }),
    ("expired", |host| {
        let connection = host.connect_with(start(client("sandbox")), SUBJECT, &lone(1, 60));
        host.tick_when_due();
        connection
    }),
    ("unsure", |host| {
        let (connection, key) = refreshing(host);
        host.token_answered(key, Answer::Lost);
        host.tick_when_due();
        connection
    }),
    ("revoked", |host| {
        let connection = host.connect(1);
        let (call, effects) = host.pass(MINUTE - 1).call(&connection);
        assert_eq!(effects.sent().len(), 1);
        let (key, _) = host.answered(call, 401).introspect();
        let (key, _) = host
            .introspected(key, Introspection::Unauthorized)
            .refresh();
        host.token_answered(key, ok(&pair(2)));
        let (key, _) = host.answered(call, 401).introspect();
        host.introspected(key, Introspection::Unauthorized);
        connection
    }),
    ("idle", |host| {
        let connection = host.connect(1);
        host.pass(30 * MINUTE).tick();
        connection
    }),
    ("absolute", |host| {
        let connection = host.connect(1);
        for _ in 0..36 {
            host.feed(Input::Activity);
            host.pass(20 * MINUTE);
        }
        host.tick();
        connection
    }),
];

#[test]
fn each_end_has_its_reason_and_nothing_is_sent_after_it() {
    for (code, end) in ENDS {
        let mut host = Host::new();
        let connection = end(&mut host);
        let Phase::Ended(reason) = host.phase(&connection) else {
            panic!("{code}: {:?}", host.phase(&connection));
        };
        assert_eq!(reason.code(), code);
        assert_eq!(host.outcomes(Kind::Ended), [code]);
        let view = host.view(&connection);
        assert_eq!((view.lifetime, view.expires_in), (None, None));
        assert!(!view.refreshable);
        assert_eq!(view.subject.as_deref(), Some(SUBJECT), "shown on Reconnect");
        assert!(!format!("{:?}", host.sessions).contains("AccessToken"));
        assert_eq!(host.sessions.next_due(), None, "{code}");
        for _ in 0..3 {
            let (call, effects) = host.call(&connection);
            assert_eq!(effects.failed(), [(call, "session_ended")]);
            assert_eq!(effects.0.len(), 1, "{code}: {effects:?}");
            let retry = Input::RetryNow {
                connection: connection.clone(),
            };
            assert!(host.feed(retry).none());
            assert!(host.feed(Input::Activity).none());
            assert!(host.pass(61 * MINUTE).tick().none());
        }
        assert_eq!(host.phase(&connection), Phase::Ended(reason));
        assert!(host.feed(Input::SignOut).revoked().is_empty());
        assert!(host.sessions.is_empty());
    }
}

#[test]
fn a_refusal_keeps_the_words_of_the_server() {
    let mut host = Host::new();
    let (connection, key) = refreshing(&mut host);
    host.token_answered(key, refusal("invalid_refresh_token"));
    let ended = Ended::Refused("invalid_refresh_token".to_owned());
    assert_eq!(host.phase(&connection), Phase::Ended(ended));
}

#[test]
fn an_introspection_answered_after_the_end_changes_nothing() {
    let mut host = Host::new();
    let connection = host.connect_with(start(client("sandbox")), SUBJECT, &lone(1, 30));
    let (_, effects) = host.call_gets(&connection, 401);
    let (key, _) = effects.introspect();
    host.pass(31 * SECOND).tick();
    assert_eq!(host.phase(&connection), Phase::Ended(Ended::Expired));
    assert!(host.introspected(key, Introspection::Unauthorized).none());
}
