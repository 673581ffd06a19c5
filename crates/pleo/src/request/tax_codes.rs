//! Calls about tax codes.

use super::{ApiRequest, Slice};
use crate::id::{CompanyId, TaxCodeId};
use crate::operation;
use crate::tax_code::{TaxCodeFilter, TaxCodeWrite};

/// `POST /v0/tax-codes`; returns an `Envelope<TaxCode>`.
pub fn create(body: &TaxCodeWrite) -> ApiRequest {
    ApiRequest::new(&operation::CREATE_TAX_CODE).body(body)
}

/// `GET /v0/tax-codes/{taxCodeId}`; returns an `Envelope<TaxCode>`.
pub fn get(id: &TaxCodeId) -> ApiRequest {
    ApiRequest::of(&operation::TAX_CODE, &[id.as_str()])
}

/// `PUT /v0/tax-codes/{taxCodeId}`; returns an `Envelope<TaxCode>`.
pub fn update(id: &TaxCodeId, body: &TaxCodeWrite) -> ApiRequest {
    ApiRequest::of(&operation::UPDATE_TAX_CODE, &[id.as_str()]).body(body)
}

/// `DELETE /v0/tax-codes/{taxCodeId}`; Pleo documents no response body.
pub fn delete(id: &TaxCodeId) -> ApiRequest {
    ApiRequest::of(&operation::DELETE_TAX_CODE, &[id.as_str()])
}

/// `POST /v0/tax-codes:search`; returns a `Page<TaxCode>`.
pub fn search(company: &CompanyId, slice: &Slice, filter: &TaxCodeFilter) -> ApiRequest {
    ApiRequest::new(&operation::SEARCH_TAX_CODES)
        .with("company_id", company.as_str())
        .slice(slice)
        .body(filter)
}
