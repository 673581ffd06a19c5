//! States that are spent: good for nothing more, for at least ten minutes.

use outlay_oauth::session::io::Input;
use outlay_oauth::time::MINUTE;

use super::host::{CODE, SessionHost, ok, pair, refusal, valid};

#[test]
fn used_state_goes_home_while_connected() {
    let mut host = SessionHost::new();
    let (kept, key) = host.exchange();
    let (key, _) = host.token_answered(key, ok(&pair(1))).introspect();
    host.introspected(key, valid("urn:one"));
    for query in [CODE, "state={state}&error=access_denied", "state={state}"] {
        host.callback(&kept, query).home();
    }
}

#[test]
fn used_state_is_an_error_without_a_connection() {
    let mut host = SessionHost::new();
    let (kept, key) = host.exchange();
    host.token_answered(key, refusal("invalid_grant"));
    let effects = host.callback(&kept, CODE);
    assert_eq!(effects.refused(), ["state_used"]);
    assert!(
        effects.exchanges().is_empty(),
        "the code is never sent again"
    );
}

#[test]
fn used_state_with_only_an_ended_connection_is_an_error() {
    let mut host = SessionHost::new();
    let (kept, key) = host.exchange();
    let (key, _) = host.token_answered(key, ok(&pair(1))).introspect();
    host.introspected(key, valid("urn:one"));
    host.pass(31 * MINUTE).tick();
    assert_eq!(host.callback(&kept, CODE).refused(), ["state_used"]);
}

#[test]
fn stored_copy_does_not_revive_a_used_state() {
    let ends: [fn(&mut SessionHost); 3] = [
        |host| drop(host.feed(Input::SignOut)),
        |host| (0..5).for_each(|_| drop(host.start())),
        |host| drop(host.pass(10 * MINUTE).tick()),
    ];
    for end in ends {
        let mut host = SessionHost::new();
        let kept = host.start().kept;
        end(&mut host);
        let query = format!("state={}&code=x", kept.state.as_str());
        let effects = host.callback_page("sandbox", &query, Some(kept));
        assert_eq!(effects.refused(), ["state_used"]);
        assert!(effects.exchanges().is_empty());
    }
}

#[test]
fn twenty_used_states_are_remembered_at_any_age() {
    let mut host = SessionHost::new();
    let kept: Vec<_> = (0..20).map(|_| deny(&mut host)).collect();
    host.pass(60 * MINUTE).tick();
    for kept in &kept {
        assert_eq!(host.callback(kept, CODE).refused(), ["state_used"]);
    }
    deny(&mut host);
    assert_eq!(host.callback(&kept[0], CODE).refused(), ["state_unknown"]);
    assert_eq!(host.callback(&kept[1], CODE).refused(), ["state_used"]);
}

/// More than twenty within ten minutes: a stored copy of the first would still be young enough.
#[test]
fn used_states_are_remembered_for_ten_minutes_at_any_count() {
    let mut host = SessionHost::new();
    let first = deny(&mut host);
    (0..40).for_each(|_| drop(deny(&mut host)));
    host.pass(10 * MINUTE - 1);
    let query = format!("state={}&code=x", first.state.as_str());
    let effects = host.callback_page("sandbox", &query, Some(first));
    assert_eq!(effects.refused(), ["state_used"]);
    host.pass(MINUTE);
    let next = deny(&mut host);
    assert_eq!(host.callback(&next, CODE).refused(), ["state_used"]);
}

fn deny(host: &mut SessionHost) -> outlay_oauth::session::io::PendingSignIn {
    let kept = host.start().kept;
    let effects = host.callback(&kept, "state={state}&error=access_denied");
    assert_eq!(effects.refused(), ["access_denied"]);
    kept
}
