//! Export jobs from beginning to end.

use std::time::Duration;

use serde_json::{Value, json};

use crate::run::{ContractRun, UNKNOWN_UUID, id};

pub async fn play(run: &mut ContractRun) {
    let running = listed(run).await;
    items(run, &running).await;
    let next = ended(run, &running).await;
    payload(run, &next).await;
    expired(run, &next).await;
    contra(run).await;
}

async fn event(run: &mut ContractRun, status: u16, job: &str, event: &str) -> Value {
    let body = json!({ "jobId": job, "event": event });
    run.call(status, "createExportJobEventV3", &[], body).await
}

/// The job that is waiting at the start.
async fn listed(run: &mut ContractRun) -> String {
    let company = run.company();
    let own = ("company_id", company.as_str());
    let list = "getExportJobsListV3";
    let all = run.ask(200, list, &[own, ("limit", "100")]).await;
    assert!(all["pagination"]["total"].as_u64().unwrap() > 15);
    let none = run.ask(200, list, &[own, ("limit", "0")]).await;
    assert_eq!(none["data"], json!([]));
    let running = [own, ("statuses", "pending"), ("statuses", "in_progress")];
    let running = run.ask(200, list, &running).await;
    assert_eq!(running["pagination"]["total"], 1);
    let job = running["data"][0]["id"].as_str().unwrap().to_owned();
    run.ask(200, "getExportJobByIdV3", &[("jobId", &job)]).await;
    run.ask(404, "getExportJobByIdV3", &[("jobId", UNKNOWN_UUID)])
        .await;
    job
}

async fn items(run: &mut ContractRun, job: &str) {
    let given = [("jobId", job)];
    let list = "getExportJobItemsV3";
    let page = run.ask(200, list, &given).await;
    let entries: Vec<Value> = rows(&page)
        .iter()
        .map(|row| row["accountingEntryId"].clone())
        .collect();
    run.ask(404, list, &[("jobId", UNKNOWN_UUID)]).await;
    let update = "updateExportJobItemsV3";
    let done =
        |entry: &Value, status: &str| json!({ "accountingEntryId": entry, "status": status });
    let first = json!([done(&entries[0], "successful")]);
    // Not before it has begun, not more than a hundred, and not elsewhere.
    run.call(422, update, &given, first.clone()).await;
    run.call(404, update, &[("jobId", UNKNOWN_UUID)], first.clone())
        .await;
    let many: Vec<Value> = (0..101).map(|_| done(&entries[0], "failed")).collect();
    let refused = run.call(413, update, &given, json!(many)).await;
    assert_eq!(refused["type"], "EXPORT_JOB_ITEMS_UPDATE_LIMIT");

    event(run, 422, job, "completed").await;
    event(run, 202, job, "started").await;
    event(run, 422, job, "started").await;
    let reported = json!([
        { "accountingEntryId": entries[0], "status": "successful", "externalId": "LL-1",
          "externalUrl": "https://ledger.example/1", "exportedAt": "2026-11-16T00:01:00Z" },
        { "accountingEntryId": entries[1], "status": "failed", "failureReason": "No account",
          "failureReasonType": "account_unknown" },
        done(&json!(UNKNOWN_UUID), "successful"),
        done(&entries[0], "failed"),
    ]);
    let answer = run.call(200, update, &given, reported).await;
    assert_eq!(answer["data"].as_array().unwrap().len(), 2);
    let kinds: Vec<&Value> = answer["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["type"])
        .collect();
    assert_eq!(
        kinds,
        [
            "ACCOUNTING_ENTRY_DOES_NOT_EXIST",
            "EXPORT_ENTRY_STATUS_UPDATE_FAILED"
        ]
    );
    let failed = run.ask(200, list, &[given[0], ("status", "failed")]).await;
    assert_eq!(failed["pagination"]["total"], 1);

    let company = run.company();
    let own = ("company_id", company.as_str());
    let find = "getExportJobItemByAccountingEntryIdV3";
    let entry = entries[0].as_str().unwrap();
    let item = run
        .ask(200, find, &[own, ("accounting_entry_id", entry)])
        .await;
    assert_eq!(item["data"]["externalId"], "LL-1");
    run.ask(404, find, &[own, ("accounting_entry_id", UNKNOWN_UUID)])
        .await;
    run.ask(400, find, &[own]).await;
    let wanted = json!({ "accountingEntryIds": entries[..2], "status": "successful" });
    let found = run
        .call(200, "searchExportJobItemsV3", &[own], wanted)
        .await;
    assert_eq!(found["pagination"]["total"], 1);
}

/// One job runs at a time; what the first did not take over can go into the next.
async fn ended(run: &mut ContractRun, job: &str) -> String {
    let company = run.company();
    let page = run.ask(200, "getExportJobItemsV3", &[("jobId", job)]).await;
    let booked = [("job_id", job), ("limit", "2")];
    let booked = run.ask(200, "getExportItemsV3", &booked).await;
    let left = rows(&page)
        .iter()
        .filter(|row| row["status"] != "successful");
    let left: Vec<Value> = left.map(|row| row["accountingEntryId"].clone()).collect();
    let create = "createExportJobV3";
    let wanted = |ids: Value| json!({ "companyId": company, "accountingEntryIds": ids });
    let busy = run.call(409, create, &[], wanted(json!(left))).await;
    assert_eq!(busy["type"], "EXPORT_ALREADY_IN_PROGRESS");
    event(run, 202, job, "completed_with_errors").await;
    let shown = run.ask(200, "getExportJobByIdV3", &[("jobId", job)]).await;
    assert_eq!(shown["data"]["status"], "completed_with_errors");
    assert!(shown["data"]["completedAt"].is_string());
    let abandoned = run
        .ask(
            200,
            "getExportJobItemsV3",
            &[("jobId", job), ("status", "abandoned")],
        )
        .await;
    assert_eq!(abandoned["pagination"]["total"], left.len() - 1);
    for late in ["started", "failed", "completed"] {
        let refused = event(run, 422, job, late).await;
        assert_eq!(refused["type"], "INVALID_EXPORT_JOB_STATUS_CHANGE");
    }
    // The entries have the new status.
    let taken = rows(&page)
        .iter()
        .find(|row| row["status"] == "successful")
        .unwrap();
    for (entry, status) in [
        (&taken["accountingEntryId"], "EXPORTED"),
        (&left[0], "CREATED"),
        (&left[1], "QUEUED"),
    ] {
        let given = [("accountingEntryId", entry.as_str().unwrap())];
        let entry = run.ask(200, "externalGetAccountingEntryV1", &given).await;
        assert_eq!(entry["data"]["exportStatus"], status);
        let search = json!({ "includeDeleted": false, "exportStatus": [status] });
        let own = [("company_id", company.as_str()), ("limit", "1")];
        let page = run
            .call(200, "externalSearchAccountingEntriesV1", &own, search)
            .await;
        assert_eq!(rows(&page).len(), 1);
    }
    for refused in [
        json!([]),
        json!([UNKNOWN_UUID]),
        json!([taken["accountingEntryId"]]),
        json!([left[0], left[0]]),
    ] {
        run.call(400, create, &[], wanted(refused)).await;
    }
    let made = run.call(201, create, &[], wanted(json!(left))).await;
    assert_eq!(
        (&made["data"]["status"], &made["data"]["numberOfItems"]),
        (&json!("pending"), &json!(left.len()))
    );
    let next = id(&made);
    // The entry of this cursor is in the next job too, and the cursor still none of its list.
    let taken_over = &booked["data"][1]["accountingEntryId"];
    assert!(left.contains(taken_over));
    let cursor = booked["pagination"]["endCursor"].as_str().unwrap();
    let given = [("job_id", next.as_str()), ("after", cursor)];
    run.ask(400, "getExportItemsV3", &given).await;
    next
}

async fn payload(run: &mut ContractRun, job: &str) {
    let own = [("job_id", job), ("limit", "100")];
    let page = run.ask(200, "getExportItemsV3", &own).await;
    for item in rows(&page) {
        let lines = item["accountingEntryLines"].as_array().unwrap().iter();
        let sum: f64 = lines
            .map(|line| {
                line["lineAmount"]["inWalletCurrency"]["value"]
                    .as_f64()
                    .unwrap()
            })
            .sum();
        let whole = item["amount"]["inWalletCurrency"]["value"]
            .as_f64()
            .unwrap();
        assert!((sum - whole).abs() < 0.5, "{item}");
    }
    run.ask(400, "getExportItemsV3", &[]).await;
    run.ask(404, "getExportItemsV3", &[("job_id", UNKNOWN_UUID)])
        .await;
}

async fn expired(run: &mut ContractRun, job: &str) {
    event(run, 202, job, "started").await;
    run.sandbox_server.clock.advance(Duration::from_secs(3599));
    let token = run.sandbox_server.token_for_all(0).await;
    run.token = token;
    let is_live = run.ask(200, "getExportJobByIdV3", &[("jobId", job)]).await;
    assert_eq!(is_live["data"]["status"], "in_progress");
    run.sandbox_server.clock.advance(Duration::from_secs(2));
    let shown = run.ask(200, "getExportJobByIdV3", &[("jobId", job)]).await;
    let data = &shown["data"];
    assert_eq!(
        (&data["status"], &data["failureReasonType"]),
        (&json!("failed"), &json!("job_expired"))
    );
    assert!(data["expiredAt"].is_string());
    let refused = run.ask(422, "getExportItemsV3", &[("job_id", job)]).await;
    assert_eq!(refused["type"], "EXPORT_JOB_STATUS_UNPROCESSABLE");
}

/// Without the contra account nothing that needs it is exported.
async fn contra(run: &mut ContractRun) {
    let company = run.company();
    let own = [("company_id", company.as_str()), ("limit", "100")];
    let search = json!({
        "includeDeleted": false, "exportStatus": ["QUEUED"], "families": ["CARD_PURCHASE"],
        "settled": true,
    });
    let page = run
        .call(200, "externalSearchAccountingEntriesV1", &own, search)
        .await;
    let entry = rows(&page)[0]["id"].clone();
    let wanted = json!({ "companyId": company, "accountingEntryIds": [entry] });
    let job = id(&run
        .call(201, "createExportJobV3", &[], wanted.clone())
        .await);
    let account = run.sandbox_server.sandbox.store().contra[0].clone();
    let account = [("accountId", account.as_str())];
    let archive =
        |archived: bool| json!({ "name": "Pleo wallet", "archived": archived, "code": "5820" });
    run.call(200, "updateAccountV1", &account, archive(true))
        .await;
    let refused = run.ask(400, "getExportItemsV3", &[("job_id", &job)]).await;
    assert_eq!(refused["type"], "MISSING_CONTRA_ACCOUNTS");
    let failed = json!({
        "jobId": job, "event": "failed", "failureReason": "No wallet",
        "failureReasonType": "missing_configuration",
    });
    run.call(202, "createExportJobEventV3", &[], failed).await;
    let refused = run.call(400, "createExportJobV3", &[], wanted).await;
    assert_eq!(refused["type"], "MISSING_CONTRA_ACCOUNTS");
    run.call(200, "updateAccountV1", &account, archive(false))
        .await;
    let odd = json!({ "jobId": job, "event": "completed", "failureReason": "why" });
    run.call(400, "createExportJobEventV3", &[], odd).await;
}

fn rows(page: &Value) -> &[Value] {
    page["data"].as_array().unwrap()
}
