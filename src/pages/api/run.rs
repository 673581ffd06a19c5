//! Sends one call at a time and stores its result.

use std::sync::Arc;

use crate::platform::{clock, document};
use futures::future::abortable;
use leptos::prelude::*;
use outlay_pleo::ApiProblem;
use outlay_pleo::catalogue::Endpoint;
use outlay_vault::client::ApiAnswer;
use outlay_vault::message::{ApiCall, RetryClass};

use crate::pages::api::state::Explorer;
use outlay_explorer::answer::text::ResponseText;
use outlay_explorer::form::OperationForm;
use outlay_explorer::history::{HistoryEntry, add, kept};
use outlay_explorer::marks::SecretMarks;
use outlay_explorer::messages::outcome::CallOutcome;
use outlay_explorer::request::{is_write, prepared};
use outlay_explorer::shareable::{left_out, shareable};

/// The bytes of a response that are parsed before the browser can render again.
pub(super) const SLICE: usize = 300_000;

/// A call and its result.
pub struct CallRun {
    /// The operation.
    pub operation: Arc<Endpoint>,
    /// The form that was sent.
    pub form: OperationForm,
    /// When it was sent, in milliseconds since the Unix epoch.
    pub at: u64,
    /// The outcome; `None` while the call is in progress.
    pub outcome: Option<CallOutcome>,
    /// The duration in milliseconds.
    pub took: u64,
    /// How often the vault repeated it because Pleo was busy.
    pub repeats: u32,
    /// The headers that CORS exposes.
    pub headers: Vec<(String, String)>,
    /// The size of the body in bytes.
    pub size: usize,
    /// An irregularity of the body's bytes: another character encoding, or a byte order mark.
    pub oddity: Option<String>,
    /// Pleo's description of an error.
    pub problem: Option<ApiProblem>,
    /// For a response that was joined from several pages: which, as a sentence.
    pub joined: Option<String>,
}

impl CallRun {
    pub(super) fn begun(operation: Arc<Endpoint>, form: OperationForm) -> CallRun {
        CallRun {
            operation,
            form,
            at: clock::wall_millis(),
            outcome: None,
            took: 0,
            repeats: 0,
            headers: Vec::new(),
            size: 0,
            oddity: None,
            problem: None,
            joined: None,
        }
    }
}

impl Explorer {
    /// Whether a call is in progress.
    pub fn is_busy(self) -> bool {
        self.run
            .with(|run| run.as_ref().is_some_and(|run| run.outcome.is_none()))
    }

    /// Validates the form and sends it, unless it has faults or a write must be confirmed.
    /// `as_it_is`: sends it with faults too.
    pub fn submit(self, operation: &Arc<Endpoint>, as_it_is: bool) {
        if untrack(|| self.is_busy()) || self.live.with_untracked(Option::is_none) {
            return;
        }
        self.shows_faults.set(true);
        let faults = untrack(|| self.faults(operation));
        if !faults.is_empty() && !as_it_is {
            super::focus_later("faults");
        } else if is_write(operation) {
            self.confirming.set(true);
        } else {
            self.send(operation.clone());
        }
    }

    /// Sends the form without validation.
    pub fn send(self, operation: Arc<Endpoint>) {
        let (Some(live), Some(catalogue), Some(client)) = (
            self.live.get_untracked(),
            self.known(),
            self.session.client(),
        ) else {
            return;
        };
        let form = self.form(&operation);
        let request = prepared(
            &catalogue,
            &operation,
            &untrack(|| self.filled_form(&operation)),
        );
        self.trail
            .update_value(|trail| trail.sent(&catalogue, &operation, &form));
        let call = ApiCall {
            connection: live.id,
            method: request.method,
            path: request.path,
            query: request.query,
            body: request.body,
            retry: match is_write(&operation) {
                true => RetryClass::Never,
                false => RetryClass::Safe,
            },
        };
        let (calling, abort) = abortable(async move { client.call(call).await });
        self.stop();
        self.abort.set_value(Some(abort));
        self.text.set_value(None);
        self.tools.reset_view();
        self.run.set(Some(Arc::new(CallRun::begun(
            operation.clone(),
            form.clone(),
        ))));
        let begun = clock::Moment::now();
        leptos::task::spawn_local(async move {
            let ended = calling.await;
            // A sign-out meanwhile has cleared the call.
            if self.run.with_untracked(Option::is_none) {
                return;
            }
            let mut run = CallRun::begun(operation, form);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a short span"
            )]
            let took = begun.elapsed() as u64;
            run.took = took;
            run.at = run.at.saturating_sub(took);
            match ended {
                Ok(Ok(answer)) => self.take(&mut run, answer),
                Ok(Err(failure)) => run.outcome = Some(CallOutcome::Failed(failure.code)),
                Err(_) if self.hidden.get_untracked() => run.outcome = Some(CallOutcome::Left),
                Err(_) => run.outcome = Some(CallOutcome::Cancelled),
            }
            self.keep(&run);
            let in_view = self
                .operation
                .with_untracked(|now| now.as_ref().is_some_and(|now| now.id == run.operation.id));
            self.run.set(Some(Arc::new(run)));
            if in_view {
                super::scroll_later("answer");
                // The button that had the focus may be gone.
                request_animation_frame(|| document::focus_if_lost("answer-title"));
            }
            self.read_on().await;
        });
    }

    fn take(self, run: &mut CallRun, answer: ApiAnswer) {
        run.headers = answer.headers();
        run.outcome = Some(CallOutcome::Status(answer.status));
        run.repeats = answer.repeats;
        run.size = answer.body.len();
        let status = answer.status;
        let body = answer.text();
        run.oddity = body.oddity();
        if status >= 400 {
            run.problem = ApiProblem::read(body.text.as_bytes());
        }
        let Some(catalogue) = self.known() else {
            return;
        };
        let schema = run
            .operation
            .answer(status)
            .and_then(|one| one.schema.as_ref());
        let marks = SecretMarks::of(&catalogue, schema);
        self.text
            .set_value(Some(ResponseText::new(body.text, marks)));
    }

    fn keep(self, run: &CallRun) {
        let Some(catalogue) = self.known() else {
            return;
        };
        let (_, left) = shareable(&catalogue, &run.operation, &run.form);
        let past = HistoryEntry {
            left_out: left_out(&left),
            number: 0,
            operation: run.operation.id.clone(),
            form: kept(&catalogue, &run.operation, &run.form),
            outcome: run
                .outcome
                .as_ref()
                .map(CallOutcome::word)
                .unwrap_or_default(),
            at: run.at,
            took: run.took,
        };
        self.history.update(|all| add(all, past));
    }

    /// Parses the lines of the response in slices, so that the page stays responsive.
    pub(super) async fn read_on(self) {
        let run = self.run.get_untracked();
        loop {
            let advance = |text: &mut Option<ResponseText>| {
                text.as_mut().is_some_and(|text| text.advance(SLICE))
            };
            let more = self.text.try_update_value(advance).unwrap_or_default();
            self.read.update(|read| *read = read.wrapping_add(1));
            if !more {
                return;
            }
            clock::sleep(0).await;
            // Another call may have started meanwhile.
            let same = self.run.with_untracked(|now| match (now, &run) {
                (Some(now), Some(run)) => Arc::ptr_eq(now, run),
                _ => false,
            });
            if !same {
                return;
            }
        }
    }
}
