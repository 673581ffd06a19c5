//! Whatever was armed and whatever came of it: after a reset the sandbox behaves as new.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use common::{FORM, SITE, TestResponse, TestSandbox, exchange, folder, refresh, request};
use outlay_sandbox::fault::endpoint::FaultEndpoint;
use outlay_sandbox::fault::kinds;
use outlay_sandbox::fault::row::{FaultEffect, FaultRow, FaultSetting, ParameterKind};
use outlay_sandbox::params::query;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};

fn sandbox_server() -> TestSandbox {
    TestSandbox::with(20, Some(folder("reset", None)))
}

/// A whole session, each step with whatever the steps before it left. What is random in the
/// answers is left out.
async fn session(sandbox_server: &TestSandbox) -> Vec<String> {
    let mut seen = Vec::new();
    let mut see = |what: &str, answer: &TestResponse| {
        let keys = |value: &Value| match value {
            Value::Object(object) => object.keys().cloned().collect::<Vec<_>>().join(" "),
            other => other.to_string(),
        };
        let json = serde_json::from_str::<Value>(&answer.text).unwrap_or_default();
        let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        let data = keys(&json["data"]);
        let (fields, scope) = (keys(&json), json["scope"].to_string());
        let broken = answer.broken;
        let line = format!(
            "{what} {} {broken} {headers:?} {fields} {scope} {data} {}",
            answer.status, json["expires_in"]
        );
        seen.push(line);
    };
    let config = sandbox_server.send(8080, "GET /config.json", &[], "").await;
    see("config", &config);
    let sent = sandbox_server.authorize(&request()).await;
    see("authorize", &sent);
    let mut code = "none".to_owned();
    let path = sent.header("location").to_owned();
    if path.starts_with("/oauth/sign-in/") {
        let page = sandbox_server
            .send(8787, &format!("GET {path}"), &[], "")
            .await;
        see("page", &page);
        let csrf = common::csrf(&page.text);
        let login = format!("{path}/login");
        let logged_in = sandbox_server.form(&login, "", &[("csrf", &csrf)]).await;
        let cookie = logged_in.header("set-cookie");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let company = sandbox_server.company(0);
        let mut pairs = vec![("csrf", csrf.as_str()), ("company", company)];
        pairs.push(("decision", "allow"));
        pairs.extend(common::SCOPES.split(' ').map(|scope| ("scope", scope)));
        let back = sandbox_server
            .form(&format!("{path}/consent"), &cookie, &pairs)
            .await;
        let (_, query) = back.header("location").split_once(['?', '#']).unwrap();
        let names = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned());
        see(&names.collect::<Vec<_>>().join(" "), &back);
        code = back.sent("code").unwrap_or(code);
    }
    let headers = [("Content-Type", FORM), ("Origin", SITE)];
    let mut access = "none".to_owned();
    let mut token = "none".to_owned();
    let bodies = [query(&exchange(&code)), String::new()];
    for body in bodies {
        let body = if body.is_empty() {
            query(&refresh(&token))
        } else {
            body
        };
        let answer = sandbox_server
            .send(8787, "POST /oauth/token", &headers, &body)
            .await;
        see("token", &answer);
        let json = serde_json::from_str::<Value>(&answer.text).unwrap_or_default();
        let text = |name: &str| json[name].as_str().map(str::to_owned);
        access = text("access_token").unwrap_or(access);
        token = text("refresh_token").unwrap_or(token);
    }
    for path in ["/v1/introspect", "/v1/companies", "/v1/companies"] {
        see(path, &sandbox_server.site_get(path, &access).await);
    }
    seen
}

/// A fault with its smallest numbers, so that the test is quick.
fn order(fault: &FaultRow, at: &[FaultEndpoint], times: &str) -> Value {
    let mut order = json!({"fault": fault.name, "times": times});
    if !at.is_empty() {
        order["at"] = at.iter().map(|place| place.name()).collect();
    }
    for parameter in fault.parameters {
        if let (ParameterKind::Whole { least, .. }, Some(FaultSetting::Whole(_))) =
            (parameter.kind, parameter.kind.default())
        {
            order[parameter.name] = json!(least);
        }
    }
    order
}

async fn list(sandbox_server: &TestSandbox) -> Value {
    sandbox_server
        .send(8787, "GET /__sandbox/faults", &[], "")
        .await
        .json()
}

fn applied_count(list: &Value, fault: &FaultRow) -> u64 {
    let mut rows = list["faults"].as_array().unwrap().iter();
    let row = rows.find(|row| row["fault"] == fault.name).unwrap();
    row["struck"].as_u64().unwrap()
}

#[tokio::test(start_paused = true)]
async fn every_fault_applies_once_at_each_of_its_endpoints() {
    let new = session(&sandbox_server()).await;
    let sandbox_server = sandbox_server();
    // A rule strikes a request that breaks it: see `rules.rs`.
    let ruled = |fault: &&FaultRow| !matches!(fault.effect, FaultEffect::Rule);
    for fault in kinds::all().filter(ruled) {
        let each = fault.at.iter().map(std::slice::from_ref);
        let places: Vec<&[FaultEndpoint]> = if fault.at.is_empty() {
            vec![&[]]
        } else {
            each.collect()
        };
        for at in places {
            sandbox_server.arm(&order(fault, at, "once")).await;
            let hit = session(&sandbox_server).await;
            let after = list(&sandbox_server).await;
            assert_eq!(after["armed"], json!([]), "{} {at:?}", fault.name);
            assert_eq!(applied_count(&after, fault), 1, "{} {at:?}", fault.name);
            let quiet = matches!(fault.effect, FaultEffect::Now(_) | FaultEffect::Wait);
            let value_only = [
                "callback-change",
                "other-company",
                "other-subject",
                // Without changes, which it has none of by itself.
                "patch",
                "token-type",
            ];
            if !quiet && !value_only.contains(&fault.name) {
                assert_ne!(hit, new, "{} {at:?} changes nothing", fault.name);
            }
            assert_eq!(session(&sandbox_server).await, new, "{} {at:?}", fault.name);
            sandbox_server.reset().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn reset_restores_the_initial_behaviour() {
    let fresh = sandbox_server();
    let empty = list(&fresh).await;
    let new = session(&fresh).await;
    let sandbox_server = sandbox_server();
    let all: Vec<&FaultRow> = kinds::all().collect();
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut below = move |most: usize| (rng.next_u32() as usize) % most;
    for round in 0..40 {
        for _ in 0..=below(6) {
            let fault = all[below(all.len())];
            let times = match fault.effect {
                FaultEffect::Now(_) => "once",
                _ => ["once", "always"][below(2)],
            };
            let at: Vec<FaultEndpoint> = match fault.at.len() {
                0 => Vec::new(),
                several => vec![fault.at[below(several)]],
            };
            sandbox_server.arm(&order(fault, &at, times)).await;
        }
        for _ in 0..=below(2) {
            session(&sandbox_server).await;
        }
        sandbox_server.reset().await;
        assert_eq!(list(&sandbox_server).await, empty, "round {round}");
        assert_eq!(session(&sandbox_server).await, new, "round {round}");
    }
}
