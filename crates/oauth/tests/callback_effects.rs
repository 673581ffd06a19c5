//! What the callback page may bring, held against the whole machine: which code a person sees, and
//! whether the sign-in that is pending meanwhile can still succeed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use outlay_oauth::client::ClientSettings;
use outlay_oauth::session::io::{Effect, Input, PendingSignIn, SignInStart, Ticket};
use outlay_oauth::session::{SessionLimits, Sessions};
use outlay_oauth::state::StateValue;
use outlay_oauth::time::{MINUTE, Now};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const ISSUER: &str = "https://auth.example";
const ISS: &str = "&iss=https%3A%2F%2Fauth.example";

/// A vault in which one sign-in is pending.
struct CallbackVault {
    sessions: Sessions,
    now: Now,
    rng: ChaCha20Rng,
    kept: PendingSignIn,
}

/// What became of a callback, and of the sign-in that was pending.
#[derive(Debug, PartialEq, Eq)]
enum CallbackEffect {
    /// The code is being exchanged.
    Exchanged,
    /// Refused, and the sign-in can still succeed.
    Refused(&'static str),
    /// Refused, and the sign-in is over.
    Consumed(&'static str),
    /// The callback page leads home.
    Home,
}

use CallbackEffect::{Consumed, Exchanged, Home, Refused};

const DUPLICATE: CallbackEffect = Refused("callback_duplicate");
const TOO_LONG: CallbackEffect = Refused("callback_too_long");
const MALFORMED: CallbackEffect = Consumed("callback_malformed");

impl CallbackVault {
    fn new() -> CallbackVault {
        let mut vault = CallbackVault {
            sessions: Sessions::new(SessionLimits::default()),
            now: Now {
                monotonic: MINUTE,
                wall: 1_790_000_000_000,
            },
            rng: ChaCha20Rng::seed_from_u64(1),
            kept: PendingSignIn {
                state: StateValue::received("none"),
                verifier: outlay_oauth::pkce::kept_verifier(&"v".repeat(43)).unwrap(),
                created_at: 0,
                start: start("sandbox").into(),
            },
        };
        let (ticket, start) = (Ticket(1), start("sandbox").into());
        let effects = vault.feed(Input::Start { ticket, start });
        vault.kept = effects
            .into_iter()
            .find_map(|effect| match effect {
                Effect::Authorize { kept, .. } => Some(kept),
                _ => None,
            })
            .expect("a sign-in");
        vault
    }

    fn feed(&mut self, input: Input) -> Vec<Effect> {
        self.sessions.handle(input, self.now, &mut self.rng)
    }

    /// The callback page of `profile` with this query, its marks put in.
    fn callback(&mut self, profile: &str, query: &str) -> Vec<Effect> {
        let many: String = (2..66).map(|n| format!("&p{n}=1")).collect();
        let query = query
            .replace("{s}", self.kept.state.as_str())
            .replace("{i}", ISS)
            .replace("{long}", &"x".repeat(100_000))
            .replace("{many}", &many);
        self.feed(Input::Callback {
            ticket: Ticket(2),
            profile: profile.to_owned(),
            query,
            kept: None,
        })
    }

    fn expected_effect(&mut self, profile: &str, query: &str) -> CallbackEffect {
        let effects = self.callback(profile, query);
        for effect in effects {
            match effect {
                Effect::Exchange { .. } => return Exchanged,
                Effect::SignedIn { .. } => return Home,
                Effect::SignInFailed { refusal, .. } if self.can_succeed() => {
                    return Refused(refusal.code.word());
                }
                Effect::SignInFailed { refusal, .. } => return Consumed(refusal.code.word()),
                _ => {}
            }
        }
        panic!("the callback page gets no result: {query}")
    }

    /// Whether the true answer would be taken. It is spent by asking.
    fn can_succeed(&mut self) -> bool {
        let effects = self.callback("sandbox", "state={s}&code=true{i}");
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Exchange { .. }))
    }
}

fn start(profile: &str) -> SignInStart {
    let client = ClientSettings {
        profile: profile.to_owned(),
        client_id: "outlay-test".to_owned(),
        authorization_endpoint: "https://auth.example/oauth/authorize".to_owned(),
        token_endpoint: "https://auth.example/oauth/token".to_owned(),
        revocation_endpoint: None,
        api_base: "https://api.example".to_owned(),
        redirect_uri: format!("https://outlay.example/callback/{profile}"),
        issuer: Some(ISSUER.to_owned()),
        subject: None,
        refresh_grace: 0,
    };
    SignInStart {
        client: client.into(),
        scopes: Vec::new(),
        return_to: "/entries".to_owned(),
        target: None,
        popup: false,
    }
}

/// `{s}` stands for the `state`, `{i}` for the issuer's parameter.
#[test]
fn every_callback_query_has_its_effect_on_the_pending_sign_in() {
    for (what, query, expected_effect) in [
        ("as it should be", "state={s}&code=c{i}", Exchanged),
        (
            "more next to it",
            "utm=1&state={s}&code=c{i}&Code=d",
            Exchanged,
        ),
        ("an empty error", "state={s}&code=c&error={i}", Exchanged),
        ("a reload after the scrub", "", Home),
        ("nothing but &", "&&", Refused("state_unknown")),
        ("no state", "code=c{i}", Refused("state_unknown")),
        (
            "an empty state",
            "state=&code=c{i}",
            Refused("state_unknown"),
        ),
        ("odd case", "State={s}&code=c{i}", Refused("state_unknown")),
        ("a forgery", "state=f&code=c{i}", Refused("state_unknown")),
        ("a denial", "state=f&error=e{i}", Refused("state_unknown")),
        ("more", "state={s}x&code=c{i}", Refused("state_unknown")),
        ("a space", "state=+{s}&code=c{i}", Refused("state_unknown")),
        ("two", "state={s}&state={s}&code=c{i}", DUPLICATE),
        ("a forged first", "state=f&state={s}&code=c{i}", DUPLICATE),
        ("two codes", "state={s}&code=c&code=d{i}", DUPLICATE),
        ("one hidden", "state={s}&code=c&%63ode=d{i}", DUPLICATE),
        ("two issuers", "state={s}&code=c{i}{i}", DUPLICATE),
        (
            "an unknown name twice",
            "state={s}&code=c&x&x{i}",
            Exchanged,
        ),
        (
            "not UTF-8",
            "state={s}&code=%ff{i}",
            Refused("callback_malformed"),
        ),
        (
            "nor here",
            "state={s}&code=c&iss=%c3",
            Refused("callback_malformed"),
        ),
        ("100 kB of code", "state={s}&code={long}{i}", TOO_LONG),
        ("100 kB of state", "state={s}{long}&code=c{i}", TOO_LONG),
        ("100 kB of words", "state={s}&error={long}{i}", TOO_LONG),
        ("66 parameters", "state={s}&code=c{many}{i}", Exchanged),
        ("no issuer", "state={s}&code=c", Consumed("issuer_missing")),
        ("empty", "state={s}&code=c&iss=", Consumed("issuer_missing")),
        ("denied", "state={s}&error=e", Consumed("issuer_missing")),
        (
            "other",
            "state={s}&code=c&iss=x",
            Consumed("issuer_mismatch"),
        ),
        (
            "a slash",
            "state={s}&code=c{i}/",
            Consumed("issuer_mismatch"),
        ),
        (
            "denied",
            "state={s}&error=e&iss=x",
            Consumed("issuer_mismatch"),
        ),
        ("both", "state={s}&code=c&error=e{i}", MALFORMED),
        ("neither", "state={s}{i}", MALFORMED),
        (
            "in the fragment",
            "#state={s}&code=c{i}",
            Consumed("callback_fragment"),
        ),
        (
            "a forged one in the fragment",
            "#state=f&code=c{i}",
            Refused("state_unknown"),
        ),
        (
            "a second question mark",
            "x=1?code=c&state={s}{i}",
            Consumed("callback_rewritten"),
        ),
        (
            "escaped for HTML",
            "code=c&amp;state={s}{i}",
            Refused("callback_rewritten"),
        ),
        ("a sign behind it", "state={s}&code=c{i}#_=_", Exchanged),
        ("nothing but a sign", "#_=_", Home),
        ("an empty code", "state={s}&code={i}", MALFORMED),
        ("a code of odd case", "state={s}&CODE=c{i}", MALFORMED),
    ] {
        assert_eq!(
            CallbackVault::new().expected_effect("sandbox", query),
            expected_effect,
            "{what}: {query}"
        );
    }
}

#[test]
fn every_server_error_has_its_code() {
    for (error, code) in [
        ("access_denied", "access_denied"),
        ("invalid_request", "invalid_request"),
        ("invalid_scope", "invalid_scope"),
        ("server_error", "server_error"),
        ("temporarily_unavailable", "temporarily_unavailable"),
        ("unauthorized_client", "unauthorized_client"),
        ("unsupported_response_type", "unsupported_response_type"),
        ("login_required", "authorization_error"),
        ("Access_Denied", "authorization_error"),
        ("%E2%82%AC", "authorization_error"),
    ] {
        let query = format!("state={{s}}&error={error}{{i}}");
        let expected_effect = CallbackVault::new().expected_effect("sandbox", &query);
        assert_eq!(expected_effect, Consumed(code), "{error}");
    }
}

#[test]
fn profile_mismatch_is_reported_before_the_response_is_read() {
    for printed_text in ["code=c", "error=access_denied", "code=c&error=e", ""] {
        for iss in ["", ISS, "&iss=https://evil.example"] {
            for profile in ["production", "Sandbox", "sandbox ", ""] {
                let query = format!("state={{s}}&{printed_text}{iss}");
                let expected_effect = CallbackVault::new().expected_effect(profile, &query);
                assert_eq!(
                    expected_effect,
                    Consumed("profile_mismatch"),
                    "{profile} {query}"
                );
            }
        }
    }
}

#[test]
fn expired_and_reused_states_are_rejected() {
    let mut vault = CallbackVault::new();
    vault.now.monotonic += 10 * MINUTE;
    let query = "state={s}&code=c{i}";
    assert_eq!(
        vault.expected_effect("sandbox", query),
        Consumed("sign_in_expired")
    );
    assert_eq!(
        vault.expected_effect("sandbox", query),
        Consumed("state_used")
    );
    let mut vault = CallbackVault::new();
    let denied = "state={s}&error=access_denied{i}";
    assert_eq!(
        vault.expected_effect("sandbox", denied),
        Consumed("access_denied")
    );
    for again in [query, denied, "state={s}"] {
        assert_eq!(
            vault.expected_effect("sandbox", again),
            Consumed("state_used")
        );
    }
}

/// A restart of the vault loses nothing either: the page's own copy is judged by the same rules.
#[test]
fn forged_callback_does_not_consume_the_stored_copy() {
    let kept = CallbackVault::new().kept;
    let mut vault = CallbackVault::new();
    vault.rng = ChaCha20Rng::seed_from_u64(2);
    vault.sessions = Sessions::new(SessionLimits::default());
    let mut bring = |query: String| {
        let input = Input::Callback {
            ticket: Ticket(3),
            profile: "sandbox".to_owned(),
            query,
            kept: Some(kept.clone()),
        };
        vault.feed(input)
    };
    for forged in [
        "state=forged&code=c",
        "code=c",
        "state=forged&error=e",
        "%ff",
    ] {
        let effects = bring(forged.to_owned());
        assert!(!effects.contains(&Effect::Changed), "{forged}");
    }
    let state = kept.state.as_str();
    let effects = bring(format!("state={state}&code=c{ISS}"));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Exchange { .. }))
    );
}

/// The page that left for the server has its copy yet: this is no reload.
#[test]
fn empty_callback_is_reported_and_ends_no_sign_in() {
    for query in ["", "#_=_"] {
        let mut vault = CallbackVault::new();
        let kept = Some(vault.kept.clone());
        let effects = vault.feed(Input::Callback {
            ticket: Ticket(3),
            profile: "sandbox".to_owned(),
            query: query.to_owned(),
            kept,
        });
        let refused = effects.iter().find_map(|effect| match effect {
            Effect::SignInFailed { refusal, .. } => Some(refusal.code.word()),
            _ => None,
        });
        assert_eq!(refused, Some("callback_empty"));
        assert!(vault.can_succeed());
    }
}

proptest! {
    /// Without its `state` no request ends a sign-in.
    #[test]
    fn forged_state_leaves_the_pending_sign_in(
        pieces in proptest::collection::vec(proptest::sample::select(&[
            "state", "code", "error", "iss", "=", "=", "&", "&", "forged", "access_denied", "+", "%20",
            "%ff", "%73tate", "State", "https%3A%2F%2Fauth.example", "é", "\0",
        ][..]), 1..20),
        profile in proptest::sample::select(&["sandbox", "production", ""][..]),
    ) {
        let query = pieces.concat();
        let mut vault = CallbackVault::new();
        let effects = vault.callback(profile, &query);
        let failed = |effect: &Effect| matches!(effect, Effect::SignInFailed { .. });
        prop_assert!(effects.iter().any(failed), "somebody waits");
        prop_assert!(!effects.contains(&Effect::Changed));
        prop_assert!(vault.can_succeed());
    }

    /// Nor does an answer whose form is unsound, even with the right `state`.
    #[test]
    fn malformed_callback_leaves_the_pending_sign_in(
        before in "[a-z&=%]{0,12}",
        fault in proptest::sample::select(&["&iss=%ff", "&error=%ff", "&state=t", "&code=c&code=d"][..]),
        after in "[a-z&=%]{0,12}",
    ) {
        let mut vault = CallbackVault::new();
        let effects = vault.callback("sandbox", &format!("{before}&state={{s}}{fault}{after}"));
        prop_assert!(!effects.contains(&Effect::Changed));
        prop_assert!(vault.can_succeed());
    }
}
