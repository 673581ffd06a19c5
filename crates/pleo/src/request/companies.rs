//! Calls about companies.

use super::{ApiRequest, Slice};
use crate::id::{CompanyId, OrganizationId};
use crate::operation;

/// `GET /v1/companies`: the companies that the token can read; returns a `Page<Company>`.
pub fn list(slice: &Slice) -> ApiRequest {
    ApiRequest::new(&operation::COMPANIES).slice(slice)
}

/// `GET /v1/companies?organization_id=…`: the companies of one organisation; returns a
/// `Page<Company>`.
pub fn of_organization(organization: &OrganizationId, slice: &Slice) -> ApiRequest {
    let id = organization.as_str();
    ApiRequest::new(&operation::COMPANIES)
        .with("organization_id", id)
        .slice(slice)
}

/// `GET /v1/companies/{companyId}`; returns an `Envelope<Company>`.
pub fn get(company: &CompanyId) -> ApiRequest {
    ApiRequest::of(&operation::COMPANY, &[company.as_str()])
}
