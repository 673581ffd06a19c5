//! The body of an error answer.

use outlay_wire::{Value, record};

use crate::open::open_enum;

/// Pleo's error body. It is not RFC 7807, and nothing may depend on it: the status decides, this
/// only explains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiProblem {
    /// Error code of the body (`type`), in `SCREAMING_SNAKE_CASE`.
    pub kind: String,
    /// Pleo's message for developers; may be absent.
    pub message: Option<String>,
}

record!(ApiProblem { kind = "type", message = "message" });

impl ApiProblem {
    /// Returns the code as a documented one, or as `Other` with its text.
    #[must_use]
    pub fn known(&self) -> ProblemKind {
        ProblemKind::from(self.kind.as_str())
    }

    /// Reads an error body `{"type": …, "message": …}`; `None` if it is no JSON object or has neither
    /// text.
    pub fn read(body: &[u8]) -> Option<ApiProblem> {
        let value: Value = outlay_wire::from_bytes(body)?;
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let message = text("message");
        match text("type") {
            Some(kind) => Some(ApiProblem { kind, message }),
            None => message.map(|message| ApiProblem {
                kind: String::new(),
                message: Some(message),
            }),
        }
    }
}

open_enum! {
    /// The codes that Pleo is known to send. Most errors have none that is documented.
    ProblemKind {
        /// The job cannot take the step from the status that it has.
        InvalidExportJobStatusChange = "INVALID_EXPORT_JOB_STATUS_CHANGE",
        /// There is no such export job.
        ExportNotFound = "EXPORT_NOT_FOUND",
        /// No export job has an item of this entry.
        ExportEntryNotFound = "EXPORT_ENTRY_NOT_FOUND",
        /// The company has no contra account for its spend.
        MissingContraAccounts = "MISSING_CONTRA_ACCOUNTS",
        /// The company has an export job that is not over.
        ExportAlreadyInProgress = "EXPORT_ALREADY_IN_PROGRESS",
        /// More than 100 items were reported at once.
        ExportJobItemsUpdateLimit = "EXPORT_JOB_ITEMS_UPDATE_LIMIT",
        /// The job's status does not allow this call about its items.
        ExportJobStatusUnprocessable = "EXPORT_JOB_STATUS_UNPROCESSABLE",
        /// A vendor file with faulty rows.
        ValidationFailed = "VALIDATION_FAILED",
        /// A faulty parameter in the import of a vendor file.
        ParameterValidationFailed = "PARAMETER_VALIDATION_FAILED",
        /// A body that the import of a vendor file cannot read.
        JsonMappingException = "JSON_MAPPING_EXCEPTION",
        /// The import of a vendor file broke off.
        ProcessingFailed = "PROCESSING_FAILED",
        /// There is no such import of a vendor file.
        ImportJobNotFound = "IMPORT_JOB_NOT_FOUND",
        /// The import of a vendor file cannot change to that status.
        InvalidStatusTransition = "INVALID_STATUS_TRANSITION",
    }
}

impl ProblemKind {
    /// Returns the meaning in a plain sentence; `None` for an undocumented code.
    #[must_use]
    pub fn means(&self) -> Option<&'static str> {
        use ProblemKind as P;
        Some(match self {
            P::InvalidExportJobStatusChange => {
                "The export job cannot take this step from the status that it has. It is started \
                 while pending and completed while in progress, it can fail in both, and takes no \
                 step once it is over."
            }
            P::ExportNotFound => "There is no such export job.",
            P::ExportEntryNotFound => "No export job has an item for this entry.",
            P::MissingContraAccounts => {
                "Pleo does not know yet which account stands on the other side of the spend. \
                 An administrator sets the contra accounts in Pleo."
            }
            P::ExportAlreadyInProgress => {
                "Another export job of this company is not over yet. Finish it or let it expire."
            }
            P::ExportJobItemsUpdateLimit => "At most 100 items can be reported at once.",
            P::ExportJobStatusUnprocessable => {
                "The export job's status does not allow this. What is to be booked can be fetched \
                 only while the job is pending or in progress; how it went is to be reported once \
                 the job is started, and before it is over."
            }
            P::ValidationFailed => "Rows of the vendor file are faulty.",
            P::ParameterValidationFailed => "A parameter of the vendor import is faulty.",
            P::JsonMappingException => "Pleo could not read the body of the vendor import.",
            P::ProcessingFailed => "The import of the vendor file broke off.",
            P::ImportJobNotFound => "There is no such import of a vendor file.",
            P::InvalidStatusTransition => "The vendor import cannot go on from where it is.",
            P::Other(_) => return None,
        })
    }
}
