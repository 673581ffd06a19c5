//! A scripted world: what each address answers, and what each window brings.

use std::cell::RefCell;

use futures::FutureExt;
use futures::executor::block_on;
use futures::future::LocalBoxFuture;
use outlay_config::{Document, Profile, Site};
use outlay_oauth::form;
use outlay_oauth::state::State;
use outlay_probe::card::{Card, Want};
use outlay_probe::diagnosis::Here;
use outlay_probe::edge::{Edge, Outcome, Request, Return};
use outlay_probe::engine::{self, Setup};
use outlay_probe::message::Start;
use outlay_probe::row::{RULES, RowId};
use rand::{CryptoRng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use zeroize::Zeroizing;

pub const SITE: &str = "https://spend.example";

type Answers<'a> = Box<dyn Fn(&Request) -> Outcome + 'a>;
type Windows<'a> = Box<dyn Fn(&Want, &str) -> Return + 'a>;

/// The world. Everything that is asked and shown is kept.
pub struct Script<'a> {
    pub answers: Answers<'a>,
    pub windows: Windows<'a>,
    pub asked: RefCell<Vec<Request>>,
    pub states: RefCell<Vec<String>>,
    pub shown: RefCell<Vec<Card>>,
    chance: RefCell<ChaCha20Rng>,
}

impl<'a> Script<'a> {
    pub fn new(
        answers: impl Fn(&Request) -> Outcome + 'a,
        windows: impl Fn(&Want, &str) -> Return + 'a,
    ) -> Script<'a> {
        Script {
            answers: Box::new(answers),
            windows: Box::new(windows),
            asked: RefCell::default(),
            states: RefCell::default(),
            shown: RefCell::default(),
            chance: RefCell::new(ChaCha20Rng::seed_from_u64(5)),
        }
    }

    pub fn run(&self, profile: &Profile) -> Card {
        let here = Here {
            origin: SITE.to_owned(),
            config: format!("{SITE}/config.json"),
            api_base: profile.api_base.clone(),
        };
        let start = Start {
            profile: profile.id.clone(),
            client_id: None,
            agreed: agreed(),
        };
        let setup = Setup::new(profile, here, start).expect("a client id");
        block_on(engine::run(self, setup))
    }
}

impl Edge for Script<'_> {
    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng)) {
        use_it(&mut *self.chance.borrow_mut());
    }

    fn now(&self) -> String {
        "2026-11-22T05:00:00.000Z".to_owned()
    }

    fn send(&self, request: Request) -> LocalBoxFuture<'static, Outcome> {
        let outcome = (self.answers)(&request);
        self.asked.borrow_mut().push(request);
        async move { outcome }.boxed_local()
    }

    fn window(&self, want: &Want, state: &State) -> LocalBoxFuture<'static, Return> {
        self.states.borrow_mut().push(state.as_str().to_owned());
        let back = (self.windows)(want, state.as_str());
        async move { back }.boxed_local()
    }

    fn show(&self, card: &Card) {
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

pub fn answer(status: u16, body: &str) -> Outcome {
    Outcome::Answer {
        status,
        body: Zeroizing::new(body.to_owned()),
    }
}

/// A way back with this query.
pub fn back(query: &[(&str, &str)]) -> Return {
    Return::Query {
        profile: "pleo".to_owned(),
        query: form::body(query),
    }
}

/// A field of the form that a request posts.
pub fn field(request: &Request, name: &str) -> Option<String> {
    let pairs = form::parse(request.form.as_ref()?.reveal())?;
    let found = pairs.into_iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value)
}
