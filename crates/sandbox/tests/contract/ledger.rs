//! Chart of accounts, tax codes and vendors.

use serde_json::json;

use crate::run::{ContractRun, UNKNOWN_UUID, id};

pub async fn play(run: &mut ContractRun) {
    accounts(run).await;
    batches(run).await;
    tax_codes(run).await;
    vendors(run).await;
}

async fn accounts(run: &mut ContractRun) {
    let company = run.company();
    let wanted = json!({
        "companyId": company, "externalId": "X-1", "name": "Tea", "archived": false,
        "code": "6011", "metadata": { "collection": 3 },
    });
    let create = "createAccountV1";
    let one = id(&run.call(201, create, &[], wanted.clone()).await);
    let same = run.call(200, create, &[], wanted.clone()).await;
    assert_eq!(same["data"]["id"], one.as_str());
    for (field, value, status) in [
        ("name", json!("Coffee"), 409),
        ("externalId", json!(""), 400),
        ("externalId", json!("x".repeat(256)), 400),
        ("companyId", json!(run.sandbox_server.company(1)), 403),
    ] {
        let mut other = wanted.clone();
        other[field] = value;
        run.call(status, create, &[], other).await;
    }
    let own = [("accountId", one.as_str())];
    run.ask(200, "getAccountV1", &own).await;
    let changed = json!({ "name": "Tea and milk", "archived": true });
    let changed = run.call(200, "updateAccountV1", &own, changed).await;
    assert_eq!(changed["data"]["code"], json!(null));
    run.call(400, "updateAccountV1", &own, json!({ "name": "Tea" }))
        .await;
    run.ask(204, "deleteAccountV1", &own).await;
    for id in ["getAccountV1", "deleteAccountV1"] {
        run.ask(404, id, &own).await;
    }
    let anything = json!({ "name": "Tea", "archived": true });
    run.call(404, "updateAccountV1", &own, anything).await;

    let search = |body: serde_json::Value| {
        let mut all = json!({
            "companyId": company, "excludeIfAssignedToCategory": false,
            "excludeIfAssignedToContraAccount": false,
        });
        all.as_object_mut()
            .unwrap()
            .extend(body.as_object().unwrap().clone());
        all
    };
    for (body, count) in [
        (json!({}), 17),
        (json!({ "excludeIfAssignedToCategory": true }), 3),
        (json!({ "excludeIfAssignedToContraAccount": true }), 16),
        (json!({ "archived": true }), 1),
        (json!({ "codes": ["6010", "6020"] }), 2),
        (json!({ "code": "6010" }), 1),
        (json!({ "externalId": "LL-6010" }), 1),
        (json!({ "name": "travel" }), 1),
        (json!({ "ids": [UNKNOWN_UUID] }), 0),
    ] {
        let page = run
            .call(200, "searchAccountsV1", &[], search(body.clone()))
            .await;
        assert_eq!(page["pagination"]["total"], count, "{body}");
    }
    run.call(
        400,
        "searchAccountsV1",
        &[],
        json!({ "companyId": company }),
    )
    .await;
    // One that entries are booked on, and the contra account, can only be archived.
    for code in ["6010", "5820"] {
        let found = run
            .call(
                200,
                "searchAccountsV1",
                &[],
                search(json!({ "code": code })),
            )
            .await;
        let linked = found["data"][0]["id"].as_str().unwrap();
        run.ask(409, "deleteAccountV1", &[("accountId", linked)])
            .await;
    }
}

async fn batches(run: &mut ContractRun) {
    let company = run.company();
    let item = |external_id: &str, name: &str| json!({ "externalId": external_id, "name": name, "archived": false });
    let batch = |items: Vec<serde_json::Value>| json!({ "companyId": company, "items": items });
    let create = "createAccountsBatchV1";
    let long = "x".repeat(256);
    let mixed = vec![
        item("B-1", "One"),
        item("B-1", "Again"),
        item("", ""),
        item(&long, &long),
    ];
    let done = run.call(201, create, &[], batch(mixed)).await;
    assert_eq!(done["data"]["created"].as_array().unwrap().len(), 1);
    let failed = done["data"]["failed"].as_array().unwrap().iter();
    let reasons: Vec<_> = failed.map(|one| one["reasons"].clone()).collect();
    assert_eq!(
        reasons,
        [
            json!(["EXTERNAL_ID_ALREADY_EXISTS"]),
            json!(["EXTERNAL_ID_EMPTY", "NAME_EMPTY"]),
            json!(["EXTERNAL_ID_TOO_LONG", "NAME_TOO_LONG"]),
        ]
    );
    let most: Vec<_> = (0..1000)
        .map(|at| item(&format!("M-{at}"), "Many"))
        .collect();
    let done = run.call(201, create, &[], batch(most.clone())).await;
    assert_eq!(done["data"]["created"].as_array().unwrap().len(), 1000);
    let mut more = most;
    more.push(item("M-1000", "Many"));
    run.call(400, create, &[], batch(more)).await;
    run.call(400, create, &[], batch(Vec::new())).await;
}

async fn tax_codes(run: &mut ContractRun) {
    let company = run.company();
    let wanted = json!({
        "companyId": company, "name": "Half", "rate": 0.125, "type": "exclusive",
        "archived": false, "code": "H",
    });
    let one = id(&run.call(201, "createTaxCode", &[], wanted.clone()).await);
    let own = [("taxCodeId", one.as_str())];
    let mut wrong = wanted.clone();
    wrong["rate"] = json!(25);
    run.call(400, "createTaxCode", &[], wrong.clone()).await;
    run.call(400, "updateTaxCode", &own, wrong).await;
    run.ask(200, "getTaxCode", &own).await;
    let mut changed = wanted.clone();
    changed["archived"] = json!(true);
    run.call(200, "updateTaxCode", &own, changed).await;
    for (body, count) in [
        (json!({}), 5),
        (json!({ "archived": true }), 2),
        (json!({ "type": "reverse" }), 1),
        (json!({ "taxCodeIds": [one] }), 1),
    ] {
        let page = run
            .call(
                200,
                "getTaxCodes",
                &[("company_id", &company)],
                body.clone(),
            )
            .await;
        assert_eq!(page["pagination"]["total"], count, "{body}");
    }
    run.ask(204, "deleteTaxCode", &own).await;
    run.ask(404, "getTaxCode", &own).await;
    run.call(404, "updateTaxCode", &own, wanted).await;
    run.ask(404, "deleteTaxCode", &[("taxCodeId", UNKNOWN_UUID)])
        .await;
}

async fn vendors(run: &mut ContractRun) {
    let company = run.company();
    let wanted = json!({ "companyId": company, "name": "Tehuset", "defaultCurrency": "DKK" });
    let draft = run.call(201, "postVendor", &[], wanted.clone()).await;
    assert_eq!(draft["data"]["state"], "DRAFT");
    let one = id(&draft);
    let mut taken = wanted.clone();
    taken["externalId"] = json!("S0001");
    run.call(409, "postVendor", &[], taken.clone()).await;
    let mut odd = wanted.clone();
    odd["defaultCurrency"] = json!("kr.");
    run.call(400, "postVendor", &[], odd).await;
    let own = [("id", one.as_str())];
    run.ask(200, "getVendorById", &own).await;
    let token_store = json!({ "externalId": "S0900", "code": "V900" });
    run.call(204, "activateVendor", &own, token_store.clone())
        .await;
    let shown = run.ask(200, "getVendorById", &own).await;
    assert_eq!(
        (&shown["data"]["state"], &shown["data"]["code"]),
        (&json!("ACTIVE"), &json!("V900"))
    );
    let mut update = wanted.clone();
    update["externalId"] = json!("S0900");
    update["state"] = json!("ACTIVE");
    run.call(200, "updateVendor", &own, update.clone()).await;
    for (field, value, status) in [
        ("state", json!("DRAFT"), 400),
        ("companyId", json!(run.sandbox_server.company(1)), 400),
        ("externalId", json!("S0001"), 409),
    ] {
        let mut wrong = update.clone();
        wrong[field] = value;
        run.call(status, "updateVendor", &own, wrong).await;
    }
    run.ask(204, "archiveVendorById", &own).await;
    let given = [("company_id", company.as_str()), ("sorting_keys", "name")];
    for (body, count) in [
        (json!({}), 14),
        (json!({ "states": ["ARCHIVED"] }), 3),
        (json!({ "states": ["DRAFT", "ACTIVE"] }), 11),
        (json!({ "name": "te" }), 1),
        (json!({ "externalIds": ["S0001", "S0002"] }), 2),
        (json!({ "countries": ["SE"] }), 0),
    ] {
        let page = run.call(200, "searchVendors", &given, body.clone()).await;
        let total = page["pagination"]["total"].as_u64().unwrap();
        let fits = if body["name"].is_string() {
            total >= 1
        } else {
            total == count
        };
        assert!(fits, "{body}: {total}");
    }
    let unknown_client = [("id", UNKNOWN_UUID)];
    run.ask(404, "getVendorById", &unknown_client).await;
    run.call(404, "updateVendor", &unknown_client, update).await;
    run.call(404, "activateVendor", &unknown_client, token_store)
        .await;
    run.ask(404, "archiveVendorById", &unknown_client).await;
}
