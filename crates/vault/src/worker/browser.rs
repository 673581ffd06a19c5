//! The vault's I/O in a worker.

use std::cell::RefCell;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use getrandom::SysRng;
use js_sys::Date;
use outlay_oauth::time::Now;
use outlay_worker::fetch::{self, FetchRequest};
use outlay_worker::port::{Port, PortSubscription};
use outlay_worker::timer::sleep;
use outlay_worker::{location, locks};
use rand::CryptoRng;
use rand::rand_core::UnwrapErr;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Url;

use crate::message::ToVault;

use super::io::{AnswerResult, PagePort, VaultIo};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    #[wasm_bindgen(js_name = close)]
    fn close_worker();
}

/// [`VaultIo`] on the worker's global scope.
pub struct BrowserVaultIo;

impl VaultIo for BrowserVaultIo {
    fn now(&self) -> Now {
        Now {
            monotonic: whole(performance_now()),
            wall: whole(Date::now()),
        }
    }

    fn random(&self, generate: &mut dyn FnMut(&mut dyn CryptoRng)) {
        generate(&mut UnwrapErr(SysRng));
    }

    fn send(&self, request: FetchRequest) -> LocalBoxFuture<'static, AnswerResult> {
        fetch::send(request).boxed_local()
    }

    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()> {
        sleep(milliseconds).boxed_local()
    }

    fn lock_free(&self, name: &str) -> LocalBoxFuture<'static, ()> {
        let name = name.to_owned();
        async move { locks::wait_until_free(&name).await }.boxed_local()
    }

    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        spawn_local(task);
    }

    fn script_url(&self) -> String {
        location::script_url()
    }

    fn parse_url(&self, url: &str) -> Option<(String, String)> {
        let url = Url::new(url).ok()?;
        Some((url.origin(), url.pathname()))
    }

    fn parse_date(&self, date: &str) -> Option<u64> {
        let milliseconds = Date::parse(date);
        (milliseconds >= 0.0).then(|| whole(milliseconds))
    }

    fn close(&self) {
        close_worker();
    }
}

/// [`PagePort`] on a browser's `MessagePort`.
pub struct BrowserPort {
    port: Port,
    subscription: RefCell<Option<PortSubscription>>,
}

impl BrowserPort {
    /// Wraps the worker's end of the port.
    #[must_use]
    pub fn new(port: Port) -> BrowserPort {
        BrowserPort {
            port,
            subscription: RefCell::new(None),
        }
    }
}

impl PagePort for BrowserPort {
    fn listen(&self, receive: Box<dyn Fn(Option<ToVault>)>) {
        let subscription = self.port.listen(move |message, _| receive(message));
        *self.subscription.borrow_mut() = Some(subscription);
    }

    fn send(&self, message: &str, body: Option<&[u8]>) {
        self.port.send_text(message, body);
    }
}

/// Converts with saturation: a value outside of the range becomes the nearest bound.
fn whole(milliseconds: f64) -> u64 {
    milliseconds as u64
}
