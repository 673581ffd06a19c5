//! What is wrong with the text of a filter, and where.

use std::fmt;

/// A text that is no filter: the rule and the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterError {
    /// The characters before the one that is wrong; an emoji of one code point counts as one.
    pub at: usize,
    /// The rule that the text breaks.
    pub code: FilterErrorCode,
}

/// The rules for the text of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterErrorCode {
    /// The name before an operator is no field.
    UnknownField,
    /// The field does not support the operator.
    WrongOperator,
    /// A condition is missing, for example after `OR` or `-`.
    MissingCondition,
    /// A value is missing after an operator or a comma.
    MissingValue,
    /// The value of a number field is not a decimal number.
    NotANumber,
    /// The value is a number in one country and another number in another one, such as `1,234`.
    AmbiguousNumber,
    /// The number has more than 18 digits or more than 9 decimals.
    NumberTooLong,
    /// The value of a day field is not a day, month or year.
    NotADate,
    /// The end of the range is before its beginning.
    ReversedRange,
    /// A quotation mark is not closed.
    UnclosedQuote,
    /// A parenthesis is not closed.
    UnclosedParenthesis,
    /// A closing parenthesis without an opening one.
    UnopenedParenthesis,
    /// Parentheses and minus signs are nested more than 32 deep.
    TooDeep,
    /// The text has more than 4,000 characters.
    TooLong,
}

impl FilterErrorCode {
    /// Returns the stable code, for example `unknown_field`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            FilterErrorCode::UnknownField => "unknown_field",
            FilterErrorCode::WrongOperator => "wrong_operator",
            FilterErrorCode::MissingCondition => "missing_condition",
            FilterErrorCode::MissingValue => "missing_value",
            FilterErrorCode::NotANumber => "not_a_number",
            FilterErrorCode::AmbiguousNumber => "ambiguous_number",
            FilterErrorCode::NumberTooLong => "number_too_long",
            FilterErrorCode::NotADate => "not_a_date",
            FilterErrorCode::ReversedRange => "reversed_range",
            FilterErrorCode::UnclosedQuote => "unclosed_quote",
            FilterErrorCode::UnclosedParenthesis => "unclosed_parenthesis",
            FilterErrorCode::UnopenedParenthesis => "unopened_parenthesis",
            FilterErrorCode::TooDeep => "too_deep",
            FilterErrorCode::TooLong => "too_long",
        }
    }

    /// Returns the problem and its remedy as a sentence for the user.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            FilterErrorCode::UnknownField => {
                "No field has this name. To search for a text with a colon, put it in quotation marks."
            }
            FilterErrorCode::WrongOperator => {
                "This field cannot be compared like this. Use : or = for texts, and > < for amounts and dates."
            }
            FilterErrorCode::MissingCondition => "A condition is missing here.",
            FilterErrorCode::MissingValue => "A value is missing here.",
            FilterErrorCode::NotANumber => "This is not a number. Write amounts like 1250.50.",
            FilterErrorCode::AmbiguousNumber => {
                "This number can be read in two ways. Write 1234 or 1.234 without a comma."
            }
            FilterErrorCode::NumberTooLong => "This number is too long.",
            FilterErrorCode::NotADate => {
                "This is not a date. Write 2026-03-31, 2026-03 for a month or 2026 for a year."
            }
            FilterErrorCode::ReversedRange => "The range ends before it begins.",
            FilterErrorCode::UnclosedQuote => "The closing quotation mark is missing.",
            FilterErrorCode::UnclosedParenthesis => "The closing parenthesis is missing.",
            FilterErrorCode::UnopenedParenthesis => "There is no opening parenthesis for this one.",
            FilterErrorCode::TooDeep => "Too many parentheses inside each other.",
            FilterErrorCode::TooLong => "The filter is too long: 4,000 characters are allowed.",
        }
    }
}

impl fmt::Display for FilterError {
    /// `unknown_field at character 5`, the first character being 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at character {}", self.code.as_str(), self.at + 1)
    }
}

impl std::error::Error for FilterError {}
