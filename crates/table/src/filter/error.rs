//! What is wrong with the text of a filter, and where.

use std::fmt;

/// A text that is no filter: the rule and the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    /// The characters before the one that is wrong; an emoji of one code point counts as one.
    pub at: usize,
    /// The rule that the text breaks.
    pub code: ErrorCode,
}

/// The rules for the text of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
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

impl ErrorCode {
    /// Returns the stable code, for example `unknown_field`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::UnknownField => "unknown_field",
            ErrorCode::WrongOperator => "wrong_operator",
            ErrorCode::MissingCondition => "missing_condition",
            ErrorCode::MissingValue => "missing_value",
            ErrorCode::NotANumber => "not_a_number",
            ErrorCode::AmbiguousNumber => "ambiguous_number",
            ErrorCode::NumberTooLong => "number_too_long",
            ErrorCode::NotADate => "not_a_date",
            ErrorCode::ReversedRange => "reversed_range",
            ErrorCode::UnclosedQuote => "unclosed_quote",
            ErrorCode::UnclosedParenthesis => "unclosed_parenthesis",
            ErrorCode::UnopenedParenthesis => "unopened_parenthesis",
            ErrorCode::TooDeep => "too_deep",
            ErrorCode::TooLong => "too_long",
        }
    }

    /// Returns the problem and its remedy as a sentence for the user.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            ErrorCode::UnknownField => {
                "No field has this name. To search for a text with a colon, put it in quotation marks."
            }
            ErrorCode::WrongOperator => {
                "This field cannot be compared like this. Use : or = for texts, and > < for amounts and dates."
            }
            ErrorCode::MissingCondition => "A condition is missing here.",
            ErrorCode::MissingValue => "A value is missing here.",
            ErrorCode::NotANumber => "This is not a number. Write amounts like 1250.50.",
            ErrorCode::AmbiguousNumber => {
                "This number can be read in two ways. Write 1234 or 1.234 without a comma."
            }
            ErrorCode::NumberTooLong => "This number is too long.",
            ErrorCode::NotADate => {
                "This is not a date. Write 2026-03-31, 2026-03 for a month or 2026 for a year."
            }
            ErrorCode::ReversedRange => "The range ends before it begins.",
            ErrorCode::UnclosedQuote => "The closing quotation mark is missing.",
            ErrorCode::UnclosedParenthesis => "The closing parenthesis is missing.",
            ErrorCode::UnopenedParenthesis => "There is no opening parenthesis for this one.",
            ErrorCode::TooDeep => "Too many parentheses inside each other.",
            ErrorCode::TooLong => "The filter is too long: 4,000 characters are allowed.",
        }
    }
}

impl fmt::Display for Error {
    /// `unknown_field at character 5`, the first character being 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at character {}", self.code.as_str(), self.at + 1)
    }
}

impl std::error::Error for Error {}
