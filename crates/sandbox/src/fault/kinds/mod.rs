//! The rows of the table, in groups.

mod answer;
mod browser;
mod callback;
mod connection;
mod given;
mod rules;
mod session;
mod token;

use crate::fault::row::{Fault, Group};

/// The whole table.
pub const GROUPS: &[Group] = &[
    Group {
        title: "Connection",
        faults: connection::FAULTS,
    },
    Group {
        title: "Answers",
        faults: answer::FAULTS,
    },
    Group {
        title: "Answers as given",
        faults: given::FAULTS,
    },
    Group {
        title: "Token answers",
        faults: token::FAULTS,
    },
    Group {
        title: "Callback",
        faults: callback::FAULTS,
    },
    Group {
        title: "Session and subject",
        faults: session::FAULTS,
    },
    Group {
        title: "Rules of the authorization server",
        faults: rules::FAULTS,
    },
    Group {
        title: "What the browser enforces",
        faults: browser::FAULTS,
    },
];

pub use rules::ignores;

/// Every row.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    GROUPS.iter().flat_map(|group| group.faults)
}

/// The row of this name.
pub fn named(name: &str) -> Option<&'static Fault> {
    all().find(|fault| fault.name == name)
}
