//! Handles a callback: its query, its sign-in, and the connection that results.

use std::rc::Rc;

use outlay_codes::ErrorCode;

use crate::callback::{self, CallbackRefusal};
use crate::client::ClientSettings;
use crate::scope;
use crate::token;

use super::Sessions;
use super::connection::{ConnectionMachine, Grant};
use super::identity::Identity;
use super::io::{ConnectionId, Effect, IntrospectionResult, PendingSignIn, RequestKey, Ticket};
use super::record::{RecordKind, RecordNote};
use super::sign_in::{CompletedSignIn, PENDING_LIFE, SignInStage, fail};
use super::step::{SentPost, Transition};

impl Sessions {
    /// Processes a callback. Checks in this order: form, `state`, age, path and issuer, and only then
    /// `error` or `code`. An unknown `state` changes nothing.
    pub(super) fn callback(
        &mut self,
        ticket: Ticket,
        profile: &str,
        query: &str,
        kept: Option<PendingSignIn>,
        step: &mut Transition<'_>,
    ) {
        if callback::is_empty(query) {
            // A page that is loaded again has no copy any more.
            return match kept {
                Some(_) => {
                    Self::refuse(step, ticket, CallbackRefusal::of(ErrorCode::CallbackEmpty))
                }
                None => report_no_new_connection(ticket, step),
            };
        }
        let response = match callback::read(query) {
            Ok(response) => response,
            Err(refusal) => return Self::refuse(step, ticket, refusal),
        };
        let hash = response.state.hash();
        if self.sign_ins.by_state(&hash).is_none() {
            if self.sign_ins.is_used(&hash) {
                return self.used_again(ticket, step);
            }
            let restored = match kept.filter(|kept| kept.state.hash() == hash) {
                Some(kept) => self.sign_ins.restore(kept, step.now),
                None => Err(CallbackRefusal::of(ErrorCode::StateUnknown)),
            };
            if let Err(refusal) = restored {
                return Self::refuse(step, ticket, refusal);
            }
        }
        self.last_activity = Some(step.now);
        let Some(sign_in) = self.sign_ins.by_state(&hash) else {
            return;
        };
        match &mut sign_in.stage {
            SignInStage::Pending => sign_in.tickets.push(ticket),
            // The same callback again, from a duplicated tab: both wait for the one exchange.
            SignInStage::Exchanging { .. } | SignInStage::Introspecting { .. } => {
                sign_in.tickets.push(ticket);
                step.record(
                    RecordKind::Callback,
                    None,
                    None,
                    Some(RecordNote::Repeated.into()),
                );
                return;
            }
            SignInStage::Abandoned { .. } => return self.used_again(ticket, step),
        }
        let start = sign_in.start.clone();
        let away = step.now.elapsed_since(sign_in.created);
        let checked = if away >= PENDING_LIFE {
            Err(CallbackRefusal::of(ErrorCode::SignInExpired))
        } else {
            callback::check_response(response, &start.client, profile)
        };
        let outcome = checked
            .as_ref()
            .map_or_else(|refusal| refusal.code.into(), |_| RecordNote::Ok.into());
        step.record(RecordKind::Callback, None, Some(away), Some(outcome));
        let refused = match checked {
            Ok(code) => {
                let key = step.key();
                let request = token::exchange_request(&start.client, &code, &sign_in.verifier);
                sign_in.stage = SignInStage::Exchanging {
                    exchange: SentPost { key, at: step.now },
                };
                step.record(RecordKind::ExchangeSent, None, None, None);
                step.emit(Effect::Exchange { key, request });
                None
            }
            Err(refusal) => Some(refusal),
        };
        self.sign_ins.mark_state_used(&hash, refused.as_ref(), step);
    }

    /// The introspection has a result: the token's subject, or none.
    pub(super) fn introspected(
        &mut self,
        key: RequestKey,
        answer: IntrospectionResult,
        step: &mut Transition<'_>,
    ) {
        if let Some(arrived) = self.sign_ins.take_completed(key) {
            let took = step.now.monotonic_since(arrived.received);
            let outcome = Some(answer.outcome().into());
            step.record(RecordKind::IntrospectionAnswered, None, Some(took), outcome);
            return self.finish(arrived, answer, step);
        }
        for at in 0..self.connections.len() {
            if let Some(question) = self.connections[at].question(key) {
                self.connections[at].introspected(question, &answer, step);
                return self.retain_newer(at, step);
            }
        }
    }

    fn used_again(&mut self, ticket: Ticket, step: &mut Transition<'_>) {
        if self
            .connections
            .iter()
            .any(|connection| !connection.ended())
        {
            step.record(
                RecordKind::Callback,
                None,
                None,
                Some(ErrorCode::StateUsed.into()),
            );
            report_no_new_connection(ticket, step);
        } else {
            Self::refuse(step, ticket, CallbackRefusal::of(ErrorCode::StateUsed));
        }
    }

    fn finish(
        &mut self,
        arrived: CompletedSignIn,
        answer: IntrospectionResult,
        step: &mut Transition<'_>,
    ) {
        let CompletedSignIn {
            start,
            tickets,
            tokens,
            received,
        } = arrived;
        let (identity, scopes) = match answer {
            IntrospectionResult::Unauthorized => {
                return fail(
                    &tickets,
                    &CallbackRefusal::of(ErrorCode::TokenRefused),
                    &start,
                    step,
                );
            }
            IntrospectionResult::Valid {
                subject,
                application,
                scopes,
            } => (
                Identity {
                    subject,
                    application,
                },
                scopes,
            ),
            IntrospectionResult::Unclear => (Identity::default(), None),
        };
        let grant = Grant {
            scopes: tokens
                .scopes
                .clone()
                .or_else(|| scopes.map(|scopes| scope::granted(scopes, &start.scopes).0))
                .unwrap_or_else(|| start.scopes.clone()),
            asked: start.scopes.clone(),
            tokens,
            received,
        };
        let id = self.establish(start.client.clone(), identity, grant, step);
        // A renewal with another subject removes the ended connection that it was for.
        self.connections
            .retain(|c| c.id() == &id || !c.ended() || start.target.as_ref() != Some(c.id()));
        for ticket in tickets {
            step.emit(Effect::SignedIn {
                ticket,
                connection: Some(id.clone()),
                target: start.target.clone(),
                popup: start.popup,
                return_to: Some(start.return_to.clone()),
            });
        }
    }

    /// A new connection, or a new pair for the one of the same profile and subject. A refresh of
    /// the old pair that is still on its way is not awaited any more, and what it brings is not
    /// revoked either: a server may revoke all that one user gave one client, the new pair included.
    fn establish(
        &mut self,
        client: Rc<ClientSettings>,
        identity: Identity,
        grant: Grant,
        step: &mut Transition<'_>,
    ) -> ConnectionId {
        let same = self
            .connections
            .iter_mut()
            .find(|connection| connection.is_of(&client.profile, identity.subject.as_deref()));
        match same {
            Some(connection) => {
                connection.replace(client, identity, grant, step);
                connection.id().clone()
            }
            None => {
                self.make_room(step);
                let connection = ConnectionMachine::new(client, identity, grant, step);
                let id = connection.id().clone();
                self.connections.push(connection);
                id
            }
        }
    }

    /// A subject that was learnt late may be that of another connection: the newer sign-in stays.
    fn retain_newer(&mut self, reported: usize, step: &mut Transition<'_>) {
        let Some(subject) = self.connections[reported].subject().map(str::to_owned) else {
            return;
        };
        let profile = self.connections[reported].profile().to_owned();
        let same = |connection: &ConnectionMachine| connection.is_of(&profile, Some(&subject));
        let of_subject = self.connections.iter().filter(|c| same(c));
        let newest = of_subject.map(ConnectionMachine::sign_in_generation).max();
        for mut connection in std::mem::take(&mut self.connections) {
            if same(&connection) && Some(connection.sign_in_generation()) != newest {
                connection.settle_calls(ErrorCode::SessionEnded, step);
                step.record(RecordKind::Replaced, Some(connection.id()), None, None);
            } else {
                self.connections.push(connection);
            }
        }
    }
}

/// The callback has no new result: the page shows the state of the vault.
fn report_no_new_connection(ticket: Ticket, step: &mut Transition<'_>) {
    step.emit(Effect::SignedIn {
        ticket,
        connection: None,
        target: None,
        popup: false,
        return_to: None,
    });
}
