//! A view of the entries: filter, sort keys and columns as the texts that an address holds, and as a small
//! file.

use outlay_wire::{Value, parse, to_text};

use crate::column::Column;
use crate::entry_table::EntryTable;
use crate::filter::{self, Filter};

/// The largest file that can be a view, in bytes.
pub const LARGEST_FILE: usize = 64_000;

/// The least and the largest width of a column, in tenths of a rem.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 30..=900;

/// The value of `kind` in every file.
const KIND: &str = "outlay-entries-view";
/// The value of `version` in every file.
const VERSION: u64 = 1;

/// A visible column with its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownColumn {
    /// The column.
    pub column: Column,
    /// The width that the user has set, in tenths of a rem; `None` for the column's own.
    pub width: Option<u32>,
}

impl ShownColumn {
    /// The column with its own width.
    #[must_use]
    pub const fn of(column: Column) -> Self {
        Self {
            column,
            width: None,
        }
    }
}

impl EntryTable {
    /// Returns the columns of a text such as `date,note~240,tag.7f3a`: keys separated by commas, each with
    /// the width in tenths of a rem after `~` if it is not the column's own. Leaves out columns that the
    /// table does not have, and repetitions. Brings a width within [`WIDTHS`].
    #[must_use]
    pub fn shown_columns(&self, text: &str) -> Vec<ShownColumn> {
        let mut shown = Vec::<ShownColumn>::new();
        for item in text.split(',') {
            let (key, width) = match item.rsplit_once('~') {
                Some((key, width)) => (key, width.parse().ok()),
                None => (item, None),
            };
            let Some(column) = self.column_of_key(key) else {
                continue;
            };
            if shown.iter().all(|it| it.column != column) {
                let width = width.map(|width: u32| width.clamp(*WIDTHS.start(), *WIDTHS.end()));
                shown.push(ShownColumn { column, width });
            }
        }
        shown
    }

    /// Returns the text that [`EntryTable::shown_columns`] reads.
    #[must_use]
    pub fn columns_text(&self, columns: &[ShownColumn]) -> String {
        let items = columns.iter().map(|shown| {
            let key = self.key(shown.column);
            match shown.width {
                Some(width) => [&key, "~", &*width.to_string()].concat(),
                None => key,
            }
        });
        items.collect::<Vec<_>>().join(",")
    }
}

/// A view, as the address has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntriesView {
    /// The filter in the language of [`Filter`].
    pub filter: String,
    /// The sort keys, such as `-amount,employee`; empty for the page's own order.
    pub sort: String,
    /// The columns, as [`EntryTable::shown_columns`] reads them; empty for the page's own.
    pub columns: String,
}

/// Why a file is not a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewFault {
    /// The file has more than [`LARGEST_FILE`] bytes.
    TooLarge,
    /// The file is not JSON.
    NotJson,
    /// The JSON is not a view, or one of its fields is missing or no text.
    NotAView,
    /// The version of the format is not 1.
    OtherVersion,
    /// The filter cannot be read, for this reason.
    Filter(filter::FilterError),
}

impl ViewFault {
    /// Returns the stable code, for example `view_not_json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ViewFault::TooLarge => "view_too_large",
            ViewFault::NotJson => "view_not_json",
            ViewFault::NotAView => "view_invalid",
            ViewFault::OtherVersion => "view_version_unknown",
            ViewFault::Filter(_) => "view_filter_invalid",
        }
    }
}

impl EntriesView {
    /// Returns the file of this view: a JSON object with the fields `kind`, `version`, `filter`, `sort` and
    /// `columns`.
    #[must_use]
    pub fn to_file(&self) -> String {
        let text = |text: &str| Value::Text(text.to_owned());
        let fields = [
            ("kind", text(KIND)),
            ("version", Value::Number(VERSION.to_string())),
            ("filter", text(&self.filter)),
            ("sort", text(&self.sort)),
            ("columns", text(&self.columns)),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        to_text(&Value::Object(fields.into()))
    }

    /// Reads a file that [`EntriesView::to_file`] wrote. Ignores a byte order mark and unknown fields. A
    /// column or sort key that the company does not have is no fault, because another company may have it.
    ///
    /// # Errors
    ///
    /// Why the text is not such a file.
    pub fn of_file(text: &str) -> Result<Self, ViewFault> {
        if text.len() > LARGEST_FILE {
            return Err(ViewFault::TooLarge);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let json = parse(text).map_err(|_| ViewFault::NotJson)?;
        if json.get("kind").and_then(Value::as_str) != Some(KIND) {
            return Err(ViewFault::NotAView);
        }
        if json.get("version").and_then(Value::as_u64) != Some(VERSION) {
            return Err(ViewFault::OtherVersion);
        }
        let field = |name| json.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(filter), Some(sort), Some(columns)) =
            (field("filter"), field("sort"), field("columns"))
        else {
            return Err(ViewFault::NotAView);
        };
        Filter::parse(&filter).map_err(ViewFault::Filter)?;
        Ok(Self {
            filter,
            sort,
            columns,
        })
    }
}
