//! Sending with `gloo-net`.

use core::pin::pin;

use futures::future::{Either, select};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Headers, ReadableStream, ReadableStreamDefaultReader,
    ReadableStreamReadResult, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestMode, RequestRedirect, ResponseType,
};

use super::{Access, Answer, Error, LARGEST_BODY, Mode, Request, is_header_token};
use crate::timer::sleep;

/// Sends a request and reads the answer to its end. Dropping the future aborts it.
///
/// Requests go without cache and referrer, and without cookies except to the site's own origin,
/// where a login in front of the site may need one.
///
/// # Errors
///
/// See [`Error`].
pub async fn send(request: Request) -> Result<Answer, Error> {
    let timeout = pin!(sleep(request.timeout));
    let exchange = pin!(exchange(request));
    match select(exchange, timeout).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Error::TimedOut),
    }
}

async fn exchange(request: Request) -> Result<Answer, Error> {
    let controller = AbortOnDrop(AbortController::new()?);
    let raw = build(&request, &controller.0.signal())?;
    drop(request);
    let response = gloo_net::http::Request::from(raw)
        .send()
        .await
        .map_err(|_| Error::Network)?;
    Ok(Answer {
        access: match response.type_() {
            ResponseType::Opaque => Access::Opaque,
            ResponseType::Opaqueredirect => Access::Redirect,
            _ => Access::Readable,
        },
        status: response.status(),
        headers: response.headers().entries().collect(),
        body: read(response.body()).await?,
    })
}

fn build(request: &Request, signal: &AbortSignal) -> Result<web_sys::Request, JsValue> {
    let headers = Headers::new()?;
    // Without it a server may choose another form: tokens as a form, an error as a page.
    headers.set("Accept", "application/json")?;
    if let Some(token) = &request.bearer {
        attach_bearer(&headers, token)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_headers_headers(&headers);
    init.set_signal(Some(signal));
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let (mode, redirect) = match request.mode {
        Mode::Cors => (RequestMode::Cors, RequestRedirect::Error),
        Mode::ManualRedirect => (RequestMode::Cors, RequestRedirect::Manual),
        Mode::NoCors => (RequestMode::NoCors, RequestRedirect::Follow),
    };
    init.set_mode(mode);
    init.set_redirect(redirect);
    let Some(body) = &request.body else {
        return web_sys::Request::new_with_str_and_init(&request.url, &init);
    };
    headers.set("Content-Type", body.content_type())?;
    // Bytes can be overwritten once the request has copied them; a JavaScript string could not.
    let bytes = Uint8Array::from(body.bytes());
    init.set_body(&bytes);
    let raw = web_sys::Request::new_with_str_and_init(&request.url, &init);
    bytes.fill(0, 0, bytes.length());
    raw
}

/// The one function that puts a token into a request (RFC 6750 §2.1).
///
/// The token is checked first: `gloo_net::http::Headers::set` panics if the browser rejects a value.
fn attach_bearer(headers: &Headers, token: &str) -> Result<(), JsValue> {
    if !is_header_token(token) {
        return Err(JsValue::UNDEFINED);
    }
    let value = zeroize::Zeroizing::new(["Bearer ", token].concat());
    headers.set("Authorization", &value)
}

/// Reads a body piece by piece, so that one without end does not fill the memory. The pieces, which
/// may hold tokens, are overwritten in JavaScript's memory.
async fn read(stream: Option<ReadableStream>) -> Result<Vec<u8>, Error> {
    let mut pieces = Vec::new();
    let mut length = 0;
    if let Some(stream) = stream {
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        loop {
            let piece = JsFuture::from(reader.read()).await?;
            let piece = piece.unchecked_into::<ReadableStreamReadResult>();
            let piece = piece.get_value();
            if piece.is_undefined() {
                break;
            }
            let piece: Uint8Array = piece.unchecked_into();
            length += piece.length() as usize;
            if length > LARGEST_BODY {
                return Err(Error::TooLarge);
            }
            pieces.push(piece);
        }
    }
    let mut body = vec![0; length];
    let mut rest = &mut body[..];
    for piece in pieces {
        let (here, after) = rest.split_at_mut(piece.length() as usize);
        piece.copy_to(here);
        piece.fill(0, 0, piece.length());
        rest = after;
    }
    Ok(body)
}

impl From<JsValue> for Error {
    fn from(_: JsValue) -> Error {
        Error::Network
    }
}

struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
