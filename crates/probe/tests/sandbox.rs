//! The connection test against the sandbox: as it should be, and with each rule switched off in turn. The
//! broken rule fails, what rests on it cannot be known, and the rest passes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod support;

use outlay_probe::engine;
use outlay_probe::report::{CheckPhase, Verdict};
use outlay_probe::row::{RULES, RowId};
use serde_json::{Value, json};
use support::{AUTH, Journey, Servers, agreed, report_text, run, setup, with};

use RowId as R;

/// A sandbox that shows everything there is: its issuer, and a revocation endpoint. Only metadata it
/// has none, as Pleo.
fn complete() -> Value {
    json!({"issuer": AUTH, "revocationEndpoint": format!("{AUTH}/oauth/revoke")})
}

fn right_issuer() -> Value {
    json!({"fault": "iss", "value": "right"})
}

#[tokio::test]
async fn unmodified_sandbox_passes_every_check() {
    let servers = Servers::new();
    let card = run(&servers, &servers.profile(&json!({}))).await;
    let unknown = [R::Issuer, R::Revocation, R::Metadata];
    assert_eq!(
        with(&card, Verdict::Unknown),
        unknown,
        "{}",
        report_text(&card)
    );
    assert_eq!(with(&card, Verdict::Fail), [], "{}", report_text(&card));
    assert_eq!(card.phase, CheckPhase::Done);
    assert_eq!(card.want, None);
}

/// A broken form.
struct DisabledRule {
    name: &'static str,
    /// The fault; null for none.
    armed: Value,
    /// Whether the issuer is named, as the profile expects.
    issuer: bool,
    fails: &'static [RowId],
    /// What cannot be known for it.
    unknown: &'static [RowId],
}

fn broken(
    name: &'static str,
    armed: Value,
    fails: &'static [RowId],
    unknown: &'static [RowId],
) -> DisabledRule {
    DisabledRule {
        name,
        armed,
        issuer: true,
        fails,
        unknown,
    }
}

/// Everything that an answer of the authorization endpoint decides, and what comes after it.
const AFTER_ANSWER: &[RowId] = &[
    R::NoSecret,
    R::Plain,
    R::Challenge,
    R::Verifier,
    R::CodeOnce,
    R::ExpiresIn,
    R::TokenForm,
    R::Rotation,
    R::Replaced,
    R::Scopes,
    R::Introspect,
    R::Revocation,
];

/// Everything that needs tokens, or the server's word about a code.
const AFTER_EXCHANGE: &[RowId] = &[
    R::Verifier,
    R::CodeOnce,
    R::ExpiresIn,
    R::TokenForm,
    R::Rotation,
    R::Replaced,
    R::Introspect,
    R::Revocation,
];

fn table() -> Vec<DisabledRule> {
    let all = json!(["refresh", "exchange"]);
    let api = json!(["introspection", "api"]);
    let after_form: &[RowId] = &[
        R::NoSecret,
        R::Issuer,
        R::Plain,
        R::Challenge,
        R::Verifier,
        R::CodeOnce,
        R::ExpiresIn,
        R::TokenForm,
        R::Rotation,
        R::Replaced,
        R::Scopes,
        R::Introspect,
        R::Revocation,
    ];
    let after_state: &[RowId] = &[
        R::NoSecret,
        R::AnswerForm,
        R::Issuer,
        R::Plain,
        R::Challenge,
        R::Verifier,
        R::CodeOnce,
        R::ExpiresIn,
        R::TokenForm,
        R::Rotation,
        R::Replaced,
        R::Scopes,
        R::Introspect,
        R::Revocation,
    ];
    let after_token: &[RowId] = &[
        R::ErrorCors,
        R::NoSecret,
        R::Verifier,
        R::CodeOnce,
        R::ExpiresIn,
        R::TokenForm,
        R::Rotation,
        R::Replaced,
        R::Introspect,
        R::Revocation,
    ];
    let after_errors = &[R::Verifier, R::CodeOnce, R::Replaced, R::Revocation];
    vec![
        broken("nothing", Value::Null, &[], &[]),
        broken("plain", json!({"fault": "accept-plain"}), &[R::Plain], &[]),
        broken(
            "no challenge",
            json!({"fault": "accept-no-challenge"}),
            &[R::Challenge],
            &[],
        ),
        broken(
            "any verifier",
            json!({"fault": "accept-any-verifier"}),
            &[R::Verifier],
            &[],
        ),
        broken(
            "other redirect",
            json!({"fault": "accept-other-redirect"}),
            &[R::Redirect],
            &[],
        ),
        broken(
            "code again",
            json!({"fault": "accept-code-again"}),
            &[R::CodeOnce],
            &[],
        ),
        broken(
            "state dropped",
            json!({"fault": "callback-drop", "parameter": "state"}),
            &[R::State],
            after_state,
        ),
        broken(
            "state changed",
            json!({"fault": "callback-change", "parameter": "state"}),
            &[R::State],
            after_state,
        ),
        broken(
            "state twice",
            json!({"fault": "callback-repeat", "parameter": "state"}),
            &[R::State],
            after_state,
        ),
        broken(
            "the answer in the fragment",
            json!({"fault": "callback-form", "form": "fragment"}),
            &[R::AnswerForm],
            after_form,
        ),
        broken(
            "the answer behind a second question mark",
            json!({"fault": "callback-form", "form": "question"}),
            &[R::AnswerForm],
            after_form,
        ),
        broken(
            "unknown parameters twice, and bytes that are not UTF-8",
            json!({"fault": "callback-raw", "text": "&lang=en&lang=de&x=%E9"}),
            &[],
            &[],
        ),
        broken(
            "scopes separated by commas",
            json!({"fault": "patch", "at": all, "changes": r#"{"/scope":"\"companies:read,users:read\""}"#}),
            &[R::TokenForm],
            &[],
        ),
        broken(
            "iss with a slash",
            json!({"fault": "iss", "value": "slash"}),
            &[R::Issuer],
            AFTER_ANSWER,
        ),
        broken(
            "iss wrong",
            json!({"fault": "iss", "value": "wrong"}),
            &[R::Issuer],
            AFTER_ANSWER,
        ),
        DisabledRule {
            issuer: false,
            ..broken("iss missing", Value::Null, &[R::Issuer], AFTER_ANSWER)
        },
        broken(
            "no expires_in",
            json!({"fault": "drop-field", "at": "exchange", "field": "expires_in"}),
            &[R::ExpiresIn],
            &[],
        ),
        broken(
            "no rotation",
            json!({"fault": "drop-field", "at": "refresh", "field": "refresh_token"}),
            &[R::Rotation],
            &[R::Replaced],
        ),
        broken(
            "no refresh token",
            json!({"fault": "drop-field", "at": "exchange", "field": "refresh_token"}),
            &[R::Rotation],
            &[R::Replaced, R::Revocation],
        ),
        broken(
            "replaced token",
            json!({"fault": "accept-replaced-token"}),
            &[R::Replaced],
            &[],
        ),
        broken(
            "unknown scope",
            json!({"fault": "grant-too-much"}),
            &[R::Scopes],
            &[],
        ),
        broken(
            "scopes unasked",
            json!({"fault": "grant-too-much", "what": "unasked"}),
            &[R::Scopes],
            &[],
        ),
        broken(
            "introspection gone",
            json!({"fault": "status", "at": "introspection", "status": 404}),
            &[R::Introspect],
            &[],
        ),
        broken(
            "no subject",
            json!({"fault": "no-subject"}),
            &[R::Introspect],
            &[],
        ),
        broken(
            "revocation without effect",
            json!({"fault": "revoke-nothing"}),
            &[R::Revocation],
            &[],
        ),
        broken(
            "no CORS on the token endpoint",
            json!({"fault": "cors-off", "at": all}),
            &[R::TokenCors],
            after_token,
        ),
        broken(
            "no CORS on the API",
            json!({"fault": "cors-off", "at": api}),
            &[R::ApiCors],
            &[R::ErrorCors, R::Introspect],
        ),
        broken(
            "no CORS on token errors",
            json!({"fault": "cors-off", "at": all, "only": "errors"}),
            &[R::ErrorCors],
            after_errors,
        ),
        broken(
            "no CORS on API errors",
            json!({"fault": "cors-off", "at": api, "only": "errors"}),
            &[R::ErrorCors],
            &[],
        ),
        broken(
            "a secret wanted",
            json!({"fault": "refuse", "at": all, "error": "invalid_client", "status": 401}),
            &[R::NoSecret],
            AFTER_EXCHANGE,
        ),
        broken(
            "the token endpoint redirects",
            json!({"fault": "redirect", "at": all}),
            &[R::TokenCors],
            after_token,
        ),
    ]
}

#[tokio::test]
async fn each_disabled_rule_fails_its_check() {
    let rows = table();
    assert!(rows.len() > 12);
    for form in rows {
        let servers = Servers::new();
        if form.issuer {
            servers.arm(&right_issuer()).await;
        }
        if !form.armed.is_null() {
            servers.arm(&form.armed).await;
        }
        let card = run(&servers, &servers.profile(&complete())).await;
        let report_text = format!("{}\n{}", form.name, report_text(&card));
        assert_eq!(with(&card, Verdict::Fail), form.fails, "{report_text}");
        // Every failed row has a remedy.
        let advised = |id: &RowId| card.row(*id).is_some_and(|row| !row.fix.is_empty());
        assert!(form.fails.iter().all(advised), "{report_text}");
        let expected = |id: RowId| match id {
            id if form.fails.contains(&id) => Verdict::Fail,
            id if form.unknown.contains(&id) || id == R::Metadata => Verdict::Unknown,
            _ => Verdict::Pass,
        };
        for row in &card.rows {
            assert_eq!(row.verdict, expected(row.id), "{:?}: {report_text}", row.id);
            assert_eq!(
                row.reason.is_some(),
                row.verdict == Verdict::Unknown,
                "{:?}: {report_text}",
                row.id
            );
            if let Some(premise) = row.premise {
                assert!(row.id.rule().premises.contains(&premise), "{report_text}");
                assert_ne!(card.verdict(premise), Verdict::Pass, "{report_text}");
            }
        }
        // Every row that a broken rule left open names a premise or says what happened.
        for id in form.unknown {
            let row = card.row(*id).unwrap();
            assert!(
                row.premise.is_some() || row.reason.is_some(),
                "{report_text}"
            );
        }
    }
}

#[tokio::test]
async fn declined_checks_send_no_request() {
    let servers = Servers::new();
    servers.arm(&right_issuer()).await;
    let profile = servers.profile(&complete());
    let sample_data = Journey::new(&servers);
    let card = engine::run(&sample_data, setup(&profile, Vec::new())).await;
    let mut left: Vec<RowId> = agreed();
    left.push(R::Metadata);
    assert_eq!(
        with(&card, Verdict::Unknown),
        left,
        "{}",
        report_text(&card)
    );
    assert_eq!(with(&card, Verdict::Fail), []);
    let windows = [R::State, R::Plain, R::Challenge, R::Redirect, R::Scopes];
    assert_eq!(*sample_data.opened.borrow(), windows);
    assert_eq!(
        servers
            .sandbox
            .token_store()
            .counters
            .refresh_presented_again,
        0
    );
}

#[tokio::test]
async fn production_profile_reuses_no_code_or_token() {
    let servers = Servers::new();
    servers.arm(&right_issuer()).await;
    let mut more = complete();
    more["kind"] = "production".into();
    let profile = servers.profile(&more);
    // Agreement does not help.
    let card = run(&servers, &profile).await;
    let refused = RULES.iter().filter(|rule| rule.reuses).map(|rule| rule.id);
    let mut unknown: Vec<RowId> = refused.collect();
    assert_eq!(unknown, [R::CodeOnce, R::Replaced, R::Revocation]);
    unknown.push(R::Metadata);
    assert_eq!(
        with(&card, Verdict::Unknown),
        unknown,
        "{}",
        report_text(&card)
    );
    let counters = servers.sandbox.token_store().counters.clone();
    assert_eq!(counters.refresh_presented_again, 0);
    assert_eq!(counters.refresh, 1);
}

#[tokio::test]
async fn report_is_extended_row_by_row() {
    let servers = Servers::new();
    let profile = servers.profile(&json!({}));
    let sample_data = Journey::new(&servers);
    let done = engine::run(&sample_data, setup(&profile, agreed())).await;
    let shown = sample_data.shown.borrow();
    assert_eq!(shown.last(), Some(&done));
    for pair in shown.windows(2) {
        for (before, after) in pair[0].rows.iter().zip(&pair[1].rows) {
            // Only the server's reachability may be known better later on.
            let settled = !matches!(before.verdict, Verdict::Waiting | Verdict::Asking);
            assert!(
                !settled || before.verdict == after.verdict,
                "{:?}",
                after.id
            );
        }
    }
    // While a window is open, the card says which, and what may be answered.
    let wants = shown.iter().filter_map(|card| card.want.as_ref());
    let mut numbers: Vec<u32> = wants.clone().map(|want| want.window).collect();
    numbers.dedup();
    assert_eq!(
        numbers,
        (1..=sample_data.opened.borrow().len() as u32).collect::<Vec<_>>()
    );
    for want in wants {
        assert!(want.url.contains("state=probe."), "{}", want.url);
        assert_eq!(want.answers.len(), 3);
    }
}
