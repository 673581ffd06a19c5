//! Every list of the document, walked to its end and back.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a failed step should stop a test

mod common;

use common::TestSandbox;
use form_urlencoded::Serializer;
use outlay_pleo::catalogue::{Endpoint, ParameterLocation};
use outlay_sandbox::api::catalogue::CATALOGUE;
use serde_json::{Value, json};

/// The calls of one list.
struct ListCase<'a> {
    sandbox_server: &'a TestSandbox,
    token: &'a str,
    endpoint: &'static Endpoint,
    path: String,
    base: Vec<(String, String)>,
    body: String,
}

impl ListCase<'_> {
    async fn ask(&self, paging: &[(&str, &str)]) -> common::TestResponse {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(&self.base).extend_pairs(paging);
        let method = self.endpoint.method.as_str();
        let line = format!("{method} {}?{}", self.path, query.finish());
        self.sandbox_server
            .call(&line, self.token, &self.body)
            .await
    }

    async fn page(&self, paging: &[(&str, &str)]) -> Value {
        let answer = self.ask(paging).await;
        let id = &self.endpoint.id;
        assert_eq!(answer.status, 200, "{id} {paging:?}: {}", answer.text);
        answer.json()
    }

    fn takes(&self, name: &str) -> bool {
        self.endpoint
            .parameter(ParameterLocation::Query, name)
            .is_some()
    }
}

/// Every list with at least three rows: what stands in its path, and its body.
async fn lists<'a>(sandbox_server: &'a TestSandbox, token: &'a str) -> Vec<ListCase<'a>> {
    let company = sandbox_server.company(0).to_owned();
    let call = async |line: &str| sandbox_server.call(line, token, "").await.json()["data"].clone();
    let jobs = call("GET /v3/export-jobs?statuses=pending").await;
    let job = jobs[0]["id"].as_str().unwrap().to_owned();
    let items = call(&format!("GET /v3/export-jobs/{job}/items")).await;
    let entries: Vec<&Value> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["accountingEntryId"])
        .collect();
    let groups = call(&format!("GET /v0/tag-groups?company_id={company}")).await;
    let hook = call("GET /v1/subscriptions").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let request =
        json!({ "endpointUrl": "https://a.example", "eventTypes": ["v1.vendor.created"] });
    for _ in 0..3 {
        let put = format!("PUT /v1/subscriptions/{hook}");
        sandbox_server.call(&put, token, &request.to_string()).await;
        sandbox_server
            .call("POST /v1/subscriptions", token, &request.to_string())
            .await;
    }
    let company_entries = &sandbox_server.sandbox.sample_data.all_companies()[0];
    let papers = company_entries
        .entries()
        .iter()
        .find(|one| one.receipt_ids.len() > 1)
        .unwrap();
    let mut lists = Vec::new();
    for endpoint in CATALOGUE.operations.iter().filter(|one| one.paged) {
        let group = groups[0]["id"].as_str().unwrap();
        let id = match endpoint.group.as_str() {
            "export" => &job,
            "entries" => papers.id.as_str(),
            "tags" => group,
            _ => &hook,
        };
        let (before, rest) = endpoint
            .path
            .split_once('{')
            .unwrap_or((&endpoint.path, ""));
        let after = rest.split_once('}').map_or("", |(_, after)| after);
        let path = if rest.is_empty() {
            before.to_owned()
        } else {
            format!("{before}{id}{after}")
        };
        let body = match endpoint.id.as_str() {
            "searchAccountsV1" => json!({
                "companyId": company, "excludeIfAssignedToCategory": false,
                "excludeIfAssignedToContraAccount": false,
            }),
            "searchExportJobItemsV3" => json!({ "accountingEntryIds": entries }),
            "searchReceipts" | "externalSearchAccountingEntriesV1" => {
                json!({ "includeDeleted": true })
            }
            _ => json!({}),
        };
        let names = [("company_id", &company), ("job_id", &job)];
        let given = names
            .into_iter()
            .filter(|(name, _)| endpoint.parameter(ParameterLocation::Query, name).is_some());
        lists.push(ListCase {
            base: given
                .map(|(name, value)| (name.to_owned(), value.clone()))
                .collect(),
            body: if endpoint.body.is_some() {
                body.to_string()
            } else {
                String::new()
            },
            sandbox_server,
            token,
            endpoint,
            path,
        });
    }
    lists
}

fn rows(page: &Value) -> Vec<String> {
    page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(Value::to_string)
        .map(without_links)
        .collect()
}

/// Links to receipts hold the time.
fn without_links(row: String) -> String {
    row.split("?until=").next().unwrap().to_owned()
}

#[tokio::test]
async fn every_list_pages_forward_backward_and_by_offset() {
    let sandbox_server = TestSandbox::with(3000, None);
    let token = sandbox_server.token_for_all(0).await;
    let lists = lists(&sandbox_server, &token).await;
    assert_eq!(lists.len(), 18);
    for list in &lists {
        let id = &list.endpoint.id;
        let whole = list.page(&[("limit", "100")]).await;
        let all = rows(&whole);
        let few = all.len().div_ceil(3).to_string();
        let mut forward = Vec::new();
        let mut page = list.page(&[("limit", &few)]).await;
        assert_eq!(page["pagination"]["hasPreviousPage"], false, "{id}");
        forward.extend(rows(&page));
        while page["pagination"]["hasNextPage"] == true && forward.len() < all.len() {
            let cursor = page["pagination"]["endCursor"].as_str().unwrap().to_owned();
            let letter = |byte: u8| byte.is_ascii_uppercase() || b"234567=~".contains(&byte);
            assert!(cursor.bytes().all(letter), "{id}: {cursor}");
            page = list.page(&[("limit", &few), ("after", &cursor)]).await;
            forward.extend(rows(&page));
        }
        forward.truncate(all.len());
        assert_eq!(forward, all, "{id}");
        let total = whole["pagination"]["total"].as_u64().unwrap() as usize;
        assert_eq!(whole["pagination"]["hasNextPage"], total > 100, "{id}");
        let last = whole["pagination"]["endCursor"].as_str().unwrap();
        let back = list.page(&[("limit", "100"), ("before", last)]).await;
        assert_eq!(rows(&back), all[..all.len() - 1], "{id}");
        if list.takes("offset") {
            let skipped = list.page(&[("limit", "100"), ("offset", "1")]).await;
            let seen = rows(&skipped);
            assert_eq!(seen[..all.len() - 1], all[1..], "{id}");
            let past = list.page(&[("offset", "100000")]).await;
            assert_eq!(past["data"], json!([]), "{id}");
        }
        refused(list, last).await;
    }
}

async fn refused(list: &ListCase<'_>, cursor: &str) {
    let id = &list.endpoint.id;
    let strange = [("sorting_keys", "colour")];
    let stray = [("sorting_order", "ASC")];
    let foreign = [("after", "AAAAAAAAAA")];
    let both = [("after", cursor), ("before", cursor)];
    let much = [("limit", "101")];
    for (paging, word) in [
        (&strange[..], "sorting_keys"),
        (&stray[..], "sorting_order"),
        (&foreign[..], "cursor"),
        (&both[..], "exclude"),
        (&much[..], "limit"),
    ] {
        let answer = list.ask(paging).await;
        assert_eq!(answer.status, 400, "{id} {paging:?}: {}", answer.text);
        assert!(
            answer.text.contains(word),
            "{id} {paging:?}: {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn every_list_with_ids_pages_in_reverse() {
    let sandbox_server = TestSandbox::with(3000, None);
    let token = sandbox_server.token_for_all(0).await;
    for list in &lists(&sandbox_server, &token).await {
        let id = &list.endpoint.id;
        let up = [
            ("limit", "100"),
            ("sorting_keys", "id"),
            ("sorting_order", "ASC"),
        ];
        let answer = list.ask(&up).await;
        let by_id = answer.status == 200;
        let items = [
            "getExportJobItemsV3",
            "getExportItemsV3",
            "searchExportJobItemsV3",
        ];
        assert_eq!(
            by_id,
            !items.contains(&id.as_str()),
            "{id}: {}",
            answer.text
        );
        if !by_id {
            continue;
        }
        let ids = |page: &Value| -> Vec<String> {
            let rows = page["data"].as_array().unwrap().iter();
            rows.map(|row| row["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let rising = answer.json();
        assert!(ids(&rising).is_sorted(), "{id}");
        let down = [
            ("limit", "100"),
            ("sorting_keys", "id"),
            ("sorting_order", "DESC"),
        ];
        let falling = ids(&list.page(&down).await);
        assert!(falling.is_sorted_by(|left, right| left > right), "{id}");
        // A cursor of one order is none of the other.
        let cursor = rising["pagination"]["endCursor"].as_str().unwrap();
        let mut turned = down.to_vec();
        turned.push(("after", cursor));
        assert_eq!(list.ask(&turned).await.status, 400, "{id}");
    }
}

#[tokio::test]
async fn paging_continues_after_a_record_is_removed() {
    let sandbox_server = TestSandbox::with(20, None);
    let token = sandbox_server.token_for_all(0).await;
    let list = async |query: &str| {
        sandbox_server
            .get(&format!("/v0/tags?limit=4&{query}"), &token)
            .await
            .json()
    };
    let first = list("").await;
    let gone = first["data"][3]["id"].as_str().unwrap();
    let cursor = first["pagination"]["endCursor"].as_str().unwrap();
    let expected = list(&format!("after={cursor}")).await;
    let line = format!("DELETE /v0/tags/{gone}");
    assert_eq!(sandbox_server.call(&line, &token, "").await.status, 204);
    let next = list(&format!("after={cursor}")).await;
    assert_eq!(next["data"], expected["data"]);
}

#[tokio::test]
async fn cursor_of_another_list_is_rejected() {
    let sandbox_server = TestSandbox::with(3000, None);
    let token = sandbox_server.token_for_all(0).await;
    let all = lists(&sandbox_server, &token).await;
    for own in &all {
        let page = own.page(&[("limit", "2")]).await;
        let cursor = page["pagination"]["startCursor"].as_str().unwrap();
        for list in &all {
            let answer = list.ask(&[("after", cursor)]).await;
            let (from, to) = (&own.endpoint.id, &list.endpoint.id);
            let good = if from == to { 200 } else { 400 };
            assert_eq!(answer.status, good, "{from} to {to}: {}", answer.text);
        }
    }
    let first = async |line: &str, token: &str| {
        let page = sandbox_server.call(line, token, "").await.json();
        let cursor = page["pagination"]["startCursor"].as_str().expect(line);
        cursor.to_owned()
    };
    // Nor in the same list of another group, of another job, of another company.
    let company = sandbox_server.company(0);
    let ids = async |line: &str| -> Vec<String> {
        let page = sandbox_server.call(line, &token, "").await.json();
        let rows = page["data"].as_array().unwrap().iter();
        rows.map(|row| row["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let groups = ids(&format!("GET /v0/tag-groups?company_id={company}")).await;
    let jobs = ids("GET /v3/export-jobs").await;
    for (template, ids) in [
        ("GET /v0/tag-groups/{id}/tags?limit=2", &groups),
        ("GET /v3/export-jobs/{id}/items?limit=2", &jobs),
    ] {
        let [own, other] = [0, 1].map(|at| template.replace("{id}", &ids[at]));
        let cursor = first(&own, &token).await;
        let status = async |line: &str| {
            let line = format!("{line}&after={cursor}");
            sandbox_server.call(&line, &token, "").await.status
        };
        assert_eq!(status(&own).await, 200, "{own}");
        assert_eq!(status(&other).await, 400, "{other}");
    }
    let others = sandbox_server.token_for_all(1).await;
    for line in ["GET /v2/employees?limit=2", "GET /v0/tags?limit=2"] {
        let line = format!("{line}&after={}", first(line, &token).await);
        assert_eq!(
            sandbox_server.call(&line, &token, "").await.status,
            200,
            "{line}"
        );
        assert_eq!(
            sandbox_server.call(&line, &others, "").await.status,
            400,
            "{line}"
        );
    }
}
