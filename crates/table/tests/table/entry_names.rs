//! The names of the ids in one entry.

use outlay_pleo::AccountingEntry;
use outlay_pleo::number::Decimal;
use outlay_table::names::{Coded, LedgerNames};
use outlay_table::{Column, EntryTable};

fn coded(name: &str) -> Coded {
    Coded {
        code: Some([name, "-code"].concat()),
        name: Some(name.to_owned()),
    }
}

/// Names of the ids in [`entry`], and of others.
fn names() -> LedgerNames {
    let mut names = LedgerNames::default();
    for id in ["a1", "a2", "other"] {
        names.accounts.insert(id.into(), coded(id));
        names.employees.insert(id.into(), coded(id));
        names.teams.insert(id.into(), id.to_owned());
        names.suppliers.insert(id.to_owned(), id.to_owned());
        names.supplier_codes.insert(id.to_owned(), id.to_owned());
        names.tax_codes.insert(id.into(), coded(id));
        names.tax_rates.insert(id.into(), Decimal::new(25, -2));
        names.tag_groups.insert(id.into(), id.to_owned());
        names.tags.insert(id.into(), coded(id));
    }
    names
}

fn entry() -> AccountingEntry {
    outlay_wire::from_text(
        r#"{"id":"e","companyId":"c","status":"COMPLETED","family":"CARD_PURCHASE",
        "exportStatus":"NOT_EXPORTED","reviewStatus":"OK",
        "transactionValue":{"currency":"EUR","minors":100},"performedAt":"2026-03-01T10:00:00Z",
        "createdAt":"2026-03-01T10:00:00Z","updatedAt":"2026-03-01T10:00:00Z",
        "employeeId":"a1","teamId":"a1","accountId":"a1","taxCodeId":"a1","receiptIds":[],
        "tags":[{"tagGroupId":"a1","tagId":"a1"}],"supplier":{"externalSupplierId":"a1"},
        "attendees":[{"id":"x","attendableId":"a2","attendableType":"CONTACT"}],"splitItems":[{"id":"s","createdAt":"2026-03-01T10:00:00Z",
        "updatedAt":"2026-03-01T10:00:00Z","accountId":"a2","taxCodeId":"a2",
        "tags":[{"tagGroupId":"a2","tagId":"a2"}],"transactionValue":{"currency":"EUR","minors":100}}]}"#,
    )
    .unwrap()
}

#[test]
fn names_of_an_entry_are_those_of_its_ids_alone_and_label_the_same() {
    let (all, entry) = (names(), entry());
    let few = all.of_entry(&entry);
    assert_eq!(few.accounts.len(), 2);
    assert_eq!(few.tax_codes.len(), 2);
    assert_eq!(few.tax_rates.len(), 2);
    assert_eq!(few.tag_groups.len(), 2);
    assert_eq!(few.tags.len(), 2);
    // Who spent, and an attendee.
    assert_eq!(few.employees.len(), 2);
    let single = [
        few.teams.len(),
        few.suppliers.len(),
        few.supplier_codes.len(),
    ];
    assert_eq!(single, [1; 3]);
    let labelled = |names: LedgerNames| {
        let mut table = EntryTable::new();
        table.append(std::slice::from_ref(&entry), &[]);
        table.set_names(names);
        let rows = 0..table.rows();
        let columns = table.ledger_columns();
        rows.map(|row| {
            let text = |column: &Column| table.text(row, *column).into_owned();
            columns.iter().map(text).collect::<Vec<_>>()
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(labelled(few), labelled(all.clone()));
    assert_eq!(all.employee("a2"), Some("a2"));
    assert_eq!(all.employee("unknown"), None);
}
