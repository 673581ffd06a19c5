//! Writes a snapshot of a table, part by part.

use outlay_table::EntryTable;
use outlay_table::entry_table::blocks::BlockWriter;

use crate::container::{Part, PartKind};
use crate::header::Header;
use crate::{rows, texts};

/// Makes the parts of a file in their order: the header, rows, texts, names.
#[derive(Debug)]
pub struct SnapshotWriter {
    header: Option<Header>,
    rows: Vec<u32>,
    written: usize,
    blocks: BlockWriter,
    /// The column of the next texts, and how many of its texts are written.
    texts: (usize, usize),
    names: Option<std::vec::IntoIter<Vec<u8>>>,
}

impl SnapshotWriter {
    /// Starts a snapshot of these entries, in this order. `header` is completed with the numbers of
    /// entries and rows and with the tag groups.
    #[must_use]
    pub fn new(table: &EntryTable, entries: &[u32], header: Header) -> SnapshotWriter {
        let rows = table.all_rows_of(entries);
        let blocks = BlockWriter::new(table);
        let groups = blocks.groups().iter();
        let header = Header {
            entries: entries.len() as u64,
            rows: rows.len() as u64,
            tag_groups: groups.map(|group| group.as_str().to_owned()).collect(),
            ..header
        };
        SnapshotWriter {
            header: Some(header),
            rows,
            written: 0,
            blocks,
            texts: (0, 1),
            names: None,
        }
    }

    /// The number of rows written so far, and of all.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.written, self.rows.len())
    }

    /// The highest row number of the snapshot: the table must have it until the last part is written.
    #[must_use]
    pub fn last_row(&self) -> Option<u32> {
        self.rows.iter().max().copied()
    }

    /// The next part; `None` after the last. `table` is the one of [`SnapshotWriter::new`], to which
    /// entries may have been added.
    pub fn next_part(&mut self, table: &EntryTable) -> Option<Part> {
        if let Some(header) = self.header.take() {
            return Some(Part {
                kind: PartKind::Header,
                bytes: outlay_wire::to_text(&header).into_bytes(),
            });
        }
        if self.written < self.rows.len() {
            let end = self.end_of_block(table);
            let rows = &self.rows[self.written..end];
            let block = self.blocks.block(table, rows);
            self.written = end;
            return Some(Part {
                kind: PartKind::Rows,
                bytes: rows::encode(&block),
            });
        }
        while let Some(dictionary) = self.blocks.texts().get(self.texts.0) {
            let (column, first) = self.texts;
            if first >= dictionary.len() {
                self.texts = (column + 1, 1);
                continue;
            }
            let (bytes, count) = texts::encode(column, first, dictionary.iter().skip(first));
            self.texts.1 += count;
            return Some(Part {
                kind: PartKind::Texts,
                bytes,
            });
        }
        let names = self
            .names
            .get_or_insert_with(|| texts::encode_names(table.names()).into_iter());
        Some(Part {
            kind: PartKind::Names,
            bytes: names.next()?,
        })
    }

    /// A block ends where an entry does.
    fn end_of_block(&self, table: &EntryTable) -> usize {
        let mut end = (self.written + rows::ROWS).min(self.rows.len());
        let entry = |at: usize| self.rows.get(at).and_then(|row| table.entry_number(*row));
        while end < self.rows.len() && entry(end) == entry(end - 1) {
            end += 1;
        }
        end
    }
}
