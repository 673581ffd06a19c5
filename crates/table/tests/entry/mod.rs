//! Entries for the tests, written as Pleo writes them.

use outlay_pleo::AccountingEntry;
use serde_json::json;

/// A completed card purchase of `minors` hundredths of EUR.
pub fn entry(id: &str, performed_at: &str, minors: i64) -> AccountingEntry {
    changed(id, performed_at, minors, &[])
}

/// As [`entry`], with some of its texts replaced.
pub fn changed(
    id: &str,
    performed_at: &str,
    minors: i64,
    changes: &[(&str, &str)],
) -> AccountingEntry {
    let mut entry = json!({
        "id": id,
        "companyId": "c",
        "status": "COMPLETED",
        "family": "CARD_PURCHASE",
        "exportStatus": "NOT_EXPORTED",
        "reviewStatus": "NOT_REQUIRED",
        "transactionValue": { "currency": "EUR", "minors": minors },
        "performedAt": performed_at,
        "createdAt": performed_at,
        "updatedAt": performed_at,
    });
    for (key, value) in changes {
        match *key {
            "currency" => entry["transactionValue"]["currency"] = json!(value),
            key => entry[key] = json!(value),
        }
    }
    outlay_wire::from_text(&entry.to_string()).unwrap()
}
