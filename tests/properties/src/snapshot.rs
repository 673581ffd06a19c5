//! Hostile snapshots: any bytes as a file, and any bytes as the contents of a file whose seal is right.

use outlay_snapshot::bytes::deflate;
use outlay_snapshot::read::{join, read};
use outlay_snapshot::{Header, Part, PartKind, Sealer, SnapshotWriter};
use outlay_table::entry_table::aggregate::Measure;
use outlay_table::{EntryTable, Filter, Grain};

use crate::source::ByteSource;

/// No file crashes the reader. What it accepts can be filtered and added up, and is the same after it has
/// been written and read again.
///
/// # Panics
///
/// The property does not hold.
pub fn snapshot(input: &[u8]) {
    let mut source = ByteSource::new(input);
    if source.bool() {
        let _ = read(input.get(1..).unwrap_or_default().to_vec());
        return;
    }
    let mut parts = Vec::new();
    let header = Header {
        entries: source.byte().into(),
        rows: source.byte().into(),
        tag_groups: (0..source.below(3))
            .map(|group| group.to_string())
            .collect(),
        ..Header::default()
    };
    parts.push(Part {
        kind: PartKind::Header,
        bytes: match source.bool() {
            true => outlay_wire::to_text(&header).into_bytes(),
            false => source.text().into_bytes(),
        },
    });
    while !source.is_empty() && parts.len() < 8 {
        let kind = [PartKind::Texts, PartKind::Names, PartKind::Rows][source.below(3)];
        let packed = source.bool();
        // Numbers and ids stand before the content that is compressed.
        let mut bytes: Vec<u8> = (0..source.below(32)).map(|_| source.byte()).collect();
        let content: Vec<u8> = (0..source.below(256)).map(|_| source.byte()).collect();
        match packed {
            true => deflate(&content, &mut bytes),
            false => bytes.extend(content),
        }
        parts.push(Part { kind, bytes });
    }
    let Ok((header, table)) = read(seal(&parts)) else {
        return;
    };
    let entries = check(&table);
    let mut writer = SnapshotWriter::new(&table, &entries, header.clone());
    let again: Vec<Part> = std::iter::from_fn(|| writer.next_part(&table)).collect();
    match read(seal(&again)) {
        Ok((copy, table)) => {
            assert_eq!(copy, header);
            assert_eq!(check(&table), entries);
        }
        Err(fault) => panic!("{fault}"),
    }
}

fn seal(parts: &[Part]) -> Vec<u8> {
    let mut sealer = Sealer::new();
    parts.iter().for_each(|part| sealer.add(part));
    join(&sealer.finish(false).0, parts)
}

/// Reads every cell; returns the rows of entries.
fn check(table: &EntryTable) -> Vec<u32> {
    let found = table.select(&Filter::default(), Grain::Entries);
    let _ = table.totals(&found, Measure::Billed);
    let _ = table.notes();
    for column in table.columns_with_codes() {
        (0..table.rows()).for_each(|row| drop(format!("{:?}", table.cell(row, column))));
    }
    found
        .rows()
        .rows()
        .filter_map(|row| u32::try_from(row).ok())
        .collect()
}
