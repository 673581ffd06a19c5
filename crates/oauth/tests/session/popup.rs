//! A sign-in in a window of its own: its opener hears how it ends, whatever the end is.

use outlay_oauth::session::io::{Effect, Input, Start, Ticket};
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::effects::Effects;
use super::host::{CODE, Host, SUBJECT, client, http, ok, pair, start, valid};

const OPENER: Ticket = Ticket(1_000);

/// A popup's sign-in that its opener watches.
fn opened(host: &mut Host) -> outlay_oauth::session::io::Kept {
    let popup = Start {
        popup: true,
        ..start(client("sandbox"))
    };
    let kept = host.start_with(popup).kept;
    let sign_in = newest(host);
    let effects = watch(host, sign_in);
    assert!(effects.0.is_empty(), "{effects:?}");
    kept
}

fn newest(host: &Host) -> u32 {
    host.sessions.sign_ins().last().expect("a sign-in").id
}

fn watch(host: &mut Host, sign_in: u32) -> Effects {
    let ticket = OPENER;
    host.feed(Input::WatchSignIn { ticket, sign_in })
}

/// What the opener hears: `ok` or a code; and whether everybody was told of the window.
fn heard(effects: &Effects) -> Option<&str> {
    let told = effects.0.iter().filter_map(|effect| match effect {
        Effect::SignedIn { ticket, popup, .. } => Some((ticket, "ok", popup)),
        Effect::SignInFailed {
            ticket,
            refusal,
            popup,
            ..
        } => Some((ticket, refusal.code, popup)),
        _ => None,
    });
    let told: Vec<_> = told.collect();
    assert!(told.iter().all(|(_, _, popup)| **popup), "{effects:?}");
    let mut of_opener = told.iter().filter(|(ticket, ..)| **ticket == OPENER);
    let outcome = of_opener.next().map(|(_, outcome, _)| *outcome);
    assert!(of_opener.next().is_none(), "told twice: {effects:?}");
    outcome
}

#[test]
fn the_opener_hears_of_success_beside_the_callback_page() {
    let mut host = Host::new();
    let kept = opened(&mut host);
    let (key, _) = host.callback(&kept, CODE).exchange();
    let (key, _) = host.token_answered(key, ok(&pair(1))).introspect();
    let effects = host.introspected(key, valid(SUBJECT));
    assert_eq!(heard(&effects), Some("ok"));
    let told = |effect: &&Effect| matches!(effect, Effect::SignedIn { .. });
    assert_eq!(
        effects.0.iter().filter(told).count(),
        2,
        "and so does the popup"
    );
}

#[test]
fn the_opener_hears_of_every_failure() {
    let mut denied = Host::new();
    let kept = opened(&mut denied);
    let effects = denied.callback(&kept, "state={state}&error=access_denied");
    assert_eq!(heard(&effects), Some("access_denied"));

    let mut refused = Host::new();
    let kept = opened(&mut refused);
    let (key, _) = refused.callback(&kept, CODE).exchange();
    let effects = refused.token_answered(key, http(400, r#"{"error":"invalid_grant"}"#));
    assert!(heard(&effects).is_some_and(|code| code != "ok"));

    let mut late = Host::new();
    opened(&mut late);
    let effects = late.pass(10 * MINUTE).tick();
    assert_eq!(heard(&effects), Some("sign_in_expired"));

    let mut out = Host::new();
    opened(&mut out);
    assert_eq!(heard(&out.feed(Input::SignOut)), Some("sign_in_cancelled"));

    let mut cancelled = Host::new();
    opened(&mut cancelled);
    let sign_in = newest(&cancelled);
    let effects = cancelled.feed(Input::CancelSignIn { sign_in });
    assert_eq!(heard(&effects), Some("sign_in_cancelled"));

    let mut crowded = Host::new();
    opened(&mut crowded);
    for _ in 0..4 {
        crowded.start();
    }
    let mut effects = Effects(Vec::new());
    // The fifth beside it drops the oldest, which is the popup's.
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
    assert_eq!(heard(&effects), Some("sign_in_cancelled"));
}

#[test]
fn whoever_watches_what_is_not_there_is_told_so() {
    let mut host = Host::new();
    let effects = watch(&mut host, 7);
    assert_eq!(effects.refused(), ["sign_in_cancelled"]);
    // An exchange that was given up is no sign-in any more.
    host.exchange();
    let sign_in = newest(&host);
    host.feed(Input::CancelSignIn { sign_in });
    assert_eq!(watch(&mut host, sign_in).refused(), ["sign_in_cancelled"]);
}

#[test]
fn the_countdown_starts_with_a_connection_and_anew_with_activity() {
    let mut host = Host::new();
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
    assert_eq!(host.sessions.idle_left(host.now), None, "nobody is left");
}
