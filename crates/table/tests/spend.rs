//! Which entries are spend.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_pleo::AccountingEntry;
use outlay_table::is_spend;
use serde_json::json;

fn entry(key: &str, value: &str) -> AccountingEntry {
    let mut entry = json!({
        "id": "a", "companyId": "c", "status": "COMPLETED", "family": "CARD_PURCHASE",
        "exportStatus": "EXPORTED", "reviewStatus": "OK",
        "transactionValue": { "currency": "EUR", "minors": 1 },
        "performedAt": "2026-03-01T00:00:00Z", "createdAt": "2026-03-01T00:00:00Z",
        "updatedAt": "2026-03-01T00:00:00Z",
    });
    entry[key] = json!(value);
    outlay_wire::from_text(&entry.to_string()).unwrap()
}

#[test]
fn family_status_and_deletion_determine_spend() {
    let table = [
        ("family", "CARD_PURCHASE", true),
        ("family", "OUT_OF_POCKET", true),
        ("family", "MILEAGE", true),
        ("family", "PER_DIEM", true),
        ("family", "BILL_INVOICE", true),
        ("family", "CREDIT_NOTE", true),
        ("family", "PLEO_INVOICE", true),
        ("family", "WALLET", false),
        ("family", "REIMBURSEMENT", false),
        ("family", "BILL_INVOICE_PAYMENT", false),
        ("family", "BALANCE_AMENDMENT", false),
        ("family", "OVERDRAFT", false),
        ("family", "CASHBACK", false),
        ("family", "SOMETHING_NEW", false),
        ("status", "COMPLETED", true),
        ("status", "COMPLETED_EXTERNALLY", true),
        ("status", "PENDING", true),
        ("status", "DRAFT", false),
        ("status", "CANCELLED", false),
        ("status", "REJECTED", false),
        ("status", "ERROR", false),
        ("status", "SOMETHING_NEW", false),
        ("deletedAt", "2026-03-02T00:00:00Z", false),
    ];
    for (key, value, expected) in table {
        let entry = entry(key, value);
        assert_eq!(is_spend(&entry), expected, "{key} {value}");
    }
}
