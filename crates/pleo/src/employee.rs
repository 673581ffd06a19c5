//! A person who spends.

use outlay_wire::record;

use crate::id::{CompanyId, EmployeeId};

/// One employee of one company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employee {
    /// UUID.
    pub id: EmployeeId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// E-mail address.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The id in another system, such as a payroll.
    pub code: Option<String>,
    /// Job title.
    pub job_title: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

record!(Employee {
    id = "id", company_id = "companyId", email = "email", first_name = "firstName",
    last_name = "lastName", code = "code", job_title = "jobTitle", phone = "phone",
});

impl Employee {
    /// Given and family name with one space between them.
    pub fn full_name(&self) -> String {
        let joined = format!("{} {}", self.first_name.trim(), self.last_name.trim());
        joined.trim().to_owned()
    }
}
