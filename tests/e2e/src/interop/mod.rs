//! The site before an authorization server of somebody else's making.
//!
//! Reading order:
//!
//! 1. [`peer`]: the two servers, as processes, with their own login and consent pages.
//! 2. [`relay`]: a proxy in front of the server, which counts, and can lose the answer of a refresh.
//! 3. [`api`]: the API that asks the server about every bearer (RFC 7662).
//! 4. This file: one test from start to finish.
//!
//! | variable | what it names |
//! | --- | --- |
//! | `OUTLAY_NODE` | Node.js |
//! | `OUTLAY_NODE_OIDC_PROVIDER` | the folder with `peer.mjs` and its installed packages |
//! | `OUTLAY_PYTHON` | a Python that has django-oauth-toolkit |

pub mod api;
pub mod peer;
pub mod relay;

use std::net::{Ipv4Addr, TcpListener};
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::{LocalSet, spawn_local};
use tokio::time::timeout;

use self::api::InteropApi;
use self::peer::{Peer, PeerKind, RESOURCE};
use self::relay::Relay;
use crate::Outcome;
use crate::audit::Audit;
use crate::browser::{self, TestBrowser};
use crate::host::{HostOrder, HostSetup, RunningHost, WebServer, log_text};
use crate::page::PageDriver;
use crate::wait::{PATIENCE, until};

/// The public client.
pub const CLIENT: &str = "outlay-interop";

/// What it asks for.
pub const SCOPES: [&str; 3] = ["companies:read", "users:read", "accounting-entries:read"];

/// How long the processes of a test may take to start: the second server makes a database first.
const OPENING: Duration = Duration::from_secs(120);

/// How long a test may take, its processes apart.
const DEADLINE: Duration = Duration::from_secs(90);

/// What a test plays on.
#[derive(Debug)]
pub struct InteropStage {
    /// Which authorization server it is.
    pub kind: PeerKind,
    /// The proxy in front of it.
    pub relay: Relay,
    /// The API.
    pub api: InteropApi,
    /// The browser; its present window is open and empty.
    pub browser: TestBrowser,
    /// Where the site is, without a slash at its end.
    pub site: String,
    host: RunningHost,
    /// Ends with this value.
    peer: Peer,
}

impl InteropStage {
    async fn open(kind: PeerKind) -> Outcome<Self> {
        // Its port is free once it is closed.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let at = HostSetup::new(WebServer::Caddy);
        let site = at.origin(port);
        let relay = Relay::start(kind.endpoints()).await?;
        let told_to_peer = json!({
            "issuer": relay.origin,
            "clientId": CLIENT,
            "redirectUri": format!("{site}/callback/peer"),
            "scopes": SCOPES,
            "resource": { "id": RESOURCE.0, "secret": RESOURCE.1 },
        });
        let peer = Peer::start(kind, &told_to_peer).await?;
        relay.lead_to(&peer.origin);
        let introspection = format!("{}{}", peer.origin, kind.endpoints().introspection);
        let api = InteropApi::start(&introspection, &relay.origin, &site).await?;
        let config = config(kind, &relay.origin, &api.origin);
        let host = at
            .start(HostOrder {
                config: &config,
                served: None,
                before_vault: None,
                port,
                reports: &format!("{}{}", api.origin, api::REPORTS),
                behind: ["", ""],
                secret: "",
                local: &[],
            })
            .await?;
        let stage = Self {
            kind,
            relay,
            api,
            browser: TestBrowser::start(None).await?,
            site,
            host,
            peer,
        };
        // Firefox ends the vault with the last page of the site.
        if stage.browser.kind == browser::BrowserKind::Firefox {
            stage.page().open("/").await?;
            stage.browser.open_window().await?;
        }
        Ok(stage)
    }

    /// The product in the present window.
    #[must_use]
    pub fn page(&self) -> PageDriver<'_> {
        PageDriver::new(&self.browser, &self.site)
    }

    /// From the overview to the server's login page, and from there back, with or without consent.
    ///
    /// # Errors
    ///
    /// If any step fails.
    pub async fn sign_in(&self, allow: bool) -> Outcome {
        let page = self.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        let driver = self.browser.driver();
        self.kind.decide(driver, allow).await?;
        until("the way back to the site", PATIENCE, async || {
            let here = driver.current_url().await?;
            Ok((here.origin().ascii_serialization() == self.site).then_some(()))
        })
        .await
    }

    /// From the overview to a connection whose entries are loaded.
    ///
    /// # Errors
    ///
    /// If any step fails.
    pub async fn connect(&self) -> Outcome {
        self.sign_in(true).await?;
        let page = self.page();
        page.wait_session("active").await?;
        page.open("/entries").await?;
        page.wait_session("active").await?;
        page.rows().await.map(drop)
    }

    fn audit(&self) -> Audit {
        let tokens = self.relay.counts().tokens;
        Audit::new(tokens.iter().map(String::as_str))
    }

    /// Judges the console, the policy, and what was presented; then searches every window of the
    /// site, and what all windows share, for tokens.
    async fn assess(&self, console: &[&str]) -> Outcome<Audit> {
        let lines = self.browser.console().await?;
        let errors: Vec<&str> = lines
            .iter()
            .filter(|line| line.error)
            .map(|line| line.text.as_str())
            // The server's own pages are not what is tested.
            .filter(|line| !line.contains(&self.relay.origin))
            .filter(|line| !console.iter().any(|part| line.contains(part)))
            .collect();
        if !errors.is_empty() {
            return Err(format!("errors in the console: {errors:#?}").into());
        }
        let reports = self.api.reports();
        if !reports.is_empty() {
            return Err(format!("the policy was broken: {reports:#?}").into());
        }
        let counts = self.relay.counts();
        if counts.presented_again > 0 {
            return Err("a refresh token was presented twice".into());
        }
        let mut audit = self.audit();
        let driver = self.browser.driver();
        for window in driver.windows().await? {
            driver.switch_to_window(window).await?;
            let here = driver.current_url().await?;
            if here.origin().ascii_serialization() == self.site {
                audit.document(&self.browser).await?;
            }
        }
        audit.browser(&self.browser, &lines).await?;
        nothing_found(&audit)?;
        Ok(audit)
    }

    async fn describe(&self) -> String {
        let page = self.page();
        format!(
            "url: {:?}\nsession: {:?}\nalerts: {:?}\nwords: {:?}\nconsole: {:#?}\ncounts: {:?}\n\
             reports: {:#?}\nunknown paths of the API: {:?}\nthe server: {}",
            self.browser.driver().current_url().await,
            page.session().await,
            page.alerts().await,
            page.visible_text().await,
            self.browser.console().await,
            self.relay.counts(),
            self.api.reports(),
            self.api.unknown_paths(),
            self.peer.printed(),
        )
    }
}

/// The configuration that leads a page there.
fn config(kind: PeerKind, server: &str, api: &str) -> Value {
    let endpoints = kind.endpoints();
    let mut profile = json!({
        "id": "peer",
        "name": kind.name(),
        "kind": "sandbox",
        "authorizationServer": server,
        "authorizationEndpoint": format!("{server}{}", endpoints.authorization),
        "tokenEndpoint": format!("{server}{}", endpoints.token),
        "revocationEndpoint": format!("{server}{}", endpoints.revocation),
        "apiBase": api,
        "clientId": CLIENT,
        "scopes": SCOPES,
    });
    if kind.names_issuer() {
        profile["issuer"] = server.into();
    }
    json!({ "profiles": [profile] })
}

/// Plays a test; `console` holds parts of console errors that it is about. Whatever happens in it,
/// its processes are ended.
///
/// # Panics
///
/// If the test or the judgement fails.
#[expect(
    clippy::panic,
    clippy::expect_used,
    reason = "this is how a test fails"
)]
pub fn play<F, Done>(name: &str, kind: PeerKind, console: &'static [&'static str], test: F)
where
    F: FnOnce(Rc<InteropStage>) -> Done,
    Done: Future<Output = Outcome> + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let summary = async {
        let opened = timeout(OPENING, InteropStage::open(kind)).await;
        let stage = Rc::new(opened.map_err(|_| "the processes did not start in time")??);
        // A task of its own, so that a panic ends the test and not the clean-up.
        let played = spawn_local(timeout(DEADLINE, test(stage.clone()))).await;
        let mut outcome = match played {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(format!("took longer than {DEADLINE:?}").into()),
            Err(panic) => Err(panic.into()),
        };
        let mut audit = None;
        if outcome.is_ok() {
            let judged = timeout(DEADLINE, stage.assess(console)).await;
            let judged = judged.unwrap_or_else(|_| Err("the judgement took too long".into()));
            outcome = judged.map(|done| audit = Some(done));
        }
        if let Err(error) = outcome {
            let described = timeout(PATIENCE, stage.describe()).await;
            let described = described.unwrap_or_else(|_| "the browser does not answer".to_owned());
            outcome = Err(format!("{error}\n{described}").into());
        }
        let Ok(InteropStage { browser, host, .. }) = Rc::try_unwrap(stage) else {
            return outcome.and(Err("the test kept its stage".into()));
        };
        let profile = browser.end().await;
        let folder = host.end().await;
        if let Some(mut audit) = audit {
            audit.profile(profile.path())?;
            audit.written(&folder.written())?;
            nothing_found(&audit)?;
            let log = log_text(&folder.written());
            if ["code=", "state="].iter().any(|part| log.contains(part)) {
                outcome = Err("the host's logs hold the query of a callback".into());
            }
        }
        outcome
    };
    let outcome = runtime
        .expect("a runtime")
        .block_on(LocalSet::new().run_until(summary));
    if let Err(error) = outcome {
        panic!("{name}: {error}");
    }
}

fn nothing_found(audit: &Audit) -> Outcome {
    if audit.found.is_empty() {
        return Ok(());
    }
    Err(format!("a token was found in: {:?}", audit.found).into())
}
