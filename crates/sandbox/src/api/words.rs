//! What is wrong with a request, as a sentence that names the place.

use outlay_pleo::catalogue::{Code, Fault};

/// The sentence.
pub fn sentence(fault: &Fault) -> String {
    let at = match fault.at.as_str() {
        "" => "The request",
        at => at,
    };
    let first = fault.values.first().map_or("", String::as_str);
    let all = fault.values.join(", ");
    match fault.code {
        Code::Missing if fault.at.is_empty() => "The body is missing.".to_owned(),
        Code::Missing => format!("{at} is missing."),
        Code::Unknown => format!("{at} is not known here."),
        Code::Kind => format!("{at} is no {first}."),
        Code::Null => format!("{at} must not be null."),
        Code::Format => format!("{at} is not written as {first}."),
        Code::Pattern => format!("{at} does not match {first}."),
        Code::Word => format!("{at} is none of {all}."),
        Code::TooShort => format!("{at} has fewer than {first} characters."),
        Code::TooLong => format!("{at} has more than {first} characters."),
        Code::TooFew => format!("{at} has fewer than {first} items."),
        Code::TooMany => format!("{at} has more than {first} items."),
        Code::Repeated => format!("{at} stands more than once."),
        Code::TooSmall => format!("{at} is smaller than {first}."),
        Code::TooLarge => format!("{at} is larger than {first}."),
        Code::OneNeeded => format!("{} must be provided.", fault.values.join(" or ")),
        Code::OneAllowed => format!("{all} exclude one another."),
        Code::Invisible => format!("{at} has {all}."),
    }
}
