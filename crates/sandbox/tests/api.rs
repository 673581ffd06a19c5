//! The API: bearer, scopes, companies, employees, entries, paging.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use std::collections::HashSet;

use common::{ALL, SCOPES, TestResponse, TestSandbox};
use serde_json::Value;

#[tokio::test]
async fn introspection_returns_subject_and_scopes() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    let answer = sandbox_server.get("/v1/introspect", &tokens.access).await;
    assert_eq!(
        answer.header("content-type"),
        "application/json;charset=UTF-8"
    );
    let data = &answer.json()["data"];
    assert_eq!(data["authMethod"], "OAUTH2");
    assert_eq!(data["clientId"], "outlay-sandbox");
    assert_eq!(data["scope"], SCOPES);
    let urn = format!("urn:pleo:company:{}", sandbox_server.company(0));
    assert_eq!(data["subjectURN"], urn.as_str());
}

#[tokio::test]
async fn invalid_bearer_is_rejected_with_its_reason() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    let refresh = format!("Bearer {}", tokens.refresh);
    let send = async |headers: &[(&str, &str)]| {
        sandbox_server
            .send(8788, "GET /v1/introspect", headers, "")
            .await
    };
    for (headers, word) in [
        (&[][..], ""),
        (&[("Authorization", "Basic eDp5")][..], ""),
        (&[("Authorization", "Bearer")][..], ""),
        (&[("Authorization", "Bearer nonsense")][..], "invalid_token"),
        (&[("Authorization", refresh.as_str())][..], "invalid_token"),
        (
            &[("Authorization", "Bearer a"), ("Authorization", "Bearer b")][..],
            "invalid_token",
        ),
    ] {
        let answer = send(headers).await;
        problem(&answer, 401, "UNAUTHORIZED");
        let challenge = answer.header("www-authenticate");
        assert!(challenge.starts_with("Bearer realm="), "{challenge}");
        assert!(challenge.contains(word), "{challenge}");
    }
    let in_query = format!("GET /v1/introspect?access_token={}", tokens.access);
    problem(
        &sandbox_server.send(8788, &in_query, &[], "").await,
        401,
        "UNAUTHORIZED",
    );
    assert_eq!(sandbox_server.sandbox.token_store().counters.api, 7);
}

#[tokio::test]
async fn only_the_own_company_is_returned() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    let (own, other) = (
        sandbox_server.company(0).to_owned(),
        sandbox_server.company(1).to_owned(),
    );
    let listed = sandbox_server.get("/v1/companies", &token).await.json();
    assert_eq!(listed["pagination"]["total"], 1);
    assert_eq!(listed["data"][0]["id"], own.as_str());
    let get = async |path: String| sandbox_server.get(&path, &token).await;
    let one = get(format!("/v1/companies/{own}")).await.json();
    assert_eq!(one["data"]["address"]["country"], "DK");
    problem(
        &get(format!("/v1/companies/{other}")).await,
        403,
        "ACCESS_DENIED",
    );
    let unknown_client = "/v1/companies/00000000-0000-4000-8000-000000000000".to_owned();
    problem(&get(unknown_client).await, 404, "NOT_FOUND");
    problem(
        &get("/v1/companies/x".to_owned()).await,
        400,
        "INVALID_REQUEST",
    );
    problem(
        &get(format!("/v2/employees?companyId={other}")).await,
        403,
        "ACCESS_DENIED",
    );
    let foreign = sandbox_server
        .search(&token, &format!("company_id={other}"), ALL)
        .await;
    problem(&foreign, 403, "ACCESS_DENIED");
    let sample_data = &sandbox_server.sandbox.sample_data;
    let theirs = &sample_data.company_entries(&other).unwrap().entries()[0].id;
    problem(
        &get(format!("/v1/accounting-entries/{theirs}")).await,
        403,
        "ACCESS_DENIED",
    );
}

#[tokio::test]
async fn employees_are_listed_and_fetched() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    let get = async |path: &str| sandbox_server.get(path, &token).await;
    let all = get("/v2/employees?limit=100&sorting_keys=lastName&sorting_order=DESC").await;
    let all = all.json();
    assert_eq!(all["pagination"]["total"], 22);
    let names: Vec<&str> = rows(&all)
        .iter()
        .map(|one| one["lastName"].as_str().unwrap())
        .collect();
    assert!(names.is_sorted_by(|left, right| left >= right), "{names:?}");
    let email = all["data"][0]["email"].as_str().unwrap();
    let found = get(&format!("/v2/employees?email={email}")).await.json();
    assert_eq!(rows(&found).len(), 1);
    let id = found["data"][0]["id"].as_str().unwrap();
    let one = get(&format!("/v2/employees/{id}")).await.json();
    assert_eq!(one["data"], found["data"][0]);
    let offset = get("/v2/employees?offset=20&limit=5").await.json();
    assert_eq!(rows(&offset).len(), 2);
    assert_eq!(offset["pagination"]["hasPreviousPage"], true);
    assert_eq!(rows(&get("/v2/employees").await.json()).len(), 20);
}

#[tokio::test]
async fn paging_returns_every_entry_once() {
    let sandbox_server = TestSandbox::with(1000, None);
    let token = sandbox_server.tokens().await.access;
    let company = sandbox_server.company(0);
    let order = "sorting_keys=performedAt&sorting_keys=id&sorting_order=DESC&sorting_order=ASC";
    let base = format!("company_id={company}&limit=99&{order}");
    let mut forward: Vec<String> = Vec::new();
    let mut cursor: Option<String> = None;
    let last = loop {
        let after = cursor.map(|text| format!("&after={}", text.replace('=', "%3D")));
        let query = format!("{base}{}", after.unwrap_or_default());
        let page = sandbox_server.search(&token, &query, ALL).await.json();
        forward.extend(ids(&page));
        assert_eq!(page["pagination"]["total"], 700);
        if page["pagination"]["hasNextPage"] == false {
            break page;
        }
        let end = page["pagination"]["endCursor"].as_str().unwrap();
        let letter = |byte: u8| byte.is_ascii_uppercase() || b"234567=~".contains(&byte);
        assert!(end.bytes().all(letter), "{end}");
        cursor = Some(end.to_owned());
    };
    let distinct: HashSet<&String> = forward.iter().collect();
    assert_eq!((forward.len(), distinct.len()), (700, 700));

    let mut backward: Vec<String> = ids(&last);
    let mut page = last;
    while page["pagination"]["hasPreviousPage"] == true {
        let start = page["pagination"]["startCursor"].as_str().unwrap();
        let query = format!("{base}&before={start}");
        page = sandbox_server.search(&token, &query, ALL).await.json();
        backward.splice(0..0, ids(&page));
    }
    assert_eq!(backward, forward);
}

#[tokio::test]
async fn every_sort_order_places_absent_dates_as_documented() {
    let sandbox_server = TestSandbox::with(2000, None);
    let token = sandbox_server.tokens().await.access;
    let company = sandbox_server.company(0);
    for (order, absent_first) in [
        ("ASC", false),
        ("DESC", true),
        ("ASC_NULLS_FIRST", true),
        ("DESC_NULLS_LAST", false),
    ] {
        let query =
            format!("company_id={company}&limit=1&sorting_keys=settledAt&sorting_order={order}");
        let page = sandbox_server.search(&token, &query, ALL).await.json();
        let absent = page["data"][0].get("settledAt").is_none();
        assert_eq!(absent, absent_first, "{order}");
        let echo = &page["pagination"]["currentRequestPagination"];
        assert_eq!(echo["sortingOrder"][0], order);
        assert_eq!(echo["parameters"]["limit"][0], "1");
    }
}

#[tokio::test]
async fn invalid_searches_are_rejected() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    let own = format!("company_id={}", sandbox_server.company(0));
    let good = sandbox_server
        .search(&token, &format!("{own}&limit=1"), ALL)
        .await
        .json();
    let cursor = good["pagination"]["endCursor"].as_str().unwrap();
    let many: Vec<String> = (0..101)
        .map(|_| format!("\"{}\"", sandbox_server.company(0)))
        .collect();
    let many = format!(
        "{{\"includeDeleted\":false,\"employeeIds\":[{}]}}",
        many.join(",")
    );
    for (query, body) in [
        ("", ALL),
        ("company_id=x", ALL),
        (&format!("{own}&{own}"), ALL),
        (&format!("{own}&limit=0"), ALL),
        (&format!("{own}&limit=101"), ALL),
        (&format!("{own}&limit=ten"), ALL),
        (&format!("{own}&offset=1"), ALL),
        (&format!("{own}&after=abc"), ALL),
        (&format!("{own}&after={cursor}&before={cursor}"), ALL),
        (
            &format!("{own}&after={cursor}&sorting_keys=performedAt"),
            ALL,
        ),
        (&format!("{own}&sorting_keys=colour"), ALL),
        (
            &format!("{own}&sorting_keys=id&sorting_order=SIDEWAYS"),
            ALL,
        ),
        (&format!("{own}&sorting_order=ASC"), ALL),
        (&own, "{}"),
        (&own, ""),
        (&own, "{"),
        (&own, "[]"),
        (&own, "{\"includeDeleted\":false,\"colour\":1}"),
        (&own, "{\"includeDeleted\":false,\"status\":[\"BLUE\"]}"),
        (&own, "{\"includeDeleted\":false,\"employeeIds\":[\"x\"]}"),
        (&own, &many),
        (
            &own,
            "{\"includeDeleted\":false,\"performedAtStart\":\"yesterday\"}",
        ),
        (
            &own,
            "{\"includeDeleted\":false,\"performedAtStart\":\"2026-01-01T00:00:00Z\",\"settledAtEnd\":\"2026-02-01T00:00:00Z\"}",
        ),
    ] {
        let answer = sandbox_server.search(&token, query, body).await;
        problem(&answer, 400, "INVALID_REQUEST");
    }
    let bearer = format!("Bearer {token}");
    let line = format!("POST /v1/accounting-entries:search?{own}");
    let plain = sandbox_server
        .send(8788, &line, &[("Authorization", &bearer)], ALL)
        .await;
    problem(&plain, 415, "UNSUPPORTED_MEDIA_TYPE");
    problem(
        &sandbox_server
            .get("/v1/accounting-entries:search", &token)
            .await,
        405,
        "METHOD_NOT_ALLOWED",
    );
    problem(
        &sandbox_server.get("/v1/expenses", &token).await,
        404,
        "NOT_FOUND",
    );
}

#[tokio::test]
async fn each_filter_limits_the_result() {
    let sandbox_server = TestSandbox::with(3000, None);
    let token = sandbox_server.tokens().await.access;
    let own = format!("company_id={}&limit=100", sandbox_server.company(0));
    let all = sandbox_server.search(&token, &own, ALL).await.json();
    let person = rows(&all)
        .iter()
        .find_map(|row| row["employeeId"].as_str())
        .unwrap();
    type EntryCheck = fn(&Value) -> bool;
    for (body, check) in [
        ("{\"includeDeleted\":false,\"status\":[\"REJECTED\",\"ERROR\"]}".to_owned(), (|row| {
            row["status"] == "REJECTED" || row["status"] == "ERROR"
        }) as EntryCheck),
        ("{\"includeDeleted\":false,\"settled\":false}".to_owned(), |row| row.get("settledAt").is_none()),
        ("{\"includeDeleted\":false,\"hasNote\":false}".to_owned(), |row| row.get("note").is_none()),
        ("{\"includeDeleted\":false,\"transactionValueCurrencies\":[\"JPY\"]}".to_owned(), |row| {
            row["transactionValue"]["currency"] == "JPY"
        }),
        ("{\"includeDeleted\":false,\"families\":[\"MILEAGE\"]}".to_owned(), |row| row["family"] == "MILEAGE"),
        (format!("{{\"includeDeleted\":false,\"employeeIds\":[\"{person}\"]}}"), |row| row["employeeId"].is_string()),
        ("{\"includeDeleted\":false,\"performedAtStart\":\"2026-06-01T00:00:00Z\",\"performedAtEnd\":\"2026-06-30T23:59:59Z\"}".to_owned(), |row| {
            row["performedAt"].as_str().is_some_and(|at| at.starts_with("2026-06"))
        }),
    ] {
        let page = sandbox_server.search(&token, &own, &body).await.json();
        assert!(!rows(&page).is_empty(), "{body}");
        assert!(page["pagination"]["total"].as_i64() < all["pagination"]["total"].as_i64());
        assert!(rows(&page).iter().all(check), "{body}");
    }
}

#[tokio::test]
async fn deleted_entries_are_returned_on_request_only() {
    let sandbox_server = TestSandbox::with(1000, None);
    let token = sandbox_server.tokens().await.access;
    let company = sandbox_server.company(0);
    let own = format!("company_id={company}");
    let with = sandbox_server
        .search(&token, &own, "{\"includeDeleted\":true}")
        .await
        .json();
    assert_eq!(with["pagination"]["total"], 707);
    let entries = sandbox_server
        .sandbox
        .sample_data
        .company_entries(company)
        .unwrap()
        .entries();
    let gone = entries
        .iter()
        .find(|entry| entry.deleted_at.is_some())
        .unwrap();
    let path = format!("/v1/accounting-entries/{}", gone.id);
    problem(&sandbox_server.get(&path, &token).await, 404, "NOT_FOUND");
    let shown = sandbox_server
        .get(&format!("{path}?include_deleted=true"), &token)
        .await;
    assert!(shown.json()["data"]["deletedAt"].is_string());
}

#[tokio::test]
async fn account_code_is_returned_for_single_entries_only() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    let company = sandbox_server.company(0);
    let page = sandbox_server
        .search(&token, &format!("company_id={company}&limit=100"), ALL)
        .await
        .json();
    assert!(
        rows(&page)
            .iter()
            .all(|row| row.get("accountCode").is_none())
    );
    let entries = sandbox_server
        .sandbox
        .sample_data
        .company_entries(company)
        .unwrap()
        .entries();
    let coded = entries
        .iter()
        .find(|entry| entry.account_code.is_some())
        .unwrap();
    let one = sandbox_server
        .get(&format!("/v1/accounting-entries/{}", coded.id), &token)
        .await;
    assert_eq!(
        one.json()["data"],
        serde_json::from_str::<Value>(&outlay_wire::to_text(coded)).unwrap()
    );
}

fn rows(page: &Value) -> &[Value] {
    page["data"].as_array().map_or(&[], Vec::as_slice)
}

fn ids(page: &Value) -> Vec<String> {
    let each = rows(page).iter();
    each.filter_map(|row| row["id"].as_str().map(str::to_owned))
        .collect()
}

fn problem(answer: &TestResponse, status: u16, kind: &str) {
    let text: String = answer.text.chars().take(300).collect();
    assert_eq!(answer.status.as_u16(), status, "{text}");
    assert_eq!(
        answer.header("content-type"),
        "application/json;charset=UTF-8"
    );
    assert_eq!(answer.json()["type"], kind);
    assert!(answer.json()["message"].is_string());
}
