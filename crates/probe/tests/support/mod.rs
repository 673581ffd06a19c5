//! A browser, a person and the sandbox, without sockets: requests go straight into the routers, and
//! what a browser would keep from the page is kept from the engine.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // each test binary uses a part

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request as HttpRequest, StatusCode};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use outlay_config::{Config, Document, Profile};
use outlay_oauth::state::StateValue;
use outlay_probe::callback::{CallbackRoute, route_callback, states};
use outlay_probe::diagnosis::SiteContext;
use outlay_probe::engine::{self, RunSetup};
use outlay_probe::io::{CorsMode, FetchOutcome, ProbeIo, ProbeRequest, SignInReturn};
use outlay_probe::message::StartCheck;
use outlay_probe::report::{CheckReport, Observation, Verdict, WantedSignIn};
use outlay_probe::row::{RULES, RowId};
use outlay_sandbox::address::Addresses;
use outlay_sandbox::clock::Clock;
use outlay_sandbox::options::Options;
use outlay_sandbox::sample_data::SampleData;
use outlay_sandbox::state::Sandbox;
use outlay_sandbox::{api, auth};
use rand::{CryptoRng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::Value;
use tower::ServiceExt;
use zeroize::Zeroizing;

pub const SITE: &str = "http://localhost:8080";
pub const AUTH: &str = "http://localhost:8787";
pub const API: &str = "http://localhost:8788";
const FORM: &str = "application/x-www-form-urlencoded";

/// The sandbox in this process.
#[derive(Clone)]
pub struct Servers {
    auth: Router,
    api: Router,
    pub sandbox: Arc<Sandbox>,
}

struct ProbeTestResponse {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl ProbeTestResponse {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Servers {
    pub fn new() -> Servers {
        let addresses = Addresses::new(8787, 8788, 8080, None).unwrap();
        let sample_data = SampleData::new(20, Options::default().today);
        let sandbox = Sandbox::new(addresses, Clock::default(), sample_data, None, 900);
        let sandbox = Arc::new(sandbox);
        Servers {
            auth: auth::router(Arc::clone(&sandbox), 8787),
            api: api::router(Arc::clone(&sandbox), 8788),
            sandbox,
        }
    }

    async fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Option<ProbeTestResponse> {
        let (router, port, path) = match (url.strip_prefix(AUTH), url.strip_prefix(API)) {
            (Some(path), _) => (&self.auth, 8787, path),
            (_, Some(path)) => (&self.api, 8788, path),
            _ => return None,
        };
        let mut request = HttpRequest::builder().method(method).uri(path);
        request = request.header("Host", format!("localhost:{port}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.ok()?;
        Some(ProbeTestResponse {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        })
    }

    /// Arms a fault: `{"fault", …}`.
    pub async fn arm(&self, order: &Value) {
        let mut order = order.clone();
        order["times"] = "always".into();
        let url = format!("{AUTH}/__sandbox/faults");
        let json = [("Content-Type", "application/json")];
        let answer = self.send("POST", &url, &json, &order.to_string()).await;
        let answer = answer.unwrap();
        assert_eq!(answer.status, StatusCode::OK, "{order}: {}", answer.text);
    }

    /// Configures a profile for them. `more` is added to it.
    pub fn profile(&self, more: &Value) -> Profile {
        let mut file: Value = serde_json::from_str(&self.sandbox.addresses.config()).unwrap();
        let profile = file["profiles"][0].as_object_mut().unwrap();
        profile.extend(more.as_object().unwrap().clone());
        let document = Document::parse(&file.to_string()).unwrap();
        let config: Config = document.resolve(&self.sandbox.addresses.site).unwrap();
        config.profiles.into_iter().next().unwrap()
    }

    /// As a browser fetches for the page at [`SITE`].
    async fn fetch(&self, request: ProbeRequest) -> FetchOutcome {
        let bearer = request
            .bearer
            .map(|token| format!("Bearer {}", token.reveal()));
        let mut headers = vec![("Origin", SITE)];
        if request.mode == CorsMode::NoCors {
            assert!(bearer.is_none() && request.form.is_none());
            return match self.send("GET", &request.url, &[], "").await {
                Some(_) => FetchOutcome::Opaque,
                None => FetchOutcome::Failed,
            };
        }
        if let Some(bearer) = &bearer {
            let asked = [
                ("Origin", SITE),
                ("Access-Control-Request-Method", "GET"),
                ("Access-Control-Request-Headers", "authorization"),
            ];
            let allowed = self.send("OPTIONS", &request.url, &asked, "").await;
            let allowed = allowed.is_some_and(|answer| {
                let headers = answer.header("access-control-allow-headers");
                opened(&answer) && headers.to_lowercase().contains("authorization")
            });
            if !allowed {
                return FetchOutcome::Failed;
            }
            headers.push(("Authorization", bearer));
        }
        let (method, body) = match &request.form {
            None => ("GET", ""),
            Some(form) => {
                headers.push(("Content-Type", FORM));
                ("POST", form.reveal())
            }
        };
        match self.send(method, &request.url, &headers, body).await {
            Some(answer) if answer.status.is_redirection() => FetchOutcome::Redirect,
            Some(answer) if opened(&answer) => FetchOutcome::Answer {
                status: answer.status.as_u16(),
                body: Zeroizing::new(answer.text),
            },
            _ => FetchOutcome::Failed,
        }
    }

    /// Acts as a user in a popup who allows everything, until the redirect to the app or an error.
    async fn follow_redirects(&self, url: &str) -> SignInReturn {
        let Some(mut answer) = self.send("GET", url, &[], "").await else {
            return SignInReturn::Saw(Observation::Skipped);
        };
        let location = answer.header("location").to_owned();
        if location.starts_with("/oauth/sign-in/") {
            let path = format!("{AUTH}{location}");
            let page = self.send("GET", &path, &[], "").await.unwrap();
            let csrf = value_of(&page.text, "csrf").remove(0);
            let form = [("csrf", csrf.as_str())];
            let log_in = self.post(&format!("{path}/login"), "", &form).await;
            let cookie = log_in.header("set-cookie").split(';').next().unwrap();
            let cookie = [("Cookie", cookie)];
            let page = self.send("GET", &path, &cookie, "").await.unwrap();
            let scopes = value_of(&page.text, "scope");
            let company = &self.sandbox.sample_data.companies()[0].id.as_str();
            let mut form = vec![
                ("csrf", &*csrf),
                ("company", company),
                ("decision", "allow"),
            ];
            form.extend(scopes.iter().map(|scope| ("scope", scope.as_str())));
            let consent = format!("{path}/consent");
            answer = self.post(&consent, cookie[0].1, &form).await;
        }
        let location = answer.header("location");
        let Some(at) = location.find(['?', '#']) else {
            return SignInReturn::Saw(Observation::Refused);
        };
        let (address, query) = location.split_at(at);
        let query = query.trim_start_matches('?');
        let profile = address.strip_prefix("http://localhost:8080/callback/");
        let profile = profile.unwrap().to_owned();
        // The callback page routes the query; the probe checks whether a run waits for it.
        match route_callback(query) {
            CallbackRoute::Probe => SignInReturn::Query {
                profile,
                query: Zeroizing::new(query.to_owned()),
            },
            _ => SignInReturn::Saw(Observation::Back),
        }
    }

    async fn post(&self, url: &str, cookie: &str, pairs: &[(&str, &str)]) -> ProbeTestResponse {
        let body = outlay_sandbox::params::query(pairs);
        let headers = [("Content-Type", FORM), ("Cookie", cookie)];
        self.send("POST", url, &headers, &body).await.unwrap()
    }
}

fn opened(answer: &ProbeTestResponse) -> bool {
    answer.header("access-control-allow-origin") == SITE
}

/// The values of every field of this name on a page.
fn value_of(page: &str, name: &str) -> Vec<String> {
    let start = format!("name=\"{name}\" value=\"");
    let fields = page.split(&start).skip(1);
    fields
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

/// The world of a run against the sandbox.
pub struct Journey {
    servers: Servers,
    chance: RefCell<ChaCha20Rng>,
    /// Every card that was shown.
    pub shown: Rc<RefCell<Vec<CheckReport>>>,
    /// The windows that were opened, by their rows.
    pub opened: RefCell<Vec<RowId>>,
}

impl Journey {
    pub fn new(servers: &Servers) -> Journey {
        Journey {
            servers: servers.clone(),
            chance: RefCell::new(ChaCha20Rng::seed_from_u64(11)),
            shown: Rc::default(),
            opened: RefCell::default(),
        }
    }
}

impl ProbeIo for Journey {
    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng)) {
        use_it(&mut *self.chance.borrow_mut());
    }

    fn now(&self) -> String {
        "2026-11-22T05:00:00.000Z".to_owned()
    }

    fn send(&self, request: ProbeRequest) -> LocalBoxFuture<'static, FetchOutcome> {
        let servers = self.servers.clone();
        async move { servers.fetch(request).await }.boxed_local()
    }

    fn window(
        &self,
        want: &WantedSignIn,
        state: &StateValue,
    ) -> LocalBoxFuture<'static, SignInReturn> {
        self.opened.borrow_mut().push(want.row);
        let (servers, url, state) = (self.servers.clone(), want.url.clone(), state.clone());
        async move {
            match servers.follow_redirects(&url).await {
                SignInReturn::Query { profile, query } => {
                    let known = states(&query).any(|given| given == state.as_str().as_bytes());
                    match known {
                        true => SignInReturn::Query { profile, query },
                        false => SignInReturn::Saw(Observation::Back),
                    }
                }
                saw => saw,
            }
        }
        .boxed_local()
    }

    fn show(&self, card: &CheckReport) {
        self.shown.borrow_mut().push(card.clone());
    }
}

/// Everything is agreed to.
pub fn agreed() -> Vec<RowId> {
    let costly = RULES.iter().filter(|rule| rule.agree.is_some());
    costly.map(|rule| rule.id).collect()
}

pub fn setup(profile: &Profile, agreed: Vec<RowId>) -> RunSetup {
    let here = SiteContext {
        origin: SITE.to_owned(),
        config: format!("{SITE}/config.json"),
        api_base: profile.api_base.clone(),
    };
    let start = StartCheck {
        profile: profile.id.clone(),
        client_id: None,
        agreed,
    };
    RunSetup::new(profile, here, start).unwrap()
}

/// A whole run.
pub async fn run(servers: &Servers, profile: &Profile) -> CheckReport {
    engine::run(&Journey::new(servers), setup(profile, agreed())).await
}

/// The rows with this verdict, in the card's order.
pub fn with(card: &CheckReport, verdict: Verdict) -> Vec<RowId> {
    let rows = card.rows.iter().filter(|row| row.verdict == verdict);
    rows.map(|row| row.id).collect()
}

/// The card in a few lines, for a failed test.
pub fn report_text(card: &CheckReport) -> String {
    let line = |row: &outlay_probe::report::ReportRow| {
        format!(
            "{:?}: {} {:?} {:?} {:?}\n",
            row.id,
            row.verdict.words(),
            row.reason,
            row.evidence,
            row.fix
        )
    };
    card.rows.iter().map(line).collect()
}
