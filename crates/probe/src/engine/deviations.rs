//! Requests that a secure server rejects, each in a popup.

use outlay_oauth::form;
use outlay_oauth::pkce;
use outlay_oauth::secret::{AuthorizationCode, CodeVerifier, FormBody};
use outlay_oauth::token::{FormPost, TokenSet, exchange_request};

use super::evidence::list;
use super::window::{CallbackAnswer, SIGN_IN, SignInTask, TRY, parameter, set};
use super::{CheckRun, Refused};
use crate::io::SignInReturn;
use crate::report::{Observation, Verdict};
use crate::row::RowId;

/// A scope that no server has.
pub(super) const NO_SUCH_SCOPE: &str = "outlay-check:no-such-scope";

/// The parameter that is added to the redirect URI.
const CHANGE: (&str, &str) = ("changed", "1");

impl CheckRun<'_> {
    /// Runs every test of this module, one after the other.
    pub(super) async fn deviations(&mut self) {
        self.plain().await;
        self.no_challenge().await;
        self.changed_redirect().await;
        self.unknown_scope().await;
        self.wrong_verifier().await;
        self.code_twice().await;
        self.revoke().await;
    }

    async fn plain(&mut self) {
        let task = SignInTask {
            row: RowId::Plain,
            why: "The test requests a code with the code challenge method \"plain\". The server \
                should refuse it.",
            to_do: TRY,
        };
        let change = |pairs: &mut Vec<(String, String)>, verifier: &CodeVerifier| {
            set(pairs, "code_challenge", verifier.reveal());
            set(pairs, "code_challenge_method", "plain");
        };
        let Some((code, verifier)) = self.without_s256(task, change).await else {
            return;
        };
        let post = exchange_request(&self.client, &code, &verifier);
        self.redeem(RowId::Plain, post).await;
    }

    async fn no_challenge(&mut self) {
        let task = SignInTask {
            row: RowId::Challenge,
            why: "The test requests a code without PKCE. The server should refuse it.",
            to_do: TRY,
        };
        let change = |pairs: &mut Vec<(String, String)>, _: &CodeVerifier| {
            pairs.retain(|(name, _)| !name.starts_with("code_challenge"));
        };
        let Some((code, verifier)) = self.without_s256(task, change).await else {
            return;
        };
        let post = exchange_request(&self.client, &code, &verifier);
        if let Some(post) = without(post, "code_verifier") {
            self.redeem(RowId::Challenge, post).await;
        }
    }

    /// Requests a code that the server should not issue. Returns it if the server does; else the
    /// row has its verdict.
    async fn without_s256(
        &mut self,
        task: SignInTask,
        change: impl FnOnce(&mut Vec<(String, String)>, &CodeVerifier),
    ) -> Option<(AuthorizationCode, CodeVerifier)> {
        let row = task.row;
        if !self.begin(row) {
            return None;
        }
        let scopes = self.least();
        let opened = self.window(task, &scopes, change).await?;
        let code = match opened.back {
            SignInReturn::Saw(sight) => {
                self.saw(row, sight);
                return None;
            }
            SignInReturn::Query { profile, query } => self.answer(row, &profile, &query)?,
        };
        for premise in [RowId::TokenCors, RowId::NoSecret] {
            if !self.has_passed(premise) {
                let explanation = [
                    "The server issued a code. It was not redeemed, because this test did not \
                        pass: “",
                    premise.rule().title,
                    "”.",
                ];
                self.unknown(row, &explanation.concat());
                return None;
            }
        }
        Some((code, opened.verifier))
    }

    /// Returns the code in the callback; without one, sets the row's verdict.
    fn answer(&mut self, row: RowId, profile: &str, query: &str) -> Option<AuthorizationCode> {
        match self.read(profile, query) {
            CallbackAnswer::Code(code) => return Some(code),
            CallbackAnswer::Refused(code) => {
                self.pass(row, &["The server responded with ", &*code, "."].concat());
            }
            CallbackAnswer::Denied => {
                let explanation = "Access was denied, so the request was not completed.";
                self.unknown(row, explanation);
            }
            CallbackAnswer::Unclear(code)
            | CallbackAnswer::OtherForm(code)
            | CallbackAnswer::Malformed(code) => {
                self.unknown(
                    row,
                    &[
                        "The browser returned without a valid response: ",
                        &*code,
                        ".",
                    ]
                    .concat(),
                );
            }
        }
        None
    }

    fn saw(&mut self, row: RowId, sight: Observation) {
        match sight {
            // A server that shows an error page for every request has not refused this one.
            Observation::Refused if self.card.verdict(RowId::State) == Verdict::Unknown => {
                let explanation = "The user reported: the authorization server showed an error \
                    page. It also did so for a correct request.";
                self.unknown(row, explanation);
            }
            Observation::Refused => {
                let explanation = "The user reported: the authorization server showed an error \
                    page and did not redirect the browser.";
                self.pass(row, explanation);
            }
            Observation::Back => {
                let explanation = "The user reported: the browser returned to this app. The \
                    response did not have the state that was sent.";
                self.unknown(row, explanation);
            }
            Observation::Skipped => self.unknown(row, "The window was skipped."),
        }
    }

    /// Redeems a code that the server should not have issued.
    async fn redeem(&mut self, row: RowId, post: FormPost) {
        let answer = self.token(post).await.map(|_| ());
        if matches!(answer, Err(Refused::Grant(_))) {
            self.note(row, "The server issued a code.".to_owned());
        }
        self.expect_refusal(row, answer, "The server issued a code, and tokens for it.");
    }

    async fn changed_redirect(&mut self) {
        if !self.begin(RowId::Redirect) {
            return;
        }
        let task = SignInTask {
            row: RowId::Redirect,
            why: "The test sends a redirect URI that is not registered: the registered one with a \
                parameter added. The server should refuse it.",
            to_do: TRY,
        };
        let (name, value) = CHANGE;
        let changed = [&*self.client.redirect_uri, "?", name, "=", value].concat();
        let scopes = self.least();
        let change = |pairs: &mut Vec<(String, String)>, _: &CodeVerifier| {
            set(pairs, "redirect_uri", &changed);
        };
        let Some(opened) = self.window(task, &scopes, change).await else {
            return;
        };
        match opened.back {
            SignInReturn::Query { query, .. } if parameter(&query, name).is_some() => {
                let what = match parameter(&query, "code") {
                    Some(_) => "a code",
                    None => "an error",
                };
                let explanation = [
                    "The server redirected with ",
                    what,
                    " to the changed address.",
                ]
                .concat();
                let fix = "Have the server compare redirect_uri with the registered addresses \
                    character for character.";
                self.fail(RowId::Redirect, &explanation, &[fix]);
            }
            SignInReturn::Query { .. } => {
                let explanation = "The server ignored the change and redirected to the registered \
                    address.";
                self.pass(RowId::Redirect, explanation);
            }
            SignInReturn::Saw(Observation::Back) => {
                let explanation = "The user reported: the browser returned to this app. So the \
                    server accepted the changed address.";
                self.fail(RowId::Redirect, explanation, &[]);
            }
            SignInReturn::Saw(sight) => self.saw(RowId::Redirect, sight),
        }
    }

    async fn unknown_scope(&mut self) {
        if !self.unasked.is_empty() {
            let granted = self.unasked.iter();
            let known = granted.filter(|scope| self.setup.profile.scopes.contains(scope));
            let known: Vec<String> = known.cloned().collect();
            let explanation = [
                "The server granted scopes that the sign-in did not request: ",
                &*list(&known),
            ];
            let row = RowId::Scopes;
            return self.fail(row, &explanation.concat(), &[]);
        }
        if !self.begin(RowId::Scopes) {
            return;
        }
        let task = SignInTask {
            row: RowId::Scopes,
            why: "The test requests a scope that does not exist, in addition to one that does.",
            to_do: TRY,
        };
        let mut scopes = self.least();
        scopes.push(NO_SUCH_SCOPE.to_owned());
        let Some(opened) = self.window(task, &scopes, |_, _| {}).await else {
            return;
        };
        let code = match opened.back {
            SignInReturn::Saw(sight) => return self.saw(RowId::Scopes, sight),
            SignInReturn::Query { profile, query } => self.answer(RowId::Scopes, &profile, &query),
        };
        let Some(code) = code else { return };
        let post = exchange_request(&self.client, &code, &opened.verifier);
        if let Some(tokens) = self.first_exchange(RowId::Scopes, post).await {
            self.check_scopes(&tokens, &scopes);
        }
    }

    fn check_scopes(&mut self, tokens: &TokenSet, asked: &[String]) {
        let row = RowId::Scopes;
        let Some(granted) = &tokens.scopes else {
            let explanation = "The token response has no scope. That means that all requested \
                scopes were granted (RFC 6749 §5.1), the one that does not exist too.";
            return self.fail(
                row,
                explanation,
                &["Have the server list the granted scopes in the token response."],
            );
        };
        if granted.iter().any(|scope| scope == NO_SUCH_SCOPE) {
            return self.fail(
                row,
                "The server granted the scope that does not exist.",
                &[],
            );
        }
        if granted.iter().any(|scope| !asked.contains(scope)) {
            return self.fail(
                row,
                "The server granted a scope that was not requested.",
                &[],
            );
        }
        self.pass(
            row,
            "The server did not grant the scope that does not exist.",
        );
    }

    async fn wrong_verifier(&mut self) {
        if !self.begin(RowId::Verifier) {
            return;
        }
        let task = SignInTask {
            row: RowId::Verifier,
            why: "The test needs a code, which it sends with a wrong verifier.",
            to_do: SIGN_IN,
        };
        let Some((code, _)) = self.code(task).await else {
            return;
        };
        let mut wrong = None;
        self.probe_io
            .random(&mut |rng| wrong = Some(pkce::verifier(rng)));
        if let Some(wrong) = wrong {
            let post = exchange_request(&self.client, &code, &wrong);
            let answer = self.token(post).await.map(|_| ());
            let accepted = "The server accepted a code with a wrong verifier.";
            self.expect_refusal(RowId::Verifier, answer, accepted);
        }
    }

    async fn code_twice(&mut self) {
        if !self.begin(RowId::CodeOnce) {
            return;
        }
        let task = SignInTask {
            row: RowId::CodeOnce,
            why: "The test needs a code, which it sends twice.",
            to_do: SIGN_IN,
        };
        let Some((code, verifier)) = self.code(task).await else {
            return;
        };
        let post = exchange_request(&self.client, &code, &verifier);
        if self
            .first_exchange(RowId::CodeOnce, post.clone())
            .await
            .is_none()
        {
            return;
        }
        let answer = self.token(post).await.map(|_| ());
        self.expect_refusal(
            RowId::CodeOnce,
            answer,
            "The server returned tokens for the second use too.",
        );
    }

    /// Returns the code of a correct sign-in; without one, sets the row's verdict.
    pub(super) async fn code(
        &mut self,
        task: SignInTask,
    ) -> Option<(AuthorizationCode, CodeVerifier)> {
        let row = task.row;
        let scopes = self.least();
        let opened = self.window(task, &scopes, |_, _| {}).await?;
        let explanation = match opened.back {
            SignInReturn::Query { profile, query } => match self.read(&profile, &query) {
                CallbackAnswer::Code(code) => return Some((code, opened.verifier)),
                CallbackAnswer::Denied => "Access was denied.".to_owned(),
                CallbackAnswer::Refused(code)
                | CallbackAnswer::Unclear(code)
                | CallbackAnswer::OtherForm(code)
                | CallbackAnswer::Malformed(code) => {
                    ["The server responded to the sign-in with ", &*code, "."].concat()
                }
            },
            SignInReturn::Saw(_) => "The browser did not return from the sign-in.".to_owned(),
        };
        self.unknown(row, &explanation);
        None
    }

    /// Redeems a code for the first time. Without tokens, sets the row's verdict.
    pub(super) async fn first_exchange(&mut self, row: RowId, post: FormPost) -> Option<TokenSet> {
        for premise in [RowId::TokenCors, RowId::NoSecret] {
            if !self.has_passed(premise) {
                let explanation = [
                    "The server issued a code. It was not redeemed, because this test did not \
                        pass: “",
                    premise.rule().title,
                    "”.",
                ];
                self.unknown(row, &explanation.concat());
                return None;
            }
        }
        match self.token(post).await {
            Ok(tokens) => return Some(tokens),
            Err(Refused::Unread(diagnosis)) => self.unanswered(row, diagnosis),
            Err(
                Refused::Client(explanation)
                | Refused::Grant(explanation)
                | Refused::Unclear(explanation),
            ) => {
                let explanation =
                    ["The exchange returned no tokens: ", &*explanation, "."].concat();
                self.unknown(row, &explanation);
            }
        }
        None
    }
}

/// Returns a form without the parameter `name`.
fn without(post: FormPost, name: &str) -> Option<FormPost> {
    let pairs = form::parse(post.body.reveal())?;
    let kept: Vec<(&str, &str)> = pairs
        .iter()
        .filter(|(known, _)| known != name)
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    Some(FormPost {
        body: FormBody::new(core::mem::take(&mut *form::body(&kept))),
        url: post.url,
    })
}
