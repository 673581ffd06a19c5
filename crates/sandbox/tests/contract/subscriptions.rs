//! Webhook subscriptions.

use serde_json::json;

use crate::run::{ContractRun, UNKNOWN_UUID, id};

pub async fn play(run: &mut ContractRun) {
    let seeded = run
        .ask(200, "getSubscriptions", &[("status", "ACTIVE")])
        .await;
    assert_eq!(seeded["pagination"]["total"], 1);
    run.ask(400, "getSubscriptions", &[("limit", "0")]).await;

    let wanted = json!({
        "endpointUrl": "https://hooks.example/pleo",
        "eventTypes": ["v1.export-job.created", "v1.vendor.created"],
        "customHeaders": { "X-Key": "a" },
        "endpointAuth": { "type": "BASIC", "credentials": { "username": "u", "password": "p" } },
    });
    let create = "createSubscription";
    let one = id(&run.call(200, create, &[], wanted.clone()).await);
    for (field, value) in [
        ("endpointUrl", json!("http://hooks.example")),
        ("endpointUrl", json!("https://")),
        ("eventTypes", json!([])),
        ("eventTypes", json!(["v1.tea.brewed"])),
        (
            "eventTypes",
            json!(["v1.vendor.created", "v1.vendor.created"]),
        ),
    ] {
        let mut wrong = wanted.clone();
        wrong[field] = value;
        run.call(400, create, &[], wrong).await;
    }
    let narrow = run.sandbox_server.token_for(0, &["export-jobs:read"]).await;
    run.call_with(&narrow, 403, create, &[], wanted.clone())
        .await;

    let own = [("id", one.as_str())];
    let shown = run.ask(200, "getSubscription", &own).await;
    assert_eq!(shown["data"]["status"], "ACTIVE");
    let paused = json!({
        "endpointUrl": "https://hooks.example/new", "eventTypes": ["v1.vendor.created"],
        "status": "INACTIVE",
    });
    let update = "updateSubscription";
    let updated = run.call(200, update, &own, paused.clone()).await;
    assert_eq!(updated["data"]["customHeaders"], json!(null));
    run.call(
        400,
        update,
        &own,
        json!({ "endpointUrl": "https://a.example" }),
    )
    .await;
    let vendors = [("event_types", "v1.vendor.created")];
    let found = run.ask(200, "getSubscriptions", &vendors).await;
    assert_eq!(found["pagination"]["total"], 1);

    let secret = run.ask(200, "getSubscriptionSecret", &own).await;
    let secret = secret["data"]["secretKey"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_") && !shown.to_string().contains(&secret));
    let done = run.ask(200, "getSubscriptionActivities", &own).await;
    assert_eq!(done["pagination"]["total"], 2);
    let only = [("id", one.as_str()), ("operation_types", "UPDATE")];
    let updates = run.ask(200, "getSubscriptionActivities", &only).await;
    assert_eq!(updates["data"][0]["operationType"], "UPDATE");

    run.ask(204, "deleteSubscription", &own).await;
    let unknown_client = [("id", UNKNOWN_UUID)];
    for given in [own, unknown_client] {
        for id in [
            "getSubscription",
            "getSubscriptionActivities",
            "getSubscriptionSecret",
        ] {
            run.ask(404, id, &given).await;
        }
        run.ask(404, "deleteSubscription", &given).await;
        run.call(404, update, &given, paused.clone()).await;
    }
}
