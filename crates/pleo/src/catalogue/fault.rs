//! What is wrong with a value: a place, a word and figures, but no sentence.

use outlay_wire::string_enum;

use super::lean::lean;

/// One difference between a value and its schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueFault {
    /// Where: `data[3].name` in a body, else a parameter's name. Empty for the whole value.
    pub at: String,
    /// The rule that the value breaks; determines the meaning of `values`.
    pub code: FaultCode,
    /// The arguments of the message, in the order that the [`FaultCode`] states.
    pub values: Vec<String>,
}

lean!(ValueFault { at = "at", code = "code", values = "values" });

/// The rule that a value breaks; the message is made elsewhere, from the code and the values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultCode {
    /// A required field or parameter is absent.
    #[default]
    Missing,
    /// A field or parameter that the schema does not list.
    Unknown,
    /// It is of another kind than the one in the value: `object`, `array`, `string`, `integer`,
    /// `number` or `boolean`.
    Kind,
    /// `null` where the schema is not nullable.
    Null,
    /// The text does not have the format that the value names; see [`super::Format`].
    Format,
    /// The text does not match the pattern that the value gives.
    Pattern,
    /// The text is not one of the values, which are the schema's `enum`.
    Word,
    /// Fewer characters than `minLength`, which is the value.
    TooShort,
    /// More characters than `maxLength`, which is the value.
    TooLong,
    /// Fewer items than `minItems`, which is the value.
    TooFew,
    /// More items than `maxItems`, which is the value.
    TooMany,
    /// A second equal item in a list with `uniqueItems`.
    Repeated,
    /// Less than `minimum`, which is the value.
    TooSmall,
    /// More than `maximum`, which is the value.
    TooLarge,
    /// One of the values must be given; each is a name, or several with `+` between them.
    OneNeeded,
    /// Only one of the values may be given; each is a name, or several with `+` between them.
    OneAllowed,
    /// It holds a character that cannot be seen, which the value names. Only what a person typed is
    /// looked at for this.
    Invisible,
}

string_enum!(FaultCode {
    Missing = "missing", Unknown = "unknown", Kind = "kind", Null = "null", Format = "format",
    Pattern = "pattern", Word = "word", TooShort = "too_short", TooLong = "too_long",
    TooFew = "too_few", TooMany = "too_many", Repeated = "repeated", TooSmall = "too_small",
    TooLarge = "too_large", OneNeeded = "one_needed", OneAllowed = "one_allowed",
    Invisible = "invisible",
});
