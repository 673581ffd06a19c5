//! The vendors: suppliers that send invoices, and some that do not yet or no longer do.

use serde_json::{Value, json};

use crate::sample_data::catalogue::SUPPLIERS;
use crate::sample_data::company::CompanyProfile;
use crate::sample_data::rng::SeededRng;

/// Made by an employee, not yet known to the ledger.
const DRAFTS: &[&str] = &["Stilladskompagniet", "Fenwick Joinery", "Ísafold Prentun"];
/// No longer in use.
const ARCHIVED: &[&str] = &["Faxcentralen", "Pagerline Ltd"];

/// Returns the ledger's id of the supplier at this position of the list.
pub fn external_id(at: usize) -> String {
    format!("S{:04}", at + 1)
}

/// Makes the vendors of a company as API records.
pub fn make(home: &CompanyProfile, company: &str, stamp: &str, rng: &mut SeededRng) -> Vec<Value> {
    let [_, _, _, country, _] = home.place;
    let states = [
        (SUPPLIERS, "ACTIVE"),
        (DRAFTS, "DRAFT"),
        (ARCHIVED, "ARCHIVED"),
    ];
    let named = states
        .iter()
        .flat_map(|(names, state)| names.iter().map(move |name| (*name, *state)));
    let mut all = Vec::new();
    for (at, (name, state)) in named.enumerate() {
        let mut vendor = json!({
            "id": rng.uuid(),
            "companyId": company,
            "name": name,
            "defaultCurrency": home.currency,
            "state": state,
            "country": country,
            "registrationNumber": format!("99{:06}", rng.below(1_000_000)),
            "createdAt": stamp,
            "updatedAt": stamp,
        });
        if state != "DRAFT" {
            vendor["externalId"] = json!(external_id(at));
            vendor["code"] = json!(format!("V{:03}", 100 + at));
            vendor["accountingSystem"] = json!("LEDGERLINE");
            vendor["taxRegistrationNumber"] = json!(format!("{country}99{:06}", at * 7919));
        }
        all.push(vendor);
    }
    all
}
