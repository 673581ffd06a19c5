//! The rows of the table, in groups.

mod answer;
mod browser;
mod callback;
mod connection;
mod given;
mod rules;
mod session;
mod token;

use crate::fault::row::{FaultGroup, FaultRow};

/// The table of faults, in groups.
pub const GROUPS: &[FaultGroup] = &[
    FaultGroup {
        title: "Connection",
        faults: connection::FAULTS,
    },
    FaultGroup {
        title: "Answers",
        faults: answer::FAULTS,
    },
    FaultGroup {
        title: "Answers as given",
        faults: given::FAULTS,
    },
    FaultGroup {
        title: "Token answers",
        faults: token::FAULTS,
    },
    FaultGroup {
        title: "Callback",
        faults: callback::FAULTS,
    },
    FaultGroup {
        title: "Session and subject",
        faults: session::FAULTS,
    },
    FaultGroup {
        title: "Rules of the authorization server",
        faults: rules::FAULTS,
    },
    FaultGroup {
        title: "What the browser enforces",
        faults: browser::FAULTS,
    },
];

pub use rules::fault_of;

/// Returns every fault, in the order of [`GROUPS`].
pub fn all() -> impl Iterator<Item = &'static FaultRow> {
    GROUPS.iter().flat_map(|group| group.faults)
}

/// Returns the row with this name; `None` for an unknown one.
pub fn named(name: &str) -> Option<&'static FaultRow> {
    all().find(|fault| fault.name == name)
}
