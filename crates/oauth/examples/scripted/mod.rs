//! A host for the examples: a scripted clock, a seeded random generator, and a transcript.
//!
//! A real host (`crates/vault/src/worker`) carries out each effect and reports the result as the next
//! input. Here the examples write the results down themselves, so no example needs a network.

#![allow(dead_code, reason = "each example uses a part")]

use std::error::Error;
use std::rc::Rc;

use outlay_oauth::client::ClientSettings;
use outlay_oauth::form;
use outlay_oauth::session::io::{
    CallId, ConnectionId, Effect, Input, IntrospectionResult, PendingSignIn, RequestKey,
    SignInStart, Ticket,
};
use outlay_oauth::session::{ConnectionPhase, SessionLimits, Sessions};
use outlay_oauth::time::{MINUTE, Now, SECOND};
use outlay_oauth::token::{FormPost, TokenHttpResponse};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// Fails with a message if an expected effect is absent.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// The sessions, both clocks, and the transcript so far.
pub struct Script {
    sessions: Sessions,
    now: Now,
    started: Now,
    random: ChaCha20Rng,
    transcript: String,
}

impl Script {
    /// Starts without sessions. The seed is fixed, so each run prints the same text.
    pub fn new() -> Script {
        let now = Now {
            monotonic: 5 * MINUTE,
            wall: 1_790_000_000_000,
        };
        Script {
            sessions: Sessions::new(SessionLimits::default()),
            now,
            started: now,
            random: ChaCha20Rng::seed_from_u64(1),
            transcript: String::new(),
        }
    }

    /// Returns everything written so far.
    pub fn transcript(self) -> String {
        self.transcript
    }

    /// Writes a heading.
    pub fn heading(&mut self, text: &str) {
        let gap = if self.transcript.is_empty() { "" } else { "\n" };
        self.transcript += &format!("{gap}# {text}\n");
    }

    /// Advances both clocks.
    pub fn wait(&mut self, milliseconds: u64) {
        self.now.monotonic += milliseconds;
        self.now.wall += milliseconds;
    }

    /// Advances both clocks to the instant of the next scheduled action, and reports it.
    pub fn wait_until_due(&mut self) -> Outcome<Vec<Effect>> {
        let due = self.sessions.next_due().ok_or("nothing is scheduled")?;
        self.wait(due.saturating_sub(self.now.monotonic));
        Ok(self.input("The timer fires.", Input::Tick))
    }

    /// Hands one input to the sessions. Writes it with the seconds since the start, and each effect
    /// below it. Record entries are left out.
    pub fn input(&mut self, description: &str, input: Input) -> Vec<Effect> {
        let seconds = self.now.monotonic_since(self.started) / SECOND;
        self.transcript += &format!("[{seconds} s] {description}\n");
        let mut effects = self.sessions.handle(input, self.now, &mut self.random);
        effects.retain(|effect| !matches!(effect, Effect::Record(_)));
        for effect in &effects {
            self.transcript += &format!("    effect: {}\n", describe(effect));
        }
        effects
    }

    /// Writes the state of each connection.
    pub fn show_connections(&mut self) {
        for view in self.sessions.connections(self.now) {
            let phase = match view.phase {
                ConnectionPhase::Active => "active".to_owned(),
                ConnectionPhase::Refreshing => "refreshing".to_owned(),
                ConnectionPhase::Unsure => "refresh outcome unknown".to_owned(),
                ConnectionPhase::Ended(reason) => format!("ended ({})", reason.code().word()),
            };
            self.transcript += &format!(
                "    connection: {phase}, token pair {}, access token valid for {} s, refresh token {}\n",
                view.generation,
                view.expires_in.unwrap_or_default() / SECOND,
                if view.refreshable {
                    "usable"
                } else {
                    "not usable"
                },
            );
        }
    }

    /// Starts a sign-in. Returns the pending sign-in, which holds `state`.
    pub fn start_sign_in(&mut self, client: ClientSettings) -> Outcome<PendingSignIn> {
        let start = Rc::new(SignInStart {
            client: Rc::new(client),
            scopes: vec!["companies:read".to_owned(), "users:read".to_owned()],
            return_to: "/".to_owned(),
            target: None,
            popup: false,
        });
        let ticket = Ticket(1);
        let effects = self.input("A page asks to sign in.", Input::Start { ticket, start });
        let pending = effects.into_iter().find_map(|effect| match effect {
            Effect::Authorize { kept, .. } => Some(kept),
            _ => None,
        });
        Ok(pending.ok_or("no authorization request")?)
    }

    /// The authorization server redirects back with a code and this `state`.
    pub fn callback(&mut self, description: &str, state: &str) -> Vec<Effect> {
        let callback = Input::Callback {
            ticket: Ticket(2),
            profile: "example".to_owned(),
            query: format!("code=SECRET-code&state={state}"),
            kept: None,
        };
        self.input(description, callback)
    }

    /// A complete sign-in, with token pair 1 valid for 900 s.
    pub fn connect(&mut self, client: ClientSettings) -> Outcome<ConnectionId> {
        let pending = self.start_sign_in(client)?;
        let effects = self.callback(
            "The callback page loads with a code.",
            pending.state.as_str(),
        );
        let key = token_request(&effects)?;
        let effects = self.input("The token endpoint answers 200.", token_pair(key, 1));
        let key = introspection(&effects)?;
        let effects = self.input("The API names the subject of the token.", subject(key));
        let connection = effects.into_iter().find_map(|effect| match effect {
            Effect::SignedIn { connection, .. } => connection,
            _ => None,
        });
        Ok(connection.ok_or("not signed in")?)
    }

    /// A page calls the API.
    pub fn call(&mut self, number: u64, connection: &ConnectionId) -> Vec<Effect> {
        let input = Input::Call {
            call: CallId(number),
            connection: connection.clone(),
        };
        self.input(&format!("A page makes call {number}."), input)
    }

    /// The API answers a call.
    pub fn call_answered(&mut self, number: u64, status: u16) -> Vec<Effect> {
        let input = Input::CallAnswered {
            call: CallId(number),
            status: Some(status),
        };
        self.input(
            &format!("The API answers call {number} with {status}."),
            input,
        )
    }

    /// The network check that precedes a refresh finds the network.
    pub fn network_reached(&mut self, effects: &[Effect]) -> Outcome<Vec<Effect>> {
        let key = effects.iter().find_map(|effect| match effect {
            Effect::CheckNetwork { key } => Some(*key),
            _ => None,
        });
        let key = key.ok_or("no network check")?;
        let input = Input::NetworkChecked { key, reached: true };
        Ok(self.input("The network check gets an answer.", input))
    }
}

/// A public client of a fictional authorization server. The server accepts a replaced refresh token
/// once more for `refresh_grace` milliseconds.
pub fn client(refresh_grace: u64) -> ClientSettings {
    ClientSettings {
        profile: "example".to_owned(),
        client_id: "example-client".to_owned(),
        authorization_endpoint: "https://auth.example/authorize".to_owned(),
        token_endpoint: "https://auth.example/token".to_owned(),
        revocation_endpoint: None,
        api_base: "https://api.example".to_owned(),
        redirect_uri: "https://app.example/callback/example".to_owned(),
        issuer: None,
        subject: None,
        refresh_grace,
    }
}

/// Returns the key of the exchange or refresh among `effects`.
pub fn token_request(effects: &[Effect]) -> Outcome<RequestKey> {
    let key = effects.iter().find_map(|effect| match effect {
        Effect::Exchange { key, .. } | Effect::Refresh { key, .. } => Some(*key),
        _ => None,
    });
    Ok(key.ok_or("no token request")?)
}

/// Returns the key of the introspection among `effects`.
pub fn introspection(effects: &[Effect]) -> Outcome<RequestKey> {
    let key = effects.iter().find_map(|effect| match effect {
        Effect::Introspect { key, .. } => Some(*key),
        _ => None,
    });
    Ok(key.ok_or("no introspection")?)
}

/// A token response with pair `number`, valid for 900 s.
pub fn token_pair(key: RequestKey, number: u32) -> Input {
    let body = format!(
        r#"{{"access_token":"SECRET-access-{number}","refresh_token":"SECRET-refresh-{number}","token_type":"Bearer","expires_in":900}}"#
    );
    let answer = TokenHttpResponse::Http {
        status: 200,
        retry_after: None,
        body,
    };
    Input::TokenAnswered { key, answer }
}

/// The token endpoint's answer does not arrive.
pub fn lost(key: RequestKey) -> Input {
    let answer = TokenHttpResponse::Lost;
    Input::TokenAnswered { key, answer }
}

/// An introspection that names the subject.
pub fn subject(key: RequestKey) -> Input {
    let answer = IntrospectionResult::Valid {
        subject: Some("urn:example:company:1".to_owned()),
        application: None,
        scopes: None,
    };
    Input::Introspected { key, answer }
}

/// Describes one effect without any secret: of a request, the address and the names of its fields.
fn describe(effect: &Effect) -> String {
    match effect {
        Effect::Authorize { url, .. } => {
            let (endpoint, query) = url.reveal().split_once('?').unwrap_or_default();
            format!("send the browser to {endpoint} with {}", names(query))
        }
        Effect::Exchange { request, .. } => format!("exchange the code: {}", post(request)),
        Effect::Refresh { request, .. } => format!("refresh the tokens: {}", post(request)),
        Effect::Revoke(request) => format!("revoke the refresh token: {}", post(request)),
        Effect::Introspect { api_base, .. } => {
            format!("introspect the access token at {api_base}")
        }
        Effect::CheckNetwork { .. } => "check the network with a harmless request".to_owned(),
        Effect::SignedIn { return_to, .. } => format!(
            "signed in; continue at {}",
            return_to.as_deref().unwrap_or("the start page"),
        ),
        Effect::SignInFailed { refusal, .. } => format!("sign-in failed ({})", refusal.code.word()),
        Effect::Send {
            call, generation, ..
        } => format!("send call {} with access token {generation}", call.0),
        Effect::Deliver { call, .. } => format!("deliver the response of call {}", call.0),
        Effect::Fail { call, code } => format!("call {} fails ({})", call.0, code.word()),
        Effect::Changed => "notify pages of the new state".to_owned(),
        Effect::Record(_) => "add an entry to the record".to_owned(),
    }
}

fn post(request: &FormPost) -> String {
    format!("POST {} with {}", request.url, names(request.body.reveal()))
}

/// The names of a form's fields.
fn names(encoded: &str) -> String {
    let fields = form::parse(encoded).unwrap_or_default();
    let names: Vec<String> = fields.into_iter().map(|(name, _)| name).collect();
    names.join(", ")
}
