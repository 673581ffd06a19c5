//! The texts of the export pages.

#![allow(missing_docs, reason = "each text says itself what it is")]

use outlay_ledger::run::{Ending, RunStep};
use outlay_pleo::export::status::{ExportJobItemFailureReasonType as Reason, ExportJobStatus};

use crate::messages::counted::counted;

pub const TITLE: &str = "Exports";
pub const BACK: &str = "All exports";
pub const ABOUT: &str = "When someone presses Export in Pleo, the export appears here. Outlay turns it \
    into a journal file for your ledger and reports the result to Pleo.";
pub const EXPORTS: &str = "exports";
pub const ITEMS: &str = "items";

pub fn entries(number: usize, shown: &str) -> String {
    match number {
        1 => [shown, " entry"].concat(),
        _ => [shown, " entries"].concat(),
    }
}

pub fn status(status: &ExportJobStatus) -> &str {
    match status {
        ExportJobStatus::Pending => "Waiting to be started",
        ExportJobStatus::InProgress => "In progress",
        ExportJobStatus::Failed => "Failed",
        ExportJobStatus::Completed => "Completed",
        ExportJobStatus::CompletedWithErrors => "Completed with errors",
        ExportJobStatus::Other(other) => other,
    }
}

/// Shown on the list of exports.
pub mod list {
    pub const CHECK_NOW: &str = "Check now";
    pub const CHECKING: &str = "Checking…";
    pub const NEXT: &str = "Next export";
    pub const NONE: &str = "No export is waiting";
    pub const NONE_HINT: &str = "In Pleo, move entries to the export queue and press Export. The export \
        then appears here.";
    pub const WAITING: &str = "Waiting exports";
    pub const EARLIER: &str = "Earlier exports";
    pub const NO_EARLIER: &str = "No export has ended yet.";
    pub const STATUS: &str = "Status";
    pub const ENTRIES: &str = "Entries";
    pub const CREATED: &str = "Created";
    pub const CREATED_BY: &str = "Created by";
    pub const EXPIRES: &str = "Expires";
    pub const OPEN: &str = "Open";
    pub const START: &str = "Open this export";
    pub const RESUME: &str = "Resume this export";
    pub const ONE_AT_A_TIME: &str = "Outlay processes one export at a time, the oldest first.";
    pub const NOT_STATED: &str = "–";
    pub const EXPIRED_NOW: &str = "Any time now, by the clock of this computer";

    pub fn checked(time: &str, delay: &str) -> String {
        format!("Last checked at {time}. Checked again every {delay} while nothing changes.")
    }

    /// The list is that of an earlier check.
    pub fn check_failed(time: &str, delay: &str) -> String {
        format!(
            "The check at {time} failed. Outlay checks again in {delay}. This list is from the last check."
        )
    }

    pub fn ago(span: &str) -> String {
        [span, " ago"].concat()
    }

    pub fn left(span: &str) -> String {
        ["in ", span].concat()
    }

    pub fn days(days: u64) -> String {
        super::counted(days, "day")
    }

    pub fn open(created: &str) -> String {
        ["Open the export of ", created].concat()
    }
}

/// Shown when the connection may not use exports.
pub mod permission {
    pub const TITLE: &str = "Outlay needs your permission for exports";
    pub const ABOUT: &str = "To show exports and report their results, Outlay needs three more \
        permissions at Pleo:";
    pub const ALLOW: &str = "Allow at Pleo";
    pub const HINT: &str = "You sign in at Pleo again and return to this page. Nothing is changed in Pleo \
        before you start an export.";
    pub const NOT_REGISTERED: &str = "This site is not registered at Pleo for exports. Ask the person who \
        runs it to add these permissions to the registration.";
}

/// Shown while another tab has the job.
pub mod elsewhere {
    pub const TITLE: &str = "This export is open in another tab";
    pub const ABOUT: &str = "An export is worked on in one tab only, so that no entry is reported twice. \
        Continue in the other tab, or close it: this page then continues by itself.";
}

pub const STEP_LIST: &str = "Steps";
pub const STATE: &str = "This export";
pub const STEP: &str = "Current step";
pub const NEXT_IN_PLEO: &str = "Next in Pleo";
pub const UNDO: &str = "Can still be undone";
pub const EXPIRES: &str = "Time left";
pub const DONE: &str = "done";

pub fn heading(entries: &str) -> String {
    ["Export of ", entries].concat()
}

pub fn step_of(number: usize, step: &str) -> String {
    format!("{number} of 8: {step}")
}

pub fn go_to(step: &str) -> String {
    ["Go to ", step].concat()
}

pub fn step(step: RunStep) -> &'static str {
    match step {
        RunStep::Start => "Start",
        RunStep::Fetch => "Load entries",
        RunStep::Check => "Check",
        RunStep::Map => "Mapping",
        RunStep::Rehearse => "Test import",
        RunStep::File => "File",
        RunStep::Report => "Report",
        RunStep::Close => "Finish",
        RunStep::Ended => "Finished",
    }
}

/// What Pleo shows after the next request.
pub fn next_in_pleo(step: RunStep) -> &'static str {
    match step {
        RunStep::Start => "After the start, Pleo shows the export as in progress.",
        RunStep::Fetch | RunStep::Check | RunStep::Map | RunStep::Rehearse | RunStep::File => {
            "Pleo shows the export as in progress until the results are reported."
        }
        RunStep::Report => {
            "After the report, Pleo has the result of each entry. It shows the results when the export is \
             finished."
        }
        RunStep::Close => {
            "After this step, Pleo shows the result of each entry in the export queue."
        }
        RunStep::Ended => "Pleo shows the result of each entry.",
    }
}

/// What the user can still take back.
pub fn undo(step: RunStep, nothing_exported: bool) -> &'static str {
    match (step, nothing_exported) {
        (RunStep::Ended, _) => "Nothing: an ended export cannot be changed.",
        (RunStep::Start, true) => "Everything: no entry has been reported as exported.",
        (RunStep::Close, true) => {
            "The whole export: cancel it, and Pleo puts its entries back into the queue."
        }
        (RunStep::Report, true) => {
            "Everything: no entry has been reported as exported. You can take back that the file was \
             imported, or cancel the export."
        }
        (_, true) => {
            "Everything: no entry has been reported as exported. You can change the mapping, or cancel \
             the export."
        }
        (RunStep::Close, false) => "Nothing: reported results cannot be taken back.",
        (_, false) => "Entries that are not reported yet. Reported results cannot be taken back.",
    }
}

pub fn ending(ending: &Ending) -> (&'static str, &'static str) {
    match ending {
        Ending::Completed => (
            "This export is completed",
            "Pleo shows every entry as exported.",
        ),
        Ending::CompletedWithErrors => (
            "This export is completed with errors",
            "Pleo shows the exported entries as exported. Entries that were left out can be corrected in \
             Pleo and exported again.",
        ),
        Ending::Failed => (
            "This export has failed",
            "Its reported results do not count. Pleo puts the entries back into the export queue.",
        ),
        Ending::Expired => (
            "This export has expired",
            "Pleo received no update in time and ended it. If its file is already in your ledger, remove \
             those vouchers from the ledger before you export the entries again.",
        ),
        Ending::Unknown(_) => (
            "Pleo shows a status that Outlay does not know",
            "Outlay sends nothing for this export. Check it in Pleo.",
        ),
    }
}

/// Shown in the run itself.
pub mod run {
    pub const START: &str = "Start export";
    pub const START_TITLE: &str = "Start";
    pub const START_ABOUT: &str = "Pleo then shows this export as in progress. Nothing is \
        written to your ledger.";
    pub const CANCEL: &str = "Cancel export…";
    pub const READING: &str = "Reading the export from Pleo…";
    pub const WORKING: &str = "Working…";
    pub const LOST: &str = "The answer to the last request did not arrive. Outlay has read the state from \
        Pleo again. Outlay does not resend results that Pleo already has.";
    pub const REFUSED: &str = "Pleo did not accept the last request";
    pub const CHANGED: &str = "This export has changed at Pleo, or another export of the company is in \
        progress. Nothing was stored. Outlay has read its state again: continue with the step that is \
        shown.";
    pub const LOAD_TITLE: &str = "Load entries";
    pub const RETRY: &str = "Load again";
    pub const FAILURE: &str = "Reason";
    pub const CANCELLED_REASON: &str = "Cancelled by the user.";
    pub const NOTHING_REASON: &str = "No entry could be exported.";

    pub const ASK_TITLE: &str = "Was the file already imported?";
    pub const ASK: &str = "This export was started before. Pleo does not know whether its file is already \
        in your ledger. Look in the ledger before you answer: an import that is done twice doubles every \
        voucher.";
    pub const ASK_YES: &str = "Yes, it is in the ledger";
    pub const ASK_NO: &str = "No, not yet";

    pub const MANIFEST_TITLE: &str = "Manifest of the import";
    pub const MANIFEST_ABOUT: &str = "Choose the manifest that you downloaded with the file. It has the \
        voucher numbers and the entries that were left out.";
    pub const MANIFEST: &str = "Manifest file";
    pub const MANIFEST_OTHER: &str = "This manifest belongs to another export.";
    pub const MANIFEST_LOADED: &str =
        "Manifest loaded: the same mapping, and the same entries left out.";

    pub fn without_manifest(entries: &str) -> String {
        format!(
            "Without the manifest, Outlay reports all {entries} that have no result as exported, without \
             voucher numbers."
        )
    }
}

/// Shown in the list of findings.
pub mod check {
    pub const TITLE: &str = "Check";
    pub const NONE: &str = "Every entry can be written to the file.";
    pub const ABOUT: &str = "These entries cannot be written as they are. Complete the mapping below, or \
        leave an entry out: Pleo then shows it as failed, with your reason.";
    pub const ENTRY: &str = "Entry";
    pub const FINDINGS: &str = "Findings";
    pub const LEAVE_OUT: &str = "Leave out";
    pub const LEAVE_ALL_OUT: &str = "Leave all of these out";
    pub const LEFT_OUT: &str = "Left out";
    pub const LEFT_OUT_ABOUT: &str = "These entries are in no file. Pleo shows each as failed with the \
        reason below; the entry can be corrected in Pleo and exported again.";
    pub const REASON: &str = "Reason for Pleo";
    pub const MESSAGE: &str = "Explanation for Pleo";
    pub const PUT_BACK: &str = "Put back";
    pub const NO_DATA: &str = "Pleo sent no bookkeeping data for this entry.";
    pub const UNNAMED: &str = "Entry";
    pub const BY_MANIFEST: &str = "Left out of the imported file.";

    pub fn count(entries: &str) -> String {
        [entries, " with findings"].concat()
    }

    pub fn more(number: &str) -> String {
        ["Not shown: ", number, " more."].concat()
    }

    pub fn leave_out(entry: &str) -> String {
        ["Leave out ", entry].concat()
    }

    pub fn put_back(entry: &str) -> String {
        ["Put back ", entry].concat()
    }

    pub fn message(entry: &str) -> String {
        ["Explanation for ", entry].concat()
    }

    pub fn reason(entry: &str) -> String {
        ["Reason for ", entry].concat()
    }
}

/// Pleo's reasons for a failed item that fit an entry that the user leaves out.
pub const REASONS: [(Reason, &str); 9] = [
    (Reason::AccountUnknown, "Account unknown"),
    (Reason::TaxCodeUnknown, "Tax code unknown"),
    (Reason::VendorUnknown, "Vendor unknown"),
    (Reason::TagUnknown, "Tag unknown"),
    (Reason::ValidationFailure, "Entry is not valid"),
    (
        Reason::AccountingSystemValidationFailure,
        "Rejected by the ledger",
    ),
    (Reason::MissingConfiguration, "Set-up is incomplete"),
    (Reason::InvalidConfiguration, "Set-up is wrong"),
    (Reason::UnexpectedFailure, "Other reason"),
];

/// Shown in the mapping editor.
pub mod mapping {
    pub const TITLE: &str = "Mapping";
    pub const ABOUT: &str = "The mapping says how entries become postings in your ledger. Download it \
        when it is right, and load it for the next export: Outlay stores nothing.";
    pub const FIXED: &str = "The file is marked as imported, so the mapping cannot be changed.";
    pub const FILE: &str = "Load a mapping file";
    pub const FILE_HINT: &str = "Choose the file, or drop it here.";
    pub const DOWNLOAD: &str = "Download mapping";
    pub const LOADED: &str = "Mapping loaded.";
    pub const FORMAT: &str = "File format";
    pub const NOT_VERIFIED: &str = "The columns of this format are not published. Try the file in a test \
        company first.";
    pub const NAME: &str = "Name of the mapping";
    pub const BASE: &str = "Currency of the ledger";
    pub const JOURNAL: &str = "Voucher series";
    pub const FIRST: &str = "First voucher number";
    pub const ROUNDING: &str = "Rounding account";
    pub const TAX_REQUIRED: &str = "Every line needs a tax code";
    pub const VENDOR_REQUIRED: &str = "Every entry needs a vendor";
    pub const GENERAL: &str = "Ledger";
    pub const SETTINGS: &str = "Format settings";
    pub const TEXTS: &str = "Texts";
    pub const TEXT_ENTRY: &str = "Text of an entry";
    pub const TEXT_LINE: &str = "Text of a line";
    pub const TEXT_DOCUMENT: &str = "Document number";
    pub const TEXT_ROUNDING: &str = "Text of a rounding line";
    pub const PLACEHOLDERS: &str = "Words in braces are replaced: ";
    pub const PROBLEM: &str = "The mapping is not complete: ";

    pub const ACCOUNTS: &str = "Accounts";
    pub const CONTRA: &str = "Contra accounts";
    pub const TAX_CODES: &str = "Tax codes";
    pub const VENDORS: &str = "Vendors";
    pub const CURRENCIES: &str = "Currencies";
    pub const TAGS: &str = "Tag groups";
    pub const COLUMNS: &str = "Columns";
    pub const NO_ROWS: &str = "None in this export.";

    pub const AT_PLEO: &str = "At Pleo";
    pub const ACCOUNT: &str = "Account in the ledger";
    pub const TAX_CODE: &str = "Tax code in the ledger";
    pub const RATE: &str = "Rate";
    pub const TAX_ACCOUNT: &str = "Input tax account";
    pub const OWED_ACCOUNT: &str = "Output tax account";
    pub const VENDOR_ACCOUNT: &str = "Vendor account";
    pub const CURRENCY: &str = "Currency code in the ledger";
    pub const EXCHANGE: &str = "Exchange rate";
    pub const DIMENSION: &str = "Dimension";
    pub const REQUIRED: &str = "Required";
    pub const ANY_TYPE: &str = "All types";
    pub const ANY_CURRENCY: &str = "all currencies";
    pub const TYPES: &str = "Types";
    pub const REVERSED: &str = "Switch debit and credit";
    pub const AUTOMATIC: &str = "Accounts with automatic tax (Automatikkonten)";
    pub const AUTOMATIC_RATE: &str = "Tax rate in the ledger";
    pub const IN_LEDGER: &str = "In the ledger";

    pub fn of(column: &str, row: &str) -> String {
        [column, " of ", row].concat()
    }

    pub const LAYOUT: &str = "Rows";
    pub const LAYOUTS: [(&str, &str); 2] = [
        ("postings", "One row per debit and credit"),
        ("pairs", "One row per line, with contra account"),
    ];
    pub const TAX_LINES: &str = "Tax in rows of its own";
    pub const SEPARATOR: &str = "Separator";
    pub const SEPARATORS: [(&str, &str); 3] = [
        ("comma", "Comma"),
        ("semicolon", "Semicolon"),
        ("tab", "Tab"),
    ];
    pub const DECIMAL_COMMA: &str = "Decimal comma: 1234,50";
    pub const DATES: &str = "Dates";
    pub const DATE_FORMS: [(&str, &str); 6] = [
        ("yyyy-mm-dd", "2026-11-22"),
        ("dd/mm/yyyy", "22/11/2026"),
        ("mm/dd/yyyy", "11/22/2026"),
        ("dd.mm.yyyy", "22.11.2026"),
        ("dd-mm-yyyy", "22-11-2026"),
        ("yyyymmdd", "20261122"),
    ];
    pub const ENCODING: &str = "Encoding";
    pub const ENCODINGS: [(&str, &str); 3] = [
        ("utf-8", "UTF-8"),
        ("utf-8-bom", "UTF-8 for Excel"),
        ("windows-1252", "Windows-1252"),
    ];
    pub const HEADER: &str = "Column headers in the first row";
    pub const LONGEST: &str = "Longest text";
    pub const LONGEST_HINT: &str = "Characters; empty for no limit.";

    pub const COMPANY: &str = "Company name";
    pub const ORGANISATION_NUMBER: &str = "Organisation number";
    pub const ORGANISATION_HINT: &str = "For example 556677-8899.";
    pub const NUMBERED: &str = "Write voucher numbers";
    pub const QUOTED: &str = "Voucher numbers in quotation marks";

    pub const CONSULTANT: &str = "Consultant number (Berater)";
    pub const CLIENT: &str = "Client number (Mandant)";
    pub const YEAR_START: &str = "Start of the financial year";
    pub const ACCOUNT_LENGTH: &str = "Digits of an account";
    pub const BATCH_NAME: &str = "Name of the batch";
    pub const INITIALS: &str = "Initials (Diktatkürzel)";
    pub const CHART: &str = "Chart of accounts";
    pub const CHARTS: [(&str, &str); 3] = [("", "Not stated"), ("03", "SKR03"), ("04", "SKR04")];
    pub const LOCK: &str = "Lock the entries (Festschreibung)";

    pub const AMOUNTS: &str = "Amounts";
    pub const AMOUNT_FORMS: [(&str, &str); 2] =
        [("exclusive", "Without tax"), ("inclusive", "With tax")];
    pub const NO_TAX: &str = "Name of the rate without tax";
    pub const LINES_PER_FILE: &str = "Lines per file";

    pub const COLUMN_HEADER: &str = "Header";
    pub const COLUMN_VALUE: &str = "Content";
    pub const COLUMN_TEXT: &str = "Fixed text";
    pub const SWITCH_SIGN: &str = "Switch sign";
    pub const MOVE_LEFT: &str = "Move left";
    pub const REMOVE: &str = "Remove";
    pub const ADD_COLUMN: &str = "Add column";
    pub const FIXED_TEXT: &str = "Fixed text";

    pub fn column(number: usize, what: &str) -> String {
        format!("Column {number}: {what}")
    }

    pub fn tag(group: &str) -> String {
        ["Tag: ", group].concat()
    }

    /// The contents of a column, by the words of the mapping file.
    pub const FIELDS: [(&str, &str); 31] = [
        ("voucher", "Voucher number"),
        ("date", "Bookkeeping date"),
        ("account", "Account"),
        ("accountName", "Account name"),
        ("contraAccount", "Contra account"),
        ("amount", "Amount"),
        ("debit", "Debit"),
        ("credit", "Credit"),
        ("netAmount", "Amount without tax"),
        ("taxAmount", "Tax amount"),
        ("taxCode", "Tax code"),
        ("taxRate", "Tax rate"),
        ("currency", "Currency"),
        ("originalAmount", "Original amount"),
        ("originalCurrency", "Original currency"),
        ("text", "Text"),
        ("kind", "Kind of posting"),
        ("type", "Type at Pleo"),
        ("document", "Document number"),
        ("note", "Note"),
        ("supplier", "Supplier"),
        ("employee", "Employee"),
        ("employeeCode", "Employee code"),
        ("team", "Team"),
        ("teamCode", "Team code"),
        ("vendor", "Vendor"),
        ("vendorCode", "Vendor code"),
        ("invoice", "Invoice number"),
        ("bookId", "Pleo book ID"),
        ("entry", "Entry ID"),
        ("line", "Line ID"),
    ];
}

/// Shown for the file.
pub mod file {
    pub const CHANGES: &str = "Changed texts";
    pub const CHANGES_ABOUT: &str = "The format cannot hold these texts as they are. The file has the \
        changed text.";
    pub const NO_CHANGES: &str = "No text is changed.";
    pub const FIELD: &str = "Field";
    pub const FROM: &str = "Text";
    pub const TO: &str = "In the file";

    pub const REHEARSAL: &str = "Test import";
    pub const REHEARSAL_ABOUT: &str = "An independent reader has read the file again under the rules of \
        the format. These are the balances that the ledger will show.";
    pub const WAITS: &str = "Correct or leave out the entries with findings. Then the test runs.";
    pub const FAILED: &str = "The file was not made";
    pub const ACCOUNT: &str = "Account";
    pub const DEBIT: &str = "Debit";
    pub const CREDIT: &str = "Credit";
    pub const CURRENCY: &str = "Currency";
    pub const COMPUTED: &str = "computed by the ledger";
    pub const TOTAL: &str = "Total";
    pub const BALANCED: &str = "Debit equals credit.";
    pub const PREVIEW: &str = "First lines of the file";

    pub const TITLE: &str = "File";
    pub const ABOUT: &str = "Download the file and its manifest, import the file into your ledger, then \
        confirm the import here.";
    pub const DOWNLOAD: &str = "Download file";
    pub const MANIFEST: &str = "Download manifest";
    pub const MANIFEST_HINT: &str = "Keep the manifest: if this page closes, it shows what was \
        imported.";
    pub const IMPORTED: &str = "The file is in the ledger";
    pub const NOT_IMPORTED: &str = "It was not imported after all";
    pub const DONE: &str = "The file is marked as imported.";
    pub const EMPTY: &str = "Every entry is left out, so there is no file.";

    pub fn download(name: &str) -> String {
        ["Download ", name].concat()
    }

    pub fn facts(rows: &str, bytes: &str) -> String {
        [rows, " rows, ", bytes, " bytes, SHA-256 "].concat()
    }

    pub fn rows(rows: &str) -> String {
        [rows, " rows"].concat()
    }
}

/// Shown for the report and the end.
pub mod report {
    pub const TITLE: &str = "Report";
    pub const ABOUT: &str = "The report gives Pleo the result of each entry: exported with its voucher \
        number, or failed with its reason. A reported result cannot be taken back.";
    pub const WAITS: &str = "The report is possible once the file is in the ledger.";
    pub const RETRY: &str = "Report again";
    pub const RETRY_ALL: &str = "Report all of these again";
    pub const ERRORS: &str = "Not accepted by Pleo";
    pub const ERRORS_ABOUT: &str = "Pleo did not store the result of these entries. Report them again, or \
        finish the export without them.";
    pub const EXPORTED: &str = "Exported";
    pub const FAILED: &str = "Failed";
    pub const OPEN: &str = "Not reported";
    pub const PROGRESS: &str = "Reported entries";

    pub fn button(entries: &str) -> String {
        ["Report ", entries].concat()
    }

    pub fn retry(entry: &str) -> String {
        ["Report again: ", entry].concat()
    }

    pub fn progress(done: &str, all: &str) -> String {
        format!("{done} of {all} reported")
    }

    pub const CLOSE_TITLE: &str = "Finish";
    pub const CLOSE: &str = "Finish export";
    pub const COMPLETED: &str = "Every entry was exported. Pleo will show the export as completed.";
    pub const NONE: &str = "No entry was exported. Pleo will show the export as failed and put the entries \
        back into the queue.";

    pub fn with_errors(exported: &str, other: &str) -> String {
        format!(
            "{exported} exported, {other} not. Pleo will show the export as completed with errors."
        )
    }

    pub fn unreported(entries: &str) -> String {
        [
            entries,
            " without a stored result: Pleo marks them as abandoned.",
        ]
        .concat()
    }
}

/// Shown in the confirmation before each write.
pub mod confirm {
    pub const START: &str = "Start this export?";
    pub const START_EFFECT: &str = "Pleo will show the export as in progress for ";
    pub const REPORT: &str = "Report the results?";
    pub const REPORT_EFFECT: &str = "Pleo will store the result of each entry for ";
    pub const CLOSE: &str = "Finish this export?";
    pub const CLOSE_EFFECT: &str = "Pleo will end the export and show its results for ";
    pub const CANCEL: &str = "Cancel this export?";
    pub const CANCEL_EFFECT: &str = "Pleo will end the export as failed and put its entries back into the \
        queue for ";
    pub const CANCEL_BUTTON: &str = "Cancel export";
    pub const IMPORTED_WARNING: &str =
        "If the file is already in your ledger, remove its vouchers there.";
    pub const FINAL: &str = "This cannot be undone.";
    pub const BACK: &str = "Back";
    pub const END: &str = ".";
}

#[cfg(test)]
mod tests {
    use outlay_ledger::mapping::Field;

    use super::*;

    #[test]
    fn every_field_of_a_column_has_one_label() {
        let words: Vec<&str> = mapping::FIELDS.iter().map(|(word, _)| *word).collect();
        for field in Field::ALL {
            let count = words.iter().filter(|word| **word == field.word()).count();
            assert_eq!(count, 1, "{}", field.word());
        }
        assert_eq!(words.len(), Field::ALL.len());
    }

    #[test]
    fn every_finding_has_a_reason_in_the_list() {
        for code in outlay_ledger::IssueCode::ALL {
            let reason = code.failure();
            assert!(REASONS.iter().any(|(known, _)| *known == reason), "{code}");
        }
    }

    #[test]
    fn reported_results_are_never_called_undoable() {
        for step in RunStep::ALL {
            let words = undo(step, false);
            let is_final = words.contains("cannot be taken back") || step == RunStep::Ended;
            assert!(is_final, "{words}");
        }
    }
}
