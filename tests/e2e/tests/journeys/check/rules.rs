//! Each rule of the sandbox switched off in turn: it fails, what rests on it is unknown, the rest
//! passes.

use std::time::Instant;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault, SandboxOrder};
use outlay_e2e::stage::{Stage, play};

use super::{card, ready, setup};

/// The faults, the rows that fail for them, and those that cannot be known.
type ConsentForm = (
    Vec<SandboxOrder>,
    &'static [&'static str],
    &'static [&'static str],
);

/// What a proxy hides: its answers are of the page's own origin, and it lets no revocation through.
const BEHIND_A_PROXY: [&str; 3] = ["token_cors", "api_cors", "revocation"];

/// A card per form, each judged row by row.
pub async fn broken(stage: &Stage, forms: Vec<ConsentForm>) -> Outcome {
    ready(stage).await?;
    let proxied = stage.sandbox.at.proxied;
    for (faults, fails, unknown) in forms {
        if proxied && fails.iter().any(|rule| BEHIND_A_PROXY.contains(rule)) {
            continue;
        }
        stage.sandbox.reset_faults().await?;
        let named = SandboxFault::Iss { value: "right" };
        stage.sandbox.arm(named, FaultTimes::Always).await?;
        for fault in faults {
            stage.sandbox.arm(fault, FaultTimes::Always).await?;
        }
        let begun = Instant::now();
        let rows = card(stage).await?;
        println!("{fails:?} took {:?}", begun.elapsed());
        assert_eq!(rows.len(), 21, "{rows:?}");
        for (rule, (verdict, reason)) in &rows {
            let rule = rule.as_str();
            let expected = match rule {
                _ if fails.contains(&rule) => "fail",
                "metadata" => "unknown",
                "revocation" if proxied => "unknown",
                // Only the way back shows that anybody is there.
                "server" if proxied && fails.contains(&"state") => "unknown",
                _ if unknown.contains(&rule) => "unknown",
                _ => "pass",
            };
            assert_eq!(
                verdict, expected,
                "{rule}, where these fail: {fails:?}; {rows:?}"
            );
            assert_eq!(*reason, expected == "unknown", "{rule}: {rows:?}");
        }
    }
    Ok(())
}

/// What needs tokens, or the server's word about a code.
const AFTER_EXCHANGE: &[&str] = &[
    "verifier",
    "code_once",
    "expires_in",
    "token_form",
    "rotation",
    "replaced",
    "introspect",
    "revocation",
];

const AFTER_TOKEN: &[&str] = &[
    "error_cors",
    "no_secret",
    "verifier",
    "code_once",
    "expires_in",
    "token_form",
    "rotation",
    "replaced",
    "introspect",
    "revocation",
];

/// What any answer of the authorization endpoint decides, and what comes after it.
const AFTER_ANSWER: &[&str] = &[
    "no_secret",
    "issuer",
    "plain",
    "challenge",
    "verifier",
    "code_once",
    "expires_in",
    "token_form",
    "rotation",
    "replaced",
    "scopes",
    "introspect",
    "revocation",
];

/// What the state decides: the form of the answer too.
const AFTER_STATE: &[&str] = &[
    "no_secret",
    "answer_form",
    "issuer",
    "plain",
    "challenge",
    "verifier",
    "code_once",
    "expires_in",
    "token_form",
    "rotation",
    "replaced",
    "scopes",
    "introspect",
    "revocation",
];

#[test]
fn each_disabled_authorization_rule_fails_only_its_check() {
    play("check_authorize", setup(), |stage| async move {
        let forms: Vec<ConsentForm> = vec![
            (vec![SandboxFault::AcceptPlain.into()], &["plain"], &[]),
            (
                vec![SandboxFault::AcceptNoChallenge.into()],
                &["challenge"],
                &[],
            ),
            (
                vec![SandboxFault::AcceptOtherRedirect.into()],
                &["redirect"],
                &[],
            ),
            (
                vec![SandboxFault::GrantTooMuch { what: "unknown" }.into()],
                &["scopes"],
                &[],
            ),
            (
                vec![SandboxFault::CallbackDrop { parameter: "state" }.into()],
                &["state"],
                AFTER_STATE,
            ),
            (
                vec![SandboxFault::Iss { value: "wrong" }.into()],
                &["issuer"],
                AFTER_ANSWER,
            ),
            (vec![SandboxFault::NoSubject.into()], &["introspect"], &[]),
        ];
        broken(&stage, forms).await
    });
}

#[test]
fn each_disabled_token_rule_fails_only_its_check() {
    play("check_token", setup(), |stage| async move {
        let token = [FaultPath::Exchange, FaultPath::Refresh];
        let expires = SandboxFault::DropField {
            field: "expires_in",
        };
        let rotation = SandboxFault::DropField {
            field: "refresh_token",
        };
        let secret = SandboxFault::Refuse {
            error: "invalid_client",
            status: 401,
        };
        let forms: Vec<ConsentForm> = vec![
            (
                vec![SandboxFault::AcceptAnyVerifier.into()],
                &["verifier"],
                &[],
            ),
            (
                vec![SandboxFault::AcceptCodeAgain.into()],
                &["code_once"],
                &[],
            ),
            (
                vec![SandboxFault::AcceptReplacedToken.into()],
                &["replaced"],
                &[],
            ),
            (
                vec![SandboxFault::RevokeNothing.into()],
                &["revocation"],
                &[],
            ),
            (
                vec![expires.at(&[FaultPath::Exchange])],
                &["expires_in"],
                &[],
            ),
            (
                vec![rotation.at(&[FaultPath::Refresh])],
                &["rotation"],
                &["replaced"],
            ),
            (vec![secret.at(&token)], &["no_secret"], AFTER_EXCHANGE),
            (
                vec![SandboxFault::CorsOff { only: "all" }.at(&token)],
                &["token_cors"],
                AFTER_TOKEN,
            ),
            (
                vec![
                    SandboxFault::CorsOff { only: "all" }
                        .at(&[FaultPath::Introspection, FaultPath::Api]),
                ],
                &["api_cors"],
                &["error_cors", "introspect"],
            ),
        ];
        broken(&stage, forms).await
    });
}
