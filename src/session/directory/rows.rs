//! The columns of each list, and the cells that its records become.

use outlay_pleo::account::Account;
use outlay_pleo::tag::group::TagGroup;
use outlay_pleo::tag::one::Tag;
use outlay_pleo::tax_code::{TaxCode, TaxType};
use outlay_pleo::vendor::{Vendor, VendorState};
use outlay_pleo::{Company, Employee};
use outlay_table::entry_table::percent;
use outlay_table::record_table::{RecordColumn, RecordKind};

use super::kind::DirectoryKind;
use super::messages;

const fn text(key: &'static str, header: &'static str) -> RecordColumn {
    RecordColumn {
        key,
        header,
        kind: RecordKind::Text,
    }
}

const COMPANIES: &[RecordColumn] = &[
    text("name", messages::NAME),
    text("registration_number", messages::REGISTRATION_NUMBER),
    text("street", messages::STREET),
    text("postal_code", messages::POSTAL_CODE),
    text("town", messages::TOWN),
    text("country", messages::COUNTRY),
    text("company_id", messages::COMPANY_ID),
    text("organisation_id", messages::ORGANISATION_ID),
];

const EMPLOYEES: &[RecordColumn] = &[
    text("name", messages::NAME),
    text("code", messages::EMPLOYEE_NUMBER),
    text("email", messages::EMAIL),
    text("job_title", messages::JOB_TITLE),
    text("phone", messages::PHONE),
    text("employee_id", messages::EMPLOYEE_ID),
];

const ACCOUNTS: &[RecordColumn] = &[
    text("name", messages::NAME),
    text("code", messages::CODE),
    text("status", messages::STATUS),
    text("tax_code", messages::TAX_CODE),
    text("system", messages::ACCOUNTING_SYSTEM),
    text("external_id", messages::EXTERNAL_ID),
    text("account_id", messages::ACCOUNT_ID),
];

const TAGS: &[RecordColumn] = &[
    text("tag", messages::TAG),
    text("tag_code", messages::TAG_CODE),
    text("group", messages::TAG_GROUP),
    text("group_code", messages::TAG_GROUP_CODE),
    text("status", messages::STATUS),
    text("tag_id", messages::TAG_ID),
    text("group_id", messages::TAG_GROUP_ID),
];

/// The place of the group's id among the columns of tags.
pub const TAG_GROUP_ID: usize = 6;

const TAX_CODES: &[RecordColumn] = &[
    text("name", messages::NAME),
    text("code", messages::CODE),
    RecordColumn {
        key: "rate",
        header: messages::RATE,
        kind: RecordKind::Number,
    },
    text("type", messages::TAX_TYPE),
    text("status", messages::STATUS),
    text("input_account", messages::INPUT_ACCOUNT),
    text("output_account", messages::OUTPUT_ACCOUNT),
    text("system", messages::ACCOUNTING_SYSTEM),
    text("tax_code_id", messages::TAX_CODE_ID),
];

const VENDORS: &[RecordColumn] = &[
    text("name", messages::NAME),
    text("code", messages::CODE),
    text("status", messages::STATUS),
    text("country", messages::COUNTRY),
    text("currency", messages::CURRENCY),
    text("registration_number", messages::REGISTRATION_NUMBER),
    text("tax_number", messages::TAX_NUMBER),
    text("system", messages::ACCOUNTING_SYSTEM),
    text("external_id", messages::EXTERNAL_ID),
    text("vendor_id", messages::VENDOR_ID),
];

/// The columns of a list, in files and on screen.
pub fn columns(kind: DirectoryKind) -> &'static [RecordColumn] {
    match kind {
        DirectoryKind::Companies => COMPANIES,
        DirectoryKind::Employees => EMPLOYEES,
        DirectoryKind::Accounts => ACCOUNTS,
        DirectoryKind::TagGroups => TAGS,
        DirectoryKind::TaxCodes => TAX_CODES,
        DirectoryKind::Vendors => VENDORS,
    }
}

/// The columns by which a list is sorted unless the address says otherwise, the most significant first.
pub fn default_order(kind: DirectoryKind) -> &'static [usize] {
    match kind {
        DirectoryKind::Companies | DirectoryKind::Employees | DirectoryKind::Vendors => &[0],
        DirectoryKind::Accounts | DirectoryKind::TaxCodes => &[1],
        DirectoryKind::TagGroups => &[2, 1],
    }
}

/// The cells of a company.
pub fn company(it: &Company) -> Vec<String> {
    let street = [&it.address.address_line1, &it.address.address_line2];
    let street: Vec<&str> = street.into_iter().flatten().map(String::as_str).collect();
    vec![
        it.name.clone(),
        some(&it.registration_number),
        street.join(", "),
        some(&it.address.postal_code),
        some(&it.address.locality),
        some(&it.address.country),
        it.id.to_string(),
        it.organization_id
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
    ]
}

/// The cells of an employee.
pub fn employee(it: &Employee) -> Vec<String> {
    vec![
        it.full_name(),
        some(&it.code),
        it.email.clone(),
        some(&it.job_title),
        some(&it.phone),
        it.id.to_string(),
    ]
}

/// The cells of an account.
pub fn account(it: &Account) -> Vec<String> {
    vec![
        it.name.clone(),
        some(&it.code),
        status(it.archived),
        some(&it.tax_code_external_id),
        some(&it.accounting_system),
        it.external_id.clone(),
        it.id.to_string(),
    ]
}

/// The cells of a tag; `groups` has its group, if that could be read.
pub fn tag(it: &Tag, groups: &[TagGroup]) -> Vec<String> {
    let group = groups.iter().find(|group| group.id == it.group_id);
    vec![
        some(&it.name),
        it.code.clone(),
        group.map_or_else(String::new, |group| group.name.clone()),
        group.map_or_else(String::new, |group| group.code.clone()),
        status(it.archived || group.is_some_and(|group| group.archived)),
        it.id.to_string(),
        it.group_id.to_string(),
    ]
}

/// The cells of a group without a tag.
pub fn empty_group(it: &TagGroup) -> Vec<String> {
    vec![
        String::new(),
        String::new(),
        it.name.clone(),
        it.code.clone(),
        status(it.archived),
        String::new(),
        it.id.to_string(),
    ]
}

/// The cells of a tax code; its rate in per cent.
pub fn tax_code(it: &TaxCode) -> Vec<String> {
    vec![
        it.name.clone(),
        some(&it.code),
        percent(&it.rate),
        tax_type(&it.kind),
        status(it.archived),
        some(&it.ingoing_tax_account),
        some(&it.outgoing_tax_account),
        some(&it.accounting_integration_system),
        it.id.to_string(),
    ]
}

/// The cells of a supplier.
pub fn vendor(it: &Vendor) -> Vec<String> {
    let state = match &it.state {
        VendorState::Draft => messages::DRAFT,
        VendorState::Active => messages::ACTIVE,
        VendorState::Archived => messages::ARCHIVED,
        VendorState::Other(state) => state,
    };
    vec![
        it.name.clone(),
        some(&it.code),
        state.to_owned(),
        some(&it.country),
        it.default_currency.clone(),
        some(&it.registration_number),
        some(&it.tax_registration_number),
        some(&it.accounting_system),
        some(&it.external_id),
        it.id.to_string(),
    ]
}

/// The cells of a record that could not be read: `record` is its id and the field.
pub fn unreadable(record: &str) -> Vec<String> {
    vec![messages::unreadable(record)]
}

fn some(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

fn status(archived: bool) -> String {
    let status = if archived {
        messages::ARCHIVED
    } else {
        messages::ACTIVE
    };
    status.to_owned()
}

fn tax_type(kind: &TaxType) -> String {
    let kind = match kind {
        TaxType::Inclusive => messages::INCLUSIVE,
        TaxType::Exclusive => messages::EXCLUSIVE,
        TaxType::Reverse => messages::REVERSE,
        TaxType::Other(kind) => kind,
    };
    kind.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

    fn cells(kind: DirectoryKind, row: Vec<String>) -> Vec<(&'static str, String)> {
        assert_eq!(row.len(), columns(kind).len(), "{kind:?}");
        let cells = columns(kind).iter().map(|column| column.key).zip(row);
        cells.filter(|(_, cell)| !cell.is_empty()).collect()
    }

    fn cell(cells: &[(&'static str, String)], key: &str) -> String {
        let found = cells.iter().find(|(known, _)| *known == key);
        found.map(|(_, cell)| cell.clone()).unwrap_or_default()
    }

    #[test]
    fn every_column_has_a_key_and_a_header_of_its_own() {
        for kind in DirectoryKind::ALL {
            let columns = columns(kind);
            for (at, column) in columns.iter().enumerate() {
                let first = columns
                    .iter()
                    .position(|it| it.key == column.key || it.header == column.header);
                assert_eq!(first, Some(at), "{kind:?} {}", column.key);
            }
            let order = default_order(kind).iter();
            let keys: Vec<&str> = order.map(|at| columns[*at].key).collect();
            let by_name = |key: &&str| ["name", "code", "group", "tag_code"].contains(key);
            assert!(keys.iter().all(by_name), "{keys:?}");
        }
    }

    #[test]
    fn records_become_rows_of_their_list() {
        let company: Company = outlay_wire::from_text(&format!(
            r#"{{"id":"{ID}","name":"Brinkholt ApS","registrationNumber":"12345678",
            "address":{{"addressLine1":"Havnegade 1","addressLine2":"2. tv","locality":"Odense","country":"DK"}}}}"#
        ))
        .unwrap();
        let row = cells(DirectoryKind::Companies, super::company(&company));
        assert_eq!(cell(&row, "street"), "Havnegade 1, 2. tv");
        assert_eq!(cell(&row, "company_id"), ID);
        let employee: Employee = outlay_wire::from_text(&format!(
            r#"{{"id":"{ID}","companyId":"c","email":"a@brinkholt.example","firstName":"Ida","lastName":""}}"#
        ))
        .unwrap();
        let row = cells(DirectoryKind::Employees, super::employee(&employee));
        assert_eq!(cell(&row, "name"), "Ida");
        assert_eq!(row.len(), 3, "{row:?}");
        let account: Account = outlay_wire::from_text(&format!(
            r#"{{"id":"{ID}","companyId":"c","externalId":"x-4010","name":"Software","archived":true,"code":"4010"}}"#
        ))
        .unwrap();
        let row = cells(DirectoryKind::Accounts, super::account(&account));
        assert_eq!(cell(&row, "status"), "Archived");
        assert_eq!(cell(&row, "code"), "4010");
    }

    #[test]
    fn rate_is_in_per_cent_and_unknown_codes_stay_as_sent() {
        let code = |rate: &str, kind: &str| -> TaxCode {
            outlay_wire::from_text(&format!(
                r#"{{"id":"{ID}","companyId":"c","name":"VAT","rate":{rate},"type":"{kind}","archived":false,
                "createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}}"#
            ))
            .unwrap()
        };
        let row = cells(DirectoryKind::TaxCodes, tax_code(&code("0.125", "reverse")));
        assert_eq!(cell(&row, "rate"), "12.5");
        assert_eq!(cell(&row, "type"), "Reverse charge");
        let row = cells(DirectoryKind::TaxCodes, tax_code(&code("0.25", "split")));
        assert_eq!(cell(&row, "type"), "split");
        let vendor = |state: &str| -> Vendor {
            outlay_wire::from_text(&format!(
                r#"{{"id":"{ID}","companyId":"c","name":"Quillmark","defaultCurrency":"EUR","state":"{state}"}}"#
            ))
            .unwrap()
        };
        for (state, expected) in [
            ("DRAFT", "Draft"),
            ("ACTIVE", "Active"),
            ("PAUSED", "PAUSED"),
        ] {
            let row = cells(DirectoryKind::Vendors, super::vendor(&vendor(state)));
            assert_eq!(cell(&row, "status"), expected);
        }
    }

    #[test]
    fn tag_has_its_group_and_is_archived_with_it() {
        let group = |id: &str, archived: bool| -> TagGroup {
            outlay_wire::from_text(&format!(
                r#"{{"id":"{id}","companyId":"c","code":"CC","name":"Cost centre","archived":{archived},
                "metadata":{{}},"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}}"#
            ))
            .unwrap()
        };
        let tag: Tag = outlay_wire::from_text(
            r#"{"id":"t","groupId":"g","code":"10","archived":false,"name":"Sales",
            "createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}"#,
        )
        .unwrap();
        for archived in [false, true] {
            let groups = [group("h", !archived), group("g", archived)];
            let row = cells(DirectoryKind::TagGroups, super::tag(&tag, &groups));
            assert_eq!(cell(&row, "group"), "Cost centre");
            let expected = if archived { "Archived" } else { "Active" };
            assert_eq!(cell(&row, "status"), expected);
        }
        // The group could not be read.
        let row = cells(DirectoryKind::TagGroups, super::tag(&tag, &[]));
        assert_eq!(cell(&row, "group"), "");
        assert_eq!(cell(&row, "group_id"), "g");
        let row = cells(DirectoryKind::TagGroups, empty_group(&group("g", false)));
        assert_eq!(cell(&row, "tag_id"), "");
        assert_eq!(TAGS[TAG_GROUP_ID].key, "group_id");
        assert_eq!(cell(&row, "group_id"), "g");
    }
}
