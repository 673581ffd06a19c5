//! Nobody is kept out of the explorer: axe-core finds no fault in its states.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::axe::accessible;
use outlay_e2e::stage::{Setup, Stage, play};
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

async fn look(stage: &Stage, state: &str) -> Outcome {
    accessible(&stage.browser, state).await?;
    narrow(stage, state).await
}

#[test]
fn whoever_explores_the_api_is_kept_out_of_nothing() {
    let setup = Setup {
        deadline: Some(Duration::from_secs(240)),
        chromium_only: Some("the rules look at the same document, and its windows are too wide"),
        ..Setup::default()
    };
    play("axe_api", setup, |stage| async move {
        let page = stage.page();
        page.open("/api").await?;
        page.wait_words("76 operations").await?;
        look(&stage, "the operations, signed out").await?;
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
        look(&stage, "every field of an operation").await?;
        page.click("Send").await?;
        page.wait_words("200 OK").await?;
        there(&stage, ".x-line").await?;
        look(&stage, "an answer").await?;
        page.open("/api?op=getTag&tagId=x").await?;
        there(&stage, ".x-form button[type=submit]").await?;
        page.click("Send").await?;
        page.alert("request_faulty").await?;
        look(&stage, "a faulty request").await?;
        page.open("/api?op=deleteClientInstallation").await?;
        there(&stage, ".x-form button[type=submit]").await?;
        page.click("Send").await?;
        page.wait_words("Change something at Pleo?").await?;
        look(&stage, "a write that asks").await
    });
}
