//! Makes the snapshot file of the entries that match, in slices.

use js_sys::Array;
use leptos::prelude::*;
use outlay_pleo::Completeness;
use outlay_snapshot::container::{hex, nonce};
use outlay_snapshot::{Header, KeyParameters, Sealer, SnapshotWriter};
use outlay_table::file_name::{self, ListExtent};

use super::messages;
use crate::pages::entries::state::EntriesState;
use crate::platform::clock::Slices;
use crate::platform::passphrase::{PassphraseKey, salt};
use crate::platform::{clock, download, intl};
use crate::session::Session;

/// Rounds of PBKDF2 for a new file.
const ITERATIONS: u32 = 600_000;

/// The file that was offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFile {
    /// The sentence about the download.
    pub notice: String,
    /// The root as 64 hexadecimal digits.
    pub root: String,
}

/// Seals the entries that match, in their order, and offers the file.
///
/// # Errors
///
/// The text to show: the entries changed meanwhile, or the browser has no cryptography.
pub async fn save(
    session: Session,
    state: EntriesState,
    passphrase: String,
    progress: impl Fn(usize, usize),
) -> Result<SavedFile, &'static str> {
    let parameters = match &*passphrase {
        "" => None,
        _ => Some(KeyParameters {
            iterations: ITERATIONS,
            salt: salt().ok_or(messages::NO_CRYPTO)?,
        }),
    };
    let key = match parameters {
        None => None,
        Some(KeyParameters { iterations, salt }) => {
            let key = PassphraseKey::derive(&passphrase, &salt, iterations).await;
            Some(key.ok_or(messages::NO_CRYPTO)?)
        }
    };
    drop(passphrase);
    // After the wait for the key: header and rows are of the same instant.
    let header = header(session, state);
    let company = header.company.clone();
    let order = state.order.get_untracked();
    let table = state.company_data.table;
    let mut writer = table
        .try_with_untracked(|table| SnapshotWriter::new(table, &order, header))
        .ok_or(messages::INTERRUPTED)?;
    let last_row = writer.last_row();
    let mut slices = Slices::begin();
    let mut sealer = Sealer::new();
    let parts = Array::new();
    for number in 0.. {
        let part = table.try_with_untracked(|table| {
            // The rows may have been dropped, to be loaded again.
            let is_there = last_row.is_none_or(|row| table.rows() > row as usize);
            is_there.then(|| writer.next_part(table))
        });
        let part = part.flatten().ok_or(messages::INTERRUPTED)?;
        let Some(mut part) = part else { break };
        if let Some(key) = &key {
            let encrypted = key.encrypt(&nonce(number), &part.bytes).await;
            part.bytes = encrypted.ok_or(messages::NO_CRYPTO)?;
        }
        if let Some(parameters) = parameters.filter(|_| number == 0) {
            part.bytes.splice(0..0, parameters.to_bytes());
        }
        sealer.add(&part);
        let stored = download::part(&part.bytes).ok_or(messages::INTERRUPTED)?;
        parts.push(&stored);
        let (done, of) = writer.progress();
        progress(done, of);
        slices.pause().await;
    }
    let (head, root) = sealer.finish(parameters.is_some());
    let head = download::part(&head).ok_or(messages::INTERRUPTED)?;
    parts.unshift(&head);
    let day = intl::iso(clock::wall_millis());
    let day = day.get(..10).unwrap_or_default();
    let extent = match is_complete(state) {
        true => ListExtent::Whole,
        false => ListExtent::Incomplete,
    };
    let name = file_name::list("snapshot", Some(&company), day, extent, "outlay");
    let rows = intl::count(writer.progress().1);
    let size = crate::components::messages::export::rows(&rows);
    let notice = download::save_parts(&name, "application/octet-stream", &parts, Some(&size), 0);
    Ok(SavedFile {
        notice,
        root: hex(&root),
    })
}

/// Whether the whole list is loaded.
pub fn is_complete(state: EntriesState) -> bool {
    let pagination = state.company_data.entries_pagination;
    pagination.with_untracked(|it| it.list.completeness() == Completeness::Complete)
}

fn header(session: Session, state: EntriesState) -> Header {
    let company_data = state.company_data;
    let id = company_data.company_id.get_untracked();
    let company = company_data.companies.with_untracked(|all| {
        let own = all.ready()?.iter().find(|it| Some(&it.id) == id.as_ref())?;
        Some(own.name.clone())
    });
    let environment = untrack(|| session.environment());
    let number = |number: usize| number as u64;
    company_data
        .entries_pagination
        .with_untracked(|pagination| Header {
            company_id: id.map(|id| id.as_str().to_owned()).unwrap_or_default(),
            company: company.unwrap_or_default(),
            environment: environment.map(|(_, name)| name).unwrap_or_default(),
            filter: state.filter.with_untracked(|filter| filter.to_string()),
            sealed_at: intl::iso(clock::wall_millis()),
            complete: is_complete(state),
            loaded: number(pagination.list.distinct()),
            total: pagination.list.total().map(number),
            ..Header::default()
        })
}
