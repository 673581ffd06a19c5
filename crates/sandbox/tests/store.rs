//! What calls change, and what puts it back; links that die; other companies' things; faults at every
//! operation.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a failed step should stop a test

mod common;

use std::time::Duration;

use common::{SITE, TestSandbox};
use outlay_pleo::time::Instant;
use outlay_sandbox::api::catalogue::CATALOGUE;
use serde_json::{Value, json};

/// A client shows how old a job is, and when it expires, by its own clock.
#[tokio::test]
async fn jobs_that_run_have_instants_of_the_clients_clock() {
    let wall = Instant::parse("2031-05-04T09:30:00Z").unwrap();
    let sandbox_server = TestSandbox::at_wall(3000, wall);
    let token = sandbox_server.token_for_all(0).await;
    let jobs = async || {
        let line = "GET /v3/export-jobs?limit=100";
        let page = sandbox_server.call(line, &token, "").await.json();
        page["data"].as_array().unwrap().clone()
    };
    // Seconds before the client's present; the test itself takes some.
    let age = |job: &Value, name: &str| {
        let instant = job[name].as_str().and_then(Instant::parse);
        wall.seconds - instant.unwrap().seconds
    };
    let before = jobs().await;
    let day = 86_400;
    assert!(
        before
            .iter()
            .any(|job| job["status"] == "completed_with_errors")
    );
    for job in &before {
        let is_running = job["status"] == "pending";
        assert_eq!(age(job, "createdAt") < day, is_running, "{job}");
        assert_eq!(age(job, "lastUpdatedAt") < day, is_running, "{job}");
    }
    let job = before
        .iter()
        .find(|job| job["status"] == "pending")
        .unwrap();
    assert_eq!(age(job, "createdAt") - age(job, "lastUpdatedAt"), 90);
    assert!((-60..=60).contains(&age(job, "lastUpdatedAt")), "{job}");

    for event in ["started", "completed_with_errors"] {
        let body = json!({ "jobId": job["id"], "event": event }).to_string();
        let line = "POST /v3/export-job-events";
        let answer = sandbox_server.call(line, &token, &body).await;
        assert_eq!(answer.status, 202, "{}", answer.text);
    }
    let after = jobs().await;
    let ended = after.iter().find(|one| one["id"] == job["id"]).unwrap();
    for name in ["startedAt", "lastUpdatedAt", "completedAt"] {
        assert!((-60..=60).contains(&age(ended, name)), "{name}: {ended}");
    }
}

#[tokio::test]
async fn item_updates_are_counted_and_repeated_ones_apart() {
    let sandbox_server = TestSandbox::with(3000, None);
    let token = sandbox_server.token_for_all(0).await;
    let call = async |line: &str, body: Value| {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        sandbox_server.call(line, &token, &body).await.json()
    };
    let jobs = call("GET /v3/export-jobs?statuses=pending", Value::Null).await;
    let job = jobs["data"][0]["id"].as_str().unwrap().to_owned();
    let items = format!("GET /v3/export-jobs/{job}/items");
    let items = call(&items, Value::Null).await;
    let update = |at: usize, status: &str| json!({ "accountingEntryId": items["data"][at]["accountingEntryId"], "status": status });
    let started = json!({ "jobId": job, "event": "started" }).to_string();
    let line = "POST /v3/export-job-events";
    sandbox_server.call(line, &token, &started).await;
    let line = format!("PUT /v3/export-jobs/{job}/items");
    let counters = || {
        let counters = sandbox_server.sandbox.token_store().counters.clone();
        (counters.item_updates, counters.item_updates_again)
    };
    call(&line, json!([update(0, "successful"), update(1, "failed")])).await;
    assert_eq!(counters(), (2, 0));
    call(
        &line,
        json!([update(1, "successful"), update(0, "successful")]),
    )
    .await;
    assert_eq!(counters(), (4, 2));
}

#[tokio::test]
async fn reset_restores_changed_records() {
    let sandbox_server = TestSandbox::with(3000, None);
    let token = sandbox_server.token_for_all(0).await;
    let company = sandbox_server.company(0).to_owned();
    let seen = async || {
        let mut all = Vec::new();
        for line in [
            "GET /v1/installations/me".to_owned(),
            "GET /v1/subscriptions".to_owned(),
            "GET /v3/export-jobs?limit=100".to_owned(),
            format!("GET /v0/tag-groups?company_id={company}"),
            "GET /v0/tags?include_archived=true".to_owned(),
        ] {
            all.push(sandbox_server.call(&line, &token, "").await.json()["data"].clone());
        }
        let installation = sandbox_server
            .call("GET /v1/installations/me", &token, "")
            .await;
        all.push(installation.json());
        let vendors = format!("POST /v1/vendors:search?company_id={company}&limit=100");
        all.push(sandbox_server.call(&vendors, &token, "{}").await.json()["data"].clone());
        let exporting = "{\"includeDeleted\":false,\"exportStatus\":[\"EXPORTING\"]}";
        let query = format!("company_id={company}&sorting_keys=id&limit=100");
        all.push(
            sandbox_server
                .search(&token, &query, exporting)
                .await
                .json()["data"]
                .clone(),
        );
        all
    };
    let before = seen().await;
    let job = before[2][0]["id"].as_str().unwrap().to_owned();
    assert!(!before[7].as_array().unwrap().is_empty());
    let group = before[3][0]["id"].as_str().unwrap();
    let running = before[2]
        .as_array()
        .unwrap()
        .iter()
        .find(|job| job["status"] == "pending");
    let running = running.map_or(job, |job| job["id"].as_str().unwrap().to_owned());
    for (line, body) in [
        (
            "PUT /v1/installations/me".to_owned(),
            json!({ "status": "INACTIVE" }),
        ),
        (
            "POST /v1/subscriptions".to_owned(),
            json!({ "endpointUrl": "https://a.example", "eventTypes": ["v1.vendor.created"] }),
        ),
        (
            "POST /v3/export-job-events".to_owned(),
            json!({ "jobId": running, "event": "failed" }),
        ),
        (format!("DELETE /v0/tag-groups/{group}"), Value::Null),
        (
            "POST /v1/vendors".to_owned(),
            json!({ "companyId": company, "name": "Te", "defaultCurrency": "DKK" }),
        ),
    ] {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = sandbox_server.call(&line, &token, &body).await;
        assert!(answer.status.is_success(), "{line}: {}", answer.text);
    }
    let changed = seen().await;
    for (at, (before, after)) in before.iter().zip(&changed).enumerate().skip(1) {
        assert_ne!(before, after, "{at}");
    }
    sandbox_server.reset().await;
    assert_eq!(seen().await, before);
}

#[tokio::test]
async fn receipt_link_expires_and_cannot_be_altered() {
    let sandbox_server = TestSandbox::with(50, None);
    let token = sandbox_server.token_for_all(0).await;
    let line = format!(
        "POST /v1/accounting-entries/receipts:search?company_id={}",
        sandbox_server.company(0)
    );
    let page = sandbox_server
        .call(&line, &token, "{\"includeDeleted\":false}")
        .await
        .json();
    let row = &page["data"][0];
    let link = row["url"].as_str().unwrap();
    let path = link.strip_prefix("http://localhost:8788").unwrap();
    assert_eq!(
        sandbox_server.file(link).await.len() as u64,
        row["sizeInBytes"].as_u64().unwrap()
    );
    let request = async |path: &str| {
        let line = format!("HEAD {path}");
        let head = sandbox_server
            .send(8788, &line, &[("Origin", SITE)], "")
            .await;
        assert_eq!(head.status, 405);
        assert_eq!(head.header("access-control-allow-origin"), SITE);
    };
    request(path).await;
    // No call of the API: a fault that waits for one is still armed afterwards.
    sandbox_server
        .once(json!({"fault": "status", "at": "api"}))
        .await;
    sandbox_server.file(link).await;
    assert_eq!(sandbox_server.sandbox.faults().armed().len(), 1);
    sandbox_server.reset().await;
    let other = page["data"][1]["id"].as_str().unwrap();
    let own = row["id"].as_str().unwrap();
    for bent in [
        path.replace(own, other),
        path.replace("until=1", "until=2"),
        path.split('?').next().unwrap().to_owned(),
        path.replace("/original", "/thumbnail"),
    ] {
        let answer = sandbox_server
            .send(8788, &format!("GET {bent}"), &[], "")
            .await;
        assert_eq!(answer.status, 403, "{bent}");
    }
    sandbox_server.clock.advance(Duration::from_secs(901));
    let late = sandbox_server
        .send(8788, &format!("GET {path}"), &[], "")
        .await;
    assert_eq!(
        (late.status.as_u16(), late.text.as_str()),
        (403, "The link has expired.\n")
    );
}

/// By id there is nothing of another company: 403 where it is documented, else as if it were not there.
#[tokio::test]
async fn records_of_another_company_are_not_returned() {
    let sandbox_server = TestSandbox::with(3000, None);
    let (own, other) = (
        sandbox_server.token_for_all(0).await,
        sandbox_server.token_for_all(1).await,
    );
    let theirs = sandbox_server.company(1).to_owned();
    let first = async |line: &str, body: &str| {
        let found = sandbox_server.call(line, &other, body).await;
        found.json()["data"][0]["id"]
            .as_str()
            .expect(line)
            .to_owned()
    };
    let job = first("GET /v3/export-jobs", "").await;
    let group = first(&format!("GET /v0/tag-groups?company_id={theirs}"), "").await;
    let tag = first("GET /v0/tags", "").await;
    let dimensions = sandbox_server
        .call(
            &format!("GET /v0/tag-groups/{group}/dimensions"),
            &other,
            "",
        )
        .await;
    let dimension = dimensions.json()["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let tax = first("POST /v0/tax-codes:search", "{}").await;
    let vendor = first(
        &format!("POST /v1/vendors:search?company_id={theirs}"),
        "{}",
    )
    .await;
    let hook = first("GET /v1/subscriptions", "").await;
    let company_entries = &sandbox_server.sandbox.sample_data.all_companies()[1];
    let papers = company_entries
        .entries()
        .iter()
        .find(|one| !one.receipt_ids.is_empty())
        .unwrap();
    let account = &sandbox_server.sandbox.store().contra[1].clone();
    let mut tried = 0;
    for endpoint in CATALOGUE
        .operations
        .iter()
        .filter(|one| one.path.contains('{'))
    {
        let mut path = endpoint.path.clone();
        for (name, id) in [
            ("jobId", job.as_str()),
            ("groupId", &group),
            ("tagId", &tag),
            ("dimensionId", &dimension),
            ("taxCodeId", &tax),
            ("accountId", account),
            ("accountingEntryId", papers.id.as_str()),
            ("receiptId", papers.receipt_ids[0].as_str()),
            ("companyId", &theirs),
            ("employeeId", "never"),
            (
                "id",
                if endpoint.group == "webhooks" {
                    &hook
                } else {
                    &vendor
                },
            ),
        ] {
            path = path.replace(&format!("{{{name}}}"), id);
        }
        // What needs a body says so first; `contract` plays those by ids that nothing has.
        if endpoint.body.is_some() || path.contains("never") {
            continue;
        }
        tried += 1;
        let line = format!("{} {path}", endpoint.method.as_str());
        let answer = sandbox_server.call(&line, &own, "").await;
        let documented = endpoint.answers.iter().any(|one| one.status == Some(403));
        let expected = if documented { 403 } else { 404 };
        assert_eq!(answer.status, expected, "{line}: {}", answer.text);
    }
    assert_eq!(tried, 27);
}

#[tokio::test]
async fn every_operation_can_return_every_response_fault() {
    let sandbox_server = TestSandbox::with(20, None);
    for endpoint in &CATALOGUE.operations {
        let path = endpoint.path.replace(['{', '}'], "");
        let place = if endpoint.id == "introspect" {
            "introspection"
        } else {
            "api"
        };
        let line = format!("{} {path}", endpoint.method.as_str());
        for (fault, status) in [
            (
                json!({"fault": "busy", "status": 429, "retryAfter": 3}),
                429,
            ),
            (
                json!({"fault": "status", "status": 500, "when": "before"}),
                500,
            ),
            (json!({"fault": "not-json"}), 200),
        ] {
            let mut order = fault;
            order["at"] = json!(place);
            order["path"] = json!(path);
            sandbox_server.once(order).await;
            let answer = sandbox_server.call(&line, "unknown", "").await;
            assert_eq!(answer.status, status, "{line}");
        }
        let answer = sandbox_server.call(&line, "unknown", "").await;
        assert_eq!(answer.status, 401, "{line}");
    }
}
