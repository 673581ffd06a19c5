//! What pages ask for. Everything is checked here, before a machine or the network hears of it.

use std::rc::Rc;

use outlay_oauth::pkce;
use outlay_oauth::return_to;
use outlay_oauth::session::io::{ConnectionId, Input, Kept, Start, Ticket};
use outlay_oauth::state::State;

use crate::message::{
    Call, Callback, Failure, FromVault, Reply, Request, RequestId, StartSignIn, StoredSignIn,
};

use super::pages::PageId;
use super::{Asker, Vault};

/// So many calls may be open at once, over all pages.
const MOST_CALLS: usize = 1_000;

/// The largest body that is sent.
const LARGEST_BODY: usize = 32 * 1024 * 1024;

impl Vault {
    /// One request of a page.
    pub(super) fn ask(&self, page: PageId, request: RequestId, asked: Request) {
        let asker = Asker { page, request };
        let refused = match asked {
            Request::StartSignIn(start) => self.start_sign_in(asker, start),
            Request::Callback(callback) => {
                self.callback(asker, callback);
                Ok(())
            }
            Request::Call(call) => self.call(asker, call),
            Request::WatchSignIn { sign_in } => {
                let ticket = self.ticket(asker);
                self.feed(Input::WatchSignIn { ticket, sign_in });
                Ok(())
            }
            Request::CancelSignIn { sign_in } => {
                self.carry_on(asker, Input::CancelSignIn { sign_in })
            }
            Request::RetryNow { connection } => {
                let connection = ConnectionId(connection);
                self.carry_on(asker, Input::RetryNow { connection })
            }
            Request::Remove { connection } => {
                let connection = ConnectionId(connection);
                self.carry_on(asker, Input::Remove { connection })
            }
            Request::Inspect => {
                let steps = self.steps();
                self.reply(asker, Ok(Reply::Steps { steps }));
                Ok(())
            }
            Request::SignOut => self.carry_on(asker, Input::SignOut),
        };
        if let Err(code) = refused {
            self.reply(asker, Err(Failure::of(code)));
        }
    }

    /// An input whose effects are all the answer there is.
    fn carry_on(&self, asker: Asker, input: Input) -> Result<(), &'static str> {
        self.feed(input);
        self.reply(asker, Ok(Reply::Done));
        Ok(())
    }

    /// A page gave a request up. Sign-ins go on: only calls are dropped.
    pub(super) fn cancel(&self, page: PageId, request: RequestId) {
        if let Some(call) = self.call_of(Asker { page, request }) {
            self.give_up(call);
            self.feed(Input::CallDropped { call });
        }
    }

    pub(super) fn reply(&self, asker: Asker, result: Result<Reply, Failure>) {
        self.tell(
            asker.page,
            &FromVault::Reply {
                id: asker.request,
                result,
            },
        );
    }

    fn start_sign_in(&self, asker: Asker, asked: StartSignIn) -> Result<(), &'static str> {
        let client = self.client(&asked.profile, asked.client_id.as_deref(), asked.subject)?;
        let known = self.of_profile(&asked.profile, |profile| profile.scopes.clone());
        let known = known.unwrap_or_default();
        let foreign = asked.scopes.iter().any(|scope| !known.contains(scope));
        // No scope at all would leave it to the server what is granted.
        let none = asked.scopes.is_empty() && !known.is_empty();
        let doubled = asked
            .scopes
            .iter()
            .enumerate()
            .any(|(at, scope)| asked.scopes.iter().take(at).any(|earlier| earlier == scope));
        if foreign || none || doubled {
            return Err("scope_refused");
        }
        let start = Rc::new(Start {
            client,
            scopes: asked.scopes,
            return_to: return_to::checked(&asked.return_to).to_owned(),
            target: asked.target.map(ConnectionId),
            popup: asked.popup,
        });
        let ticket = self.ticket(asker);
        self.feed(Input::Start { ticket, start });
        Ok(())
    }

    fn callback(&self, asker: Asker, callback: Callback) {
        let kept = callback.stored.and_then(|stored| self.kept(stored));
        let ticket = self.ticket(asker);
        self.note_query("callback", &callback.query, true);
        self.feed(Input::Callback {
            ticket,
            profile: callback.profile,
            query: callback.query,
            kept,
        });
    }

    /// The stored copy is outside input like any other: what is not sound counts as not there.
    fn kept(&self, stored: StoredSignIn) -> Option<Kept> {
        let client = self
            .client(&stored.profile, Some(&stored.client_id), None)
            .ok()?;
        let verifier = pkce::kept_verifier(&stored.code_verifier)?;
        Some(Kept {
            state: State::received(&stored.state),
            verifier,
            created_at: stored.created_at,
            start: Rc::new(Start {
                client,
                scopes: stored.scopes,
                return_to: return_to::checked(&stored.return_to).to_owned(),
                target: stored.target.map(ConnectionId),
                popup: false,
            }),
        })
    }

    fn call(&self, asker: Asker, call: Call) -> Result<(), &'static str> {
        // The rules of the path do not depend on the base, so they are checked before a token is
        // even looked for; the address is made again, with the base, when the call is sent.
        outlay_oauth::resource::url("", &call.path, &[]).ok_or("path_refused")?;
        if self.0.calls.borrow().len() >= MOST_CALLS {
            return Err("too_many_requests");
        }
        if call
            .body
            .as_ref()
            .is_some_and(|body| body.len() > LARGEST_BODY)
        {
            return Err("too_large");
        }
        self.line_up(asker, call);
        Ok(())
    }

    fn ticket(&self, asker: Asker) -> Ticket {
        let ticket = self.number();
        self.0.tickets.borrow_mut().insert(ticket, asker);
        Ticket(ticket)
    }
}
