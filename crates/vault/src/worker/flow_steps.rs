//! The latest requests and responses for the OAuth log, as outlines without secrets.

use futures::future::LocalBoxFuture;
use outlay_oauth::outline;
use outlay_worker::fetch::FetchRequest;
use zeroize::Zeroizing;

use crate::message::{FlowStep, FlowStepKind, STEPS};

use super::VaultWorker;
use super::io::{AnswerResult, decoded};

impl VaultWorker {
    /// Sends a request, and records it after its response or failure. `with_outline`: with an
    /// outline of the response.
    pub(super) fn send_noted(
        &self,
        mut step: FlowStep,
        request: FetchRequest,
        with_outline: bool,
    ) -> LocalBoxFuture<'static, AnswerResult> {
        let begun = self.0.worker_io.now();
        let epoch = self.0.steps_epoch.get();
        let sending = self.0.worker_io.send(request);
        let vault = self.clone();
        Box::pin(async move {
            let result = sending.await;
            step.duration = Some(
                vault
                    .0
                    .worker_io
                    .now()
                    .monotonic
                    .saturating_sub(begun.monotonic),
            );
            if let Ok(answer) = &result {
                step.status = Some(answer.status);
                if with_outline {
                    step.came = outline::of_answer(&Zeroizing::new(decoded(answer).text));
                }
            }
            // A request that was in progress at a sign-out leaves no outline.
            if vault.0.steps_epoch.get() == epoch {
                vault.note(begun.wall, step);
            }
            result
        })
    }

    /// Records a request or response that was a navigation of the page.
    pub(super) fn push_query_step(&self, kind: FlowStepKind, query: &str, came: bool) {
        let mut step = FlowStep::of(kind);
        if came {
            step.came = outline::of_query(query);
        } else {
            step.sent = outline::of_form(query);
        }
        self.note(self.0.worker_io.now().wall, step);
    }

    fn note(&self, at: u64, mut step: FlowStep) {
        step.at = at;
        let mut steps = self.0.steps.borrow_mut();
        // Steps of the authorization flow are kept longer than calls.
        let [flow, calls] = &mut *steps;
        let list = if step.kind == FlowStepKind::Call {
            calls
        } else {
            flow
        };
        if list.len() == STEPS {
            list.remove(0);
        }
        list.push(outlay_wire::to_text(&step));
    }

    /// Both lists, each with the oldest first.
    pub(super) fn steps(&self) -> Vec<String> {
        self.0.steps.borrow().concat()
    }

    pub(super) fn forget_steps(&self) {
        self.0.steps.take();
        let epoch = self.0.steps_epoch.get();
        self.0.steps_epoch.set(epoch.wrapping_add(1));
    }
}
