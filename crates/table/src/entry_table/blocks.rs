//! Copies rows out of a table in blocks of numbers, and takes such blocks in again: what a file stores
//! of a table. The texts behind the numbers are in dictionaries that only grow, so that a block can be
//! written before the next one is made.

use super::cells::WITHOUT_ID;
use super::{Amounts, EntryTable, FLAGS, NO_DAY, NO_INSTANT, TagColumn, TextColumn, text};
use crate::column::Column;
use crate::columnar::{Dictionary, narrow, push};
use outlay_pleo::Currency;
use outlay_pleo::id::TagGroupId;

/// Columns of texts that every table has: the currencies, then employee, team, note, type, subtype,
/// status, export status, review status, account, tax code, vendor, vendor account, vendor tax number,
/// document type, document number and line. Those of the tag groups follow.
pub const FIXED_TEXTS: usize = 1 + text::COUNT;

/// Days that a table can have: those of the years from −220 to 10240.
const DAYS: std::ops::RangeInclusive<i64> = -800_000..=3_020_000;
const DAY_MILLIS: i64 = 86_400_000;

/// What a row is; see [`super::Grain`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum RowRole {
    /// An entry that is not split, or a record that could not be read.
    #[default]
    Single = 0,
    /// The whole of a split entry. Its lines follow.
    Whole = 1,
    /// A line of a split entry.
    Line = 2,
}

/// An amount of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BlockAmount {
    /// Smallest units; `None` where no amount is stated.
    pub minors: Option<i64>,
    /// The currency's code in the first dictionary; stated also where the amount is not.
    pub currency: u32,
}

/// Adjacent rows, column by column; each list has one value for each row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowBlock {
    /// What each row is.
    pub roles: Vec<RowRole>,
    /// The id of each entry, in the order of the rows that begin one.
    pub entry_ids: Vec<String>,
    /// The id of the split part; empty where there is none.
    pub part_ids: Vec<String>,
    /// The instant of purchase in milliseconds since 1970; `None` where there is none.
    pub performed: Vec<Option<i64>>,
    /// The day of settlement in days since 1970, in UTC.
    pub settled: Vec<Option<i32>>,
    /// The day of bookkeeping in days since 1970, as written.
    pub booked: Vec<Option<i32>>,
    /// Dates that could not be read: row in the block, 0 for purchase, 1 for settlement, 2 for
    /// bookkeeping, and the text.
    pub unread_dates: Vec<(u32, u8, String)>,
    /// The amount that was paid.
    pub amount: Vec<BlockAmount>,
    /// The amount in the company's currency.
    pub billed: Vec<BlockAmount>,
    /// Codes of texts by column, from the second of [`FIXED_TEXTS`] on, and by tag group.
    pub texts: Vec<Vec<u32>>,
    /// Numbers of receipts.
    pub receipts: Vec<u32>,
    /// Numbers of attendees.
    pub attendees: Vec<u32>,
    /// The bits of [`crate::flag::Flag`], the first variant lowest.
    pub flags: Vec<u8>,
}

/// Makes blocks of rows, and the dictionaries that their codes refer to.
#[derive(Debug, Clone)]
pub struct BlockWriter {
    groups: Vec<TagGroupId>,
    texts: Vec<Dictionary>,
    /// By column and code in the table: the code in `texts` plus 1, 0 where it has none yet.
    codes: Vec<Vec<u32>>,
}

impl BlockWriter {
    /// Starts without texts.
    #[must_use]
    pub fn new(table: &EntryTable) -> Self {
        let groups: Vec<TagGroupId> = table.tag_groups().cloned().collect();
        let columns = FIXED_TEXTS + groups.len();
        Self {
            groups,
            texts: vec![Dictionary::default(); columns],
            codes: vec![Vec::new(); columns],
        }
    }

    /// The tag groups of the blocks.
    #[must_use]
    pub fn groups(&self) -> &[TagGroupId] {
        &self.groups
    }

    /// The dictionaries: of [`FIXED_TEXTS`] columns, then of the tag groups. Codes are from 1; 0 is the
    /// empty text.
    #[must_use]
    pub fn texts(&self) -> &[Dictionary] {
        &self.texts
    }

    /// Copies these rows, which must be those of whole entries: see [`EntryTable::all_rows_of`].
    #[must_use]
    pub fn block(&mut self, table: &EntryTable, rows: &[u32]) -> RowBlock {
        let mut block = RowBlock {
            texts: vec![Vec::with_capacity(rows.len()); self.texts.len() - 1],
            ..RowBlock::default()
        };
        for row in rows.iter().map(|row| *row as usize) {
            let role = match (table.wholes.contains(row), table.lines.contains(row)) {
                (true, _) => RowRole::Whole,
                (_, true) => RowRole::Line,
                _ => RowRole::Single,
            };
            block.roles.push(role);
            if role != RowRole::Line {
                block
                    .entry_ids
                    .push(table.text(row, Column::EntryId).into_owned());
            }
            block
                .part_ids
                .push(table.text(row, Column::PartId).into_owned());
            let instant = table.performed.get(row).copied();
            block.performed.push(instant.filter(|it| *it != NO_INSTANT));
            for (column, days) in [
                (&mut block.settled, &table.settled),
                (&mut block.booked, &table.booked),
            ] {
                column.push(days.get(row).copied().filter(|it| *it != NO_DAY));
            }
            block.receipts.push(table.receipts.get(row));
            block.attendees.push(table.attendees.get(row));
            let flag = |bit: usize| u8::from(table.flags[bit].contains(row)) << bit;
            block.flags.push((0..FLAGS).map(flag).sum());
        }
        self.copy_amounts(table, rows, &mut block);
        for column in 1..self.texts.len() {
            let source = match column.checked_sub(FIXED_TEXTS) {
                None => table.texts.get(column - 1),
                Some(group) => table.tags.get(group).map(|tag| &tag.column),
            };
            for row in rows {
                let code = source.map_or(0, |source| {
                    let code = source.codes.get(*row as usize);
                    self.code(column, code, &source.keys)
                });
                block.texts[column - 1].push(code);
            }
        }
        self.copy_unread_dates(table, rows, &mut block);
        block
    }

    fn copy_amounts(&mut self, table: &EntryTable, rows: &[u32], block: &mut RowBlock) {
        for (to, from) in [
            (&mut block.amount, &table.amount),
            (&mut block.billed, &table.billed),
        ] {
            for row in rows.iter().map(|row| *row as usize) {
                let minors = from.minors.get(row).copied();
                to.push(BlockAmount {
                    minors: minors.filter(|_| from.stated.contains(row)),
                    currency: self.code(0, from.currency.get(row), &table.currencies),
                });
            }
        }
    }

    fn copy_unread_dates(&self, table: &EntryTable, rows: &[u32], block: &mut RowBlock) {
        if table.unread_dates.is_empty() {
            return;
        }
        for (place, row) in (0..).zip(rows) {
            let first = table.unread_dates.partition_point(|it| it.0 < *row);
            let of_row = table.unread_dates.iter().skip(first);
            for (_, column, text) in of_row.take_while(|it| it.0 == *row) {
                let which = match column {
                    Column::Date => 0,
                    Column::Settled => 1,
                    _ => 2,
                };
                block.unread_dates.push((place, which, text.clone()));
            }
        }
    }

    fn code(&mut self, column: usize, code: u32, keys: &Dictionary) -> u32 {
        if code == 0 {
            return 0;
        }
        let known = &mut self.codes[column];
        let at = code as usize;
        if known.len() <= at {
            known.resize(keys.len().max(at + 1), 0);
        }
        if known[at] == 0 {
            known[at] = self.texts[column].intern(keys.get(code)) + 1;
        }
        known[at] - 1
    }
}

/// A block does not fit the rest of the file: a code without a text, a column of another length, a line
/// without its entry, an entry that comes twice, or a day that no calendar has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inconsistent;

/// Fills an empty table from blocks. Every text must be added before the first block with its code.
#[derive(Debug)]
pub struct BlockReader {
    table: EntryTable,
    /// By column: the table's code for each code in blocks.
    codes: Vec<Vec<u32>>,
}

impl BlockReader {
    /// Starts with a table of these tag groups.
    #[must_use]
    pub fn new(groups: &[TagGroupId]) -> Self {
        let tags = groups.iter().map(|group| TagColumn {
            group: group.clone(),
            column: TextColumn::default(),
        });
        let table = EntryTable {
            tags: tags.collect(),
            ..EntryTable::default()
        };
        Self {
            table,
            codes: vec![vec![0]; FIXED_TEXTS + groups.len()],
        }
    }

    /// Adds the text of the next code of a column; codes begin at 1.
    ///
    /// # Errors
    ///
    /// There is no such column, or the text is empty.
    pub fn add_text(&mut self, column: usize, text: &str) -> Result<(), Inconsistent> {
        let codes = self.codes.get_mut(column).ok_or(Inconsistent)?;
        if text.is_empty() {
            return Err(Inconsistent);
        }
        let table = &mut self.table;
        let dictionary = match column.checked_sub(FIXED_TEXTS) {
            Some(group) => &mut table.tags.get_mut(group).ok_or(Inconsistent)?.column.keys,
            None if column == 0 => &mut table.currencies,
            None => &mut table.texts[column - 1].keys,
        };
        codes.push(dictionary.intern(text));
        Ok(())
    }

    /// Takes in the rows of a block.
    ///
    /// # Errors
    ///
    /// The block is inconsistent; the table must be dropped.
    pub fn append(&mut self, block: &RowBlock) -> Result<(), Inconsistent> {
        let rows = block.roles.len();
        let lengths = [
            block.part_ids.len(),
            block.performed.len(),
            block.settled.len(),
            block.booked.len(),
            block.amount.len(),
            block.billed.len(),
            block.receipts.len(),
            block.attendees.len(),
            block.flags.len(),
        ];
        let texts = block.texts.iter().map(Vec::len);
        if lengths
            .into_iter()
            .chain(texts)
            .any(|length| length != rows)
            || block.texts.len() + 1 != self.codes.len()
        {
            return Err(Inconsistent);
        }
        let first = self.table.entry.len();
        self.append_roles(block)?;
        let (table, codes) = (&mut self.table, &self.codes);
        for row in 0..rows {
            let performed = block.performed[row];
            let performed_day = performed.map(|millis| millis.div_euclid(DAY_MILLIS));
            let days = [block.settled[row], block.booked[row]];
            let mut all = days.into_iter().flatten().map(i64::from);
            if performed_day.is_some_and(|day| !DAYS.contains(&day))
                || all.any(|day| !DAYS.contains(&day))
                || block.flags[row] >> FLAGS != 0
            {
                return Err(Inconsistent);
            }
            push(&mut table.performed, performed.unwrap_or(NO_INSTANT));
            let performed_day = performed_day.and_then(|day| i32::try_from(day).ok());
            push(&mut table.performed_day, performed_day.unwrap_or(NO_DAY));
            push(&mut table.settled, days[0].unwrap_or(NO_DAY));
            push(&mut table.booked, days[1].unwrap_or(NO_DAY));
            push_amount(&mut table.amount, block.amount[row], &codes[0])?;
            push_amount(&mut table.billed, block.billed[row], &codes[0])?;
            table.receipts.push(block.receipts[row]);
            table.attendees.push(block.attendees[row]);
            let part = match block.part_ids[row].as_str() {
                "" => 0,
                id => table.parts.intern(id).0 + 1,
            };
            table.part.push(part);
            for (bit, flag) in table.flags.iter_mut().enumerate() {
                flag.push(block.flags[row] >> bit & 1 == 1);
            }
        }
        let tags = table.tags.iter_mut().map(|tag| &mut tag.column);
        let columns = table.texts.iter_mut().chain(tags);
        for ((column, codes), values) in columns.zip(&codes[1..]).zip(&block.texts) {
            for value in values {
                let code = codes.get(*value as usize).ok_or(Inconsistent)?;
                column.codes.push(*code);
            }
        }
        for (row, which, text) in &block.unread_dates {
            let column = match which {
                0 => Column::Date,
                1 => Column::Settled,
                2 => Column::Booked,
                _ => return Err(Inconsistent),
            };
            let at = narrow(first).checked_add(*row).ok_or(Inconsistent)?;
            let is_sorted = table.unread_dates.last().is_none_or(|last| last.0 <= at);
            if *row as usize >= rows || !is_sorted {
                return Err(Inconsistent);
            }
            table.unread_dates.push((at, column, text.clone()));
        }
        Ok(())
    }

    /// Appends what rows are and which entries they belong to.
    fn append_roles(&mut self, block: &RowBlock) -> Result<(), Inconsistent> {
        let table = &mut self.table;
        let mut ids = block.entry_ids.iter();
        for role in &block.roles {
            let row = narrow(table.entry.len());
            if *role == RowRole::Line {
                let (whole, lines) = table.splits.last_mut().ok_or(Inconsistent)?;
                // The lines of an entry follow it without a gap.
                if whole.checked_add(*lines + 1) != Some(row) {
                    return Err(Inconsistent);
                }
                *lines += 1;
                let number = *table.entry.last().ok_or(Inconsistent)?;
                push(&mut table.entry, number);
            } else {
                let id = ids.next().ok_or(Inconsistent)?;
                let (number, new) = table.ids.intern(id);
                if !new || id.is_empty() {
                    return Err(Inconsistent);
                }
                table.without_id += usize::from(id.starts_with(WITHOUT_ID));
                push(&mut table.first_row, row);
                push(&mut table.entry, number);
                if *role == RowRole::Whole {
                    push(&mut table.splits, (row, 0));
                }
            }
            table.present.push(true);
            table.wholes.push(*role == RowRole::Whole);
            table.lines.push(*role == RowRole::Line);
        }
        match ids.next() {
            Some(_) => Err(Inconsistent),
            None => Ok(()),
        }
    }

    /// The number of rows so far.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.table.rows()
    }

    /// The table, with `names` for its ids.
    ///
    /// # Errors
    ///
    /// A split entry has no lines.
    pub fn finish(self, names: crate::names::LedgerNames) -> Result<EntryTable, Inconsistent> {
        let mut table = self.table;
        if table.splits.iter().any(|(_, lines)| *lines == 0) {
            return Err(Inconsistent);
        }
        for code in 0..table.currencies.len() {
            let currency = Currency::new(table.currencies.get(narrow(code)));
            push(
                &mut table.exponents,
                currency.and_then(|currency| currency.exponent()),
            );
        }
        table.set_names(names);
        Ok(table)
    }
}

fn push_amount(
    column: &mut Amounts,
    amount: BlockAmount,
    codes: &[u32],
) -> Result<(), Inconsistent> {
    push(&mut column.minors, amount.minors.unwrap_or(0));
    column.stated.push(amount.minors.is_some());
    let currency = codes.get(amount.currency as usize).ok_or(Inconsistent)?;
    column.currency.push(*currency);
    Ok(())
}

impl EntryTable {
    /// Every row of these entries: each of `entries` and, of a split one, its lines.
    #[must_use]
    pub fn all_rows_of(&self, entries: &[u32]) -> Vec<u32> {
        let mut rows = Vec::with_capacity(entries.len());
        for row in entries {
            rows.push(*row);
            rows.extend(self.parts_of(*row as usize).map(narrow));
        }
        rows
    }

    /// The text of a cell as Pleo states it: an id or a code in place of a name. Of an account, the id and
    /// the stated code with U+0000 between them; of tags, their ids with U+0000 between them. Empty
    /// without a value and for columns that have no texts.
    #[must_use]
    pub fn stated_text(&self, row: usize, column: Column) -> &str {
        match self.keys(column) {
            Some((codes, keys)) => keys.get(codes.get(row)),
            None => "",
        }
    }

    /// The instant of purchase in milliseconds since 1970; `None` where there is none.
    #[must_use]
    pub fn performed_millis(&self, row: usize) -> Option<i64> {
        let millis = self.performed.get(row).copied()?;
        (millis != NO_INSTANT).then_some(millis)
    }
}
