//! The tests, in their order.
//!
//! Reading order: `connection` (whether the servers respond and this site can read that), `sign_in`
//! (a sign-in as the vault makes it, and its tokens), `lifecycle` (refresh and revocation),
//! `token_form` (the format of token responses), `deviations` (requests that a secure server
//! rejects), `window` (an authorization in a popup), `metadata`, `evidence` (descriptions of
//! secrets).
//!
//! All secrets are in the future of the run. Dropping the future drops them.

mod connection;
mod deviations;
mod evidence;
mod lifecycle;
mod metadata;
mod sign_in;
mod token_form;
mod window;

use outlay_codes::ErrorCode;
use outlay_config::Profile;
use outlay_oauth::client::{ClientSettings, client_id};
use outlay_oauth::token::{FormPost, TokenError, TokenSet};

use crate::diagnosis::{CheckTarget, Diagnosis, SiteContext, diagnose, origin};
use crate::io::{FetchOutcome, ProbeIo, ProbeRequest};
use crate::message::StartCheck;
use crate::report::{CheckPhase, CheckReport, Verdict};
use crate::row::{self, RowId};

/// The input of a run. Its only other input is I/O.
#[derive(Debug, Clone)]
pub struct RunSetup {
    /// The profile to check, as validated from `config.json`.
    pub profile: Profile,
    /// The client id, from the profile or typed by the user.
    pub client_id: String,
    /// The site that runs the check.
    pub here: SiteContext,
    /// The rows with side effects that the user agreed to.
    pub agreed: Vec<RowId>,
}

impl RunSetup {
    /// Validates the parameters that a page sent.
    ///
    /// # Errors
    ///
    /// `client_id_needed` or `client_id_refused`.
    pub fn new(
        profile: &Profile,
        here: SiteContext,
        start: StartCheck,
    ) -> Result<RunSetup, ErrorCode> {
        let client_id = client_id(profile.client_id.as_deref(), start.client_id.as_deref())?;
        Ok(RunSetup {
            profile: profile.clone(),
            client_id,
            here,
            agreed: start.agreed,
        })
    }

    fn client(&self) -> ClientSettings {
        let profile = &self.profile;
        ClientSettings {
            profile: profile.id.clone(),
            client_id: self.client_id.clone(),
            authorization_endpoint: profile.authorization_endpoint.clone(),
            token_endpoint: profile.token_endpoint.clone(),
            revocation_endpoint: profile.revocation_endpoint.clone(),
            api_base: profile.api_base.clone(),
            redirect_uri: profile.redirect_uri.clone(),
            issuer: profile.issuer.clone(),
            subject: profile.subject.clone(),
            refresh_grace: 0,
        }
    }
}

/// Makes the report of a profile before its run: every row is waiting or cannot be known.
#[must_use]
pub fn ready(profile: &Profile) -> CheckReport {
    CheckReport {
        profile: profile.id.clone(),
        name: profile.name.clone(),
        kind: profile.kind,
        needs_client_id: profile.client_id.is_none(),
        client_id: profile.client_id.clone().unwrap_or_default(),
        authorization_endpoint: profile.authorization_endpoint.clone(),
        token_endpoint: profile.token_endpoint.clone(),
        api_base: profile.api_base.clone(),
        phase: CheckPhase::Ready,
        started: String::new(),
        ended: String::new(),
        outlay: env!("CARGO_PKG_VERSION").to_owned(),
        rows: row::fresh(profile.kind, profile.revocation_endpoint.is_some()),
        want: None,
    }
}

/// Runs every test and returns the report with every verdict. Dropping the future ends the run.
pub async fn run(probe_io: &dyn ProbeIo, setup: RunSetup) -> CheckReport {
    let mut run = CheckRun::new(probe_io, setup);
    run.reach().await;
    run.metadata().await;
    run.cors().await;
    run.sign_in().await;
    run.deviations().await;
    run.check_token_form();
    run.finish()
}

/// A run in progress.
struct CheckRun<'a> {
    probe_io: &'a dyn ProbeIo,
    setup: RunSetup,
    client: ClientSettings,
    card: CheckReport,
    windows: u32,
    /// Whether the server cannot be reached at all, so that no popup is opened.
    gone: bool,
    /// Whether error responses of the token endpoint and of the API could be read; `None` until
    /// that is known.
    token_errors: Option<bool>,
    api_errors: Option<bool>,
    /// Scopes that were granted without a request.
    unasked: Vec<String>,
    /// The deviations of token responses from the standard format.
    odd_forms: Vec<String>,
    /// Whether an exchange returned tokens.
    exchanged: bool,
}

impl<'a> CheckRun<'a> {
    fn new(probe_io: &'a dyn ProbeIo, setup: RunSetup) -> CheckRun<'a> {
        let card = CheckReport {
            client_id: setup.client_id.clone(),
            phase: CheckPhase::Running,
            started: probe_io.now(),
            ..ready(&setup.profile)
        };
        let mut run = CheckRun {
            probe_io,
            client: setup.client(),
            card,
            setup,
            windows: 0,
            gone: false,
            token_errors: None,
            api_errors: None,
            unasked: Vec::new(),
            odd_forms: Vec::new(),
            exchanged: false,
        };
        for rule in row::RULES {
            let waits = run.card.verdict(rule.id) == Verdict::Waiting;
            if rule.agree.is_some() && waits && !run.setup.agreed.contains(&rule.id) {
                run.unknown(rule.id, "Not tested: this optional test was not selected.");
            }
        }
        run
    }

    /// Rows that were not checked name the row that they depend on.
    fn finish(mut self) -> CheckReport {
        for rule in row::RULES {
            if self.open(rule.id) {
                self.lacks(rule.id);
            }
        }
        self.card.phase = CheckPhase::Done;
        self.card.ended = self.probe_io.now();
        self.card.want = None;
        self.probe_io.show(&self.card);
        self.card
    }

    /// Whether a row has no verdict yet.
    fn open(&self, id: RowId) -> bool {
        matches!(self.card.verdict(id), Verdict::Waiting | Verdict::Asking)
    }

    /// Whether this site's Content-Security-Policy allows requests to `url`. It allows the servers
    /// of the profile; behind a proxy that is only the site itself, and any other request would be
    /// blocked and reported.
    fn callable(&self, url: &str) -> bool {
        let client = &self.client;
        let called = [
            Some(&self.setup.here.origin),
            Some(&client.token_endpoint),
            client.revocation_endpoint.as_ref(),
            Some(&self.setup.profile.api_base),
        ];
        let mut called = called.into_iter().flatten();
        called.any(|known| origin(known) == origin(url))
    }

    /// Whether the token endpoint is a proxy of this site's own.
    fn proxied(&self) -> bool {
        origin(&self.client.token_endpoint) == self.setup.here.origin
    }

    /// Whether a row counts as passed for the rows that depend on it.
    fn has_passed(&self, id: RowId) -> bool {
        let passed = self.card.verdict(id) == Verdict::Pass;
        match id {
            RowId::Server => !self.gone,
            // As in the vault, which checks the issuer only if the configuration states one.
            RowId::Issuer => passed || self.client.issuer.is_none(),
            RowId::ErrorCors => passed || self.token_errors == Some(true),
            _ => passed,
        }
    }

    /// Returns the first premise of this row that did not pass.
    fn missing(&self, id: RowId) -> Option<RowId> {
        let mut premises = id.rule().premises.iter();
        premises
            .find(|premise| !self.has_passed(**premise))
            .copied()
    }

    /// Starts a row if it is open and its premises passed.
    fn begin(&mut self, id: RowId) -> bool {
        if !self.open(id) {
            return false;
        }
        if self.missing(id).is_some() {
            self.lacks(id);
            return false;
        }
        self.set(id, Verdict::Asking, None, Vec::new(), Vec::new());
        true
    }

    /// Ends a row as unknown, because a premise did not pass.
    fn lacks(&mut self, id: RowId) {
        let premise = self.missing(id);
        let reason = match premise {
            Some(premise) => {
                let how = match self.card.verdict(premise) {
                    Verdict::Fail => "failed.",
                    _ => "has no result.",
                };
                ["Not tested, because “", premise.rule().title, "” ", how].concat()
            }
            None => "No response showed it.".to_owned(),
        };
        self.set(id, Verdict::Unknown, Some(reason), Vec::new(), Vec::new());
        if let Some(row) = self.card.rows.iter_mut().find(|row| row.id == id) {
            row.premise = premise;
        }
        self.probe_io.show(&self.card);
    }

    fn pass(&mut self, id: RowId, evidence: &str) {
        self.set(
            id,
            Verdict::Pass,
            None,
            vec![evidence.to_owned()],
            Vec::new(),
        );
    }

    fn fail(&mut self, id: RowId, evidence: &str, fix: &[&str]) {
        let fix = fix.iter().map(|&line| line.to_owned()).collect();
        self.fails(id, evidence.to_owned(), fix);
    }

    /// Fails the row; its remedy is the given one or the rule's.
    fn fails(&mut self, id: RowId, evidence: String, mut fix: Vec<String>) {
        if fix.is_empty() {
            fix.push(id.rule().remedy.to_owned());
        }
        self.set(id, Verdict::Fail, None, vec![evidence], fix);
    }

    fn unknown(&mut self, id: RowId, reason: &str) {
        self.set(
            id,
            Verdict::Unknown,
            Some(reason.to_owned()),
            Vec::new(),
            Vec::new(),
        );
    }

    /// Sets no result for a row, because a request had no response.
    fn unanswered(&mut self, id: RowId, diagnosis: Diagnosis) {
        self.set(
            id,
            Verdict::Unknown,
            Some(diagnosis.explanation),
            Vec::new(),
            diagnosis.fix,
        );
    }

    /// Fails a row because of a request without a readable response.
    fn broken(&mut self, id: RowId, diagnosis: Diagnosis) {
        self.fails(id, diagnosis.explanation, diagnosis.fix);
    }

    fn set(
        &mut self,
        id: RowId,
        verdict: Verdict,
        reason: Option<String>,
        evidence: Vec<String>,
        fix: Vec<String>,
    ) {
        if let Some(row) = self.card.rows.iter_mut().find(|row| row.id == id) {
            row.verdict = verdict;
            row.reason = reason;
            row.evidence.extend(evidence);
            row.fix = fix;
        }
        self.probe_io.show(&self.card);
    }

    /// Adds an observation to a row.
    fn note(&mut self, id: RowId, evidence: String) {
        if let Some(row) = self.card.rows.iter_mut().find(|row| row.id == id) {
            row.evidence.push(evidence);
        }
        self.probe_io.show(&self.card);
    }

    async fn diagnose(&self, target: CheckTarget, url: &str, outcome: &FetchOutcome) -> Diagnosis {
        diagnose(self.probe_io, &self.setup.here, target, url, outcome).await
    }

    /// Sends a token request. Uses the vault's code for the request and the response.
    async fn token(&mut self, post: FormPost) -> Result<TokenSet, Refused> {
        match self.probe_io.send(ProbeRequest::post(post)).await {
            FetchOutcome::Answer { status, body } => {
                let result = self.read_token_answer(status, &body);
                result.map_err(|error| Refused::of(status, error))
            }
            other => {
                let url = &self.client.token_endpoint;
                let diagnosis = self.diagnose(CheckTarget::Token, url, &other).await;
                Err(Refused::Unread(diagnosis))
            }
        }
    }
}

/// Why an exchange or refresh returned no tokens.
enum Refused {
    /// The server refused the client.
    Client(String),
    /// The server refused the code, the token or another part of the request.
    Grant(String),
    /// The response is neither tokens nor a refusal.
    Unclear(String),
    /// No response could be read.
    Unread(Diagnosis),
}

impl Refused {
    fn of(status: u16, error: TokenError) -> Refused {
        let code = error.code().word();
        let words = error.detail().unwrap_or_default();
        // The text begins with the code if that is an OAuth error code.
        let explanation = match words.strip_prefix(code) {
            Some(more) => [code, more].concat(),
            None if words.is_empty() => code.to_owned(),
            None => [code, " (", &words, ")"].concat(),
        };
        let explanation = ["status ", &*status.to_string(), ", ", &explanation].concat();
        let explanation = explanation.trim_end_matches('.').to_owned();
        match error {
            _ if status == 401 => Refused::Client(explanation),
            TokenError::Refused { .. } => match error.code() {
                ErrorCode::InvalidClient | ErrorCode::UnauthorizedClient => {
                    Refused::Client(explanation)
                }
                _ => Refused::Grant(explanation),
            },
            _ => Refused::Unclear(explanation),
        }
    }
}
