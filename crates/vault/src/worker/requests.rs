//! Requests of pages. They are validated here, before they reach a session machine or the network.

use std::rc::Rc;

use outlay_codes::ErrorCode;

use outlay_oauth::pkce;
use outlay_oauth::return_to;
use outlay_oauth::session::io::{ConnectionId, Input, PendingSignIn, SignInStart, Ticket};
use outlay_oauth::state::StateValue;

use crate::message::{
    ApiCall, CallbackData, Failure, FlowStepKind, FromVault, RequestId, StartSignIn, StoredSignIn,
    VaultReply, VaultRequest,
};

use super::pages::PageId;
use super::{RequestOrigin, VaultWorker};

/// The most open calls of all pages together.
const MOST_CALLS: usize = 1_000;

/// The largest body that is sent, in bytes.
const LARGEST_BODY: usize = 32 * 1024 * 1024;

impl VaultWorker {
    /// Handles one request of a page.
    pub(super) fn ask(&self, page: PageId, request: RequestId, asked: VaultRequest) {
        let request_origin = RequestOrigin { page, request };
        let refused = match asked {
            VaultRequest::StartSignIn(start) => self.start_sign_in(request_origin, start),
            VaultRequest::Callback(callback) => {
                self.callback(request_origin, callback);
                Ok(())
            }
            VaultRequest::Call(call) => self.call(request_origin, call),
            VaultRequest::WatchSignIn { sign_in } => {
                let ticket = self.ticket(request_origin);
                self.feed(Input::WatchSignIn { ticket, sign_in });
                Ok(())
            }
            VaultRequest::CancelSignIn { sign_in } => {
                self.start_input(request_origin, Input::CancelSignIn { sign_in })
            }
            VaultRequest::RetryNow { connection } => {
                let connection = ConnectionId(connection);
                self.start_input(request_origin, Input::RetryNow { connection })
            }
            VaultRequest::Remove { connection } => {
                let connection = ConnectionId(connection);
                self.start_input(request_origin, Input::Remove { connection })
            }
            VaultRequest::Inspect => {
                let steps = self.steps();
                self.reply(request_origin, Ok(VaultReply::Steps { steps }));
                Ok(())
            }
            VaultRequest::SignOut => self.start_input(request_origin, Input::SignOut),
        };
        if let Err(code) = refused {
            self.reply(request_origin, Err(Failure::of(code)));
        }
    }

    /// Handles an input that needs no reply of its own besides its effects.
    fn start_input(&self, request_origin: RequestOrigin, input: Input) -> Result<(), ErrorCode> {
        self.feed(input);
        self.reply(request_origin, Ok(VaultReply::Done));
        Ok(())
    }

    /// A page cancelled a request. Sign-ins continue: only calls are dropped.
    pub(super) fn cancel(&self, page: PageId, request: RequestId) {
        if let Some(call) = self.call_of(RequestOrigin { page, request }) {
            self.cancel_call(call);
            self.feed(Input::CallDropped { call });
        }
    }

    pub(super) fn reply(&self, request_origin: RequestOrigin, result: Result<VaultReply, Failure>) {
        self.send_message(
            request_origin.page,
            &FromVault::Reply {
                id: request_origin.request,
                result,
            },
        );
    }

    fn start_sign_in(
        &self,
        request_origin: RequestOrigin,
        asked: StartSignIn,
    ) -> Result<(), ErrorCode> {
        let client = self.client(&asked.profile, asked.client_id.as_deref(), asked.subject)?;
        let known = self.of_profile(&asked.profile, |profile| profile.scopes.clone());
        let known = known.unwrap_or_default();
        let foreign = asked.scopes.iter().any(|scope| !known.contains(scope));
        // Without a scope the server would decide what it grants.
        let none = asked.scopes.is_empty() && !known.is_empty();
        let doubled = asked
            .scopes
            .iter()
            .enumerate()
            .any(|(at, scope)| asked.scopes.iter().take(at).any(|earlier| earlier == scope));
        if foreign || none || doubled {
            return Err(ErrorCode::ScopeRefused);
        }
        let start = Rc::new(SignInStart {
            client,
            scopes: asked.scopes,
            return_to: return_to::checked(&asked.return_to).to_owned(),
            target: asked.target.map(ConnectionId),
            popup: asked.popup,
        });
        let ticket = self.ticket(request_origin);
        self.feed(Input::Start { ticket, start });
        Ok(())
    }

    fn callback(&self, request_origin: RequestOrigin, callback: CallbackData) {
        let kept = callback.stored.and_then(|stored| self.kept(stored));
        let ticket = self.ticket(request_origin);
        self.push_query_step(FlowStepKind::Callback, &callback.query, true);
        self.feed(Input::Callback {
            ticket,
            profile: callback.profile,
            query: callback.query,
            kept,
        });
    }

    /// Validates the stored copy, which is external input. Returns `None` if it is invalid.
    fn kept(&self, stored: StoredSignIn) -> Option<PendingSignIn> {
        let client = self
            .client(&stored.profile, Some(&stored.client_id), None)
            .ok()?;
        let verifier = pkce::kept_verifier(&stored.code_verifier)?;
        Some(PendingSignIn {
            state: StateValue::received(&stored.state),
            verifier,
            created_at: stored.created_at,
            start: Rc::new(SignInStart {
                client,
                scopes: stored.scopes,
                return_to: return_to::checked(&stored.return_to).to_owned(),
                target: stored.target.map(ConnectionId),
                popup: false,
            }),
        })
    }

    fn call(&self, request_origin: RequestOrigin, call: ApiCall) -> Result<(), ErrorCode> {
        // Checks the path before a token is looked up, because the rules do not depend on the base.
        // The address is made again, with the base, when the call is sent.
        outlay_oauth::resource::url("", &call.path, &[]).ok_or(ErrorCode::PathRefused)?;
        if self.0.calls.borrow().len() >= MOST_CALLS {
            return Err(ErrorCode::TooManyRequests);
        }
        if call
            .body
            .as_ref()
            .is_some_and(|body| body.len() > LARGEST_BODY)
        {
            return Err(ErrorCode::TooLarge);
        }
        self.line_up(request_origin, call);
        Ok(())
    }

    fn ticket(&self, request_origin: RequestOrigin) -> Ticket {
        let ticket = self.number();
        self.0.tickets.borrow_mut().insert(ticket, request_origin);
        Ticket(ticket)
    }
}
