//! The interface of the engine to the outside. Tests replace it.

use futures::future::LocalBoxFuture;
use outlay_oauth::secret::{AccessToken, FormBody};
use outlay_oauth::state::StateValue;
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::report::{CheckReport, Observation, WantedSignIn};

/// The outside of the probe: random numbers, network, user and page. Tests replace it.
pub trait ProbeIo {
    /// Fills with random bytes fit for secrets.
    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng));

    /// The present instant, as ISO 8601 in UTC.
    fn now(&self) -> String;

    /// Sends a request, without cookies, cache or referrer. Dropping the future aborts it.
    fn send(&self, request: ProbeRequest) -> LocalBoxFuture<'static, FetchOutcome>;

    /// Waits for the callback of the popup with this `state`, or for the user's report about the
    /// popup.
    fn window(
        &self,
        want: &WantedSignIn,
        state: &StateValue,
    ) -> LocalBoxFuture<'static, SignInReturn>;

    /// Sends the current report to the page.
    fn show(&self, card: &CheckReport);
}

/// A request of the probe. Its address always comes from the configuration.
#[derive(Debug, Clone)]
pub struct ProbeRequest {
    /// Absolute URL from the configuration.
    pub url: String,
    /// Form to `POST`; `None` for a `GET`.
    pub form: Option<FormBody>,
    /// Access token for the `Authorization` header (RFC 6750 §2.1).
    pub bearer: Option<AccessToken>,
    /// Whether the response has to be readable.
    pub mode: CorsMode,
}

/// Request mode (Fetch Standard).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorsMode {
    /// The response has to be readable, which needs the server's CORS headers.
    Cors,
    /// The response is opaque; it only shows whether the server answers.
    NoCors,
}

impl ProbeRequest {
    /// Makes a `GET` whose response has to be readable.
    #[must_use]
    pub fn get(url: &str) -> ProbeRequest {
        ProbeRequest {
            url: url.to_owned(),
            form: None,
            bearer: None,
            mode: CorsMode::Cors,
        }
    }

    /// Makes a `GET` that only shows whether the server answers.
    #[must_use]
    pub fn no_cors_request(url: &str) -> ProbeRequest {
        ProbeRequest {
            mode: CorsMode::NoCors,
            ..ProbeRequest::get(url)
        }
    }

    /// Makes a form `POST` of a token or revocation request.
    #[must_use]
    pub fn post(post: outlay_oauth::token::FormPost) -> ProbeRequest {
        ProbeRequest {
            form: Some(post.body),
            ..ProbeRequest::get(&post.url)
        }
    }

    /// Adds an access token as bearer (RFC 6750 §2.1).
    #[must_use]
    pub fn with(mut self, bearer: &AccessToken) -> ProbeRequest {
        self.bearer = Some(bearer.clone());
        self
    }
}

/// The outcome of a request: a response, or the reason why there is none.
#[derive(Clone, PartialEq, Eq)]
pub enum FetchOutcome {
    /// A readable response.
    Answer {
        /// The status.
        status: u16,
        /// The body; it may hold tokens.
        body: Zeroizing<String>,
    },
    /// An opaque response: the server answered.
    Opaque,
    /// A redirect, which is not followed.
    Redirect,
    /// Blocked by this site's Content-Security-Policy.
    Policy,
    /// No response; the browser gives no reason.
    Failed,
    /// No response within the timeout.
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

/// How a popup of an authorization ended.
#[derive(Clone)]
pub enum SignInReturn {
    /// Its callback page delivered the query.
    Query {
        /// The profile named by the callback page's path.
        profile: String,
        /// The query as received; it may hold a code.
        query: Zeroizing<String>,
    },
    /// The user reported what the popup showed.
    Saw(Observation),
}
