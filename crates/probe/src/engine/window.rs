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

/// The parameters of an authorization request, to be changed.
pub(super) type FormPairs = Vec<(String, String)>;

/// Why the window is needed and what to do in it.
pub(super) struct SignInTask {
    pub(super) row: RowId,
    pub(super) why: &'static str,
    pub(super) to_do: &'static str,
}

/// A window that was opened, and its way back.
pub(super) struct OpenedWindow {
    pub(super) verifier: CodeVerifier,
    pub(super) back: SignInReturn,
}

/// What a way back means, by the vault's own reading.
pub(super) enum CallbackAnswer {
    /// A code.
    Code(AuthorizationCode),
    /// The server refused the request.
    Refused(String),
    /// The user said no.
    Denied,
    /// It is in another form than a query; holds a sentence.
    OtherForm(String),
    /// It does not count as an answer.
    Unclear(String),
    /// A parameter occurs twice, or is no text.
    Malformed(String),
}

pub(super) const SIGN_IN: &str = "Sign in and allow access, as your users will.";

pub(super) const TRY: &str = "You should see an error immediately. If the server asks you to sign \
    in instead, sign in and allow access, so that the test can continue.";

impl CheckRun<'_> {
    /// Opens a window with a request of the vault's own making, changed by `change`.
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

    /// Reads a way back as the vault does: form, issuer, path, and only then what it says.
    pub(super) fn read(&self, profile: &str, query: &str) -> CallbackAnswer {
        let unclear = |refusal: callback::CallbackRefusal| {
            CallbackAnswer::Unclear(refusal.code.word().to_owned())
        };
        let response = match callback::read(query) {
            Ok(response) => response,
            Err(refusal) => return CallbackAnswer::Malformed(refusal.code.word().to_owned()),
        };
        match callback::check(response, &self.client, profile) {
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

/// The production request, changed.
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

/// A parameter of a query or of the fragment behind it, if it occurs once and is text.
pub(super) fn parameter(query: &str, name: &str) -> Option<Zeroizing<String>> {
    let (query, fragment) = query.split_once('#').unwrap_or((query, ""));
    let found = callback::parameter(query, name).or_else(|| callback::parameter(fragment, name));
    found.map(Zeroizing::new)
}

/// Gives a parameter another value.
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
