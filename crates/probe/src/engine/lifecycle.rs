//! Tests of refresh and revocation.

use outlay_oauth::secret::RefreshToken;
use outlay_oauth::token::{exchange_request, refresh_request, revoke_request};

use super::evidence::fingerprint;
use super::window::{SIGN_IN, SignInTask};
use super::{CheckRun, Refused};
use crate::diagnosis::{Cause, CheckTarget};
use crate::io::{FetchOutcome, ProbeRequest};
use crate::row::RowId;

impl CheckRun<'_> {
    /// Refreshes, then sends the replaced refresh token once more.
    pub(super) async fn rotate(&mut self, old: RefreshToken) {
        let renewed = match self.token(refresh_request(&self.client, &old)).await {
            Ok(tokens) => tokens,
            Err(Refused::Client(explanation) | Refused::Grant(explanation)) => {
                let explanation = ["The refresh was refused: ", &*explanation, "."].concat();
                return self.fail(RowId::Rotation, &explanation, &[]);
            }
            Err(Refused::Unclear(explanation)) => {
                let explanation = ["The refresh returned no tokens: ", &*explanation, "."].concat();
                return self.unknown(RowId::Rotation, &explanation);
            }
            Err(Refused::Unread(diagnosis)) => return self.unanswered(RowId::Rotation, diagnosis),
        };
        match &renewed.refresh {
            Some(new) if *new != old => {
                self.pass(RowId::Rotation, "The refresh returned a new refresh token.");
                self.note(RowId::Rotation, fingerprint("before", old.reveal()));
                self.note(RowId::Rotation, fingerprint("after", new.reveal()));
            }
            Some(_) => {
                let explanation = "The refresh returned the same refresh token again.";
                return self.fail(RowId::Rotation, explanation, &[]);
            }
            None => {
                let explanation = "The refresh returned no refresh token, so the old one stays in \
                    use.";
                return self.fail(RowId::Rotation, explanation, &[]);
            }
        }
        if self.begin(RowId::Replaced) {
            let answer = self.token(refresh_request(&self.client, &old)).await;
            self.expect_refusal(
                RowId::Replaced,
                answer.map(|_| ()),
                "The server returned tokens for the replaced refresh token. A stolen token would \
                    keep working.",
            );
        }
    }

    /// Starts a separate session, revokes it, and then tries its refresh token.
    pub(super) async fn revoke(&mut self) {
        if !self.begin(RowId::Revocation) {
            return;
        }
        let task = SignInTask {
            row: RowId::Revocation,
            why: "The test signs in, revokes the refresh token, and then sends it once more.",
            to_do: SIGN_IN,
        };
        let Some((code, verifier)) = self.code(task).await else {
            return;
        };
        let post = exchange_request(&self.client, &code, &verifier);
        let Some(tokens) = self.first_exchange(RowId::Revocation, post).await else {
            return;
        };
        let Some(refresh) = tokens.refresh else {
            let explanation = "The exchange returned no refresh token that could be revoked.";
            return self.unknown(RowId::Revocation, explanation);
        };
        let Some(post) = revoke_request(&self.client, &refresh) else {
            return;
        };
        let url = post.url.clone();
        match self.probe_io.send(ProbeRequest::post(post)).await {
            FetchOutcome::Answer {
                status: 200..=299, ..
            } => {}
            FetchOutcome::Answer { status, .. } => {
                let status = status.to_string();
                let explanation = [
                    "The revocation endpoint responded with status ",
                    &status,
                    ".",
                ]
                .concat();
                return self.fail(RowId::Revocation, &explanation, &[]);
            }
            other => {
                let diagnosis = self.diagnose(CheckTarget::Token, &url, &other).await;
                return match diagnosis.cause {
                    Cause::Cors | Cause::Redirect => self.broken(RowId::Revocation, diagnosis),
                    _ => self.unanswered(RowId::Revocation, diagnosis),
                };
            }
        }
        let answer = self.token(refresh_request(&self.client, &refresh)).await;
        self.expect_refusal(
            RowId::Revocation,
            answer.map(|_| ()),
            "The revocation endpoint reported success, but the refresh token still works.",
        );
    }

    /// Sets the verdict of a request that the server must refuse.
    pub(super) fn expect_refusal(
        &mut self,
        row: RowId,
        answer: Result<(), Refused>,
        accepted: &str,
    ) {
        match answer {
            Ok(()) => self.fail(row, accepted, &[]),
            Err(Refused::Grant(explanation)) => {
                self.pass(
                    row,
                    &["The server refused it: ", &*explanation, "."].concat(),
                );
            }
            Err(Refused::Client(explanation) | Refused::Unclear(explanation)) => {
                let explanation = [
                    "The response is neither tokens nor a refusal: ",
                    &*explanation,
                    ".",
                ]
                .concat();
                self.unknown(row, &explanation);
            }
            Err(Refused::Unread(diagnosis)) => self.unanswered(row, diagnosis),
        }
    }
}
