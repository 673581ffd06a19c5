//! The fields of an entry as a list of names and values.

use std::borrow::Cow;

use leptos::prelude::*;
use outlay_pleo::text::marked;
use outlay_pleo::time::Timestamp;
use outlay_pleo::{AccountingEntry, Attendee};
use outlay_table::{Column, EntryTable};

use super::lines::lines;
use crate::components::amount::Amount;
use crate::components::external_text::ExternalText;
use crate::components::messages::drawer as labels;
use crate::platform::intl;

/// A line of the list: its name, and text from Pleo or text written here.
type Fact = (String, Option<FieldValue>);

enum FieldValue {
    /// Text from Pleo.
    External(String),
    /// A date or a count, written here.
    Own(String),
    /// An amount.
    Amount(outlay_pleo::Money),
    /// Several texts from Pleo.
    List(Vec<String>),
}

/// The entry at `row` of a table; `entry` is the whole of it, once it is loaded.
pub fn facts(table: &EntryTable, row: usize, entry: Option<&AccountingEntry>) -> AnyView {
    let text = |column| {
        let text = table.text(row, column);
        (!text.is_empty()).then(|| FieldValue::External(text.into_owned()))
    };
    let label =
        |text: Cow<'_, str>| (!text.is_empty()).then(|| FieldValue::External(text.into_owned()));
    let own = |text: String| Some(FieldValue::Own(text));
    let minute = |at: Option<&Timestamp>| at.map(intl::minute).map(FieldValue::Own);
    let day = |column| match (table.day(row, column), table.unread_date(row, column)) {
        (Some(day), _) => own(intl::day(day)),
        (None, unread) => unread.map(|text| FieldValue::Own(marked(text))),
    };
    let named = |name: &str, value| (name.to_owned(), value);
    let billed = table.money(row, Column::Billed);
    let mut all: Vec<Fact> = vec![
        named(labels::DESCRIPTION, label(table.description(row))),
        named(labels::TYPE, own_external(kind(table, row))),
        named(
            labels::EMPLOYEE,
            text(Column::Employee).or_else(|| text(Column::EmployeeId)),
        ),
        named(
            labels::TEAM,
            text(Column::Team).or_else(|| text(Column::TeamId)),
        ),
        named(
            labels::PURCHASE_DATE,
            match entry {
                Some(entry) => minute(Some(&entry.performed_at)),
                None => day(Column::Date),
            },
        ),
        named(
            labels::SETTLED_DATE,
            match entry {
                Some(entry) => minute(entry.settled_at.as_ref()),
                None => day(Column::Settled),
            },
        ),
        named(
            labels::BOOKKEEPING_DATE,
            match entry {
                Some(entry) => entry
                    .bookkeeping_date
                    .as_ref()
                    .map(|at| FieldValue::Own(intl::written_day(at))),
                None => day(Column::Booked),
            },
        ),
    ];
    if let Some(money) = billed {
        let name = labels::amount_in(money.currency.as_str());
        all.push((name, Some(FieldValue::Amount(money))));
    }
    all.extend([
        named(labels::STATUS, text(Column::Status)),
        named(labels::REVIEW_STATUS, text(Column::Review)),
        named(labels::EXPORT_STATUS, text(Column::Export)),
        named(labels::ACCOUNT, label(table.account_label(row))),
        named(labels::TAX_CODE, own_external(tax(table, row))),
    ]);
    let groups = u16::try_from(table.tag_groups().count()).unwrap_or(u16::MAX);
    for group in 0..groups {
        let value = text(Column::Tag(group)).or_else(|| text(Column::TagId(group)));
        all.push((table.header(Column::Tag(group)), value));
    }
    all.extend([
        named(
            labels::VENDOR,
            text(Column::Vendor).or_else(|| text(Column::VendorId)),
        ),
        named(labels::VENDOR_ACCOUNT, text(Column::VendorAccount)),
        named(labels::VENDOR_TAX_NUMBER, text(Column::VendorTaxNumber)),
        named(labels::DOCUMENT, text(Column::Document)),
        named(
            labels::RECEIPTS,
            own(match table.count(row, Column::Receipts) {
                0 => labels::NO_RECEIPTS.to_owned(),
                some => intl::count(some as usize),
            }),
        ),
        named(
            labels::ATTENDEES,
            match (entry, table.count(row, Column::Attendees)) {
                (_, 0) => None,
                (Some(entry), _) => Some(FieldValue::List(attendees(table, entry))),
                (None, some) => own(intl::count(some as usize)),
            },
        ),
        named(
            labels::DELETED,
            minute(entry.and_then(|entry| entry.deleted_at.as_ref())),
        ),
        named(labels::ENTRY_ID, text(Column::EntryId)),
    ]);
    let parts: Vec<usize> = table.parts_of(row).collect();
    let amount = table
        .money(row, Column::Amount)
        .map(|money| view! { <p class="drawer-amount"><Amount money /></p> });
    view! {
        {amount}
        <dl class="facts">{all.into_iter().filter_map(fact).collect_view()}</dl>
        {(!parts.is_empty()).then(|| lines(table, &parts))}
    }
    .into_any()
}

fn own_external(text: String) -> Option<FieldValue> {
    (!text.is_empty()).then_some(FieldValue::External(text))
}

/// A line of the list; none without a value.
fn fact((name, value): Fact) -> Option<AnyView> {
    let value = match value? {
        FieldValue::External(text) => view! { <dd><ExternalText text /></dd> }.into_any(),
        FieldValue::Own(text) => {
            view! { <dd translate="no" prop:textContent=text></dd> }.into_any()
        }
        FieldValue::Amount(money) => view! { <dd><Amount money /></dd> }.into_any(),
        FieldValue::List(texts) => {
            let items = texts
                .into_iter()
                .map(|text| view! { <li><ExternalText text /></li> });
            view! { <dd><ul class="plain-list">{items.collect_view()}</ul></dd> }.into_any()
        }
    };
    Some(view! { <dt translate="no" prop:textContent=marked(&name)></dt>{value} }.into_any())
}

/// The participants: employees by name, others as Pleo names them.
fn attendees(table: &EntryTable, entry: &AccountingEntry) -> Vec<String> {
    let attendee = |it: &Attendee| match table.names().employee(&it.attendable_id) {
        Some(name) => name.to_owned(),
        None => labels::other_attendee(&it.attendable_type, &it.attendable_id),
    };
    entry.attendees.iter().map(attendee).collect()
}

/// The type and the subtype; the subtype alone if it begins with the type, as in `Reimbursement` and
/// `Reimbursement to employee`.
fn kind(table: &EntryTable, row: usize) -> String {
    let family = table.text(row, Column::Type);
    let finer = table.text(row, Column::Subtype);
    match finer.starts_with(&*family) || finer.is_empty() {
        true if finer.is_empty() => family.into_owned(),
        true => finer.into_owned(),
        false => [&*family, " · ", &finer].concat(),
    }
}

/// `I25 Input VAT · 25 %`.
pub fn tax(table: &EntryTable, row: usize) -> String {
    let label = table.tax_label(row);
    match &*table.text(row, Column::TaxRate) {
        "" => label.into_owned(),
        rate => labels::with_rate(&label, rate),
    }
}
