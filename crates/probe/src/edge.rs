//! What the engine needs of the world. Tests put a scripted one in its place.

use futures::future::LocalBoxFuture;
use outlay_oauth::secret::{AccessToken, FormBody};
use outlay_oauth::state::State;
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::card::{Card, Sight, Want};

/// Chance, the network, the user, and the page.
pub trait Edge {
    /// Fills with random bytes fit for secrets.
    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng));

    /// The present instant, as ISO 8601 in UTC.
    fn now(&self) -> String;

    /// Sends a request, without cookies, cache or referrer. Dropping the future aborts it.
    fn send(&self, request: Request) -> LocalBoxFuture<'static, Outcome>;

    /// Waits until the callback page of the window with this `state` has come, or the user says
    /// what was seen instead.
    fn window(&self, want: &Want, state: &State) -> LocalBoxFuture<'static, Return>;

    /// Shows the card as it is now.
    fn show(&self, card: &Card);
}

/// A request of the probe. Its address comes from the configuration.
#[derive(Debug, Clone)]
pub struct Request {
    /// The address.
    pub url: String,
    /// A form to be posted; else it is a `GET`.
    pub form: Option<FormBody>,
    /// The bearer.
    pub bearer: Option<AccessToken>,
    /// Whether the answer is to be read.
    pub mode: Mode,
}

/// How a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To be read, which the server has to allow.
    Cors,
    /// Not to be read: it only shows whether anybody answers.
    NoCors,
}

impl Request {
    /// A `GET` that is to be read.
    #[must_use]
    pub fn get(url: &str) -> Request {
        Request {
            url: url.to_owned(),
            form: None,
            bearer: None,
            mode: Mode::Cors,
        }
    }

    /// A `GET` that only shows whether anybody answers.
    #[must_use]
    pub fn knock(url: &str) -> Request {
        Request {
            mode: Mode::NoCors,
            ..Request::get(url)
        }
    }

    /// A form.
    #[must_use]
    pub fn post(post: outlay_oauth::token::FormPost) -> Request {
        Request {
            form: Some(post.body),
            ..Request::get(&post.url)
        }
    }

    /// With a bearer.
    #[must_use]
    pub fn with(mut self, bearer: &AccessToken) -> Request {
        self.bearer = Some(bearer.clone());
        self
    }
}

/// What came of a request.
#[derive(Clone, PartialEq, Eq)]
pub enum Outcome {
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

impl core::fmt::Debug for Outcome {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str(match self {
            Outcome::Answer { .. } => "Answer([redacted])",
            Outcome::Opaque => "Opaque",
            Outcome::Redirect => "Redirect",
            Outcome::Policy => "Policy",
            Outcome::Failed => "Failed",
            Outcome::TimedOut => "TimedOut",
        })
    }
}

/// What came of a window.
#[derive(Clone)]
pub enum Return {
    /// Its callback page handed over the query.
    Query {
        /// The profile named by the callback page's path.
        profile: String,
        /// The query as received; it may hold a code.
        query: Zeroizing<String>,
    },
    /// The user said what was seen.
    Saw(Sight),
}
