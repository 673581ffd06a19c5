//! The entries as a table that leaves the page: one row each, every amount with its currency beside.

use outlay_pleo::AccountingEntry;
use outlay_pleo::id::EmployeeId;

use crate::Rows;
use crate::csv::{Cell, Csv, Form};

/// The columns.
pub const HEADERS: [&str; 16] = [
    "Spent on (UTC)",
    "Settled on (UTC)",
    "Bookkeeping date",
    "Employee",
    "Note",
    "Family",
    "Sub-family",
    "Status",
    "Amount",
    "Currency",
    "Amount billed",
    "Currency billed",
    "Export status",
    "Review status",
    "Receipts",
    "Entry id",
];

/// The file of all rows, in their order. `name` gives an employee's name by id; where it knows none
/// the id stands there.
#[must_use]
pub fn write<'a>(
    rows: &'a Rows,
    form: Form,
    name: impl Fn(&EmployeeId) -> Option<&'a str>,
) -> String {
    let mut csv = Csv::new(form, &HEADERS);
    for at in 0..rows.len() {
        if let Some(entry) = rows.get(at) {
            csv.row(cells(entry, &name));
        }
    }
    csv.into_text()
}

fn cells<'a>(
    entry: &'a AccountingEntry,
    name: &impl Fn(&EmployeeId) -> Option<&'a str>,
) -> [Cell<'a>; 16] {
    let day = |instant: &'a Option<String>| instant.as_deref().map_or(Cell::Empty, Cell::Day);
    let booked = entry.bookkeeping_date.as_deref();
    let employee = entry.employee_id.as_ref();
    let billed = entry.total_bill_value.as_ref();
    [
        Cell::Day(&entry.performed_at),
        day(&entry.settled_at),
        booked.map_or(Cell::Empty, Cell::WrittenDay),
        employee.map_or(Cell::Empty, |id| {
            Cell::Text(name(id).unwrap_or(id.as_str()))
        }),
        entry.note.as_deref().map_or(Cell::Empty, Cell::Text),
        Cell::Text(entry.family.as_str()),
        entry
            .sub_family
            .as_ref()
            .map_or(Cell::Empty, |it| Cell::Text(it.as_str())),
        Cell::Text(entry.status.as_str()),
        Cell::Amount(entry.transaction_value),
        Cell::Text(entry.transaction_value.currency.as_str()),
        billed.map_or(Cell::Empty, |money| Cell::Amount(*money)),
        billed.map_or(Cell::Empty, |money| Cell::Text(money.currency.as_str())),
        Cell::Text(entry.export_status.as_str()),
        Cell::Text(entry.review_status.as_str()),
        Cell::Count(entry.receipt_ids.len()),
        Cell::Text(entry.id.as_str()),
    ]
}
