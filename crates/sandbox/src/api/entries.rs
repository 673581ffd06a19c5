//! The accounting entries: search, and one by its id.

use outlay_pleo::filter::EntryFilter;
use outlay_pleo::status::EntrySortingKey;
use outlay_pleo::{AccountingEntry, Envelope};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::filter::EntryNarrowing;
use crate::api::paging::{PageQuery, USUAL};
use crate::api::problem::ApiError;
use crate::sample_data::company_entries::{CompanyEntries, Sorting};
use crate::store::{CompanyIndex, Store};

/// The handlers of accounting entries, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("externalSearchAccountingEntriesV1", search),
    ("externalGetAccountingEntryV1", entry),
];

type ApiResult = Result<ApiResponse, ApiError>;

fn search(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let page = PageQuery::read(call, EntrySortingKey::KNOWN, USUAL)?;
    let filter = EntryFilter::read_strictly(call.body.to_string().as_bytes())
        .map_err(|error| ApiError::invalid(format!("The body is not a search: {error}.")))?;
    let narrowing = EntryNarrowing::new(filter)?;
    let company_entries = company_entries(call)?;
    let sorting: Sorting = page
        .sorting
        .iter()
        .map(|(key, order)| (EntrySortingKey::from(key.as_str()), order.clone()))
        .collect();
    let changes = store.changes();
    let name = format!("{changes} {}{}", page.order_name(), narrowing.name());
    let view = company_entries.view(name, &sorting, |row, entry| {
        let now = store.changed((call.company, row)).unwrap_or(entry);
        narrowing.keeps(now)
    });
    let found = |row: usize| view.place(row).map(Ok);
    page.page(view.rows(), found, |row| {
        let entry = store.entry(call.sample_data(), (call.company, row))?;
        Some(outlay_wire::to_text(&listed(entry)))
    })
}

fn entry(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let deleted = call.flag("include_deleted");
    let (_, entry) = find(call, store, &call.id("accountingEntryId"), deleted)?;
    Ok(ApiResponse::object(&Envelope {
        data: entry.clone(),
    }))
}

/// Returns an entry of the caller's company with the changes that calls made.
///
/// # Errors
///
/// 404, or 403 if it is another company's and the operation documents that.
pub fn find<'a>(
    call: &SandboxCall<'a>,
    store: &'a Store,
    id: &str,
    deleted: bool,
) -> Result<(CompanyIndex, &'a AccountingEntry), ApiError> {
    let id = id.to_ascii_lowercase();
    let all_companies = call.sample_data().all_companies().iter().enumerate();
    let mut found = all_companies
        .filter_map(|(company, company_entries)| Some((company, company_entries.row(&id)?)));
    let place = found.next().ok_or_else(|| ApiError::missing("entry"))?;
    if place.0 != call.company {
        return Err(call.foreign("entry"));
    }
    let entry = store.entry(call.sample_data(), place);
    let entry = entry.filter(|entry| deleted || entry.deleted_at.is_none());
    entry
        .map(|entry| (place, entry))
        .ok_or_else(|| ApiError::missing("entry"))
}

/// Returns the entries of the caller's company.
///
/// # Errors
///
/// 500 for a company without entries, which does not exist.
pub fn company_entries<'a>(call: &SandboxCall<'a>) -> Result<&'a CompanyEntries, ApiError> {
    let company_entries = call.sample_data().all_companies().get(call.company);
    company_entries.ok_or_else(ApiError::server)
}

/// The account's code is left out of search results, as has been observed at Pleo.
fn listed(entry: &AccountingEntry) -> AccountingEntry {
    AccountingEntry {
        account_code: None,
        ..entry.clone()
    }
}
