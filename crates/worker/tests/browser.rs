//! The edge in a real worker: what `fetch` brings, and what becomes of it where it brings nothing.
#![cfg(all(target_arch = "wasm32", feature = "worker"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

use futures::future::select;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use outlay_oauth::secret::AccessToken;
use outlay_vault::message::Method;
use outlay_vault::port::bytes;
use outlay_vault::worker::browser::Browser;
use outlay_vault::worker::edge::{Body, Edge, HttpRequest, HttpResult, NoAnswer};
use wasm_bindgen::externref_heap_live_count;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_shared_worker);

#[wasm_bindgen]
extern "C" {
    type Blob;

    #[wasm_bindgen(constructor)]
    fn new(parts: &Array) -> Blob;

    #[wasm_bindgen(js_namespace = URL, js_name = createObjectURL)]
    fn address_of(blob: &Blob) -> String;
}

/// An address that answers with so many bytes.
fn address(length: u32) -> String {
    let body = Uint8Array::new_with_length(length);
    body.fill(7, 0, length);
    address_of(&Blob::new(&Array::of1(&body)))
}

fn get(url: &str) -> HttpRequest {
    HttpRequest {
        method: Method::Get,
        url: url.to_owned(),
        body: Body::None,
        bearer: None,
        time_out: 20_000,
    }
}

async fn send(request: HttpRequest) -> HttpResult {
    Browser.send(request).await
}

#[wasm_bindgen_test]
async fn an_answer_comes_whole() {
    for length in [0, 1, 100_000, 32 * 1024 * 1024] {
        let answer = send(get(&address(length))).await.unwrap();
        assert_eq!((answer.status, answer.retry_after), (200, None));
        assert_eq!(answer.body.byte_length(), length);
        let body = bytes(&answer.body);
        assert!(body.iter().all(|byte| *byte == 7), "{length}");
    }
    let answer = send(get("data:text/plain,caf%C3%A9")).await.unwrap();
    assert_eq!(answer.text(), "café");
}

#[wasm_bindgen_test]
async fn one_byte_more_than_32_megabytes_is_too_large() {
    let answer = send(get(&address(32 * 1024 * 1024 + 1))).await;
    assert_eq!(answer.unwrap_err(), NoAnswer::TooLarge);
    let answer = send(get(&address(50_000_000))).await;
    assert_eq!(answer.unwrap_err(), NoAnswer::TooLarge);
}

#[wasm_bindgen_test]
async fn what_cannot_be_fetched_is_no_answer() {
    for url in [
        "blob:http://localhost/gone",
        "http://127.0.0.1:1/refused",
        "http://no-such-host.invalid/",
        "no-such-scheme:x",
        "https://[",
    ] {
        let request = HttpRequest {
            method: Method::Post,
            body: Body::Json("{}".to_owned()),
            ..get(url)
        };
        assert_eq!(
            send(request).await.unwrap_err(),
            NoAnswer::Network,
            "{url:?}"
        );
    }
}

/// No such token is accepted; were it, nothing would hang and nothing would be sent.
#[wasm_bindgen_test]
async fn a_token_that_fits_no_header_is_no_answer() {
    for token in ["a\r\nX-Other: b", "a\0", "€"] {
        let request = HttpRequest {
            bearer: Some(AccessToken::new(token.to_owned())),
            ..get("data:text/plain,x")
        };
        assert_eq!(send(request).await.unwrap_err(), NoAnswer::Network);
    }
}

/// No cookies, no cache, no redirect to follow, no referrer; and a bearer only where one is given.
#[wasm_bindgen_test]
async fn every_request_is_sent_bare() {
    let global = js_sys::global();
    let real = Reflect::get(&global, &"fetch".into()).unwrap();
    let kept = Rc::new(RefCell::new(Vec::new()));
    let seen = kept.clone();
    let fake = Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(move |_, options| {
        seen.borrow_mut().push(options);
        Promise::reject(&JsValue::NULL)
    });
    Reflect::set(&global, &"fetch".into(), fake.as_ref()).unwrap();
    let _ = send(get("https://api.example/v1/companies")).await;
    let _ = send(HttpRequest {
        bearer: Some(AccessToken::new("one".to_owned())),
        ..get("https://api.example/v1/companies")
    })
    .await;
    Reflect::set(&global, &"fetch".into(), &real).unwrap();

    let kept = kept.borrow();
    let text =
        |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap().as_string();
    for options in kept.iter() {
        for (name, value) in [
            ("method", "GET"),
            ("credentials", "same-origin"),
            ("cache", "no-store"),
            ("redirect", "error"),
            ("referrerPolicy", "no-referrer"),
        ] {
            assert_eq!(text(options, name).as_deref(), Some(value), "{name}");
        }
    }
    let bearers = kept.iter().map(|options| {
        text(
            &Reflect::get(options, &"headers".into()).unwrap(),
            "Authorization",
        )
    });
    assert_eq!(
        bearers.collect::<Vec<_>>(),
        [None, Some("Bearer one".to_owned())]
    );
}

/// Neither the timer that was not needed nor the request that was given up keeps anything.
#[wasm_bindgen_test]
async fn an_ended_request_leaves_nothing_behind() {
    let answered = address(10);
    let ended = async || {
        send(get(&answered)).await.unwrap();
        drop(Browser.send(get(&answered)));
        let given_up = pin!(Browser.send(get(&answered)));
        let no_time = pin!(Browser.sleep(0));
        select(given_up, no_time).await;
    };
    // What a promise keeps goes with the turn in which it settles.
    let turn = || Browser.sleep(1);
    ended().await;
    turn().await;
    let before = externref_heap_live_count();
    for _ in 0..20 {
        ended().await;
    }
    turn().await;
    assert_eq!(externref_heap_live_count(), before);
}
