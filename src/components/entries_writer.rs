//! Writes the file that [`super::save_entries`] saves; loaded when the first one is asked for.

use leptos::prelude::*;
use outlay_pleo::Completeness;
use outlay_table::entries_file::{self, LedgerIds};
use outlay_table::file_name::{self, Extent};

use super::save_entries::{Saving, Stage, form};
use super::save_words::{missing, reason};
use crate::platform::{clock, download, intl};
use crate::session::ledger_names::{self, Source};

/// What [`super::save_entries`] asks of this module.
#[derive(Clone, Copy)]
pub struct Writer {
    /// Loads the names that the file needs, and writes it if none is missing.
    pub load: fn(Saving),
    /// Writes the file with the names that are there.
    pub write: fn(Saving),
}

/// This module.
pub const WRITER: Writer = Writer {
    load: |saving| untrack(|| saving.load()),
    write: |saving| saving.write(),
};

impl Saving {
    fn load(self) {
        let source = (|| {
            Some(Source {
                client: self.session.client()?,
                connection: self.session.live_id.get_untracked()?,
                company: self.books.company_id.get_untracked()?,
            })
        })();
        let Some(source) = source else {
            return self.cancel();
        };
        let ids = self.books.entries.with_untracked(LedgerIds::of);
        let lacking = self.lacking();
        self.task.with_value(|task| {
            task.run(async move {
                let (names, failed) = ledger_names::load(&source, ids, &lacking).await;
                self.names.set_value(names);
                let employees = self
                    .books
                    .people
                    .with_untracked(|people| people.trouble().cloned());
                let failed = employees
                    .map(|trouble| ("employees", trouble))
                    .into_iter()
                    .chain(failed);
                let sentences: Vec<String> = failed
                    .map(|(what, trouble)| missing(what, &reason(&trouble)))
                    .collect();
                match sentences.is_empty() {
                    true => self.write(),
                    false => self.stage.set(Stage::Asking(sentences)),
                }
            });
        });
    }

    fn write(self) {
        let books = self.books;
        let file = books.entries.with_untracked(|rows| {
            books.people.with_untracked(|people| {
                self.names
                    .with_value(|names| entries_file::write(rows, form(), people.ready(), names))
            })
        });
        let day = intl::iso(clock::wall_millis());
        let company = books.company_id.get_untracked();
        let name = books.companies.with_untracked(|all| {
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
        let size = [&intl::count(file.rows), " rows"].concat();
        self.cancel();
        self.notice.set(download::save_as(
            &name,
            "text/csv;charset=utf-8",
            &file.text,
            Some(&size),
            file.replaced,
        ));
    }

    fn extent(self) -> Extent {
        self.books.entries_walk.with_untracked(|walk| {
            let (rows, total) = (walk.list.distinct(), walk.list.total());
            match (walk.list.completeness(), total) {
                (Completeness::Complete, _) => Extent::Whole,
                (Completeness::Partial, Some(total)) if total > rows => {
                    Extent::First { rows, total }
                }
                _ => Extent::Incomplete,
            }
        })
    }
}
