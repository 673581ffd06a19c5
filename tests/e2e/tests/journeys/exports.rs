//! The export of a job: every entry is reported once, whatever is interrupted, refused or lost.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use outlay_e2e::files;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

const EVENTS: &str = "/v3/export-job-events";

fn setup() -> StageSetup {
    StageSetup {
        deadline: Some(Duration::from_secs(120)),
        before_load: Some(files::KEEP),
        chromium_only: Some("a file is chosen and a tab is closed, which the other tests cover"),
        sandbox: SandboxSetup {
            entries: Some(3_500),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    }
}

/// With so many entries that one in forty of them, which can be exported and is complete, makes a job of
/// `items`.
fn large(items: usize) -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            entries: Some(items * 44),
            ..SandboxSetup::default()
        },
        ..setup()
    }
}

/// The API without the product: with an access token of the page that may use exports.
struct Api {
    client: reqwest::Client,
    base: String,
    token: String,
}

impl Api {
    async fn of(stage: &Stage) -> Outcome<Api> {
        let client = reqwest::Client::new();
        let base = stage.sandbox.at.api.clone();
        for token in stage.sandbox.counters().await?.tokens_issued {
            let jobs = client.get(format!("{base}/v3/export-jobs?limit=1"));
            if jobs.bearer_auth(&token).send().await?.status().is_success() {
                return Ok(Api {
                    client,
                    base,
                    token,
                });
            }
        }
        Err("no token for exports".into())
    }

    async fn get(&self, path: &str) -> Outcome<Value> {
        let request = self.client.get(format!("{}{path}", self.base));
        let answer = request.bearer_auth(&self.token).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    async fn post(&self, path: &str, body: &Value) -> Outcome<Value> {
        let request = self.client.post(format!("{}{path}", self.base));
        let answer = request.bearer_auth(&self.token).json(body).send().await?;
        let text = answer.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// Every record of a list; `path` ends with `?` or `&`.
    async fn all(&self, path: &str) -> Outcome<Vec<Value>> {
        let mut all = Vec::new();
        let mut after = None::<String>;
        loop {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("limit", "100");
            query.extend_pairs(after.take().map(|cursor| ("after", cursor)));
            let page = self.get(&[path, &query.finish()].concat()).await?;
            all.extend(page["data"].as_array().ok_or("no data")?.iter().cloned());
            if page["pagination"]["hasNextPage"] != true {
                return Ok(all);
            }
            let cursor = page["pagination"]["endCursor"].as_str();
            after = Some(cursor.ok_or("no cursor")?.to_owned());
        }
    }

    /// The job that waits.
    async fn waiting(&self) -> Outcome<Value> {
        let page = self.get("/v3/export-jobs?statuses=pending").await?;
        Ok(page["data"][0].clone())
    }

    /// Status of the job, and the number of its items by status: exported, failed, other.
    async fn state(&self, id: &str) -> Outcome<(String, [usize; 3])> {
        let job = self.get(&format!("/v3/export-jobs/{id}")).await?;
        let items = self.all(&format!("/v3/export-jobs/{id}/items?")).await?;
        let mut counts = [0; 3];
        for item in items {
            let at = match item["status"].as_str() {
                Some("successful") => {
                    let voucher = item["externalId"].as_str().unwrap_or_default();
                    assert!(voucher.starts_with('P'), "{item}");
                    0
                }
                Some("failed") => {
                    assert!(item["failureReasonType"].is_string(), "{item}");
                    1
                }
                _ => 2,
            };
            counts[at] += 1;
        }
        let status = job["data"]["status"].as_str().unwrap_or_default();
        Ok((status.to_owned(), counts))
    }

    /// Replaces the waiting job by one of these entries.
    async fn replace(&self, job: &Value, entries: &[&Value]) -> Outcome {
        let reason = json!({
            "jobId": job["id"], "event": "failed", "failureReason": "Replaced.",
            "failureReasonType": "canceled_by_user",
        });
        self.post(EVENTS, &reason).await?;
        let new = json!({ "companyId": job["companyId"], "accountingEntryIds": entries });
        self.post("/v3/export-jobs", &new).await.map(drop)
    }

    /// Replaces the waiting job by one of `count` entries that the proposed mapping can write.
    async fn replace_by_complete_entries(&self, stage: &Stage, count: usize) -> Outcome {
        let waiting = json!({
            "includeDeleted": false, "exportStatus": ["CREATED", "NOT_EXPORTED", "QUEUED"],
        });
        let entries = crate::overview::entries_of(stage, &waiting).await?;
        let settled = entries
            .iter()
            .filter(|entry| entry["settledAt"].is_string());
        let ids: Vec<&Value> = settled.map(|entry| &entry["id"]).collect();
        // Only a job has the data that shows whether an entry is complete.
        self.replace(&self.waiting().await?, &ids).await?;
        self.keep_complete_entries(count).await
    }

    /// Replaces the waiting job by one of its entries that the proposed mapping can write, at most `most`
    /// of them.
    async fn keep_complete_entries(&self, most: usize) -> Outcome {
        let job = self.waiting().await?;
        let id = job["id"].as_str().ok_or("no job waits")?;
        let all = self.all(&format!("/v3/export-items?job_id={id}&")).await?;
        let is_complete = |item: &&Value| {
            let lines = item["accountingEntryLines"].as_array();
            lines.into_iter().flatten().all(|line| {
                let tax = &line["tax"];
                let posts = tax.is_null() || tax["ingoingTaxAccount"].is_string();
                line["account"]["code"].is_string() && posts && tax["type"] != "reverse"
            }) && item["contraAccount"]["code"].is_string()
                && item["bookkeeping"]["method"] != "accounts_payable"
                && lines.is_some_and(|lines| lines.len() == 1)
        };
        let kept: Vec<&Value> = all
            .iter()
            .filter(is_complete)
            .map(|item| &item["accountingEntryId"])
            .take(most)
            .collect();
        assert!(!kept.is_empty(), "{} entries, none complete", all.len());
        self.replace(&job, &kept).await
    }
}

/// From a new browser to the list of exports: connects, and asks for the permission.
async fn permitted(stage: &Stage) -> Outcome<Api> {
    let page = stage.page();
    // The overview would load all entries.
    page.open("/exports").await?;
    page.click("Connect to Pleo").await?;
    stage.decide(&Default::default()).await?;
    page.wait_session("active").await?;
    page.click("Allow at Pleo").await?;
    stage.decide(&Default::default()).await?;
    page.wait_session("active").await?;
    page.wait_for_text("Last checked at").await?;
    Api::of(stage).await
}

/// Opens the waiting job and returns its id.
async fn open_job(stage: &Stage, api: &Api) -> Outcome<String> {
    let job = api.waiting().await?;
    let id = job["id"].as_str().ok_or("no job waits")?.to_owned();
    stage.page().open(&format!("/exports/{id}")).await?;
    Ok(id)
}

async fn start(stage: &Stage) -> Outcome {
    let page = stage.page();
    page.click("Start export").await?;
    page.click("Start").await
}

/// From the first page of an export of `count` entries that the proposed mapping can write to its file,
/// which is said to be in the ledger. Returns the id of the job and the manifest of the file.
async fn import_complete_entries(
    stage: &Stage,
    api: &Api,
    count: usize,
) -> Outcome<(String, String)> {
    api.replace_by_complete_entries(stage, count).await?;
    let id = open_job(stage, api).await?;
    start(stage).await?;
    let page = stage.page();
    page.wait_for_texts(&["Every entry can be written", "Debit equals credit"])
        .await?;
    page.click("Download manifest").await?;
    let manifest = files::saved(&stage.browser).await?;
    import(stage).await?;
    Ok((id, manifest))
}

/// Continues a run whose page is new: the file is in the ledger, with the vouchers of this manifest.
async fn continue_with_manifest(stage: &Stage, manifest: &str) -> Outcome {
    let page = stage.page();
    page.click("Yes, it is in the ledger").await?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("manifest.json");
    std::fs::write(&path, manifest)?;
    let input = By::Css("#run-manifest input[type=file]");
    let input = page.element(input).await?;
    input.send_keys(path.to_string_lossy()).await?;
    page.wait_for_text("Manifest loaded").await.map(drop)
}

/// Checks in the state of the sandbox that each item was reported at most once; `reported` is their
/// number.
async fn check_reports(stage: &Stage, reported: usize) -> Outcome {
    let counters = stage.sandbox.counters().await?;
    let counts = (counters.item_updates, counters.item_updates_again);
    assert_eq!(counts, (u64::try_from(reported)?, 0));
    Ok(())
}

/// Reports the entries, and returns while the answer to the first batch, which is stored, is late.
async fn begin_report(stage: &Stage, id: &str) -> Outcome {
    let slow = SandboxFault::Slow {
        ms: 2_000,
        when: FaultWhen::After,
    };
    let slow = slow.at(&[FaultPath::Api]);
    let slow = slow.path(&format!("/v3/export-jobs/{id}/items"));
    stage.sandbox.arm(slow, FaultTimes::Once).await?;
    report(stage).await?;
    until("the first batch", PATIENCE, async || {
        Ok((stage.sandbox.counters().await?.item_updates == 100).then_some(()))
    })
    .await
}

/// From loaded entries to a file that is said to be in the ledger. Returns the file.
async fn import(stage: &Stage) -> Outcome<String> {
    let page = stage.page();
    page.click("Download file").await?;
    let file = files::saved(&stage.browser).await?;
    page.click("The file is in the ledger").await?;
    Ok(file)
}

/// Clicks the button that reports the entries, whatever number it shows, and confirms.
async fn report(stage: &Stage) -> Outcome {
    let script = "const report = [...document.querySelectorAll('#run-report button.primary')]
            .find((it) => !it.disabled);
        report?.click();
        return Boolean(report)";
    until("the button that reports", PATIENCE, async || {
        Ok((stage.browser.run(script, vec![]).await? == true).then_some(()))
    })
    .await?;
    stage.page().click("Report").await
}

async fn finish(stage: &Stage) -> Outcome {
    let page = stage.page();
    page.click("Finish export").await?;
    page.click("Finish").await?;
    page.wait_for_text("This export is completed")
        .await
        .map(drop)
}

#[test]
fn clean_run_reports_every_entry_as_exported() {
    play("exports_clean", setup(), |stage| async move {
        let api = permitted(&stage).await?;
        api.keep_complete_entries(100).await?;
        let page = stage.page();
        page.click("Check now").await?;
        page.wait_for_text("Open this export").await?;
        stage.picture("exports", "h1").await?;
        let id = open_job(&stage, &api).await?;
        page.wait_for_button("Start export").await?;
        stage.picture("export-start", "h1").await?;
        start(&stage).await?;
        page.wait_for_text("Every entry can be written").await?;
        page.wait_for_text("Debit equals credit").await?;
        for section in ["check", "mapping", "rehearsal", "file"] {
            let name = ["export-", section].concat();
            stage.picture(&name, &["#run-", section].concat()).await?;
        }
        let file = import(&stage).await?;
        let rows = file.lines().count();
        stage.picture("export-report", "#run-report").await?;
        report(&stage).await?;
        finish(&stage).await?;
        stage.picture("export-finished", "h1").await?;
        let (status, [exported, failed, other]) = api.state(&id).await?;
        assert_eq!((&*status, failed, other), ("completed", 0, 0));
        // A header, and at least a debit and a credit for each entry.
        assert!(exported > 0 && rows > exported * 2, "{exported}, {rows}");
        check_reports(&stage, exported).await
    });
}

#[test]
fn export_of_1200_entries_is_reported_in_batches_once() {
    play("exports_many", large(1_200), |stage| async move {
        let api = permitted(&stage).await?;
        let (id, _) = import_complete_entries(&stage, &api, 1_200).await?;
        report(&stage).await?;
        finish(&stage).await?;
        let state = api.state(&id).await?;
        assert_eq!(state, ("completed".to_owned(), [1_200, 0, 0]));
        check_reports(&stage, 1_200).await
    });
}

#[test]
fn session_end_in_mid_report_repeats_and_loses_no_item() {
    play("exports_reconnect", large(250), |stage| async move {
        let api = permitted(&stage).await?;
        let (id, manifest) = import_complete_entries(&stage, &api, 250).await?;
        begin_report(&stage, &id).await?;
        stage.sandbox.revoke().await?;
        let page = stage.page();
        page.wait_session("ended").await?;
        check_reports(&stage, 100).await?;
        stage
            .decide_in_popup("Reconnect", &Default::default())
            .await?;
        page.wait_session("active").await?;
        continue_with_manifest(&stage, &manifest).await?;
        report(&stage).await?;
        finish(&stage).await?;
        let api = Api::of(&stage).await?;
        let state = api.state(&id).await?;
        assert_eq!(state, ("completed".to_owned(), [250, 0, 0]));
        check_reports(&stage, 250).await
    });
}

#[test]
fn expiry_in_mid_report_is_shown_and_nothing_is_reported_after_it() {
    play("exports_expired", large(250), |stage| async move {
        let api = permitted(&stage).await?;
        let (id, _) = import_complete_entries(&stage, &api, 250).await?;
        let page = stage.page();
        page.wait_for_text_of(".run-status", &["Time left", "in 5", " min"])
            .await?;
        begin_report(&stage, &id).await?;
        let later = SandboxFault::Clock { seconds: 4_000 };
        stage.sandbox.arm(later, FaultTimes::Once).await?;
        page.wait_for_texts(&["This export has expired", "Pleo received no update in time"])
            .await?;
        let api = Api::of(&stage).await?;
        // The items without a result are abandoned.
        let state = api.state(&id).await?;
        assert_eq!(state, ("failed".to_owned(), [100, 0, 150]));
        check_reports(&stage, 100).await
    });
}

#[test]
fn entries_left_out_are_reported_as_failed() {
    play("exports_failures", setup(), |stage| async move {
        let api = permitted(&stage).await?;
        let id = open_job(&stage, &api).await?;
        start(&stage).await?;
        let page = stage.page();
        page.click("Leave all of these out").await?;
        import(&stage).await?;
        report(&stage).await?;
        finish(&stage).await?;
        let (status, [exported, failed, other]) = api.state(&id).await?;
        assert_eq!((&*status, other), ("completed_with_errors", 0));
        assert!(exported > 0 && failed > 0, "{exported}, {failed}");
        Ok(())
    });
}

#[test]
fn reloaded_run_continues_where_pleo_says() {
    play("exports_reload", setup(), |stage| async move {
        let api = permitted(&stage).await?;
        let id = open_job(&stage, &api).await?;
        start(&stage).await?;
        let (page, driver) = (stage.page(), stage.browser.driver());
        page.wait_for_button("Leave all of these out").await?;
        // Started, not imported.
        driver.refresh().await?;
        page.click("No, not yet").await?;
        page.click("Leave all of these out").await?;
        page.click("Download manifest").await?;
        let manifest = files::saved(&stage.browser).await?;
        import(&stage).await?;
        // Imported, not reported.
        driver.refresh().await?;
        continue_with_manifest(&stage, &manifest).await?;
        report(&stage).await?;
        page.wait_for_button("Finish export").await?;
        // Reported, not finished: nothing is asked, and nothing is sent again.
        driver.refresh().await?;
        finish(&stage).await?;
        let (status, [exported, failed, other]) = api.state(&id).await?;
        assert_eq!((&*status, other), ("completed_with_errors", 0));
        assert!(exported > 0 && failed > 0, "{exported}, {failed}");
        Ok(())
    });
}

#[test]
fn second_tab_waits_until_the_first_is_closed() {
    play("exports_tabs", setup(), |stage| async move {
        let api = permitted(&stage).await?;
        let id = open_job(&stage, &api).await?;
        let (page, driver) = (stage.page(), stage.browser.driver());
        page.wait_for_button("Start export").await?;
        let first = driver.window().await?;
        let second = stage.browser.open_window().await?;
        page.open(&format!("/exports/{id}")).await?;
        page.alert("export_in_other_tab").await?;
        assert!(!page.has_button("Start export").await?);
        driver.switch_to_window(first).await?;
        driver.close_window().await?;
        driver.switch_to_window(second).await?;
        page.wait_for_button("Start export").await
    });
}

#[test]
fn refused_and_lost_writes_are_not_repeated_unread() {
    play("exports_faults", setup(), |stage| async move {
        let api = permitted(&stage).await?;
        let id = open_job(&stage, &api).await?;
        let page = stage.page();
        for (status, code) in [(409, "conflict"), (422, "unprocessable")] {
            let when = FaultWhen::Before;
            let refused = SandboxFault::Status { status, when };
            let order = refused.at(&[FaultPath::Api]).path(EVENTS);
            stage.sandbox.arm(order, FaultTimes::Once).await?;
            start(&stage).await?;
            page.alert(code).await?;
            page.wait_for_text("has read its state again").await?;
            assert_eq!(api.state(&id).await?.0, "pending");
        }
        start(&stage).await?;
        page.click("Leave all of these out").await?;
        import(&stage).await?;
        // Pleo stores the results, and its answer is empty.
        let lost = SandboxFault::Empty {
            when: FaultWhen::After,
        };
        let order = lost.at(&[FaultPath::Api]);
        let order = order.path(&format!("/v3/export-jobs/{id}/items"));
        stage.sandbox.arm(order, FaultTimes::Once).await?;
        report(&stage).await?;
        page.wait_for_text("does not resend results").await?;
        let (status, [exported, failed, _]) = api.state(&id).await?;
        assert!(exported + failed > 0 && status == "in_progress");
        // The waiting job has fewer entries than a batch.
        finish(&stage).await?;
        let (status, [exported, failed, other]) = api.state(&id).await?;
        assert_eq!((&*status, other), ("completed_with_errors", 0));
        check_reports(&stage, exported + failed).await
    });
}
