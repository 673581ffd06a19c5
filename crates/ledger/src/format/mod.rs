//! The file formats: each is a module with a writer and a reader that share nothing but the types of the
//! mapping. [`prepare`] writes, [`crate::rehearsal`] reads again.

pub mod csv;
pub mod datev;
pub mod economic;
pub mod quickbooks;
pub mod sie;
pub mod xero;

mod cells;
mod limits;
mod texts;

use outlay_pleo::id::{CompanyId, ExportJobId};
use outlay_pleo::time::Instant;
use sha2::{Digest, Sha256};

use crate::entry::{Entry, Journal, Line, Posting};
use crate::issue::Refusal;
use crate::mapping::{Format, Mapping, Settings};
use crate::text::Change;
pub(crate) use limits::check_entry;

/// Facts about the export job, for the head of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobInfo {
    /// Id of the export job.
    pub id: ExportJobId,
    /// Id of the company.
    pub company: CompanyId,
    /// When the job was made. The files bear this date and no other, so that the same job gives the same
    /// bytes.
    pub created: Instant,
    /// Version of this program.
    pub build: String,
}

/// A file for download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFile {
    /// ASCII file name with extension.
    pub name: String,
    /// Media type for the download.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Number of postings, without header rows.
    pub rows: usize,
    /// The SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
}

/// The place of a posting in the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// Index of the file, from 0.
    pub file: usize,
    /// Line in the file, from 1.
    pub line: usize,
    /// Index of the entry in the journal.
    pub entry: usize,
    /// Index of the posting in the entry.
    pub posting: usize,
}

/// The files of a journal before they are verified by reading them again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The files; several if the format limits the length of one.
    pub files: Vec<LedgerFile>,
    /// Every text that the format changes; must be shown before the download.
    pub changes: Vec<Change>,
    /// Place of each posting, in the order of the files.
    pub trace: Vec<Trace>,
}

/// Writes the files of a journal. The same journal, mapping and job give the same bytes.
///
/// # Errors
///
/// `journal_empty` if there is no entry; `mapping_value_invalid` and the other codes of
/// [`Mapping::check`]; `entry_unbalanced` if debit and credit of an entry differ, which the rounding line of
/// each entry rules out: this is the last check before bytes are written.
pub fn prepare(journal: &Journal, mapping: &Mapping, job: &JobInfo) -> Result<Prepared, Refusal> {
    mapping
        .check()
        .map_err(|error| Refusal::new(error.code, error.to_string()))?;
    if journal.entries.is_empty() {
        return Err(Refusal::new("journal_empty", "There is no entry to write."));
    }
    for entry in &journal.entries {
        let postings = entry.postings(mapping.settings.style());
        let sum: i128 = postings
            .iter()
            .map(|one| i128::from(one.amount) + i128::from(one.computed))
            .sum();
        if sum != 0 {
            return Err(Refusal::of(
                "entry_unbalanced",
                &entry.id,
                "Debit and credit differ.",
            ));
        }
    }
    let mut texts = texts::Texts::default();
    let parts = match &mapping.settings {
        Settings::Csv(settings) => csv::writer::write(journal, mapping, settings, &mut texts),
        Settings::Sie(settings) => sie::writer::write(journal, mapping, settings, job, &mut texts),
        Settings::Datev(settings) => {
            datev::writer::write(journal, mapping, settings, job, &mut texts)
        }
        Settings::Xero(settings) => xero::writer::write(journal, mapping, settings, &mut texts),
        Settings::QuickBooks(settings) => {
            quickbooks::writer::write(journal, mapping, *settings, &mut texts)
        }
        Settings::Economic(settings) => {
            economic::writer::write(journal, mapping, *settings, &mut texts)
        }
    };
    let count = parts.len();
    let mut prepared = Prepared {
        files: Vec::new(),
        changes: texts.changes,
        trace: Vec::new(),
    };
    for (file, part) in parts.into_iter().enumerate() {
        prepared.files.push(LedgerFile {
            name: file_name(mapping.format(), job, (count > 1).then_some(file + 1)),
            media_type: media_type(mapping.format()),
            rows: part.places.len(),
            sha256: sha256(&part.bytes),
            bytes: part.bytes,
        });
        let trace = part.places.into_iter().map(|(line, entry, posting)| Trace {
            file,
            line,
            entry,
            posting,
        });
        prepared.trace.extend(trace);
    }
    Ok(prepared)
}

/// The bytes of one file, and the places of its postings: line, entry, posting.
pub(crate) struct Part {
    /// Encoded content of the file.
    pub bytes: Vec<u8>,
    /// Line, entry and posting of each row.
    pub places: Vec<(usize, usize, usize)>,
}

/// A posting with what it belongs to.
pub(crate) struct Row<'a> {
    /// Entry of the row.
    pub entry: &'a Entry,
    /// Posting of the row.
    pub posting: &'a Posting,
    /// Line of the posting; `None` for contra and rounding postings.
    pub line: Option<&'a Line>,
}

/// The postings of an entry, as the format writes them.
pub(crate) fn postings(entry: &Entry, mapping: &Mapping) -> Vec<Posting> {
    match mapping.settings.in_pairs() {
        true => entry.pairs(),
        false => entry.postings(mapping.settings.style()),
    }
}

impl<'a> Row<'a> {
    /// Makes the row of a posting.
    pub fn of(entry: &'a Entry, posting: &'a Posting) -> Row<'a> {
        let line = posting.line.and_then(|at| entry.lines.get(at));
        Row {
            entry,
            posting,
            line,
        }
    }

    /// Returns the codes of the line's tags in the groups that map to a dimension.
    pub fn tags_of(&self, mapping: &Mapping, dimension: &str) -> Vec<&'a str> {
        let tags = self.line.iter().flat_map(|line| &line.tags);
        let of_dimension = tags.filter(|tag| mapping.dimension(&tag.group) == Some(dimension));
        of_dimension.map(|tag| tag.code.as_str()).collect()
    }
}

/// The dimensions of the mapping's tag rules, each once, in their order.
pub(crate) fn dimensions(mapping: &Mapping) -> Vec<&str> {
    let mut names = Vec::new();
    for rule in &mapping.tags {
        if !rule.to.is_empty() && !names.contains(&rule.to.as_str()) {
            names.push(rule.to.as_str());
        }
    }
    names
}

/// The SHA-256 of bytes, in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn file_name(format: Format, job: &JobInfo, number: Option<usize>) -> String {
    let job: String = job
        .id
        .as_str()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    let number = number
        .map(|number| format!("_{number}"))
        .unwrap_or_default();
    match format {
        Format::Datev => format!("EXTF_Buchungsstapel_{job}{number}.csv"),
        Format::Sie => format!("outlay_sie_{job}{number}.si"),
        format => format!("outlay_{}_{job}{number}.csv", format.word()),
    }
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Sie => "application/octet-stream",
        Format::Csv | Format::Datev | Format::Xero | Format::QuickBooks | Format::Economic => {
            "text/csv"
        }
    }
}
