//! Whole random lives: whatever is printed of them, no six letters of a secret are in it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use std::collections::HashSet;

use outlay_oauth::callback;
use outlay_oauth::client::ClientSettings;
use outlay_oauth::form;
use outlay_oauth::outline;
use outlay_oauth::secret::{
    AccessToken, AuthorizationCode, AuthorizationUrl, CodeVerifier, FormBody, RefreshToken,
};
use outlay_oauth::session::io::{
    CallId, ConnectionId, Effect, Input, IntrospectionResult, PendingSignIn, RequestKey,
    SignInStart, Ticket,
};
use outlay_oauth::session::{SessionLimits, Sessions};
use outlay_oauth::state::{StateValue, random_text};
use outlay_oauth::time::{MINUTE, Now, SECOND};
use outlay_oauth::token::{self, TokenHttpResponse};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// So many letters in a row give a secret away.
const TELLING: usize = 6;

/// Every run of letters of every secret so far.
struct SecretSet {
    runs: HashSet<[u8; TELLING]>,
    /// Whether any run has this sum: most of what is printed need not be looked up.
    sums: Vec<bool>,
}

fn sum(run: &[u8]) -> usize {
    let sum = run
        .iter()
        .fold(0, |sum, byte| sum * 31 + usize::from(*byte));
    sum % 0x1_0000
}

impl SecretSet {
    fn new() -> SecretSet {
        SecretSet {
            runs: HashSet::new(),
            sums: vec![false; 0x1_0000],
        }
    }

    fn add(&mut self, secret: &str) {
        for run in secret.as_bytes().windows(TELLING) {
            self.sums[sum(run)] = true;
            self.runs.insert(run.try_into().unwrap());
        }
    }

    #[track_caller]
    fn absent_from(&self, printed_text: &str) {
        let mut runs = printed_text.as_bytes().windows(TELLING);
        if let Some(found) = runs.find(|run| self.sums[sum(run)] && self.runs.contains(*run)) {
            let found = String::from_utf8_lossy(found);
            panic!("{found} is part of a secret and of what was printed: {printed_text}");
        }
    }
}

#[test]
#[should_panic(expected = "secret")]
fn leak_search_finds_six_characters() {
    let mut secrets = SecretSet::new();
    secrets.add("abcdefgh");
    secrets.absent_from("xbcdefgx");
}

struct SessionHistory {
    sessions: Sessions,
    now: Now,
    rng: ChaCha20Rng,
    secrets: SecretSet,
    pending: Vec<PendingSignIn>,
    /// Token requests under way, each with the secret that it sends.
    posts: Vec<(RequestKey, String)>,
    introspections: Vec<RequestKey>,
    checks: Vec<RequestKey>,
    calls: Vec<CallId>,
    count: u64,
    /// What happened, by kind: a run that goes nowhere proves nothing.
    seen: HashSet<&'static str>,
}

impl SessionHistory {
    fn new(seed: u64) -> SessionHistory {
        SessionHistory {
            sessions: Sessions::new(SessionLimits::default()),
            now: Now {
                monotonic: 5 * MINUTE,
                wall: 1_790_000_000_000,
            },
            rng: ChaCha20Rng::seed_from_u64(seed),
            secrets: SecretSet::new(),
            pending: Vec::new(),
            posts: Vec::new(),
            introspections: Vec::new(),
            checks: Vec::new(),
            calls: Vec::new(),
            count: 0,
            seen: HashSet::new(),
        }
    }

    fn below(&mut self, most: u64) -> u64 {
        self.rng.next_u64() % most
    }

    fn take<T>(&mut self, list: fn(&mut SessionHistory) -> &mut Vec<T>) -> Option<T> {
        let length = list(self).len() as u64;
        let at = (length > 0).then(|| usize::try_from(self.below(length)).unwrap())?;
        Some(list(self).swap_remove(at))
    }

    fn number(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    fn secret(&mut self) -> String {
        let secret = random_text::<18>(&mut self.rng);
        self.secrets.add(&secret);
        secret
    }

    fn step(&mut self) {
        let input = match self.below(20) {
            0..=1 => self.start(),
            2..=3 => self.come_back(),
            4..=7 => self.answer_post(),
            8..=10 => self.answer_introspection(),
            11 => self.take(|life| &mut life.checks).map(|key| {
                let reached = self.below(3) > 0;
                Input::NetworkChecked { key, reached }
            }),
            12..=13 => self.call(),
            14..=15 => self.take(|life| &mut life.calls).map(|call| {
                let status = [Some(200), Some(401), Some(500), None][self.below(4) as usize];
                Input::CallAnswered { call, status }
            }),
            16 if self.below(20) == 0 => Some(Input::SignOut),
            16 => Some(Input::Activity),
            _ => {
                let passed = [SECOND, 20 * SECOND, 3 * MINUTE][self.below(3) as usize];
                self.now.monotonic += passed;
                self.now.wall += passed;
                Some(Input::Tick)
            }
        };
        if let Some(input) = input {
            self.feed(input);
        }
    }

    fn start(&mut self) -> Option<Input> {
        let ticket = Ticket(self.number());
        let client = ClientSettings {
            profile: "sandbox".to_owned(),
            client_id: "outlay-test".to_owned(),
            authorization_endpoint: "https://auth.example/oauth/authorize".to_owned(),
            token_endpoint: "https://auth.example/oauth/token".to_owned(),
            revocation_endpoint: Some("https://auth.example/oauth/revoke".to_owned()),
            api_base: "https://api.example".to_owned(),
            redirect_uri: "https://outlay.example/callback/sandbox".to_owned(),
            issuer: None,
            subject: None,
            refresh_grace: self.below(2) * 5 * SECOND,
        };
        let start = SignInStart {
            client: client.into(),
            scopes: vec!["companies:read".to_owned()],
            return_to: "/entries".to_owned(),
            target: None,
            popup: false,
        };
        let start = start.into();
        Some(Input::Start { ticket, start })
    }

    fn come_back(&mut self) -> Option<Input> {
        let kept = self.take(|life| &mut life.pending)?;
        let (state, code) = (kept.state.as_str().to_owned(), self.secret());
        let query = match self.below(8) {
            0 => format!("state={state}&error=access_denied"),
            1 => format!("state={state}&error=access_denied&code={code}"),
            2 => format!("state={state}&code={code}&code={code}"),
            3 => format!("state={state}&code=%ff{code}"),
            _ => format!("state={state}&code={code}"),
        };
        self.secrets.absent_from(&outline::of_query(&query));
        let response = callback::read(&query);
        self.secrets.absent_from(&format!("{response:?}"));
        if let Ok(response) = response {
            let checked = callback::check_response(response, &kept.start.client, "sandbox");
            self.secrets.absent_from(&format!("{checked:?}"));
        }
        Some(Input::Callback {
            ticket: Ticket(self.number()),
            profile: "sandbox".to_owned(),
            query,
            kept: Some(kept),
        })
    }

    /// Answers of every kind, and in each of them everything that is secret.
    fn answer_post(&mut self) -> Option<Input> {
        let (key, sent) = self.take(|life| &mut life.posts)?;
        let (access, refresh) = (self.secret(), self.secret());
        let tokens = format!(r#""access_token":"{access}","refresh_token":"{refresh}""#);
        let (status, body) = match self.below(16) {
            0 => (400, format!(r#"{{"error":"invalid_grant",{tokens}}}"#)),
            1 => (400, format!("no JSON: {sent} {access}")),
            2 => (429, format!("{{{tokens}}}")),
            3 => (500, format!(r#"{{{tokens},"error":"{sent}"}}"#)),
            4 => (200, format!("{{{tokens},")),
            5 => (200, format!(r#"{{{tokens},"token_type":"{access}"}}"#)),
            6 => (200, format!(r#"{{"access_token":["{access}"]}}"#)),
            7 => (200, format!(r#"{{"access_token":"\u0000{access}"}}"#)),
            8 => (200, format!(r#"{{"{access}":"{refresh}"}}"#)),
            9 => (
                200,
                format!(r#"{{{tokens},"expires_in":"{access}","scope":7}}"#),
            ),
            10 => (200, format!(r#"{{{tokens},"expires_in":0}}"#)),
            _ => (200, format!(r#"{{{tokens},"expires_in":300}}"#)),
        };
        self.secrets.absent_from(&outline::of_answer(&body));
        let answer = match self.below(10) {
            0 => TokenHttpResponse::Lost,
            _ => TokenHttpResponse::Http {
                status,
                retry_after: None,
                body,
            },
        };
        let processed = token::process(answer.clone(), &[]);
        self.seen.insert(match &processed {
            Ok(_) => "tokens",
            Err(error) => error.code().word(),
        });
        let printed_text = processed.as_ref().err().map(|error| error.detail());
        self.secrets
            .absent_from(&format!("{answer:?} {processed:?} {printed_text:?}"));
        Some(Input::TokenAnswered { key, answer })
    }

    fn answer_introspection(&mut self) -> Option<Input> {
        let key = self.take(|life| &mut life.introspections)?;
        let answer = match self.below(6) {
            0 => IntrospectionResult::Unauthorized,
            1 => IntrospectionResult::Unclear,
            _ => IntrospectionResult::Valid {
                subject: Some(format!("urn:{}", self.below(3))),
                application: None,
                scopes: None,
            },
        };
        Some(Input::Introspected { key, answer })
    }

    fn call(&mut self) -> Option<Input> {
        let views = self.sessions.connections(self.now);
        let at = (!views.is_empty()).then(|| self.below(views.len() as u64))?;
        let connection = ConnectionId(views[usize::try_from(at).unwrap()].id.clone());
        let call = CallId(self.number());
        Some(Input::Call { call, connection })
    }

    fn feed(&mut self, input: Input) {
        self.secrets.absent_from(&format!("{input:?}"));
        let effects = self.sessions.handle(input, self.now, &mut self.rng);
        for effect in &effects {
            self.take_in(effect);
        }
        let (now, sessions) = (self.now, &self.sessions);
        let shown = (sessions.connections(now), sessions.sign_ins());
        self.secrets.absent_from(&format!("{effects:?} {shown:?}"));
        if self.count.is_multiple_of(3) {
            self.secrets.absent_from(&format!("{sessions:?}"));
        }
    }

    fn outlined(&self, body: &FormBody) {
        let outline = outline::of_form(body.reveal());
        assert!(outline.contains("client_id=outlay-test"), "{outline}");
        self.secrets.absent_from(&outline);
    }

    fn take_in(&mut self, effect: &Effect) {
        match effect {
            Effect::Authorize { url, kept, .. } => {
                self.secrets.add(kept.state.as_str());
                self.secrets.add(kept.verifier.reveal());
                assert!(url.reveal().contains(kept.state.as_str()));
                let query = url.reveal().split_once('?').unwrap().1;
                self.secrets.absent_from(&outline::of_form(query));
                self.pending.push(kept.clone());
            }
            Effect::Exchange { key, request } => {
                self.outlined(&request.body);
                self.posts.push((*key, field(&request.body, "code")));
            }
            Effect::Refresh { key, request } => {
                self.seen.insert("refresh");
                self.outlined(&request.body);
                let token = field(&request.body, "refresh_token");
                self.posts.push((*key, token));
            }
            Effect::Introspect { key, .. } => self.introspections.push(*key),
            Effect::CheckNetwork { key } => self.checks.push(*key),
            Effect::Send { call, .. } => self.calls.push(*call),
            Effect::Revoke(request) => {
                self.seen.insert("revoked");
                self.outlined(&request.body);
            }
            Effect::SignedIn { .. } => drop(self.seen.insert("signed in")),
            Effect::SignInFailed { refusal, .. } => drop(self.seen.insert(refusal.code.word())),
            Effect::Fail { code, .. } => drop(self.seen.insert(code.word())),
            Effect::Record(event) => drop(self.seen.insert(event.kind.word())),
            Effect::Deliver { .. } | Effect::Changed => {}
        }
    }
}

fn field(body: &FormBody, name: &str) -> String {
    let pairs = form::parse(body.reveal()).unwrap();
    let found = pairs.into_iter().find(|(known, _)| known == name);
    found.unwrap().1
}

#[test]
fn no_session_history_prints_a_secret() {
    let mut seen = HashSet::new();
    for seed in 0..6 {
        let mut life = SessionHistory::new(seed);
        for _ in 0..400 {
            life.step();
        }
        seen.extend(life.seen);
    }
    for needed in [
        "tokens",
        "refresh",
        "revoked",
        "signed in",
        "signed_out",
        "ended",
        "unsure",
        "exchange_answered",
        "refresh_answered",
        "token_answer_odd",
        "invalid_grant",
        "token_busy",
        "token_malformed",
        "token_network",
        "token_not_json",
        "token_server_error",
        "token_type_unsupported",
        "token_unexpected_status",
        "access_denied",
        "callback_duplicate",
        "callback_malformed",
        "session_ended",
    ] {
        assert!(seen.contains(needed), "{needed} never happened: {seen:?}");
    }
}

#[test]
fn no_type_prints_its_secret() {
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let mut secrets = SecretSet::new();
    let mut secret = || {
        let secret = random_text::<24>(&mut rng);
        secrets.add(&secret);
        secret
    };
    let access = AccessToken::new(secret());
    let refresh = RefreshToken::new(secret());
    let code = AuthorizationCode::new(secret());
    let verifier = CodeVerifier::new(secret());
    let body = FormBody::new(secret());
    let url = AuthorizationUrl::new(secret());
    let state = StateValue::received(&secret());
    let printed = format!(
        "{access:?} {access} {refresh:?} {refresh} {code:?} {code} {verifier:?} {verifier} \
         {body:?} {body} {url:?} {url} {state:?}"
    );
    secrets.absent_from(&printed);
    assert_eq!(printed.matches("[redacted]").count(), 13);
    assert_eq!(
        format!("{access:?} {url:?} {state:?}"),
        "AccessToken([redacted]) AuthorizationUrl([redacted]) State([redacted])"
    );
}
