//! Receipts: of a company, of an entry, and one by its id.

use outlay_pleo::AccountingEntry;
use outlay_pleo::status::PageOrder;
use outlay_pleo::time::Instant;
use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::entries::{company_entries, find};
use crate::api::files;
use crate::api::paging::{PageQuery, RECEIPTS};
use crate::api::problem::ApiError;
use crate::sample_data::company_entries::is_descending;
use crate::sample_data::receipt::{ReceiptFiles, SampleReceipt};
use crate::store::Store;

/// The handlers of receipts, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("searchReceipts", search),
    ("getAllReceipts", of_entry),
    ("getReceipt", read),
];

type ApiResult = Result<ApiResponse, ApiError>;

const KEYS: [&str; 3] = ["createdAt", "id", "size"];

/// A receipt of the sample data, or an uploaded one.
struct ReceiptRow<'a> {
    id: &'a str,
    entry: usize,
    created: Instant,
    source: &'a str,
    file: UploadedFile<'a>,
}

enum UploadedFile<'a> {
    Fixture(&'static ReceiptFiles),
    Bytes(&'a [u8]),
}

impl UploadedFile<'_> {
    fn media_type(&self) -> &'static str {
        match self {
            UploadedFile::Fixture(files) => files.original.media_type,
            UploadedFile::Bytes(bytes) => match files::media_type(bytes) {
                "application/octet-stream" => "unknown",
                known => known,
            },
        }
    }

    fn size(&self) -> usize {
        match self {
            UploadedFile::Fixture(files) => files.original.bytes.len(),
            UploadedFile::Bytes(bytes) => bytes.len(),
        }
    }
}

fn search(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    if call.one("partner_id").is_some() {
        // No token of this client belongs to a partner.
        return Err(ApiError::foreign());
    }
    call.own_query()?;
    let wanted = &call.body;
    let listed = |name: &str, id: &str| {
        let list = wanted[name].as_array();
        let is = |one: &Value| one.as_str().is_some_and(|one| one.eq_ignore_ascii_case(id));
        list.is_none_or(|list| list.iter().any(is))
    };
    let entry_fits = |entry: &AccountingEntry| {
        let employee = entry.employee_id.as_ref().map_or("", |id| id.as_str());
        (wanted["includeDeleted"] == true || entry.deleted_at.is_none())
            && listed("accountingEntryIds", entry.id.as_str())
            && listed("employeeIds", employee)
    };
    let small = form(wanted["fileType"].as_str());
    let holds = |name: &str, text: &str| {
        let list = wanted[name].as_array();
        list.is_none_or(|list| list.iter().any(|one| one == text))
    };
    let keep = |row: &ReceiptRow<'_>| {
        let entry = store.entry(call.sample_data(), (call.company, row.entry));
        entry.is_some_and(entry_fits)
            && holds("source", row.source)
            && holds("mimeType", row.file.media_type())
    };
    page(call, store, small, keep)
}

fn of_entry(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let id = call.id("accountingEntryId");
    let ((_, own), _) = find(call, store, &id, true)?;
    let sources: Vec<&str> = call.query.all("source").collect();
    let keep = |row: &ReceiptRow<'_>| {
        row.entry == own && (sources.is_empty() || sources.contains(&row.source))
    };
    page(call, store, form(call.one("file_type")), keep)
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let id = call.id("accountingEntryId");
    let ((_, own), _) = find(call, store, &id, true)?;
    let receipt = call.id("receiptId");
    let all = rows(call, store)?;
    let found = all.iter().find(|row| row.entry == own && row.id == receipt);
    let found = found.ok_or_else(|| ApiError::missing("receipt"))?;
    let small = form(call.one("file_type"));
    let shown = show(call, store, found, small).ok_or_else(ApiError::server)?;
    Ok(ApiResponse::data(&shown))
}

/// The formats of a receipt: the original and thumbnails. The default is the original, also for
/// `EMBED`.
fn form(file_type: Option<&str>) -> &str {
    file_type.unwrap_or("ORIGINAL")
}

fn page(
    call: &SandboxCall<'_>,
    store: &Store,
    form: &str,
    keep: impl Fn(&ReceiptRow<'_>) -> bool,
) -> ApiResult {
    let page = PageQuery::read(call, &KEYS, RECEIPTS)?;
    let all = rows(call, store)?;
    let row = |at: usize| all.get(at);
    let sorting = page.sorting.clone();
    let compare = |left: &usize, right: &usize| {
        let (Some(one), Some(other)) = (row(*left), row(*right)) else {
            return left.cmp(right);
        };
        let by_keys = sorting
            .iter()
            .map(|(key, order)| directed(one, other, key, order));
        let differing = by_keys.into_iter().find(|found| found.is_ne());
        differing.unwrap_or_else(|| one.id.cmp(other.id))
    };
    let numbered = all.iter().enumerate().filter(|(_, row)| keep(row));
    let mut rows: Vec<usize> = numbered.map(|(at, _)| at).collect();
    rows.sort_by(compare);
    let place = |at: usize| {
        let known = row(at).is_some();
        known.then(|| rows.binary_search_by(|other| compare(other, &at)))
    };
    page.page(&rows, place, |at| {
        let shown = show(call, store, row(at)?, form)?;
        Some(shown.to_string())
    })
}

fn directed(
    one: &ReceiptRow<'_>,
    other: &ReceiptRow<'_>,
    key: &str,
    order: &PageOrder,
) -> std::cmp::Ordering {
    let found = match key {
        "createdAt" => one.created.cmp(&other.created),
        "size" => one.file.size().cmp(&other.file.size()),
        _ => one.id.cmp(other.id),
    };
    if is_descending(order) {
        found.reverse()
    } else {
        found
    }
}

/// Every receipt of the caller's company. Uploaded ones come last, so that a row keeps its
/// number.
fn rows<'d>(call: &SandboxCall<'d>, store: &'d Store) -> Result<Vec<ReceiptRow<'d>>, ApiError> {
    let old = company_entries(call)?
        .receipts()
        .iter()
        .map(|receipt: &SampleReceipt| ReceiptRow {
            id: &receipt.id,
            entry: receipt.entry,
            created: receipt.created,
            source: receipt.source,
            file: UploadedFile::Fixture(receipt.files),
        });
    let own = |place: &(usize, usize)| place.0 == call.company;
    let new = store.uploads.iter().filter(|upload| own(&upload.entry));
    let new = new.map(|upload| ReceiptRow {
        id: &upload.id,
        entry: upload.entry.1,
        created: upload.created,
        source: "USER",
        file: UploadedFile::Bytes(&upload.bytes),
    });
    Ok(old.chain(new).collect())
}

fn show(call: &SandboxCall<'_>, store: &Store, row: &ReceiptRow<'_>, form: &str) -> Option<Value> {
    let entry = store.entry(call.sample_data(), (call.company, row.entry))?;
    let small = ["THUMBNAIL", "PREVIEW"].contains(&form);
    let (kind, size) = match &row.file {
        UploadedFile::Fixture(files) if small => {
            (files.thumbnail.media_type, files.thumbnail.bytes.len())
        }
        file => (file.media_type(), file.size()),
    };
    Some(json!({
        "id": row.id,
        "accountingEntryId": entry.id.as_str(),
        "createdAt": row.created.format(3),
        "source": row.source,
        "fileType": form,
        "mimeType": kind,
        "sizeInBytes": size,
        "url": files::link(call.sandbox, row.id, small, call.now),
    }))
}
