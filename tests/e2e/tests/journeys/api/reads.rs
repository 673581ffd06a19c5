//! Operations that only read.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::workbench::withheld;

use super::{ASK, ask_for_scope, facts, find, keys, lines, open, run, tab_to};

/// An operation that the page itself never calls, so that a fault strikes nobody else.
const ALONE: &str = "op=getClientInstallation";

/// Its path.
const ALONE_AT: &str = "/v1/installations/me";

/// One operation of each group, in the order of the page.
const GROUPS: [(&str, &str); 9] = [
    ("Identity and installation", "introspect"),
    ("Companies and employees", "searchCompanies"),
    (
        "Accounting entries and receipts",
        "externalSearchAccountingEntriesV1",
    ),
    ("Export", "getExportJobsListV3"),
    ("Tags", "getTagGroups"),
    ("Tax codes", "getTaxCodes"),
    ("Chart of accounts", "searchAccountsV1"),
    ("Vendors", "searchVendors"),
    ("Webhook subscriptions", "getSubscriptions"),
];

/// Whether the operation's scope is there.
async fn standing(stage: &Stage) -> Outcome<Value> {
    run(
        stage,
        "return document.querySelector('.x-scope')?.dataset.standing",
    )
    .await
}

/// Waits until the facts of an answer hold all of these texts.
async fn page_facts(stage: &Stage, expected: &[&str]) -> Outcome {
    let page = stage.page();
    page.wait_for_text_of(".x-facts", expected).await.map(drop)
}

async fn held_request(stage: &Stage) -> Outcome {
    until("the scope", PATIENCE, async || {
        Ok((standing(stage).await? == "held").then_some(()))
    })
    .await
}

#[test]
fn operation_of_each_group_is_found_and_called_by_keyboard() {
    let setup = StageSetup {
        deadline: Some(Duration::from_secs(180)),
        ..StageSetup::default()
    };
    play("api_keyboard", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/api").await?;
        page.wait_for_text("76 operations").await?;
        page.wait_session("active").await?;
        let groups =
            "return [...document.querySelectorAll('.x-group')].map((it) => it.textContent)";
        let expected = json!(GROUPS.map(|(group, _)| group));
        stage
            .browser
            .wait_for("the groups", groups, vec![], expected)
            .await?;
        for (group, id) in GROUPS {
            find(&stage, id).await?;
            // An operation without a scope stays unchecked; the others are known once the session is.
            if standing(&stage).await? == "missing" {
                tab_to(&stage, ASK).await?;
                keys(&stage, Key::Enter + "").await?;
                stage.decide(&ConsentChoice::default()).await?;
                held_request(&stage).await?;
            }
            tab_to(&stage, "Send").await?;
            keys(&stage, Key::Enter + "").await?;
            facts(&stage, "200 OK")
                .await
                .map_err(|error| format!("{group}, {id}: {error}"))?;
        }
        Ok(())
    });
}

#[test]
fn link_to_a_call_survives_the_sign_in() {
    play("api_link_back", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/api?op=getExportJobsListV3&limit=7").await?;
        page.wait_for_text("To send the request, connect to Pleo")
            .await?;
        run(&stage, "document.querySelector('.x-bar a').click()").await?;
        page.wait_route("/connect").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.wait_route("/api?op=getExportJobsListV3&limit=7")
            .await?;
        until("the form as it was", PATIENCE, async || {
            let script = "return [...document.querySelectorAll('.x-form input')].some((it) => it.value === '7')";
            Ok((run(&stage, script).await? == true).then_some(()))
        })
        .await?;
        // Whoever comes to connect from elsewhere goes to the overview.
        page.open("/connect").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_route("/?c=").await
    });
}

#[test]
fn missing_scope_is_named_and_obtained() {
    play("api_scope", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, "op=getExportJobsListV3&limit=2").await?;
        let page = stage.page();
        page.wait_for_text("not granted").await?;
        page.click("Send").await?;
        page.alert_with("scope_missing", &["export-jobs:read"])
            .await?;
        ask_for_scope(&stage).await?;
        held_request(&stage).await?;
        // What the link could carry is still there.
        let limit = "return document.getElementById('query:limit').value";
        stage
            .browser
            .wait_for("the limit of the link", limit, vec![], "2")
            .await?;
        page.click("Send").await?;
        facts(&stage, "200 OK").await?;
        find(&stage, "introspect").await
    });
}

#[test]
fn invalid_request_is_reported_before_and_after_sending() {
    play("api_faulty", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        let watched = SandboxFault::Slow {
            ms: 1,
            when: FaultWhen::Before,
        }
        .at(&[FaultPath::Api]);
        let watched = watched.path("/v1/accounting-entries/x");
        stage.sandbox.arm(watched, FaultTimes::Always).await?;
        // A link fills the form in, and nothing more.
        open(
            &stage,
            "op=externalGetAccountingEntryV1&accountingEntryId=x",
        )
        .await?;
        page.click("Send").await?;
        page.alert_with("request_faulty", &["accountingEntryId Must be a UUID."])
            .await?;
        let script = "document.querySelector('#faults a').click()";
        run(&stage, script).await?;
        until("the field", PATIENCE, async || {
            let script = "const it = document.activeElement;
                const told = it.getAttribute('aria-describedby')?.split(' ').map((id) => document.getElementById(id)?.innerText);
                return it.ariaInvalid === 'true' && told.join(' ')";
            let log_text = run(&stage, script).await?;
            Ok(log_text.as_str().filter(|log_text| log_text.contains("UUID")).map(drop))
        })
        .await?;
        assert_eq!(stage.sandbox.struck().await?.get("slow"), Some(&0));
        page.click("Send anyway").await?;
        page.alert("api_bad_request").await?;
        assert_eq!(stage.sandbox.struck().await?.get("slow"), Some(&1));
        let visible_text = facts(&stage, "400").await?;
        assert!(
            visible_text.contains("ms") || visible_text.contains(" s"),
            "{visible_text}"
        );
        Ok(())
    });
}

#[test]
fn busy_server_is_retried_and_reported_if_it_stays_busy() {
    play("api_busy", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, "op=searchCompanies").await?;
        let busy = |seconds| {
            SandboxFault::Busy {
                status: 429,
                retry_after: Some(seconds),
                written: "seconds",
                text: "",
                readable: "yes",
            }
            .at(&[FaultPath::Api])
            .path("/v1/companies")
        };
        stage.sandbox.arm(busy(0), FaultTimes::Once).await?;
        stage.page().click("Send").await?;
        page_facts(&stage, &["200 OK", "retried once"]).await?;
        stage.sandbox.arm(busy(60), FaultTimes::Always).await?;
        stage.page().click("Send").await?;
        facts(&stage, "429").await?;
        stage.page().alert("rate_limited").await.map(drop)
    });
}

#[test]
fn forbidden_response_names_the_scope_only_if_missing() {
    play("api_refused", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let foreign = "75179656-79d4-4542-b8ec-bb993d2435d4";
        open(&stage, &format!("op=getCompany&companyId={foreign}")).await?;
        stage.page().click("Send").await?;
        let page = stage.page();
        page.alert_with("scope_missing", &["The scope is granted"])
            .await
            .map(drop)
    });
}

#[test]
fn hidden_controls_are_not_focusable() {
    play("api_hidden", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, "op=searchEmployees").await?;
        let page = stage.page();
        page.click("Send").await?;
        page.wait_for_text("200 OK").await?;
        page.wait_for_button("Copy link").await?;
        stage.sandbox.revoke().await?;
        page.click("Send").await?;
        page.wait_for_text("kept for 10 minutes").await?;
        page.wait_without_text("200 OK").await?;
        for button in ["Copy link", "Copy", "Save as a file", "Table"] {
            assert!(!page.has_button(button).await?, "{button}");
        }
        Ok(())
    });
}

#[test]
fn ten_megabyte_response_does_not_block_the_page() {
    play("api_huge", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, ALONE).await?;
        let watch = "window.longest = 0; window.last = performance.now();
            const beat = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - window.last); window.last = now; setTimeout(beat, 0); };
            beat();";
        run(&stage, watch).await?;
        let huge = SandboxFault::Huge {
            megabytes: 10,
            of: "rows",
        };
        stage
            .sandbox
            .arm(huge.at(&[FaultPath::Api]).path(ALONE_AT), FaultTimes::Once)
            .await?;
        stage.page().click("Send").await?;
        page_facts(&stage, &["200 OK", "MB"]).await?;
        let count = "return document.querySelector('.x-answer .x-modes .fine')?.innerText";
        // Nine lines to a row.
        until("every line", PATIENCE, async || {
            let log_text = run(&stage, count).await?;
            let digits: String = log_text
                .as_str()
                .unwrap_or_default()
                .chars()
                .filter(char::is_ascii_digit)
                .collect();
            Ok(digits
                .parse::<u32>()
                .ok()
                .filter(|lines| *lines > 800_000)
                .map(drop))
        })
        .await?;
        let drawn = until("some lines", PATIENCE, async || {
            let drawn = run(&stage, "return document.querySelectorAll('.x-line').length").await?;
            Ok(drawn.as_u64().filter(|drawn| *drawn > 10))
        })
        .await?;
        assert!(drawn < 80, "{drawn}");
        let end = "const it = document.querySelector('.x-text'); it.scrollTop = it.scrollHeight;";
        run(&stage, end).await?;
        until("the last line", PATIENCE, async || {
            Ok(lines(&stage)
                .await?
                .trim_end()
                .ends_with("]\n}")
                .then_some(()))
        })
        .await?;
        let longest = run(&stage, "return window.longest").await?;
        println!("a 10 MB answer: the page stood still for {longest} ms at most");
        assert!(
            longest.as_f64().is_some_and(|longest| longest < 2_000.0),
            "{longest} ms"
        );
        Ok(())
    });
}

#[test]
fn running_call_can_be_cancelled() {
    play("api_cancel", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, ALONE).await?;
        let slow = SandboxFault::Slow {
            ms: 60_000,
            when: FaultWhen::Before,
        };
        stage
            .sandbox
            .arm(slow.at(&[FaultPath::Api]).path(ALONE_AT), FaultTimes::Once)
            .await?;
        let page = stage.page();
        page.click("Send").await?;
        page.wait_for_text("Waiting for the response").await?;
        page.click("Cancel").await?;
        facts(&stage, "Cancelled").await?;
        page.click("Send").await?;
        facts(&stage, "200 OK").await.map(drop)
    });
}

#[test]
fn failed_catalogue_load_is_reported_and_retried() {
    let setup = StageSetup {
        chromium_only: Some("a file is withheld by Chromium's own tools"),
        console: &["catalogue.json"],
        ..StageSetup::default()
    };
    play("api_catalogue", setup, |stage| async move {
        withheld(&stage, "*catalogue.json*", "/api", "76 operations").await
    });
}
