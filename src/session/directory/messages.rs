//! The texts about the lists of the directory: their names and the headers of their columns.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const COMPANIES: &str = "Companies";
pub const EMPLOYEES: &str = "Employees";
pub const ACCOUNTS: &str = "Accounts";
pub const TAG_GROUPS: &str = "Tags";
pub const TAX_CODES: &str = "Tax codes";
pub const VENDORS: &str = "Suppliers";

pub const COMPANY_ROWS: &str = "companies";
pub const EMPLOYEE_ROWS: &str = "employees";
pub const ACCOUNT_ROWS: &str = "accounts";
pub const TAG_ROWS: &str = "tags";
pub const TAX_CODE_ROWS: &str = "tax codes";
pub const VENDOR_ROWS: &str = "suppliers";

pub const NAME: &str = "Name";
pub const CODE: &str = "Code";
pub const STATUS: &str = "Status";
pub const ACCOUNTING_SYSTEM: &str = "Accounting system";
pub const EXTERNAL_ID: &str = "External ID";
pub const REGISTRATION_NUMBER: &str = "Registration number";
pub const TAX_NUMBER: &str = "Tax number";
pub const COUNTRY: &str = "Country";
pub const STREET: &str = "Street";
pub const POSTAL_CODE: &str = "Postal code";
pub const TOWN: &str = "Town";
pub const COMPANY_ID: &str = "Company ID";
pub const ORGANISATION_ID: &str = "Organisation ID";
pub const EMPLOYEE_NUMBER: &str = "Employee number";
pub const EMAIL: &str = "Email";
pub const JOB_TITLE: &str = "Job title";
pub const PHONE: &str = "Phone";
pub const EMPLOYEE_ID: &str = "Employee ID";
pub const TAX_CODE: &str = "Tax code";
pub const ACCOUNT_ID: &str = "Account ID";
pub const TAG_GROUP: &str = "Tag group";
pub const TAG_GROUP_CODE: &str = "Group code";
pub const TAG: &str = "Tag";
pub const TAG_CODE: &str = "Tag code";
pub const TAG_GROUP_ID: &str = "Group ID";
pub const TAG_ID: &str = "Tag ID";
pub const RATE: &str = "Rate (%)";
pub const TAX_TYPE: &str = "Type";
pub const INPUT_ACCOUNT: &str = "Input tax account";
pub const OUTPUT_ACCOUNT: &str = "Output tax account";
pub const TAX_CODE_ID: &str = "Tax code ID";
pub const CURRENCY: &str = "Currency";
pub const VENDOR_ID: &str = "Supplier ID";

/// States of a record.
pub const ACTIVE: &str = "Active";
pub const ARCHIVED: &str = "Archived";
pub const DRAFT: &str = "Draft";

/// How a tax relates to the amount.
pub const INCLUSIVE: &str = "Inclusive";
pub const EXCLUSIVE: &str = "Exclusive";
pub const REVERSE: &str = "Reverse charge";

/// In the first cell of a row in place of a record without the documented form; `record` is its ID and
/// the first field that could not be read.
pub fn unreadable(record: &str) -> String {
    ["Could not be read: ", record].concat()
}
