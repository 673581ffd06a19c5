//! The sources of a set of files, as JSON to store with them.

use outlay_pleo::id::{AccountingEntryId, ExportJobId};
use outlay_wire::{Value, parse, to_text};

use crate::amount::exponent;
use crate::entry::Journal;
use crate::format::{JobInfo, Prepared, sha256};
use crate::mapping::{Mapping, MappingError, pretty};
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

/// The part of a manifest that a later run needs to report what its files contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFacts {
    /// Id of the export job.
    pub job: ExportJobId,
    /// The entries that are in no file.
    pub left_out: Vec<AccountingEntryId>,
    /// The entries in the files, each with its voucher number there.
    pub vouchers: Vec<(AccountingEntryId, String)>,
    /// The mapping that the files were made with.
    pub mapping: Mapping,
}

/// Reads a manifest that [`manifest`] wrote.
///
/// # Errors
///
/// `manifest_invalid` for another file, or the code of the first problem of its mapping.
pub fn read(text: &str) -> Result<ManifestFacts, MappingError> {
    let invalid = || MappingError {
        code: "manifest_invalid",
        key: String::new(),
        message: "The file is no manifest of an export.".to_owned(),
    };
    let json = parse(text.trim_start_matches('\u{feff}')).map_err(|_| invalid())?;
    let version = json.get("outlayManifest").and_then(Value::as_u64);
    let job = json.get("job").and_then(|job| job.get("id")?.as_str());
    let left_out = json
        .get("filter")
        .and_then(|it| it.get("leftOut")?.as_list());
    let entries = json.get("entries").and_then(Value::as_list);
    let (Some(VERSION), Some(job), Some(left_out), Some(mapping), Some(entries)) =
        (version, job, left_out, json.get("mapping"), entries)
    else {
        return Err(invalid());
    };
    let voucher = |entry: &Value| {
        let id = entry.get("entry")?.as_str()?;
        Some((id.into(), entry.get("voucher")?.as_str()?.to_owned()))
    };
    let vouchers: Option<Vec<_>> = entries.iter().map(voucher).collect();
    Ok(ManifestFacts {
        job: job.into(),
        left_out: left_out
            .iter()
            .filter_map(|id| Some(id.as_str()?.into()))
            .collect(),
        vouchers: vouchers.ok_or_else(invalid)?,
        mapping: Mapping::from_json(&to_text(mapping))?,
    })
}
