//! An authorization in a window of its own.

use outlay_oauth::callback;
use outlay_oauth::client::Client;
use outlay_oauth::secret::{AuthorizationCode, CodeVerifier};
use outlay_oauth::state::{State, random_text};
use outlay_oauth::{authorize, form, pkce};
use zeroize::Zeroizing;

use super::Run;
use crate::callback::PREFIX;
use crate::card::{Choice, Sight, Want};
use crate::edge::Return;
use crate::row::RowId;

/// The parameters of an authorization request, to be changed.
pub(super) type Pairs = Vec<(String, String)>;

/// Why the window is needed and what to do in it.
pub(super) struct Task {
    pub(super) row: RowId,
    pub(super) why: &'static str,
    pub(super) to_do: &'static str,
}

/// A window that was opened, and its way back.
pub(super) struct Opened {
    pub(super) verifier: CodeVerifier,
    pub(super) back: Return,
}

/// What a way back means, by the vault's own reading.
pub(super) enum Answer {
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
    /// A parameter stands there twice, or it is no text.
    Malformed(String),
}

pub(super) const SIGN_IN: &str = "Sign in and allow access, as your users will.";

pub(super) const TRY: &str = "You should see an error at once. If you are asked to sign in instead, \
                              sign in and allow access, so that the check sees how far it goes.";

impl Run<'_> {
    /// Opens a window with a request of the vault's own making, changed by `change`.
    pub(super) async fn window(
        &mut self,
        task: Task,
        scopes: &[String],
        change: impl FnOnce(&mut Pairs, &CodeVerifier),
    ) -> Option<Opened> {
        let (mut verifier, mut state) = (None, String::new());
        self.edge.random(&mut |rng| {
            verifier = Some(pkce::verifier(rng));
            state = [PREFIX, &*random_text::<32>(rng)].concat();
        });
        let (verifier, state) = (verifier?, State::received(&state));
        let url = request(&self.client, scopes, &state, &verifier, change)?;
        self.windows += 1;
        let want = Want {
            window: self.windows,
            row: task.row,
            url,
            why: task.why.to_owned(),
            to_do: task.to_do.to_owned(),
            question: "If the window does not come back by itself: what did you see?".to_owned(),
            answers: answers(),
        };
        self.card.want = Some(want.clone());
        self.edge.show(&self.card);
        let back = self.edge.window(&want, &state).await;
        self.card.want = None;
        self.edge.show(&self.card);
        Some(Opened { verifier, back })
    }

    /// Reads a way back as the vault does: form, issuer, path, and only then what it says.
    pub(super) fn read(&self, profile: &str, query: &str) -> Answer {
        let unclear = |refusal: callback::Refusal| Answer::Unclear(refusal.code.to_owned());
        let response = match callback::read(query) {
            Ok(response) => response,
            Err(refusal) => return Answer::Malformed(refusal.code.to_owned()),
        };
        match callback::judge(response, &self.client, profile) {
            Ok(code) => Answer::Code(code),
            Err(refusal) => match refusal.code {
                "callback_fragment" => Answer::OtherForm(
                    "The parameters came back behind the # of the address.".to_owned(),
                ),
                "callback_rewritten" => {
                    let how = refusal.detail.unwrap_or_default();
                    Answer::OtherForm(["The address was rewritten: ", &*how, "."].concat())
                }
                "access_denied" => Answer::Denied,
                "invalid_request"
                | "invalid_scope"
                | "unauthorized_client"
                | "unsupported_response_type"
                | "authorization_error" => Answer::Refused(refusal.code.to_owned()),
                _ => unclear(refusal),
            },
        }
    }
}

/// The production request, changed.
fn request(
    client: &Client,
    scopes: &[String],
    state: &State,
    verifier: &CodeVerifier,
    change: impl FnOnce(&mut Pairs, &CodeVerifier),
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

/// A parameter of a query or of the fragment behind it, where it stands there once and is text.
pub(super) fn parameter(query: &str, name: &str) -> Option<Zeroizing<String>> {
    let (query, fragment) = query.split_once('#').unwrap_or((query, ""));
    let found = callback::parameter(query, name).or_else(|| callback::parameter(fragment, name));
    found.map(Zeroizing::new)
}

/// Gives a parameter another value.
pub(super) fn set(pairs: &mut Pairs, name: &str, value: &str) {
    for (known, old) in pairs {
        if known == name {
            value.clone_into(old);
        }
    }
}

fn answers() -> Vec<Choice> {
    [
        (
            Sight::Refused,
            "An error page of the authorization server, and I was not sent back",
        ),
        (
            Sight::Back,
            "I was sent back to this app, but the card did not go on",
        ),
        (Sight::Skipped, "Something else, or nothing: leave it out"),
    ]
    .map(|(sight, label)| Choice {
        sight,
        label: label.to_owned(),
    })
    .into()
}
