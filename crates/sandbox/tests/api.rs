//! The API: bearer, scopes, companies, employees, entries, paging.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use std::collections::HashSet;

use common::{ALL, Answer, Bench, SCOPES};
use serde_json::Value;

#[tokio::test]
async fn introspection_tells_subject_and_scopes() {
    let bench = Bench::new();
    let tokens = bench.tokens().await;
    let answer = bench.get("/v1/introspect", &tokens.access).await;
    assert_eq!(
        answer.header("content-type"),
        "application/json;charset=UTF-8"
    );
    let data = &answer.json()["data"];
    assert_eq!(data["authMethod"], "OAUTH2");
    assert_eq!(data["clientId"], "outlay-sandbox");
    assert_eq!(data["scope"], SCOPES);
    let urn = format!("urn:pleo:company:{}", bench.company(0));
    assert_eq!(data["subjectURN"], urn.as_str());
}

#[tokio::test]
async fn bad_bearers() {
    let bench = Bench::new();
    let tokens = bench.tokens().await;
    let refresh = format!("Bearer {}", tokens.refresh);
    let send =
        async |headers: &[(&str, &str)]| bench.send(8788, "GET /v1/introspect", headers, "").await;
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
        &bench.send(8788, &in_query, &[], "").await,
        401,
        "UNAUTHORIZED",
    );
    assert_eq!(bench.sandbox.ledger().counters.api, 7);
}

#[tokio::test]
async fn only_the_own_company_is_seen() {
    let bench = Bench::new();
    let token = bench.tokens().await.access;
    let (own, other) = (bench.company(0).to_owned(), bench.company(1).to_owned());
    let listed = bench.get("/v1/companies", &token).await.json();
    assert_eq!(listed["pagination"]["total"], 1);
    assert_eq!(listed["data"][0]["id"], own.as_str());
    let get = async |path: String| bench.get(&path, &token).await;
    let one = get(format!("/v1/companies/{own}")).await.json();
    assert_eq!(one["data"]["address"]["country"], "DK");
    problem(
        &get(format!("/v1/companies/{other}")).await,
        403,
        "ACCESS_DENIED",
    );
    let nobody = "/v1/companies/00000000-0000-4000-8000-000000000000".to_owned();
    problem(&get(nobody).await, 404, "NOT_FOUND");
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
    let foreign = bench
        .search(&token, &format!("company_id={other}"), ALL)
        .await;
    problem(&foreign, 403, "ACCESS_DENIED");
    let world = &bench.sandbox.world;
    let theirs = &world.book(&other).unwrap().entries()[0].id;
    problem(
        &get(format!("/v1/accounting-entries/{theirs}")).await,
        403,
        "ACCESS_DENIED",
    );
}

#[tokio::test]
async fn employees_are_listed_and_found() {
    let bench = Bench::new();
    let token = bench.tokens().await.access;
    let get = async |path: &str| bench.get(path, &token).await;
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
async fn a_walk_meets_every_entry_once() {
    let bench = Bench::with(1000, None);
    let token = bench.tokens().await.access;
    let company = bench.company(0);
    let order = "sorting_keys=performedAt&sorting_keys=id&sorting_order=DESC&sorting_order=ASC";
    let base = format!("company_id={company}&limit=99&{order}");
    let mut forward: Vec<String> = Vec::new();
    let mut cursor: Option<String> = None;
    let last = loop {
        let after = cursor.map(|text| format!("&after={}", text.replace('=', "%3D")));
        let query = format!("{base}{}", after.unwrap_or_default());
        let page = bench.search(&token, &query, ALL).await.json();
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
        page = bench.search(&token, &query, ALL).await.json();
        backward.splice(0..0, ids(&page));
    }
    assert_eq!(backward, forward);
}

#[tokio::test]
async fn every_sorting_puts_absent_dates_where_it_says() {
    let bench = Bench::with(2000, None);
    let token = bench.tokens().await.access;
    let company = bench.company(0);
    for (order, absent_first) in [
        ("ASC", false),
        ("DESC", true),
        ("ASC_NULLS_FIRST", true),
        ("DESC_NULLS_LAST", false),
    ] {
        let query =
            format!("company_id={company}&limit=1&sorting_keys=settledAt&sorting_order={order}");
        let page = bench.search(&token, &query, ALL).await.json();
        let absent = page["data"][0].get("settledAt").is_none();
        assert_eq!(absent, absent_first, "{order}");
        let echo = &page["pagination"]["currentRequestPagination"];
        assert_eq!(echo["sortingOrder"][0], order);
        assert_eq!(echo["parameters"]["limit"][0], "1");
    }
}

#[tokio::test]
async fn searches_that_are_refused() {
    let bench = Bench::new();
    let token = bench.tokens().await.access;
    let own = format!("company_id={}", bench.company(0));
    let good = bench
        .search(&token, &format!("{own}&limit=1"), ALL)
        .await
        .json();
    let cursor = good["pagination"]["endCursor"].as_str().unwrap();
    let many: Vec<String> = (0..101)
        .map(|_| format!("\"{}\"", bench.company(0)))
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
        let answer = bench.search(&token, query, body).await;
        problem(&answer, 400, "INVALID_REQUEST");
    }
    let bearer = format!("Bearer {token}");
    let line = format!("POST /v1/accounting-entries:search?{own}");
    let plain = bench
        .send(8788, &line, &[("Authorization", &bearer)], ALL)
        .await;
    problem(&plain, 415, "UNSUPPORTED_MEDIA_TYPE");
    problem(
        &bench.get("/v1/accounting-entries:search", &token).await,
        405,
        "METHOD_NOT_ALLOWED",
    );
    problem(&bench.get("/v1/expenses", &token).await, 404, "NOT_FOUND");
}

#[tokio::test]
async fn filters_narrow() {
    let bench = Bench::with(3000, None);
    let token = bench.tokens().await.access;
    let own = format!("company_id={}&limit=100", bench.company(0));
    let all = bench.search(&token, &own, ALL).await.json();
    let person = rows(&all)
        .iter()
        .find_map(|row| row["employeeId"].as_str())
        .unwrap();
    type Check = fn(&Value) -> bool;
    for (body, check) in [
        ("{\"includeDeleted\":false,\"status\":[\"REJECTED\",\"ERROR\"]}".to_owned(), (|row| {
            row["status"] == "REJECTED" || row["status"] == "ERROR"
        }) as Check),
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
        let page = bench.search(&token, &own, &body).await.json();
        assert!(!rows(&page).is_empty(), "{body}");
        assert!(page["pagination"]["total"].as_i64() < all["pagination"]["total"].as_i64());
        assert!(rows(&page).iter().all(check), "{body}");
    }
}

#[tokio::test]
async fn deleted_entries_are_shown_on_request_only() {
    let bench = Bench::with(1000, None);
    let token = bench.tokens().await.access;
    let company = bench.company(0);
    let own = format!("company_id={company}");
    let with = bench
        .search(&token, &own, "{\"includeDeleted\":true}")
        .await
        .json();
    assert_eq!(with["pagination"]["total"], 707);
    let entries = bench.sandbox.world.book(company).unwrap().entries();
    let gone = entries
        .iter()
        .find(|entry| entry.deleted_at.is_some())
        .unwrap();
    let path = format!("/v1/accounting-entries/{}", gone.id);
    problem(&bench.get(&path, &token).await, 404, "NOT_FOUND");
    let shown = bench
        .get(&format!("{path}?include_deleted=true"), &token)
        .await;
    assert!(shown.json()["data"]["deletedAt"].is_string());
}

#[tokio::test]
async fn the_account_code_stands_in_single_entries_only() {
    let bench = Bench::new();
    let token = bench.tokens().await.access;
    let company = bench.company(0);
    let page = bench
        .search(&token, &format!("company_id={company}&limit=100"), ALL)
        .await
        .json();
    assert!(
        rows(&page)
            .iter()
            .all(|row| row.get("accountCode").is_none())
    );
    let entries = bench.sandbox.world.book(company).unwrap().entries();
    let coded = entries
        .iter()
        .find(|entry| entry.account_code.is_some())
        .unwrap();
    let one = bench
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

fn problem(answer: &Answer, status: u16, kind: &str) {
    let text: String = answer.text.chars().take(300).collect();
    assert_eq!(answer.status.as_u16(), status, "{text}");
    assert_eq!(
        answer.header("content-type"),
        "application/json;charset=UTF-8"
    );
    assert_eq!(answer.json()["type"], kind);
    assert!(answer.json()["message"].is_string());
}
