//! The step of a run that the user is at.

use super::{ExportRun, Phase};

/// The steps in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunStep {
    /// Start the job.
    Start,
    /// Load the items.
    Fetch,
    /// Correct or leave out entries that cannot be written.
    Check,
    /// Complete the mapping.
    Map,
    /// Read the file again by the second parser.
    Rehearse,
    /// Download the file and import it.
    File,
    /// Report the items.
    Report,
    /// End the job.
    Close,
    /// The job has ended.
    Ended,
}

impl RunStep {
    /// The steps that a user goes through.
    pub const ALL: [RunStep; 8] = [
        RunStep::Start,
        RunStep::Fetch,
        RunStep::Check,
        RunStep::Map,
        RunStep::Rehearse,
        RunStep::File,
        RunStep::Report,
        RunStep::Close,
    ];
}

/// The facts that [`ExportRun`] does not have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StepFacts {
    /// Whether the bookkeeping data of every item is loaded.
    pub loaded: bool,
    /// Whether the mapping is valid.
    pub mapped: bool,
    /// Whether entries with findings are left that are neither corrected nor left out.
    pub findings: bool,
    /// Whether the second parser found the file balanced, or no entry is left for a file.
    pub rehearsed: bool,
    /// Whether the user has stated that the file is in the ledger.
    pub imported: bool,
}

impl ExportRun {
    /// Returns the step that the user is at.
    #[must_use]
    pub fn step(&self, facts: StepFacts) -> RunStep {
        match self.phase() {
            Phase::Ended(_) => return RunStep::Ended,
            Phase::Unread | Phase::Pending | Phase::AskImported => return RunStep::Start,
            Phase::Running => {}
        }
        if self.closing().is_some() {
            return RunStep::Close;
        }
        match facts {
            StepFacts { loaded: false, .. } => RunStep::Fetch,
            StepFacts { mapped: false, .. } => RunStep::Map,
            StepFacts { findings: true, .. } => RunStep::Check,
            StepFacts {
                rehearsed: false, ..
            } => RunStep::Rehearse,
            StepFacts {
                imported: false, ..
            } => RunStep::File,
            _ => RunStep::Report,
        }
    }
}
