//! The edge in a worker: `fetch`, timers, clocks, chance. The one place that attaches a bearer.

use futures::FutureExt;
use futures::future::{Either, LocalBoxFuture, select};
use getrandom::SysRng;
use gloo_net::http::RequestBuilder;
use js_sys::{ArrayBuffer, Date, Function, Promise, Reflect};
use outlay_oauth::secret::AccessToken;
use outlay_oauth::time::Now;
use rand::CryptoRng;
use rand::rand_core::UnwrapErr;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect, Response,
    Url,
};

use crate::lock;
use crate::message::Method;

use super::edge::{Body, Edge, HttpAnswer, HttpRequest, HttpResult, NoAnswer};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);

    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    #[wasm_bindgen(js_name = close)]
    fn close_worker();
}

/// The longest `setTimeout` that browsers keep.
const LONGEST_TIMER: u64 = 0x7fff_ffff;

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
                Either::Left((answer, _)) => answer.map_err(|_| NoAnswer::Network),
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

/// No cookies, no cache, no redirect, no referrer; aborted when dropped.
async fn fetch(request: HttpRequest) -> Result<HttpAnswer, JsValue> {
    let aborting = AbortOnDrop(AbortController::new()?);
    let mut builder = RequestBuilder::new(&request.url)
        .method(match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Delete => gloo_net::http::Method::DELETE,
        })
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&aborting.0.signal()));
    if let Some(token) = &request.bearer {
        builder = authorized(builder, token);
    }
    let ready = match &request.body {
        Body::None => builder.build(),
        Body::Form(form) => builder
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form.reveal()),
        Body::Json(json) => builder
            .header("Content-Type", "application/json;charset=UTF-8")
            .body(json.as_str()),
    };
    let answer = ready.map_err(no_detail)?.send().await.map_err(no_detail)?;
    let retry_after = answer.headers().get("Retry-After");
    let status = answer.status();
    let response: Response = answer.into();
    let body = JsFuture::from(response.array_buffer()?).await?;
    Ok(HttpAnswer {
        status,
        retry_after: retry_after.and_then(|value| milliseconds(&value)),
        body: body.unchecked_into::<ArrayBuffer>(),
    })
}

/// The one function that puts a token into a request (RFC 6750 §2.1).
fn authorized(builder: RequestBuilder, token: &AccessToken) -> RequestBuilder {
    let value = AccessToken::new(["Bearer ", token.reveal()].concat());
    builder.header("Authorization", value.reveal())
}

fn no_detail(_: gloo_net::Error) -> JsValue {
    JsValue::UNDEFINED
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

async fn sleep(milliseconds: u64) {
    let delay = milliseconds.min(LONGEST_TIMER) as f64;
    let mut timer = None;
    let elapsed = Promise::new(&mut |resolve, _| timer = Some(set_timeout(&resolve, delay)));
    let _clearing = timer.map(ClearOnDrop);
    let _ = JsFuture::from(elapsed).await;
}

fn whole(milliseconds: f64) -> u64 {
    // Saturating: a negative or absurd reading becomes the nearest bound.
    milliseconds as u64
}

struct ClearOnDrop(JsValue);

impl Drop for ClearOnDrop {
    fn drop(&mut self) {
        clear_timeout(&self.0);
    }
}

struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
