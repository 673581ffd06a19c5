//! The items of a job with all data that a ledger needs to book them.

use outlay_pleo::id::{AccountId, TaxCodeId};
use outlay_pleo::status::{EntryFamily, EntrySubFamily};
use outlay_pleo::{AccountingEntry, AccountingEntryTag, Money, UNKNOWN_ID};
use serde_json::{Map, Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::exports::{check_contra, job};
use crate::api::files;
use crate::api::paging::{EXPORT, PageQuery};
use crate::api::problem::ApiError;
use crate::sample_data::chart::has_contra;
use crate::sample_data::receipt;
use crate::store::Store;
use crate::store::job::Job;

/// The handler of `GET /v3/export-items`.
pub const HANDLERS: &[(&str, Handler)] = &[("getExportItemsV3", list)];

/// Only while the job runs.
fn list(call: &SandboxCall<'_>, store: &mut Store) -> Result<ApiResponse, ApiError> {
    let id = call.one("job_id");
    let id = id.ok_or_else(|| ApiError::invalid("job_id is missing."))?;
    let (_, job) = job(call, store, id)?;
    if !job.status.runs() {
        let message = "The items of a job can be fetched while it is pending or in progress.";
        return Err(ApiError::of(
            422,
            "EXPORT_JOB_STATUS_UNPROCESSABLE",
            message,
        ));
    }
    let entry = |row: usize| store.entry(call.sample_data(), (call.company, row));
    let entries = job.items.iter().filter_map(|item| entry(item.entry));
    check_contra(call, store, entries)?;
    let page = PageQuery::read(call, &[], EXPORT)?;
    let rows: Vec<usize> = job.items.iter().map(|item| item.entry).collect();
    let place = |row: usize| rows.iter().position(|one| *one == row).map(Ok);
    page.page(&rows, place, |row| {
        let item = item(call, store, job, entry(row)?);
        Some(item.to_string())
    })
}

fn item(call: &SandboxCall<'_>, store: &Store, job: &Job, entry: &AccountingEntry) -> Value {
    let (kind, sub_kind) = kind(entry);
    let billed = entry.total_bill_value.unwrap_or(entry.transaction_value);
    let date = entry
        .bookkeeping_date
        .as_ref()
        .or(entry.settled_at.as_ref());
    let vendor = vendor(call, store, entry);
    let by_vendor = job.by_vendor && vendor.is_some();
    let api = &call.sandbox.addresses.api;
    let mut item = json!({
        "_links": { "api": { "exportItem": format!("{api}/v3/export-items?job_id={}", job.id) } },
        "accountingEntryId": entry.id.as_str(),
        "companyId": entry.company_id.as_str(),
        "type": kind,
        "subType": sub_kind,
        "date": date.unwrap_or(&entry.performed_at).as_str(),
        "amount": pair(entry.transaction_value, billed),
        "accountingEntryLines": lines(call, store, entry, billed),
        "additionalInformation": additional(call, entry),
        "note": entry.note,
        "files": files(call, entry),
        "user": user(call, entry),
        "team": team(call, entry),
        "bookkeeping": { "method": if by_vendor { "accounts_payable" } else { "journal" } },
        "contraAccount": Value::Null,
        "servicePeriod": Value::Null,
    });
    if let Some(vendor) = vendor {
        item["supplier"] = json!({
            "name": vendor["name"], "code": vendor["code"], "country": vendor["country"],
            "account": entry.supplier.as_ref().and_then(|one| one.external_account_number.clone()),
            "taxIdentifier": vendor["taxRegistrationNumber"],
        });
        item["vendor"] = pick(
            &vendor,
            &[
                "id",
                "name",
                "defaultCurrency",
                "code",
                "externalId",
                "country",
                "registrationNumber",
                "taxRegistrationNumber",
            ],
        );
    }
    if has_contra(&entry.family) {
        let id = store.contra.get(call.company).map_or("", String::as_str);
        item["contraAccount"] = account(store, id);
    }
    item
}

fn kind(entry: &AccountingEntry) -> (&'static str, Option<&'static str>) {
    use EntrySubFamily as Sub;
    let refund = entry.transaction_value.minors < 0;
    match (&entry.family, &entry.sub_family) {
        (EntryFamily::CardPurchase, Some(Sub::Atm)) => ("atm_withdrawal", None),
        (EntryFamily::CardPurchase, _) if refund => ("refund", None),
        (EntryFamily::CardPurchase, _) => ("card_purchase", None),
        (EntryFamily::OutOfPocket, _) => ("out_of_pocket", None),
        (EntryFamily::Mileage, _) => ("mileage", None),
        (EntryFamily::PerDiem, _) => ("per_diem", None),
        (EntryFamily::Reimbursement, sub) => (
            "direct_reimbursement",
            Some(match sub {
                Some(Sub::ReimbursementToCompany) => "reimbursement_to_company",
                Some(Sub::ReimbursementToEmployeeRefund) => "reimbursement_to_employee_refund",
                _ => "reimbursement_to_employee",
            }),
        ),
        (EntryFamily::BillInvoice | EntryFamily::CreditNote, _) => ("invoice", None),
        (EntryFamily::BillInvoicePayment, sub) => (
            "invoice_payment",
            Some(match sub {
                Some(Sub::BillInvoicePaymentReturned) => "invoice_payment_returned",
                _ => "invoice_payment_sent",
            }),
        ),
        (EntryFamily::Wallet, Some(Sub::Unload)) => ("wallet_unload", None),
        (EntryFamily::Wallet, _) => ("wallet_topup", None),
        (EntryFamily::Cashback, _) => ("cashback", None),
        (EntryFamily::Overdraft, _) => ("fee", Some("interest")),
        _ => ("fee", None),
    }
}

/// One line for each part of a split entry, else one for the whole.
fn lines(
    call: &SandboxCall<'_>,
    store: &Store,
    entry: &AccountingEntry,
    billed: Money,
) -> Vec<Value> {
    let line =
        |id: &str, amounts: (Money, Money), account_id, tax_id, tags: &[AccountingEntryTag]| {
            let (paid, billed) = amounts;
            let tax = tax(store, tax_id, paid, billed);
            let (net_paid, net_billed) = match &tax {
                Some((_, parts, "inclusive")) => (less(paid, parts.0), less(billed, parts.1)),
                _ => (paid, billed),
            };
            json!({
                "accountingEntryLineId": id,
                "lineAmount": pair(paid, billed),
                "netAmount": pair(net_paid, net_billed),
                "account": account_of(store, account_id),
                "tags": shown_tags(call, store, tags),
                "tax": tax.map(|(shown, ..)| shown),
            })
        };
    if entry.split_items.is_empty() {
        let amounts = (entry.transaction_value, billed);
        let account = entry.account_id.as_ref().map(AccountId::as_str);
        let tax = entry.tax_code_id.as_ref().map(TaxCodeId::as_str);
        return vec![line(entry.id.as_str(), amounts, account, tax, &entry.tags)];
    }
    let parts = entry.split_items.iter().map(|part| {
        let paid = part.transaction_value.unwrap_or(entry.transaction_value);
        let amounts = (paid, part.total_bill_value.unwrap_or(paid));
        let account = part.account_id.as_ref().map(AccountId::as_str);
        let tax = part.tax_code_id.as_ref().map(TaxCodeId::as_str);
        line(part.id.as_str(), amounts, account, tax, &part.tags)
    });
    parts.collect()
}

type Tax<'d> = (Value, (Money, Money), &'d str);

/// The tax of a line: its amounts and how they are calculated.
fn tax<'d>(store: &'d Store, id: Option<&str>, paid: Money, billed: Money) -> Option<Tax<'d>> {
    let code = &store.tax_codes.find(id?)?.json;
    let kind = code["type"].as_str().unwrap_or_default();
    let millionths = (code["rate"].as_f64().unwrap_or_default() * 1e6).round() as i64;
    let base = if kind == "inclusive" {
        1_000_000 + millionths
    } else {
        1_000_000
    };
    let part = |money: Money| Money {
        minors: money.minors * millionths / base,
        ..money
    };
    let parts = (part(paid), part(billed));
    let mut shown = pick(code, &["id", "rate", "type", "code"]);
    shown["amount"] = pair(parts.0, parts.1);
    for name in ["ingoingTaxAccount", "outgoingTaxAccount"] {
        if code[name].is_string() {
            shown[name] = code[name].clone();
        }
    }
    Some((shown, parts, kind))
}

fn less(whole: Money, part: Money) -> Money {
    Money {
        minors: whole.minors - part.minors,
        ..whole
    }
}

fn pair(paid: Money, billed: Money) -> Value {
    json!({ "inSupplierCurrency": hundredths(paid), "inWalletCurrency": hundredths(billed) })
}

/// This API counts every currency in hundredths of its unit.
fn hundredths(money: Money) -> Value {
    let units = 10_i64.pow(money.currency.exponent().unwrap_or(2));
    let (whole, rest) = (money.minors * 100 / units, money.minors * 100 % units);
    let value = if rest == 0 {
        json!(whole)
    } else {
        json!(money.minors as f64 * 100.0 / units as f64)
    };
    json!({ "currency": money.currency.as_str(), "value": value })
}

fn account_of(store: &Store, id: Option<&str>) -> Value {
    match id {
        Some(id) if id != UNKNOWN_ID => account(store, id),
        _ => Value::Null,
    }
}

fn account(store: &Store, id: &str) -> Value {
    store.accounts.find(id).map_or(Value::Null, |row| {
        let one = &row.json;
        json!({
            "id": one["id"], "name": one["name"], "code": one["code"],
            "identifier": one["externalId"],
        })
    })
}

fn shown_tags(call: &SandboxCall<'_>, store: &Store, tags: &[AccountingEntryTag]) -> Vec<Value> {
    let own = tags.iter().filter_map(|tag| {
        let row = store.tags.find(tag.tag_id.as_ref()?.as_str())?;
        let group = store.groups.find(tag.tag_group_id.as_str())?;
        let own = row.company == call.company;
        own.then(|| {
            json!({
                "id": row.json["id"], "code": row.json["code"],
                "groupCode": group.json["code"],
            })
        })
    });
    own.collect()
}

fn additional(call: &SandboxCall<'_>, entry: &AccountingEntry) -> Value {
    let people = call.sample_data().employees();
    let name = |id: &str| {
        let found = people.iter().find(|one| one.id == id)?;
        Some(format!("{} {}", found.first_name, found.last_name))
    };
    let attendees = entry.attendees.iter();
    let attendees = attendees.filter_map(|one| name(&one.attendable_id));
    let attendees: Vec<String> = attendees.collect();
    let mut shown = json!({
        "reconciliationId": format!("B-{}", entry.id.as_str().split('-').next().unwrap_or_default()),
        "attendees": attendees,
        "invoiceInformation": Value::Null,
        "reconciledEntries": Value::Null,
    });
    let papers = entry.supplier.as_ref();
    if let Some(number) = papers.and_then(|papers| papers.document_number.as_ref()) {
        let day = |text: &str| text.get(..10).unwrap_or_default().to_owned();
        shown["invoiceInformation"] = json!({
            "invoiceNumber": number,
            "invoiceDate": day(entry.performed_at.as_str()),
            "status": "paid",
            "paymentDate": entry.settled_at.as_ref().map(|at| day(at.as_str())),
        });
    }
    shown
}

fn files(call: &SandboxCall<'_>, entry: &AccountingEntry) -> Vec<Value> {
    let ids = entry.receipt_ids.iter();
    let shown = ids.map(|id| {
        let file = receipt::files(id.as_str()).original;
        json!({
            "url": files::link(call.sandbox, id.as_str(), false, call.now),
            "type": file.media_type,
            "size": file.bytes.len(),
        })
    });
    shown.collect()
}

fn user(call: &SandboxCall<'_>, entry: &AccountingEntry) -> Value {
    let mut people = call.sample_data().employees().iter();
    let found = people.find(|one| Some(&one.id) == entry.employee_id.as_ref());
    found.map_or(Value::Null, |one| {
        let name = format!("{} {}", one.first_name, one.last_name);
        json!({ "id": one.id.as_str(), "name": name, "code": one.code })
    })
}

fn team(call: &SandboxCall<'_>, entry: &AccountingEntry) -> Value {
    let records = call.sample_data().records().get(call.company);
    let mut teams = records.into_iter().flat_map(|records| &records.teams);
    let found = teams.find(|(id, _)| entry.team_id.as_ref().is_some_and(|own| own == id));
    found.map_or(
        Value::Null,
        |(id, name)| json!({ "id": id, "name": name, "code": name.to_uppercase() }),
    )
}

fn vendor(call: &SandboxCall<'_>, store: &Store, entry: &AccountingEntry) -> Option<Value> {
    let id = entry.supplier.as_ref()?.external_supplier_id.as_ref()?;
    let mut all = store.vendors.of(call.company);
    all.find(|one| one["externalId"] == id.as_str()).cloned()
}

fn pick(from: &Value, names: &[&str]) -> Value {
    let fields = names.iter().filter_map(|name| {
        let value = from.get(name)?;
        Some(((*name).to_owned(), value.clone()))
    });
    Value::Object(fields.collect::<Map<_, _>>())
}
