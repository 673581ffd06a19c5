//! A sign-in that outlived its vault in a page's copy.

use outlay_oauth::pkce;
use outlay_oauth::session::io::PendingSignIn;
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::effects::field;
use super::host::{CODE, SessionHost, client};

/// What the page of a dead vault kept, and a vault that knows nothing of it.
fn orphaned() -> (PendingSignIn, SessionHost) {
    let kept = SessionHost::seeded(9).start().kept;
    (kept, SessionHost::seeded(2))
}

fn query(kept: &PendingSignIn, rest: &str) -> String {
    format!("state={}&{rest}", kept.state.as_str())
}

#[test]
fn stored_copy_is_accepted_up_to_ten_minutes() {
    let minute = i64::try_from(MINUTE).unwrap();
    for (age, alive) in [
        (0, true),
        (1, true),
        (10 * minute - 1, true),
        (10 * minute, false),
        (11 * minute, false),
        (-1, false),
        (-120 * minute, false),
    ] {
        let (kept, mut host) = orphaned();
        host.now.wall = host.now.wall.checked_add_signed(age).unwrap();
        let effects = host.callback_page("sandbox", &query(&kept, "code=x"), Some(kept.clone()));
        if alive {
            let (_, body) = effects.exchange();
            assert_eq!(field(&body, "code_verifier"), kept.verifier.reveal());
        } else {
            assert_eq!(effects.refused(), ["sign_in_expired"], "{age}");
            let again = host.callback_page("sandbox", &query(&kept, "code=x"), Some(kept));
            assert_eq!(again.refused(), ["state_used"], "{age}");
        }
    }
}

#[test]
fn restarted_vault_counts_the_age_from_the_stored_copy() {
    let (kept, mut host) = orphaned();
    host.now.monotonic = 10;
    host.now.wall += 9 * MINUTE;
    let effects = host.callback_page("sandbox", &query(&kept, "code=x"), Some(kept));
    effects.exchange();
}

#[test]
fn stored_copy_is_checked_by_the_same_rules() {
    for (profile, rest, code) in [
        ("production", "code=x", "profile_mismatch"),
        ("sandbox", "error=access_denied", "access_denied"),
        ("sandbox", "code=x&error=y", "callback_malformed"),
        ("sandbox", "code=x&code=x", "callback_duplicate"),
    ] {
        let (kept, mut host) = orphaned();
        let effects = host.callback_page(profile, &query(&kept, rest), Some(kept));
        assert_eq!(effects.refused(), [code]);
    }
}

#[test]
fn stored_copy_of_another_state_is_ignored() {
    let (kept, mut host) = orphaned();
    let other = SessionHost::seeded(3).start().kept;
    let effects = host.callback_page("sandbox", &query(&kept, "code=x"), Some(other));
    assert_eq!(effects.refused(), ["state_unknown"]);
    assert!(host.sessions.is_empty());
}

#[test]
fn vault_copy_overrides_the_stored_copy() {
    let mut host = SessionHost::new();
    let kept = host.start().kept;
    let forged = PendingSignIn {
        verifier: pkce::kept_verifier(&"a".repeat(43)).unwrap(),
        start: super::host::start(client("production")).into(),
        ..kept.clone()
    };
    let effects = host.callback_page("sandbox", &query(&kept, "code=x"), Some(forged));
    let (_, body) = effects.exchange();
    assert_eq!(field(&body, "code_verifier"), kept.verifier.reveal());
}

#[test]
fn stored_copy_is_accepted_beyond_the_pending_limit() {
    let (kept, mut host) = orphaned();
    let pending: Vec<_> = (0..5).map(|_| host.start().kept).collect();
    let effects = host.callback_page("sandbox", &query(&kept, "error=access_denied"), Some(kept));
    assert_eq!(effects.refused(), ["access_denied"]);
    host.pass(SECOND);
    for kept in &pending {
        host.callback(kept, CODE).exchange();
    }
}
