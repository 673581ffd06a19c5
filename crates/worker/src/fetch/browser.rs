//! Sends requests with `gloo-net`.

use core::pin::pin;

use futures::future::{Either, select};
use js_sys::{Array, JSON, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Headers, ReadableStream, ReadableStreamDefaultReader,
    ReadableStreamReadResult, RequestInit,
};

use super::{
    BearerAccess, FetchError, FetchMode, FetchRequest, FetchResponse, LARGEST_BODY, is_header_token,
};
use crate::timer::sleep;

/// The members of a request that never differ: no cache and no referrer, and no cookies except to
/// the site's own origin, where a login in front of the site may need one. As JSON they take less of
/// the download than the setters and enums of `web-sys`.
const INIT: &str =
    r#"{"cache":"no-store","credentials":"same-origin","referrerPolicy":"no-referrer","mode":""#;

/// Sends a request and reads the whole response. Dropping the future aborts it.
///
/// # Errors
///
/// See [`FetchError`].
pub async fn send(request: FetchRequest) -> Result<FetchResponse, FetchError> {
    let timeout = pin!(sleep(request.timeout));
    let exchange = pin!(exchange(request));
    match select(exchange, timeout).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(FetchError::TimedOut),
    }
}

async fn exchange(request: FetchRequest) -> Result<FetchResponse, FetchError> {
    let controller = AbortOnDrop(AbortController::new()?);
    let raw = build(&request, &controller.0.signal())?;
    let mode = request.mode;
    drop(request);
    let response = gloo_net::http::Request::from(raw)
        .send()
        .await
        .map_err(|_| FetchError::Network)?;
    let status = response.status();
    Ok(FetchResponse {
        // The status of a filtered answer is 0, and no other has that status (Fetch §3.2).
        access: match (status, mode) {
            (0, FetchMode::NoCors) => BearerAccess::Opaque,
            (0, _) => BearerAccess::Redirect,
            _ => BearerAccess::Readable,
        },
        status,
        headers: pairs(&response.headers().into_raw()),
        body: read(response.body()).await?,
    })
}

fn build(request: &FetchRequest, signal: &AbortSignal) -> Result<web_sys::Request, JsValue> {
    let headers = Headers::new()?;
    // Without it a server may choose another format: form encoding for tokens, an HTML page for an
    // error.
    headers.set("Accept", "application/json")?;
    if let Some(token) = &request.bearer {
        attach_bearer(&headers, token)?;
    }
    let mode = match request.mode {
        FetchMode::Cors => r#"cors","redirect":"error"}"#,
        FetchMode::ManualRedirect => r#"cors","redirect":"manual"}"#,
        FetchMode::NoCors => r#"no-cors","redirect":"follow"}"#,
    };
    let init: RequestInit = JSON::parse(&[INIT, mode].concat())?.unchecked_into();
    init.set_method(request.method);
    init.set_headers_headers(&headers);
    init.set_signal(Some(signal));
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

/// The only function that puts an access token into a request (RFC 6750 §2.1). Codes and refresh tokens
/// are in the body of a form, which `outlay_oauth::token` writes.
///
/// The token is checked first: `gloo_net::http::Headers::set` panics if the browser rejects a value.
fn attach_bearer(headers: &Headers, token: &str) -> Result<(), JsValue> {
    if !is_header_token(token) {
        return Err(JsValue::UNDEFINED);
    }
    let value = zeroize::Zeroizing::new(["Bearer ", token].concat());
    headers.set("Authorization", &value)
}

/// The names, in lower case, and values of all headers.
fn pairs(headers: &Headers) -> Vec<(String, String)> {
    let text = |pair: &Array, at| pair.get(at).as_string().unwrap_or_default();
    let pairs = Array::from(headers);
    let pairs = pairs.iter().map(|pair| pair.unchecked_into::<Array>());
    pairs.map(|pair| (text(&pair, 0), text(&pair, 1))).collect()
}

/// Reads a body in pieces, so that one without an end does not fill the memory. Overwrites the
/// pieces, which may contain tokens, in JavaScript's memory.
async fn read(stream: Option<ReadableStream>) -> Result<Vec<u8>, FetchError> {
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
                return Err(FetchError::TooLarge);
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

impl From<JsValue> for FetchError {
    fn from(_: JsValue) -> FetchError {
        FetchError::Network
    }
}

struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
