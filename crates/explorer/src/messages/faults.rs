//! The faults of values as sentences.

use outlay_pleo::catalogue::{FaultCode, ParameterLocation, ValueFault};

use super::unit;

/// Returns the fault as a sentence for the user.
pub fn sentence(fault: &ValueFault) -> String {
    let first = fault.values.first().map_or("", String::as_str);
    let names = || {
        fault
            .values
            .iter()
            .map(|it| it.replace('+', " with "))
            .collect::<Vec<_>>()
    };
    match fault.code {
        FaultCode::Missing => "Required.".to_owned(),
        FaultCode::Unknown => "This operation has no such field.".to_owned(),
        FaultCode::Kind => match fault.values.get(1) {
            Some(line) => format!("Must be JSON; line {line} is not."),
            None => format!("Must be {}.", kind(first)),
        },
        FaultCode::Null => "Must not be null.".to_owned(),
        FaultCode::Format => format!("Must be {}.", format_label(first)),
        FaultCode::Pattern => format!("Must match {first}."),
        FaultCode::Word => format!("Must be one of: {}.", fault.values.join(", ")),
        FaultCode::TooShort => format!("Must have at least {first}{}.", unit(first, "character")),
        FaultCode::TooLong => format!("Must have at most {first}{}.", unit(first, "character")),
        FaultCode::TooFew => format!("Must have at least {first}{}.", unit(first, "item")),
        FaultCode::TooMany => format!("Must have at most {first}{}.", unit(first, "item")),
        FaultCode::Repeated => "Is in the list twice.".to_owned(),
        FaultCode::TooSmall => format!("Must be at least {first}."),
        FaultCode::TooLarge => format!("Must be at most {first}."),
        FaultCode::OneNeeded => format!("One of these is required: {}.", names().join(", ")),
        FaultCode::OneAllowed => format!("Only one of these is allowed: {}.", names().join(", ")),
        FaultCode::Invisible => format!("Contains an invisible character: {first}."),
    }
}

/// Returns the place of a fault for the list of all faults, for example `tags[0]`.
pub fn place(place: ParameterLocation, fault: &ValueFault) -> String {
    match (place, &*fault.at) {
        (ParameterLocation::Body, "") => "The body".to_owned(),
        (_, "") => "The query".to_owned(),
        (_, at) => at.to_owned(),
    }
}

fn kind(word: &str) -> &str {
    match word {
        "object" => "an object",
        "array" => "a list",
        "string" => "a string",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "true or false",
        _ => "JSON",
    }
}

/// Returns the name of a format on screen.
pub fn format_label(word: &str) -> &str {
    match word {
        "uuid" => "a UUID",
        "date" => "a date, YYYY-MM-DD",
        "date-time" => "a date and time, such as 2026-03-01T14:05:00Z",
        other => other,
    }
}
