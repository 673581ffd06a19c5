//! Calls about employees.

use super::{ApiRequest, Slice};
use crate::id::{CompanyId, EmployeeId};
use crate::operation;

/// The employees of a company; answered by a `Page<Employee>`. This list alone spells its parameter
/// `companyId`.
pub fn list(company: &CompanyId, slice: &Slice) -> ApiRequest {
    search(company, None, None, slice)
}

/// Those with this e-mail address, or this code of another system; answered by a `Page<Employee>`.
pub fn search(
    company: &CompanyId,
    email: Option<&str>,
    code: Option<&str>,
    slice: &Slice,
) -> ApiRequest {
    ApiRequest::new(&operation::EMPLOYEES)
        .with("companyId", company.as_str())
        .with_some("email", email)
        .with_some("code", code)
        .slice(slice)
}

/// `GET /v2/employees/{employeeId}`; returns an `Envelope<Employee>`.
pub fn get(employee: &EmployeeId) -> ApiRequest {
    ApiRequest::of(&operation::EMPLOYEE, &[employee.as_str()])
}
