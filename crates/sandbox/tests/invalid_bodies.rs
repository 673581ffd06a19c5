//! Requests of the right shape with invalid content: each is rejected with a reason; next to each
//! stands the sound one.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use common::{ALL, TestSandbox};
use serde_json::{Value, json};

/// A bench, a token of its first company with every scope, and that company's id.
async fn start() -> (TestSandbox, String, String) {
    let sandbox_server = TestSandbox::with(300, None);
    let token = sandbox_server.token_for_all(0).await;
    let company = sandbox_server.company(0).to_owned();
    (sandbox_server, token, company)
}

fn with(body: &Value, field: &str, value: Value) -> Value {
    let mut changed = body.clone();
    changed[field] = value;
    changed
}

#[tokio::test]
async fn empty_required_name_or_code_is_rejected() {
    let (sandbox_server, token, company) = start().await;
    let call =
        async |line: &str, body: &Value| sandbox_server.call(line, &token, &body.to_string()).await;
    let made = async |line: &str, body: &Value| {
        let answer = call(line, body).await;
        assert_eq!(answer.status, 201, "{line}: {}", answer.text);
        answer.json()["data"]["id"].as_str().unwrap().to_owned()
    };
    let vendor = json!({ "companyId": company, "name": "Te", "defaultCurrency": "DKK" });
    let account =
        json!({ "companyId": company, "externalId": "T-1", "name": "Tea", "archived": false });
    let tax = json!({
        "companyId": company, "name": "Half", "rate": 0.125, "type": "exclusive", "archived": false,
    });
    let group = json!({ "archived": false, "code": "TEA", "name": "Tea" });
    let dimension = json!({ "code": "pot", "name": "Pot", "visible": true });
    let tag = json!({ "archived": false, "code": "GREEN" });
    let vendors = "POST /v1/vendors".to_owned();
    let vendor_id = made(&vendors, &vendor).await;
    let accounts = "POST /v1/chart-of-accounts".to_owned();
    let account_id = made(&accounts, &account).await;
    let taxes = "POST /v0/tax-codes".to_owned();
    let tax_id = made(&taxes, &tax).await;
    let groups = format!("POST /v0/tag-groups?company_id={company}");
    let group_id = made(&groups, &group).await;
    let dimensions = format!("POST /v0/tag-groups/{group_id}/dimensions");
    made(&dimensions, &dimension).await;
    let tags = format!("POST /v0/tag-groups/{group_id}/tags");
    let tag_id = made(&tags, &tag).await;
    let known = with(
        &with(&vendor, "externalId", json!("T-9")),
        "state",
        json!("DRAFT"),
    );
    let described = with(&group, "metadata", json!({}));
    let kept = json!({ "name": "Tea", "archived": false });
    for (line, body, fields) in [
        (vendors, &vendor, &["name"][..]),
        (format!("PUT /v1/vendors/{vendor_id}"), &known, &["name"]),
        (accounts, &account, &["name"]),
        (
            format!("PUT /v1/chart-of-accounts/{account_id}"),
            &kept,
            &["name"],
        ),
        (taxes, &tax, &["name"]),
        (format!("PUT /v0/tax-codes/{tax_id}"), &tax, &["name"]),
        (groups, &group, &["code", "name"]),
        (
            format!("PUT /v0/tag-groups/{group_id}"),
            &described,
            &["code", "name"],
        ),
        (dimensions, &dimension, &["code", "name"]),
        (tags, &tag, &["code"]),
        (format!("PUT /v0/tags/{tag_id}"), &tag, &["code"]),
    ] {
        for field in fields {
            let answer = call(&line, &with(body, field, json!(""))).await;
            assert_eq!(answer.status, 400, "{line} {field}: {}", answer.text);
            let message = answer.json()["message"].as_str().unwrap().to_owned();
            assert!(message.starts_with(field), "{line}: {message}");
        }
        if line.starts_with("PUT") {
            let answer = call(&line, body).await;
            assert_eq!(answer.status, 200, "{line}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn vendor_country_must_have_two_letters() {
    let (sandbox_server, token, company) = start().await;
    let vendor = json!({ "companyId": company, "name": "Te", "defaultCurrency": "DKK" });
    let call = async |line: &str, country: &str, status: u16| {
        let own = line
            .starts_with("PUT")
            .then(|| json!({ "externalId": "T-1", "state": "ACTIVE" }));
        let mut body = with(&vendor, "country", json!(country));
        let fields = own.as_ref().and_then(Value::as_object).cloned();
        body.as_object_mut()
            .unwrap()
            .extend(fields.unwrap_or_default());
        let answer = sandbox_server.call(line, &token, &body.to_string()).await;
        assert_eq!(answer.status, status, "{line} {country}: {}", answer.text);
        answer.json()
    };
    let post = "POST /v1/vendors";
    let made = call(post, "DK", 201).await;
    let put = format!("PUT /v1/vendors/{}", made["data"]["id"].as_str().unwrap());
    call(&put, "SE", 200).await;
    for odd in ["DNK", "dk", "D", "", "D1", "ØL"] {
        for line in [post, &put] {
            let refused = call(line, odd, 400).await;
            let message = refused["message"].as_str().unwrap();
            assert!(message.starts_with("country "), "{message}");
        }
    }
}

#[tokio::test]
async fn subscription_delivery_settings_must_be_consistent() {
    let (sandbox_server, token, _) = start().await;
    let wanted = json!({
        "endpointUrl": "https://hooks.example/pleo", "eventTypes": ["v1.vendor.created"],
    });
    let basic = |credentials: Value| json!({ "type": "BASIC", "credentials": credentials });
    let post = "POST /v1/subscriptions";
    let made = sandbox_server
        .call(post, &token, &wanted.to_string())
        .await
        .json();
    let put = made["data"]["id"].as_str().unwrap();
    let put = format!("PUT /v1/subscriptions/{put}");
    for (status, field, value) in [
        (400, "endpointAuth", json!({ "type": "BASIC" })),
        (400, "endpointAuth", basic(json!({}))),
        (400, "endpointAuth", basic(json!({ "username": "u" }))),
        (400, "endpointAuth", basic(json!({ "password": "p" }))),
        (
            400,
            "endpointAuth",
            basic(json!({ "username": "", "password": "p" })),
        ),
        (400, "endpointAuth", basic(json!({ "token": "t" }))),
        // A key in the place of the name goes without a password.
        (
            200,
            "endpointAuth",
            basic(json!({ "username": "key", "password": "" })),
        ),
        (
            200,
            "endpointAuth",
            basic(json!({ "username": "u", "password": "p" })),
        ),
        (200, "endpointAuth", json!({ "type": "NONE" })),
        (200, "endpointAuth", json!({})),
        (400, "customHeaders", json!({ "": "a" })),
        (400, "customHeaders", json!({ "X-Key": "a", "X Key": "b" })),
        (400, "customHeaders", json!({ "X-Key:": "a" })),
        (200, "customHeaders", json!({ "X-Key": "a", "x_other": "" })),
        (200, "customHeaders", json!({})),
    ] {
        let body = with(&wanted, field, value).to_string();
        for line in [post, &put] {
            let answer = sandbox_server.call(line, &token, &body).await;
            assert_eq!(answer.status, status, "{line} {body}: {}", answer.text);
            let reported = status == 200 || answer.text.contains(field);
            assert!(reported, "{body}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn duplicate_json_key_in_a_body_is_rejected() {
    let (sandbox_server, token, company) = start().await;
    let hook = |rest: &str| {
        format!(
            "{{\"endpointUrl\":\"https://a.example\",\"eventTypes\":[\"v1.vendor.created\"]{rest}}}"
        )
    };
    for (line, body) in [
        (
            "POST /v1/subscriptions".to_owned(),
            hook(",\"customHeaders\":{\"X-Key\":\"a\",\"X-Key\":\"b\"}"),
        ),
        (
            "POST /v1/subscriptions".to_owned(),
            hook(",\"endpointUrl\":\"https://b.example\""),
        ),
        (
            "POST /v1/chart-of-accounts/batch".to_owned(),
            format!(
                "{{\"companyId\":\"{company}\",\"items\":[{{\"externalId\":\"a\",\"name\":\"a\",\"n\\u0061me\":\"b\",\"archived\":false}}]}}"
            ),
        ),
    ] {
        let answer = sandbox_server.call(&line, &token, &body).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.text);
        assert!(answer.text.contains("JSON"), "{}", answer.text);
    }
    let twice = hook(",\"customHeaders\":{\"X-Key\":\"a\",\"X-Other\":\"a\"}");
    let answer = sandbox_server
        .call("POST /v1/subscriptions", &token, &twice)
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// Whatever company or organisation a call names has to be the token's own; of the tag groups alone
/// it is documented that the company counts before the organisation.
#[tokio::test]
async fn foreign_organisation_is_rejected() {
    let (sandbox_server, token, company) = start().await;
    let organisation = |at: usize| {
        let home = &sandbox_server.sandbox.sample_data.companies()[at];
        home.organization_id.as_ref().unwrap().to_string()
    };
    let (own, foreign) = (organisation(0), organisation(1));
    let mut tried = 0;
    for (line, body) in [
        ("GET /v1/companies", ""),
        ("POST /v1/accounting-entries:search", ALL),
        ("POST /v1/accounting-entries/receipts:search", ALL),
        ("POST /v0/tags:search", "{}"),
        ("GET /v0/aggregations/tag-groups", ""),
        ("GET /v0/tag-groups", ""),
    ] {
        let alone = |id: &str| format!("{line}?organization_id={id}");
        let both = |id: &str| format!("{line}?company_id={company}&organization_id={id}");
        let company_counts = line.ends_with("/v0/tag-groups");
        for (line, status) in [
            (alone(&own), 200),
            (alone(&foreign), 403),
            (both(&own), 200),
            (both(&foreign), if company_counts { 200 } else { 403 }),
        ] {
            if line.contains("companies?company_id") {
                continue;
            }
            tried += 1;
            let answer = sandbox_server.call(&line, &token, body).await;
            assert_eq!(answer.status, status, "{line}: {}", answer.text);
        }
    }
    assert_eq!(tried, 22);
}
