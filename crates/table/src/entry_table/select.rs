//! The rows that a filter keeps.
//!
//! A condition on the account, the tax code, the tags or any text holds for the whole of a split entry
//! if it holds for the whole or for one of its lines, so that an entry is found by the account of a
//! part in both grains. That a value is missing holds for the whole if one of its lines lacks it. Amounts
//! and their currency are compared row by row.

use outlay_pleo::UNKNOWN_ID;
use outlay_pleo::text::figure;

use super::{Amounts, EntryTable, Flag, Grain, NO_DAY, Selection};
use crate::column::Column;
use crate::columnar::{BLOCK, Bitmap, Pattern};
use crate::filter::{
    DayField, DayRange, Field, Filter, FlagWord, NumberField, Quantity, Range, Test, Text,
    TextField,
};
use crate::fold::fold;

/// The columns in which a word is searched for as a part of a text.
const SEARCHED: [Column; 13] = [
    Column::Note,
    Column::Employee,
    Column::EmployeeCode,
    Column::Team,
    Column::Type,
    Column::Subtype,
    Column::Status,
    Column::AccountCode,
    Column::Account,
    Column::TaxCode,
    Column::Tax,
    Column::Vendor,
    Column::Document,
];

/// How a text is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Contains,
    Equals,
}

impl EntryTable {
    /// Returns the rows of a grain that match the filter.
    #[must_use]
    pub fn select(&self, filter: &Filter, grain: Grain) -> Selection {
        let mut rows = self.mask(grain);
        if !filter.is_empty() {
            rows.intersect(&self.evaluate(filter));
        }
        Selection { rows, grain }
    }

    /// The given rows, without those of the other grain and of earlier versions of entries.
    #[must_use]
    pub fn selection_of(&self, rows: impl IntoIterator<Item = usize>, grain: Grain) -> Selection {
        let mut set = Bitmap::none(self.rows());
        for row in rows {
            set.set(row, true);
        }
        set.intersect(&self.mask(grain));
        Selection { rows: set, grain }
    }

    /// The rows of either grain for which the condition holds.
    fn evaluate(&self, filter: &Filter) -> Bitmap {
        match filter {
            Filter::All(all) => {
                let mut rows = Bitmap::all(self.rows());
                for filter in all {
                    rows.intersect(&self.evaluate(filter));
                }
                rows
            }
            Filter::Any(any) => {
                let mut rows = Bitmap::none(self.rows());
                for filter in any {
                    rows.unite(&self.evaluate(filter));
                }
                rows
            }
            Filter::Not(inner) => {
                let mut rows = self.evaluate(inner);
                rows.invert();
                rows
            }
            Filter::Test(test) => self.test(test),
        }
    }

    fn test(&self, test: &Test) -> Bitmap {
        let mut rows = match test {
            Test::Word(text) => self.with_word(text),
            Test::Text {
                field,
                exact,
                any_of,
            } => {
                let mut rows = Bitmap::none(self.rows());
                for text in any_of {
                    self.add_with_text(field, *exact, text, &mut rows);
                }
                rows
            }
            Test::Number(field, range) => return self.in_range(*field, *range),
            Test::Day(field, range) => return self.in_days(*field, *range),
            Test::Has(field) => self.with_value(field),
            Test::Missing(field) => self.without_value(field),
            Test::Is(flag) => return self.with_flag(*flag),
        };
        if is_compared_by_row(test) {
            return rows;
        }
        self.lift(&mut rows);
        rows
    }

    /// Adds the wholes of split entries with a line among the rows.
    fn lift(&self, rows: &mut Bitmap) {
        for (whole, lines) in &self.splits {
            let first = *whole as usize + 1;
            if rows.any_in(first..first + *lines as usize) {
                rows.set(*whole as usize, true);
            }
        }
    }

    fn with_word(&self, text: &Text) -> Bitmap {
        let mut rows = Bitmap::none(self.rows());
        let tags = self.tag_columns().flat_map(|it| [it.0, it.1]);
        for column in SEARCHED.into_iter().chain(tags) {
            self.add_matching(column, text, Comparison::Contains, &mut rows);
        }
        if let Some(days) = DayRange::parse(&text.text).filter(|_| text.text.len() > 4) {
            rows.unite(&self.in_days(DayField::Date, days));
        }
        self.add_with_amount(&text.text, &mut rows);
        self.add_with_id(&text.text, &mut rows);
        rows
    }

    /// Adds the rows whose amounts begin with the digits of the number: 1250 finds 1250.50, and 1250.5
    /// does too. The sign counts only if it is given.
    fn add_with_amount(&self, word: &str, rows: &mut Bitmap) {
        let Some((least, above, is_negative)) = figures(word) else {
            return;
        };
        let bounds = self.bounds(&|exponent| {
            let first = Range::AtLeast(least).minors(exponent).0;
            (first, Range::LessThan(above).minors(exponent).1)
        });
        for column in [&self.amount, &self.billed] {
            let is_within = |minors: i64, (first, last): (i64, i64)| {
                let size = match is_negative {
                    true => minors.checked_neg(),
                    false => minors.checked_abs(),
                };
                size.is_some_and(|size| first <= size && size <= last)
            };
            rows.unite(&self.with_amount(column, &bounds, &is_within));
        }
    }

    /// The first and the last number of minor units that match, for each currency; none if its
    /// decimals are not known.
    fn bounds(&self, of_exponent: &dyn Fn(u32) -> (i64, i64)) -> Vec<(i64, i64)> {
        let bounds = |exponent: &Option<u32>| exponent.map_or((1, 0), of_exponent);
        self.exponents.iter().map(bounds).collect()
    }

    fn with_amount(
        &self,
        column: &Amounts,
        bounds: &[(i64, i64)],
        is_within: &impl Fn(i64, (i64, i64)) -> bool,
    ) -> Bitmap {
        let mut currencies = [0; BLOCK];
        Bitmap::from_words(self.rows(), &mut |block| {
            let count = column.currency.read(block, &mut currencies);
            let start = block * BLOCK;
            let minors = &column.minors[start..start + count];
            let mut word = 0;
            for (bit, (minors, currency)) in minors.iter().zip(&currencies).enumerate() {
                let bounds = bounds[*currency as usize];
                word |= u64::from(is_within(*minors, bounds)) << bit;
            }
            word & column.stated.word(block)
        })
    }

    fn add_with_id(&self, id: &str, rows: &mut Bitmap) {
        let id = id.to_lowercase();
        if let Some(number) = self.ids.find(&id) {
            let mut row = self.first_row[number as usize] as usize;
            while self.entry.get(row) == Some(&number) {
                rows.set(row, true);
                row += 1;
            }
        }
        if let Some(part) = self.parts.find(&id) {
            self.add_with_code(&self.part, &mut |code| code == part + 1, rows);
        }
    }

    fn add_with_text(&self, field: &TextField, exact: bool, text: &Text, rows: &mut Bitmap) {
        match field {
            TextField::Id => return self.add_with_id(&text.text, rows),
            TextField::Tag(group) => {
                for (tag, code, id) in self.tag_columns() {
                    if !self.is_group(tag, group.as_deref()) {
                        continue;
                    }
                    self.add_matching(code, text, Comparison::Equals, rows);
                    if exact {
                        self.add_matching(tag, text, Comparison::Equals, rows);
                        self.add_matching(id, text, Comparison::Equals, rows);
                    } else {
                        self.add_matching(tag, text, Comparison::Contains, rows);
                    }
                }
                return;
            }
            _ => {}
        }
        let columns = field.columns();
        let of_name = match exact {
            true => Comparison::Equals,
            false => Comparison::Contains,
        };
        for column in columns.codes {
            self.add_matching(column, text, Comparison::Equals, rows);
        }
        for column in columns.names {
            self.add_matching(column, text, of_name, rows);
        }
        for column in columns.ids.into_iter().filter(|_| exact) {
            self.add_matching(column, text, Comparison::Equals, rows);
        }
    }

    /// The columns of each tag group: labels, codes, ids.
    fn tag_columns(&self) -> impl Iterator<Item = (Column, Column, Column)> {
        let groups = u16::try_from(self.tags.len()).unwrap_or(u16::MAX);
        (0..groups).map(|it| (Column::Tag(it), Column::TagCode(it), Column::TagId(it)))
    }

    /// Whether a column is of the group with this name or id; of any group for `None`.
    fn is_group(&self, column: Column, group: Option<&str>) -> bool {
        let Some(group) = group else { return true };
        let folded = |text: &str| {
            let mut form = String::new();
            fold(text, &mut form);
            form
        };
        let id = column.group().and_then(|at| self.tags.get(usize::from(at)));
        let name = self.group_name(column).unwrap_or_default();
        id.is_some_and(|tag| tag.group == *group) || folded(name) == folded(group)
    }

    /// Adds the rows whose text in the column matches.
    fn add_matching(&self, column: Column, text: &Text, how: Comparison, rows: &mut Bitmap) {
        let Some((codes, keys)) = self.keys(column) else {
            return;
        };
        let pattern = match how {
            _ if text.begins => Pattern::Begins(&text.text),
            Comparison::Contains => Pattern::Contains(&text.text),
            Comparison::Equals => Pattern::Equals(&text.text),
        };
        let labels = self.labels(column);
        let texts = labels.map_or(keys, |labels| &labels.texts);
        let matching = texts.matching(pattern);
        if matching.count() == 0 {
            return;
        }
        match labels {
            None => self.add_with_code(codes, &mut |code| matching.contains(code as usize), rows),
            Some(labels) => {
                let is_match = |label: &u32| matching.contains(*label as usize);
                let of_key: Vec<bool> = labels.of.iter().map(is_match).collect();
                let mut of_code = |code: u32| of_key.get(code as usize) == Some(&true);
                self.add_with_code(codes, &mut of_code, rows);
            }
        }
    }

    /// Adds the rows with one of the wanted codes.
    fn add_with_code(
        &self,
        codes: &crate::columnar::Codes,
        is_wanted: &mut dyn FnMut(u32) -> bool,
        rows: &mut Bitmap,
    ) {
        let mut block_codes = [0; BLOCK];
        let mut last = (0, is_wanted(0));
        let found = Bitmap::from_words(self.rows(), &mut |block| {
            let count = codes.read(block, &mut block_codes);
            let mut word = 0;
            for (bit, code) in block_codes.iter().enumerate().take(count) {
                if *code != last.0 {
                    last = (*code, is_wanted(*code));
                }
                word |= u64::from(last.1) << bit;
            }
            word
        });
        rows.unite(&found);
    }

    fn in_range(&self, field: NumberField, range: Range) -> Bitmap {
        let column = match field {
            NumberField::Amount => &self.amount,
            NumberField::Billed => &self.billed,
            NumberField::Receipts | NumberField::Attendees => {
                let (first, last) = range.minors(0);
                let codes = match field {
                    NumberField::Receipts => &self.receipts,
                    _ => &self.attendees,
                };
                let mut rows = Bitmap::none(self.rows());
                let mut is_within = |count: u32| (first..=last).contains(&i64::from(count));
                self.add_with_code(codes, &mut is_within, &mut rows);
                return rows;
            }
        };
        let bounds = self.bounds(&|exponent| range.minors(exponent));
        let is_within = |minors: i64, (first, last): (i64, i64)| first <= minors && minors <= last;
        self.with_amount(column, &bounds, &is_within)
    }

    fn in_days(&self, field: DayField, range: DayRange) -> Bitmap {
        let days = self.days(field.column());
        let first = range.from().unwrap_or(NO_DAY + 1);
        let last = range.to().unwrap_or(i32::MAX);
        Bitmap::from_words(self.rows(), &mut |block| {
            let start = block * BLOCK;
            let mut word = 0;
            let days = days.get(start..).unwrap_or_default();
            for (bit, day) in days.iter().take(BLOCK).enumerate() {
                word |= u64::from(first <= *day && *day <= last) << bit;
            }
            word
        })
    }

    fn with_value(&self, field: &Field) -> Bitmap {
        let mut rows = Bitmap::none(self.rows());
        let mut add = |column: Column| {
            if let Some((codes, _)) = self.keys(column) {
                self.add_with_code(codes, &mut |code| code > 0, &mut rows);
            }
        };
        match field {
            Field::Text(TextField::Id) => return Bitmap::all(self.rows()),
            Field::Text(TextField::Tag(group)) => {
                for (tag, _, _) in self.tag_columns() {
                    if self.is_group(tag, group.as_deref()) {
                        add(tag);
                    }
                }
            }
            Field::Text(field) => {
                let columns = field.columns();
                // An account number alone names no vendor.
                let codes = columns.codes.into_iter();
                codes
                    .filter(|it| *it != Column::VendorAccount)
                    .for_each(&mut add);
                columns.names.into_iter().for_each(&mut add);
            }
            Field::Number(NumberField::Amount) => return self.amount.stated.clone(),
            Field::Number(NumberField::Billed) => return self.billed.stated.clone(),
            Field::Number(NumberField::Receipts) => return self.with_flag(FlagWord::Receipt),
            Field::Number(NumberField::Attendees) => {
                self.add_with_code(&self.attendees, &mut |count| count > 0, &mut rows);
            }
            Field::Day(field) => {
                for (row, day) in self.days(field.column()).iter().enumerate() {
                    rows.set(row, *day != NO_DAY);
                }
            }
        }
        rows
    }

    /// The rows that lack a value; of split entries the lines only, but for numbers.
    fn without_value(&self, field: &Field) -> Bitmap {
        let mut rows = self.with_value(field);
        for column in field.columns_of_ids() {
            self.subtract_unknown(*column, &mut rows);
        }
        if let Field::Text(TextField::Tag(group)) = field {
            // A row has a tag if any group has one.
            rows = Bitmap::none(self.rows());
            for (_, _, id) in self.tag_columns() {
                if self.is_group(id, group.as_deref()) {
                    let mut tagged = Bitmap::all(self.rows());
                    self.subtract_unknown(id, &mut tagged);
                    rows.unite(&tagged);
                }
            }
        }
        rows.invert();
        if !matches!(field, Field::Number(_)) {
            rows.subtract(&self.wholes);
        }
        rows
    }

    /// Removes the rows whose ids are all absent or [`UNKNOWN_ID`], and which state no code.
    fn subtract_unknown(&self, column: Column, rows: &mut Bitmap) {
        let Some((codes, keys)) = self.keys(column) else {
            return;
        };
        let is_unknown = |id: &str| id.is_empty() || id == UNKNOWN_ID;
        let unknown: Vec<bool> = keys
            .iter()
            .map(|key| key.split('\0').all(is_unknown))
            .collect();
        let mut found = Bitmap::none(self.rows());
        let mut is_wanted = |code: u32| unknown.get(code as usize) == Some(&true);
        self.add_with_code(codes, &mut is_wanted, &mut found);
        rows.subtract(&found);
    }

    fn with_flag(&self, word: FlagWord) -> Bitmap {
        let flag: Flag = match (word.flag(), word) {
            (Some(flag), _) => flag,
            (None, FlagWord::Receipt) => {
                let mut rows = Bitmap::none(self.rows());
                self.add_with_code(&self.receipts, &mut |count| count > 0, &mut rows);
                return rows;
            }
            (None, _) => {
                let mut rows = self.wholes.clone();
                rows.unite(&self.lines);
                return rows;
            }
        };
        self.flags[flag as usize].clone()
    }
}

/// Whether a condition is tested on each row alone: a split entry and its parts can differ.
fn is_compared_by_row(test: &Test) -> bool {
    matches!(
        test,
        Test::Text {
            field: TextField::BilledCurrency,
            ..
        } | Test::Missing(Field::Number(_))
    )
}

/// The number that a word writes and the next one with as many decimals, both without a sign, and
/// whether the word has a minus sign. `None` if it writes no number.
fn figures(word: &str) -> Option<(Quantity, Quantity, bool)> {
    let plain = figure(word)?;
    let digits = plain.trim_start_matches('-');
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = u32::try_from(part.len()).ok()?;
    let number: i64 = [whole, part].concat().parse().ok()?;
    let least = Quantity::new(number, decimals)?;
    let above = Quantity::new(number.checked_add(1)?, decimals)?;
    Some((least, above, digits.len() < plain.len()))
}
