//! The record: what happened, kept over a reload, and to be taken along without anything of the
//! company.

use outlay_e2e::Outcome;
use outlay_e2e::files;
use outlay_e2e::port;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::Value;

/// Opens the list of events in the session panel; true once it is there.
const OPEN_ACTIVITY: &str = "const list = document.querySelector('#session-panel details');
    if (list) list.open = true;
    return list !== null";

async fn open_panel(stage: &Stage) -> Outcome {
    let script = "document.querySelector('button.session-status').click()";
    stage.browser.run(script, vec![]).await.map(drop)
}

#[test]
fn record_lines_survive_a_reload() {
    play("record_kept", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        stage.sandbox.expire().await?;
        page.wait_for_text("entries loaded").await?;
        page.click("Refresh").await?;
        until("a refresh", PATIENCE, async || {
            Ok((stage.sandbox.counters().await?.refresh == 1).then_some(()))
        })
        .await?;
        stage.search_document().await?;
        for _ in 0..2 {
            open_panel(&stage).await?;
            until("the recent activity", PATIENCE, async || {
                let opened = stage.browser.run(OPEN_ACTIVITY, vec![]).await?;
                Ok((opened == true).then_some(()))
            })
            .await?;
            page.wait_for_text("#1 Access renewed").await?;
            stage.browser.driver().refresh().await?;
            page.wait_session("active").await?;
        }
        Ok(())
    });
}

#[test]
fn support_file_has_the_record_and_no_company_data() {
    let setup = StageSetup {
        before_load: Some(files::KEEP),
        ..StageSetup::default()
    };
    play("support_file", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        let company = page.text_of("h1").await?;
        let connections = port::connections(&stage.browser).await?;
        page.open("/entries?x=private-query").await?;
        let rows = page.rows().await?;
        stage.sandbox.expire().await?;
        open_panel(&stage).await?;
        page.click("Download support file").await?;
        let file = files::saved(&stage.browser).await?;
        let bundle: Value = serde_json::from_str(&file)?;
        assert_eq!(bundle["session"], "active");
        assert_eq!(bundle["page"], "/entries");
        assert_eq!(bundle["connections"][0]["environment"], "sandbox");
        let record = bundle["record"].as_array().ok_or("no record")?;
        let connected = record.iter().find(|line| line["event"] == "connected");
        assert_eq!(connected.ok_or("no line")?["connection"], 1);

        let id = |name: &str| connections[0][name].as_str().unwrap_or_default().to_owned();
        let subject = id("subject");
        let uuid = subject.rsplit(':').next().unwrap_or_default().to_owned();
        let mut private = vec![company, id("id"), id("application"), subject, uuid];
        private.extend(
            ["outlay-sandbox", "private-query", &*stage.sandbox.at.auth].map(str::to_owned),
        );
        private.push(stage.sandbox.at.api.clone());
        private.extend(stage.sandbox.counters().await?.tokens_issued);
        // Of each row in sight: who, and what it was spent on.
        for row in &rows {
            private.extend(row.lines().skip(1).take(2).map(str::to_owned));
        }
        for text in private.iter().filter(|text| text.trim().len() > 3) {
            assert!(!file.contains(text), "{text} is in {file}");
        }
        assert!(private.len() > 20, "{private:?}");
        Ok(())
    });
}
