//! The edge in a worker: `fetch`, timers, clocks, chance. The one place that attaches a bearer.

use futures::FutureExt;
use futures::future::{Either, LocalBoxFuture, select};
use getrandom::SysRng;
use js_sys::{ArrayBuffer, Date, JSON, Object, Promise, Reflect, Uint8Array};
use outlay_oauth::secret::AccessToken;
use outlay_oauth::time::Now;
use rand::CryptoRng;
use rand::rand_core::UnwrapErr;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Url};

use crate::lock;
use crate::timer::sleep;

use super::edge::{Body, Edge, HttpAnswer, HttpRequest, HttpResult, NoAnswer};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    #[wasm_bindgen(js_name = close)]
    fn close_worker();

    #[wasm_bindgen(js_name = fetch)]
    fn start_fetch(url: &str, options: &JsValue) -> Promise;

    /// What `fetch` gives. Small types of their own, with the few members that are used: those of
    /// `web-sys` would bring the body whole, however long it is.
    type Response;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Response) -> u16;

    #[wasm_bindgen(method, getter)]
    fn headers(this: &Response) -> Headers;

    /// None where the status allows no body.
    #[wasm_bindgen(method, getter)]
    fn body(this: &Response) -> Option<Stream>;

    type Headers;

    /// All that may be read of them, as a list of pairs.
    #[wasm_bindgen(js_namespace = Array, js_name = from)]
    fn listed(headers: &Headers) -> JsValue;

    #[wasm_bindgen(method)]
    fn get(this: &Headers, name: &str) -> Option<String>;

    type Stream;

    #[wasm_bindgen(method, js_name = getReader)]
    fn reader(this: &Stream) -> Reader;

    type Reader;

    #[wasm_bindgen(method)]
    fn read(this: &Reader) -> Promise;

    type Chunk;

    /// None at the end of the stream.
    #[wasm_bindgen(method, getter)]
    fn value(this: &Chunk) -> Option<Uint8Array>;
}

/// What every request is sent with: no cache, no redirect, no referrer, and no cookies but to the
/// site's own origin, where a fence of the operator's may want one (`config.json`, a proxy's paths).
const OPTIONS: &str = r#"{"credentials":"same-origin","cache":"no-store","redirect":"error","referrerPolicy":"no-referrer"}"#;

/// The largest answer that is taken, in bytes.
const LARGEST_ANSWER: u32 = 32 * 1024 * 1024;

/// A worker's own global scope.
pub struct Browser;

impl Edge for Browser {
    fn now(&self) -> Now {
        Now {
            monotonic: whole(performance_now()),
            wall: whole(Date::now()),
        }
    }

    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng)) {
        use_it(&mut UnwrapErr(SysRng));
    }

    fn send(&self, request: HttpRequest) -> LocalBoxFuture<'static, HttpResult> {
        let time_out = request.time_out;
        let exchange = fetch(request).boxed_local();
        async move {
            match select(exchange, sleep(time_out).boxed_local()).await {
                Either::Left((answer, _)) => answer,
                Either::Right(_) => Err(NoAnswer::TimeOut),
            }
        }
        .boxed_local()
    }

    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()> {
        sleep(milliseconds).boxed_local()
    }

    fn lock_free(&self, name: &str) -> LocalBoxFuture<'static, ()> {
        let name = name.to_owned();
        async move { lock::wait_until_free(&name).await }.boxed_local()
    }

    fn address(&self) -> String {
        Reflect::get(&js_sys::global(), &"location".into())
            .and_then(|location| Reflect::get(&location, &"href".into()))
            .ok()
            .and_then(|href| href.as_string())
            .unwrap_or_default()
    }

    fn parse_url(&self, url: &str) -> Option<(String, String)> {
        let url = Url::new(url).ok()?;
        Some((url.origin(), url.pathname()))
    }

    fn close(&self) {
        close_worker();
    }
}

/// Sends a request and reads the answer to its end; aborted when dropped.
async fn fetch(request: HttpRequest) -> HttpResult {
    let aborting = AbortOnDrop(AbortController::new()?);
    let headers = Object::new();
    // Bytes can be overwritten once `fetch` has copied them; a JavaScript string could not.
    let form_bytes = match &request.body {
        Body::Form(form) => Some(Uint8Array::from(form.reveal().as_bytes())),
        _ => None,
    };
    let (kind, body) = match (&request.body, &form_bytes) {
        (Body::Json(json), _) => ("application/json;charset=UTF-8", json.into()),
        (_, Some(bytes)) => ("application/x-www-form-urlencoded", bytes.into()),
        _ => ("", JsValue::UNDEFINED),
    };
    if let Some(token) = &request.bearer {
        authorize(&headers, token)?;
    }
    let options = JSON::parse(OPTIONS)?;
    set(&options, "headers", &headers)?;
    set(&options, "signal", &aborting.0.signal())?;
    set(&options, "method", &request.method.word().into())?;
    if !kind.is_empty() {
        set(&headers, "Content-Type", &kind.into())?;
        set(&options, "body", &body)?;
    }
    let response = start_fetch(&request.url, &options);
    if let Some(bytes) = &form_bytes {
        bytes.fill(0, 0, bytes.length());
    }
    let response = JsFuture::from(response).await?;
    let response = response.unchecked_into::<Response>();
    let headers = response.headers();
    let retry_after = headers.get("Retry-After");
    Ok(HttpAnswer {
        status: response.status(),
        retry_after: retry_after.and_then(|value| milliseconds(&value)),
        content_type: headers.get("Content-Type"),
        headers: JSON::stringify(&listed(&headers))?.into(),
        body: whole_body(response.body(), form_bytes.is_some()).await?,
    })
}

/// The one function that puts a token into a request (RFC 6750 §2.1).
fn authorize(headers: &JsValue, token: &AccessToken) -> Result<(), JsValue> {
    let value = AccessToken::new(["Bearer ", token.reveal()].concat());
    set(headers, "Authorization", &value.reveal().into())
}

fn set(object: &JsValue, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &name.into(), value).map(|_| ())
}

/// A body, read piece by piece, so that one that never ends does not fill the memory. The pieces of
/// one that may hold tokens are overwritten.
async fn whole_body(stream: Option<Stream>, is_secret: bool) -> Result<ArrayBuffer, NoAnswer> {
    let mut pieces = Vec::new();
    let mut length = 0;
    if let Some(reader) = stream.map(|stream| stream.reader()) {
        loop {
            let piece = JsFuture::from(reader.read()).await?;
            let Some(piece) = piece.unchecked_into::<Chunk>().value() else {
                break;
            };
            length += piece.length();
            if length > LARGEST_ANSWER {
                return Err(NoAnswer::TooLarge);
            }
            pieces.push(piece);
        }
    }
    let whole = Uint8Array::new_with_length(length);
    let mut at = 0;
    for piece in pieces {
        whole.set(&piece, at);
        at += piece.length();
        if is_secret {
            piece.fill(0, 0, piece.length());
        }
    }
    Ok(whole.buffer())
}

/// Whatever the browser throws: it does not tell what happened, and that is by design of the web.
impl From<JsValue> for NoAnswer {
    fn from(_: JsValue) -> NoAnswer {
        NoAnswer::Network
    }
}

/// `Retry-After` as seconds or as a date (RFC 9110 §10.2.3).
fn milliseconds(retry_after: &str) -> Option<u64> {
    let value = retry_after.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return seconds.checked_mul(1_000);
    }
    let at = Date::parse(value);
    (!at.is_nan()).then(|| whole(at - Date::now()))
}

fn whole(milliseconds: f64) -> u64 {
    // Saturating: a negative or absurd reading becomes the nearest bound.
    milliseconds as u64
}

struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
