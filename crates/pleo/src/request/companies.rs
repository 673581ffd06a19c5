//! Calls about companies.

use super::{ApiRequest, Slice};
use crate::id::{CompanyId, OrganizationId};
use crate::operation;

/// The companies that the token can see; answered by a `Page<Company>`.
pub fn list(slice: &Slice) -> ApiRequest {
    ApiRequest::new(&operation::COMPANIES).slice(slice)
}

/// Those of one organisation; answered by a `Page<Company>`.
pub fn of_organization(organization: &OrganizationId, slice: &Slice) -> ApiRequest {
    let id = organization.as_str();
    ApiRequest::new(&operation::COMPANIES)
        .with("organization_id", id)
        .slice(slice)
}

/// One company; answered by an `Envelope<Company>`.
pub fn get(company: &CompanyId) -> ApiRequest {
    ApiRequest::of(&operation::COMPANY, &[company.as_str()])
}
