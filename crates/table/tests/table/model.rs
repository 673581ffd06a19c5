//! The same table as a list of rows that is looked through for every question.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use outlay_pleo::time::{Date, DateTime, Instant, Timestamp};
use outlay_pleo::{AccountingEntry, Currency, Money, UNKNOWN_ID, Unreadable};
use outlay_table::column::Kind;
use outlay_table::entry_table::aggregate::{Dimension, Group, Measure};
use outlay_table::entry_table::sort::{Direction, SortKey};
use outlay_table::filter::{
    DayField, DayRange, Field, FlagWord, NumberField, Range, Test, Text, TextField,
};
use outlay_table::fold::fold;
use outlay_table::names::{Coded, LedgerNames};
use outlay_table::{Column, EntryTable, Filter, Grain, Month, entry_labels, is_spend, lines};

use crate::generate::Pages;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Single,
    Whole,
    Line,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    pub role: Role,
    pub present: bool,
    /// Which version of which entry it belongs to.
    version: usize,
    record: Record,
}

#[derive(Debug, Clone)]
enum Record {
    /// The entry, the number of its line, and whether that stands for the whole.
    Entry(Box<AccountingEntry>, Option<usize>),
    Unreadable(Unreadable),
}

pub struct Model {
    pub rows: Vec<Row>,
    names: LedgerNames,
}

fn folded(text: &str) -> String {
    let mut form = String::new();
    fold(text, &mut form);
    form
}

impl Model {
    pub fn new(pages: &Pages, names: LedgerNames) -> Model {
        let mut model = Model {
            rows: Vec::new(),
            names,
        };
        let (mut version, mut without_id) = (0, 0);
        for (entries, unreadable) in pages {
            for entry in entries {
                version += 1;
                model.forget(entry.id.as_str());
                let mut push = |role, line| {
                    model.rows.push(Row {
                        id: entry.id.as_str().to_owned(),
                        role,
                        present: true,
                        version,
                        record: Record::Entry(Box::new(entry.clone()), line),
                    });
                };
                let lines = lines::of(entry);
                if lines[0].kind == lines::LineKind::Entry {
                    push(Role::Single, None);
                    continue;
                }
                push(Role::Whole, None);
                (0..lines.len()).for_each(|line| push(Role::Line, Some(line)));
            }
            for record in unreadable {
                version += 1;
                let id = record.id.clone().unwrap_or_else(|| {
                    without_id += 1;
                    format!("without id {without_id}")
                });
                let is_read = |row: &Row| {
                    row.present && row.id == id && matches!(row.record, Record::Entry(..))
                };
                if model.rows.iter().any(is_read) {
                    continue;
                }
                model.forget(&id);
                model.rows.push(Row {
                    id,
                    role: Role::Single,
                    present: true,
                    version,
                    record: Record::Unreadable(record.clone()),
                });
            }
        }
        model
    }

    fn forget(&mut self, id: &str) {
        for row in self.rows.iter_mut().filter(|row| row.id == id) {
            row.present = false;
        }
    }

    fn in_grain(&self, row: usize, grain: Grain) -> bool {
        let row = &self.rows[row];
        row.present
            && match grain {
                Grain::Entries => row.role != Role::Line,
                Grain::Lines => row.role != Role::Whole,
            }
    }

    /// The rows of the grain that the filter keeps.
    pub fn select(&self, table: &EntryTable, filter: &Filter, grain: Grain) -> Vec<usize> {
        (0..self.rows.len())
            .filter(|row| self.in_grain(*row, grain) && self.holds(table, *row, filter))
            .collect()
    }

    pub fn money(&self, row: usize, column: Column) -> Option<Money> {
        let Record::Entry(entry, line) = &self.rows[row].record else {
            return None;
        };
        let lines = lines::of(entry);
        let line = match line {
            Some(at) => lines[*at].clone(),
            None => lines::whole(entry),
        };
        match column {
            Column::Amount => line.amount,
            _ => line.billed,
        }
    }

    pub fn day(&self, row: usize, column: Column) -> Option<Date> {
        let utc = |text: &str| Instant::parse(text).map(|it| it.date());
        let (performed, entry) = match &self.rows[row].record {
            Record::Entry(entry, _) => (Some(entry.performed_at.as_str()), Some(entry)),
            Record::Unreadable(record) => {
                (record.performed_at.as_ref().map(Timestamp::as_str), None)
            }
        };
        match column {
            Column::Date => utc(performed?),
            Column::Settled => utc(entry?.settled_at.as_ref()?.as_str()),
            _ => DateTime::parse(entry?.bookkeeping_date.as_ref()?.as_str()).map(|it| it.day),
        }
    }

    fn millis(&self, row: usize) -> Option<i64> {
        let performed = match &self.rows[row].record {
            Record::Entry(entry, _) => Some(entry.performed_at.as_str()),
            Record::Unreadable(record) => record.performed_at.as_ref().map(Timestamp::as_str),
        };
        Some(Instant::parse(performed?)?.unix_millis())
    }

    pub fn count(&self, row: usize, column: Column) -> usize {
        match (&self.rows[row].record, column) {
            (Record::Entry(entry, _), Column::Receipts) => entry.receipt_ids.len(),
            _ => 0,
        }
    }

    pub fn text(&self, row: usize, column: Column, group: Option<&str>) -> String {
        let names = &self.names;
        let (entry, line) = match &self.rows[row].record {
            Record::Entry(entry, line) => (entry, line),
            Record::Unreadable(record) => {
                return match column {
                    Column::EntryId => self.rows[row].id.clone(),
                    Column::Line => format!("Could not be read: {}", record.field),
                    _ => String::new(),
                };
            }
        };
        let lines = lines::of(entry);
        let line = match line {
            Some(at) => lines[*at].clone(),
            None => lines::whole(entry),
        };
        let opt = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let code = |it: Option<&Coded>| opt(it.and_then(|it| it.code.as_deref()));
        let name = |it: Option<&Coded>| opt(it.and_then(|it| it.name.as_deref()));
        let supplier = entry.supplier.clone().unwrap_or_default();
        let vendor = supplier.external_supplier_id.clone().unwrap_or_default();
        let employee = entry.employee_id.as_ref();
        let account = line.account;
        let tax = line.tax_code;
        let words = |column, text: &str| match text {
            "" => String::new(),
            text => entry_labels::words(column, text),
        };
        let sub_family = opt(entry.sub_family.as_ref().map(|it| it.as_str()));
        match column {
            Column::Employee => name(employee.and_then(|id| names.employees.get(id))),
            Column::EmployeeCode => code(employee.and_then(|id| names.employees.get(id))),
            Column::EmployeeId => opt(employee.map(|id| id.as_str())),
            Column::Team => opt(entry
                .team_id
                .as_ref()
                .and_then(|id| names.teams.get(id))
                .map(|name| &**name)),
            Column::TeamId => opt(entry.team_id.as_ref().map(|id| id.as_str())),
            Column::Note => opt(entry.note.as_deref()),
            Column::Type => words(column, entry.family.as_str()),
            Column::TypeCode => entry.family.as_str().to_owned(),
            Column::Subtype => words(column, &sub_family),
            Column::SubtypeCode => sub_family,
            Column::Status => words(column, entry.status.as_str()),
            Column::StatusCode => entry.status.as_str().to_owned(),
            Column::Export => words(column, entry.export_status.as_str()),
            Column::ExportCode => entry.export_status.as_str().to_owned(),
            Column::Review => words(column, entry.review_status.as_str()),
            Column::ReviewCode => entry.review_status.as_str().to_owned(),
            Column::Currency => entry.transaction_value.currency.to_string(),
            Column::BilledCurrency => {
                let billed = line.billed.or(entry.total_bill_value);
                opt(billed.as_ref().map(|it| it.currency.as_str()))
            }
            Column::AccountCode => match line.account_code {
                Some(code) if !code.is_empty() => code.to_owned(),
                _ => code(account.and_then(|id| names.accounts.get(id))),
            },
            Column::Account if account.is_some_and(|id| id.is_unknown()) => "I don't know".into(),
            Column::Account => name(account.and_then(|id| names.accounts.get(id))),
            Column::AccountId => opt(account.filter(|id| !id.is_unknown()).map(|id| id.as_str())),
            Column::TaxCode => code(tax.and_then(|id| names.tax_codes.get(id))),
            Column::Tax => name(tax.and_then(|id| names.tax_codes.get(id))),
            Column::TaxRate if tax.is_some_and(|id| *id == *"x1") => "12.5".to_owned(),
            Column::TaxRate => String::new(),
            Column::TaxId => opt(tax.map(|id| id.as_str())),
            Column::Vendor => opt(names.suppliers.get(&vendor).map(|it| &**it)),
            Column::VendorCode => opt(names.supplier_codes.get(&vendor).map(|it| &**it)),
            Column::VendorId => vendor,
            Column::VendorAccount => opt(supplier.external_account_number.as_deref()),
            Column::VendorTaxNumber | Column::DocumentType => String::new(),
            Column::Document => opt(supplier.document_number.as_deref()),
            Column::Line => match line.kind {
                lines::LineKind::Entry => "Entry".to_owned(),
                lines::LineKind::Part(at, of) => format!("Part {at} of {of}"),
                lines::LineKind::Remainder => "Remainder".to_owned(),
            },
            Column::PartId => opt(line.part.map(|id| id.as_str())),
            Column::EntryId => self.rows[row].id.clone(),
            Column::Tag(_) | Column::TagCode(_) | Column::TagId(_) => {
                let of_group = line
                    .tags
                    .iter()
                    .filter(|it| Some(it.tag_group_id.as_str()) == group);
                let ids = of_group.filter_map(|it| it.tag_id.as_ref());
                let labels: Option<Vec<String>> = ids
                    .map(|id| match (column, names.tags.get(id)) {
                        _ if id.as_str() == UNKNOWN_ID => Some("I don't know".to_owned()),
                        (Column::TagId(_), _) => Some(id.to_string()),
                        (Column::TagCode(_), tag) => tag?.code.clone(),
                        (_, tag) => Some(tag?.label()),
                    })
                    .collect();
                labels.unwrap_or_default().join(" / ")
            }
            _ => String::new(),
        }
    }

    fn is_whole_with(&self, row: usize, holds: &dyn Fn(usize) -> bool) -> bool {
        let whole = &self.rows[row];
        let mut lines = (0..self.rows.len()).filter(|it| {
            let line = &self.rows[*it];
            line.version == whole.version && line.role == Role::Line
        });
        whole.role == Role::Whole && lines.any(holds)
    }

    fn holds(&self, table: &EntryTable, row: usize, filter: &Filter) -> bool {
        match filter {
            Filter::All(all) => all.iter().all(|it| self.holds(table, row, it)),
            Filter::Any(any) => any.iter().any(|it| self.holds(table, row, it)),
            Filter::Not(inner) => !self.holds(table, row, inner),
            Filter::Test(test) => match test {
                Test::Text {
                    field: TextField::BilledCurrency,
                    ..
                } => self.text_holds(table, row, test),
                Test::Missing(field) => {
                    let lacks = |row| self.lacks(table, row, field);
                    match self.rows[row].role {
                        Role::Whole if !matches!(field, Field::Number(_)) => {
                            self.is_whole_with(row, &lacks)
                        }
                        _ => lacks(row),
                    }
                }
                Test::Word(_) | Test::Text { .. } | Test::Has(_) => {
                    let holds = |row| self.text_holds(table, row, test);
                    holds(row) || self.is_whole_with(row, &holds)
                }
                test => self.value_holds(row, test),
            },
        }
    }

    /// Whether a row has no value in the field, or no other than "I don't know".
    fn lacks(&self, table: &EntryTable, row: usize, field: &Field) -> bool {
        let Some(entry) = self.entry(row) else {
            return !matches!(field, Field::Day(DayField::Date))
                || self.day(row, Column::Date).is_none();
        };
        let text = |column| self.text(row, column, None);
        match field {
            Field::Text(TextField::Account) => {
                let lines = lines::of(entry);
                let line = match self.rows[row].record {
                    Record::Entry(_, Some(at)) => lines[at].clone(),
                    _ => lines::whole(entry),
                };
                let has_code = line.account_code.is_some_and(|code| !code.is_empty());
                !has_code && line.account.is_none_or(|id| id.is_unknown())
            }
            Field::Text(TextField::Tax) => matches!(&*text(Column::TaxId), "" | UNKNOWN_ID),
            Field::Text(TextField::Vendor) => text(Column::VendorId).is_empty(),
            Field::Text(TextField::Employee) => text(Column::EmployeeId).is_empty(),
            Field::Text(TextField::Team) => text(Column::TeamId).is_empty(),
            Field::Text(TextField::Tag(None)) => self.tags(table).into_iter().all(|(at, group)| {
                let ids = self.text(row, Column::TagId(at), Some(&group));
                ids.split(" / ").all(|id| matches!(id, "" | "I don't know"))
            }),
            Field::Number(NumberField::Billed) => self.money(row, Column::Billed).is_none(),
            Field::Number(NumberField::Receipts) => entry.receipt_ids.is_empty(),
            Field::Day(DayField::Date) => self.day(row, Column::Date).is_none(),
            Field::Day(DayField::Settled) => self.day(row, Column::Settled).is_none(),
            Field::Day(DayField::Booked) => self.day(row, Column::Booked).is_none(),
            field => panic!("{field:?} is in no generated filter"),
        }
    }

    /// The entry of a row; none for a record that could not be read.
    pub fn entry(&self, row: usize) -> Option<&AccountingEntry> {
        match &self.rows[row].record {
            Record::Entry(entry, _) => Some(entry),
            Record::Unreadable(_) => None,
        }
    }

    fn value_holds(&self, row: usize, test: &Test) -> bool {
        let is_read = matches!(self.rows[row].record, Record::Entry(..));
        match test {
            Test::Number(field, range) => match field {
                NumberField::Amount => self.amount_in(row, Column::Amount, *range),
                NumberField::Billed => self.amount_in(row, Column::Billed, *range),
                NumberField::Receipts => {
                    in_range(self.count(row, Column::Receipts) as i64, 0, *range)
                }
                NumberField::Attendees => in_range(0, 0, *range),
            },
            Test::Day(field, range) => self.day_in(row, *field, *range),
            Test::Is(flag) => match (&self.rows[row].record, flag) {
                (_, FlagWord::Unreadable) => !is_read,
                (_, FlagWord::Split) => self.rows[row].role != Role::Single,
                (Record::Unreadable(_), _) => false,
                (Record::Entry(entry, _), FlagWord::Receipt) => !entry.receipt_ids.is_empty(),
                (Record::Entry(entry, _), FlagWord::Spend) => is_spend(entry),
                (Record::Entry(entry, _), FlagWord::Deleted) => entry.deleted_at.is_some(),
            },
            _ => false,
        }
    }

    fn amount_in(&self, row: usize, column: Column, range: Range) -> bool {
        self.money(row, column).is_some_and(|money| {
            let exponent = money.currency.exponent();
            exponent.is_some_and(|exponent| in_range(money.minors, exponent, range))
        })
    }

    fn day_in(&self, row: usize, field: DayField, range: DayRange) -> bool {
        let column = match field {
            DayField::Date => Column::Date,
            DayField::Settled => Column::Settled,
            DayField::Booked => Column::Booked,
        };
        self.day(row, column)
            .is_some_and(|day| range.contains(i32::try_from(day.days()).unwrap()))
    }

    /// The columns of tags with their group's id.
    fn tags(&self, table: &EntryTable) -> Vec<(u16, String)> {
        let ids = table.tag_groups().map(|id| id.as_str().to_owned());
        (0..).zip(ids).collect()
    }

    fn text_holds(&self, table: &EntryTable, row: usize, test: &Test) -> bool {
        use Column as C;
        let of = |column| self.text(row, column, None);
        let matches = |value: &str, text: &Text, whole: bool| {
            let (value, searched) = (folded(value), folded(&text.text));
            let is_empty = value.is_empty();
            let fits = match (text.begins, whole) {
                (true, _) => value.starts_with(&searched),
                (false, true) => value == searched,
                (false, false) => value.contains(&searched),
            };
            // A text of nothing but invisible signs is not empty, though its folded form is.
            fits && !(is_empty && searched.is_empty())
        };
        match test {
            Test::Word(text) => {
                let searched = [
                    C::Note,
                    C::Employee,
                    C::EmployeeCode,
                    C::Team,
                    C::Type,
                    C::Subtype,
                    C::Status,
                    C::AccountCode,
                    C::Account,
                    C::TaxCode,
                    C::Tax,
                    C::Vendor,
                    C::Document,
                ];
                let tags = self.tags(table).into_iter().any(|(at, group)| {
                    [C::Tag(at), C::TagCode(at)]
                        .into_iter()
                        .any(|column| matches(&self.text(row, column, Some(&group)), text, false))
                });
                let day = DayRange::parse(&text.text).filter(|_| text.text.len() > 4);
                searched
                    .into_iter()
                    .any(|column| matches(&of(column), text, false))
                    || tags
                    || day.is_some_and(|range| self.day_in(row, DayField::Date, range))
                    || [C::Amount, C::Billed].into_iter().any(|column| {
                        self.money(row, column)
                            .is_some_and(|money| begins_with(money, &text.text))
                    })
                    || self.has_id(row, &text.text)
            }
            Test::Text {
                field,
                exact,
                any_of,
            } => any_of.iter().any(|text| {
                let (codes, names, ids): (Vec<C>, Vec<C>, Vec<C>) = match field {
                    TextField::Id => return self.has_id(row, &text.text),
                    TextField::Tag(wanted) => {
                        return self.tags(table).into_iter().any(|(at, group)| {
                            let name = self.names.tag_groups.get(&group.as_str().into());
                            let is_group = wanted.as_ref().is_none_or(|wanted| {
                                let name = name.unwrap_or(&group);
                                *wanted == group || folded(wanted) == folded(name)
                            });
                            let of = |column| self.text(row, column, Some(&group));
                            is_group
                                && (matches(&of(C::TagCode(at)), text, true)
                                    || matches(&of(C::Tag(at)), text, *exact)
                                    || *exact && matches(&of(C::TagId(at)), text, true))
                        });
                    }
                    TextField::Account => {
                        (vec![C::AccountCode], vec![C::Account], vec![C::AccountId])
                    }
                    TextField::Employee => (
                        vec![C::EmployeeCode],
                        vec![C::Employee],
                        vec![C::EmployeeId],
                    ),
                    TextField::Status => (vec![C::Status, C::StatusCode], vec![], vec![]),
                    TextField::Type => (vec![C::Type, C::TypeCode], vec![], vec![]),
                    TextField::Review => (vec![C::Review, C::ReviewCode], vec![], vec![]),
                    TextField::Currency => (vec![C::Currency], vec![], vec![]),
                    TextField::BilledCurrency => (vec![C::BilledCurrency], vec![], vec![]),
                    TextField::Export => (vec![C::Export, C::ExportCode], vec![], vec![]),
                    TextField::Tax => (vec![C::TaxCode], vec![C::Tax], vec![C::TaxId]),
                    TextField::Team => (vec![], vec![C::Team], vec![C::TeamId]),
                    TextField::Vendor => (
                        vec![C::VendorCode, C::VendorAccount],
                        vec![C::Vendor],
                        vec![C::VendorId],
                    ),
                    TextField::Note => (vec![], vec![C::Note], vec![]),
                    TextField::Line => (vec![], vec![C::Line], vec![]),
                    field => panic!("{field:?} is in no generated filter"),
                };
                codes.into_iter().any(|it| matches(&of(it), text, true))
                    || names.into_iter().any(|it| matches(&of(it), text, *exact))
                    || *exact && ids.into_iter().any(|it| matches(&of(it), text, true))
            }),
            Test::Has(field) => match field {
                Field::Text(TextField::Account) => {
                    // A key is there although it has no name.
                    let entry = match &self.rows[row].record {
                        Record::Entry(entry, line) => (entry, line),
                        Record::Unreadable(_) => return false,
                    };
                    let lines = lines::of(entry.0);
                    let line = match entry.1 {
                        Some(at) => lines[*at].clone(),
                        None => lines::whole(entry.0),
                    };
                    line.account.is_some() || line.account_code.is_some_and(|it| !it.is_empty())
                }
                Field::Text(TextField::Note) => !of(C::Note).is_empty(),
                Field::Text(TextField::Tag(None)) => self
                    .tags(table)
                    .into_iter()
                    .any(|(at, group)| !self.text(row, C::TagId(at), Some(&group)).is_empty()),
                Field::Number(NumberField::Billed) => self.money(row, C::Billed).is_some(),
                Field::Day(DayField::Booked) => self.day(row, C::Booked).is_some(),
                field => panic!("{field:?} is in no generated filter"),
            },
            _ => false,
        }
    }

    fn has_id(&self, row: usize, id: &str) -> bool {
        let id = id.to_lowercase();
        self.rows[row].id == id || self.text(row, Column::PartId, None) == id
    }

    pub fn order(
        &self,
        rows: &[usize],
        keys: &[SortKey],
        ranks: &dyn Fn(Column, &str) -> u32,
    ) -> Vec<usize> {
        let mut rows = rows.to_vec();
        rows.sort_by(|a, b| {
            let each = keys.iter().map(|key| self.compare(*a, *b, *key, ranks));
            each.fold(Ordering::Equal, Ordering::then)
        });
        rows
    }

    fn compare(
        &self,
        a: usize,
        b: usize,
        key: SortKey,
        ranks: &dyn Fn(Column, &str) -> u32,
    ) -> Ordering {
        let column = key.column;
        let value = |row: usize| -> Option<i128> {
            match column.kind() {
                Kind::Amount => {
                    let money = self.money(row, column)?;
                    let exponent = money.currency.exponent()?;
                    Some(i128::from(money.minors) * 10i128.pow(4 - exponent))
                }
                Kind::Day if column == Column::Date => self.millis(row).map(i128::from),
                Kind::Day => self.day(row, column).map(|day| i128::from(day.days())),
                Kind::Count => Some(self.count(row, column) as i128),
                _ => {
                    let text = self.text(row, column, None);
                    (!text.is_empty()).then(|| i128::from(ranks(column, &text)))
                }
            }
        };
        match (value(a), value(b), key.direction) {
            (Some(a), Some(b), Direction::Ascending) => a.cmp(&b),
            (Some(a), Some(b), Direction::Descending) => b.cmp(&a),
            (None, None, _) => Ordering::Equal,
            (None, _, _) => Ordering::Greater,
            (_, None, _) => Ordering::Less,
        }
    }

    fn group(&self, row: usize, dimension: Option<Dimension>) -> String {
        match dimension {
            None => String::new(),
            Some(Dimension::Text(column)) => self.text(row, column, None),
            Some(Dimension::Month(column)) => {
                self.day(row, column).map_or_else(String::new, |day| {
                    let month = Month {
                        year: day.year,
                        month: day.month,
                    };
                    month.to_string()
                })
            }
        }
    }

    /// The sums by the texts of two groups and the currency.
    pub fn pivot(
        &self,
        rows: &[usize],
        row: Option<Dimension>,
        column: Option<Dimension>,
        measure: Measure,
    ) -> BTreeMap<(String, String, Option<Currency>), Sums> {
        let mut cells: BTreeMap<_, Sums> = BTreeMap::new();
        for at in rows {
            let money = self.money(
                *at,
                match measure {
                    Measure::Amount => Column::Amount,
                    Measure::Billed => Column::Billed,
                },
            );
            let currency = money.map(|money| money.currency);
            let key = (self.group(*at, row), self.group(*at, column), currency);
            let sums = cells.entry(key).or_default();
            sums.rows += 1;
            sums.entries.insert(self.rows[*at].id.clone());
            sums.minors += money.map_or(0, |money| i128::from(money.minors));
            sums.first_row.get_or_insert(*at);
        }
        cells
    }
}

#[derive(Debug, Default)]
pub struct Sums {
    pub minors: i128,
    pub rows: usize,
    pub entries: BTreeSet<String>,
    pub first_row: Option<usize>,
}

/// Compares in units of 10⁻¹⁸, without the rounding of limits that the table does.
fn in_range(minors: i64, exponent: u32, range: Range) -> bool {
    let value = i128::from(minors) * 10i128.pow(9 - exponent);
    let of = |it: outlay_table::filter::Quantity| it.in_minors(9).0;
    match range {
        Range::Exactly(it) => value == of(it),
        Range::MoreThan(it) => value > of(it),
        Range::AtLeast(it) => value >= of(it),
        Range::LessThan(it) => value < of(it),
        Range::AtMost(it) => value <= of(it),
        Range::Between(from, to) => of(from) <= value && value <= of(to),
    }
}

/// Whether the exact decimal text of an amount begins with the digits of a typed number, its whole part
/// in full.
fn begins_with(money: Money, typed: &str) -> bool {
    let Some(typed) = outlay_pleo::text::figure(typed) else {
        return false;
    };
    if money.currency.exponent().is_none() || money.minors == i64::MIN {
        return false;
    }
    let amount = money.decimal();
    let (amount_sign, amount) = match amount.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, &*amount),
    };
    let (sign, typed) = match typed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, &*typed),
    };
    let digits = typed.replace('.', "");
    let is_zero = money.minors == 0;
    if digits.trim_start_matches('0').len() > 18 || sign && !amount_sign && !is_zero {
        return false;
    }
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    let (typed_whole, typed_part) = typed.split_once('.').unwrap_or((typed, ""));
    let typed_whole = match typed_whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    // What was typed beyond the decimals of the currency must be zeros.
    let shown = typed_part.get(..part.len().min(typed_part.len())).unwrap();
    let beyond = typed_part.get(shown.len()..).unwrap();
    whole == typed_whole && part.starts_with(shown) && beyond.bytes().all(|it| it == b'0')
}

/// The text of a group.
pub fn group_text(table: &EntryTable, dimension: Option<Dimension>, group: Group) -> String {
    dimension.map_or_else(String::new, |dimension| table.group_text(dimension, group))
}
