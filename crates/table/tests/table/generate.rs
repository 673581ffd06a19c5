//! Entries with every oddity that programs send, from small pools, so that values coincide.

use outlay_pleo::entry::{AccountingEntryTag, EntrySupplier};
use outlay_pleo::number::Decimal;
use outlay_pleo::time::Timestamp;
use outlay_pleo::{AccountingEntry, Currency, Money, SplitItem, UNKNOWN_ID, Unreadable};
use outlay_table::names::{Coded, LedgerNames};
use proptest::prelude::*;
use proptest::sample::select;

pub const NOTES: [&str; 22] = [
    "Team lunch",
    "team LUNCH 2",
    "Taxi 12",
    "taxi 9",
    "\u{202e}00.5 EUR",
    "Team lunch \u{fffd}",
    "=1+1;=1+2",
    "hello;=1+2",
    "x\t=1+2",
    "000123",
    "+46701234567",
    "a\0b",
    "a\u{2028}b",
    "\u{1f}=1+1",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} -12.50",
    "quote \" and, comma; and\r\nbreak",
    "\\u003cnot an escape\\u003e",
    "\u{1f600}",
    "caf\u{e9}",
    "Cafe",
    "1250.50",
    " ",
];

const DATES: [&str; 9] = [
    "2026-03-31T23:30:00Z",
    "2026-03-31T14:30:00-10:00",
    "2026-04-01T00:00:00+02:00",
    "2026-04-01T08:15:30.123456789Z",
    "2026-03-31T22:00:00",
    "2025-12-31",
    "not a date",
    "1969-07-20T20:17:40Z",
    "9999-12-31T23:59:59Z",
];

const CURRENCIES: [&str; 5] = ["EUR", "JPY", "KWD", "UNDEFINED", "CLF"];

pub fn currency(code: &str) -> Currency {
    Currency::new(code).unwrap()
}

fn one<T: Clone + std::fmt::Debug + 'static>(values: &'static [T]) -> impl Strategy<Value = T> {
    select(values)
}

fn maybe<T: Clone + std::fmt::Debug>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(value)
}

fn money() -> impl Strategy<Value = Money> {
    let minors = prop_oneof![
        10 => -20_000..20_000i64,
        5 => select(&[0, 1_250, 125_050, -125_000, 10_000][..]),
        1 => any::<i64>(),
        1 => select(&[i64::MIN, i64::MAX][..]),
    ];
    (one(&CURRENCIES), minors).prop_map(|(code, minors)| Money {
        currency: currency(code),
        minors,
    })
}

fn owned(values: &'static [&'static str]) -> impl Strategy<Value = String> {
    one(values).prop_map(str::to_owned)
}

fn tags() -> impl Strategy<Value = Vec<AccountingEntryTag>> {
    let tag = (
        one(&["g1", "g2"]),
        maybe(one(&["t1", "t2", "t3", UNKNOWN_ID])),
    );
    let tag = tag.prop_map(|(group, tag)| AccountingEntryTag {
        tag_group_id: group.into(),
        tag_id: tag.map(Into::into),
    });
    proptest::collection::vec(tag, 0..3)
}

const ACCOUNTS: [&str; 4] = ["a1", "a2", "a9", UNKNOWN_ID];

fn part() -> impl Strategy<Value = SplitItem> {
    (
        owned(&["p1", "p2", "0f8fad5b-d9cb-469f-a165-708677289501"]),
        tags(),
        maybe(one(&ACCOUNTS)),
        maybe(owned(&["4010", ""])),
        maybe(one(&["x1", "x2"])),
        maybe(money()),
        maybe(money()),
    )
        .prop_map(|(id, tags, account, code, tax, billed, paid)| SplitItem {
            id: id.into(),
            tags,
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            account_id: account.map(Into::into),
            account_code: code,
            tax_code_id: tax.map(Into::into),
            total_bill_value: billed,
            transaction_value: paid,
        })
}

fn supplier() -> impl Strategy<Value = EntrySupplier> {
    (
        maybe(owned(&["000123", "F-1"])),
        maybe(owned(&["s1", "s2"])),
        maybe(owned(&["2440"])),
    )
        .prop_map(
            |(document_number, external_supplier_id, account)| EntrySupplier {
                cif: None,
                document_type: None,
                document_number,
                external_supplier_id,
                external_account_number: account,
            },
        )
}

pub fn entry() -> impl Strategy<Value = AccountingEntry> {
    let ids = [
        "0f8fad5b-d9cb-469f-a165-708677289500",
        "0f8fad5b-d9cb-469f-a165-708677289501",
        "0F8FAD5B-D9CB-469F-A165-708677289500",
        "e1",
        "e2",
        "e3",
        "e4",
        "e5",
    ];
    let kinds = (
        one(&["COMPLETED", "PENDING", "DRAFT", "NEW_STATUS"]),
        one(&[
            "CARD_PURCHASE",
            "WALLET",
            "BILL_INVOICE",
            "CREDIT_NOTE",
            "MILEAGE",
        ]),
        maybe(one(&["ATM", "ONLINE"])),
        one(&["EXPORTED", "NOT_EXPORTED"]),
        one(&["OK", "NOT_SET", "WAITING_FOR_EXPENSE_OWNER"]),
    );
    let dates = (
        owned(&DATES),
        maybe(owned(&DATES)),
        maybe(owned(&DATES)),
        maybe(owned(&DATES)),
    );
    let people = (
        maybe(one(&["m1", "m2", "m9"])),
        maybe(one(&["team1", "team9"])),
    );
    let ledger = (
        maybe(one(&ACCOUNTS)),
        maybe(owned(&["4010", "9999"])),
        maybe(one(&["x1", "x2", "x9"])),
        maybe(supplier()),
    );
    let rest = (
        select(ids.to_vec()),
        maybe(owned(&NOTES)),
        0..3usize,
        tags(),
        prop_oneof![2 => Just(Vec::new()), 1 => proptest::collection::vec(part(), 1..4)],
        money(),
        maybe(money()),
    );
    (kinds, dates, people, ledger, rest).prop_map(
        |(
            (status, family, sub_family, export, review),
            (performed_at, settled_at, bookkeeping_date, deleted_at),
            (employee, team),
            (account, account_code, tax, supplier),
            (id, note, receipts, tags, split_items, transaction_value, total_bill_value),
        )| AccountingEntry {
            id: id.into(),
            company_id: "c".into(),
            status: status.into(),
            family: family.into(),
            sub_family: sub_family.map(Into::into),
            export_status: export.into(),
            review_status: review.into(),
            transaction_value,
            total_bill_value,
            created_at: performed_at.as_str().into(),
            updated_at: performed_at.as_str().into(),
            performed_at: performed_at.into(),
            settled_at: settled_at.map(Into::into),
            bookkeeping_date: bookkeeping_date.map(Into::into),
            deleted_at: deleted_at.map(Into::into),
            employee_id: employee.map(Into::into),
            team_id: team.map(Into::into),
            account_id: account.map(Into::into),
            account_code,
            tax_code_id: tax.map(Into::into),
            note,
            receipt_ids: vec!["r".into(); receipts],
            tags,
            split_items,
            attendees: Vec::new(),
            supplier,
            foreign_extension_id: None,
        },
    )
}

pub fn unreadable() -> impl Strategy<Value = Unreadable> {
    (
        maybe(owned(&["e1", "u1", "u2"])),
        owned(&["updatedAt", ""]),
        maybe(owned(&DATES)),
    )
        .prop_map(|(id, field, performed_at)| Unreadable {
            id,
            field,
            performed_at: performed_at.map(Into::into),
        })
}

/// Pages as they arrive.
pub type Pages = Vec<(Vec<AccountingEntry>, Vec<Unreadable>)>;

pub fn pages() -> impl Strategy<Value = Pages> {
    let page = (
        proptest::collection::vec(entry(), 0..8),
        proptest::collection::vec(unreadable(), 0..2),
    );
    proptest::collection::vec(page, 1..4)
}

/// Names for some of the ids.
pub fn names() -> LedgerNames {
    let coded = |code: &str, name: &str| Coded {
        code: Some(code.to_owned()),
        name: Some(name.to_owned()),
    };
    let text = str::to_owned;
    LedgerNames {
        accounts: [
            ("a1".into(), coded("4010", "Goods")),
            ("a2".into(), coded("0410", "Office supplies")),
        ]
        .into(),
        tax_codes: [
            ("x1".into(), coded("I25", "25 %")),
            ("x2".into(), coded("I0", "None")),
        ]
        .into(),
        tax_rates: [("x1".into(), Decimal::parse("0.125").unwrap())].into(),
        tag_groups: [("g1".into(), text("Cost centre"))].into(),
        tags: [
            ("t1".into(), coded("100", "Sales")),
            ("t2".into(), coded("200", "IT")),
        ]
        .into(),
        suppliers: [(text("s1"), text("Paper & Co"))].into(),
        supplier_codes: [(text("s1"), text("9001"))].into(),
        employees: [
            ("m1".into(), coded("17", "Ada Example")),
            ("m2".into(), coded("18", "\u{645}\u{62d}\u{645}\u{62f} 123")),
        ]
        .into(),
        teams: [("team1".into(), text("Design"))].into(),
    }
}
