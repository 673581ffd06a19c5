//! Which rows to keep: a tree of tests, and the one line of text that means the same.
//!
//! `docs/filters.md` describes the language. [`Filter::parse`] reads it, `Display` writes it back in one
//! form: `parse(filter.to_string()) == filter` for every filter that was parsed, and for every other one
//! without a node of [`Filter::All`] or [`Filter::Any`] that has one child or, but for the root, none.
//! [`crate::EntryTable::select`] finds the rows.

mod day;
mod error;
mod field;
mod parse;
mod print;
mod quantity;

pub use day::DayRange;
pub use error::{Error, ErrorCode};
pub use field::{DayField, Field, FlagWord, NumberField, TextField};
pub use quantity::{Quantity, Range};

/// A condition on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All of these hold; every row without any.
    All(Vec<Filter>),
    /// One of these holds at least; no row without any.
    Any(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// A test of the row's values.
    Test(Test),
}

impl Default for Filter {
    /// Keeps every row.
    fn default() -> Self {
        Filter::All(Vec::new())
    }
}

/// A test of the values of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A text, an amount, a purchase date or the id of the row contains the text.
    Word(Text),
    /// A field has one of the texts.
    Text {
        /// The field.
        field: TextField,
        /// Whether a name, a code or an id must equal the text; else a name may contain it.
        exact: bool,
        /// At least one; none matches no row.
        any_of: Vec<Text>,
    },
    /// A number lies in a range. An amount is compared in its own currency: 100 is a hundred euros or
    /// a hundred yen. One in a currency whose decimals are not known lies in no range.
    Number(NumberField, Range),
    /// A day lies in a range.
    Day(DayField, DayRange),
    /// A field has a value.
    Has(Field),
    /// Something is true of the row.
    Is(FlagWord),
}

/// A text that is searched for; it is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Whether the value must begin with it, as with `lunch*`.
    pub begins: bool,
}

impl Filter {
    /// Whether it keeps every row because it has no condition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Filter::All(all) if all.is_empty())
    }

    /// Both conditions.
    #[must_use]
    pub fn and(self, other: Filter) -> Filter {
        match (self, other) {
            (it, other) if other.is_empty() => it,
            (it, other) if it.is_empty() => other,
            (Filter::All(mut all), other) => {
                all.push(other);
                Filter::All(all)
            }
            (it, other) => Filter::All(vec![it, other]),
        }
    }
}
