//! The entries table against a list of rows that each query searches: for any pages, any
//! filter and any sort both give the same cells, rows, orders, sums and files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

mod files;
mod generate;
mod model;
mod odd_data;
mod overview;

use std::collections::BTreeMap;

use outlay_table::column::Kind;
use outlay_table::entry_table::Selection;
use outlay_table::entry_table::aggregate::{Dimension, Measure};
use outlay_table::entry_table::sort::{Direction, SortKey};
use outlay_table::{Column, EntryTable, Filter, Grain, natural};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;

use generate::{Pages, names, pages};
use model::{Model, group_text};

/// The table of the pages, with names handed in before or after them.
fn table(pages: &Pages, names_first: bool) -> EntryTable {
    let mut table = EntryTable::new();
    if names_first {
        table.set_names(names());
    }
    for (entries, unreadable) in pages {
        table.append(entries, unreadable);
    }
    if !names_first {
        table.set_names(names());
    }
    table
}

fn rows(selection: &Selection) -> Vec<usize> {
    selection.rows().rows().collect()
}

const LEAVES: [&str; 52] = [
    "lunch",
    "\"team lunch\"",
    "taxi*",
    "cafe",
    "1250",
    "1250.5",
    "1250.50",
    "\"-1250\"",
    "100.00",
    "2026-03-31",
    "2026-04",
    "e1",
    "p1",
    "0F8FAD5B-D9CB-469F-A165-708677289501",
    "card",
    "4010",
    "goods",
    "100",
    "00.5",
    "\"\u{202e}\"",
    "note:lunch",
    "note=\"team lunch\"",
    "note:team*",
    "account:4010",
    "account=4010,0410",
    "account:office",
    "account:40*",
    "account=a1",
    "employee:ada",
    "employee:17",
    "employee=m2",
    "status:pending",
    "status:NEW_STATUS,draft",
    "type:\"supplier invoice\"",
    "review:\"awaiting employee\"",
    "currency:jpy,EUR",
    "vendor:paper",
    "vendor:2440",
    "tag:sales",
    "tag.\"Cost centre\":100",
    "tag.g2=t3",
    "line:part*",
    "amount>100",
    "amount:0..12.5",
    "billed<0",
    "receipts>0",
    "date:2026-03",
    "booked>=2026-04-01",
    "settled<2026",
    "has:account",
    "has:tag",
    "receipt",
];

const MORE_LEAVES: [&str; 17] = [
    "missing:account",
    "missing:tax",
    "missing:vendor",
    "missing:tag",
    "missing:billed",
    "missing:receipts",
    "missing:booked",
    "missing:date",
    "billed_currency:EUR",
    "billed_currency:jpy,KWD",
    "has:note",
    "has:billed",
    "has:booked",
    "split",
    "spend",
    "deleted",
    "unreadable",
];

fn filters() -> impl Strategy<Value = Filter> {
    let leaves: Vec<&str> = LEAVES.into_iter().chain(MORE_LEAVES).collect();
    let leaf = select(leaves).prop_map(|text| Filter::parse(text).unwrap());
    leaf.prop_recursive(3, 12, 3, |inner| {
        let many = proptest::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            many.clone().prop_map(Filter::All),
            many.prop_map(Filter::Any),
            inner.prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
}

fn grains() -> impl Strategy<Value = Grain> {
    select(&[Grain::Entries, Grain::Lines][..])
}

fn sort_keys() -> impl Strategy<Value = Vec<SortKey>> {
    let columns = [
        Column::Date,
        Column::Settled,
        Column::Booked,
        Column::Amount,
        Column::Billed,
        Column::Note,
        Column::Employee,
        Column::AccountCode,
        Column::Status,
        Column::Receipts,
        Column::EntryId,
        Column::PartId,
    ];
    let directions = select(&[Direction::Ascending, Direction::Descending][..]);
    let key = (select(columns.to_vec()), directions);
    let key = key.prop_map(|(column, direction)| SortKey { column, direction });
    proptest::collection::vec(key, 0..4)
}

fn dimensions() -> impl Strategy<Value = Option<Dimension>> {
    select(vec![
        None,
        Some(Dimension::Month(Column::Date)),
        Some(Dimension::Month(Column::Booked)),
        Some(Dimension::Text(Column::AccountCode)),
        Some(Dimension::Text(Column::EmployeeId)),
        Some(Dimension::Text(Column::Note)),
        Some(Dimension::Text(Column::Status)),
    ])
}

fn measures() -> impl Strategy<Value = Measure> {
    select(&[Measure::Amount, Measure::Billed][..])
}

fn check_cells(table: &EntryTable, model: &Model) {
    assert_eq!(table.rows(), model.rows.len());
    let groups: Vec<String> = table.tag_groups().map(ToString::to_string).collect();
    for row in 0..table.rows() {
        for column in Column::fixed() {
            match column.kind() {
                Kind::Amount => {
                    assert_eq!(
                        table.money(row, column),
                        model.money(row, column),
                        "{column:?}"
                    );
                }
                Kind::Day => {
                    assert_eq!(table.day(row, column), model.day(row, column), "{column:?}");
                }
                Kind::Count => {}
                _ => assert_eq!(
                    table.text(row, column),
                    model.text(row, column, None),
                    "{column:?}"
                ),
            }
        }
        for (at, group) in (0..).zip(&groups) {
            for column in [Column::Tag(at), Column::TagCode(at), Column::TagId(at)] {
                let expected = model.text(row, column, Some(group));
                assert_eq!(table.text(row, column), expected, "{column:?}");
                assert_eq!(table.column_of_key(&table.key(column)), Some(column));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn cells_and_present_rows_are_those_of_the_model(pages in pages(), names_first in any::<bool>()) {
        let table = table(&pages, names_first);
        let model = Model::new(&pages, names());
        check_cells(&table, &model);
        for grain in [Grain::Entries, Grain::Lines] {
            let all = table.select(&Filter::default(), grain);
            prop_assert_eq!(rows(&all), model.select(&table, &Filter::default(), grain));
            prop_assert_eq!(all.len(), all.rows().count());
        }
        let entries = table.select(&Filter::default(), Grain::Entries);
        prop_assert_eq!(table.entries(), entries.len());
    }

    #[test]
    fn a_filter_keeps_the_rows_of_the_model(
        pages in pages(),
        filter in filters(),
        grain in grains(),
    ) {
        let table = table(&pages, true);
        let model = Model::new(&pages, names());
        let found = rows(&table.select(&filter, grain));
        prop_assert_eq!(found, model.select(&table, &filter, grain), "{}", filter);
    }

    #[test]
    fn a_sort_is_the_stable_sort_of_the_model(
        pages in pages(),
        keys in sort_keys(),
        grain in grains(),
        with_ranks in any::<bool>(),
        reversed in any::<bool>(),
    ) {
        let mut table = table(&pages, true);
        let model = Model::new(&pages, names());
        // Ranks as a collator gives them: some texts are equal.
        let mut ranks: BTreeMap<(usize, String), u32> = BTreeMap::new();
        for (at, key) in keys.iter().enumerate() {
            let texts: Vec<String> = table.distinct(key.column).map(str::to_owned).collect();
            let borrowed: Vec<&str> = texts.iter().map(|text| &**text).collect();
            let mut given = natural::ranks(&borrowed);
            if with_ranks && key.column.kind() == Kind::Text {
                given.iter_mut().for_each(|rank| *rank = if reversed { 100 - *rank } else { *rank / 2 });
                prop_assert!(table.set_ranks(key.column, given.clone()));
                prop_assert!(table.has_ranks(key.column));
            }
            ranks.extend(texts.into_iter().map(|text| (at, text)).zip(given));
        }
        let rank = |column: Column, text: &str| match column.kind() {
            // Ids are ordered by their bytes.
            Kind::Id => u32::try_from(
                (0..table.rows()).filter(|row| *table.text(*row, column) < *text).count(),
            ).unwrap(),
            _ => {
                let at = keys.iter().position(|key| key.column == column).unwrap();
                // A column that comes twice has the ranks of its last place.
                let at = keys.iter().rposition(|key| key.column == column).unwrap_or(at);
                ranks[&(at, text.to_owned())]
            }
        };
        let selection = table.select(&Filter::default(), grain);
        let order = table.order(&selection, &keys);
        let order: Vec<usize> = order.into_iter().map(|row| row as usize).collect();
        prop_assert_eq!(order, model.order(&rows(&selection), &keys, &rank));
    }

    #[test]
    fn sums_are_those_of_the_model_and_the_same_in_both_grains(
        pages in pages(),
        filter in filters(),
        grain in grains(),
        (row, column) in (dimensions(), dimensions()),
        measure in measures(),
    ) {
        let table = table(&pages, true);
        let model = Model::new(&pages, names());
        let selection = table.select(&filter, grain);
        let expected = model.pivot(&rows(&selection), row, column, measure);
        let cells = table.pivot(&selection, row, column, measure);
        prop_assert_eq!(cells.len(), expected.len());
        for cell in cells {
            let groups = (
                group_text(&table, row, cell.row),
                group_text(&table, column, cell.column),
                cell.currency,
            );
            let sums = &expected[&groups];
            let is_known = cell.currency.is_some_and(|it| it.exponent().is_some());
            let minors = i64::try_from(sums.minors).ok().filter(|_| is_known);
            prop_assert_eq!((cell.minors, cell.exact), (minors, sums.minors));
            prop_assert_eq!((cell.rows, cell.entries), (sums.rows, sums.entries.len()));
            prop_assert_eq!(Some(cell.first_row), sums.first_row);
        }
    }

    #[test]
    fn the_lines_of_all_entries_add_up_to_the_entries(pages in pages()) {
        let table = table(&pages, true);
        let amounts = |grain| {
            let totals = table.totals(&table.select(&Filter::default(), grain), Measure::Amount);
            // A part may state no amount; the remainder has it, unless it is zero. A sum is unknown where
            // the currency's decimals are.
            let totals = totals.into_iter().filter(|cell| cell.currency.is_some());
            totals
                .filter(|cell| cell.minors.is_some_and(|minors| minors != 0))
                .map(|cell| (cell.currency, cell.minors))
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(amounts(Grain::Lines), amounts(Grain::Entries));
    }
}

#[test]
fn pivot_with_more_cells_than_rows_equals_the_sum_of_its_parts() {
    use outlay_pleo::Money;
    let eur = generate::currency("EUR");
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let template = generate::entry().new_tree(&mut runner).unwrap().current();
    let mut table = EntryTable::new();
    let entries: Vec<_> = (0..3_000i64)
        .map(|at| {
            let mut entry = template.clone();
            entry.id = format!("id {at}").into();
            entry.split_items.clear();
            entry.note = Some(format!("note {}", at % 900));
            entry.employee_id = Some(format!("employee {}", at % 700).as_str().into());
            entry.transaction_value = Money {
                currency: eur,
                minors: at,
            };
            entry
        })
        .collect();
    table.append(&entries, &[]);
    let all = table.select(&Filter::default(), Grain::Lines);
    let by = |column| Some(Dimension::Text(column));
    let cells = table.pivot(
        &all,
        by(Column::Note),
        by(Column::EmployeeId),
        Measure::Amount,
    );
    let mut expected: BTreeMap<(i64, i64), (i64, usize)> = BTreeMap::new();
    for at in 0..3_000 {
        let sum = expected.entry((at % 900, at % 700)).or_default();
        *sum = (sum.0 + at, sum.1 + 1);
    }
    assert_eq!(cells.len(), expected.len());
    for cell in cells {
        let number = |dimension, group| {
            let text = table.group_text(dimension, group);
            text.split(' ').nth(1).unwrap().parse::<i64>().unwrap()
        };
        let note = number(Dimension::Text(Column::Note), cell.row);
        let employee = number(Dimension::Text(Column::EmployeeId), cell.column);
        let sum = (cell.minors.unwrap(), cell.rows);
        assert_eq!(sum, expected[&(note, employee)]);
    }
}
