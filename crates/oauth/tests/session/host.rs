//! A host for the machines: it owns the clocks and the random numbers, and sorts what comes out.

use outlay_oauth::client::ClientSettings;
use outlay_oauth::session::io::{
    CallId, ConnectionId, Effect, Input, IntrospectionResult, PendingSignIn, RequestKey,
    SignInStart, Ticket,
};
use outlay_oauth::session::record::{RecordEvent, RecordKind};
use outlay_oauth::session::{Connection, ConnectionPhase, SessionLimits, Sessions};
use outlay_oauth::time::{MINUTE, Now};
use outlay_oauth::token::TokenHttpResponse;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::host::effects::Effects;

#[path = "effects.rs"]
pub mod effects;

/// Every secret that a test makes up contains this, so that a leak is found by searching for it.
pub const SECRET: &str = "SECRET";

pub const SUBJECT: &str = "urn:pleo:subject:one";

pub struct SessionHost {
    pub sessions: Sessions,
    pub now: Now,
    pub rng: ChaCha20Rng,
    pub record: Vec<RecordEvent>,
    counter: u64,
}

pub struct StartedSignIn {
    pub ticket: Ticket,
    pub url: String,
    pub kept: PendingSignIn,
}

impl SessionHost {
    pub fn new() -> SessionHost {
        SessionHost::seeded(1)
    }

    pub fn seeded(seed: u64) -> SessionHost {
        SessionHost {
            sessions: Sessions::new(SessionLimits::default()),
            now: Now {
                monotonic: 5 * MINUTE,
                wall: 1_790_000_000_000,
            },
            rng: ChaCha20Rng::seed_from_u64(seed),
            record: Vec::new(),
            counter: 0,
        }
    }

    #[track_caller]
    pub fn feed(&mut self, input: Input) -> Effects {
        let mut effects = self.sessions.handle(input, self.now, &mut self.rng);
        let changed = effects.iter().filter(|e| **e == Effect::Changed).count();
        assert!(changed <= 1, "Changed comes at most once");
        let is_last = effects.last() == Some(&Effect::Changed);
        assert_eq!(changed == 1, is_last, "Changed comes last");
        effects.retain(|effect| match effect {
            Effect::Record(event) => {
                self.record.push(event.clone());
                false
            }
            _ => true,
        });
        Effects(effects)
    }

    /// Advances both clocks without an input to the machines.
    pub fn pass(&mut self, milliseconds: u64) -> &mut SessionHost {
        self.now.monotonic += milliseconds;
        self.now.wall += milliseconds;
        self
    }

    #[track_caller]
    pub fn tick(&mut self) -> Effects {
        self.feed(Input::Tick)
    }

    /// Goes on to the instant that the machines asked for, and ticks.
    #[track_caller]
    pub fn tick_when_due(&mut self) -> Effects {
        let due = self.sessions.next_due().expect("nothing is due");
        self.pass(due.saturating_sub(self.now.monotonic)).tick()
    }

    pub fn count(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    pub fn start(&mut self) -> StartedSignIn {
        self.start_with(start(client("sandbox")))
    }

    #[track_caller]
    pub fn start_with(&mut self, start: SignInStart) -> StartedSignIn {
        let ticket = Ticket(self.count());
        let effects = self.feed(Input::Start {
            ticket,
            start: start.into(),
        });
        let (url, kept) = effects.authorize();
        StartedSignIn { ticket, url, kept }
    }

    /// The callback page of profile `sandbox` with this query, `{state}` put in.
    #[track_caller]
    pub fn callback(&mut self, kept: &PendingSignIn, query: &str) -> Effects {
        let query = query.replace("{state}", kept.state.as_str());
        self.callback_page(&kept.start.client.profile.clone(), &query, None)
    }

    #[track_caller]
    pub fn callback_page(
        &mut self,
        profile: &str,
        query: &str,
        kept: Option<PendingSignIn>,
    ) -> Effects {
        let ticket = Ticket(self.count());
        self.feed(Input::Callback {
            ticket,
            profile: profile.to_owned(),
            query: query.to_owned(),
            kept,
        })
    }

    /// A sign-in up to its exchange.
    #[track_caller]
    pub fn exchange(&mut self) -> (PendingSignIn, RequestKey) {
        let kept = self.start().kept;
        let effects = self.callback(&kept, CODE);
        (kept, effects.exchange().0)
    }

    #[track_caller]
    pub fn token_answered(&mut self, key: RequestKey, answer: TokenHttpResponse) -> Effects {
        self.feed(Input::TokenAnswered { key, answer })
    }

    #[track_caller]
    pub fn introspected(&mut self, key: RequestKey, answer: IntrospectionResult) -> Effects {
        self.feed(Input::Introspected { key, answer })
    }

    #[track_caller]
    pub fn network(&mut self, key: RequestKey, reached: bool) -> Effects {
        self.feed(Input::NetworkChecked { key, reached })
    }

    /// A whole sign-in with pair `n`, living 900 s.
    #[track_caller]
    pub fn connect(&mut self, n: u32) -> ConnectionId {
        self.connect_with(start(client("sandbox")), SUBJECT, &pair(n))
    }

    #[track_caller]
    pub fn connect_with(&mut self, start: SignInStart, subject: &str, body: &str) -> ConnectionId {
        let kept = self.start_with(start).kept;
        let (key, _) = self.callback(&kept, CODE).exchange();
        let (key, _) = self.token_answered(key, ok(body)).introspect();
        let effects = self.introspected(key, valid(subject));
        effects.connected()
    }

    #[track_caller]
    pub fn call(&mut self, connection: &ConnectionId) -> (CallId, Effects) {
        let call = CallId(self.count());
        let connection = connection.clone();
        (call, self.feed(Input::Call { call, connection }))
    }

    #[track_caller]
    pub fn answered(&mut self, call: CallId, status: u16) -> Effects {
        self.feed(Input::CallAnswered {
            call,
            status: Some(status),
        })
    }

    /// A call that is sent and gets this status.
    #[track_caller]
    pub fn call_gets(&mut self, connection: &ConnectionId, status: u16) -> (CallId, Effects) {
        let (call, effects) = self.call(connection);
        assert_eq!(effects.sent().len(), 1, "{effects:?}");
        (call, self.answered(call, status))
    }

    /// Goes on until the scheduled refresh is on its way.
    #[track_caller]
    pub fn scheduled_refresh(&mut self) -> RequestKey {
        let effects = self.tick_when_due();
        let effects = match effects.checks().first() {
            Some(key) => self.network(*key, true),
            None => effects,
        };
        effects.refresh().0
    }

    #[track_caller]
    pub fn view(&self, connection: &ConnectionId) -> Connection {
        let views = self.sessions.connections(self.now);
        views
            .into_iter()
            .find(|view| view.id == connection.0)
            .expect("no such connection")
    }

    pub fn phase(&self, connection: &ConnectionId) -> ConnectionPhase {
        self.view(connection).phase
    }

    /// What the record says of one kind of event.
    pub fn outcomes(&self, kind: RecordKind) -> Vec<&str> {
        let of_kind = self.record.iter().filter(|event| event.kind == kind);
        of_kind
            .filter_map(|event| event.outcome.map(|outcome| outcome.word()))
            .collect()
    }

    /// The record so far as lines of kind and outcome; it is empty afterwards.
    pub fn take_outcomes(&mut self) -> Vec<String> {
        let line = |event: RecordEvent| match event.outcome {
            Some(outcome) => format!("{} {}", event.kind.word(), outcome.word()),
            None => event.kind.word().to_owned(),
        };
        self.record.drain(..).map(line).collect()
    }
}

pub const CODE: &str = "state={state}&code=SECRET-code";

pub fn client(profile: &str) -> ClientSettings {
    ClientSettings {
        profile: profile.to_owned(),
        client_id: "outlay-test".to_owned(),
        authorization_endpoint: "https://auth.example/oauth/authorize".to_owned(),
        token_endpoint: "https://auth.example/oauth/token".to_owned(),
        revocation_endpoint: Some("https://auth.example/oauth/revoke".to_owned()),
        api_base: "https://api.example".to_owned(),
        redirect_uri: format!("https://outlay.example/callback/{profile}"),
        issuer: None,
        subject: None,
        refresh_grace: 0,
    }
}

pub fn start(client: ClientSettings) -> SignInStart {
    SignInStart {
        client: client.into(),
        scopes: vec!["companies:read".to_owned(), "users:read".to_owned()],
        return_to: "/entries".to_owned(),
        target: None,
        popup: false,
    }
}

pub fn access(n: u32) -> String {
    format!("SECRET-at-{n}")
}

pub fn refresh(n: u32) -> String {
    format!("SECRET-rt-{n}")
}

/// A complete answer: pair `n`, living 900 s.
pub fn pair(n: u32) -> String {
    lived_token(n, 900)
}

pub fn lived_token(n: u32, seconds: u64) -> String {
    let (access, refresh) = (access(n), refresh(n));
    format!(
        r#"{{"access_token":"{access}","refresh_token":"{refresh}","token_type":"Bearer","expires_in":{seconds}}}"#
    )
}

/// A complete answer that states no life.
pub fn eternal(n: u32) -> String {
    let (access, refresh) = (access(n), refresh(n));
    format!(r#"{{"access_token":"{access}","refresh_token":"{refresh}","token_type":"Bearer"}}"#)
}

/// A complete answer without a refresh token.
pub fn single(n: u32, seconds: u64) -> String {
    let access = access(n);
    format!(r#"{{"access_token":"{access}","token_type":"Bearer","expires_in":{seconds}}}"#)
}

pub fn http(status: u16, body: &str) -> TokenHttpResponse {
    TokenHttpResponse::Http {
        status,
        retry_after: None,
        body: body.to_owned(),
    }
}

pub fn ok(body: &str) -> TokenHttpResponse {
    http(200, body)
}

pub fn busy(status: u16, retry_after: Option<u64>) -> TokenHttpResponse {
    TokenHttpResponse::Http {
        status,
        retry_after,
        body: String::new(),
    }
}

pub fn refusal(error: &str) -> TokenHttpResponse {
    http(400, &format!(r#"{{"error":"{error}"}}"#))
}

pub fn valid(subject: &str) -> IntrospectionResult {
    IntrospectionResult::Valid {
        subject: Some(subject.to_owned()),
        application: Some("Outlay".to_owned()),
        scopes: None,
    }
}
