//! Calls about employees.

use super::{ApiRequest, Slice};
use crate::id::CompanyId;
use crate::operation;

/// The employees of a company; answered by a `Page<Employee>`. This list alone spells its parameter
/// `companyId`.
pub fn list(company: &CompanyId, slice: &Slice) -> ApiRequest {
    ApiRequest::new(&operation::EMPLOYEES)
        .with("companyId", company.as_str())
        .slice(slice)
}
