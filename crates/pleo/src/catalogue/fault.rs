//! What is wrong with a value: a place, a word and figures, but no sentence.

use outlay_wire::string_enum;

use super::lean::lean;

/// One thing that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueFault {
    /// Where: `data[3].name` in a body, else a parameter's name. Empty for the whole value.
    pub at: String,
    /// What.
    pub code: FaultCode,
    /// What a sentence about it needs, as the [`FaultCode`] says.
    pub values: Vec<String>,
}

lean!(ValueFault { at = "at", code = "code", values = "values" });

/// What is wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultCode {
    /// It must be there.
    #[default]
    Missing,
    /// Nobody asked for it.
    Unknown,
    /// It is of another kind than the one in the value: `object`, `array`, `string`, `integer`,
    /// `number` or `boolean`.
    Kind,
    /// It may not be `null`.
    Null,
    /// It is written otherwise than the format in the value; see [`super::Format`].
    Format,
    /// It has characters outside the pattern in the value.
    Pattern,
    /// It is none of the words in the values.
    Word,
    /// It has fewer characters than the value says.
    TooShort,
    /// It has more characters than the value says.
    TooLong,
    /// It has fewer items than the value says.
    TooFew,
    /// It has more items than the value says.
    TooMany,
    /// It stands there a second time.
    Repeated,
    /// It is smaller than the value says.
    TooSmall,
    /// It is larger than the value says.
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
