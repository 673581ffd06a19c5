//! The entries of a company, column by column.
//!
//! A row is one of three things, so that each amount is counted once whatever is looked at:
//!
//! | row | in [`Grain::Entries`] | in [`Grain::Lines`] |
//! | --- | --- | --- |
//! | an entry that is not split, or a record that could not be read | yes | yes |
//! | the whole of a split entry | yes | no |
//! | a part of a split entry, or what the parts leave of it | no | yes |
//!
//! The lines of an entry add up to the entry exactly ([`crate::lines`]); so both grains have the same
//! totals. The rows of an entry are neighbours, the whole before its lines. Row numbers never change
//! until [`EntryTable::clear`]: an entry that comes a second time gets new rows, and its old rows are
//! in no [`Selection`] any more.
//!
//! Reading order: `append` fills the columns, `labels` makes words and names of codes and ids, `cells`
//! reads a cell, [`select`] evaluates a filter, [`sort`] orders rows, [`aggregate`] adds them up, [`blocks`]
//! copies rows to and from a file.

pub mod aggregate;
mod append;
pub mod blocks;
mod cells;
mod labels;
pub mod select;
pub mod sort;

use outlay_pleo::id::TagGroupId;

use crate::column::Column;
use crate::columnar::{Bitmap, Codes, Dictionary, Ids};
pub use crate::flag::Flag;
use crate::names::LedgerNames;
use crate::notes::RowNotes;
pub(crate) use cells::TextSource;
use labels::Labels;
pub use labels::percent;

/// Whether rows are entries or the lines of split entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Grain {
    /// One row for each entry, split or not.
    #[default]
    Entries,
    /// One row for each line: the entry, or each part of a split one.
    Lines,
}

/// Rows of one grain, each of them of the present version of its entry. Made by [`EntryTable`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    pub(crate) rows: Bitmap,
    grain: Grain,
}

impl Selection {
    /// Returns the selected rows as a set of row numbers.
    #[must_use]
    pub fn rows(&self) -> &Bitmap {
        &self.rows
    }

    /// Returns whether the rows are entries or lines.
    #[must_use]
    pub fn grain(&self) -> Grain {
        self.grain
    }

    /// Returns the number of selected rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.count()
    }

    /// Returns whether no row is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows that are members of `rows` too.
    #[must_use]
    pub fn within(&self, rows: &Bitmap) -> Selection {
        let mut both = self.clone();
        both.rows.intersect(rows);
        both
    }

    /// The rows that are no members of `rows`.
    #[must_use]
    pub fn without(&self, rows: &Bitmap) -> Selection {
        let mut left = self.clone();
        left.rows.subtract(rows);
        left
    }
}

const FLAGS: usize = 5;

/// Where the texts of a column come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Text(usize),
    Currency,
    BilledCurrency,
    Tag(u16),
}

/// Indexes of the columns of texts.
mod text {
    pub const EMPLOYEE: usize = 0;
    pub const TEAM: usize = 1;
    pub const NOTE: usize = 2;
    pub const TYPE: usize = 3;
    pub const SUBTYPE: usize = 4;
    pub const STATUS: usize = 5;
    pub const EXPORT: usize = 6;
    pub const REVIEW: usize = 7;
    pub const ACCOUNT: usize = 8;
    pub const TAX: usize = 9;
    pub const VENDOR: usize = 10;
    pub const VENDOR_ACCOUNT: usize = 11;
    pub const VENDOR_TAX_NUMBER: usize = 12;
    /// Kind of the supplier's document, as code.
    pub const DOCUMENT_TYPE: usize = 13;
    pub const DOCUMENT: usize = 14;
    pub const LINE: usize = 15;
    pub const COUNT: usize = 16;
}

/// Texts of one kind: a code for each row and the distinct texts.
#[derive(Debug, Clone, Default)]
struct TextColumn {
    codes: Codes,
    keys: Dictionary,
}

/// The tags of one group; a key is the ids of a row's tags, separated by U+0000.
#[derive(Debug, Clone)]
struct TagColumn {
    group: TagGroupId,
    column: TextColumn,
}

/// Amounts in minor units with their currencies.
#[derive(Debug, Clone, Default)]
struct Amounts {
    minors: Vec<i64>,
    /// Where an amount is stated; elsewhere `minors` is 0.
    stated: Bitmap,
    /// Codes of [`EntryTable::currencies`].
    currency: Codes,
}

/// No day or no instant.
pub(crate) const NO_DAY: i32 = i32::MIN;
const NO_INSTANT: i64 = i64::MIN;

/// The entries of a company in columns; see the module.
#[derive(Debug, Clone, Default)]
pub struct EntryTable {
    ids: Ids,
    /// The first row of the present version of each entry, by its number in `ids`.
    first_row: Vec<u32>,
    /// The entry's number in `ids`, by row.
    entry: Vec<u32>,
    /// Rows of the present versions.
    present: Bitmap,
    /// The rows of whole split entries, and the rows of their lines.
    wholes: Bitmap,
    lines: Bitmap,
    /// The row of each whole and how many lines follow it.
    splits: Vec<(u32, u32)>,
    /// Milliseconds since 1970.
    performed: Vec<i64>,
    /// Days since 1970; of the instants in UTC.
    performed_day: Vec<i32>,
    settled: Vec<i32>,
    booked: Vec<i32>,
    /// Dates that could not be read, by row and column.
    unread_dates: Vec<(u32, Column, String)>,
    amount: Amounts,
    billed: Amounts,
    currencies: Dictionary,
    /// Decimal digits by code of `currencies`; `None` if they are not known.
    exponents: Vec<Option<u32>>,
    texts: [TextColumn; text::COUNT],
    tags: Vec<TagColumn>,
    receipts: Codes,
    attendees: Codes,
    parts: Ids,
    /// The part's number in `parts` plus 1; 0 for none.
    part: Codes,
    flags: [Bitmap; FLAGS],
    names: LedgerNames,
    labels: Vec<Labels>,
    /// Ranks of texts by [`Column::slot`]; see [`sort`].
    ranks: Vec<Option<Vec<u32>>>,
    /// Unreadable records without an id so far.
    without_id: usize,
}

impl EntryTable {
    /// Makes a table without rows and names.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many rows have been appended, of both grains and all versions: row numbers are below it.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.entry.len()
    }

    /// Returns the number of distinct entries, unreadable records included.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.ids.len()
    }

    /// Removes every row; keeps the names.
    pub fn clear(&mut self) {
        let names = std::mem::take(&mut self.names);
        *self = Self {
            names,
            ..Self::default()
        };
    }

    /// The first row of an entry; `None` if the entry is not known. Its other rows follow it.
    #[must_use]
    pub fn row_of(&self, entry: &str) -> Option<usize> {
        let number = self.ids.find(entry)?;
        let row = self.first_row.get(number as usize)?;
        Some(*row as usize)
    }

    /// The number of the entry that a row belongs to, the same for every version of the entry until the
    /// table is cleared. `None` if there is no such row.
    #[must_use]
    pub fn entry_number(&self, row: u32) -> Option<u32> {
        self.entry.get(row as usize).copied()
    }

    /// The lines of the selected entries; of a selection of lines, the selection itself.
    #[must_use]
    pub fn selection_of_lines(&self, selection: &Selection) -> Selection {
        let mut rows = selection.rows.clone();
        for (whole, lines) in &self.splits {
            let whole = *whole as usize;
            if rows.contains(whole) {
                (0..*lines as usize).for_each(|line| rows.set(whole + 1 + line, true));
            }
        }
        rows.intersect(&self.mask(Grain::Lines));
        Selection {
            rows,
            grain: Grain::Lines,
        }
    }

    /// Returns the tag groups in use, in the order of their columns.
    pub fn tag_groups(&self) -> impl Iterator<Item = &TagGroupId> {
        self.tags.iter().map(|tag| &tag.group)
    }

    /// Returns the numbers of rows that need a note to the user.
    #[must_use]
    pub fn notes(&self) -> RowNotes {
        let entries = self.mask(Grain::Entries);
        let count = |flag: Flag| self.flags[flag as usize].count_common(&entries);
        let (mut undated, mut unknown_decimals) = (0, 0);
        for row in entries.rows() {
            if self.flags[Flag::Unreadable as usize].contains(row) {
                continue;
            }
            undated += usize::from(self.performed[row] == NO_INSTANT);
            let currency = self.amount.currency.get(row) as usize;
            let exponent = self.exponents.get(currency).copied().flatten();
            unknown_decimals += usize::from(exponent.is_none());
        }
        RowNotes {
            unreadable: count(Flag::Unreadable),
            undated,
            without_zone: count(Flag::WithoutZone),
            local_midnights: count(Flag::LocalMidnight),
            unknown_decimals,
        }
    }

    /// Allocated bytes of columns and texts, without the names.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let columns = self
            .texts
            .iter()
            .chain(self.tags.iter().map(|it| &it.column));
        let texts: usize = columns.map(|it| it.codes.bytes() + it.keys.bytes()).sum();
        let bitmaps = [&self.present, &self.wholes, &self.lines];
        let bitmaps = bitmaps.into_iter().chain(&self.flags);
        let amounts = [&self.amount, &self.billed].map(|it| {
            it.minors.capacity() * size_of::<i64>() + it.stated.bytes() + it.currency.bytes()
        });
        let codes = [&self.receipts, &self.attendees, &self.part];
        let days = [&self.performed_day, &self.settled, &self.booked].map(Vec::capacity);
        texts
            + self.ids.bytes()
            + self.parts.bytes()
            + (self.first_row.capacity() + self.entry.capacity()) * size_of::<u32>()
            + bitmaps.map(Bitmap::bytes).sum::<usize>()
            + self.splits.capacity() * size_of::<(u32, u32)>()
            + self.performed.capacity() * size_of::<i64>()
            + days.iter().sum::<usize>() * size_of::<i32>()
            + amounts.iter().sum::<usize>()
            + codes.into_iter().map(Codes::bytes).sum::<usize>()
            + self.labels.iter().map(Labels::bytes).sum::<usize>()
    }

    /// The present rows of a grain.
    fn mask(&self, grain: Grain) -> Bitmap {
        let mut mask = self.present.clone();
        mask.subtract(match grain {
            Grain::Entries => &self.lines,
            Grain::Lines => &self.wholes,
        });
        mask
    }

    fn source(column: Column) -> Option<Source> {
        use Column as C;
        let index = match column {
            C::Employee | C::EmployeeCode | C::EmployeeId => text::EMPLOYEE,
            C::Team | C::TeamId => text::TEAM,
            C::Note => text::NOTE,
            C::Type | C::TypeCode => text::TYPE,
            C::Subtype | C::SubtypeCode => text::SUBTYPE,
            C::Status | C::StatusCode => text::STATUS,
            C::Export | C::ExportCode => text::EXPORT,
            C::Review | C::ReviewCode => text::REVIEW,
            C::AccountCode | C::Account | C::AccountId => text::ACCOUNT,
            C::TaxCode | C::Tax | C::TaxRate | C::TaxId => text::TAX,
            C::Vendor | C::VendorCode | C::VendorId => text::VENDOR,
            C::VendorAccount => text::VENDOR_ACCOUNT,
            C::VendorTaxNumber => text::VENDOR_TAX_NUMBER,
            C::DocumentType => text::DOCUMENT_TYPE,
            C::Document => text::DOCUMENT,
            C::Line => text::LINE,
            C::Currency => return Some(Source::Currency),
            C::BilledCurrency => return Some(Source::BilledCurrency),
            C::Tag(group) | C::TagCode(group) | C::TagId(group) => {
                return Some(Source::Tag(group));
            }
            C::Date | C::Settled | C::Booked | C::Amount | C::Billed | C::Receipts => return None,
            C::Attendees | C::PartId | C::EntryId => return None,
        };
        Some(Source::Text(index))
    }

    /// The codes of a column of texts and the distinct texts behind them; `None` for other columns and
    /// for tags of a group that the table does not have.
    fn keys(&self, column: Column) -> Option<(&Codes, &Dictionary)> {
        let column = match Self::source(column)? {
            Source::Text(index) => &self.texts[index],
            Source::Tag(group) => &self.tags.get(usize::from(group))?.column,
            Source::Currency => return Some((&self.amount.currency, &self.currencies)),
            Source::BilledCurrency => return Some((&self.billed.currency, &self.currencies)),
        };
        Some((&column.codes, &column.keys))
    }

    /// The words or names of a column; `None` where its cells hold the texts of [`Self::keys`].
    fn labels(&self, column: Column) -> Option<&Labels> {
        if !labels::is_derived(column) {
            return None;
        }
        self.labels.get(column.slot())
    }
}
