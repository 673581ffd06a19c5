//! Calls about vendors.

use super::bounds::{few, within};
use super::{ApiRequest, OutOfBounds, Slice};
use crate::id::CompanyId;
use crate::operation;
use crate::vendor::VendorFilter;

/// States in one search, at most.
const MOST_STATES: usize = 4;

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
