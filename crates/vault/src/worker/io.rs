//! The interface of the vault to the outside. Tests replace it.

use futures::future::LocalBoxFuture;
use outlay_oauth::time::Now;
use outlay_worker::fetch::{FetchError, FetchRequest, FetchResponse};
use rand::CryptoRng;

use crate::message::ToVault;
use crate::text::{DecodedBody, decode};

/// Response of a request, or the reason why there is none.
pub type AnswerResult = Result<FetchResponse, FetchError>;

/// The outside of the vault: clocks, random numbers, network, tasks and the end of the worker.
/// Tests replace it.
pub trait VaultIo {
    /// The present instant.
    fn now(&self) -> Now;

    /// Calls `generate` with a random number generator that is fit for secrets.
    fn random(&self, generate: &mut dyn FnMut(&mut dyn CryptoRng));

    /// Sends a request. Dropping the future aborts it.
    fn send(&self, request: FetchRequest) -> LocalBoxFuture<'static, AnswerResult>;

    /// Waits.
    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()>;

    /// Waits until the Web Lock of that name is free, which shows that the page that held it has
    /// closed.
    fn lock_free(&self, name: &str) -> LocalBoxFuture<'static, ()>;

    /// Runs a task to its end.
    fn spawn(&self, task: LocalBoxFuture<'static, ()>);

    /// The URL of the worker's script, in the site's base folder.
    fn script_url(&self) -> String;

    /// The origin and path of an absolute URL as the browser parses it.
    fn parse_url(&self, url: &str) -> Option<(String, String)>;

    /// Parses an HTTP date (RFC 9110 §5.6.7) whose format was checked, as milliseconds since the
    /// Unix epoch.
    fn parse_date(&self, date: &str) -> Option<u64>;

    /// Ends the worker.
    fn close(&self);
}

/// The vault's end of a page's message port.
pub trait PagePort {
    /// Passes every message that arrives to `receive`, as long as the port is open; `None` for a
    /// message that cannot be parsed.
    fn listen(&self, receive: Box<dyn Fn(Option<ToVault>)>);

    /// Sends the JSON text of a message, with a body. Does nothing if the page has closed.
    fn send(&self, message: &str, body: Option<&[u8]>);
}

/// The body of an answer as text, see [`crate::text`].
pub(super) fn decoded(answer: &FetchResponse) -> DecodedBody {
    decode(answer.body.clone(), answer.header("content-type"))
}
