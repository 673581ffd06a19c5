//! Calls about tax codes.

use super::{ApiRequest, Slice};
use crate::id::CompanyId;
use crate::operation;
use crate::tax_code::TaxCodeFilter;

/// `POST /v0/tax-codes:search`; returns a `Page<TaxCode>`.
pub fn search(company: &CompanyId, slice: &Slice, filter: &TaxCodeFilter) -> ApiRequest {
    ApiRequest::new(&operation::SEARCH_TAX_CODES)
        .with("company_id", company.as_str())
        .slice(slice)
        .body(filter)
}
