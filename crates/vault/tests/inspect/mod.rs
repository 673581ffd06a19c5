//! What a page may inspect: the flow, without its secrets.

use outlay_vault::message::Authorization;
use outlay_vault::message::{FlowStep, FlowStepKind, VaultReply, VaultRequest};

use crate::support::{TestPage, TestVault, callback, get, start, tokens};
use crate::{SECOND, TOKEN};

fn steps(page: &TestPage) -> Vec<FlowStep> {
    let Ok((VaultReply::Steps { steps }, _)) = page.ask(VaultRequest::Inspect) else {
        panic!("no steps");
    };
    let steps = steps.iter().map(|step| outlay_wire::from_text(step));
    steps.map(Option::unwrap).collect()
}

fn kinds(steps: &[FlowStep]) -> Vec<&str> {
    steps.iter().map(|step| step.kind.word()).collect()
}

#[test]
fn flow_is_recorded_without_secrets() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    vault.advance(61 * SECOND);
    let call = page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer(401, "");
    let refresh = vault.one_sent();
    assert!(refresh.is(outlay_vault::message::Method::Post, TOKEN));
    refresh.answer(200, &tokens("2"));
    vault.one_sent().answer(200, "{}");
    page.reply(call).unwrap();

    let steps = steps(&page);
    assert_eq!(
        kinds(&steps),
        [
            "authorize",
            "callback",
            "exchange",
            "introspect",
            "refresh",
            "call",
            "call"
        ]
    );
    let [authorize, callback, exchange, _, refresh, refused, replayed] = &steps[..] else {
        panic!("{steps:?}");
    };
    for part in [
        "response_type=code",
        "code_challenge_method=S256",
        "state=~",
    ] {
        assert!(authorize.sent.contains(part), "{}", authorize.sent);
    }
    assert!(callback.came.contains("code=~"), "{}", callback.came);
    for part in [
        "grant_type=authorization_code",
        "code=~",
        "code_verifier=~43~",
    ] {
        assert!(exchange.sent.contains(part), "{}", exchange.sent);
    }
    for part in ["access_token=~15~", "refresh_token=~16~", "expires_in="] {
        assert!(refresh.came.contains(part), "{}", refresh.came);
    }
    assert_eq!((refused.status, replayed.status), (Some(401), Some(200)));
    assert_eq!(replayed.sent, "GET /v1/companies");
    assert_eq!(replayed.connection.as_deref(), Some(&*connection));
    // The state is the same one all the way, and the token sent is the one that came.
    let print = |text: &str, name: &str| {
        let pair = text.split('&').find(|pair| pair.starts_with(name));
        pair.map(str::to_owned)
    };
    assert_eq!(
        print(&authorize.sent, "state="),
        print(&callback.came, "state=")
    );
    assert_eq!(
        print(&refresh.sent, "refresh_token="),
        print(&exchange.came, "refresh_token=")
    );
    assert!(!page.everything().contains("secret-"));
}

#[test]
fn many_calls_do_not_evict_sign_in_steps() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    for _ in 0..100 {
        let call = page.send(get(&connection, "/v1/companies"));
        vault.one_sent().answer(200, "{}");
        page.reply(call).unwrap();
    }
    let steps = steps(&page);
    assert_eq!(kinds(&steps)[..2], ["authorize", "callback"]);
    let calls = steps
        .iter()
        .filter(|step| step.kind == FlowStepKind::Call)
        .count();
    assert_eq!(calls, outlay_vault::message::STEPS);
}

#[test]
fn sign_out_clears_the_flow() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    vault.connect(&page, "1");
    assert!(!steps(&page).is_empty());
    page.ask(VaultRequest::SignOut).unwrap();
    let left = steps(&page);
    assert!(
        left.iter().all(|step| step.kind == FlowStepKind::Revoke),
        "{left:?}"
    );
}

#[test]
fn exchange_answered_after_sign_out_leaves_no_outline() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let state = page.start();
    page.send(callback(&state));
    let exchange = vault.one_sent();
    page.ask(VaultRequest::SignOut).unwrap();
    exchange.answer(200, &tokens("1"));
    let left = steps(&page);
    assert!(
        left.iter().all(|step| step.kind == FlowStepKind::Revoke),
        "{left:?}"
    );
}

#[test]
fn subject_of_a_link_is_sent_in_place_of_the_configured_one() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let with = |subject: &str| {
        let VaultRequest::StartSignIn(mut asked) = start("sandbox", None, &["users:read"]) else {
            panic!("a start");
        };
        asked.subject = Some(subject.to_owned());
        VaultRequest::StartSignIn(asked)
    };
    let urn = "urn:pleo:company:0f8fad5b-d9cb-469f-a165-70867728950e";
    let Ok((VaultReply::Authorize(Authorization { url, .. }), _)) = page.ask(with(urn)) else {
        panic!("no way to Pleo");
    };
    let sent = url
        .split('&')
        .find(|pair| pair.starts_with("urn_pleo_params_oauth_subject="));
    assert_eq!(
        sent,
        Some(&*format!(
            "urn_pleo_params_oauth_subject={}",
            urn.replace(':', "%3A")
        ))
    );
    let long = ["urn:", &"x".repeat(200)].concat();
    for wrong in ["", "company", "urn:pleo:company:a b", "urn:\u{e9}", &long] {
        assert_eq!(page.code(with(wrong)), "subject_refused", "{wrong}");
    }
}
