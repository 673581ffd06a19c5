//! How notes and tables name a record that could not be read.

use outlay_pleo::Unreadable;

/// Returns the id, or "without id", and the field that could not be read, if one is known.
#[must_use]
pub fn label(record: &Unreadable) -> String {
    let id = record.id.as_deref().unwrap_or("without id");
    match &*record.field {
        "" => id.to_owned(),
        field => format!("{id}, field {field}"),
    }
}
