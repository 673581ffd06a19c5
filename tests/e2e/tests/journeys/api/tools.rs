//! The tools of the explorer, by the keyboard alone: documentation, programs, links, tools on a
//! response, sequences, webhooks, and those of the OAuth log.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::axe::accessible;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::Value;
use thirtyfour::prelude::*;

use super::{ask_for_scope, facts, find, keys, lines, open, run, tab_to};

/// Waits until a script returns `true`.
async fn holds(stage: &Stage, what: &str, script: &str) -> Outcome {
    until(what, PATIENCE, async || {
        Ok((run(stage, script).await? == Value::Bool(true)).then_some(()))
    })
    .await
}

/// Presses a button or opens a section by the keyboard.
async fn press(stage: &Stage, visible_text: &str) -> Outcome {
    tab_to(stage, visible_text).await?;
    keys(stage, Key::Enter + "").await
}

/// Moves the focus to the control with this label and types.
async fn type_into(stage: &Stage, label: &str, text: &str) -> Outcome {
    for _ in 0..120 {
        keys(stage, Key::Tab + "").await?;
        let script = format!(
            "const it = document.activeElement; return it.ariaLabel === '{label}' || it.labels?.[0]?.innerText.trim().startsWith('{label}') || false"
        );
        if run(stage, &script).await? == Value::Bool(true) {
            return keys(stage, text).await;
        }
    }
    Err(format!("no Tab leads to {label}").into())
}

/// Finds no fault with axe-core. The list of operations is at its top, so that its search field covers
/// no link in part.
async fn check_accessibility(stage: &Stage, state: &str) -> Outcome {
    let script = "const it = document.querySelector('.x-list'); if (it) it.scrollTop = 0;";
    run(stage, script).await?;
    accessible(&stage.browser, state).await
}

async fn top(stage: &Stage) -> Outcome {
    run(stage, "document.getElementById('call-title').focus()")
        .await
        .map(drop)
}

#[test]
fn response_is_searched_folded_compared_and_chained_by_keyboard() {
    let setup = StageSetup {
        deadline: Some(Duration::from_secs(180)),
        ..StageSetup::default()
    };
    play("api_tools", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        open(&stage, "op=searchEmployees&limit=2").await?;
        top(&stage).await?;
        press(&stage, "Send").await?;
        facts(&stage, "200 OK").await?;
        page.wait_for_button("Fold all").await?;

        // Search: the matches are counted and marked.
        type_into(&stage, "Search in the response", "\"ID\"").await?;
        page.wait_for_text("1 of 2").await?;
        holds(
            &stage,
            "a marked line",
            "return !!document.querySelector('.x-line[data-found=current]')",
        )
        .await?;
        keys(&stage, Key::Enter + "").await?;
        page.wait_for_text("2 of 2").await?;

        // Folding hides the fields; a match unfolds them again.
        press(&stage, "Fold all").await?;
        holds(&stage, "folded lines", "return [...document.querySelectorAll('.x-line')].some((it) => it.innerText.includes('… '))").await?;
        check_accessibility(&stage, "a folded response").await?;
        press(&stage, "Unfold all").await?;

        // Comparison with another page of the list.
        press(&stage, "Keep for comparison").await?;
        page.wait_for_text("Kept: searchEmployees").await?;
        press(&stage, "Fetch all pages").await?;
        page.wait_for_text("joined:").await?;
        page.wait_for_button("Compare").await?;
        press(&stage, "Compare").await?;
        page.wait_for_text("from searchEmployees").await?;
        let added = page.text_of(".x-difference").await?;
        assert!(
            added.contains("data[id=") && added.contains("added"),
            "{added}"
        );

        // The table, with ids that open the operation which takes them.
        press(&stage, "Table").await?;
        page.wait_for_text("Rows 1 to").await?;
        check_accessibility(&stage, "a response as a table").await?;
        holds(
            &stage,
            "a linked id",
            "return !!document.querySelector('.x-table a[href*=\"op=getEmployee\"]')",
        )
        .await?;
        press(&stage, "Table").await?;

        // A stored value in the next call.
        press(&stage, "Store a value of the response").await?;
        type_into(&stage, "Path of the value", "data[0].id").await?;
        type_into(&stage, "Name of the value", "employee").await?;
        press(&stage, "Store value").await?;
        page.wait_for_text("Stored. Write {{employee}}").await?;
        // The rules were judged on a narrow screen last, which shows one pane.
        stage.browser.show_as(1440, false).await?;
        find(&stage, "getEmployee").await?;
        type_into(&stage, "employeeId", "{{employee}}").await?;
        press(&stage, "Send").await?;
        facts(&stage, "200 OK").await?;
        assert!(lines(&stage).await?.contains("\"id\": "), "the employee");
        // The history and the link keep the name, not the value.
        let title = run(&stage, "return document.title").await?;
        assert!(
            title.as_str().is_some_and(|title| title.contains("API")),
            "{title}"
        );
        Ok(())
    });
}

#[test]
fn operation_is_documented_and_copied_before_anything_is_sent() {
    play("api_reference", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/api").await?;
        page.wait_for_text("76 operations").await?;
        // The downloads.
        for file in ["openapi.json", "postman_collection.json"] {
            let script = format!(
                "return fetch(document.querySelector('a[href=\"{file}\"]').href).then((it) => it.json()).then((it) => !!(it.openapi || it.item))"
            );
            assert_eq!(run(&stage, &script).await?, true, "{file}");
        }
        // A field finds its operation.
        run(&stage, "document.activeElement.blur()").await?;
        keys(&stage, "/").await?;
        holds(
            &stage,
            "the search",
            "return document.activeElement.id === 'search'",
        )
        .await?;
        keys(&stage, "vendorBasedBookkeeping").await?;
        holds(
            &stage,
            "the operation",
            "return !!document.getElementById('op-createExportJobV3')",
        )
        .await?;
        let found = page.text_of(".x-list").await?;
        assert!(found.contains("Field vendorBasedBookkeeping"), "{found}");

        page.open("/api?op=createSubscription").await?;
        page.wait_for_text("Example of a response").await?;
        let reference = page.text_of(".x-reference").await?;
        for part in [
            "endpointUrl",
            "required",
            "Values: ",
            "INACTIVE",
            "Sent with every delivery.",
        ] {
            assert!(reference.contains(part), "{part}: {reference}");
        }
        check_accessibility(&stage, "the documentation").await?;

        // Programs hold no secret, only names of variables.
        top(&stage).await?;
        press(&stage, "JSON").await?;
        let body = r#"{"endpointUrl":"https://a.example","eventTypes":["v1.vendor.created"],"status":"ACTIVE","endpointAuth":{"type":"BASIC","credentials":{"username":"u","password":"S3cr3t"}}}"#;
        let script = format!(
            "const it = document.querySelector('textarea.x-json'); it.value = {}; it.dispatchEvent(new Event('input', {{ bubbles: true }}));",
            serde_json::json!(body)
        );
        run(&stage, &script).await?;
        page.wait_for_text("Not in the link: body.endpointUrl")
            .await?;
        let note = page.text_of("#link-note").await?;
        assert!(
            note.contains("body.endpointAuth.credentials.password (looks like a secret)"),
            "{note}"
        );
        press(&stage, "Code").await?;
        page.wait_for_button("Copy code").await?;
        for language in [
            "curl (bash)",
            "curl (PowerShell)",
            "curl (cmd)",
            "JavaScript (fetch)",
            "Python (requests)",
            "Rust (reqwest)",
            "C# (HttpClient)",
        ] {
            let choose = format!(
                "const it = document.querySelector('.x-code select'); it.value = '{language}'; it.dispatchEvent(new Event('change')); return it.value === '{language}'"
            );
            assert_eq!(run(&stage, &choose).await?, true, "{language}");
            holds(&stage, language, "const it = document.querySelector('.x-code pre').innerText; return it.includes('TOKEN') && it.includes('SECRET_1') && !it.includes('S3cr3t')").await?;
        }
        check_accessibility(&stage, "the code").await?;

        // The link takes the status along.
        let caught = "window.copied = ''; navigator.clipboard.writeText = async (text) => { window.copied = text; };";
        run(&stage, caught).await?;
        page.click("Copy link").await?;
        holds(
            &stage,
            "the link",
            "return decodeURIComponent(window.copied).includes('\"status\":\"ACTIVE\"')",
        )
        .await?;
        let link = run(&stage, "return window.copied").await?;
        let link = link.as_str().unwrap_or_default();
        assert!(
            !link.contains("S3cr3t") && !link.contains("a.example"),
            "{link}"
        );

        // Below 900 px one pane is shown.
        stage.browser.show_as(860, false).await?;
        holds(
            &stage,
            "one pane",
            "return getComputedStyle(document.querySelector('.x-list')).display === 'none'",
        )
        .await
    });
}

#[test]
fn guided_export_job_runs_step_by_step() {
    let setup = StageSetup {
        deadline: Some(Duration::from_secs(180)),
        ..StageSetup::default()
    };
    play("api_sequence", setup, |stage| async move {
        stage.connect().await?;
        open(&stage, "op=getExportJobsListV3").await?;
        ask_for_scope(&stage).await?;
        let page = stage.page();
        page.wait_for_button("Send").await?;
        top(&stage).await?;
        press(&stage, "Stored values and sequences").await?;
        page.wait_for_button("Guided export job").await?;
        press(&stage, "Guided export job").await?;
        page.wait_for_button("Run step 1").await?;
        check_accessibility(&stage, "a sequence").await?;
        press(&stage, "Run step 1").await?;
        page.wait_for_text("Stored: jobId").await?;
        // The next step writes, so that it asks first.
        press(&stage, "Run step 2").await?;
        page.wait_route("/api?op=createExportJobEventV3").await
    });
}

#[test]
fn webhook_signature_is_verified_in_the_page() {
    play("webhooks", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/webhooks").await?;
        page.wait_for_text("Paste a delivery").await?;
        press(&stage, "v1.vendor.created").await?;
        page.wait_for_text("The signature is valid.").await?;
        let signed = page.text_of("pre").await?;
        assert!(
            signed.starts_with("msg_") && signed.contains(".{\"data\":"),
            "{signed}"
        );
        check_accessibility(&stage, "a verified delivery").await?;
        type_into(&stage, "Body", " ").await?;
        page.wait_for_text("The signature is not verified.").await?;
        stage.browser.show_as(320, false).await?;
        let over =
            "const it = document.querySelector('main'); return it.scrollWidth - it.clientWidth";
        assert_eq!(run(&stage, over).await?, 0);
        // The secret is gone with the page.
        page.open("/storage").await?;
        page.open("/webhooks").await?;
        page.wait_for_text("Paste a delivery").await.map(drop)
    });
}

#[test]
fn oauth_log_is_filtered_compared_and_exported() {
    play("inspect_tools", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        page.open("/inspect").await?;
        page.wait_for_text("Compare two requests").await?;
        page.wait_for_text("flow 1").await?;
        let choose = |label: &str, value: &str| {
            format!(
                "const label = [...document.querySelectorAll('label')].find((it) => it.innerText.startsWith('{label}'));
                 const it = label.querySelector('select');
                 const option = [...it.options].find((one) => one.text.includes('{value}'));
                 if (!option) return false; it.value = option.value; it.dispatchEvent(new Event('change')); return true"
            )
        };
        run(&stage, &choose("Show", "Refreshes")).await?;
        page.wait_for_text("No event is of this kind.").await?;
        run(&stage, &choose("Show", "All events")).await?;
        holds(
            &stage,
            "the first request",
            &choose("First request", "authorize"),
        )
        .await?;
        holds(
            &stage,
            "the second request",
            &choose("Second request", "exchange"),
        )
        .await?;
        page.wait_for_text("First difference: sent response_type (RFC 6749 §4.1.1")
            .await?;
        check_accessibility(&stage, "two compared requests").await?;
        page.click("Save as HAR").await?;
        holds(&stage, "the file", "return [...document.querySelectorAll('a[data-download]')].some((it) => it.download === 'oauth-log.har')").await
    });
}
