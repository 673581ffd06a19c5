//! Times the table engine and plain arrays of structs, in one run:
//!
//! `cargo run --release -p outlay-table --example bench [rows…]`
//!
//! Each figure is the median of several runs, in microseconds. The goal is for a browser at 100,000
//! rows, and at 1,000,000 where it says so; natively the engine should be well below it.

#![allow(clippy::print_stdout, reason = "the output of a command")]

mod entries;

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use outlay_table::csv::CsvFormat;
use outlay_table::entry_table::aggregate::{Dimension, Measure};
use outlay_table::entry_table::sort::{Direction, SortKey};
use outlay_table::file_writer::{FilePlan, FileWriter, Format};
use outlay_table::filter::DayField;
use outlay_table::overview::{Overview, OverviewScope};
use outlay_table::{Column, EntryTable, Filter, Grain, Month, MonthSpan};

use entries::{Ids, Random, entry};

/// A row as a program without an engine would have it.
struct Plain {
    performed: i64,
    month: (i64, u32),
    employee: String,
    account: String,
    note: String,
    amount: i64,
    currency: String,
}

fn plain(table: &EntryTable, row: usize) -> Plain {
    let day = table.day(row, Column::Date);
    let money = table.money(row, Column::Amount);
    Plain {
        performed: day.map_or(0, |day| day.days()),
        month: day.map_or((0, 0), |day| (day.year, day.month)),
        employee: table.text(row, Column::Employee).into_owned(),
        account: table.text(row, Column::AccountCode).into_owned(),
        note: table.text(row, Column::Note).into_owned(),
        amount: money.map_or(0, |money| money.minors),
        currency: table.text(row, Column::Currency).into_owned(),
    }
}

/// The median of some runs, in microseconds.
fn micros<T>(runs: usize, mut task: impl FnMut() -> T) -> u128 {
    let mut times: Vec<u128> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(task());
            start.elapsed().as_micros()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

struct Report(usize);

impl Report {
    fn line(&self, task: &str, engine: u128, structs: Option<u128>, goal: &str) {
        let structs = structs.map_or_else(
            || format!("{:>12} {:>7}", "", ""),
            |structs| {
                let tenths = structs * 10 / engine.max(1);
                format!("{structs:>12} {:>5}.{}×", tenths / 10, tenths % 10)
            },
        );
        println!("{:>9} {task:<42} {engine:>10} {structs} {goal:>16}", self.0);
    }
}

fn order(plain: &[Plain], compare: impl Fn(&Plain, &Plain) -> std::cmp::Ordering) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..plain.len()).collect();
    rows.sort_by(|a, b| compare(&plain[*a], &plain[*b]));
    rows
}

fn filter(text: &str) -> Filter {
    Filter::parse(text).unwrap_or_default()
}

fn run(rows: usize) {
    let mut random = Random(7);
    let ids = Ids::new(&mut random);
    let mut table = EntryTable::new();
    table.set_names(ids.names());
    let mut append = 0;
    while table.entries() < rows {
        let page: Vec<_> = (0..100).map(|_| entry(&mut random, &ids)).collect();
        let start = Instant::now();
        table.append(&page, &[]);
        append += start.elapsed().as_micros();
    }
    let structs: Vec<Plain> = (0..table.rows()).map(|row| plain(&table, row)).collect();
    let report = Report(rows);
    let runs = if rows > 200_000 { 5 } else { 15 };
    let everything = table.select(&Filter::default(), Grain::Lines);
    report.line("append, pages of 100", append, None, "");

    let by = |column| SortKey {
        column,
        direction: Direction::Descending,
    };
    let sort = |column| micros(runs, || table.order(&everything, &[by(column)]));
    report.line(
        "sort by amount",
        sort(Column::Amount),
        Some(micros(runs, || {
            order(&structs, |a, b| b.amount.cmp(&a.amount))
        })),
        "3,000",
    );
    report.line(
        "sort by instant of purchase",
        sort(Column::Date),
        Some(micros(runs, || {
            order(&structs, |a, b| b.performed.cmp(&a.performed))
        })),
        "3,000",
    );
    let cold = micros(1, || table.order(&everything, &[by(Column::Note)]));
    report.line(
        "sort by note, ranks cold (natural order)",
        cold,
        None,
        "40,000",
    );
    let texts: Vec<&str> = table.distinct(Column::Note).collect();
    let ranks = outlay_table::natural::ranks(&texts);
    table.set_ranks(Column::Note, ranks);
    let texts: Vec<&str> = table.distinct(Column::Employee).collect();
    let ranks = outlay_table::natural::ranks(&texts);
    table.set_ranks(Column::Employee, ranks);
    let sort = |keys: &[SortKey]| micros(runs, || table.order(&everything, keys));
    report.line(
        "sort by note, ranks warm",
        sort(&[by(Column::Note)]),
        Some(micros(runs, || order(&structs, |a, b| b.note.cmp(&a.note)))),
        "4,000",
    );
    report.line(
        "sort by employee, then amount",
        sort(&[by(Column::Employee), by(Column::Amount)]),
        Some(micros(runs, || {
            order(&structs, |a, b| {
                b.employee.cmp(&a.employee).then(b.amount.cmp(&a.amount))
            })
        })),
        "",
    );
    for (task, text, goal) in [
        ("filter amount:500..2500", "amount:500..2500", "1,000"),
        ("filter date:2026-03", "date:2026-03", "1,000"),
        ("filter account=1042,1043", "account=1042,1043", "1,000"),
        ("filter note:lunch", "note:lunch", "5,000"),
        ("filter lunch, in all texts", "lunch", "5,000"),
        (
            "filter amount>100 -receipt \"team lunch\"",
            "amount>100 -receipt \"team lunch\"",
            "",
        ),
    ] {
        let parsed = filter(text);
        let structs = match text {
            "amount:500..2500" => Some(micros(runs, || {
                let rows = structs.iter().enumerate();
                let found = rows.filter(|it| (50_000..=250_000).contains(&it.1.amount));
                found.map(|it| it.0).collect::<Vec<_>>()
            })),
            "note:lunch" => Some(micros(runs, || {
                let rows = structs.iter().enumerate();
                let found = rows.filter(|it| it.1.note.to_lowercase().contains("lunch"));
                found.map(|it| it.0).collect::<Vec<_>>()
            })),
            _ => None,
        };
        let engine = micros(runs, || table.select(&parsed, Grain::Lines));
        report.line(task, engine, structs, goal);
    }
    report.line(
        "totals per currency",
        micros(runs, || table.totals(&everything, Measure::Amount)),
        Some(micros(runs, || {
            let mut sums: HashMap<&str, i64> = HashMap::new();
            for row in &structs {
                *sums.entry(&row.currency).or_default() += row.amount;
            }
            sums
        })),
        "5,000 at 1 M",
    );
    let month = Some(Dimension::Month(Column::Date));
    let account = Some(Dimension::Text(Column::AccountCode));
    report.line(
        "pivot month × account",
        micros(runs, || {
            table.pivot(&everything, month, account, Measure::Amount)
        }),
        Some(micros(runs, || {
            let mut sums: HashMap<_, i64> = HashMap::new();
            for row in &structs {
                let key = (row.month, &*row.account, &*row.currency);
                *sums.entry(key).or_default() += row.amount;
            }
            sums
        })),
        "2,000 / 15,000",
    );
    let vendor = Some(Dimension::Text(Column::VendorId));
    let employee = Some(Dimension::Text(Column::EmployeeId));
    let sparse = micros(runs, || {
        table.pivot(&everything, employee, vendor, Measure::Amount)
    });
    report.line("pivot employee × vendor", sparse, None, "");

    let last = Month {
        year: 2026,
        month: 11,
    };
    if let Some(year) = MonthSpan::ending(last, 12) {
        let scope = OverviewScope {
            basis: DayField::Date,
            period: year,
            listed: year,
            running: last,
            currency: table.company_currency(),
        };
        let overview = micros(runs.min(5), || Overview::of(&table, scope));
        report.line("overview of twelve months", overview, None, "");
    }

    let rows_in_order = table.order(&everything, &[by(Column::Date)]);
    for (task, format) in [
        (
            "CSV, all columns, Excel form",
            Format::Csv(CsvFormat::default()),
        ),
        ("CSV, all columns, plain", Format::Csv(CsvFormat::plain())),
        ("JSON Lines, all columns", Format::JsonLines),
    ] {
        let (mut slowest, mut bytes) = (0, 0);
        let engine = micros(runs.min(5), || {
            bytes = 0;
            let plan = FilePlan {
                format,
                columns: table.ledger_columns(),
                rows: rows_in_order.clone(),
                notes: Vec::new(),
            };
            let mut writer = FileWriter::new(plan, &table);
            loop {
                let start = Instant::now();
                let slice = writer.write_slice(&table, 10_000);
                slowest = slowest.max(start.elapsed().as_micros());
                bytes += black_box(&slice.text).len();
                if slice.done {
                    break;
                }
            }
        });
        let structs = (task == "CSV, all columns, plain").then(|| {
            micros(1, || {
                let mut file = csv::Writer::from_writer(Vec::with_capacity(bytes));
                let columns = table.ledger_columns();
                for row in &rows_in_order {
                    let cells =
                        columns
                            .iter()
                            .map(|column| match table.cell(*row as usize, *column) {
                                outlay_table::csv::CsvCell::Amount(money) => money.decimal(),
                                outlay_table::csv::CsvCell::Date(day) => day.to_string(),
                                outlay_table::csv::CsvCell::Count(count) => count.to_string(),
                                _ => table.text(*row as usize, *column).into_owned(),
                            });
                    let _ = file.write_record(cells);
                }
                file.into_inner().map(|file| file.len()).unwrap_or(0)
            })
        });
        report.line(task, engine, structs, "60,000");
        println!(
            "{:>9} {:<42} {slowest:>10} µs, {} kB",
            "",
            "  slowest slice of 10,000 rows",
            bytes / 1000
        );
    }
    let bytes = table.bytes();
    println!(
        "{rows:>9} {:<42} {:>10} B per row (goal 200)",
        "memory of the table",
        bytes / table.rows()
    );
}

fn main() {
    println!(
        "{:>9} {:<42} {:>10} {:>12} {:>7} {:>16}",
        "rows", "task", "engine µs", "structs µs", "ratio", "goal µs"
    );
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|it| it.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![100_000, 1_000_000]
    } else {
        sizes
    };
    sizes.into_iter().for_each(run);
}
