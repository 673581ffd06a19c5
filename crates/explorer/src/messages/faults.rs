//! What is wrong with a value, in words.

use outlay_pleo::catalogue::{FaultCode, ParameterLocation, ValueFault};

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
        FaultCode::Missing => "It is needed.".to_owned(),
        FaultCode::Unknown => "This operation knows no such field.".to_owned(),
        FaultCode::Kind => match fault.values.get(1) {
            Some(line) => format!("It must be JSON; line {line} is not."),
            None => format!("It must be {}.", kind(first)),
        },
        FaultCode::Null => "It cannot be null.".to_owned(),
        FaultCode::Format => format!("It must be written as {}.", format_label(first)),
        FaultCode::Pattern => format!("It must fit {first}."),
        FaultCode::Word => format!(
            "It is none of the known words: {}.",
            fault.values.join(", ")
        ),
        FaultCode::TooShort => format!("It needs at least {first} characters."),
        FaultCode::TooLong => format!("It can have at most {first} characters."),
        FaultCode::TooFew => format!("It needs at least {first}."),
        FaultCode::TooMany => format!("It can have at most {first}."),
        FaultCode::Repeated => "It stands there twice.".to_owned(),
        FaultCode::TooSmall => format!("It must be at least {first}."),
        FaultCode::TooLarge => format!("It can be at most {first}."),
        FaultCode::OneNeeded => format!("One of these is needed: {}.", names().join(", ")),
        FaultCode::OneAllowed => format!("Only one of these can be given: {}.", names().join(", ")),
        FaultCode::Invisible => format!("It contains a character that cannot be seen: {first}."),
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
        "string" => "a text",
        "integer" => "a whole number",
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
