//! A scripted world: what each address answers, and what each window brings.

use std::cell::RefCell;

use futures::FutureExt;
use futures::executor::block_on;
use futures::future::LocalBoxFuture;
use outlay_config::{Document, Profile, Site};
use outlay_oauth::form;
use outlay_oauth::state::StateValue;
use outlay_probe::diagnosis::SiteContext;
use outlay_probe::engine::{self, RunSetup};
use outlay_probe::io::{FetchOutcome, ProbeIo, ProbeRequest, SignInReturn};
use outlay_probe::message::StartCheck;
use outlay_probe::report::{CheckReport, WantedSignIn};
use outlay_probe::row::{RULES, RowId};
use rand::{CryptoRng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use zeroize::Zeroizing;

pub const SITE: &str = "https://spend.example";

type Answers<'a> = Box<dyn Fn(&ProbeRequest) -> FetchOutcome + 'a>;
type Windows<'a> = Box<dyn Fn(&WantedSignIn, &str) -> SignInReturn + 'a>;

/// The world. Everything that is asked and shown is kept.
pub struct ScriptedServers<'a> {
    pub answers: Answers<'a>,
    pub windows: Windows<'a>,
    pub asked: RefCell<Vec<ProbeRequest>>,
    pub states: RefCell<Vec<String>>,
    pub shown: RefCell<Vec<CheckReport>>,
    chance: RefCell<ChaCha20Rng>,
}

impl<'a> ScriptedServers<'a> {
    pub fn new(
        answers: impl Fn(&ProbeRequest) -> FetchOutcome + 'a,
        windows: impl Fn(&WantedSignIn, &str) -> SignInReturn + 'a,
    ) -> ScriptedServers<'a> {
        ScriptedServers {
            answers: Box::new(answers),
            windows: Box::new(windows),
            asked: RefCell::default(),
            states: RefCell::default(),
            shown: RefCell::default(),
            chance: RefCell::new(ChaCha20Rng::seed_from_u64(5)),
        }
    }

    pub fn run(&self, profile: &Profile) -> CheckReport {
        let here = SiteContext {
            origin: SITE.to_owned(),
            config: format!("{SITE}/config.json"),
            api_base: profile.api_base.clone(),
        };
        let start = StartCheck {
            profile: profile.id.clone(),
            client_id: None,
            agreed: agreed(),
        };
        let setup = RunSetup::new(profile, here, start).expect("a client id");
        block_on(engine::run(self, setup))
    }
}

impl ProbeIo for ScriptedServers<'_> {
    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng)) {
        use_it(&mut *self.chance.borrow_mut());
    }

    fn now(&self) -> String {
        "2026-11-22T05:00:00.000Z".to_owned()
    }

    fn send(&self, request: ProbeRequest) -> LocalBoxFuture<'static, FetchOutcome> {
        let outcome = (self.answers)(&request);
        self.asked.borrow_mut().push(request);
        async move { outcome }.boxed_local()
    }

    fn window(
        &self,
        want: &WantedSignIn,
        state: &StateValue,
    ) -> LocalBoxFuture<'static, SignInReturn> {
        self.states.borrow_mut().push(state.as_str().to_owned());
        let back = (self.windows)(want, state.as_str());
        async move { back }.boxed_local()
    }

    fn show(&self, card: &CheckReport) {
        self.shown.borrow_mut().push(card.clone());
    }
}

pub fn agreed() -> Vec<RowId> {
    let costly = RULES.iter().filter(|rule| rule.agree.is_some());
    costly.map(|rule| rule.id).collect()
}

/// A profile of a server at Pleo's addresses. `more` is added to its JSON.
pub fn profile(more: &str) -> Profile {
    let api = match more.contains("apiBase") {
        true => "",
        false => r#","apiBase":"https://api.example""#,
    };
    let json = format!(
        r#"{{"profiles":[{{"id":"pleo","name":"Pleo","kind":"staging","clientId":"c",
        "authorizationServer":"https://auth.example",
        "scopes":["companies:read","users:read"]{api}{more}}}]}}"#
    );
    let document = Document::parse(&json).expect("a sound file");
    let site = Site::new(SITE, "/").expect("a site");
    let config = document.resolve(&site).expect("a sound configuration");
    config.profiles.into_iter().next().expect("a profile")
}

pub fn answer(status: u16, body: &str) -> FetchOutcome {
    FetchOutcome::Answer {
        status,
        body: Zeroizing::new(body.to_owned()),
    }
}

/// A callback with this query.
pub fn back(query: &[(&str, &str)]) -> SignInReturn {
    SignInReturn::Query {
        profile: "pleo".to_owned(),
        query: form::body(query),
    }
}

/// A field of the form that a request posts.
pub fn field(request: &ProbeRequest, name: &str) -> Option<String> {
    let pairs = form::parse(request.form.as_ref()?.reveal())?;
    let found = pairs.into_iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value)
}
