//! The entries as a table that leaves the page: each of their [`lines`] is a row, with every amount
//! beside its currency. No column mixes names and ids.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use outlay_pleo::entry::AccountingEntryTag;
use outlay_pleo::id::{AccountId, EmployeeId, TagGroupId, TaxCodeId};
use outlay_pleo::time::Timestamp;
use outlay_pleo::{AccountingEntry, Unreadable};

use crate::Rows;
use crate::column::Column;
use crate::csv::{Csv, CsvCell, CsvFormat};
use crate::entry_labels::words;
use crate::lines::{self, EntryLine, LineKind};
pub use crate::names::{Coded, LedgerIds, LedgerNames};
use crate::names::{UNKNOWN, supplier_id};

/// The columns before those of the tag groups.
const BEFORE_TAGS: [&str; 19] = [
    "Purchase date (UTC)",
    "Settled date (UTC)",
    "Bookkeeping date",
    "Employee",
    "Employee id",
    "Note",
    "Type",
    "Subtype",
    "Status",
    "Amount",
    "Currency",
    "Amount in company currency",
    "Company currency",
    "Account code",
    "Account name",
    "Account id",
    "Tax code",
    "Tax code name",
    "Tax code id",
];

/// The columns after those of the tag groups.
const AFTER_TAGS: [&str; 12] = [
    "Supplier",
    "Supplier id",
    "Supplier account",
    "Supplier tax number",
    "Document type",
    "Document number",
    "Export status",
    "Review status",
    "Receipts",
    "Line",
    "Part id",
    "Entry id",
];

/// The header of `BEFORE_TAGS`' *Employee* in a file without names: the column then holds ids.
pub const EMPLOYEE_IDS: &str = "Employee (id: names are missing)";

/// A written file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntriesFile {
    /// Its text.
    pub text: String,
    /// Its rows, the headers apart.
    pub rows: usize,
    /// How many characters have been replaced, since files cannot hold them.
    pub replaced: usize,
}

/// Writes the file of all rows, in their order. `employees` are the names of employees; without them
/// the column *Employee* holds ids and its header says so.
#[must_use]
pub fn write(
    rows: &Rows,
    form: CsvFormat,
    employees: Option<&HashMap<EmployeeId, String>>,
    names: &LedgerNames,
) -> EntriesFile {
    let table = EntriesTable {
        employees,
        names,
        groups: groups(rows, names),
    };
    let headers = table.headers();
    let headers: Vec<&str> = headers.iter().map(|header| &**header).collect();
    let mut csv = Csv::new(form, &headers);
    let mut written = 0;
    for row in 0..rows.len() {
        if let Some(record) = rows.unreadable(row) {
            csv.row(table.unreadable(record));
            written += 1;
        }
        if let Some(entry) = rows.get(row) {
            for line in lines::of(entry) {
                csv.row(table.cells(entry, &line));
                written += 1;
            }
        }
    }
    EntriesFile {
        rows: written,
        replaced: csv.replaced(),
        text: csv.into_text(),
    }
}

/// A code of Pleo's as words.
fn label(column: Column, code: &str) -> CsvCell<'static> {
    CsvCell::Made(words(column, code))
}

struct EntriesTable<'a> {
    employees: Option<&'a HashMap<EmployeeId, String>>,
    names: &'a LedgerNames,
    groups: Vec<LineGroup>,
}

/// A tag group in use, which has a column of its own.
struct LineGroup {
    id: TagGroupId,
    header: String,
    /// Whether the column holds codes and names, since all of its tags are known. Else it holds ids.
    named: bool,
}

/// The tag groups in use, by header.
fn groups(rows: &Rows, names: &LedgerNames) -> Vec<LineGroup> {
    let mut all_known: BTreeMap<TagGroupId, bool> = BTreeMap::new();
    for entry in rows.iter() {
        for tag in lines::of(entry).iter().flat_map(|line| line.tags) {
            let id = tag.tag_id.as_ref().filter(|id| !id.is_unknown());
            let known = id.is_none_or(|id| names.tags.contains_key(id));
            match all_known.get_mut(&tag.tag_group_id) {
                Some(all) => *all &= known,
                None => drop(all_known.insert(tag.tag_group_id.clone(), known)),
            }
        }
    }
    let group = |(id, named): (TagGroupId, bool)| {
        let name = names.tag_groups.get(&id).map_or(id.as_str(), |name| name);
        let kind = if named { "Tag: " } else { "Tag id: " };
        let header = [kind, name].concat();
        LineGroup { id, header, named }
    };
    let mut groups: Vec<LineGroup> = all_known.into_iter().map(group).collect();
    groups.sort_by(|one, other| one.header.cmp(&other.header));
    groups
}

impl<'a> EntriesTable<'a> {
    fn headers(&self) -> Vec<Cow<'_, str>> {
        let fixed = |header: &'static str| match header {
            "Employee" if self.employees.is_none() => Cow::Borrowed(EMPLOYEE_IDS),
            header => Cow::Borrowed(header),
        };
        let tags = self.groups.iter().map(|group| Cow::from(&*group.header));
        let before = BEFORE_TAGS.into_iter().map(fixed);
        before
            .chain(tags)
            .chain(AFTER_TAGS.map(Cow::from))
            .collect()
    }

    fn cells(&self, entry: &'a AccountingEntry, line: &EntryLine<'a>) -> Vec<CsvCell<'a>> {
        let day = |at: &'a Option<Timestamp>| at.as_ref().map_or(CsvCell::Empty, CsvCell::Day);
        let booked = entry.bookkeeping_date.as_ref();
        let amount = |money: Option<_>| money.map_or(CsvCell::Empty, CsvCell::Amount);
        let employee = entry.employee_id.as_ref();
        let name = match self.employees {
            Some(employees) => employee
                .and_then(|id| employees.get(id))
                .map(|name| &**name),
            None => employee.map(EmployeeId::as_str),
        };
        let account = line.account.and_then(|id| self.names.accounts.get(id));
        let tax_code = line.tax_code.and_then(|id| self.names.tax_codes.get(id));
        let account_code = line
            .account_code
            .or(account.and_then(|it| it.code.as_deref()));
        let account_name = match line.account {
            Some(id) if id.is_unknown() => Some(UNKNOWN),
            _ => account.and_then(|it| it.name.as_deref()),
        };
        let billed = line.billed.or(entry.total_bill_value);
        let mut cells = vec![
            CsvCell::Day(&entry.performed_at),
            day(&entry.settled_at),
            booked.map_or(CsvCell::Empty, CsvCell::WrittenDay),
            text(name),
            text(employee.map(EmployeeId::as_str)),
            text(entry.note.as_deref()),
            label(Column::Type, entry.family.as_str()),
            entry
                .sub_family
                .as_ref()
                .map_or(CsvCell::Empty, |it| label(Column::Subtype, it.as_str())),
            label(Column::Status, entry.status.as_str()),
            amount(line.amount),
            CsvCell::Made(entry.transaction_value.currency.to_string()),
            amount(line.billed),
            billed.map_or(CsvCell::Empty, |it| CsvCell::Made(it.currency.to_string())),
            text(account_code),
            text(account_name),
            text(
                line.account
                    .filter(|id| !id.is_unknown())
                    .map(AccountId::as_str),
            ),
            text(tax_code.and_then(|it| it.code.as_deref())),
            text(tax_code.and_then(|it| it.name.as_deref())),
            text(line.tax_code.map(TaxCodeId::as_str)),
        ];
        for group in &self.groups {
            cells.push(self.tags(group, line.tags));
        }
        let supplier = entry.supplier.as_ref();
        let known = supplier_id(entry).and_then(|id| self.names.suppliers.get(id));
        cells.extend([
            text(known.map(|name| &**name)),
            text(supplier_id(entry)),
            text(supplier.and_then(|it| it.external_account_number.as_deref())),
            text(supplier.and_then(|it| it.cif.as_deref())),
            text(supplier.and_then(|it| it.document_type.as_deref())),
            text(supplier.and_then(|it| it.document_number.as_deref())),
            label(Column::Export, entry.export_status.as_str()),
            label(Column::Review, entry.review_status.as_str()),
            CsvCell::Count(entry.receipt_ids.len()),
            match line.kind {
                LineKind::Entry => CsvCell::Text("Entry"),
                LineKind::Part(number, of) => CsvCell::Made(format!("Part {number} of {of}")),
                LineKind::Remainder => CsvCell::Text("Remainder"),
            },
            line.part
                .map_or(CsvCell::Empty, |id| CsvCell::Text(id.as_str())),
            CsvCell::Text(entry.id.as_str()),
        ]);
        cells
    }

    /// The row of a record that could not be read: its day, what it is, and its id.
    fn unreadable(&self, record: &'a Unreadable) -> Vec<CsvCell<'a>> {
        let day = record.performed_at.as_ref();
        let columns = BEFORE_TAGS.len() + self.groups.len() + AFTER_TAGS.len();
        let mut cells = vec![day.map_or(CsvCell::Empty, CsvCell::Day)];
        // The last three columns are *Line*, *Part id* and *Entry id*.
        cells.resize(columns - 3, CsvCell::Empty);
        let words = ["Could not be read: ", &record.field].concat();
        cells.extend([
            CsvCell::Made(words),
            CsvCell::Empty,
            text(record.id.as_deref()),
        ]);
        cells
    }

    /// The tags of this group.
    fn tags(&self, group: &LineGroup, tags: &'a [AccountingEntryTag]) -> CsvCell<'a> {
        let of_group = tags.iter().filter(|tag| tag.tag_group_id == group.id);
        let words: Vec<String> = of_group
            .filter_map(|tag| tag.tag_id.as_ref())
            .map(|id| match self.names.tags.get(id) {
                _ if id.is_unknown() => UNKNOWN.to_owned(),
                Some(tag) if group.named => tag.label(),
                _ => id.to_string(),
            })
            .collect();
        match words.is_empty() {
            true => CsvCell::Empty,
            false => CsvCell::Made(words.join(" / ")),
        }
    }
}

fn text(text: Option<&str>) -> CsvCell<'_> {
    text.map_or(CsvCell::Empty, CsvCell::Text)
}
