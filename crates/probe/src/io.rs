//! What the engine needs of the world. Tests put a scripted one in its place.

use futures::future::LocalBoxFuture;
use outlay_oauth::secret::{AccessToken, FormBody};
use outlay_oauth::state::StateValue;
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::report::{CheckReport, Observation, WantedSignIn};

/// Chance, the network, the user, and the page.
pub trait ProbeIo {
    /// Fills with random bytes fit for secrets.
    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng));

    /// The present instant, as ISO 8601 in UTC.
    fn now(&self) -> String;

    /// Sends a request, without cookies, cache or referrer. Dropping the future aborts it.
    fn send(&self, request: ProbeRequest) -> LocalBoxFuture<'static, FetchOutcome>;

    /// Waits until the callback page of the window with this `state` has come, or the user says
    /// what was seen instead.
    fn window(
        &self,
        want: &WantedSignIn,
        state: &StateValue,
    ) -> LocalBoxFuture<'static, SignInReturn>;

    /// Shows the card as it is now.
    fn show(&self, card: &CheckReport);
}

/// A request of the probe. Its address comes from the configuration.
#[derive(Debug, Clone)]
pub struct ProbeRequest {
    /// The address.
    pub url: String,
    /// A form to be posted; else it is a `GET`.
    pub form: Option<FormBody>,
    /// The bearer.
    pub bearer: Option<AccessToken>,
    /// Whether the answer is to be read.
    pub mode: CorsMode,
}

/// How a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorsMode {
    /// To be read, which the server has to allow.
    Cors,
    /// Not to be read: it only shows whether anybody answers.
    NoCors,
}

impl ProbeRequest {
    /// A `GET` that is to be read.
    #[must_use]
    pub fn get(url: &str) -> ProbeRequest {
        ProbeRequest {
            url: url.to_owned(),
            form: None,
            bearer: None,
            mode: CorsMode::Cors,
        }
    }

    /// A `GET` that only shows whether anybody answers.
    #[must_use]
    pub fn no_cors_request(url: &str) -> ProbeRequest {
        ProbeRequest {
            mode: CorsMode::NoCors,
            ..ProbeRequest::get(url)
        }
    }

    /// A form.
    #[must_use]
    pub fn post(post: outlay_oauth::token::FormPost) -> ProbeRequest {
        ProbeRequest {
            form: Some(post.body),
            ..ProbeRequest::get(&post.url)
        }
    }

    /// With a bearer.
    #[must_use]
    pub fn with(mut self, bearer: &AccessToken) -> ProbeRequest {
        self.bearer = Some(bearer.clone());
        self
    }
}

/// What came of a request.
#[derive(Clone, PartialEq, Eq)]
pub enum FetchOutcome {
    /// An answer that may be read.
    Answer {
        /// The status.
        status: u16,
        /// The body; it may hold tokens.
        body: Zeroizing<String>,
    },
    /// Somebody answered, and more is not told.
    Opaque,
    /// The answer is a redirect, which is not followed.
    Redirect,
    /// This site's own policy forbids the request.
    Policy,
    /// Nothing, and the browser does not say why.
    Failed,
    /// Nothing in time.
    TimedOut,
}

impl core::fmt::Debug for FetchOutcome {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str(match self {
            FetchOutcome::Answer { .. } => "Answer([redacted])",
            FetchOutcome::Opaque => "Opaque",
            FetchOutcome::Redirect => "Redirect",
            FetchOutcome::Policy => "Policy",
            FetchOutcome::Failed => "Failed",
            FetchOutcome::TimedOut => "TimedOut",
        })
    }
}

/// What came of a window.
#[derive(Clone)]
pub enum SignInReturn {
    /// Its callback page handed over the query.
    Query {
        /// The profile named by the callback page's path.
        profile: String,
        /// The query as received; it may hold a code.
        query: Zeroizing<String>,
    },
    /// The user said what was seen.
    Saw(Observation),
}
