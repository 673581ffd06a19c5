//! What servers may answer: each has its stable code, and what the user had stays.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{Fault, Place, Times, When};
use outlay_e2e::login::Consent;
use outlay_e2e::stage::{Setup, Stage, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

const AFTER: When = When::After;

/// A failing page of entries shows its code beside the rows that are there, and goes on from the
/// same place.
async fn fails_and_goes_on(stage: &Stage, fault: Fault, code: &str) -> Outcome {
    let page = stage.page();
    let rows = page.row_count().await?;
    let search = fault
        .at(&[Place::Api])
        .path("/v1/accounting-entries:search");
    stage.sandbox.arm(search, Times::Always).await?;
    let end = "const grid = document.querySelector('[role=grid]');
        const scroller = [grid, ...grid.querySelectorAll('*'), grid.parentElement]
            .find((it) => it.scrollHeight > it.clientHeight + 50);
        scroller.scrollTop = 0; scroller.scrollTop = scroller.scrollHeight";
    stage.browser.run(end, vec![]).await?;
    page.alert(code)
        .await
        .map_err(|error| format!("{code}: {error}"))?;
    assert_eq!(page.row_count().await?, rows, "{code}: the rows stay");
    stage.sandbox.reset_faults().await?;
    page.click("Try again").await?;
    until(&format!("more rows after {code}"), PATIENCE, async || {
        Ok((page.row_count().await? > rows && page.alerts().await?.is_empty()).then_some(()))
    })
    .await
}

/// Firefox says in the page's console what the vault's requests came to, Chromium in the worker's.
const SAID_BY_FIREFOX: &str = "Cross-Origin Request Blocked";

fn faulty() -> Setup {
    Setup {
        console: &[SAID_BY_FIREFOX],
        ..Setup::default()
    }
}

/// What a fault looks like from here. A proxy answers with 502 where nothing came, its own answers are
/// open to the page, and where a redirect leads is nobody's business: the bare status comes.
fn seen_here(stage: &Stage, fault: &Fault, code: &'static str) -> Option<&'static str> {
    match (fault, code) {
        _ if !stage.sandbox.at.proxied => Some(code),
        (Fault::CorsOff { .. }, _) => None,
        (Fault::Lost { .. }, "api_network") => Some("api_server_error"),
        (Fault::Lost { .. }, "token_network") => Some("token_server_error"),
        (Fault::Redirect { .. }, "api_network") => Some("api_malformed"),
        (Fault::Redirect { .. }, "token_network") => Some("token_unexpected_status"),
        _ => Some(code),
    }
}

fn api(name: &str, faults: Vec<(Fault, &'static str)>) {
    play(name, faulty(), |stage| async move {
        stage.connect().await?;
        stage.page().open("/entries").await?;
        stage.page().rows().await?;
        for (fault, code) in faults {
            if let Some(code) = seen_here(&stage, &fault, code) {
                fails_and_goes_on(&stage, fault, code).await?;
            }
        }
        stage.page().wait_session("active").await
    });
}

#[test]
fn every_status_of_the_api_has_its_code_and_the_rows_stay() {
    let status = |status| Fault::Status {
        status,
        when: AFTER,
    };
    // A pause that is longer than anybody is kept waiting is told at once.
    let busy = |status| Fault::Busy {
        status,
        retry_after: Some(60),
        written: "seconds",
        text: "",
        readable: "yes",
    };
    api(
        "statuses",
        vec![
            (status(400), "api_bad_request"),
            (status(404), "not_found"),
            (status(409), "conflict"),
            (status(413), "too_large"),
            (status(415), "api_bad_request"),
            (status(422), "unprocessable"),
            (status(500), "api_server_error"),
            (status(502), "api_server_error"),
            (busy(429), "rate_limited"),
            (busy(503), "api_server_error"),
        ],
    );
}

#[test]
fn every_broken_answer_of_the_api_has_its_code_and_the_rows_stay() {
    api(
        "broken_answers",
        vec![
            (Fault::Html { when: AFTER }, "api_malformed"),
            (Fault::NotJson { when: AFTER }, "api_malformed"),
            (Fault::Empty { when: AFTER }, "api_malformed"),
            (Fault::Cut, "api_network"),
            (Fault::Lost { when: When::Before }, "api_network"),
            (Fault::Redirect { status: 302 }, "api_network"),
            (Fault::CorsOff { only: "all" }, "api_network"),
            (
                Fault::Huge {
                    megabytes: 50,
                    of: "text",
                },
                "api_too_large",
            ),
        ],
    );
}

#[test]
fn a_missing_right_names_its_scope_and_ends_nothing() {
    play("missing_right", Setup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        for status in [401, 403] {
            let refused = Fault::Status {
                status,
                when: AFTER,
            };
            let search = refused
                .at(&[Place::Api])
                .path("/v1/accounting-entries:search");
            stage.sandbox.arm(search, Times::Always).await?;
            page.open("/entries").await?;
            let code = if status == 401 {
                "unauthorised_operation"
            } else {
                "scope_missing"
            };
            let words = page.alert(code).await?;
            assert!(words.contains("accounting-entries:read"), "{words}");
            page.wait_session("active").await?;
            stage.sandbox.reset_faults().await?;
            stage.search_document().await?;
        }
        assert_eq!(stage.sandbox.counters().await?.refresh_presented_again, 0);
        Ok(())
    });
}

/// Each of these makes a sign-in fail with its code; then it succeeds, so nothing was spoilt.
fn exchange(name: &str, faults: Vec<(Fault, &'static str)>) {
    play(name, faulty(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        for (fault, code) in faults {
            let Some(code) = seen_here(&stage, &fault, code) else {
                continue;
            };
            stage
                .sandbox
                .arm(fault.at(&[Place::Exchange]), Times::Once)
                .await?;
            sign_in(&stage).await?;
            page.alert(code)
                .await
                .map_err(|error| format!("{code}: {error}"))?;
            assert_eq!(
                page.session().await?.as_deref(),
                Some("signed-out"),
                "{code}"
            );
            stage.search_document().await?;
            stage.sandbox.reset_faults().await?;
            // A third start within a minute asks first: these are minutes apart for a person.
            stage.browser.run("sessionStorage.clear()", vec![]).await?;
        }
        sign_in(&stage).await?;
        page.wait_session("active").await
    });
}

async fn sign_in(stage: &Stage) -> Outcome {
    stage.page().click("Connect to Pleo").await?;
    stage.decide(&Consent::default()).await
}

#[test]
fn an_exchange_that_brings_no_json_has_its_code() {
    exchange(
        "exchange_no_json",
        vec![
            (Fault::Html { when: AFTER }, "token_not_json"),
            (Fault::NotJson { when: AFTER }, "token_not_json"),
            (Fault::Empty { when: AFTER }, "token_not_json"),
            (Fault::Cut, "token_network"),
        ],
    );
}

#[test]
fn an_exchange_that_brings_no_answer_has_its_code() {
    exchange(
        "exchange_no_answer",
        vec![
            (Fault::Lost { when: AFTER }, "token_network"),
            (Fault::Redirect { status: 307 }, "token_network"),
            (Fault::CorsOff { only: "all" }, "token_network"),
            (
                Fault::Status {
                    status: 500,
                    when: AFTER,
                },
                "token_server_error",
            ),
        ],
    );
}

#[test]
fn an_exchange_that_brings_the_wrong_answer_has_its_code() {
    exchange(
        "exchange_wrong_answer",
        vec![
            (
                Fault::Refuse {
                    error: "invalid_grant",
                    status: 400,
                },
                "invalid_grant",
            ),
            (
                Fault::DropField {
                    field: "access_token",
                },
                "token_malformed",
            ),
            (Fault::TokenType { value: "mac" }, "token_type_unsupported"),
            (
                Fault::Busy {
                    status: 503,
                    retry_after: None,
                    written: "seconds",
                    text: "",
                    readable: "yes",
                },
                "token_busy",
            ),
        ],
    );
}

/// Each of these leaves a field of the token answer unsaid, and the sign-in succeeds.
fn succeeds(name: &str, faults: Vec<Fault>) {
    let setup = Setup {
        // A sign-in for each.
        deadline: Some(Duration::from_secs(120)),
        ..Setup::default()
    };
    play(name, setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        for fault in faults {
            let described = json!(fault).to_string();
            stage
                .sandbox
                .arm(fault.at(&[Place::Exchange]), Times::Once)
                .await?;
            sign_in(&stage).await?;
            page.wait_session("active")
                .await
                .map_err(|error| format!("{described}: {error}"))?;
            stage.search_document().await?;
            page.click("Sign out").await?;
            page.wait_session("signed-out").await?;
            stage.browser.run("sessionStorage.clear()", vec![]).await?;
        }
        Ok(())
    });
}

#[test]
fn a_field_of_a_token_answer_may_be_absent() {
    let without = |field| Fault::DropField { field };
    succeeds(
        "absent_fields",
        vec![
            without("token_type"),
            without("scope"),
            without("expires_in"),
            without("refresh_token"),
        ],
    );
}

#[test]
fn a_life_that_is_no_positive_number_counts_as_absent() {
    let form = |form| Fault::ExpiresIn { form };
    succeeds(
        "odd_lives",
        vec![form("zero"), form("negative"), form("words"), form("null")],
    );
}

#[test]
fn a_life_in_digits_or_with_a_fraction_counts() {
    let form = |form| Fault::ExpiresIn { form };
    succeeds("lives", vec![form("string"), form("fraction")]);
}

/// Each of these makes the callback unsound: it has its code, nothing is exchanged, and the next
/// sign-in works.
fn callback(name: &str, faults: Vec<(Fault, &'static str)>) {
    play(name, Setup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        for (fault, code) in faults {
            stage.sandbox.arm(fault, Times::Once).await?;
            sign_in(&stage).await?;
            page.alert(code)
                .await
                .map_err(|error| format!("{code}: {error}"))?;
            stage.browser.run("sessionStorage.clear()", vec![]).await?;
        }
        assert_eq!(stage.sandbox.counters().await?.exchange, 0);
        sign_in(&stage).await?;
        page.wait_session("active").await
    });
}

#[test]
fn a_callback_that_lacks_or_repeats_something_has_its_code() {
    callback(
        "lacking_callbacks",
        vec![
            (Fault::CallbackDrop { parameter: "state" }, "state_unknown"),
            (
                Fault::CallbackDrop { parameter: "code" },
                "callback_malformed",
            ),
            (
                Fault::CallbackRepeat { parameter: "code" },
                "callback_duplicate",
            ),
        ],
    );
}

#[test]
fn a_callback_that_was_changed_has_its_code() {
    let forged = Fault::CallbackChange {
        parameter: "state",
        value: "changed",
    };
    let both = Fault::CallbackAdd {
        name: "error",
        value: "access_denied",
    };
    callback(
        "changed_callbacks",
        vec![
            (forged, "state_unknown"),
            (both, "callback_malformed"),
            (
                Fault::CallbackRepeat { parameter: "state" },
                "callback_duplicate",
            ),
        ],
    );
}
