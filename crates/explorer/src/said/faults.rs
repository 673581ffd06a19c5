//! What is wrong with a value, in words.

use outlay_pleo::catalogue::{Code, Fault, Place};

/// The sentence.
pub fn sentence(fault: &Fault) -> String {
    let first = fault.values.first().map_or("", String::as_str);
    let names = || {
        fault
            .values
            .iter()
            .map(|it| it.replace('+', " with "))
            .collect::<Vec<_>>()
    };
    match fault.code {
        Code::Missing => "It is needed.".to_owned(),
        Code::Unknown => "This operation knows no such field.".to_owned(),
        Code::Kind => match fault.values.get(1) {
            Some(line) => format!("It must be JSON; line {line} is not."),
            None => format!("It must be {}.", kind(first)),
        },
        Code::Null => "It cannot be null.".to_owned(),
        Code::Format => format!("It must be written as {}.", format_words(first)),
        Code::Pattern => format!("It must fit {first}."),
        Code::Word => format!(
            "It is none of the known words: {}.",
            fault.values.join(", ")
        ),
        Code::TooShort => format!("It needs at least {first} characters."),
        Code::TooLong => format!("It can have at most {first} characters."),
        Code::TooFew => format!("It needs at least {first}."),
        Code::TooMany => format!("It can have at most {first}."),
        Code::Repeated => "It stands there twice.".to_owned(),
        Code::TooSmall => format!("It must be at least {first}."),
        Code::TooLarge => format!("It can be at most {first}."),
        Code::OneNeeded => format!("One of these is needed: {}.", names().join(", ")),
        Code::OneAllowed => format!("Only one of these can be given: {}.", names().join(", ")),
        Code::Invisible => format!("It contains a character that cannot be seen: {first}."),
    }
}

/// Where a fault stands, for who reads the list of all.
pub fn place(place: Place, fault: &Fault) -> String {
    match (place, &*fault.at) {
        (Place::Body, "") => "The body".to_owned(),
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

/// A format as a person writes it.
pub fn format_words(word: &str) -> &str {
    match word {
        "uuid" => "a UUID",
        "date" => "a date, YYYY-MM-DD",
        "date-time" => "a date and time, such as 2026-03-01T14:05:00Z",
        other => other,
    }
}
