//! What may happen on a walk, each thing with its chances.

use outlay_oauth::client::ClientSettings;
use outlay_oauth::session::io::{
    CallId, ConnectionId, Input, IntrospectionResult, RequestKey, SignInStart, Ticket,
};
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::TokenHttpResponse;

use super::host::{access, busy, client, eternal, http, lived_token, ok, refusal, single, start};
use super::random_paths::{PathRequests, PathRunner, PathTokenUse, name};

impl PathRunner {
    pub fn start(&mut self) {
        let grace = self.pick(&[0, 20 * SECOND]).unwrap();
        let profile = self.pick(&["sandbox", "staging"]).unwrap();
        let target = self.connections();
        let target = self.pick(&target);
        let ticket = Ticket(self.host.count());
        let client = ClientSettings {
            client_id: if grace == 0 { "strict" } else { "graced" }.to_owned(),
            refresh_grace: grace,
            ..client(profile)
        };
        let start = SignInStart {
            target,
            ..start(client)
        };
        let (_, kept) = self
            .feed(Input::Start {
                ticket,
                start: start.into(),
            })
            .authorize();
        self.path.pending.push(kept);
    }

    pub fn come_back(&mut self) {
        let pending = self.path.pending.clone();
        let Some(kept) = self.pick(&pending) else {
            return;
        };
        let state = kept.state.as_str();
        let query = ["code=SECRET", "error=access_denied", ""];
        let query = query[usize::from(self.one_in(6)) + usize::from(self.one_in(6))];
        let query = format!("state={state}&{query}");
        if !self.one_in(4) {
            self.path.pending.retain(|other| other.state != kept.state);
        }
        let ticket = Ticket(self.host.count());
        let profile = kept.start.client.profile.clone();
        let kept = self.one_in(3).then_some(kept);
        self.feed(Input::Callback {
            ticket,
            profile,
            query,
            kept,
        });
    }

    pub fn answer_request(&mut self) {
        if self.path.requests.is_empty() {
            return;
        }
        let count = self.path.requests.len() as u64;
        let at = usize::try_from(self.below(count)).unwrap();
        let (key, asked) = self.path.requests.swap_remove(at);
        match asked {
            PathRequests::Check => {
                let reached = !self.one_in(3);
                self.feed(Input::NetworkChecked { key, reached });
            }
            PathRequests::Introspect => self.report_subject(key),
            PathRequests::Exchange => {
                let (answer, pair) = self.token_answer();
                if let Some(pair) = pair {
                    self.issue(pair, pair, None);
                }
                self.feed(Input::TokenAnswered { key, answer });
            }
            PathRequests::Refresh(token) => self.answer_refresh(key, &token),
        }
    }

    fn report_subject(&mut self, key: RequestKey) {
        let subject = self.pick(&["urn:one", "urn:two", "urn:three"]);
        let answer = match self.below(9) {
            0 => IntrospectionResult::Unauthorized,
            1..=2 => IntrospectionResult::Unclear,
            _ => IntrospectionResult::Valid {
                subject: subject.map(str::to_owned),
                application: None,
                scopes: None,
            },
        };
        self.feed(Input::Introspected { key, answer });
    }

    pub fn own(&mut self, access: &str, connection: &ConnectionId) {
        let refresh = access.replace("-at-", "-rt-");
        self.path
            .owners
            .insert(access.to_owned(), connection.clone());
        self.path.owners.insert(refresh, connection.clone());
    }

    /// A pair was issued; one that a refresh brought has the subject of the old one.
    fn issue(&mut self, pair: u32, family: u32, owner: Option<ConnectionId>) {
        let token = super::host::refresh(pair);
        self.path.fates.insert(token.clone(), PathTokenUse::Fresh);
        self.path.families.insert(token, family);
        if let Some(owner) = owner {
            self.own(&access(pair), &owner);
        }
    }

    fn token_answer(&mut self) -> (TokenHttpResponse, Option<u32>) {
        let chance = self.below(24);
        self.path.pairs += 1;
        let pair = self.path.pairs;
        match chance {
            0 => (TokenHttpResponse::Lost, None),
            1 => (busy(429, None), None),
            2 => (busy(503, Some(90 * SECOND)), None),
            3 => (http(500, "SECRET"), None),
            4 => (ok("<html>SECRET"), None),
            5 => (refusal("invalid_grant"), None),
            6 => (ok(&eternal(pair)), Some(pair)),
            7 | 8 => (ok(&single(pair, 300)), Some(pair)),
            9 => (ok(&lived_token(pair, 1)), Some(pair)),
            _ => (ok(&lived_token(pair, 300)), Some(pair)),
        }
    }

    fn answer_refresh(&mut self, key: RequestKey, token: &str) {
        let (answer, pair) = self.token_answer();
        let brought_none = matches!(&answer, TokenHttpResponse::Http { body, .. } if pair.is_some() && !body.contains("refresh_token"));
        let family = self.path.families[token];
        let owner = self.path.owners[token].clone();
        let (_, replay) = self.path.refreshing.remove(&name(key)).unwrap();
        let expected_effect = match (&answer, pair) {
            (_, Some(_)) if brought_none => PathTokenUse::KeptGood,
            (_, Some(_)) => PathTokenUse::Spent,
            (
                TokenHttpResponse::Http {
                    status: 429 | 503, ..
                },
                None,
            ) if !replay => PathTokenUse::Busy,
            _ => PathTokenUse::Lost { replayed: replay },
        };
        self.path.fates.insert(token.to_owned(), expected_effect);
        if let Some(pair) = pair {
            self.issue(pair, family, Some(owner.clone()));
            if brought_none {
                // The old refresh token goes on with the new access token.
                self.path.owners.insert(token.to_owned(), owner);
            }
        }
        self.feed(Input::TokenAnswered { key, answer });
    }

    pub fn call(&mut self) {
        let connections = self.connections();
        let Some(connection) = self.pick(&connections) else {
            return;
        };
        let call = CallId(self.host.count());
        self.path.calls.insert(call.0, connection.clone());
        self.open.push(call);
        let ended = self.ended().contains(&connection);
        let effects = self.feed(Input::Call { call, connection });
        assert!(!ended || effects.failed() == [(call, "session_ended")]);
    }

    pub fn answer_call(&mut self) {
        let open = self.open.clone();
        let Some(call) = self.pick(&open) else { return };
        let status = self.pick(&[Some(200), Some(200), Some(401), Some(500), None]);
        self.feed(Input::CallAnswered {
            call,
            status: status.unwrap(),
        });
    }

    pub fn drop_call(&mut self) {
        let open = self.open.clone();
        if let Some(call) = self.pick(&open) {
            self.feed(Input::CallDropped { call });
            self.open.retain(|open| *open != call);
        }
    }

    pub fn pass(&mut self) {
        let time = self.pick(&[1, SECOND, 20 * SECOND, 70 * SECOND, 2 * MINUTE]);
        self.host.pass(time.unwrap());
        match self.below(40) {
            0 => self.host.now.wall -= 120 * MINUTE,
            1..=4 => self.host.now.wall += 20 * SECOND,
            5 => self.host.now.wall += 120 * MINUTE,
            _ => {}
        }
    }

    pub fn tick(&mut self) {
        if let Some(due) = self.host.sessions.next_due() {
            let wait = due.saturating_sub(self.host.now.monotonic);
            self.host.pass(wait.min(2 * MINUTE));
        }
        self.feed(Input::Tick);
        let due = self.host.sessions.next_due();
        assert!(
            due.is_none_or(|due| due > self.host.now.monotonic),
            "what is due is done, or the host would tick without end"
        );
    }

    pub fn retry_now(&mut self) {
        let connections = self.connections();
        if let Some(connection) = self.pick(&connections) {
            self.feed(Input::RetryNow { connection });
        }
    }

    pub fn remove(&mut self) {
        let connections = self.connections();
        let Some(connection) = self.pick(&connections) else {
            return;
        };
        self.feed(Input::Remove {
            connection: connection.clone(),
        });
        assert!(!self.connections().contains(&connection));
        let left = |call: &CallId| self.path.calls[&call.0] == connection;
        assert!(!self.open.iter().any(left), "every call of it settles");
    }

    pub fn cancel(&mut self) {
        let sign_ins = self.host.sessions.sign_ins();
        if let Some(sign_in) = self.pick(&sign_ins) {
            self.feed(Input::CancelSignIn {
                sign_in: sign_in.id,
            });
            assert!(!self.host.sessions.sign_ins().contains(&sign_in));
        }
    }

    pub fn sign_out(&mut self) {
        self.feed(Input::SignOut);
        assert!(self.open.is_empty(), "every call settles");
        assert!(self.connections().is_empty());
    }
}
