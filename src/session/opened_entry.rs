//! The entry in the drawer: the whole of it, its JSON as Pleo sent it, and its receipts. Each is requested
//! when the drawer opens, because the table does not keep them.

use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_pleo::id::AccountingEntryId;
use outlay_pleo::receipt::{Receipt, ReceiptFileType};
use outlay_pleo::request::{entries, receipts};
use outlay_pleo::{AccountingEntry, Envelope, ListProgress};

use super::app_error::AppError;
use super::call::{execute, parse};
use super::company_data::{CompanyData, every_page};
use super::load::Load;
use crate::platform::clock;

/// The entry in the drawer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpenedEntry {
    /// Its id; empty while the drawer is closed.
    pub id: String,
    /// The whole of it.
    pub entry: Load<Box<AccountingEntry>>,
    /// The body of the response, also if it does not have the documented form.
    pub json: Option<String>,
}

/// The receipts of the entry in the drawer.
#[derive(Debug, Clone, Default)]
pub struct OpenedReceipts {
    /// The id of their entry.
    pub entry: String,
    /// The receipts, and how far their list is.
    pub list: Load<(Vec<Receipt>, ListProgress)>,
    /// When their links were requested.
    pub since: clock::Moment,
}

impl CompanyData {
    /// Loads an entry for the drawer, unless it is here or on its way.
    pub fn load_opened(self, id: &str) {
        let known = self
            .opened
            .with_untracked(|opened| opened.id == id && !opened.entry.is_idle());
        let link = self.with().filter(|_| !known);
        let Some((client, connection)) = link else {
            return;
        };
        self.opened.set(OpenedEntry {
            id: id.to_owned(),
            entry: Load::Loading,
            json: None,
        });
        let id = id.to_owned();
        self.tasks.with_value(|tasks| {
            tasks.opened.run(async move {
                let request = entries::get(&AccountingEntryId::from(&*id), true);
                let operation = request.operation;
                let body = execute(&client, &connection, request).await;
                let entry = body
                    .as_deref()
                    .map_err(AppError::clone)
                    .and_then(|body| parse::<Envelope<AccountingEntry>>(operation, body))
                    .and_then(|entry| match entry.data.id == *id {
                        true => Ok(entry.data),
                        false => Err(AppError::of(ErrorCode::ApiMalformed)),
                    });
                self.opened.set(OpenedEntry {
                    id,
                    entry: match entry {
                        Ok(entry) => Load::Ready(Box::new(entry)),
                        Err(app_error) => Load::Failed(app_error),
                    },
                    json: body.ok(),
                });
            });
        });
    }

    /// Loads the entry in the drawer again after a failure.
    pub fn reload_opened(self, id: &str) {
        self.opened.set(OpenedEntry::default());
        self.load_opened(id);
    }

    /// Drops what the drawer has loaded.
    pub fn drop_opened(self) {
        let _ = self.tasks.try_with_value(|tasks| {
            tasks.opened.stop();
            tasks.receipts.stop();
        });
        let is_open = |opened: &OpenedEntry| !opened.entry.is_idle();
        if self.opened.try_with_untracked(is_open) == Some(true) {
            self.opened.set(OpenedEntry::default());
        }
        let has_receipts = |receipts: &OpenedReceipts| !receipts.list.is_idle();
        if self.receipts.try_with_untracked(has_receipts) == Some(true) {
            self.receipts.set(OpenedReceipts::default());
        }
    }

    /// Loads the receipts of an entry, unless they are here or on their way.
    pub fn load_receipts(self, entry: &str) {
        let known = self
            .receipts
            .with_untracked(|receipts| receipts.entry == entry && !receipts.list.is_idle());
        if !known {
            self.reload_receipts(entry);
        }
    }

    /// Requests the receipts of an entry with new links.
    pub fn reload_receipts(self, entry: &str) {
        let Some((client, connection)) = self.with() else {
            return;
        };
        let since = clock::Moment::now();
        let with = move |entry: &str, list| OpenedReceipts {
            entry: entry.to_owned(),
            list,
            since,
        };
        self.receipts.set(with(entry, Load::Loading));
        let id = AccountingEntryId::from(entry);
        self.tasks.with_value(|tasks| {
            tasks.receipts.run(async move {
                let form = Some(&ReceiptFileType::Original);
                let result = every_page(
                    &client,
                    &connection,
                    |slice| receipts::of_entry(&id, &[], form, slice),
                    |receipt: &Receipt| receipt.id.as_str(),
                    |_| {},
                );
                let list = match result.await {
                    Ok(list) => Load::Ready(list),
                    Err(app_error) => Load::Failed(app_error),
                };
                self.receipts.set(with(id.as_str(), list));
            });
        });
    }
}
