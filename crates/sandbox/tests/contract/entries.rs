//! Accounting entries, receipts, and what a partner's system brings for them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use outlay_pleo::status::EntryFamily;
use outlay_sandbox::sample_data::receipt;
use serde_json::{Value, json};

use crate::common::ALL;
use crate::run::{ContractRun, UNKNOWN_UUID};

pub async fn play(run: &mut ContractRun) {
    let company = run.company();
    let own = ("company_id", company.as_str());
    let all: Value = serde_json::from_str(ALL).unwrap();
    let search = "externalSearchAccountingEntriesV1";
    let most = [own, ("limit", "100"), ("sorting_keys", "performedAt")];
    run.call(200, search, &most, all.clone()).await;
    let other = run.sandbox_server.company(1).to_owned();
    run.call(403, search, &[("company_id", &other)], all.clone())
        .await;
    let all_companies = run.sandbox_server.sandbox.sample_data.all_companies();
    let entry = all_companies[0]
        .entries()
        .iter()
        .find(|entry| entry.deleted_at.is_none() && !entry.receipt_ids.is_empty());
    let entry = entry.unwrap().clone();
    let foreign = all_companies[1].entries()[0].id.to_string();
    let get = "externalGetAccountingEntryV1";
    let id = entry.id.to_string();
    run.ask(200, get, &[("accountingEntryId", &id)]).await;
    run.ask(403, get, &[("accountingEntryId", &foreign)]).await;
    run.ask(404, get, &[("accountingEntryId", UNKNOWN_UUID)])
        .await;
    receipts(run, &id).await;
    enrich(run).await;
}

async fn receipts(run: &mut ContractRun, entry: &str) {
    let company = run.company();
    let search = "searchReceipts";
    let own = ("company_id", company.as_str());
    for (field, value) in [
        ("includeDeleted", json!(true)),
        ("mimeType", json!(["image/png"])),
        ("source", json!(["CAMERA", "USER"])),
        ("fileType", json!("THUMBNAIL")),
        ("accountingEntryIds", json!([entry])),
    ] {
        let mut body = json!({ "includeDeleted": false });
        body[field] = value;
        let given = [own, ("sorting_keys", "size"), ("sorting_order", "DESC")];
        let page = run.call(200, search, &given, body).await;
        let rows = page["data"].as_array().unwrap();
        assert!((1..=10).contains(&rows.len()), "{field}");
        assert!(rows.is_sorted_by_key(|row| -row["sizeInBytes"].as_i64().unwrap()));
    }
    let partner = [("partner_id", UNKNOWN_UUID)];
    run.call(403, search, &partner, json!({ "includeDeleted": false }))
        .await;
    run.call(400, search, &[], json!({ "includeDeleted": false }))
        .await;

    let given = ("accountingEntryId", entry);
    let listed = run.ask(200, "getAllReceipts", &[given]).await;
    let receipt = listed["data"][0]["id"].as_str().unwrap().to_owned();
    run.ask(
        404,
        "getAllReceipts",
        &[("accountingEntryId", UNKNOWN_UUID)],
    )
    .await;
    let one = [
        given,
        ("receiptId", receipt.as_str()),
        ("file_type", "ORIGINAL"),
    ];
    let shown = run.ask(200, "getReceipt", &one).await;
    run.ask(404, "getReceipt", &[given, ("receiptId", UNKNOWN_UUID)])
        .await;
    // The link needs no token, and shows what it promises.
    let link = shown["data"]["url"].as_str().unwrap();
    let file = run.sandbox_server.file(link).await;
    assert_eq!(
        file.len() as u64,
        shown["data"]["sizeInBytes"].as_u64().unwrap()
    );
    assert_eq!(file, receipt::files(&receipt).original.bytes);
}

async fn enrich(run: &mut ContractRun) {
    let sample_data = &run.sandbox_server.sandbox.sample_data;
    let (company, company_entries) = (run.company(), &sample_data.all_companies()[0]);
    let staff = sample_data.employees().iter();
    let staff = staff.filter(|one| one.company_id.as_str() == company);
    let staff: Vec<String> = staff.map(|one| one.id.to_string()).collect();
    let paid = company_entries.entries().iter().find(|entry| {
        entry.family == EntryFamily::CardPurchase
            && entry.deleted_at.is_none()
            && entry.employee_id.is_some()
    });
    let paid = paid.unwrap().clone();
    let person = paid.employee_id.as_ref().unwrap().to_string();
    let card = staff.iter().position(|id| *id == person).unwrap() + 1;
    let (card, amount) = (
        format!("{card:04}"),
        paid.transaction_value.minors.to_string(),
    );
    let currency = paid.transaction_value.currency.to_string();
    let id = "enrichAccountingEntryV2";
    let file = STANDARD.encode(b"%PDF-1.4 a receipt");
    let tags = run.ask(200, "searchTagsGet", &[]).await;
    let body = json!({ "receipts": [file], "tags": [tags["data"][0]["id"]] });
    let given = |card, amount, moment| {
        [
            ("card_last_four_digits", card),
            ("amount", amount),
            ("currency", currency.as_str()),
            ("merchant_name", "Pixelhaven"),
            ("performed_at", moment),
        ]
    };
    let moment = paid.performed_at.as_str();
    let done = run
        .call(201, id, &given(&card, &amount, moment), body.clone())
        .await;
    assert_eq!(done["data"]["accountingEntryId"], paid.id.as_str());
    // What was handed in is there, and can be fetched.
    let own = [("accountingEntryId", paid.id.as_str()), ("source", "USER")];
    let listed = run.ask(200, "getAllReceipts", &own).await;
    let rows = listed["data"].as_array().unwrap();
    let new = rows.iter().find(|row| row["sizeInBytes"] == 18).unwrap();
    assert_eq!(new["mimeType"], "application/pdf");
    let file = run.sandbox_server.file(new["url"].as_str().unwrap()).await;
    assert_eq!(file, b"%PDF-1.4 a receipt");
    let entry = run
        .ask(200, "externalGetAccountingEntryV1", &own[..1])
        .await;
    let receipts = entry["data"]["receiptIds"].as_array().unwrap();
    assert!(receipts.contains(&new["id"]));
    assert!(
        entry["data"]["tags"]
            .to_string()
            .contains(tags["data"][0]["id"].as_str().unwrap())
    );

    let old = "2026-01-05T10:00:00Z";
    let inbox = run
        .call(200, id, &given(&card, "1", old), body.clone())
        .await;
    assert_eq!(inbox["data"]["receiptStatus"], "ADDED_TO_RECEIPT_INBOX");
    let later = run
        .call(
            202,
            id,
            &given(&card, "1", "2026-11-15T20:00:00Z"),
            body.clone(),
        )
        .await;
    assert_eq!(later["data"]["receiptStatus"], "ACCEPTED");
    let no_card = run
        .call(404, id, &given("9999", &amount, moment), body.clone())
        .await;
    assert!(no_card["data"]["message"].is_string());
    let no_tag = json!({ "receipts": [], "tags": [UNKNOWN_UUID] });
    run.call(404, id, &given(&card, &amount, moment), no_tag)
        .await;
    let broken = json!({ "receipts": ["not base64!"] });
    run.call(400, id, &given(&card, &amount, moment), broken)
        .await;
    run.call(400, id, &given(&card, &amount, moment)[..4], body)
        .await;
}
