//! Writes the file that [`super::export_entries`] saves; loaded when the first one is asked for.

use leptos::prelude::*;
use outlay_pleo::Completeness;
use outlay_table::entries_file::{self, Coded, LedgerIds};
use outlay_table::file_name::{self, ListExtent};

use super::export_entries::{ExportStage, ExportState, form};
use super::export_text::reason;
use super::messages;
use crate::platform::{clock, download, intl};
use crate::session::ledger_names::{self, NameSource};

/// What [`super::export_entries`] asks of this module.
#[derive(Clone, Copy)]
pub struct Writer {
    /// Loads the names that the file needs, and writes it if none is missing.
    pub load: fn(ExportState),
    /// Writes the file with the names that are there.
    pub write: fn(ExportState),
}

/// This module.
pub const WRITER: Writer = Writer {
    load: |saving| untrack(|| saving.load()),
    write: |saving| saving.write(),
};

impl ExportState {
    fn load(self) {
        let source = (|| {
            Some(NameSource {
                client: self.session.client()?,
                connection: self.session.live_id.get_untracked()?,
                company: self.company_data.company_id.get_untracked()?,
            })
        })();
        let Some(source) = source else {
            return self.cancel();
        };
        let ids = self.company_data.entries.with_untracked(LedgerIds::of);
        let lacking = self.lacking();
        self.task.with_value(|task| {
            task.run(async move {
                let (names, failed) = ledger_names::load(&source, ids, &lacking).await;
                self.names.set_value(names);
                let employees = self
                    .company_data
                    .people
                    .with_untracked(|people| people.app_error().cloned());
                let failed = employees
                    .map(|app_error| (messages::export::EMPLOYEES, app_error))
                    .into_iter()
                    .chain(failed);
                let sentences: Vec<String> = failed
                    .map(|(what, app_error)| messages::export::missing(what, &reason(&app_error)))
                    .collect();
                match sentences.is_empty() {
                    true => self.write(),
                    false => self.stage.set(ExportStage::Asking(sentences)),
                }
            });
        });
    }

    fn write(self) {
        let company_data = self.company_data;
        let file = company_data.entries.with_untracked(|rows| {
            company_data.people.with_untracked(|people| {
                let named = people.ready().map(|people| {
                    let name = |it: &Coded| it.name.clone().unwrap_or_default();
                    people
                        .iter()
                        .map(|(id, it)| (id.clone(), name(it)))
                        .collect()
                });
                self.names
                    .with_value(|names| entries_file::write(rows, form(), named.as_ref(), names))
            })
        });
        let day = intl::iso(clock::wall_millis());
        let company = company_data.company_id.get_untracked();
        let name = company_data.companies.with_untracked(|all| {
            let all = all.ready()?;
            let own = all
                .iter()
                .find(|other| Some(&other.id) == company.as_ref())?;
            Some(own.name.clone())
        });
        let name = file_name::entries(
            name.as_deref(),
            day.get(..10).unwrap_or_default(),
            self.extent(),
        );
        let size = messages::export::rows(&intl::count(file.rows));
        self.cancel();
        self.notice.set(download::save_as(
            &name,
            "text/csv;charset=utf-8",
            &file.text,
            Some(&size),
            file.replaced,
        ));
    }

    fn extent(self) -> ListExtent {
        self.company_data
            .entries_pagination
            .with_untracked(|pagination| {
                let (rows, total) = (pagination.list.distinct(), pagination.list.total());
                match (pagination.list.completeness(), total) {
                    (Completeness::Complete, _) => ListExtent::Whole,
                    (Completeness::Partial, Some(total)) if total > rows => {
                        ListExtent::First { rows, total }
                    }
                    _ => ListExtent::Incomplete,
                }
            })
    }
}
