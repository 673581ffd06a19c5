//! The messages between a page and the worker that writes a workbook.
//!
//! They travel as the vault's do: an array with one JSON text, and a transferred `ArrayBuffer` if there
//! is a body. One worker writes one workbook: the page ends it by terminating it.

use outlay_codes::ErrorCode;
use outlay_wire::{record, union};

/// Raised with every change of these types or of [`crate::slice`].
pub const MESSAGE_VERSION: u32 = 1;

/// A message from the page to the worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToWorkbook {
    /// The first message; answered by [`FromWorkbook::Started`].
    Start(WorkbookPlan),
    /// The next rows; the body is a slice ([`crate::slice`]). Answered by [`FromWorkbook::Written`], in
    /// turn. Slices follow until all rows of the plan are sent.
    Rows,
}

union!(ToWorkbook {
    units { Rows = "rows" }
    ones { Start = "start" }
    records {}
    else Rows
});

/// A message from the worker to the page. The bodies in their order are the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromWorkbook {
    /// The worker expects rows.
    Started,
    /// So many rows are in the file so far; the body has the bytes since the last message.
    Written(u32),
    /// The file is complete; the body has its last bytes.
    Done(WorkbookSummary),
    /// The file cannot be written: `workbook_mismatch` or `workbook_lost`.
    Failed(ErrorCode),
    /// The worker's module could not be loaded; sent by `workbook.js` in its place.
    Broken,
}

union!(FromWorkbook {
    units { Started = "started", Broken = "broken" }
    ones { Written = "written", Done = "done", Failed = "failed" }
    records {}
    else Broken
});

/// A workbook without its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkbookPlan {
    /// The page's [`MESSAGE_VERSION`].
    pub version: u32,
    /// Name of the sheet with the rows; cut to 25 characters, without those that Excel rejects.
    pub sheet: String,
    /// Columns from left to right; at most 16,384.
    pub columns: Vec<SheetColumn>,
    /// Number of rows without the header. Rows beyond Excel's limit of 1,048,576 go to further sheets.
    pub rows: u32,
    /// Lines of the last sheet, for example the company and the period.
    pub facts: Vec<Fact>,
    /// Sentences below the facts, for example on what the file lacks.
    pub notes: Vec<String>,
}

record!(WorkbookPlan {
    version = "version", sheet = "sheet", columns = "columns", rows = "rows", facts = "facts",
    notes = "notes",
});

/// A column of the sheet with the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetColumn {
    /// Text in the header row.
    pub header: String,
    /// Width in digits of the default font, 1 to 255.
    pub width: u32,
}

record!(SheetColumn { header = "header", width = "width" });

/// A line of the sheet about the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// What the value is, for example "Company".
    pub label: String,
    /// A text; `None` if the value is a number.
    pub text: Option<String>,
    /// A whole number; `None` if the value is a text.
    pub count: Option<u64>,
}

record!(Fact { label = "label", text = "text", count = "count" });

impl Fact {
    /// Makes a line with a text.
    #[must_use]
    pub fn text(label: &str, text: &str) -> Fact {
        Fact {
            label: label.to_owned(),
            text: Some(text.to_owned()),
            count: None,
        }
    }

    /// Makes a line with a number.
    #[must_use]
    pub fn count(label: &str, count: u64) -> Fact {
        Fact {
            label: label.to_owned(),
            text: None,
            count: Some(count),
        }
    }
}

/// What the writer changed, because a workbook cannot hold it. The file states the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WorkbookSummary {
    /// Characters that files must not contain, replaced by U+FFFD.
    pub replaced: u64,
    /// Texts longer than Excel's 32,767 characters, which end with a note in place of the rest.
    pub cut: u64,
    /// Numbers of more than 15 digits, which Excel would round; they are written as texts.
    pub long_numbers: u64,
    /// Days before 1 March 1900 or after the year 9999, which Excel cannot hold; they are texts.
    pub days_as_text: u64,
}

record!(WorkbookSummary {
    replaced = "replaced", cut = "cut", long_numbers = "longNumbers", days_as_text = "daysAsText",
});
