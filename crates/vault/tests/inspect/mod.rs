//! What a page may inspect: the flow, without its secrets.

use outlay_vault::message::{Reply, Request, Step};

use crate::support::{Page, World, callback, get, start, tokens};
use crate::{SECOND, TOKEN};

fn steps(page: &Page) -> Vec<Step> {
    let Ok((Reply::Steps { steps }, _)) = page.ask(Request::Inspect) else {
        panic!("no steps");
    };
    let steps = steps.iter().map(|step| outlay_wire::from_text(step));
    steps.map(Option::unwrap).collect()
}

fn kinds(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| &*step.kind).collect()
}

#[test]
fn the_flow_is_told_and_no_secret_of_it() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    world.advance(61 * SECOND);
    let call = page.send(get(&connection, "/v1/companies"));
    world.one_sent().answer(401, "");
    let refresh = world.one_sent();
    assert!(refresh.is(outlay_vault::message::Method::Post, TOKEN));
    refresh.answer(200, &tokens("2"));
    world.one_sent().answer(200, "{}");
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
fn many_calls_push_no_sign_in_out() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    for _ in 0..100 {
        let call = page.send(get(&connection, "/v1/companies"));
        world.one_sent().answer(200, "{}");
        page.reply(call).unwrap();
    }
    let steps = steps(&page);
    assert_eq!(kinds(&steps)[..2], ["authorize", "callback"]);
    let calls = steps.iter().filter(|step| step.kind == "call").count();
    assert_eq!(calls, outlay_vault::message::STEPS);
}

#[test]
fn signing_out_leaves_nothing_to_inspect() {
    let world = World::new();
    let (page, _) = world.page();
    world.connect(&page, "1");
    assert!(!steps(&page).is_empty());
    page.ask(Request::SignOut).unwrap();
    let left = steps(&page);
    assert!(left.iter().all(|step| step.kind == "revoke"), "{left:?}");
}

#[test]
fn an_exchange_that_is_answered_after_the_sign_out_leaves_no_outline() {
    let world = World::new();
    let (page, _) = world.page();
    let state = page.start();
    page.send(callback(&state));
    let exchange = world.one_sent();
    page.ask(Request::SignOut).unwrap();
    exchange.answer(200, &tokens("1"));
    let left = steps(&page);
    assert!(left.iter().all(|step| step.kind == "revoke"), "{left:?}");
}

#[test]
fn the_subject_of_a_link_is_passed_on_and_nothing_else_for_it() {
    let world = World::new();
    let (page, _) = world.page();
    let with = |subject: &str| {
        let Request::StartSignIn(mut asked) = start("sandbox", None, &["users:read"]) else {
            panic!("a start");
        };
        asked.subject = Some(subject.to_owned());
        Request::StartSignIn(asked)
    };
    let urn = "urn:pleo:company:0f8fad5b-d9cb-469f-a165-70867728950e";
    let Ok((Reply::Authorize { url, .. }, _)) = page.ask(with(urn)) else {
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
