//! A person who spends.

use outlay_wire::record;

use crate::id::{CompanyId, EmployeeId};

/// An employee of one company, from `GET /v2/employees`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employee {
    /// UUID.
    pub id: EmployeeId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// E-mail address; the filter `email` matches it.
    pub email: String,
    /// Given name, free text; may be empty.
    pub first_name: String,
    /// Family name, free text; may be empty.
    pub last_name: String,
    /// Id in an HR or ERP system; the filter `code` matches it.
    pub code: Option<String>,
    /// Job title, free text; `None` if Pleo sends none.
    pub job_title: Option<String>,
    /// Telephone number as text, in no fixed format.
    pub phone: Option<String>,
}

record!(Employee {
    id = "id", company_id = "companyId", email = "email", first_name = "firstName",
    last_name = "lastName", code = "code", job_title = "jobTitle", phone = "phone",
});

impl Employee {
    /// Returns given and family name joined by one space, without a space if one of them is empty.
    pub fn full_name(&self) -> String {
        let joined = format!("{} {}", self.first_name.trim(), self.last_name.trim());
        joined.trim().to_owned()
    }
}
