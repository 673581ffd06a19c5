//! Requests the pages of the entries, several at once, and updates the table with them. Which pages is
//! decided by [`outlay_pleo::date_windows`].

use futures::stream::{FuturesUnordered, StreamExt};
use leptos::prelude::*;
use outlay_codes::{ErrorCode, RecordKind};
use outlay_pleo::date_windows::PageRequest;
use outlay_pleo::request::EntryOwner;
use outlay_pleo::{AccountingEntry, Page};
use outlay_vault::client::VaultClient;
use outlay_vault::message::RecordLine;

use super::app_error::AppError;
use super::call::ask;
use super::company_data::CompanyData;
use super::entries::LoadGoal;
use super::load::LoadState;
use super::messages;
use crate::platform::clock;

/// Milliseconds between two updates of what is computed from the table, while pages arrive, at least.
const UPDATE_INTERVAL: f64 = 200.0;

/// The interval is at least so many times as long as the last update took.
const UPDATE_SHARE: f64 = 10.0;

/// Whose entries are loaded, and with which connection.
pub(super) struct EntrySource {
    pub(super) client: VaultClient,
    pub(super) connection: String,
    pub(super) owner: EntryOwner,
}

/// A request with its answer, and the milliseconds that it took.
struct PageAnswer {
    request: PageRequest,
    result: Result<Page<AccountingEntry>, AppError>,
    took: u64,
}

impl EntrySource {
    async fn load(&self, request: PageRequest) -> PageAnswer {
        let sent = clock::monotonic();
        let result = match request.api_request(&self.owner) {
            Ok(call) => ask(&self.client, &self.connection, call).await,
            // Cannot occur: each request stays within the bounds of Pleo's API.
            Err(_) => Err(AppError::of(ErrorCode::ApiBadRequest)),
        };
        PageAnswer {
            request,
            result,
            took: clock::millis(clock::monotonic() - sent),
        }
    }
}

impl CompanyData {
    /// Sends requests and takes in their answers until the goal is met or the load has failed. Dropping
    /// the future cancels the requests in progress.
    pub(super) async fn load_parts(self, source: EntrySource) {
        let mut answers = FuturesUnordered::new();
        // Calls that were repeated before this load do not slow it down.
        let mut heeded = clock::wall_millis();
        let mut next_update = 0.0;
        let mut failure = None;
        let mut is_first = true;
        loop {
            self.heed_repetitions(&source.connection, &mut heeded);
            let all = self
                .load_request
                .with_untracked(|request| request.goal == LoadGoal::All);
            if all || is_first {
                is_first = false;
                let now = clock::monotonic_millis();
                let requests = self.entries_pagination.try_update_untracked(|pagination| {
                    pagination.windows.requests(&pagination.list, all, now)
                });
                let requests = requests.into_iter().flatten();
                answers.extend(requests.map(|request| source.load(request)));
            }
            let Some(answer) = answers.next().await else {
                break;
            };
            match answer.result {
                Ok(page) => self.take_entries(&answer.request, &page, answer.took),
                Err(app_error) => {
                    let is_busy = is_busy(&app_error);
                    self.entries_pagination.update(|pagination| {
                        pagination.windows.fail(&answer.request, is_busy);
                    });
                    failure.get_or_insert(app_error);
                }
            }
            let now = clock::monotonic();
            if now >= next_update && !answers.is_empty() {
                self.table.notify();
                self.load_names();
                // The effects of the update run in tasks that are queued by now.
                leptos::task::tick().await;
                let updated = clock::monotonic();
                next_update = updated + ((updated - now) * UPDATE_SHARE).max(UPDATE_INTERVAL);
            }
        }
        self.entries_pagination.update(|pagination| {
            if let Some(app_error) = failure.filter(|_| !pagination.list.is_over()) {
                pagination.step = LoadState::Failed(app_error);
            }
            pagination.settle();
        });
        self.table.notify();
        self.load_names();
    }

    /// Takes in a page. What is computed from the table follows with the next update.
    fn take_entries(self, request: &PageRequest, page: &Page<AccountingEntry>, took: u64) {
        let mut new_rows = 0;
        if request.loads_rows() {
            self.table.update_untracked(|table| {
                new_rows = table.append(&page.data, &page.facts.unreadable);
            });
        }
        self.entries_pagination.update(|pagination| {
            let (windows, list) = (&mut pagination.windows, &mut pagination.list);
            windows.take(list, request, page, new_rows, took);
        });
    }

    /// Slows the load down if the vault repeats a call of the connection after 429 or 503. It waits as
    /// long as `Retry-After` asks. `heeded` is the wall clock of the last repetition that was seen.
    fn heed_repetitions(self, connection: &str, heeded: &mut u64) {
        let now = clock::wall_millis();
        let pause = self.session.record.with_untracked(|lines| {
            let new = |line: &&RecordLine| {
                line.event == RecordKind::CallRepeated
                    && line.connection.as_deref() == Some(connection)
                    && line.at > *heeded
            };
            let ends = lines.iter().filter(new);
            let ends = ends.map(|line| (line.at, line.at + line.duration.unwrap_or(0)));
            ends.max_by_key(|(_, end)| *end)
        });
        if let Some((at, end)) = pause {
            *heeded = at.max(*heeded);
            let pause = end.saturating_sub(now);
            self.entries_pagination.update_untracked(|pagination| {
                let now = clock::monotonic_millis();
                pagination.windows.slow_down(now, pause);
            });
        }
    }
}

/// Whether Pleo answered 429 or 503, and the vault repeats the call no more.
fn is_busy(app_error: &AppError) -> bool {
    let is_503 = |detail: &str| detail.starts_with(&messages::status(503));
    app_error.code == ErrorCode::RateLimited
        || (app_error.code == ErrorCode::ApiServerError
            && app_error.detail.as_deref().is_some_and(is_503))
}
