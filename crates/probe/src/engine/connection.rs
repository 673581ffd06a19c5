//! Tests whether the servers respond, and whether this site can read the responses.

use outlay_oauth::pkce;
use outlay_oauth::secret::{AccessToken, AuthorizationCode};
use outlay_oauth::token::exchange_request;

use super::CheckRun;
use crate::diagnosis::{Cause, CheckTarget, origin};
use crate::io::{FetchOutcome, ProbeRequest};
use crate::report::Verdict;
use crate::row::RowId;

/// An operation of the API that needs an access token and changes nothing.
pub(super) const COMPANIES: &str = "/v1/companies";

impl CheckRun<'_> {
    /// Tests whether the authorization server responds.
    pub(super) async fn reach(&mut self) {
        self.begin(RowId::Server);
        let url = [origin(&self.client.authorization_endpoint), "/"].concat();
        let outcome = match self.callable(&url) {
            true => {
                self.probe_io
                    .send(ProbeRequest::no_cors_request(&url))
                    .await
            }
            false => FetchOutcome::Policy,
        };
        match outcome {
            FetchOutcome::Policy => {
                let explanation = "This site's Content-Security-Policy does not allow requests to \
                    the authorization server itself. The sign-in shows whether the server \
                    responds.";
                self.unknown(RowId::Server, explanation);
            }
            FetchOutcome::Opaque | FetchOutcome::Answer { .. } | FetchOutcome::Redirect => {
                self.pass(
                    RowId::Server,
                    &["A server responded at ", &url, "."].concat(),
                );
            }
            other => {
                self.gone = true;
                let diagnosis = self.diagnose(CheckTarget::Server, &url, &other).await;
                match diagnosis.cause {
                    Cause::Offline => self.unanswered(RowId::Server, diagnosis),
                    _ => self.broken(RowId::Server, diagnosis),
                }
            }
        }
    }

    /// Sends invalid requests to both servers, which needs no sign-in, and tests whether the errors
    /// can be read.
    pub(super) async fn cors(&mut self) {
        // Before its premises: if an error can be read, the row needs no sign-in.
        if !self.gone {
            let mut verifier = None;
            self.probe_io
                .random(&mut |rng| verifier = Some(pkce::verifier(rng)));
            if let Some(verifier) = verifier {
                let code = AuthorizationCode::new("probe-no-such-code".to_owned());
                let post = exchange_request(&self.client, &code, &verifier);
                let url = post.url.clone();
                let outcome = self.probe_io.send(ProbeRequest::post(post)).await;
                if let FetchOutcome::Answer { status, body } = &outcome {
                    let _ = self.read_token_answer(*status, body);
                }
                self.token_errors = self
                    .error_read(RowId::TokenCors, CheckTarget::Token, &url, outcome)
                    .await;
            }
        }
        if self.open(RowId::ApiCors) {
            let bearer = AccessToken::new("probe-no-such-token".to_owned());
            let url = [&*self.setup.profile.api_base, COMPANIES].concat();
            let outcome = self
                .probe_io
                .send(ProbeRequest::get(&url).with(&bearer))
                .await;
            self.api_errors = self
                .error_read(RowId::ApiCors, CheckTarget::Api, &url, outcome)
                .await;
        }
    }

    /// Returns whether an error could be read; `None` if the row has its verdict. Success responses
    /// may be readable even if errors are not.
    async fn error_read(
        &mut self,
        row: RowId,
        target: CheckTarget,
        url: &str,
        outcome: FetchOutcome,
    ) -> Option<bool> {
        if let FetchOutcome::Answer { status, .. } = outcome {
            let status = status.to_string();
            let explanation = [
                "An invalid request was sent. The error response could be read \
                (status ",
                &status,
                ").",
            ];
            self.pass(row, &explanation.concat());
            return Some(true);
        }
        let diagnosis = self.diagnose(target, url, &outcome).await;
        match diagnosis.cause {
            Cause::Cors => return Some(false),
            Cause::Redirect => self.broken(row, diagnosis),
            _ => self.unanswered(row, diagnosis),
        }
        None
    }

    /// Sets the verdict about errors, after success responses have been read.
    pub(super) fn check_errors(&mut self) {
        let rows = [
            (RowId::TokenCors, self.token_errors, "the token endpoint"),
            (RowId::ApiCors, self.api_errors, "the API"),
        ];
        let closed: Vec<&str> = rows
            .iter()
            .filter(|(row, read, _)| {
                self.card.verdict(*row) == Verdict::Pass && *read == Some(false)
            })
            .map(|(_, _, name)| *name)
            .collect();
        if !closed.is_empty() {
            let explanation = [
                "Success responses can be read, error responses cannot: ",
                &closed.join(", "),
                ".",
            ];
            let header = ["Access-Control-Allow-Origin: ", &*self.setup.here.origin].concat();
            let fix = [
                "Add these headers to error responses too (nginx: add_header … always):",
                &header,
                "Vary: Origin",
            ];
            self.fail(RowId::ErrorCors, &explanation.concat(), &fix);
        } else if self.begin(RowId::ErrorCors) {
            let explanation = "Error responses of the token endpoint and of the API could be read.";
            self.pass(RowId::ErrorCors, explanation);
        }
    }
}
