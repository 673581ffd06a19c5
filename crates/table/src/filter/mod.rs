//! Which rows to keep: a tree of tests, and the one line of text that means the same.
//!
//! `docs/filters.md` describes the language. [`Filter::parse`] reads it, `Display` writes it back in one
//! form: `parse(filter.to_string()) == filter` for every filter that was parsed, and for every other one
//! without a node of [`Filter::All`] or [`Filter::Any`] that has one child or, but for the root, none.
//! [`crate::EntryTable::select`] finds the rows.

mod day;
mod error;
mod field;
mod form;
mod parse;
mod print;
mod quantity;

pub use day::DayRange;
pub use error::{FilterError, FilterErrorCode};
pub use field::{DayField, Field, FlagWord, NumberField, TextField};
pub use form::{FilterForm, FormText};
pub use quantity::{Quantity, Range};

/// A condition on a row, as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Every condition holds; an empty list keeps every row.
    All(Vec<Filter>),
    /// At least one condition holds; an empty list keeps no row.
    Any(Vec<Filter>),
    /// The condition does not hold.
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

/// A test of the values of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A text, an amount, the purchase date or the id of the row contains the text.
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
    /// a hundred yen. One in a currency of unknown exponent is in no range.
    Number(NumberField, Range),
    /// A day is in a range.
    Day(DayField, DayRange),
    /// A field has a value.
    Has(Field),
    /// A field lacks a value, or has Pleo's "I don't know"; of a split entry, if one of its lines does.
    Missing(Field),
    /// The row has a property.
    Is(FlagWord),
}

/// A text that is searched for; it is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text to look for, compared without case and accents.
    pub text: String,
    /// Whether the value must begin with the text, as for `lunch*`.
    pub begins: bool,
}

impl Filter {
    /// Returns whether the filter has no condition and keeps every row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Filter::All(all) if all.is_empty())
    }

    /// Returns the filter that keeps the rows of both.
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
