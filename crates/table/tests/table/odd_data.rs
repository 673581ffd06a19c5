//! Inputs of public reports, each with its right value.

use outlay_pleo::entry::AccountingEntryTag;
use outlay_pleo::time::Timestamp;
use outlay_pleo::{AccountingEntry, Money, SplitItem, Unreadable};
use outlay_table::csv::CsvFormat;
use outlay_table::entry_table::Flag;
use outlay_table::entry_table::aggregate::Measure;
use outlay_table::entry_table::sort::{Direction, SortKey};
use outlay_table::file_writer::{FilePlan, FileWriter, Format};
use outlay_table::spreadsheet::restore;
use outlay_table::{Column, EntryTable, Filter, Grain, RowNotes};
use proptest::strategy::{Strategy, ValueTree};

use crate::generate::{currency, names};

fn money(code: &str, minors: i64) -> Money {
    Money {
        currency: currency(code),
        minors,
    }
}

/// A purchase without parts.
fn entry(id: &str, value: Money, note: &str) -> AccountingEntry {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut entry = crate::generate::entry()
        .new_tree(&mut runner)
        .unwrap()
        .current();
    entry.id = id.into();
    entry.transaction_value = value;
    entry.total_bill_value = None;
    entry.note = Some(note.to_owned());
    entry.split_items.clear();
    entry.tags.clear();
    entry.account_id = None;
    entry.account_code = None;
    entry.tax_code_id = None;
    entry.status = "COMPLETED".into();
    entry.family = "CARD_PURCHASE".into();
    entry.deleted_at = None;
    entry.performed_at = "2026-03-31T12:00:00Z".into();
    entry
}

fn table(entries: &[AccountingEntry]) -> EntryTable {
    let mut table = EntryTable::new();
    table.set_names(names());
    table.append(entries, &[]);
    table
}

fn found(table: &EntryTable, filter: &str, grain: Grain) -> Vec<String> {
    let rows = table.select(&Filter::parse(filter).unwrap(), grain);
    let ids = rows
        .rows()
        .rows()
        .map(|row| table.text(row, Column::EntryId).into_owned());
    ids.collect()
}

fn file(table: &EntryTable, form: CsvFormat, columns: &[Column]) -> String {
    let all = table.select(&Filter::default(), Grain::Lines);
    let plan = FilePlan {
        format: Format::Csv(form),
        columns: columns.to_vec(),
        rows: table.order(&all, &[]),
        notes: Vec::new(),
    };
    FileWriter::new(plan, table)
        .write_slice(table, usize::MAX)
        .text
}

#[test]
fn a_split_of_a_hundred_has_three_lines_that_add_up_and_is_counted_once() {
    let mut whole = entry("split", money("EUR", 10_000), "Supplies");
    let part = |id: &str, minors, account: &str, tag: &str| SplitItem {
        id: id.into(),
        tags: vec![AccountingEntryTag {
            tag_group_id: "g1".into(),
            tag_id: Some(tag.into()),
        }],
        created_at: Timestamp::default(),
        updated_at: Timestamp::default(),
        account_id: None,
        account_code: Some(account.to_owned()),
        tax_code_id: Some("x1".into()),
        total_bill_value: None,
        transaction_value: Some(money("EUR", minors)),
    };
    whole.split_items = vec![
        part("p1", 3333, "4010", "t1"),
        part("p2", 3333, "6110", "t2"),
        part("p3", 3334, "7210", "t1"),
    ];
    let table = table(&[whole, entry("other", money("EUR", -500), "Refund")]);
    assert_eq!((table.entries(), table.rows()), (2, 5));
    for (grain, rows) in [(Grain::Entries, 2), (Grain::Lines, 4)] {
        let all = table.select(&Filter::default(), grain);
        let totals = table.totals(&all, Measure::Amount);
        assert_eq!(totals.len(), 1);
        let cell = totals[0];
        assert_eq!(
            (cell.minors, cell.rows, cell.entries),
            (Some(9_500), rows, 2)
        );
    }
    assert_eq!(found(&table, "account:6110", Grain::Entries), ["split"]);
    assert_eq!(found(&table, "-account:6110", Grain::Entries), ["other"]);
    assert_eq!(found(&table, "account:6110", Grain::Lines), ["split"]);
    assert_eq!(found(&table, "tag:sales", Grain::Lines), ["split", "split"]);
    let file = file(
        &table,
        CsvFormat::plain(),
        &[Column::AccountCode, Column::Amount, Column::EntryId],
    );
    let expected = "Account code,Amount,Entry id\r\n4010,33.33,split\r\n6110,33.33,split\r\n\
                    7210,33.34,split\r\n,-5.00,other\r\n";
    assert_eq!(file, expected);
}

#[test]
fn amounts_of_every_decimals_are_written_compared_and_sorted_by_value() {
    let values = [
        ("yen", money("JPY", 1500)),
        ("dinar", money("KWD", 1_500_250)),
        ("euro", money("EUR", 150_001)),
        ("refund", money("EUR", -1)),
        ("unknown", money("UNDEFINED", 1500)),
        ("fund", money("CLF", 15_000_001)),
    ];
    let table = table(&values.map(|(id, value)| entry(id, value, "")));
    let file = file(
        &table,
        CsvFormat::plain(),
        &[Column::Amount, Column::Currency],
    );
    let lines: Vec<&str> = file.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "1500,JPY",
            "1500.250,KWD",
            "1500.01,EUR",
            "-0.01,EUR",
            "\"1500 minor units, decimals not known\",UNDEFINED",
            "1500.0001,CLF",
        ]
    );
    assert_eq!(
        found(&table, "amount>1500", Grain::Lines),
        ["dinar", "euro", "fund"]
    );
    assert_eq!(found(&table, "amount:1500", Grain::Lines), ["yen"]);
    assert_eq!(found(&table, "amount<0", Grain::Lines), ["refund"]);
    assert_eq!(
        found(&table, "-amount>0 -amount<=0", Grain::Lines),
        ["unknown"]
    );
    let all = table.select(&Filter::default(), Grain::Lines);
    let by_value = SortKey {
        column: Column::Amount,
        direction: Direction::Descending,
    };
    let order = table.order(&all, &[by_value]);
    assert_eq!(order, [1, 2, 5, 0, 3, 4]);
    let undefined = table.totals(&all, Measure::Amount).into_iter();
    let undefined = undefined.filter(|it| it.currency == Some(currency("UNDEFINED")));
    let sums: Vec<_> = undefined.map(|it| (it.minors, it.rows)).collect();
    assert_eq!(sums, [(None, 1)]);
}

#[test]
fn extreme_amounts_neither_overflow_a_sum_nor_a_sort() {
    let extremes = [i64::MAX, i64::MIN, i64::MAX, 0, -1, i64::MIN + 1];
    let entries: Vec<_> = (0..)
        .zip(extremes)
        .map(|(at, minors)| entry(&format!("e{at}"), money("JPY", minors), ""))
        .chain([entry("small", money("CLF", 1), "")])
        .collect();
    let table = table(&entries);
    let all = table.select(&Filter::default(), Grain::Lines);
    let sums: Vec<_> = table
        .totals(&all, Measure::Amount)
        .iter()
        .map(|it| it.minors)
        .collect();
    // 2 · MAX + MIN + MIN + 1 - 1 = -2.
    assert_eq!(sums, [Some(1), Some(-2)]);
    let largest = table.select(&Filter::parse("id:e0 OR id:e2").unwrap(), Grain::Lines);
    assert_eq!(table.totals(&largest, Measure::Amount)[0].minors, None);
    let order = |direction| {
        let column = Column::Amount;
        table.order(&all, &[SortKey { column, direction }])
    };
    assert_eq!(order(Direction::Ascending), [1, 5, 4, 3, 6, 0, 2]);
    assert_eq!(order(Direction::Descending), [0, 2, 6, 3, 4, 5, 1]);
}

#[test]
fn long_notes_bidirectional_text_and_formulas_are_stored_found_and_written_whole() {
    let long = ["x".repeat(200_000), "needle".to_owned()].concat();
    let notes = [
        &*long,
        "\u{202e}00.5 EUR",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} -12.50",
        "Team lunch \u{fffd}",
        "hello;=1+2",
        "000123",
        "\u{1f600}\u{1f600}",
    ];
    let entries: Vec<_> = (0..)
        .zip(notes)
        .map(|(at, note)| entry(&format!("e{at}"), money("EUR", 1), note))
        .collect();
    let table = table(&entries);
    for (row, note) in notes.iter().enumerate() {
        assert_eq!(table.text(row, Column::Note), *note);
    }
    assert_eq!(found(&table, "needle", Grain::Lines), ["e0"]);
    assert_eq!(
        found(
            &table,
            "note:\"\u{5e9}\u{5dc}\u{5d5}\u{5dd}\"",
            Grain::Lines
        ),
        ["e2"]
    );
    assert_eq!(found(&table, "\"00.5 eur\"", Grain::Lines), ["e1"]);
    let file = file(&table, CsvFormat::default(), &[Column::Note]);
    let mut reader = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let cells: Vec<String> = reader
        .records()
        .map(|it| it.unwrap()[0].to_owned())
        .collect();
    for (cell, note) in cells.iter().zip(notes) {
        assert_eq!(restore(cell), note);
    }
    assert_eq!(cells[4], "hello;'=1+2");
    assert_eq!(cells[5], "'000123");
}

#[test]
fn an_entry_that_comes_again_replaces_its_rows_and_a_failed_reading_does_not() {
    let mut table = table(&[
        entry("a", money("EUR", 1), "first"),
        entry("b", money("EUR", 10), "other"),
    ]);
    let failed = Unreadable {
        id: Some("a".to_owned()),
        field: "updatedAt".to_owned(),
        performed_at: None,
    };
    assert_eq!(table.append(&[], std::slice::from_ref(&failed)), 0);
    assert_eq!(found(&table, "", Grain::Lines), ["a", "b"]);
    let mut later = entry("a", money("EUR", 5), "second");
    later.deleted_at = Some("2026-04-01T00:00:00Z".into());
    assert_eq!(table.append(&[later], &[]), 0);
    assert_eq!(found(&table, "", Grain::Lines), ["b", "a"]);
    assert_eq!(found(&table, "first", Grain::Lines), Vec::<String>::new());
    let row = table.row_of("a").unwrap();
    assert!(table.has_flag(row, Flag::Deleted));
    let all = table.select(&Filter::default(), Grain::Lines);
    assert_eq!(table.totals(&all, Measure::Amount)[0].minors, Some(15));
    // A record without an id is a row of its own each time.
    let nameless = Unreadable { id: None, ..failed };
    assert_eq!(table.append(&[], &[nameless.clone(), nameless]), 2);
    assert_eq!(found(&table, "unreadable", Grain::Entries).len(), 2);
    table.clear();
    assert_eq!((table.rows(), table.entries()), (0, 0));
    assert_eq!(table.names(), &names());
}

#[test]
fn names_that_are_missing_are_listed_and_their_columns_hold_ids() {
    let mut one = entry("a", money("EUR", 1), "");
    one.account_id = Some("a9".into());
    one.tax_code_id = Some("x1".into());
    one.tags = vec![AccountingEntryTag {
        tag_group_id: "g2".into(),
        tag_id: Some("t3".into()),
    }];
    let mut table = table(&[one]);
    let missing = table.missing_names();
    let accounts: Vec<_> = missing.accounts.iter().map(|id| id.as_str()).collect();
    assert_eq!(accounts, ["a9"]);
    assert!(missing.tax_codes.is_empty());
    let groups: Vec<_> = missing.tag_groups.iter().map(|id| id.as_str()).collect();
    let tags: Vec<_> = missing.tags.iter().map(|id| id.as_str()).collect();
    assert_eq!((groups, tags), (vec!["g2"], vec!["t3"]));
    assert!(table.ledger_columns().contains(&Column::TagId(0)));
    assert_eq!(table.header(Column::TagId(0)), "Tag id: g2");
    let mut more = names();
    more.tag_groups.insert("g2".into(), "Project".to_owned());
    more.tags
        .insert("t3".into(), more.tags[&"t1".into()].clone());
    table.set_names(more);
    assert!(table.ledger_columns().contains(&Column::Tag(0)));
    assert_eq!(table.header(Column::Tag(0)), "Tag: Project");
    assert_eq!(table.text(0, Column::Tag(0)), "100 Sales");
    assert_eq!(table.text(0, Column::TaxRate), "12.5");
    assert_eq!(found(&table, "tag.project:100", Grain::Lines), ["a"]);
}

#[test]
fn notes_count_odd_rows_of_the_present_versions() {
    let at = |id: &str, performed: &str, booked: Option<&str>| {
        let mut entry = entry(id, money("EUR", 1), "");
        entry.performed_at = performed.into();
        entry.bookkeeping_date = booked.map(Into::into);
        entry
    };
    let day = "2026-03-31T22:00:00Z";
    let mut unknown = at("f", day, None);
    unknown.transaction_value = money("ABC", 1250);
    let mut table = table(&[
        at("a", day, Some("2026-03-31T22:00:00Z")),
        at("b", day, Some("2026-03-31T23:00:00Z")),
        at("c", day, Some("2026-04-01T00:00:00+02:00")),
        at("d", "2026-03-31T22:00:00", None),
        at("e", "soon", None),
        unknown,
    ]);
    let failed = Unreadable {
        id: Some("g".to_owned()),
        field: "updatedAt".to_owned(),
        performed_at: None,
    };
    table.append(&[], &[failed]);
    let expected = RowNotes {
        unreadable: 1,
        undated: 1,
        without_zone: 1,
        local_midnights: 2,
        unknown_decimals: 1,
    };
    assert_eq!(table.notes(), expected);
    // A version that can be read takes the note away.
    table.append(&[at("g", day, None), at("e", day, None)], &[]);
    let expected = RowNotes {
        unreadable: 0,
        undated: 0,
        ..expected
    };
    assert_eq!(table.notes(), expected);
}

#[test]
fn rows_are_described_by_note_document_vendor_or_type_and_faulty_ones_by_id_and_field() {
    let mut documented = entry("b", money("EUR", 1), "  ");
    documented.supplier = Some(outlay_pleo::entry::EntrySupplier {
        document_number: Some("INV 7".to_owned()),
        ..Default::default()
    });
    let mut bare = entry("c", money("EUR", 1), "");
    bare.supplier = None;
    bare.account_id = Some("a1".into());
    let mut table = table(&[
        entry("a", money("EUR", 1), " Team lunch "),
        documented,
        bare,
    ]);
    let failed = |id: Option<&str>, field: &str| Unreadable {
        id: id.map(str::to_owned),
        field: field.to_owned(),
        performed_at: None,
    };
    table.append(&[], &[failed(Some("d"), "updatedAt"), failed(None, "")]);
    let described = (0..table.rows()).map(|row| table.description(row).into_owned());
    assert_eq!(
        described.collect::<Vec<_>>(),
        [
            "Team lunch",
            "INV 7",
            "Card purchase",
            "Could not be read: d, field updatedAt",
            "Could not be read: without id",
        ]
    );
    assert_eq!(table.account_label(0), "");
    let account = &names().accounts[&"a1".into()];
    assert_eq!(table.account_label(2), account.label());
}

#[test]
fn lines_of_entries_are_the_parts_in_the_order_of_the_entries() {
    let part = |id: &str, minors| SplitItem {
        id: id.into(),
        tags: Vec::new(),
        created_at: "2026-01-01T00:00:00Z".into(),
        updated_at: "2026-01-01T00:00:00Z".into(),
        account_id: None,
        account_code: None,
        tax_code_id: None,
        total_bill_value: None,
        transaction_value: Some(money("EUR", minors)),
    };
    let mut split = entry("b", money("EUR", 30), "");
    split.split_items = vec![part("p1", 10), part("p2", 20)];
    let table = table(&[
        entry("a", money("EUR", 5), ""),
        split,
        entry("c", money("EUR", 7), ""),
    ]);
    let newest = [4, 1, 0];
    assert_eq!(table.lines_of(&newest), [4, 2, 3, 0]);
    assert_eq!(table.parts_of(1), 2..4);
    assert!(table.parts_of(0).is_empty() && table.parts_of(99).is_empty());
}
