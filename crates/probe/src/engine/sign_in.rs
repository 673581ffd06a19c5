//! A sign-in as the vault makes it, and the tests of its response and tokens.

use outlay_oauth::callback::issuer;
use outlay_oauth::secret::{AccessToken, RefreshToken};
use outlay_oauth::token::{TokenSet, exchange_request};

use super::connection::COMPANIES;
use super::evidence::{fingerprint, list};
use super::window::{CallbackAnswer, SIGN_IN, SignInTask, parameter};
use super::{CheckRun, Refused};
use crate::diagnosis::{Cause, CheckTarget, origin};
use crate::io::{FetchOutcome, ProbeRequest, SignInReturn};
use crate::report::{Observation, Verdict};
use crate::row::RowId;

/// Pleo's introspection of the access token.
const INTROSPECT: &str = "/v1/introspect";

impl CheckRun<'_> {
    /// Signs in, then runs every test that needs the tokens.
    pub(super) async fn sign_in(&mut self) {
        let tokens = self.tokens().await;
        if let Some(tokens) = &tokens {
            self.read_the_api(&tokens.access).await;
            self.check_errors();
            self.introspect(&tokens.access).await;
        } else {
            self.check_errors();
        }
        if let Some(tokens) = tokens {
            self.renew(tokens.refresh).await;
        }
    }

    /// The scopes of a sign-in whose tokens are discarded: one, the least possible.
    pub(super) fn least(&self) -> Vec<String> {
        self.setup.profile.scopes.iter().take(1).cloned().collect()
    }

    /// Two scopes, if the profile has two, so that the response shows how it separates them.
    fn two(&self) -> Vec<String> {
        self.setup.profile.scopes.iter().take(2).cloned().collect()
    }

    async fn tokens(&mut self) -> Option<TokenSet> {
        if !self.begin(RowId::State) {
            return None;
        }
        let scopes = self.two();
        let task = SignInTask {
            row: RowId::State,
            why: "The test needs a sign-in of its own, with a correct request. Its tokens are \
                discarded at the end.",
            to_do: SIGN_IN,
        };
        let opened = self.window(task, &scopes, |_, _| {}).await?;
        let (profile, query) = match opened.back {
            SignInReturn::Query { profile, query } => (profile, query),
            SignInReturn::Saw(sight) => {
                self.did_not_come_back(sight);
                return None;
            }
        };
        if self.card.verdict(RowId::Server) == Verdict::Unknown {
            self.pass(
                RowId::Server,
                "The server redirected the browser back to this app.",
            );
        }
        let answer = self.read(&profile, &query);
        if let CallbackAnswer::Malformed(code) = answer {
            let explanation = ["The response cannot be read: ", &*code, "."].concat();
            self.fail(RowId::State, &explanation, &[]);
            return None;
        }
        let state = parameter(&query, "state").unwrap_or_default();
        let explanation = fingerprint("The response has the state that was sent", &state);
        self.pass(RowId::State, &explanation);
        if let CallbackAnswer::OtherForm(explanation) = answer {
            self.fail(RowId::AnswerForm, &explanation, &[]);
            return None;
        }
        let explanation = "The parameters are in the query of the redirect URI.";
        self.pass(RowId::AnswerForm, explanation);
        self.check_issuer(&query);
        let code = match answer {
            CallbackAnswer::Code(code) => code,
            CallbackAnswer::Denied => {
                self.unknown(
                    RowId::NoSecret,
                    "Access was denied, so the server issued no code.",
                );
                return None;
            }
            CallbackAnswer::Refused(code)
            | CallbackAnswer::Unclear(code)
            | CallbackAnswer::OtherForm(code)
            | CallbackAnswer::Malformed(code) => {
                if self.has_passed(RowId::Issuer) {
                    let explanation =
                        ["The server responded to the sign-in with ", &*code, "."].concat();
                    self.unknown(RowId::NoSecret, &explanation);
                }
                return None;
            }
        };
        // A code is used only if the response can be read, or if no other request can show that.
        let tried = self.token_errors == Some(false) && self.open(RowId::TokenCors);
        if !tried && !self.has_passed(RowId::TokenCors) {
            return None;
        }
        let post = exchange_request(&self.client, &code, &opened.verifier);
        let exchanged = self.token(post).await;
        if tried && !matches!(exchanged, Err(Refused::Unread(_))) {
            let explanation = "The response to a valid code could be read, the error response to an invalid \
                    code could not.";
            self.pass(RowId::TokenCors, explanation);
        }
        self.check_exchange(exchanged, &scopes)
    }

    fn did_not_come_back(&mut self, sight: Observation) {
        match sight {
            Observation::Back => self.fail(
                RowId::State,
                "The user reported: the browser returned to this app. The response did not have \
                    the state that was sent.",
                &["Have the server return state unchanged."],
            ),
            Observation::Refused => {
                let uri = [
                    "Is this redirect URI registered? ",
                    &*self.client.redirect_uri,
                ]
                .concat();
                let explanation = "The user reported: the authorization server showed an error \
                    page. The request was correct.";
                self.unknown(RowId::State, explanation);
                self.note(RowId::State, uri);
            }
            Observation::Skipped => self.unknown(RowId::State, "The sign-in was skipped."),
        }
    }

    fn check_issuer(&mut self, query: &str) {
        if !self.begin(RowId::Issuer) {
            return;
        }
        let named = parameter(query, "iss");
        let server = origin(&self.client.authorization_endpoint).to_owned();
        match (self.client.issuer.clone(), named) {
            (Some(expected), Some(named)) if expected == *named => {
                let explanation = ["iss is the issuer in config.json: ", &*expected, "."];
                self.pass(RowId::Issuer, &explanation.concat());
            }
            (Some(expected), Some(named)) => {
                let explanation = issuer::difference(&expected, &named, &self.client.profile);
                let fix = "Do not go live before this is explained. If the name in the response \
                    is correct, write exactly that name into config.json.";
                self.fail(RowId::Issuer, &explanation, &[fix]);
            }
            (Some(_), None) => {
                let explanation = "The response has no iss, but config.json expects one.";
                let fix = "If the server does not send iss, remove issuer from config.json.";
                self.fail(RowId::Issuer, explanation, &[fix]);
            }
            (None, Some(named)) if origin(&named) == server => {
                let explanation = "iss has the authorization server's origin.";
                self.pass(RowId::Issuer, explanation);
                let line = [
                    "To have it checked at each sign-in, add to config.json: \"issuer\": \"",
                    &*server,
                    "\"",
                ];
                if *named == server {
                    self.note(RowId::Issuer, line.concat());
                }
            }
            (None, Some(_)) => {
                let explanation = "iss has another origin than the authorization server.";
                self.fail(RowId::Issuer, explanation, &[]);
            }
            (None, None) => {
                let explanation = "The response has no iss, and config.json expects none.";
                self.unknown(RowId::Issuer, explanation);
            }
        }
    }

    fn check_exchange(
        &mut self,
        exchanged: Result<TokenSet, Refused>,
        asked: &[String],
    ) -> Option<TokenSet> {
        let tokens = match exchanged {
            Ok(tokens) => tokens,
            Err(Refused::Client(explanation)) => {
                let explanation = [
                    "The token endpoint refused the client without a secret: ",
                    &*explanation,
                    ".",
                ];
                self.fail(
                    RowId::NoSecret,
                    &explanation.concat(),
                    &[
                        "Ask Pleo to register a public client, with PKCE and without a secret.",
                        "A confidential client needs a server of its own for the exchange and for \
                            each refresh. Never give its secret to this app.",
                    ],
                );
                return None;
            }
            Err(Refused::Grant(explanation) | Refused::Unclear(explanation)) => {
                let explanation =
                    ["The exchange returned no tokens: ", &*explanation, "."].concat();
                self.unknown(RowId::NoSecret, &explanation);
                return None;
            }
            Err(Refused::Unread(diagnosis)) => {
                if self.open(RowId::TokenCors) && diagnosis.cause == Cause::Cors {
                    self.broken(RowId::TokenCors, diagnosis);
                } else {
                    self.unanswered(RowId::NoSecret, diagnosis);
                }
                return None;
            }
        };
        let explanation = match self.proxied() {
            true => {
                "The exchange returned tokens, and this app sent no secret. The test cannot see \
                    whether this site's proxy adds one."
            }
            false => "The exchange returned tokens without a secret.",
        };
        self.pass(RowId::NoSecret, explanation);
        self.exchanged = true;
        self.note(
            RowId::NoSecret,
            fingerprint("access token", tokens.access.reveal()),
        );
        match tokens.lifetime {
            Some(life) => {
                let seconds = (life / 1_000).to_string();
                self.pass(
                    RowId::ExpiresIn,
                    &["expires_in is ", &*seconds, " s."].concat(),
                );
            }
            None => self.fail(
                RowId::ExpiresIn,
                "The token response has no expires_in that is a positive number.",
                &["Without it, the app refreshes only after the API has refused the token."],
            ),
        }
        let granted = tokens.scopes.iter().flatten();
        self.unasked = granted
            .filter(|scope| !asked.contains(scope))
            .cloned()
            .collect();
        Some(tokens)
    }

    /// Tests whether a success response of the API can be read, after an error response could not.
    async fn read_the_api(&mut self, access: &AccessToken) {
        if !self.open(RowId::ApiCors) {
            return;
        }
        let url = [&*self.setup.profile.api_base, COMPANIES].concat();
        match self
            .probe_io
            .send(ProbeRequest::get(&url).with(access))
            .await
        {
            FetchOutcome::Answer { status, .. } => {
                let status = status.to_string();
                let explanation = [
                    "The response to a valid token could be read (status ",
                    &status,
                    "), the error response to an invalid token could not.",
                ];
                self.pass(RowId::ApiCors, &explanation.concat());
            }
            other => {
                let diagnosis = self.diagnose(CheckTarget::Api, &url, &other).await;
                match diagnosis.cause {
                    Cause::Cors | Cause::Redirect => self.broken(RowId::ApiCors, diagnosis),
                    _ => self.unanswered(RowId::ApiCors, diagnosis),
                }
            }
        }
    }

    async fn introspect(&mut self, access: &AccessToken) {
        if !self.begin(RowId::Introspect) {
            return;
        }
        let url = [&*self.setup.profile.api_base, INTROSPECT].concat();
        match self
            .probe_io
            .send(ProbeRequest::get(&url).with(access))
            .await
        {
            FetchOutcome::Answer {
                status: 200..=299,
                body,
            } => self.check_introspection(&body),
            FetchOutcome::Answer { status, .. } => {
                let status = status.to_string();
                let explanation = [
                    "/v1/introspect refused a new token with status ",
                    &status,
                    ".",
                ]
                .concat();
                self.fail(RowId::Introspect, &explanation, &[]);
            }
            other => {
                let diagnosis = self.diagnose(CheckTarget::Api, &url, &other).await;
                match diagnosis.cause {
                    Cause::Cors | Cause::Redirect => self.broken(RowId::Introspect, diagnosis),
                    _ => self.unanswered(RowId::Introspect, diagnosis),
                }
            }
        }
    }

    fn check_introspection(&mut self, body: &str) {
        let body = outlay_wire::parse(body).unwrap_or_default();
        let subject = body.get("data").and_then(|data| data.get("subjectURN"));
        let kind = match subject.and_then(|subject| subject.as_str()) {
            Some(urn) if urn.starts_with("urn:pleo:company:") => "a company",
            Some(urn) if urn.starts_with("urn:pleo:organisation:") => "an organisation",
            Some("") | None => {
                let explanation = "The response has no subject.";
                return self.fail(RowId::Introspect, explanation, &[]);
            }
            Some(_) => "neither a company nor an organisation",
        };
        let explanation = ["The token's subject is ", kind, "."].concat();
        self.pass(RowId::Introspect, &explanation);
        if let Some(scopes) = body.get("data").and_then(|data| data.get("scope")) {
            let scopes = scopes.as_str().unwrap_or_default().split_ascii_whitespace();
            let known: Vec<String> = scopes
                .filter(|scope| self.setup.profile.scopes.iter().any(|known| known == scope))
                .map(str::to_owned)
                .collect();
            self.note(RowId::Introspect, ["Scopes: ", &*list(&known)].concat());
        }
    }

    /// Runs the tests of the refresh token.
    async fn renew(&mut self, refresh: Option<RefreshToken>) {
        if !self.begin(RowId::Rotation) {
            return;
        }
        match refresh {
            Some(refresh) => self.rotate(refresh).await,
            None => self.fail(
                RowId::Rotation,
                "The exchange returned no refresh token.",
                &["Without one, the user has to sign in again each time the access token expires."],
            ),
        }
    }
}
