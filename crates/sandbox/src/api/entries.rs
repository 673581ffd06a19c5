//! The accounting entries: search and single.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use outlay_pleo::filter::EntryFilter;
use outlay_pleo::status::EntrySortingKey;
use outlay_pleo::{AccountingEntry, Envelope, operation};

use crate::api::directory::{checked_id, id_parameter};
use crate::api::filter::Narrowing;
use crate::api::paging::{PageQuery, single};
use crate::api::problem::ApiError;
use crate::api::{bearer, json};
use crate::params::Params;
use crate::state::{Sandbox, Shared};
use crate::world::ledger::{EntryBook, Sorting};

/// `POST /v1/accounting-entries:search`.
pub async fn search(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Result<Response, ApiError> {
    let bearer = bearer::check(&sandbox, &headers, &operation::SEARCH_ENTRIES)?;
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    check_owner(&sandbox, &params, &bearer.company)?;
    let page = PageQuery::read(&params, EntrySortingKey::KNOWN, false)?;
    let filter = read_filter(&headers, &body)?;
    let narrowing = Narrowing::new(filter)?;
    let book = book(&sandbox, &bearer.company)?;
    let sorting: Sorting = page
        .sorting
        .iter()
        .map(|(key, order)| (EntrySortingKey::from(key.as_str()), order.clone()))
        .collect();
    let name = format!("{}{}", page.order_name(), narrowing.name());
    let view = book.view(name, &sorting, |entry, dates| narrowing.keeps(entry, dates));
    json(&page.page(&view, |row| book.entries().get(row).map(listed))?)
}

/// `GET /v1/accounting-entries/{accountingEntryId}`.
pub async fn entry(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let bearer = bearer::check(&sandbox, &headers, &operation::ENTRY)?;
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let deleted = match single(&params, "include_deleted")? {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(ApiError::invalid("include_deleted is true or false.")),
    };
    let id = checked_id(&id)?;
    let found = book(&sandbox, &bearer.company)?.by_id(&id);
    match found.filter(|entry| deleted || entry.deleted_at.is_none()) {
        Some(entry) => json(&Envelope {
            data: entry.clone(),
        }),
        None if is_foreign(&sandbox, &id, &bearer.company) => Err(ApiError::foreign()),
        None => Err(ApiError::not_found("There is no such entry.")),
    }
}

/// The account's code is left out of search results, as has been observed at Pleo.
fn listed(entry: &AccountingEntry) -> AccountingEntry {
    AccountingEntry {
        account_code: None,
        ..entry.clone()
    }
}

fn check_owner(sandbox: &Sandbox, params: &Params, own: &str) -> Result<(), ApiError> {
    let company = id_parameter(params, "company_id")?;
    let organisation = id_parameter(params, "organization_id")?;
    if company.is_none() && organisation.is_none() {
        let message = "company_id or organization_id must be provided.";
        return Err(ApiError::invalid(message));
    }
    let mut all = sandbox.world.companies().iter();
    let home = all.find(|one| one.id == own);
    let own_organisation = home.and_then(|one| one.organization_id.as_deref());
    let fits = company.is_none_or(|id| id.eq_ignore_ascii_case(own))
        && organisation.is_none_or(|id| Some(id) == own_organisation);
    if fits {
        Ok(())
    } else {
        Err(ApiError::foreign())
    }
}

fn read_filter(headers: &HeaderMap, body: &[u8]) -> Result<EntryFilter, ApiError> {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(ApiError::media_type());
    }
    EntryFilter::read_strictly(body)
        .map_err(|error| ApiError::invalid(format!("The body is not a search: {error}.")))
}

fn book<'a>(sandbox: &'a Sandbox, company: &str) -> Result<&'a EntryBook, ApiError> {
    sandbox.world.book(company).ok_or_else(ApiError::server)
}

fn is_foreign(sandbox: &Sandbox, id: &str, own: &str) -> bool {
    let mut others = sandbox.world.companies().iter().filter(|one| one.id != own);
    others.any(|one| {
        let book = sandbox.world.book(&one.id);
        book.is_some_and(|book| book.by_id(id).is_some())
    })
}
