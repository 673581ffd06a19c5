//! What came out of one input, asked for by kind.

use outlay_oauth::form;
use outlay_oauth::secret::FormBody;
use outlay_oauth::session::io::{CallId, ConnectionId, Effect, PendingSignIn, RequestKey, Ticket};

#[derive(Debug)]
pub struct Effects(pub Vec<Effect>);

/// One field of a form.
pub fn field(body: &FormBody, name: &str) -> String {
    let pairs = form::parse(body.reveal()).unwrap();
    let mut values = pairs.into_iter().filter(|(known, _)| known == name);
    let (_, value) = values.next().expect("no such field");
    assert!(values.next().is_none(), "{name} stands twice");
    value
}

#[track_caller]
fn only<T>(mut found: Vec<T>, effects: &Effects) -> T {
    assert_eq!(found.len(), 1, "{effects:?}");
    found.remove(0)
}

impl Effects {
    pub fn none(&self) -> bool {
        self.0.is_empty()
    }

    pub fn changed(&self) -> bool {
        self.0.contains(&Effect::Changed)
    }

    #[track_caller]
    pub fn authorize(&self) -> (String, PendingSignIn) {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::Authorize { url, kept, .. } => Some((url.reveal().to_owned(), kept.clone())),
            _ => None,
        });
        only(found.collect(), self)
    }

    pub fn exchanges(&self) -> Vec<(RequestKey, FormBody)> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::Exchange { key, request } => Some((*key, request.body.clone())),
            _ => None,
        });
        found.collect()
    }

    #[track_caller]
    pub fn exchange(&self) -> (RequestKey, FormBody) {
        only(self.exchanges(), self)
    }

    /// Refreshes, with the refresh token that each sends.
    pub fn refreshes(&self) -> Vec<(RequestKey, String)> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::Refresh { key, request } => Some((*key, field(&request.body, "refresh_token"))),
            _ => None,
        });
        found.collect()
    }

    #[track_caller]
    pub fn refresh(&self) -> (RequestKey, String) {
        only(self.refreshes(), self)
    }

    /// The tokens that are revoked.
    pub fn revoked(&self) -> Vec<String> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::Revoke(request) => Some(field(&request.body, "token")),
            _ => None,
        });
        found.collect()
    }

    pub fn introspections(&self) -> Vec<(RequestKey, String)> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::Introspect { key, token, .. } => Some((*key, token.reveal().to_owned())),
            _ => None,
        });
        found.collect()
    }

    #[track_caller]
    pub fn introspect(&self) -> (RequestKey, String) {
        only(self.introspections(), self)
    }

    pub fn checks(&self) -> Vec<RequestKey> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::CheckNetwork { key } => Some(*key),
            _ => None,
        });
        found.collect()
    }

    #[track_caller]
    pub fn check(&self) -> RequestKey {
        only(self.checks(), self)
    }

    /// Calls sent, each with its token and generation.
    pub fn sent(&self) -> Vec<(CallId, String, u32)> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::Send {
                call,
                token,
                generation,
                ..
            } => Some((*call, token.reveal().to_owned(), *generation)),
            _ => None,
        });
        found.collect()
    }

    pub fn delivered(&self) -> Vec<(CallId, u32)> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::Deliver { call, generation } => Some((*call, *generation)),
            _ => None,
        });
        found.collect()
    }

    pub fn failed(&self) -> Vec<(CallId, &'static str)> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::Fail { call, code } => Some((*call, code.word())),
            _ => None,
        });
        found.collect()
    }

    pub fn signed_in(&self) -> Vec<(Ticket, Option<ConnectionId>, Option<String>)> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::SignedIn {
                ticket,
                connection,
                return_to,
                ..
            } => Some((*ticket, connection.clone(), return_to.clone())),
            _ => None,
        });
        found.collect()
    }

    /// The connections that the sign-ins were meant for.
    pub fn targets(&self) -> Vec<Option<ConnectionId>> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::SignedIn { target, .. } => Some(target.clone()),
            _ => None,
        });
        found.collect()
    }

    #[track_caller]
    pub fn connected(&self) -> ConnectionId {
        only(self.signed_in(), self).1.expect("no connection")
    }

    /// Home, where the vault's state shows: nothing new came of it.
    #[track_caller]
    pub fn home(&self) {
        let (_, connection, return_to) = only(self.signed_in(), self);
        assert_eq!((connection, return_to), (None, None));
        assert_eq!(self.0.len(), 1, "{self:?}");
    }

    /// The codes of the sign-ins that failed.
    pub fn refused(&self) -> Vec<&'static str> {
        let found = self.0.iter().filter_map(|effect| match effect {
            Effect::SignInFailed { refusal, .. } => Some(refusal.code.word()),
            _ => None,
        });
        found.collect()
    }
}
