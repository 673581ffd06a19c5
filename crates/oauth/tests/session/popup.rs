//! A sign-in in a popup: its opener gets the result, whatever it is.

use outlay_oauth::session::io::{Effect, Input, SignInStart, Ticket};
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::effects::Effects;
use super::host::{CODE, SUBJECT, SessionHost, client, http, ok, pair, start, valid};

const OPENER: Ticket = Ticket(1_000);

/// A popup's sign-in that its opener watches.
fn opened(host: &mut SessionHost) -> outlay_oauth::session::io::PendingSignIn {
    let popup = SignInStart {
        popup: true,
        ..start(client("sandbox"))
    };
    let kept = host.start_with(popup).kept;
    let sign_in = newest(host);
    let effects = watch(host, sign_in);
    assert!(effects.0.is_empty(), "{effects:?}");
    kept
}

fn newest(host: &SessionHost) -> u32 {
    host.sessions.sign_ins().last().expect("a sign-in").id
}

fn watch(host: &mut SessionHost, sign_in: u32) -> Effects {
    let ticket = OPENER;
    host.feed(Input::WatchSignIn { ticket, sign_in })
}

/// The result for the opener: `ok` or a code; and whether every result mentions the popup.
fn with_events(effects: &Effects) -> Option<&str> {
    let reported = effects.0.iter().filter_map(|effect| match effect {
        Effect::SignedIn { ticket, popup, .. } => Some((ticket, "ok", popup)),
        Effect::SignInFailed {
            ticket,
            refusal,
            popup,
            ..
        } => Some((ticket, refusal.code.word(), popup)),
        _ => None,
    });
    let reported: Vec<_> = reported.collect();
    assert!(reported.iter().all(|(_, _, popup)| **popup), "{effects:?}");
    let mut of_opener = reported.iter().filter(|(ticket, ..)| **ticket == OPENER);
    let outcome = of_opener.next().map(|(_, outcome, _)| *outcome);
    assert!(of_opener.next().is_none(), "reported twice: {effects:?}");
    outcome
}

#[test]
fn popup_opener_receives_success_like_the_callback_page() {
    let mut host = SessionHost::new();
    let kept = opened(&mut host);
    let (key, _) = host.callback(&kept, CODE).exchange();
    let (key, _) = host.token_answered(key, ok(&pair(1))).introspect();
    let effects = host.introspected(key, valid(SUBJECT));
    assert_eq!(with_events(&effects), Some("ok"));
    let reported = |effect: &&Effect| matches!(effect, Effect::SignedIn { .. });
    assert_eq!(
        effects.0.iter().filter(reported).count(),
        2,
        "and so does the popup"
    );
}

#[test]
fn popup_opener_receives_every_failure() {
    let mut denied = SessionHost::new();
    let kept = opened(&mut denied);
    let effects = denied.callback(&kept, "state={state}&error=access_denied");
    assert_eq!(with_events(&effects), Some("access_denied"));

    let mut refused = SessionHost::new();
    let kept = opened(&mut refused);
    let (key, _) = refused.callback(&kept, CODE).exchange();
    let effects = refused.token_answered(key, http(400, r#"{"error":"invalid_grant"}"#));
    assert!(with_events(&effects).is_some_and(|code| code != "ok"));

    let mut late = SessionHost::new();
    opened(&mut late);
    let effects = late.pass(10 * MINUTE).tick();
    assert_eq!(with_events(&effects), Some("sign_in_expired"));

    let mut out = SessionHost::new();
    opened(&mut out);
    assert_eq!(
        with_events(&out.feed(Input::SignOut)),
        Some("sign_in_cancelled")
    );

    let mut cancelled = SessionHost::new();
    opened(&mut cancelled);
    let sign_in = newest(&cancelled);
    let effects = cancelled.feed(Input::CancelSignIn { sign_in });
    assert_eq!(with_events(&effects), Some("sign_in_cancelled"));

    let mut crowded = SessionHost::new();
    opened(&mut crowded);
    for _ in 0..4 {
        crowded.start();
    }
    let mut effects = Effects(Vec::new());
    // The fifth additional one drops the oldest, which is the popup's.
    let ticket = Ticket(crowded.count());
    let another = start(client("sandbox")).into();
    effects.0.extend(
        crowded
            .feed(Input::Start {
                ticket,
                start: another,
            })
            .0,
    );
    assert_eq!(with_events(&effects), Some("sign_in_cancelled"));
}

#[test]
fn watching_an_unknown_sign_in_is_an_error() {
    let mut host = SessionHost::new();
    let effects = watch(&mut host, 7);
    assert_eq!(effects.refused(), ["sign_in_cancelled"]);
    // An exchange that was given up is no sign-in any more.
    host.exchange();
    let sign_in = newest(&host);
    host.feed(Input::CancelSignIn { sign_in });
    assert_eq!(watch(&mut host, sign_in).refused(), ["sign_in_cancelled"]);
}

#[test]
fn idle_countdown_starts_with_a_connection_and_restarts_with_activity() {
    let mut host = SessionHost::new();
    host.tick();
    assert_eq!(host.sessions.idle_left(host.now), None);
    let connection = host.connect(1);
    assert_eq!(host.sessions.idle_left(host.now), Some(30 * MINUTE));
    host.pass(29 * MINUTE);
    assert_eq!(host.sessions.idle_left(host.now), Some(MINUTE));
    assert_eq!(
        host.view(&connection).session_left,
        11 * 60 * MINUTE + 31 * MINUTE
    );
    host.feed(Input::Activity);
    assert_eq!(host.sessions.idle_left(host.now), Some(30 * MINUTE));
    host.pass(30 * MINUTE + SECOND);
    assert_eq!(host.sessions.idle_left(host.now), Some(0));
    host.tick();
    assert_eq!(
        host.sessions.idle_left(host.now),
        None,
        "no connection is left"
    );
}
