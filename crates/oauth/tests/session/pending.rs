//! A sign-in whose user is away: what the callback page may bring.

use outlay_oauth::client::ClientSettings;
use outlay_oauth::session::io::Input;
use outlay_oauth::session::record::RecordKind;
use outlay_oauth::time::MINUTE;

use super::host::{CODE, SUBJECT, SessionHost, client, eternal, start};

fn with_issuer() -> ClientSettings {
    ClientSettings {
        issuer: Some("https://auth.example".to_owned()),
        ..client("sandbox")
    }
}

/// A callback that is refused before the sign-in is touched: it may still succeed.
#[test]
fn callback_form_is_checked_first() {
    for (query, code) in [
        ("state={state}&state={state}&code=x", "callback_duplicate"),
        ("state={state}&code=x&code=x", "callback_duplicate"),
        ("state={state}&error=x&error=y", "callback_duplicate"),
        ("state={state}&iss=x&code=x&iss=x", "callback_duplicate"),
        ("state={state}&code=x&sta%74e=", "callback_duplicate"),
        ("state={state}&code=%ff", "callback_malformed"),
        ("code=x", "state_unknown"),
        ("error=access_denied", "state_unknown"),
        ("state=&code=x", "state_unknown"),
        ("&", "state_unknown"),
    ] {
        let mut host = SessionHost::new();
        let kept = host.start_with(start(with_issuer())).kept;
        let effects = host.callback(&kept, query);
        assert_eq!(effects.refused(), [code], "{query}");
        assert!(!effects.changed(), "{query}: nothing else changes");
        let effects = host.callback(&kept, "state={state}&code=x&iss=https://auth.example");
        effects.exchange();
    }
}

#[test]
fn issuer_is_checked_before_error_and_code_of_a_pending_sign_in() {
    for (query, code) in [
        ("code=x", "issuer_missing"),
        ("error=access_denied", "issuer_missing"),
        ("code=x&error=y", "issuer_missing"),
        ("code=x&iss=", "issuer_missing"),
        ("code=x&iss=https://auth.example/", "issuer_mismatch"),
        (
            "error=access_denied&iss=https://AUTH.example",
            "issuer_mismatch",
        ),
        ("code=x&iss=https://evil.example", "issuer_mismatch"),
        (
            "error=access_denied&iss=https://auth.example",
            "access_denied",
        ),
        ("iss=https://auth.example", "callback_malformed"),
    ] {
        let mut host = SessionHost::new();
        let kept = host.start_with(start(with_issuer())).kept;
        let effects = host.callback(&kept, &format!("state={{state}}&{query}"));
        assert_eq!(effects.refused(), [code], "{query}");
        assert!(effects.exchanges().is_empty());
    }
}

#[test]
fn issuer_is_ignored_if_none_is_configured() {
    let mut host = SessionHost::new();
    let kept = host.start().kept;
    let query = "state={state}&code=x&iss=https://other.example";
    host.callback(&kept, query).exchange();
}

#[test]
fn callback_path_is_checked_before_error_and_code() {
    for query in ["code=x", "error=access_denied", "code=x&error=y"] {
        let mut host = SessionHost::new();
        let kept = host.start().kept;
        let query = format!("state={}&{query}", kept.state.as_str());
        let effects = host.callback_page("production", &query, None);
        assert_eq!(effects.refused(), ["profile_mismatch"], "{query}");
        let again = host.callback(&kept, CODE);
        assert_eq!(again.refused(), ["state_used"], "it was consumed");
    }
}

#[test]
fn code_and_error_together_or_neither_is_malformed_and_consumes_the_state() {
    for query in [
        "state={state}&code=x&error=access_denied",
        "state={state}",
        "state={state}&code=",
        "state={state}&error=&code=",
        "state={state}&error_description=x",
    ] {
        let mut host = SessionHost::new();
        let kept = host.start().kept;
        let effects = host.callback(&kept, query);
        assert_eq!(effects.refused(), ["callback_malformed"], "{query}");
        assert!(effects.changed());
        assert_eq!(host.callback(&kept, CODE).refused(), ["state_used"]);
    }
}

#[test]
fn empty_parameter_counts_as_absent() {
    let mut host = SessionHost::new();
    let kept = host.start().kept;
    host.callback(&kept, "state={state}&code=x&error=")
        .exchange();
}

#[test]
fn denial_consumes_the_sign_in_and_returns_to_the_route() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let kept = host.start().kept;
    let effects = host.callback(&kept, "state={state}&error=access_denied");
    assert_eq!(effects.refused(), ["access_denied"]);
    assert!(effects.exchanges().is_empty());
    assert!(host.sessions.sign_ins().is_empty());
    assert_eq!(host.view(&connection).generation, 1, "left untouched");
    assert!(
        host.record
            .iter()
            .any(|event| event.kind == RecordKind::SignInFailed)
    );
}

#[test]
fn code_is_exchanged_with_its_own_verifier() {
    let mut host = SessionHost::new();
    let (first, second) = (host.start(), host.start());
    let (_, body) = host.callback(&first.kept, CODE).exchange();
    let field = |name| super::host::effects::field(&body, name);
    assert_eq!(field("code_verifier"), first.kept.verifier.reveal());
    assert_ne!(field("code_verifier"), second.kept.verifier.reveal());
    assert_eq!(field("code"), "SECRET-code");
    assert_eq!(field("redirect_uri"), first.kept.start.client.redirect_uri);
    assert!(first.url.contains(first.kept.state.as_str()));
    assert!(!first.url.contains(first.kept.verifier.reveal()));
}

#[test]
fn sign_in_expires_after_ten_minutes_by_either_clock() {
    for (monotonic, wall, alive) in [
        (10 * MINUTE - 1, 10 * MINUTE - 1, true),
        (10 * MINUTE, 10 * MINUTE, false),
        (10 * MINUTE, 0, false),
        (0, 10 * MINUTE, false),
    ] {
        for ticked in [false, true] {
            let mut host = SessionHost::new();
            let kept = host.start().kept;
            host.now.monotonic += monotonic;
            host.now.wall += wall;
            if ticked {
                assert_eq!(host.tick().changed(), !alive);
                assert_eq!(host.sessions.sign_ins().len(), usize::from(alive));
            }
            let effects = host.callback(&kept, CODE);
            if alive {
                effects.exchange();
            } else {
                let code = if ticked {
                    "state_used"
                } else {
                    "sign_in_expired"
                };
                assert_eq!(effects.refused(), [code]);
                assert!(effects.exchanges().is_empty());
            }
        }
    }
}

#[test]
fn wall_clock_set_back_does_not_expire_a_sign_in() {
    let mut host = SessionHost::new();
    let kept = host.start().kept;
    host.now.wall -= 120 * MINUTE;
    assert!(host.pass(9 * MINUTE).tick().none());
    host.callback(&kept, CODE).exchange();
}

#[test]
fn next_due_time_includes_the_sign_in_expiry() {
    let mut host = SessionHost::new();
    host.start();
    let due = host.sessions.next_due().unwrap() - host.now.monotonic;
    assert_eq!(due, 10 * MINUTE);
    assert!(host.tick_when_due().changed());
    assert!(host.sessions.sign_ins().is_empty());
    assert_eq!(host.outcomes(RecordKind::SignInFailed), ["sign_in_expired"]);
}

#[test]
fn sixth_sign_in_evicts_the_oldest() {
    let mut host = SessionHost::new();
    let started: Vec<_> = (0..6).map(|_| host.start().kept).collect();
    assert_eq!(host.sessions.sign_ins().len(), 5);
    let dropped = host.callback(&started[0], CODE);
    assert_eq!(dropped.refused(), ["state_used"]);
    for kept in &started[1..] {
        host.callback(kept, CODE).exchange();
    }
}

#[test]
fn exchanging_sign_in_is_not_evicted() {
    let mut host = SessionHost::new();
    let (_, key) = host.exchange();
    (0..6).for_each(|_| drop(host.start()));
    assert_eq!(host.sessions.sign_ins().len(), 6);
    host.token_answered(key, super::host::ok(&super::host::pair(1)))
        .introspect();
}

#[test]
fn unknown_state_changes_nothing() {
    for query in [
        "state=forged&code=x",
        "state=forged&error=access_denied",
        "state=forged",
        "state=forged&code=x&error=y",
    ] {
        let mut host = SessionHost::new();
        let connection = host.connect_with(start(client("sandbox")), SUBJECT, &eternal(1));
        host.pass(29 * MINUTE);
        let view = host.view(&connection);
        let effects = host.callback_page("sandbox", query, None);
        assert_eq!(effects.refused(), ["state_unknown"], "{query}");
        assert!(!effects.changed() && effects.exchanges().is_empty());
        assert_eq!(host.view(&connection), view);
        // Not even the idle limit is put off.
        host.pass(MINUTE).tick();
        assert_eq!(host.phase(&connection), super::clocks::idle(), "{query}");
    }
}

#[test]
fn unknown_state_keeps_the_pending_sign_in() {
    let mut host = SessionHost::new();
    let kept = host.start().kept;
    for query in ["state=forged&code=x", "state=forged&error=access_denied"] {
        let effects = host.callback_page("sandbox", query, None);
        assert_eq!(effects.refused(), ["state_unknown"]);
    }
    host.callback(&kept, CODE).exchange();
}

#[test]
fn callback_without_a_query_goes_home() {
    let mut host = SessionHost::new();
    host.callback_page("sandbox", "", None).home();
    host.connect(1);
    host.callback_page("sandbox", "", None).home();
}

#[test]
fn each_sign_in_has_a_fresh_state_verifier_and_time() {
    let mut host = SessionHost::new();
    let (first, second) = (host.start(), host.start());
    assert_ne!(first.kept.state, second.kept.state);
    assert_ne!(first.kept.verifier, second.kept.verifier);
    assert_ne!(first.ticket, second.ticket);
    assert_eq!(first.kept.created_at, host.now.wall);
    let ids: Vec<_> = host.sessions.sign_ins().iter().map(|s| s.id).collect();
    assert_eq!(ids, [1, 2]);
    assert!(host.sessions.signing_in() && !host.sessions.is_empty());
    host.feed(Input::SignOut);
    assert!(host.sessions.is_empty());
    host.connect(1);
    assert!(!host.sessions.signing_in() && !host.sessions.is_empty());
}
