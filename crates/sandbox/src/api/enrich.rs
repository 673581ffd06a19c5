//! Receipts and tags that a partner's system adds to a card payment.
//!
//! A card is known by its last four digits: those of the n-th employee of a company, in the order
//! of the list, are n, for example `0003` for the third one. The payment is searched by amount,
//! currency and day.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use outlay_pleo::id::{ReceiptId, TagId};
use outlay_pleo::status::EntryFamily;
use outlay_pleo::time::{DateTime, Instant, Timestamp, Zone};
use outlay_pleo::{AccountingEntry, AccountingEntryTag, Employee};
use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::entries::company_entries;
use crate::api::problem::ApiError;
use crate::store::{Store, Upload};

/// The handler of `POST /v2/accounting-entries:enrich`.
pub const HANDLERS: &[(&str, Handler)] = &[("enrichAccountingEntryV2", enrich)];

type ApiResult = Result<ApiResponse, ApiError>;

/// Seconds after the purchase within which an unknown payment may still arrive.
const FRESH: i64 = 2 * 86_400;
/// The most tags of an entry.
const MOST_TAGS: usize = 5;

fn enrich(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let files = files(call)?;
    let moment = moment(call)?;
    let Some(employee) = card(call) else {
        return Ok(unknown("There is no such card."));
    };
    if call
        .one("email")
        .is_some_and(|email| !email.eq_ignore_ascii_case(&employee.email))
    {
        return Ok(unknown("There is no such employee with this card."));
    }
    let Some(tags) = tags(call, store) else {
        return Ok(unknown("There is no such tag."));
    };
    let tag_ids: Vec<&str> = tags
        .iter()
        .filter_map(|tag| tag.tag_id.as_ref().map(TagId::as_str))
        .collect();
    if let Some(row) = payment(call, store, employee, moment)? {
        let place = (call.company, row);
        let new: Vec<String> = files.iter().map(|_| store.id()).collect();
        let uploads = new.iter().zip(files).map(|(id, bytes)| Upload {
            id: id.clone(),
            entry: place,
            created: call.now,
            bytes,
        });
        store.uploads.extend(uploads);
        store.change(call.sample_data(), place, |entry| {
            entry
                .receipt_ids
                .extend(new.iter().map(|id| ReceiptId::from(id.as_str())));
            for tag in &tags {
                entry
                    .tags
                    .retain(|one| one.tag_group_id != tag.tag_group_id);
                entry.tags.push(tag.clone());
            }
            entry.tags.truncate(MOST_TAGS);
        });
        let id = store
            .entry(call.sample_data(), place)
            .map(|entry| entry.id.to_string());
        let done = json!({ "receiptStatus": "UPLOADED", "accountingEntryId": id, "tags": tag_ids });
        return Ok(ApiResponse::created(&done));
    }
    let (status, word) = if moment.seconds >= call.now.seconds - FRESH {
        (StatusCode::ACCEPTED, "ACCEPTED")
    } else {
        (StatusCode::OK, "ADDED_TO_RECEIPT_INBOX")
    };
    let kept = json!({ "receiptStatus": word, "tags": tag_ids });
    Ok(ApiResponse::data(&kept).with(status))
}

fn unknown(message: &str) -> ApiResponse {
    let reported = json!({ "receiptStatus": "UNRESOLVED", "message": message });
    ApiResponse::data(&reported).with(StatusCode::NOT_FOUND)
}

fn files(call: &SandboxCall<'_>) -> Result<Vec<Vec<u8>>, ApiError> {
    let texts = call.body["receipts"].as_array().into_iter().flatten();
    let decoded = texts.enumerate().map(|(at, text)| {
        let text = text.as_str().unwrap_or_default();
        let bytes = STANDARD.decode(text).ok().filter(|bytes| !bytes.is_empty());
        bytes.ok_or_else(|| ApiError::invalid(format!("receipts[{at}] is no file in base64.")))
    });
    decoded.collect()
}

/// The date of the payment: `performed_at`, else `settled_at`.
fn moment(call: &SandboxCall<'_>) -> Result<Instant, ApiError> {
    let names = ["performed_at", "settled_at"];
    let given = names.iter().find_map(|name| Some((*name, call.one(name)?)));
    let Some((name, text)) = given else {
        let message = "performed_at or settled_at must be provided.";
        return Err(ApiError::invalid(message));
    };
    DateTime::parse(text)
        .filter(|written| written.is_rfc3339 || written.zone == Zone::DayOnly)
        .map(|written| written.instant)
        .ok_or_else(|| ApiError::invalid(format!("{name} is not written as date-time.")))
}

fn card<'a>(call: &SandboxCall<'a>) -> Option<&'a Employee> {
    let digits = call.one("card_last_four_digits")?;
    let number = digits.parse::<usize>().ok().filter(|_| digits.len() == 4)?;
    let mut staff = call.sample_data().employees().iter();
    let own = staff
        .by_ref()
        .filter(|one| one.company_id == call.bearer.company);
    own.take(number).nth(number.checked_sub(1)?)
}

fn tags(call: &SandboxCall<'_>, store: &Store) -> Option<Vec<AccountingEntryTag>> {
    let ids = call.body["tags"].as_array().into_iter().flatten();
    let found = ids.filter_map(Value::as_str).map(|id| {
        let row = store
            .tags
            .find(id)
            .filter(|row| row.company == call.company)?;
        Some(AccountingEntryTag {
            tag_group_id: row.json["groupId"].as_str()?.into(),
            tag_id: Some(row.json["id"].as_str()?.into()),
        })
    });
    found.collect()
}

fn payment(
    call: &SandboxCall<'_>,
    store: &Store,
    employee: &Employee,
    moment: Instant,
) -> Result<Option<usize>, ApiError> {
    let amount = call.one("amount").and_then(|text| text.parse::<i64>().ok());
    let currency = call.one("currency").unwrap_or_default();
    let fits = |entry: &AccountingEntry| {
        let paid = entry.transaction_value;
        entry.family == EntryFamily::CardPurchase
            && entry.deleted_at.is_none()
            && Some(paid.minors) == amount
            && paid.currency.as_str() == currency
            && entry.employee_id.as_ref() == Some(&employee.id)
    };
    let day = moment.date();
    let company_entries = company_entries(call)?;
    let mut rows = 0..company_entries.entries().len();
    Ok(rows.find(|row| {
        let entry = store.entry(call.sample_data(), (call.company, *row));
        entry.is_some_and(|entry| {
            let settled = entry.settled_at.as_ref().and_then(Timestamp::utc_day);
            [entry.performed_at.utc_day(), settled].contains(&Some(day)) && fits(entry)
        })
    }))
}
