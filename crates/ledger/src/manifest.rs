//! The sources of a set of files, as JSON to store with them.

use outlay_pleo::id::AccountingEntryId;
use outlay_wire::Value;

use crate::amount::exponent;
use crate::entry::Journal;
use crate::format::{JobInfo, Prepared, sha256};
use crate::mapping::{Mapping, pretty};
use crate::rehearsal::Rehearsal;

/// Version of the manifest format, written into each manifest.
pub const VERSION: u64 = 1;

/// The manifest: build, job, filter, mapping, files with rows and SHA-256, totals, and the rows of each
/// entry. The same arguments give the same text.
#[must_use]
pub fn manifest(
    job: &JobInfo,
    journal: &Journal,
    mapping: &Mapping,
    left_out: &[AccountingEntryId],
    prepared: &Prepared,
    rehearsal: &Rehearsal,
) -> String {
    let text = |text: &str| Value::Text(text.to_owned());
    let number = |number: usize| Value::Number(number.to_string());
    let object = |fields: Vec<(&str, Value)>| {
        Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    };
    let files = prepared.files.iter().map(|file| {
        object(vec![
            ("name", text(&file.name)),
            ("bytes", number(file.bytes.len())),
            ("rows", number(file.rows)),
            ("sha256", text(&file.sha256)),
        ])
    });
    let totals = rehearsal.totals.iter().map(|total| {
        let digits = exponent(total.currency).unwrap_or_default();
        let amount = |minors| text(&outlay_pleo::money::decimal(minors, digits));
        object(vec![
            ("currency", text(total.currency.as_str())),
            ("debit", amount(total.debit)),
            ("credit", amount(total.credit)),
        ])
    });
    let mut rows = vec![Vec::new(); journal.entries.len()];
    for row in &rehearsal.rows {
        if let Some(of_entry) = rows.get_mut(row.entry) {
            of_entry.push((row.file, row.row.line));
        }
    }
    let entries = journal.entries.iter().zip(rows).map(|(entry, rows)| {
        let file = rows.first().and_then(|(file, _)| prepared.files.get(*file));
        object(vec![
            ("entry", text(entry.id.as_str())),
            ("voucher", text(&entry.voucher)),
            ("file", text(file.map_or("", |file| &file.name))),
            (
                "lines",
                Value::List(rows.iter().map(|(_, line)| number(*line)).collect()),
            ),
        ])
    });
    let mapping_json = mapping.to_json();
    pretty(&object(vec![
        ("outlayManifest", number(VERSION as usize)),
        ("build", text(&job.build)),
        ("format", text(mapping.format().word())),
        ("verified", Value::Bool(mapping.format().is_verified())),
        (
            "job",
            object(vec![
                ("id", text(job.id.as_str())),
                ("company", text(job.company.as_str())),
                ("created", text(&job.created.format(3))),
            ]),
        ),
        (
            "filter",
            object(vec![
                ("entries", number(journal.entries.len())),
                (
                    "leftOut",
                    Value::List(left_out.iter().map(|id| text(id.as_str())).collect()),
                ),
            ]),
        ),
        ("rows", number(rehearsal.rows.len())),
        ("totals", Value::List(totals.collect())),
        ("changedTexts", number(prepared.changes.len())),
        ("files", Value::List(files.collect())),
        ("mappingSha256", text(&sha256(mapping_json.as_bytes()))),
        ("mapping", mapping.value()),
        ("entries", Value::List(entries.collect())),
    ]))
}
