//! The file of the entries: what an accountant finds in it, and that its amounts add up.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use std::collections::HashMap;

use outlay_pleo::id::EmployeeId;
use outlay_pleo::{AccountingEntry, Unreadable};
use outlay_table::csv::CsvFormat;
use outlay_table::entries_file::{Coded, EMPLOYEE_IDS, LedgerIds, LedgerNames, write};
use outlay_table::entry_table::aggregate::Measure;
use outlay_table::{EntryTable, Filter, Grain, Rows};
use serde_json::{Value, json};

fn entry(id: &str, minors: i64, more: Value) -> AccountingEntry {
    let mut entry = json!({
        "id": id, "companyId": "c", "status": "COMPLETED", "family": "CARD_PURCHASE",
        "exportStatus": "NOT_EXPORTED", "reviewStatus": "NOT_REQUIRED",
        "transactionValue": { "currency": "EUR", "minors": minors },
        "totalBillValue": { "currency": "EUR", "minors": minors },
        "performedAt": "2026-11-01T10:00:00Z", "createdAt": "2026-11-01T10:00:00Z",
        "updatedAt": "2026-11-01T10:00:00Z",
    });
    for (key, value) in more.as_object().unwrap() {
        entry[key] = value.clone();
    }
    outlay_wire::from_text(&entry.to_string()).unwrap()
}

fn part(id: &str, minors: Option<i64>, account: &str, tax: &str, tag: &str) -> Value {
    let value = minors.map(|minors| json!({ "currency": "EUR", "minors": minors }));
    json!({
        "id": id, "createdAt": "2026-11-01T10:00:00Z", "updatedAt": "2026-11-01T10:00:00Z",
        "tags": [{ "tagGroupId": "g", "tagId": tag }],
        "accountId": account, "taxCodeId": tax, "totalBillValue": value, "transactionValue": value,
    })
}

fn split(parts: &[Option<i64>]) -> AccountingEntry {
    let about = [
        ("a4010", "x25", "t1"),
        ("a6110", "x25", "t2"),
        ("a7210", "x0", "t1"),
    ];
    let parts: Vec<Value> = (1..)
        .zip(parts)
        .zip(about)
        .map(|((number, minors), (account, tax, tag))| {
            part(&format!("p{number}"), *minors, account, tax, tag)
        })
        .collect();
    let more = json!({
        "accountId": "a9999", "accountCode": "9999", "employeeId": "e1", "splitItems": parts,
        "supplier": { "externalSupplierId": "s7", "documentNumber": "000123", "externalAccountNumber": "2440" },
    });
    entry("entry-1", 10_000, more)
}

fn coded(code: &str, name: &str) -> Coded {
    Coded {
        code: Some(code.to_owned()),
        name: Some(name.to_owned()),
    }
}

fn names() -> LedgerNames {
    let account = |id: &str, code, name| (id.into(), coded(code, name));
    LedgerNames {
        accounts: HashMap::from([
            account("a4010", "4010", "Goods"),
            account("a6110", "6110", "Office"),
            account("a7210", "7210", "Travel"),
        ]),
        tax_codes: HashMap::from([
            ("x25".into(), coded("I25", "25 %")),
            ("x0".into(), coded("I0", "No tax")),
        ]),
        tag_groups: HashMap::from([("g".into(), "Cost centre".to_owned())]),
        tags: HashMap::from([
            ("t1".into(), coded("0410", "Sales")),
            ("t2".into(), coded("100", "IT")),
        ]),
        suppliers: HashMap::from([("s7".to_owned(), "Paper & Co".to_owned())]),
        ..LedgerNames::default()
    }
}

fn rows(entries: Vec<AccountingEntry>) -> Rows {
    let mut rows = Rows::new();
    rows.append(entries);
    rows
}

fn people() -> HashMap<EmployeeId, String> {
    HashMap::from([("e1".into(), "Ada Example".to_owned())])
}

/// The cells of these columns, row by row.
fn columns(file: &str, headers: &[&str]) -> Vec<Vec<String>> {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let known = reader.headers().unwrap().clone();
    let at: Vec<usize> = headers
        .iter()
        .map(|header| {
            known
                .iter()
                .position(|it| it == *header)
                .unwrap_or_else(|| panic!("{header} in {known:?}"))
        })
        .collect();
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| at.iter().map(|at| row[*at].to_owned()).collect())
        .collect()
}

/// The sum of *Amount* in hundredths.
fn sum(file: &str) -> i64 {
    let cells = columns(file, &["Amount"]);
    let minors = cells.iter().filter(|cell| !cell[0].is_empty());
    minors
        .map(|cell| cell[0].replace('.', "").parse::<i64>().unwrap())
        .sum()
}

#[test]
fn split_entry_has_one_line_per_split_item_with_account_tax_code_tag_and_supplier() {
    let rows = rows(vec![split(&[Some(3333), Some(3333), Some(3334)])]);
    let file = write(&rows, CsvFormat::plain(), Some(&people()), &names());
    assert_eq!((file.rows, file.replaced), (3, 0));
    let headers = [
        "Amount",
        "Amount in company currency",
        "Account code",
        "Account name",
        "Tax code",
        "Tax code name",
        "Tag: Cost centre",
        "Supplier",
        "Supplier account",
        "Document number",
        "Employee",
        "Line",
        "Part id",
        "Entry id",
    ];
    let line = |amount, code, account, tax, tax_name, tag, line, part| {
        let cells = [
            amount,
            amount,
            code,
            account,
            tax,
            tax_name,
            tag,
            "Paper & Co",
            "2440",
            "000123",
            "Ada Example",
            line,
            part,
            "entry-1",
        ];
        cells.map(str::to_owned).to_vec()
    };
    assert_eq!(
        columns(&file.text, &headers),
        [
            line(
                "33.33",
                "4010",
                "Goods",
                "I25",
                "25 %",
                "0410 Sales",
                "Part 1 of 3",
                "p1"
            ),
            line(
                "33.33",
                "6110",
                "Office",
                "I25",
                "25 %",
                "100 IT",
                "Part 2 of 3",
                "p2"
            ),
            line(
                "33.34",
                "7210",
                "Travel",
                "I0",
                "No tax",
                "0410 Sales",
                "Part 3 of 3",
                "p3"
            ),
        ]
    );
}

#[test]
fn file_line_total_equals_the_total_of_the_entries() {
    let splits: [&[Option<i64>]; 7] = [
        &[],
        &[Some(3333), Some(3333), Some(3334)],
        &[Some(10_000)],
        &[Some(5000), None, Some(1)],
        &[None, None],
        &[Some(-100), Some(200)],
        &[Some(i64::MAX), Some(i64::MAX), Some(i64::MAX)],
    ];
    for parts in splits {
        let rows = rows(vec![split(parts), entry("entry-2", -250, json!({}))]);
        let mut table = EntryTable::new();
        let entries: Vec<AccountingEntry> = rows.iter().cloned().collect();
        table.append(&entries, &[]);
        let all = table.select(&Filter::default(), Grain::Entries);
        let totals = table.totals(&all, Measure::Amount);
        let file = write(&rows, CsvFormat::plain(), None, &LedgerNames::default());
        assert_eq!(Some(sum(&file.text)), totals[0].minors, "{parts:?}");
    }
}

#[test]
fn split_items_that_do_not_add_up_are_followed_by_a_remainder_line() {
    let rows = rows(vec![split(&[Some(5000), None, Some(4999)])]);
    let file = write(&rows, CsvFormat::plain(), None, &LedgerNames::default());
    let lines = columns(
        &file.text,
        &["Line", "Amount", "Amount in company currency", "Entry id"],
    );
    let expected = [
        ["Part 1 of 3", "50.00", "50.00", "entry-1"],
        ["Part 2 of 3", "", "", "entry-1"],
        ["Part 3 of 3", "49.99", "49.99", "entry-1"],
        ["Remainder", "0.01", "0.01", "entry-1"],
    ];
    assert_eq!(lines, expected);
}

#[test]
fn columns_without_names_contain_ids_and_headers_say_so() {
    let rows = rows(vec![split(&[Some(3333), Some(6667)])]);
    let file = write(&rows, CsvFormat::plain(), None, &LedgerNames::default());
    let headers = [
        EMPLOYEE_IDS,
        "Employee id",
        "Account code",
        "Account name",
        "Account id",
        "Tax code",
        "Tax code id",
        "Tag id: g",
        "Supplier",
        "Supplier id",
    ];
    let cells = columns(&file.text, &headers);
    assert_eq!(
        cells[0],
        ["e1", "e1", "", "", "a4010", "", "x25", "t1", "", "s7"]
    );
}

#[test]
fn column_never_mixes_names_and_ids() {
    let unknown = entry(
        "entry-2",
        1,
        json!({ "employeeId": "e2", "tags": [{ "tagGroupId": "g", "tagId": "t9" }] }),
    );
    let rows = rows(vec![split(&[Some(3333), Some(6667)]), unknown]);
    let file = write(&rows, CsvFormat::plain(), Some(&people()), &names());
    let employees = columns(&file.text, &["Employee", "Employee id"]);
    assert_eq!(
        employees,
        [["Ada Example", "e1"], ["Ada Example", "e1"], ["", "e2"]]
    );
    // One tag of the group is not known, so all stay ids.
    assert_eq!(
        columns(&file.text, &["Tag id: Cost centre"]),
        [["t1"], ["t2"], ["t9"]]
    );
}

#[test]
fn unknown_account_keeps_its_pleo_name() {
    let zero = outlay_pleo::UNKNOWN_ID;
    let rows = rows(vec![entry(
        "entry-1",
        1,
        json!({ "accountId": zero, "tags": [{ "tagGroupId": "g", "tagId": zero }] }),
    )]);
    let file = write(&rows, CsvFormat::plain(), None, &names());
    let cells = columns(
        &file.text,
        &[
            "Account code",
            "Account name",
            "Account id",
            "Tag: Cost centre",
        ],
    );
    assert_eq!(cells, [["", "I don't know", "", "I don't know"]]);
}

#[test]
fn account_code_of_the_entry_overrides_that_of_the_account() {
    let rows = rows(vec![entry(
        "entry-1",
        1,
        json!({ "accountId": "a4010", "accountCode": "0410" }),
    )]);
    let file = write(&rows, CsvFormat::default(), None, &names());
    assert_eq!(
        columns(&file.text, &["Account code", "Account name"]),
        [["'0410", "Goods"]]
    );
}

#[test]
fn codes_are_written_as_words_and_protected_as_other_text() {
    let more = json!({
        "family": "BILL_INVOICE", "subFamily": "ATM", "status": "=1+2",
        "exportStatus": "NOT_EXPORTED", "reviewStatus": "WAITING_FOR_EXPENSE_OWNER",
    });
    let file = write(
        &rows(vec![entry("entry-1", 1, more)]),
        CsvFormat::default(),
        None,
        &names(),
    );
    let headers = [
        "Type",
        "Subtype",
        "Status",
        "Export status",
        "Review status",
    ];
    assert_eq!(
        columns(&file.text, &headers),
        [[
            "Supplier invoice",
            "ATM",
            "'=1+2",
            "Not exported",
            "Awaiting employee"
        ]]
    );
}

#[test]
fn unreadable_record_is_a_row_with_its_id() {
    let record = Unreadable {
        id: Some("odd".to_owned()),
        field: "transactionValue.minors".to_owned(),
        performed_at: Some("2026-12-01T10:00:00Z".into()),
    };
    let mut rows = Rows::new();
    rows.append_page(vec![split(&[Some(3333), Some(6667)])], vec![record]);
    let file = write(&rows, CsvFormat::plain(), None, &names());
    assert_eq!(file.rows, 3);
    let cells = columns(
        &file.text,
        &["Purchase date (UTC)", "Amount", "Line", "Entry id"],
    );
    let expected = [
        "2026-12-01",
        "",
        "Could not be read: transactionValue.minors",
        "odd",
    ];
    assert_eq!(cells[0], expected);
    assert_eq!(sum(&file.text), 10_000);
}

#[test]
fn file_ids_match_its_lines() {
    let ids = LedgerIds::of(&rows(vec![
        split(&[Some(1), Some(2)]),
        entry("entry-2", 1, json!({})),
    ]));
    let texts = |ids: Vec<&str>| ids.join(" ");
    assert_eq!(
        texts(ids.accounts.iter().map(|id| id.as_str()).collect()),
        "a4010 a6110"
    );
    assert_eq!(
        texts(ids.tax_codes.iter().map(|id| id.as_str()).collect()),
        "x25"
    );
    assert_eq!(
        texts(ids.tag_groups.iter().map(|id| id.as_str()).collect()),
        "g"
    );
    assert_eq!(
        texts(ids.tags.iter().map(|id| id.as_str()).collect()),
        "t1 t2"
    );
    assert_eq!(ids.suppliers.iter().collect::<Vec<_>>(), ["s7"]);
}
