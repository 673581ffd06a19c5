//! The chart of accounts and the tax codes.

use outlay_pleo::status::EntryFamily;
use serde_json::{Value, json};

use crate::sample_data::account_list::{ACCOUNTS, SampleAccount, TAXES, account};
use crate::sample_data::ids::Ids;
use crate::sample_data::rng::SeededRng;

/// The account on the other side of a booking.
const CONTRA: SampleAccount = account("5820", "Pleo wallet");
/// Accounts that no entry has: one live, one archived.
const OTHERS: [(SampleAccount, bool); 2] = [
    (account("9990", "Suspense"), false),
    (account("6900", "Telefax"), true),
];

/// The constants of a tax code, apart from its id.
struct Tax {
    name: &'static str,
    rate: f64,
    kind: &'static str,
    code: &'static str,
}

const fn tax(name: &'static str, rate: f64, kind: &'static str, code: &'static str) -> Tax {
    Tax {
        name,
        rate,
        kind,
        code,
    }
}

/// By country: the codes that entries have, and an archived one.
fn taxes(country: &str) -> [Tax; TAXES + 1] {
    match country {
        "DK" => [
            tax("Købsmoms 25 %", 0.25, "inclusive", "I25"),
            tax("Omvendt betalingspligt", 0.25, "reverse", "IREV"),
            tax("Momsfri", 0.0, "inclusive", "I0"),
            tax("Købsmoms, kvart fradrag", 0.0625, "exclusive", "IREP"),
        ],
        "GB" => [
            tax("Standard rate 20%", 0.2, "inclusive", "T1"),
            tax("Reduced rate 5%", 0.05, "exclusive", "T5"),
            tax("Zero rated", 0.0, "inclusive", "T0"),
            tax("Reverse charge", 0.2, "reverse", "T20"),
        ],
        _ => [
            tax("VSK 24 %", 0.24, "inclusive", "V24"),
            tax("VSK 11 %", 0.11, "exclusive", "V11"),
            tax("Án VSK", 0.0, "inclusive", "V0"),
            tax("VSK 7 %", 0.07, "inclusive", "V7"),
        ],
    }
}

/// Makes the tax codes of a company as API records.
pub fn tax_codes(
    company: &str,
    country: &str,
    stamp: &str,
    ids: &Ids,
    rng: &mut SeededRng,
) -> Vec<Value> {
    let all = taxes(country).into_iter().enumerate();
    all.map(|(at, tax)| {
        json!({
            "id": ids.taxes.get(at).cloned().unwrap_or_else(|| rng.uuid()),
            "companyId": company,
            "name": tax.name,
            "rate": tax.rate,
            "type": tax.kind,
            "archived": at == TAXES,
            "code": tax.code,
            "ingoingTaxAccount": "7840",
            "outgoingTaxAccount": if tax.kind == "reverse" { json!("7850") } else { Value::Null },
            "accountingIntegrationSystem": "LEDGERLINE",
            "createdAt": stamp,
            "updatedAt": stamp,
        })
    })
    .collect()
}

/// Makes the chart of accounts of a company as API records; the first is the contra account.
pub fn accounts(company: &str, country: &str, ids: &Ids, rng: &mut SeededRng) -> Vec<Value> {
    let taxes = taxes(country);
    let tax_of = |at: usize| taxes.get(at % TAXES).map(|tax| tax.code);
    let mut one =
        |account: &SampleAccount, id: Option<String>, archived: bool, tax: Option<&str>| {
            json!({
                "id": id.unwrap_or_else(|| rng.uuid()),
                "companyId": company,
                "externalId": format!("LL-{}", account.code),
                "name": account.name,
                "archived": archived,
                "code": account.code,
                "taxCodeExternalId": tax,
                "metadata": { "ledger": "general" },
            })
        };
    let mut all = vec![one(&CONTRA, None, false, None)];
    let spend = ACCOUNTS.iter().zip(&ids.accounts).enumerate();
    all.extend(spend.map(|(at, (account, id))| one(account, Some(id.clone()), false, tax_of(at))));
    let others = OTHERS.iter();
    all.extend(others.map(|(account, archived)| one(account, None, *archived, None)));
    all
}

/// Returns whether entries of this family are booked against the contra account.
pub fn has_contra(family: &EntryFamily) -> bool {
    matches!(
        family,
        EntryFamily::CardPurchase
            | EntryFamily::Cashback
            | EntryFamily::Reimbursement
            | EntryFamily::BillInvoicePayment
            | EntryFamily::Wallet
            | EntryFamily::PleoInvoice
            | EntryFamily::BalanceAmendment
            | EntryFamily::Overdraft
    )
}
