//! The edge in a worker: `fetch`, chance, the windows. The one place of the probe that attaches a
//! bearer.

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{Either, LocalBoxFuture, select};
use getrandom::SysRng;
use js_sys::{Date, Function, JSON, Object, Promise, Reflect};
use outlay_oauth::secret::AccessToken;
use outlay_oauth::state::State;
use outlay_vault::timer::sleep;
use rand::CryptoRng;
use rand::rand_core::UnwrapErr;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;
use zeroize::Zeroizing;

use super::{Page, Waiting};
use crate::card::{Card, Sight, Want};
use crate::diagnosis;
use crate::edge::{Edge, Mode, Outcome, Request, Return};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = addEventListener)]
    fn listen(kind: &str, handler: &Function);

    #[wasm_bindgen(js_name = fetch)]
    fn start_fetch(url: &str, options: &JsValue) -> Promise;

    type Response;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Response) -> u16;

    #[wasm_bindgen(method, getter, js_name = type)]
    fn kind(this: &Response) -> String;

    #[wasm_bindgen(method, catch)]
    fn text(this: &Response) -> Result<Promise, JsValue>;
}

/// How long a request may take, in milliseconds.
const TIME_OUT: u64 = 20_000;

/// What every request is sent with: no cache, no referrer, and no cookies but to the site's own
/// origin, as the vault's.
const OPTIONS: &str =
    r#"{"credentials":"same-origin","cache":"no-store","referrerPolicy":"no-referrer"}"#;

thread_local! {
    /// The origins that the policy has stopped requests to.
    static STOPPED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Listens for requests that the policy stops; to be called once.
pub fn watch_the_policy() {
    let noted = Closure::<dyn Fn(JsValue)>::new(|event: JsValue| {
        let stopped = Reflect::get(&event, &"blockedURI".into()).ok();
        if let Some(url) = stopped.and_then(|url| url.as_string()) {
            let origin = diagnosis::origin(&url).to_owned();
            STOPPED.with_borrow_mut(|stopped| stopped.push(origin));
        }
    });
    listen("securitypolicyviolation", noted.as_ref().unchecked_ref());
    noted.forget();
}

/// The worker's world, and one page.
pub(super) struct Browser(Rc<Page>);

impl Browser {
    pub(super) fn of(page: &Rc<Page>) -> Browser {
        Browser(page.clone())
    }
}

impl Edge for Browser {
    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng)) {
        use_it(&mut UnwrapErr(SysRng));
    }

    fn now(&self) -> String {
        Date::new_0().to_iso_string().into()
    }

    fn send(&self, request: Request) -> LocalBoxFuture<'static, Outcome> {
        send(request).boxed_local()
    }

    fn window(&self, want: &Want, state: &State) -> LocalBoxFuture<'static, Return> {
        let (back, came) = oneshot::channel();
        self.0.wait(Waiting {
            window: want.window,
            state: state.clone(),
            back,
        });
        async move { came.await.unwrap_or(Return::Saw(Sight::Skipped)) }.boxed_local()
    }

    fn show(&self, card: &Card) {
        self.0.show(card);
    }
}

/// Sends a request and reads the answer to its end; aborted when dropped.
pub(super) async fn send(request: Request) -> Outcome {
    let server = diagnosis::origin(&request.url).to_owned();
    STOPPED.with_borrow_mut(|stopped| stopped.retain(|origin| *origin != server));
    match select(fetch(request).boxed_local(), sleep(TIME_OUT).boxed_local()).await {
        Either::Left((Ok(outcome), _)) => outcome,
        Either::Left((Err(_), _)) => {
            // The event that names the policy comes in a task of its own.
            sleep(0).await;
            match STOPPED.with_borrow(|stopped| stopped.contains(&server)) {
                true => Outcome::Policy,
                false => Outcome::Failed,
            }
        }
        Either::Right(_) => Outcome::TimedOut,
    }
}

async fn fetch(request: Request) -> Result<Outcome, JsValue> {
    let aborting = AbortOnDrop(AbortController::new()?);
    let headers = Object::new();
    let options = JSON::parse(OPTIONS)?;
    set(&options, "signal", &aborting.0.signal())?;
    set(&options, "headers", &headers)?;
    set(&headers, "Accept", &"application/json".into())?;
    // Where an answer is not to be read, a browser insists on following it.
    let (mode, redirect) = match request.mode {
        Mode::Cors => ("cors", "manual"),
        Mode::NoCors => ("no-cors", "follow"),
    };
    set(&options, "mode", &mode.into())?;
    set(&options, "redirect", &redirect.into())?;
    if let Some(form) = &request.form {
        set(&options, "method", &"POST".into())?;
        let kind = "application/x-www-form-urlencoded".into();
        set(&headers, "Content-Type", &kind)?;
        set(&options, "body", &form.reveal().into())?;
    }
    if let Some(token) = &request.bearer {
        authorize(&headers, token)?;
    }
    let response = JsFuture::from(start_fetch(&request.url, &options)).await?;
    let response = response.unchecked_into::<Response>();
    Ok(match &*response.kind() {
        "opaque" => Outcome::Opaque,
        "opaqueredirect" => Outcome::Redirect,
        _ => {
            let text = JsFuture::from(response.text()?).await?;
            Outcome::Answer {
                status: response.status(),
                body: Zeroizing::new(text.as_string().unwrap_or_default()),
            }
        }
    })
}

/// The one function of the probe that puts a token into a request (RFC 6750 §2.1).
fn authorize(headers: &JsValue, token: &AccessToken) -> Result<(), JsValue> {
    let value = AccessToken::new(["Bearer ", token.reveal()].concat());
    set(headers, "Authorization", &value.reveal().into())
}

fn set(object: &JsValue, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &name.into(), value).map(|_| ())
}

/// The worker's own address: `probe.js` lies beside `config.json`.
pub(super) fn address() -> String {
    of_location("href")
}

/// The site's origin.
pub(super) fn origin() -> String {
    of_location("origin")
}

fn of_location(name: &str) -> String {
    Reflect::get(&js_sys::global(), &"location".into())
        .and_then(|location| Reflect::get(&location, &name.into()))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
