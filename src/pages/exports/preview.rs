//! The file as the mapping and the choices of the user make it, computed anew after each change.

use std::sync::Arc;

use outlay_ledger::check::check;
use outlay_ledger::entry::Journal;
use outlay_ledger::format::{JobInfo, Prepared, prepare};
use outlay_ledger::mapping::{MappingDraft, MappingError};
use outlay_ledger::rehearsal::{Rehearsal, rehearse};
use outlay_ledger::{Issue, Mapping};
use outlay_pleo::export::item::ExportItem;
use outlay_pleo::export::job::ExportJob;
use outlay_pleo::id::AccountingEntryId;
use outlay_pleo::time::Instant;

/// Files that were read again and are balanced.
#[derive(Debug)]
pub struct CheckedFiles {
    pub journal: Journal,
    pub mapping: Mapping,
    pub prepared: Prepared,
    pub rehearsal: Rehearsal,
    /// The entries that are in no file.
    pub left_out: Vec<AccountingEntryId>,
    pub job: JobInfo,
}

/// The result of mapping, check and rehearsal.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// The first problem of the mapping.
    pub problem: Option<MappingError>,
    pub issues: Vec<Issue>,
    /// `None` while there is a problem or an issue, or if no entry is left for a file.
    pub files: Option<Arc<CheckedFiles>>,
    /// Whether no entry is left for a file.
    pub is_empty: bool,
    /// Why no file was made although nothing is wrong with the entries: the error in words.
    pub refused: Option<String>,
}

/// Makes the preview.
pub fn preview(
    job: &ExportJob,
    items: &[ExportItem],
    draft: &MappingDraft,
    left_out: &[AccountingEntryId],
) -> Preview {
    let mapping = match draft.mapping() {
        Ok(mapping) => mapping,
        Err(problem) => {
            return Preview {
                problem: Some(problem),
                ..Preview::default()
            };
        }
    };
    let is_empty = items
        .iter()
        .all(|item| left_out.contains(&item.accounting_entry_id));
    let journal = match check(items, &mapping, left_out).journal() {
        Ok(journal) if !is_empty => journal,
        Ok(_) => {
            return Preview {
                is_empty,
                ..Preview::default()
            };
        }
        Err(issues) => {
            return Preview {
                issues,
                ..Preview::default()
            };
        }
    };
    let job = JobInfo {
        id: job.id.clone(),
        company: job.company_id.clone(),
        created: Instant::parse(&job.created_at).unwrap_or(Instant {
            seconds: 0,
            nanos: 0,
        }),
        build: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let refused = |refused: String| Preview {
        refused: Some(refused),
        ..Preview::default()
    };
    let prepared = match prepare(&journal, &mapping, &job) {
        Ok(prepared) => prepared,
        Err(error) => return refused(error.to_string()),
    };
    match rehearse(&prepared, &journal, &mapping) {
        Ok(rehearsal) => Preview {
            files: Some(Arc::new(CheckedFiles {
                journal,
                mapping,
                prepared,
                rehearsal,
                left_out: left_out.to_vec(),
                job,
            })),
            ..Preview::default()
        },
        Err(error) => refused(error.to_string()),
    }
}
