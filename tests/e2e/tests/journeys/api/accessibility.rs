//! Nobody is kept out of the explorer: axe-core finds no fault in its states.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::axe::accessible;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::Value;

async fn there(stage: &Stage, selector: &str) -> Outcome {
    until(selector, PATIENCE, async || {
        let script = format!("return !!document.querySelector('{selector}')");
        Ok((stage.browser.run(&script, vec![]).await? == Value::Bool(true)).then_some(()))
    })
    .await
}

/// Nothing lies sideways of a screen of 320 px but the answer.
async fn narrow(stage: &Stage, state: &str) -> Outcome {
    stage.browser.show_as(320, false).await?;
    let script =
        "const it = document.querySelector('main'); return it.scrollWidth - it.clientWidth";
    let over = stage.browser.run(script, vec![]).await?;
    assert_eq!(over, 0, "{state}");
    Ok(())
}

async fn check_accessibility(stage: &Stage, state: &str) -> Outcome {
    accessible(&stage.browser, state).await?;
    narrow(stage, state).await
}

#[test]
fn api_page_is_accessible() {
    let setup = StageSetup {
        deadline: Some(Duration::from_secs(240)),
        chromium_only: Some("the rules look at the same document, and its windows are too wide"),
        ..StageSetup::default()
    };
    play("axe_api", setup, |stage| async move {
        let page = stage.page();
        page.open("/api").await?;
        page.wait_for_text("76 operations").await?;
        check_accessibility(&stage, "the operations, signed out").await?;
        stage.connect().await?;
        page.open("/api?op=externalSearchAccountingEntriesV1")
            .await?;
        there(&stage, ".x-form button[type=submit]").await?;
        stage
            .browser
            .run(
                "document.querySelectorAll('details').forEach((it) => { it.open = true; })",
                vec![],
            )
            .await?;
        check_accessibility(&stage, "every field of an operation").await?;
        page.click("Send").await?;
        page.wait_for_text("200 OK").await?;
        there(&stage, ".x-line").await?;
        check_accessibility(&stage, "an answer").await?;
        page.open("/api?op=getTag&tagId=x").await?;
        there(&stage, ".x-form button[type=submit]").await?;
        page.click("Send").await?;
        page.alert("request_faulty").await?;
        check_accessibility(&stage, "a faulty request").await?;
        page.open("/api?op=deleteClientInstallation").await?;
        there(&stage, ".x-form button[type=submit]").await?;
        page.click("Send").await?;
        page.wait_for_text("Change data at Pleo?").await?;
        check_accessibility(&stage, "a write that asks").await
    });
}
