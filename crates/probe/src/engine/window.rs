//! An authorization in a popup.

use outlay_codes::ErrorCode;
use outlay_oauth::callback;
use outlay_oauth::client::ClientSettings;
use outlay_oauth::secret::{AuthorizationCode, CodeVerifier};
use outlay_oauth::state::{StateValue, random_text};
use outlay_oauth::{authorize, form, pkce};
use zeroize::Zeroizing;

use super::CheckRun;
use crate::callback::PREFIX;
use crate::io::SignInReturn;
use crate::report::{Observation, QuestionChoice, WantedSignIn};
use crate::row::RowId;

/// The parameters of an authorization request.
pub(super) type FormPairs = Vec<(String, String)>;

/// The row that needs a popup, the reason, and the instruction to the user.
pub(super) struct SignInTask {
    pub(super) row: RowId,
    pub(super) why: &'static str,
    pub(super) to_do: &'static str,
}

/// A popup that was opened, and its callback.
pub(super) struct OpenedWindow {
    pub(super) verifier: CodeVerifier,
    pub(super) back: SignInReturn,
}

/// The meaning of a callback, by the vault's own rules.
pub(super) enum CallbackAnswer {
    /// A code.
    Code(AuthorizationCode),
    /// The server refused the request.
    Refused(String),
    /// The user denied access.
    Denied,
    /// The response is not in the query; contains a sentence about it.
    OtherForm(String),
    /// The response is not valid; contains the code.
    Unclear(String),
    /// A parameter occurs twice or is not UTF-8; contains the code.
    Malformed(String),
}

pub(super) const SIGN_IN: &str = "Sign in and allow access, as your users will.";

pub(super) const TRY: &str = "You should see an error immediately. If the server asks you to sign \
    in instead, sign in and allow access, so that the test can continue.";

impl CheckRun<'_> {
    /// Opens a popup with the vault's own request, changed by `change`.
    pub(super) async fn window(
        &mut self,
        task: SignInTask,
        scopes: &[String],
        change: impl FnOnce(&mut FormPairs, &CodeVerifier),
    ) -> Option<OpenedWindow> {
        let (mut verifier, mut state) = (None, String::new());
        self.probe_io.random(&mut |rng| {
            verifier = Some(pkce::verifier(rng));
            state = [PREFIX, &*random_text::<32>(rng)].concat();
        });
        let (verifier, state) = (verifier?, StateValue::received(&state));
        let url = request(&self.client, scopes, &state, &verifier, change)?;
        self.windows += 1;
        let want = WantedSignIn {
            window: self.windows,
            row: task.row,
            url,
            why: task.why.to_owned(),
            to_do: task.to_do.to_owned(),
            question: "If the window does not return to this app by itself: what did you see?"
                .to_owned(),
            answers: answers(),
        };
        self.card.want = Some(want.clone());
        self.probe_io.show(&self.card);
        let back = self.probe_io.window(&want, &state).await;
        self.card.want = None;
        self.probe_io.show(&self.card);
        Some(OpenedWindow { verifier, back })
    }

    /// Reads a callback as the vault does: first format, issuer and path, then the result.
    pub(super) fn read(&self, profile: &str, query: &str) -> CallbackAnswer {
        let unclear = |refusal: callback::CallbackRefusal| {
            CallbackAnswer::Unclear(refusal.code.word().to_owned())
        };
        let response = match callback::read(query) {
            Ok(response) => response,
            Err(refusal) => return CallbackAnswer::Malformed(refusal.code.word().to_owned()),
        };
        match callback::check_response(response, &self.client, profile) {
            Ok(code) => CallbackAnswer::Code(code),
            Err(refusal) => match refusal.code {
                ErrorCode::CallbackFragment => CallbackAnswer::OtherForm(
                    "The parameters are in the fragment of the address, after the #.".to_owned(),
                ),
                ErrorCode::CallbackRewritten => {
                    let how = refusal.detail.unwrap_or_default();
                    CallbackAnswer::OtherForm(["The address was rewritten: ", &*how, "."].concat())
                }
                ErrorCode::AccessDenied => CallbackAnswer::Denied,
                ErrorCode::InvalidRequest
                | ErrorCode::InvalidScope
                | ErrorCode::UnauthorizedClient
                | ErrorCode::UnsupportedResponseType
                | ErrorCode::AuthorizationError => {
                    CallbackAnswer::Refused(refusal.code.word().to_owned())
                }
                _ => unclear(refusal),
            },
        }
    }
}

/// Returns the URL of the vault's own request, changed by `change`.
fn request(
    client: &ClientSettings,
    scopes: &[String],
    state: &StateValue,
    verifier: &CodeVerifier,
    change: impl FnOnce(&mut FormPairs, &CodeVerifier),
) -> Option<String> {
    let url = authorize::url(client, scopes, state, verifier);
    let (endpoint, query) = url.reveal().split_once('?')?;
    let mut pairs = form::parse(query)?;
    change(&mut pairs, verifier);
    let mut query = String::new();
    for (name, value) in &pairs {
        form::push(&mut query, name, value);
    }
    Some([endpoint, "?", &query].concat())
}

/// Returns a parameter of a query or of its fragment, if it occurs once and is UTF-8.
pub(super) fn parameter(query: &str, name: &str) -> Option<Zeroizing<String>> {
    let (query, fragment) = query.split_once('#').unwrap_or((query, ""));
    let found = callback::parameter(query, name).or_else(|| callback::parameter(fragment, name));
    found.map(Zeroizing::new)
}

/// Replaces the value of a parameter.
pub(super) fn set(pairs: &mut FormPairs, name: &str, value: &str) {
    for (known, old) in pairs {
        if known == name {
            value.clone_into(old);
        }
    }
}

fn answers() -> Vec<QuestionChoice> {
    [
        (
            Observation::Refused,
            "An error page of the authorization server, and it did not return to this app",
        ),
        (
            Observation::Back,
            "It returned to this app, but the test did not continue",
        ),
        (
            Observation::Skipped,
            "Something else, or nothing: skip this test",
        ),
    ]
    .map(|(sight, label)| QuestionChoice {
        sight,
        label: label.to_owned(),
    })
    .into()
}
