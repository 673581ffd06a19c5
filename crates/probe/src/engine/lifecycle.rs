//! Renewing, and giving back.

use outlay_oauth::secret::RefreshToken;
use outlay_oauth::token::{exchange_request, refresh_request, revoke_request};

use super::evidence::fingerprint;
use super::window::{SIGN_IN, Task};
use super::{Refused, Run};
use crate::diagnosis::{Cause, Target};
use crate::edge::{Outcome, Request};
use crate::row::RowId;

impl Run<'_> {
    /// A refresh, and then the replaced token once more.
    pub(super) async fn rotate(&mut self, old: RefreshToken) {
        let renewed = match self.token(refresh_request(&self.client, &old)).await {
            Ok(tokens) => tokens,
            Err(Refused::Client(said) | Refused::Grant(said)) => {
                let said = ["The refresh was refused: ", &*said, "."].concat();
                return self.fail(RowId::Rotation, &said, &[]);
            }
            Err(Refused::Unclear(said)) => {
                let said = ["The refresh brought no tokens: ", &*said, "."].concat();
                return self.unknown(RowId::Rotation, &said);
            }
            Err(Refused::Unread(diagnosis)) => return self.unanswered(RowId::Rotation, diagnosis),
        };
        match &renewed.refresh {
            Some(new) if *new != old => {
                self.pass(
                    RowId::Rotation,
                    "The refresh brought another refresh token.",
                );
                self.note(RowId::Rotation, fingerprint("before", old.reveal()));
                self.note(RowId::Rotation, fingerprint("after", new.reveal()));
            }
            Some(_) => {
                let said = "The refresh brought the same refresh token again.";
                return self.fail(RowId::Rotation, said, &[]);
            }
            None => {
                let said = "The refresh brought no refresh token: the old one stays in use.";
                return self.fail(RowId::Rotation, said, &[]);
            }
        }
        if self.begin(RowId::Replaced) {
            let answer = self.token(refresh_request(&self.client, &old)).await;
            self.expect_refusal(
                RowId::Replaced,
                answer.map(|_| ()),
                "It brought tokens once more: whoever has stolen it can go on.",
            );
        }
    }

    /// A session of its own, given back and then tried.
    pub(super) async fn revoke(&mut self) {
        if !self.begin(RowId::Revocation) {
            return;
        }
        let task = Task {
            row: RowId::Revocation,
            why: "The check signs in, gives the session back at the revocation endpoint, and tries \
                  it once more.",
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
            let said = "The exchange brought no refresh token to give back.";
            return self.unknown(RowId::Revocation, said);
        };
        let Some(post) = revoke_request(&self.client, &refresh) else {
            return;
        };
        let url = post.url.clone();
        match self.edge.send(Request::post(post)).await {
            Outcome::Answer {
                status: 200..=299, ..
            } => {}
            Outcome::Answer { status, .. } => {
                let status = status.to_string();
                let said = ["The endpoint answered with status ", &status, "."].concat();
                return self.fail(RowId::Revocation, &said, &[]);
            }
            other => {
                let diagnosis = self.diagnose(Target::Token, &url, &other).await;
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
            "The endpoint said yes, and the refresh token still works.",
        );
    }

    /// A second use, a wrong value: the rule is kept where it is refused.
    pub(super) fn expect_refusal(
        &mut self,
        row: RowId,
        answer: Result<(), Refused>,
        accepted: &str,
    ) {
        match answer {
            Ok(()) => self.fail(row, accepted, &[]),
            Err(Refused::Grant(said)) => {
                self.pass(row, &["It was refused: ", &*said, "."].concat());
            }
            Err(Refused::Client(said) | Refused::Unclear(said)) => {
                let said = ["The answer says neither yes nor no: ", &*said, "."].concat();
                self.unknown(row, &said);
            }
            Err(Refused::Unread(diagnosis)) => self.unanswered(row, diagnosis),
        }
    }
}
