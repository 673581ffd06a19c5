//! Reads a snapshot into a table, part by part.

use outlay_table::EntryTable;
use outlay_table::entry_table::blocks::{BlockReader, FIXED_TEXTS};
use outlay_table::names::LedgerNames;

use crate::container::{Part, PartKind, SealedFile};
use crate::error::Fault;
use crate::header::Header;
use crate::{rows, texts};

/// Rows of a snapshot, at most.
const MOST_ROWS: usize = 5_000_000;
/// Tag groups of a snapshot, at most: Pleo's companies have a handful.
const MOST_GROUPS: usize = 256;
/// Cells of a snapshot, at most: rows times columns of texts.
const MOST_CELLS: usize = 200_000_000;
/// Bytes of all texts and names, at most.
const LARGEST_TEXTS: usize = 256 << 20;
/// Bytes of the header, at most.
const LARGEST_HEADER: usize = 1 << 20;

/// What has been read so far.
#[derive(Debug)]
pub struct SnapshotReader {
    header: Header,
    /// The number of the next text, by column.
    next_texts: Vec<usize>,
    /// Bytes of all texts and names so far.
    text_bytes: usize,
    table: BlockReader,
    names: LedgerNames,
}

impl SnapshotReader {
    /// Starts with the first part.
    ///
    /// # Errors
    ///
    /// The part is no header.
    pub fn new(header: &[u8]) -> Result<SnapshotReader, Fault> {
        let fault = Fault::Content(0);
        if header.len() > LARGEST_HEADER {
            return Err(fault);
        }
        let header: Header = outlay_wire::from_bytes(header).ok_or(fault)?;
        let groups = header.tag_groups.iter();
        let groups: Vec<_> = groups.map(|id| id.as_str().into()).collect();
        let differ: std::collections::HashSet<&String> = header.tag_groups.iter().collect();
        if groups.len() > MOST_GROUPS || differ.len() != groups.len() {
            return Err(fault);
        }
        Ok(SnapshotReader {
            next_texts: vec![1; FIXED_TEXTS + groups.len()],
            text_bytes: 0,
            table: BlockReader::new(&groups),
            names: LedgerNames::default(),
            header,
        })
    }

    /// What the snapshot is about.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Takes in a part, in the order of [`SealedFile::order`]. `bytes` are not encrypted.
    ///
    /// # Errors
    ///
    /// The part does not follow the format; the reader must be dropped.
    pub fn take(&mut self, number: usize, kind: PartKind, bytes: &[u8]) -> Result<(), Fault> {
        self.take_part(kind, bytes).ok_or(Fault::Content(number))
    }

    fn take_part(&mut self, kind: PartKind, bytes: &[u8]) -> Option<()> {
        match kind {
            PartKind::Header => None,
            PartKind::Texts => {
                let (table, next) = (&mut self.table, &mut self.next_texts);
                let first = |column: usize| next.get(column).copied();
                let mut added = (0, 0);
                let sum = &mut self.text_bytes;
                texts::decode(bytes, first, |column, text| {
                    added = (column, added.1 + 1);
                    *sum += text.len();
                    if *sum > LARGEST_TEXTS {
                        return None;
                    }
                    table.add_text(column, text).ok()
                })?;
                *next.get_mut(added.0)? += added.1;
                Some(())
            }
            PartKind::Names => {
                self.text_bytes += texts::decode_names(bytes, &mut self.names)?;
                (self.text_bytes <= LARGEST_TEXTS).then_some(())
            }
            PartKind::Rows => {
                let block = rows::decode(bytes, self.next_texts.len() - 1)?;
                self.text_bytes += block
                    .unread_dates
                    .iter()
                    .map(|it| it.2.len())
                    .sum::<usize>();
                let rows = self.table.rows() + block.roles.len();
                if rows > MOST_ROWS
                    || rows.saturating_mul(self.next_texts.len()) > MOST_CELLS
                    || self.text_bytes > LARGEST_TEXTS
                {
                    return None;
                }
                self.table.append(&block).ok()
            }
        }
    }

    /// The header and the table.
    ///
    /// # Errors
    ///
    /// The rows are not those that the header states.
    pub fn finish(self) -> Result<(Header, EntryTable), Fault> {
        let fault = Fault::Content(0);
        let table = self.table.finish(self.names).map_err(|_| fault)?;
        let counts = (table.entries() as u64, table.rows() as u64);
        match counts == (self.header.entries, self.header.rows) {
            true => Ok((self.header, table)),
            false => Err(fault),
        }
    }
}

/// Checks and reads a file that is not encrypted, at once.
///
/// # Errors
///
/// The file is no intact snapshot, or is encrypted ([`Fault::Content`] of the header).
pub fn read(bytes: Vec<u8>) -> Result<(Header, EntryTable), Fault> {
    let file = SealedFile::open(bytes)?;
    for part in 0..file.parts() {
        file.check(part)?;
    }
    let header = file.part(0).filter(|_| !file.is_encrypted());
    let mut reader = SnapshotReader::new(header.ok_or(Fault::Content(0))?.1)?;
    for number in file.order().into_iter().skip(1) {
        let (kind, bytes) = file.part(number).ok_or(Fault::Content(number))?;
        reader.take(number, kind, bytes)?;
    }
    reader.finish()
}

/// Joins the beginning of a file and its parts.
#[must_use]
pub fn join(head: &[u8], parts: &[Part]) -> Vec<u8> {
    let mut file = head.to_vec();
    parts
        .iter()
        .for_each(|part| file.extend_from_slice(&part.bytes));
    file
}
