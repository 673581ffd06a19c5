//! The I/O of the engine in a worker: requests, random numbers, popups.

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::LocalBoxFuture;
use getrandom::SysRng;
use js_sys::{Date, Function, Reflect};
use outlay_oauth::state::StateValue;
use outlay_worker::fetch::{self, BearerAccess, FetchBody};
use outlay_worker::timer::sleep;
use rand::CryptoRng;
use rand::rand_core::UnwrapErr;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::{ProbePage, Waiting};
use crate::diagnosis;
use crate::io::{CorsMode, FetchOutcome, ProbeIo, ProbeRequest, SignInReturn};
use crate::report::{CheckReport, Observation, WantedSignIn};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = addEventListener)]
    fn listen(kind: &str, handler: &Function);
}

/// Milliseconds after which a request is aborted.
const TIMEOUT: u64 = 20_000;

thread_local! {
    /// The origins to which the policy has blocked requests.
    static STOPPED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Listens for `securitypolicyviolation` events; must be called once, before the first request.
pub fn watch_policy() {
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

/// The I/O of one page's run.
pub(super) struct BrowserProbeIo(Rc<ProbePage>);

impl BrowserProbeIo {
    pub(super) fn of(page: &Rc<ProbePage>) -> BrowserProbeIo {
        BrowserProbeIo(page.clone())
    }
}

impl ProbeIo for BrowserProbeIo {
    fn random(&self, use_it: &mut dyn FnMut(&mut dyn CryptoRng)) {
        use_it(&mut UnwrapErr(SysRng));
    }

    fn now(&self) -> String {
        Date::new_0().to_iso_string().into()
    }

    fn send(&self, request: ProbeRequest) -> LocalBoxFuture<'static, FetchOutcome> {
        send(request).boxed_local()
    }

    fn window(
        &self,
        want: &WantedSignIn,
        state: &StateValue,
    ) -> LocalBoxFuture<'static, SignInReturn> {
        let (back, came) = oneshot::channel();
        self.0.wait(Waiting {
            window: want.window,
            state: state.clone(),
            back,
        });
        async move {
            came.await
                .unwrap_or(SignInReturn::Saw(Observation::Skipped))
        }
        .boxed_local()
    }

    fn show(&self, card: &CheckReport) {
        self.0.show(card);
    }
}

/// Sends a request and reads the whole response. Dropping the future aborts it.
async fn send(request: ProbeRequest) -> FetchOutcome {
    let server = diagnosis::origin(&request.url).to_owned();
    STOPPED.with_borrow_mut(|stopped| stopped.retain(|origin| *origin != server));
    match fetch::send(raw(request)).await {
        Ok(answer) => match answer.access {
            BearerAccess::Opaque => FetchOutcome::Opaque,
            BearerAccess::Redirect => FetchOutcome::Redirect,
            BearerAccess::Readable => FetchOutcome::Answer {
                status: answer.status,
                body: text(answer.body),
            },
        },
        Err(fetch::FetchError::TimedOut) => FetchOutcome::TimedOut,
        Err(_) => {
            // The event that names the policy arrives in a separate task.
            sleep(0).await;
            match STOPPED.with_borrow(|stopped| stopped.contains(&server)) {
                true => FetchOutcome::Policy,
                false => FetchOutcome::Failed,
            }
        }
    }
}

fn raw(request: ProbeRequest) -> fetch::FetchRequest {
    let bearer = request.bearer.as_ref();
    fetch::FetchRequest {
        method: if request.form.is_some() {
            "POST"
        } else {
            "GET"
        },
        body: request.form.map(|form| FetchBody::form(form.reveal())),
        bearer: bearer.map(|token| Zeroizing::new(token.reveal().to_owned())),
        mode: match request.mode {
            CorsMode::Cors => fetch::FetchMode::ManualRedirect,
            CorsMode::NoCors => fetch::FetchMode::NoCors,
        },
        ..fetch::FetchRequest::get(&request.url, TIMEOUT)
    }
}

/// A body as UTF-8 text, without a byte order mark.
pub(super) fn text(body: Vec<u8>) -> Zeroizing<String> {
    let text = String::from_utf8(body);
    let mut text = Zeroizing::new(match text {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    });
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    text
}
