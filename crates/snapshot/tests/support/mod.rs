//! Sealed files of generated entries.

#![allow(dead_code, reason = "each test uses a part of it")]

use outlay_pleo::AccountingEntry;
use outlay_snapshot::read::join;
use outlay_snapshot::{Header, Part, Sealer, SnapshotWriter};
use outlay_table::{EntryTable, Filter, Grain};

/// The rows of every entry of a table.
pub fn entries(table: &EntryTable) -> Vec<u32> {
    let all = table.select(&Filter::default(), Grain::Entries);
    all.rows()
        .rows()
        .map(|row| u32::try_from(row).unwrap())
        .collect()
}

pub fn table(entries: &[AccountingEntry]) -> EntryTable {
    let mut table = EntryTable::new();
    table.append(entries, &[]);
    table
}

pub fn header() -> Header {
    Header {
        company_id: "c".to_owned(),
        company: "Example Ltd".to_owned(),
        environment: "Sandbox".to_owned(),
        filter: "date:2026-03".to_owned(),
        sealed_at: "2026-04-02T08:00:00.000Z".to_owned(),
        complete: true,
        loaded: 7,
        total: Some(7),
        ..Header::default()
    }
}

/// Every part of a snapshot of these entries.
pub fn parts(table: &EntryTable, entries: &[u32]) -> Vec<Part> {
    let mut writer = SnapshotWriter::new(table, entries, header());
    std::iter::from_fn(|| writer.next_part(table)).collect()
}

/// The file of parts.
pub fn seal(parts: &[Part]) -> Vec<u8> {
    let mut sealer = Sealer::new();
    parts.iter().for_each(|part| sealer.add(part));
    join(&sealer.finish(false).0, parts)
}
