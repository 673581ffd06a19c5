//! What servers may answer: each has its stable code, and what the user had stays.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

const AFTER: FaultWhen = FaultWhen::After;

/// A failing page of entries shows its code beside the rows that are there, and goes on from the
/// same place.
async fn fails_and_goes_on(stage: &Stage, fault: SandboxFault, code: &str) -> Outcome {
    let page = stage.page();
    let rows = page.row_count().await?;
    let search = fault
        .at(&[FaultPath::Api])
        .path("/v1/accounting-entries:search");
    stage.sandbox.arm(search, FaultTimes::Always).await?;
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

fn faulty() -> StageSetup {
    StageSetup {
        console: &[SAID_BY_FIREFOX],
        ..StageSetup::default()
    }
}

/// What a fault looks like from here. A proxy answers with 502 where nothing came, its own answers are
/// open to the page, and where a redirect leads is nobody's business: the bare status comes.
fn seen_here(stage: &Stage, fault: &SandboxFault, code: &'static str) -> Option<&'static str> {
    match (fault, code) {
        _ if !stage.sandbox.at.proxied => Some(code),
        (SandboxFault::CorsOff { .. }, _) => None,
        (SandboxFault::Lost { .. }, "api_network") => Some("api_server_error"),
        (SandboxFault::Lost { .. }, "token_network") => Some("token_server_error"),
        (SandboxFault::Redirect { .. }, "api_network") => Some("api_malformed"),
        (SandboxFault::Redirect { .. }, "token_network") => Some("token_unexpected_status"),
        _ => Some(code),
    }
}

fn api(name: &str, faults: Vec<(SandboxFault, &'static str)>) {
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
fn every_api_status_has_its_code_and_keeps_the_rows() {
    let status = |status| SandboxFault::Status {
        status,
        when: AFTER,
    };
    // A pause that is longer than anybody is kept waiting is told at once.
    let busy = |status| SandboxFault::Busy {
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
fn every_broken_api_response_has_its_code_and_keeps_the_rows() {
    api(
        "broken_answers",
        vec![
            (SandboxFault::Html { when: AFTER }, "api_malformed"),
            (SandboxFault::NotJson { when: AFTER }, "api_malformed"),
            (SandboxFault::Empty { when: AFTER }, "api_malformed"),
            (SandboxFault::Cut, "api_network"),
            (
                SandboxFault::Lost {
                    when: FaultWhen::Before,
                },
                "api_network",
            ),
            (SandboxFault::Redirect { status: 302 }, "api_network"),
            (SandboxFault::CorsOff { only: "all" }, "api_network"),
            (
                SandboxFault::Huge {
                    megabytes: 50,
                    of: "text",
                },
                "api_too_large",
            ),
        ],
    );
}

#[test]
fn missing_permission_names_its_scope_and_keeps_the_connection() {
    play("missing_right", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        for status in [401, 403] {
            let refused = SandboxFault::Status {
                status,
                when: AFTER,
            };
            let search = refused
                .at(&[FaultPath::Api])
                .path("/v1/accounting-entries:search");
            stage.sandbox.arm(search, FaultTimes::Always).await?;
            page.open("/entries").await?;
            let code = if status == 401 {
                "unauthorised_operation"
            } else {
                "scope_missing"
            };
            page.alert_with(code, &["accounting-entries:read"]).await?;
            page.wait_session("active").await?;
            stage.sandbox.reset_faults().await?;
            stage.search_document().await?;
        }
        assert_eq!(stage.sandbox.counters().await?.refresh_presented_again, 0);
        Ok(())
    });
}

/// Each of these makes a sign-in fail with its code; then it succeeds, so nothing was spoilt.
fn exchange(name: &str, faults: Vec<(SandboxFault, &'static str)>) {
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
                .arm(fault.at(&[FaultPath::Exchange]), FaultTimes::Once)
                .await?;
            sign_in(&stage).await?;
            page.alert(code)
                .await
                .map_err(|error| format!("{code}: {error}"))?;
            page.wait_session("signed-out")
                .await
                .map_err(|error| format!("{code}: {error}"))?;
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
    stage.decide(&ConsentChoice::default()).await
}

#[test]
fn exchange_response_without_json_has_its_code() {
    exchange(
        "exchange_no_json",
        vec![
            (SandboxFault::Html { when: AFTER }, "token_not_json"),
            (SandboxFault::NotJson { when: AFTER }, "token_not_json"),
            (SandboxFault::Empty { when: AFTER }, "token_not_json"),
            (SandboxFault::Cut, "token_network"),
        ],
    );
}

#[test]
fn unanswered_exchange_has_its_code() {
    exchange(
        "exchange_no_answer",
        vec![
            (SandboxFault::Lost { when: AFTER }, "token_network"),
            (SandboxFault::Redirect { status: 307 }, "token_network"),
            (SandboxFault::CorsOff { only: "all" }, "token_network"),
            (
                SandboxFault::Status {
                    status: 500,
                    when: AFTER,
                },
                "token_server_error",
            ),
        ],
    );
}

#[test]
fn wrong_exchange_response_has_its_code() {
    exchange(
        "exchange_wrong_answer",
        vec![
            (
                SandboxFault::Refuse {
                    error: "invalid_grant",
                    status: 400,
                },
                "invalid_grant",
            ),
            (
                SandboxFault::DropField {
                    field: "access_token",
                },
                "token_malformed",
            ),
            (
                SandboxFault::TokenType { value: "mac" },
                "token_type_unsupported",
            ),
            (
                SandboxFault::Busy {
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
fn succeeds(name: &str, faults: Vec<SandboxFault>) {
    let setup = StageSetup {
        // A sign-in for each.
        deadline: Some(Duration::from_secs(120)),
        ..StageSetup::default()
    };
    play(name, setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        for fault in faults {
            let described = json!(fault).to_string();
            stage
                .sandbox
                .arm(fault.at(&[FaultPath::Exchange]), FaultTimes::Once)
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
fn token_response_may_omit_optional_fields() {
    let without = |field| SandboxFault::DropField { field };
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
fn non_positive_expires_in_is_absent() {
    let form = |form| SandboxFault::ExpiresIn { form };
    succeeds(
        "odd_lives",
        vec![form("zero"), form("negative"), form("words"), form("null")],
    );
}

#[test]
fn expires_in_as_text_or_fraction_is_accepted() {
    let form = |form| SandboxFault::ExpiresIn { form };
    succeeds("lives", vec![form("string"), form("fraction")]);
}

/// Each of these makes the callback unsound: it has its code, nothing is exchanged, and the next
/// sign-in works.
fn callback(name: &str, faults: Vec<(SandboxFault, &'static str)>) {
    play(name, StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        for (fault, code) in faults {
            stage.sandbox.arm(fault, FaultTimes::Once).await?;
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
fn callback_with_missing_or_repeated_parameter_has_its_code() {
    callback(
        "lacking_callbacks",
        vec![
            (
                SandboxFault::CallbackDrop { parameter: "state" },
                "state_unknown",
            ),
            (
                SandboxFault::CallbackDrop { parameter: "code" },
                "callback_malformed",
            ),
            (
                SandboxFault::CallbackRepeat { parameter: "code" },
                "callback_duplicate",
            ),
        ],
    );
}

#[test]
fn altered_callback_has_its_code() {
    let forged = SandboxFault::CallbackChange {
        parameter: "state",
        value: "changed",
    };
    let both = SandboxFault::CallbackAdd {
        name: "error",
        value: "access_denied",
    };
    callback(
        "changed_callbacks",
        vec![
            (forged, "state_unknown"),
            (both, "callback_malformed"),
            (
                SandboxFault::CallbackRepeat { parameter: "state" },
                "callback_duplicate",
            ),
        ],
    );
}
