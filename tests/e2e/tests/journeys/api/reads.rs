//! Operations that only read.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{Fault, Place, Times, When};
use outlay_e2e::login::Consent;
use outlay_e2e::stage::{Setup, Stage, play};
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

async fn held(stage: &Stage) -> Outcome {
    until("the scope", PATIENCE, async || {
        Ok((standing(stage).await? == "held").then_some(()))
    })
    .await
}

#[test]
fn an_operation_of_each_group_is_found_and_called_by_keyboard_alone() {
    let setup = Setup {
        deadline: Some(Duration::from_secs(180)),
        ..Setup::default()
    };
    play("api_keyboard", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/api").await?;
        page.wait_words("76 operations").await?;
        let groups =
            "return [...document.querySelectorAll('.x-group')].map((it) => it.textContent)";
        assert_eq!(
            run(&stage, groups).await?,
            json!(GROUPS.map(|(group, _)| group))
        );
        for (group, id) in GROUPS {
            find(&stage, id).await?;
            if standing(&stage).await? == "missing" {
                tab_to(&stage, ASK).await?;
                keys(&stage, Key::Enter + "").await?;
                stage.decide(&Consent::default()).await?;
                held(&stage).await?;
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
fn a_link_to_a_call_leads_back_to_it_from_the_sign_in_that_it_needs() {
    play("api_link_back", Setup::default(), |stage| async move {
        let page = stage.page();
        page.open("/api?op=getExportJobsListV3&limit=7").await?;
        page.wait_words("To send it, connect to Pleo").await?;
        run(&stage, "document.querySelector('.x-bar a').click()").await?;
        page.wait_route("/connect").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Consent::default()).await?;
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
        stage.decide(&Consent::default()).await?;
        page.wait_route("/?c=").await
    });
}

#[test]
fn a_missing_scope_is_named_and_obtained() {
    play("api_scope", Setup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, "op=searchVendors&limit=2").await?;
        let page = stage.page();
        page.wait_words("not granted").await?;
        page.click("Send").await?;
        let words = page.alert("scope_missing").await?;
        assert!(words.contains("vendors:read"), "{words}");
        ask_for_scope(&stage).await?;
        held(&stage).await?;
        // What the link could carry is still there.
        let limit = run(
            &stage,
            "return document.getElementById('query:limit').value",
        )
        .await?;
        assert_eq!(limit, "2");
        page.click("Send").await?;
        facts(&stage, "200 OK").await?;
        find(&stage, "introspect").await
    });
}

#[test]
fn a_faulty_request_is_told_before_and_after_it_is_sent() {
    play("api_faulty", Setup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_words("entries read").await?;
        let watched = Fault::Slow {
            ms: 1,
            when: When::Before,
        }
        .at(&[Place::Api]);
        let watched = watched.path("/v1/accounting-entries/x");
        stage.sandbox.arm(watched, Times::Always).await?;
        // A link fills the form in, and nothing more.
        open(
            &stage,
            "op=externalGetAccountingEntryV1&accountingEntryId=x",
        )
        .await?;
        page.click("Send").await?;
        let words = page.alert("request_faulty").await?;
        assert!(
            words.contains("accountingEntryId It must be written as a UUID."),
            "{words}"
        );
        let script = "document.querySelector('#faults a').click()";
        run(&stage, script).await?;
        until("the field", PATIENCE, async || {
            let script = "const it = document.activeElement;
                const told = it.getAttribute('aria-describedby')?.split(' ').map((id) => document.getElementById(id)?.innerText);
                return it.ariaInvalid === 'true' && told.join(' ')";
            let told = run(&stage, script).await?;
            Ok(told.as_str().filter(|told| told.contains("UUID")).map(drop))
        })
        .await?;
        assert_eq!(stage.sandbox.struck().await?.get("slow"), Some(&0));
        page.click("Send it as it is").await?;
        page.alert("api_bad_request").await?;
        assert_eq!(stage.sandbox.struck().await?.get("slow"), Some(&1));
        let words = facts(&stage, "400").await?;
        assert!(words.contains("ms") || words.contains(" s"), "{words}");
        Ok(())
    });
}

#[test]
fn a_busy_server_is_asked_again_and_told_of_when_it_stays_so() {
    play("api_busy", Setup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, "op=searchCompanies").await?;
        let busy = |seconds| {
            Fault::Busy {
                status: 429,
                retry_after: Some(seconds),
                written: "seconds",
                text: "",
                readable: "yes",
            }
            .at(&[Place::Api])
            .path("/v1/companies")
        };
        stage.sandbox.arm(busy(0), Times::Once).await?;
        stage.page().click("Send").await?;
        let words = facts(&stage, "200 OK").await?;
        assert!(words.contains("sent again once"), "{words}");
        stage.sandbox.arm(busy(60), Times::Always).await?;
        stage.page().click("Send").await?;
        facts(&stage, "429").await?;
        stage.page().alert("rate_limited").await.map(drop)
    });
}

#[test]
fn a_refusal_blames_the_scope_only_where_it_is_missing() {
    play("api_refused", Setup::default(), |stage| async move {
        stage.connect().await?;
        let foreign = "75179656-79d4-4542-b8ec-bb993d2435d4";
        open(&stage, &format!("op=getCompany&companyId={foreign}")).await?;
        stage.page().click("Send").await?;
        let words = stage.page().alert("scope_missing").await?;
        assert!(words.contains("The scope is granted"), "{words}");
        Ok(())
    });
}

#[test]
fn what_is_out_of_sight_is_out_of_reach() {
    play("api_hidden", Setup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, "op=searchEmployees").await?;
        let page = stage.page();
        page.click("Send").await?;
        page.wait_words("200 OK").await?;
        assert!(page.has_button("Copy as curl").await?);
        stage.sandbox.revoke().await?;
        page.click("Send").await?;
        page.wait_words("kept out of sight").await?;
        for button in ["Copy as curl", "Copy link", "Copy", "Save as a file"] {
            assert!(!page.has_button(button).await?, "{button}");
        }
        assert!(!page.words().await?.contains("200 OK"));
        Ok(())
    });
}

#[test]
fn ten_megabytes_do_not_freeze_the_page() {
    play("api_huge", Setup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, ALONE).await?;
        let watch = "window.longest = 0; window.last = performance.now();
            const beat = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - window.last); window.last = now; setTimeout(beat, 0); };
            beat();";
        run(&stage, watch).await?;
        let huge = Fault::Huge {
            megabytes: 10,
            of: "rows",
        };
        stage
            .sandbox
            .arm(huge.at(&[Place::Api]).path(ALONE_AT), Times::Once)
            .await?;
        stage.page().click("Send").await?;
        let words = facts(&stage, "200 OK").await?;
        assert!(words.contains("MB"), "{words}");
        let count = "return document.querySelector('.x-answer .x-modes .fine')?.innerText";
        // Nine lines to a row.
        until("every line", PATIENCE, async || {
            let told = run(&stage, count).await?;
            let digits: String = told
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
        let drawn = run(&stage, "return document.querySelectorAll('.x-line').length").await?;
        assert!(
            drawn.as_u64().is_some_and(|drawn| drawn > 10 && drawn < 80),
            "{drawn}"
        );
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
fn a_call_is_cancelled() {
    play("api_cancel", Setup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, ALONE).await?;
        let slow = Fault::Slow {
            ms: 60_000,
            when: When::Before,
        };
        stage
            .sandbox
            .arm(slow.at(&[Place::Api]).path(ALONE_AT), Times::Once)
            .await?;
        let page = stage.page();
        page.click("Send").await?;
        page.wait_words("Waiting for Pleo").await?;
        page.click("Cancel").await?;
        facts(&stage, "Cancelled").await?;
        page.click("Send").await?;
        facts(&stage, "200 OK").await.map(drop)
    });
}

#[test]
fn a_catalogue_that_does_not_load_is_told_and_asked_for_again() {
    let setup = Setup {
        chromium_only: Some("a file is withheld by Chromium's own tools"),
        console: &["catalogue.json"],
        ..Setup::default()
    };
    play("api_catalogue", setup, |stage| async move {
        withheld(&stage, "*catalogue.json*", "/api", "76 operations").await
    });
}
