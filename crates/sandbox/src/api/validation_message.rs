//! The error of an invalid request, as a sentence that names the field.

use outlay_pleo::catalogue::{FaultCode, ValueFault};

/// Returns the English sentence of a fault, for the `message` of a 400.
pub fn sentence(fault: &ValueFault) -> String {
    let at = match fault.at.as_str() {
        "" => "The request",
        at => at,
    };
    let first = fault.values.first().map_or("", String::as_str);
    let all = fault.values.join(", ");
    match fault.code {
        FaultCode::Missing if fault.at.is_empty() => "The body is missing.".to_owned(),
        FaultCode::Missing => format!("{at} is missing."),
        FaultCode::Unknown => format!("{at} is not known here."),
        FaultCode::Kind => format!("{at} is no {first}."),
        FaultCode::Null => format!("{at} must not be null."),
        FaultCode::Format => format!("{at} is not written as {first}."),
        FaultCode::Pattern => format!("{at} does not match {first}."),
        FaultCode::Word => format!("{at} is none of {all}."),
        FaultCode::TooShort => format!("{at} has fewer than {first} characters."),
        FaultCode::TooLong => format!("{at} has more than {first} characters."),
        FaultCode::TooFew => format!("{at} has fewer than {first} items."),
        FaultCode::TooMany => format!("{at} has more than {first} items."),
        FaultCode::Repeated => format!("{at} stands more than once."),
        FaultCode::TooSmall => format!("{at} is smaller than {first}."),
        FaultCode::TooLarge => format!("{at} is larger than {first}."),
        FaultCode::OneNeeded => format!("{} must be provided.", fault.values.join(" or ")),
        FaultCode::OneAllowed => format!("{all} exclude one another."),
        FaultCode::Invisible => format!("{at} has {all}."),
    }
}
