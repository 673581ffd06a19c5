//! Calls of the API: the queue, repetitions, and the response.

use futures::future::abortable;
use outlay_codes::ErrorCode;
use outlay_oauth::retry_after;
use outlay_oauth::secret::AccessToken;
use outlay_oauth::session::io::{CallId, ConnectionId, Input};
use outlay_oauth::session::record::{RecordEvent, RecordKind, RecordNote};
use outlay_oauth::time::SECOND;

use outlay_worker::fetch::{self, FetchBody, FetchRequest};
use zeroize::Zeroizing;

use crate::message::{ApiCall, Failure, FlowStep, FlowStepKind, FromVault, RetryClass, VaultReply};
use crate::retry;

use super::io::AnswerResult;
use super::{OpenCall, RequestOrigin, VaultWorker};

/// The most calls of one connection in progress at once. Others wait, the oldest first.
const MOST_AT_ONCE: usize = 6;

const TIMEOUT: u64 = 60 * SECOND;

/// The calls of one connection.
struct CallQueue {
    in_progress: usize,
    waiting: usize,
    /// The call that has waited longest.
    next: Option<u64>,
}

impl VaultWorker {
    /// Accepts a call, which continues at once or when it is the first in the queue.
    pub(super) fn line_up(&self, request_origin: RequestOrigin, call: ApiCall) {
        let connection = call.connection.clone();
        let traffic = self.traffic(&connection);
        let waits = traffic.in_progress >= MOST_AT_ONCE || traffic.waiting > 0;
        let id = CallId(self.number());
        let open = OpenCall {
            request_origin,
            call,
            answer: None,
            abort: None,
            bearer: None,
            repeats: 0,
            waits_since: waits.then(|| self.0.worker_io.now().monotonic),
        };
        self.0.calls.borrow_mut().insert(id.0, open);
        if !waits {
            self.begin(id, connection);
        } else if traffic.waiting == 0 {
            self.record_traffic(connection, RecordKind::QueueFormed, None, None);
        }
    }

    fn traffic(&self, connection: &str) -> CallQueue {
        let calls = self.0.calls.borrow();
        let mut traffic = CallQueue {
            in_progress: 0,
            waiting: 0,
            next: None,
        };
        for (id, open) in calls.iter() {
            if open.call.connection != connection {
            } else if open.waits_since.is_some() {
                traffic.waiting += 1;
                traffic.next = traffic.next.or(Some(*id));
            } else {
                traffic.in_progress += 1;
            }
        }
        traffic
    }

    /// Starts waiting calls while there is room for them.
    fn start_queued(&self, connection: String) {
        loop {
            let traffic = self.traffic(&connection);
            let Some(id) = traffic.next.filter(|_| traffic.in_progress < MOST_AT_ONCE) else {
                return;
            };
            let since = {
                let mut calls = self.0.calls.borrow_mut();
                calls.get_mut(id).and_then(|open| open.waits_since.take())
            };
            if traffic.waiting == 1 {
                let now = self.0.worker_io.now().monotonic;
                let waited = since.map(|since| now.saturating_sub(since));
                self.record_traffic(connection.clone(), RecordKind::QueueCleared, waited, None);
            }
            self.begin(CallId(id), connection.clone());
        }
    }

    fn begin(&self, call: CallId, connection: String) {
        let connection = ConnectionId(connection);
        self.feed(Input::Call { call, connection });
    }

    fn record_traffic(
        &self,
        connection: String,
        kind: RecordKind,
        duration: Option<u64>,
        outcome: Option<RecordNote>,
    ) {
        self.record(RecordEvent {
            connection: Some(ConnectionId(connection)),
            kind,
            duration,
            outcome: outcome.map(RecordNote::into),
        });
    }

    /// Removes a call and starts the next one in the queue.
    fn close(&self, call: CallId) -> Option<OpenCall> {
        let open = self.0.calls.borrow_mut().remove(call.0)?;
        let connection = open.call.connection.clone();
        let vault = self.clone();
        // In a task, because an effect must not call the session machines again.
        self.spawn(async move { vault.start_queued(connection) });
        Some(open)
    }

    /// Removes a call and aborts its fetch, if one is in progress.
    pub(super) fn cancel_call(&self, call: CallId) -> Option<OpenCall> {
        let open = self.close(call)?;
        if let Some(abort) = &open.abort {
            abort.abort();
        }
        Some(open)
    }

    /// Ends a call that will have no response, with an error.
    pub(super) fn fail(&self, call: CallId, code: ErrorCode) {
        let Some(open) = self.cancel_call(call) else {
            return;
        };
        self.reply(open.request_origin, Err(Failure::of(code)));
        // The session machine does not know the calls in the queue.
        while code == ErrorCode::SessionEnded
            && let Some(next) = self.traffic(&open.call.connection).next
            && let Some(open) = self.close(CallId(next))
        {
            self.reply(open.request_origin, Err(Failure::of(code)));
        }
    }

    /// Sends a call. Keeps its response until the session machine has decided about it.
    pub(super) fn send(&self, call: CallId, api_base: &str, token: AccessToken) {
        let mut calls = self.0.calls.borrow_mut();
        let Some(open) = calls.get_mut(call.0) else {
            return;
        };
        let Some(url) = self.address(api_base, &open.call.path, &open.call.query) else {
            drop(calls);
            self.fail(call, ErrorCode::PathRefused);
            let vault = self.clone();
            self.spawn(async move { vault.feed(Input::CallDropped { call }) });
            return;
        };
        let step = FlowStep {
            connection: Some(open.call.connection.clone()),
            sent: [open.call.method.word(), " ", &open.call.path].concat(),
            ..FlowStep::of(FlowStepKind::Call)
        };
        let request = FetchRequest {
            method: open.call.method.word(),
            body: open.call.body.clone().map(FetchBody::json),
            bearer: Some(Zeroizing::new(token.reveal().to_owned())),
            ..FetchRequest::get(&url, TIMEOUT)
        };
        let (sending, abort) = abortable(self.send_noted(step, request, false));
        open.bearer = Some(token);
        open.abort = Some(abort);
        let vault = self.clone();
        self.spawn(async move {
            if let Ok(result) = sending.await {
                vault.answered(call, result).await;
            }
        });
    }

    async fn answered(&self, call: CallId, result: AnswerResult) {
        let status = result.as_ref().ok().map(|answer| answer.status);
        let busy = {
            let mut calls = self.0.calls.borrow_mut();
            let Some(open) = calls.get_mut(call.0) else {
                return;
            };
            let pause = match &result {
                Ok(answer) if open.call.retry == RetryClass::Safe => {
                    let retry_after = self.retry_after(answer);
                    retry::pause(open.repeats, answer.status, retry_after, self.chance())
                }
                _ => None,
            };
            open.repeats += u32::from(pause.is_some());
            open.answer = Some(result);
            open.abort = None;
            pause.map(|pause| (pause, open.call.connection.clone()))
        };
        let Some((pause, connection)) = busy else {
            self.feed(Input::CallAnswered { call, status });
            return;
        };
        let status = match status {
            Some(429) => RecordNote::Status429,
            _ => RecordNote::Status503,
        };
        self.record_traffic(
            connection.clone(),
            RecordKind::CallRepeated,
            Some(pause),
            Some(status),
        );
        self.0.worker_io.sleep(pause).await;
        if self.0.calls.borrow().get(call.0).is_some() {
            self.feed(Input::CallDropped { call });
            self.begin(call, connection);
        }
    }

    /// The pause in `Retry-After`, in milliseconds.
    pub(super) fn retry_after(&self, answer: &fetch::FetchResponse) -> Option<u64> {
        let worker_io = &self.0.worker_io;
        let text = answer.header("retry-after")?;
        retry_after::milliseconds(text, worker_io.now().wall, &|date| {
            worker_io.parse_date(date)
        })
    }

    fn chance(&self) -> u64 {
        let mut chance = 0;
        self.0.worker_io.random(&mut |rng| chance = rng.next_u64());
        chance
    }

    /// Passes the response to the caller.
    pub(super) fn deliver(&self, call: CallId, generation: u32) {
        let Some(open) = self.close(call) else { return };
        let code = match open.answer {
            Some(Ok(answer)) => {
                let reply = VaultReply::Api {
                    status: answer.status,
                    generation,
                    repeats: open.repeats,
                    headers: outlay_wire::to_text(&answer.headers),
                };
                let message = FromVault::Reply {
                    id: open.request_origin.request,
                    result: Ok(reply),
                };
                let bearer = open.bearer.as_ref().map_or("", AccessToken::reveal);
                self.send_with_body(
                    open.request_origin.page,
                    &message,
                    Some(answer.body),
                    &[bearer],
                );
                return;
            }
            Some(Err(fetch::FetchError::TimedOut)) => ErrorCode::ApiTimeout,
            Some(Err(fetch::FetchError::TooLarge)) => ErrorCode::ApiTooLarge,
            Some(Err(fetch::FetchError::Network)) | None => ErrorCode::ApiNetwork,
        };
        self.reply(open.request_origin, Err(Failure::of(code)));
    }
}
