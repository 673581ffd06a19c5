//! Loads all pages of a list and joins them to one response.

use std::sync::Arc;

use leptos::prelude::*;
use outlay_vault::message::{ApiCall, RetryClass};

use super::messages::fetch as messages;
use crate::pages::api::run::{CallRun, SLICE};
use crate::pages::api::state::Explorer;
use crate::pages::api::state::tools::FetchProgress;
use crate::platform::{clock, intl};
use outlay_explorer::answer::merge::{count, merged, rows};
use outlay_explorer::answer::paging::{Turn, neighbours};
use outlay_explorer::answer::text::ResponseText;
use outlay_explorer::chain::filled;
use outlay_explorer::marks::SecretMarks;
use outlay_explorer::messages::outcome::CallOutcome;
use outlay_explorer::messages::paging::blocked;
use outlay_explorer::request::prepared;

/// Most bytes of a joined response.
const MOST_BYTES: usize = 50_000_000;

/// Most pages.
const MOST_PAGES: usize = 5_000;

/// Loads the list of `run` from its first page and shows the joined response.
pub fn fetch_all(explorer: Explorer, run: Arc<CallRun>) {
    if explorer.tools.fetching.with_untracked(Option::is_some) {
        return;
    }
    explorer
        .tools
        .fetching
        .set(Some(FetchProgress { pages: 0, rows: 0 }));
    leptos::task::spawn_local(async move {
        let begun = clock::Moment::now();
        let Some((pages, rows, why)) = load(explorer, &run).await else {
            return;
        };
        // Another call may have replaced the response meanwhile.
        let same = explorer
            .run
            .with_untracked(|now| now.as_ref().is_some_and(|now| Arc::ptr_eq(now, &run)));
        explorer.tools.fetching.set(None);
        let Some(catalogue) = explorer.known().filter(|_| same && !pages.is_empty()) else {
            return;
        };
        let whole = merged(pages.iter().map(|page| &**page));
        let schema = run
            .operation
            .answer(200)
            .and_then(|one| one.schema.as_ref());
        let marks = SecretMarks::of(&catalogue, schema);
        let mut joined = CallRun::begun(run.operation.clone(), run.form.clone());
        joined.outcome = Some(CallOutcome::Status(200));
        joined.size = whole.len();
        joined.headers.clone_from(&run.headers);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a short span"
        )]
        let took = begun.elapsed() as u64;
        joined.took = took;
        joined.joined = Some(messages::joined(
            pages.len(),
            &intl::count(rows),
            why.as_deref(),
        ));
        explorer.tools.reset_view();
        explorer
            .text
            .set_value(Some(ResponseText::new(whole, marks)));
        explorer.run.set(Some(Arc::new(joined)));
        explorer.read_on().await;
    });
}

/// Returns the rows of each page as text, the number of rows, and why the list is incomplete; `None`
/// if the connection has ended.
async fn load(explorer: Explorer, run: &CallRun) -> Option<(Vec<String>, usize, Option<String>)> {
    let catalogue = explorer.known()?;
    let client = explorer.session.client()?;
    let operation = &run.operation;
    let tools = explorer.tools;
    let mut pages = Vec::new();
    let (mut all, mut bytes) = (0, 0);
    let mut followed: Vec<String> = Vec::new();
    loop {
        let mut form = run.form.clone();
        for name in ["before", "after", "offset"] {
            form.clear(operation, name);
        }
        if let Some(cursor) = followed.last() {
            form.fill(&catalogue, operation, "after", cursor);
        }
        let form = tools.variables.with_untracked(|known| filled(&form, known));
        let request = prepared(&catalogue, operation, &form);
        let call = ApiCall {
            connection: explorer.live.get_untracked()?.id,
            method: request.method,
            path: request.path,
            query: request.query,
            body: request.body,
            // Only lists are paged, and they only read.
            retry: RetryClass::Safe,
        };
        let answer = client.call(call).await;
        if explorer.hidden.get_untracked() {
            return None;
        }
        if tools.fetching.with_untracked(Option::is_none) {
            // Stopped by the user, or with the connection.
            let stopped = Some(messages::STOPPED.to_owned());
            return explorer.live.get_untracked().map(|_| (pages, all, stopped));
        }
        let answer = match answer {
            Ok(answer) if answer.status < 300 => answer,
            Ok(answer) => {
                let why = messages::refused(&answer.status.to_string());
                return Some((pages, all, Some(why)));
            }
            Err(failure) => {
                let why = messages::refused(failure.code.word());
                return Some((pages, all, Some(why)));
            }
        };
        let schema = operation
            .answer(answer.status)
            .and_then(|one| one.schema.as_ref());
        let marks = SecretMarks::of(&catalogue, schema);
        let mut text = ResponseText::new(answer.text().text, marks);
        while text.advance(SLICE) {
            clock::sleep(0).await;
        }
        let next = neighbours(&text, &followed).map(|it| it.next);
        all += count(&text);
        let page = rows(&text).unwrap_or_default().to_owned();
        bytes += page.len();
        pages.push(page);
        tools.fetching.set(Some(FetchProgress {
            pages: pages.len(),
            rows: all,
        }));
        match next {
            Some(Turn::To(_)) if bytes > MOST_BYTES || pages.len() >= MOST_PAGES => {
                return Some((pages, all, Some(messages::TOO_LARGE.to_owned())));
            }
            Some(Turn::To(cursor)) => followed.push(cursor),
            Some(Turn::Blocked(reason)) => return Some((pages, all, Some(blocked(&reason)))),
            None if pages.len() > 1 => {
                return Some((pages, all, Some(messages::UNREADABLE.to_owned())));
            }
            Some(Turn::End) | None => return Some((pages, all, None)),
        }
    }
}
