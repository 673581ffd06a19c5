//! Over: nothing is sent any more.

use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{ConnectionId, EndReason, Input, IntrospectionResult};
use outlay_oauth::session::record::RecordKind;
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::TokenHttpResponse;

use super::host::{SUBJECT, SessionHost, client, ok, pair, refusal, single, start};
use super::refreshing::refreshing;

type EndCase = fn(&mut SessionHost) -> ConnectionId;

const ENDS: [(&str, EndCase); 6] = [
    ("refused", |host| {
        let (connection, key) = refreshing(host);
        host.token_answered(key, refusal("invalid_grant"));
        connection
    }),
    ("expired", |host| {
        let connection = host.connect_with(start(client("sandbox")), SUBJECT, &single(1, 60));
        host.tick_when_due();
        connection
    }),
    ("unsure", |host| {
        let (connection, key) = refreshing(host);
        host.token_answered(key, TokenHttpResponse::Lost);
        host.tick_when_due();
        connection
    }),
    ("revoked", |host| {
        let connection = host.connect(1);
        let (call, effects) = host.pass(MINUTE - 1).call(&connection);
        assert_eq!(effects.sent().len(), 1);
        let (key, _) = host.answered(call, 401).introspect();
        let (key, _) = host
            .introspected(key, IntrospectionResult::Unauthorized)
            .refresh();
        host.token_answered(key, ok(&pair(2)));
        let (key, _) = host.answered(call, 401).introspect();
        host.introspected(key, IntrospectionResult::Unauthorized);
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
fn each_end_has_its_reason_and_sends_nothing_afterwards() {
    for (code, end) in ENDS {
        let mut host = SessionHost::new();
        let connection = end(&mut host);
        let ConnectionPhase::Ended(reason) = host.phase(&connection) else {
            panic!("{code}: {:?}", host.phase(&connection));
        };
        assert_eq!(reason.code().word(), code);
        assert_eq!(host.outcomes(RecordKind::Ended), [code]);
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
        assert_eq!(host.phase(&connection), ConnectionPhase::Ended(reason));
        assert!(host.feed(Input::SignOut).revoked().is_empty());
        assert!(host.sessions.is_empty());
    }
}

#[test]
fn refused_refresh_keeps_the_server_description() {
    let mut host = SessionHost::new();
    let (connection, key) = refreshing(&mut host);
    host.token_answered(key, refusal("invalid_refresh_token"));
    let ended = EndReason::Refused("invalid_refresh_token".to_owned());
    assert_eq!(host.phase(&connection), ConnectionPhase::Ended(ended));
}

#[test]
fn introspection_answered_after_the_end_changes_nothing() {
    let mut host = SessionHost::new();
    let connection = host.connect_with(start(client("sandbox")), SUBJECT, &single(1, 30));
    let (_, effects) = host.call_gets(&connection, 401);
    let (key, _) = effects.introspect();
    host.pass(31 * SECOND).tick();
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Expired)
    );
    assert!(
        host.introspected(key, IntrospectionResult::Unauthorized)
            .none()
    );
}
