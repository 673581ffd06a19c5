//! The catalogue: made of the document, written and read back, and its judgement of values against
//! that of the `jsonschema` crate.

#![allow(clippy::unwrap_used, clippy::panic)] // a failed set-up should stop a test

mod builders;
mod document;
mod every;
mod examples;
mod generate;
mod models;
mod operations;
mod oracle;
mod requests;
mod same;
mod sound;
mod table;

use std::sync::LazyLock;

use outlay_pleo::catalogue::{Catalogue, DOCUMENT, ValueFault};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of_openapi(DOCUMENT).unwrap());

/// Faults as lines: place, word, figures.
fn fault_lines(faults: &[ValueFault]) -> Vec<String> {
    let fault_lines = faults.iter().map(|fault| {
        let values = fault.values.join(" ");
        format!("{} {} {values}", fault.at, fault.code.word())
            .trim()
            .to_owned()
    });
    fault_lines.collect()
}
