//! What the vault needs of the world. Tests put a scripted one in its place.

use futures::future::LocalBoxFuture;
use js_sys::{ArrayBuffer, Uint8Array};
use outlay_oauth::secret::{AccessToken, FormBody};
use outlay_oauth::time::Now;
use rand::CryptoRng;

use crate::message::Method;
use crate::text::{Decoded, decode};

/// Clocks, chance, the network, and the worker's own end.
pub trait Edge {
    /// The present instant.
    fn now(&self) -> Now;

    /// Fills with random bytes fit for secrets.
    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng));

    /// Sends a request. Dropping the future aborts it.
    fn send(&self, request: HttpRequest) -> LocalBoxFuture<'static, HttpResult>;

    /// Waits.
    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()>;

    /// Waits until the Web Lock of that name is free, which tells that its page is gone.
    fn lock_free(&self, name: &str) -> LocalBoxFuture<'static, ()>;

    /// The worker's own address, to find the site's base: `vault.js` lies in it.
    fn address(&self) -> String;

    /// The origin and path of an absolute URL as the browser reads it.
    fn parse_url(&self, url: &str) -> Option<(String, String)>;

    /// Ends the worker.
    fn close(&self);
}

/// A request of the vault. Its address comes from the configuration.
#[derive(Debug)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The address.
    pub url: String,
    /// The body, and with it the content type.
    pub body: Body,
    /// The bearer.
    pub bearer: Option<AccessToken>,
    /// Milliseconds after which the request is given up.
    pub time_out: u64,
}

/// What a request carries.
#[derive(Debug)]
pub enum Body {
    /// Nothing.
    None,
    /// A form with secrets in it.
    Form(FormBody),
    /// JSON text.
    Json(String),
}

/// What came of a request.
pub type HttpResult = Result<HttpAnswer, NoAnswer>;

/// An HTTP answer.
#[derive(Debug, Clone)]
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// `Retry-After` in milliseconds, where it could be read.
    pub retry_after: Option<u64>,
    /// `Content-Type`, if it was sent.
    pub content_type: Option<String>,
    /// The headers that the browser lets be read, as JSON: a list of pairs.
    pub headers: String,
    /// The body.
    pub body: ArrayBuffer,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// The browser could not or would not fetch: no network, CORS, the policy, a redirect.
    Network,
    /// The time was up.
    TimeOut,
    /// There is more of it than anybody means to send.
    TooLarge,
}

impl HttpAnswer {
    /// The body as text, see [`crate::text`].
    #[must_use]
    pub fn text(&self) -> String {
        self.decoded().text
    }

    /// The body as text, with what is odd about its bytes.
    #[must_use]
    pub fn decoded(&self) -> Decoded {
        decode(crate::port::bytes(&self.body), self.content_type.as_deref())
    }

    /// Overwrites the body, which held tokens.
    pub fn wipe(&self) {
        let bytes = Uint8Array::new(&self.body);
        bytes.fill(0, 0, bytes.length());
    }
}
