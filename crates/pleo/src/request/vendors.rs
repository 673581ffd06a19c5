//! Calls about vendors.

use super::bounds::{few, within};
use super::{ApiRequest, OutOfBounds, Slice};
use crate::id::{CompanyId, VendorId};
use crate::operation;
use crate::vendor::{VendorActivate, VendorCreate, VendorFilter, VendorUpdate};

/// States in one search, at most.
const MOST_STATES: usize = 4;

/// `POST /v1/vendors`; returns an `Envelope<Vendor>`.
pub fn create(body: &VendorCreate) -> ApiRequest {
    ApiRequest::new(&operation::CREATE_VENDOR).body(body)
}

/// `GET /v1/vendors/{id}`; returns an `Envelope<Vendor>`.
pub fn get(id: &VendorId) -> ApiRequest {
    ApiRequest::of(&operation::VENDOR, &[id.as_str()])
}

/// `PUT /v1/vendors/{id}`; returns an `Envelope<Vendor>`.
pub fn update(id: &VendorId, body: &VendorUpdate) -> ApiRequest {
    ApiRequest::of(&operation::UPDATE_VENDOR, &[id.as_str()]).body(body)
}

/// Activates a draft vendor; the response has no body.
pub fn activate(id: &VendorId, body: &VendorActivate) -> ApiRequest {
    ApiRequest::of(&operation::ACTIVATE_VENDOR, &[id.as_str()]).body(body)
}

/// Archives a vendor; the response has no body.
pub fn archive(id: &VendorId) -> ApiRequest {
    ApiRequest::of(&operation::ARCHIVE_VENDOR, &[id.as_str()])
}

/// A search; answered by a `Page<Vendor>`.
///
/// # Errors
///
/// A list of more than 100, or of more than 4 states.
pub fn search(
    company: &CompanyId,
    slice: &Slice,
    filter: &VendorFilter,
) -> Result<ApiRequest, OutOfBounds> {
    few("ids", &filter.ids)?;
    few("externalIds", &filter.external_ids)?;
    few("codes", &filter.codes)?;
    few("countries", &filter.countries)?;
    few("accountingSystems", &filter.accounting_systems)?;
    few("taxRegistrationNumbers", &filter.tax_registration_numbers)?;
    within(
        "states",
        filter.states.as_ref().map_or(0, Vec::len),
        0,
        MOST_STATES,
    )?;
    Ok(ApiRequest::new(&operation::SEARCH_VENDORS)
        .with("company_id", company.as_str())
        .slice(slice)
        .body(filter))
}
