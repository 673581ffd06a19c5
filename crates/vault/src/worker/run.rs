//! Passes inputs to the session machines and carries out their effects.

use futures::future::LocalBoxFuture;
use outlay_codes::{ErrorCode, TokenOddity};
use outlay_oauth::outline;
use outlay_oauth::redact::{mask_tokens, secrets_of_form};
use outlay_oauth::secret::AccessToken;
use outlay_oauth::session::io::{Effect, Input, RequestKey, Ticket};
use outlay_oauth::session::record::{RecordEvent, RecordKind, RecordOutcome};
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::{FormPost, TokenHttpResponse};

use outlay_worker::fetch::{self, FetchBody, FetchRequest};
use zeroize::Zeroizing;

use crate::message::{
    Authorization, Failure, FlowStep, FlowStepKind, FromVault, RECORD_LINES, SignedIn, VaultReply,
};

use super::io::{AnswerResult, decoded};
use super::{VaultWorker, introspection, outgoing, snapshot};

/// The timeouts of token requests, introspection and the network check, in milliseconds.
const TOKEN_TIMEOUT: u64 = 30 * SECOND;
const INTROSPECT_TIMEOUT: u64 = 15 * SECOND;
const CHECK_TIMEOUT: u64 = 5 * SECOND;

/// The longest interval between two checks of the clock while there is a connection, in
/// milliseconds, so that a sleep of the computer is noticed.
const HEARTBEAT: u64 = MINUTE;

impl VaultWorker {
    /// Passes one input to the session machines and carries out their effects.
    pub(super) fn feed(&self, input: Input) {
        let now = self.0.worker_io.now();
        let mut effects = Vec::new();
        let mut input = Some(input);
        self.0.worker_io.random(&mut |rng| {
            if let Some(input) = input.take() {
                effects = self.0.sessions.borrow_mut().handle(input, now, rng);
            }
        });
        // Pages get the new state before any answer that refers to it.
        if effects.last() == Some(&Effect::Changed) {
            effects.rotate_right(1);
        }
        for effect in effects {
            self.run_effect(effect);
        }
        self.arm();
    }

    /// Schedules the next tick, unless an earlier one is scheduled.
    pub(super) fn arm(&self) {
        let now = self.0.worker_io.now().monotonic;
        let heartbeat = (!self.0.sessions.borrow().is_empty()).then_some(now + HEARTBEAT);
        let machines = self.0.sessions.borrow().next_due();
        let Some(due) = [heartbeat, machines, self.wipe_due()]
            .into_iter()
            .flatten()
            .min()
        else {
            return;
        };
        if self.0.armed.get().is_some_and(|armed| armed <= due) {
            return;
        }
        self.0.armed.set(Some(due));
        let rest = self.0.worker_io.sleep(due.saturating_sub(now).max(1));
        let vault = self.clone();
        self.spawn(async move {
            rest.await;
            if vault.0.armed.get() == Some(due) {
                vault.0.armed.set(None);
                vault.tick();
            }
        });
    }

    fn tick(&self) {
        let now = self.0.worker_io.now().monotonic;
        if self.wipe_due().is_some_and(|due| due <= now) {
            self.wipe();
        } else {
            self.feed(Input::Tick);
        }
    }

    fn run_effect(&self, effect: Effect) {
        match effect {
            Effect::Authorize {
                ticket,
                url,
                sign_in,
                kept,
            } => {
                let query = url.reveal().split_once('?').map_or("", |parts| parts.1);
                self.push_query_step(FlowStepKind::Authorize, query, false);
                self.settle(
                    ticket,
                    Ok(VaultReply::Authorize(Authorization {
                        url: url.reveal().to_owned(),
                        sign_in,
                        stored: (!kept.start.popup).then(|| snapshot::stored(&kept)),
                    })),
                );
            }
            Effect::SignedIn {
                ticket,
                connection,
                target,
                popup,
                return_to,
            } => {
                let other = target.is_some() && target != connection;
                let connection = connection.map(|id| id.0);
                let return_to = return_to.unwrap_or_else(|| "/".to_owned());
                self.settle(
                    ticket,
                    Ok(VaultReply::SignedIn(SignedIn {
                        connection,
                        other,
                        popup,
                        return_to,
                    })),
                );
            }
            Effect::SignInFailed {
                ticket,
                refusal,
                popup,
                return_to,
            } => {
                let failure = Failure {
                    code: refusal.code,
                    detail: refusal.detail.as_deref().map(mask_tokens),
                    return_to,
                    popup,
                };
                self.settle(ticket, Err(failure));
            }
            Effect::Exchange { key, request } => self.post(FlowStepKind::Exchange, key, request),
            Effect::Refresh { key, request } => self.post(FlowStepKind::Refresh, key, request),
            Effect::Revoke(request) => {
                let sending = self.send_form(FlowStepKind::Revoke, request);
                self.spawn(async move {
                    let _ = sending.await;
                });
            }
            Effect::Introspect {
                key,
                api_base,
                token,
            } => self.introspect(key, &api_base, token),
            Effect::CheckNetwork { key } => self.check_network(key),
            Effect::Send {
                call,
                api_base,
                token,
                ..
            } => self.send(call, &api_base, token),
            Effect::Deliver { call, generation } => self.deliver(call, generation),
            Effect::Fail { call, code } => self.fail(call, code),
            Effect::Changed => self.send_to_all(&FromVault::State(self.snapshot())),
            Effect::Record(event) => self.record(event),
        }
    }

    /// Adds an event to the record and sends it to every page.
    pub(super) fn record(&self, event: RecordEvent) {
        // After a sign-out or a time limit, the flow steps are dropped.
        let over = event.kind == RecordKind::SignedOut && event.connection.is_none();
        if over
            || matches!(
                event.outcome,
                Some(RecordOutcome::Error(ErrorCode::Idle | ErrorCode::Absolute))
            )
        {
            self.forget_steps();
        }
        let now = self.0.worker_io.now();
        let line = snapshot::record(event, &self.0.sessions.borrow(), now);
        let message = FromVault::Event(line.clone());
        let mut record = self.0.record.borrow_mut();
        if record.len() == RECORD_LINES {
            record.pop_front();
        }
        record.push_back(line);
        drop(record);
        self.send_to_all(&message);
    }

    fn settle(&self, ticket: Ticket, result: Result<VaultReply, Failure>) {
        let request_origin = self.0.tickets.borrow_mut().remove(ticket.0);
        if let Some(request_origin) = request_origin {
            self.reply(request_origin, result);
        }
    }

    fn post(&self, kind: FlowStepKind, key: RequestKey, request: FormPost) {
        let number = self.number();
        let secrets = secrets_of_form(&request.body);
        self.0.forms.borrow_mut().insert(number, secrets);
        let sending = self.send_form(kind, request);
        let vault = self.clone();
        self.spawn(async move {
            let result = sending.await;
            let answer = match &result {
                Ok(answer) => TokenHttpResponse::Http {
                    status: answer.status,
                    retry_after: vault.retry_after(answer),
                    body: vault.token_text(number, answer),
                },
                Err(fetch::FetchError::TimedOut) => TokenHttpResponse::TimedOut,
                Err(_) => TokenHttpResponse::Lost,
            };
            drop(result);
            vault.feed(Input::TokenAnswered { key, answer });
            vault.0.forms.borrow_mut().remove(number);
        });
    }

    fn send_form(
        &self,
        kind: FlowStepKind,
        post: FormPost,
    ) -> LocalBoxFuture<'static, AnswerResult> {
        let form = post.body.reveal();
        let step = FlowStep {
            sent: outline::of_form(form),
            ..FlowStep::of(kind)
        };
        let request = FetchRequest {
            method: "POST",
            body: Some(FetchBody::form(form)),
            ..FetchRequest::get(&post.url, TOKEN_TIMEOUT)
        };
        self.send_noted(step, request, true)
    }

    /// Returns the text of a token response, without the secrets that it repeats. Records
    /// irregularities of its bytes.
    fn token_text(&self, form: u64, answer: &fetch::FetchResponse) -> String {
        let decoded = decoded(answer);
        let oddity = match (
            decoded.has_mark,
            decoded.charset.is_some() || decoded.is_lossy,
        ) {
            (true, _) => Some(TokenOddity::ByteOrderMark.into()),
            (false, true) => Some(TokenOddity::NotUtf8.into()),
            (false, false) => None,
        };
        if oddity.is_some() {
            self.record(RecordEvent {
                connection: None,
                kind: RecordKind::TokenAnswerOdd,
                duration: None,
                outcome: oddity,
            });
        }
        let forms = self.0.forms.borrow();
        match forms.get(form) {
            Some(secrets) => outgoing::token_answer(decoded.text, secrets),
            None => decoded.text,
        }
    }

    fn introspect(&self, key: RequestKey, api_base: &str, token: AccessToken) {
        let sending = self.address(api_base, introspection::PATH, &[]).map(|url| {
            let request = FetchRequest {
                bearer: Some(Zeroizing::new(token.reveal().to_owned())),
                ..FetchRequest::get(&url, INTROSPECT_TIMEOUT)
            };
            self.send_noted(FlowStep::of(FlowStepKind::Introspect), request, false)
        });
        let vault = self.clone();
        self.spawn(async move {
            let result = match sending {
                Some(sending) => sending.await,
                None => Err(fetch::FetchError::Network),
            };
            vault.feed(Input::Introspected {
                key,
                answer: introspection::read(&result),
            });
        });
    }

    fn check_network(&self, key: RequestKey) {
        let request = FetchRequest {
            timeout: CHECK_TIMEOUT,
            ..self.config_request()
        };
        let sending = self.0.worker_io.send(request);
        let vault = self.clone();
        self.spawn(async move {
            let reached = sending.await.is_ok();
            vault.feed(Input::NetworkChecked { key, reached });
        });
    }

    /// Returns the address of a path below a connection's own API base, checked twice: by the rules
    /// and by the browser's own parser.
    pub(super) fn address(
        &self,
        base: &str,
        path: &str,
        query: &[(String, String)],
    ) -> Option<String> {
        let url = outlay_oauth::resource::url(base, path, query)?;
        let (origin, parsed) = self.0.worker_io.parse_url(&url)?;
        outlay_oauth::resource::is_below(base, &origin, &parsed).then_some(url)
    }
}
