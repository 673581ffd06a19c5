//! Fetch, ports, locks and timers in a real shared worker.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

use futures::future::select;
use js_sys::{Array, Error as JsError, Function, Object, Promise, Reflect, Uint8Array};
use outlay_worker::fetch::{
    BearerAccess, FetchBody, FetchError, FetchMode, FetchRequest, LARGEST_BODY, send,
};
use outlay_worker::locks;
use outlay_worker::port::Port;
use outlay_worker::timer::sleep;
use wasm_bindgen::externref_heap_live_count;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::MessageChannel;
use zeroize::Zeroizing;

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
fn address(length: usize) -> String {
    let length = u32::try_from(length).unwrap();
    let body = Uint8Array::new_with_length(length);
    body.fill(7, 0, length);
    address_of(&Blob::new(&Array::of1(&body)))
}

fn get(url: &str) -> FetchRequest {
    FetchRequest::get(url, 20_000)
}

fn with_bearer(url: &str, token: &str) -> FetchRequest {
    FetchRequest {
        bearer: Some(Zeroizing::new(token.to_owned())),
        ..get(url)
    }
}

/// Calls `test` with a `fetch` that passes its argument to `answer`.
async fn with_fetch(answer: impl Fn(JsValue) -> Promise + 'static, test: impl AsyncFnOnce()) {
    let global = js_sys::global();
    let real = Reflect::get(&global, &"fetch".into()).unwrap();
    let fake = Closure::<dyn Fn(JsValue) -> Promise>::new(answer);
    Reflect::set(&global, &"fetch".into(), fake.as_ref()).unwrap();
    test().await;
    Reflect::set(&global, &"fetch".into(), &real).unwrap();
}

#[wasm_bindgen_test]
async fn body_up_to_the_limit_is_read() {
    for length in [0, 1, 100_000, LARGEST_BODY] {
        let answer = send(get(&address(length))).await.unwrap();
        assert_eq!(
            (answer.status, answer.access),
            (200, BearerAccess::Readable)
        );
        assert_eq!(answer.body.len(), length);
        assert!(answer.body.iter().all(|byte| *byte == 7), "{length}");
    }
    let answer = send(get("data:text/plain,caf%C3%A9")).await.unwrap();
    assert_eq!(answer.body, "café".as_bytes());
    assert_eq!(answer.header("content-type"), Some("text/plain"));
}

#[wasm_bindgen_test]
async fn body_over_the_limit_is_rejected() {
    for length in [LARGEST_BODY + 1, 50_000_000] {
        let answer = send(get(&address(length))).await;
        assert_eq!(answer.unwrap_err(), FetchError::TooLarge);
    }
}

#[wasm_bindgen_test]
async fn unsent_request_fails_as_network() {
    for url in [
        "blob:http://localhost/gone",
        "http://127.0.0.1:1/refused",
        "http://no-such-host.invalid/",
        "no-such-scheme:x",
        "https://[",
        "https://user:password@api.example/",
    ] {
        let request = FetchRequest {
            method: "POST",
            body: Some(FetchBody::json("{}".to_owned())),
            ..get(url)
        };
        assert_eq!(
            send(request).await.unwrap_err(),
            FetchError::Network,
            "{url:?}"
        );
    }
}

/// `gloo_net::http::Headers::set` would panic, and the panic would end the worker.
#[wasm_bindgen_test]
async fn token_invalid_in_a_header_fails_and_sends_nothing() {
    let sent = Rc::new(Cell::new(0));
    let count = sent.clone();
    let answer = move |_| {
        count.set(count.get() + 1);
        Promise::reject(&JsError::new("sent"))
    };
    with_fetch(answer, async || {
        for token in ["a\r\nX-Other: b", "a\0", "€", "a b", ""] {
            let request = with_bearer("https://api.example/", token);
            assert_eq!(send(request).await.unwrap_err(), FetchError::Network);
        }
    })
    .await;
    assert_eq!(sent.get(), 0);
}

/// No cookies to other origins, no cache, no redirect to follow, no referrer; a bearer only where
/// one is given.
#[wasm_bindgen_test]
async fn request_has_no_credentials_cache_or_referrer() {
    let kept = Rc::new(RefCell::new(Vec::new()));
    let seen = kept.clone();
    let answer = move |request| {
        seen.borrow_mut().push(request);
        Promise::reject(&JsError::new("no network"))
    };
    with_fetch(answer, async || {
        let url = "https://api.example/v1/companies";
        for (request, redirect, mode) in [
            (get(url), "error", "cors"),
            (with_bearer(url, "one"), "error", "cors"),
            (
                FetchRequest {
                    mode: FetchMode::ManualRedirect,
                    ..get(url)
                },
                "manual",
                "cors",
            ),
            (
                FetchRequest {
                    mode: FetchMode::NoCors,
                    ..get(url)
                },
                "follow",
                "no-cors",
            ),
        ] {
            assert_eq!(send(request).await.unwrap_err(), FetchError::Network);
            let raw = kept.borrow().last().cloned().unwrap();
            for (name, value) in [
                ("method", "GET"),
                ("mode", mode),
                ("credentials", "same-origin"),
                ("cache", "no-store"),
                ("redirect", redirect),
                ("referrerPolicy", "no-referrer"),
            ] {
                let set = Reflect::get(&raw, &name.into()).unwrap().as_string();
                assert_eq!(set.as_deref(), Some(value), "{name}");
            }
        }
    })
    .await;
    let kept = kept.borrow();
    let header = |raw: &JsValue, name: &str| {
        let raw: &web_sys::Request = raw.unchecked_ref();
        raw.headers().get(name).unwrap()
    };
    let bearers = kept.iter().map(|raw| header(raw, "Authorization"));
    assert_eq!(
        bearers.collect::<Vec<_>>(),
        [None, Some("Bearer one".to_owned()), None, None]
    );
    let accepts = kept.iter().map(|raw| header(raw, "Accept"));
    assert!(accepts.eq(vec![Some("application/json".to_owned()); 4]));
}

#[wasm_bindgen_test]
async fn form_is_posted_with_its_media_type() {
    let kept = Rc::new(RefCell::new(None));
    let seen = kept.clone();
    let answer = move |request: JsValue| {
        *seen.borrow_mut() = Some(request);
        Promise::reject(&JsError::new("no network"))
    };
    with_fetch(answer, async || {
        let request = FetchRequest {
            method: "POST",
            body: Some(FetchBody::form("code=a&state=b")),
            ..get("https://auth.example/token")
        };
        let _ = send(request).await;
    })
    .await;
    let raw: web_sys::Request = kept.take().unwrap().unchecked_into();
    let media_type = raw.headers().get("Content-Type").unwrap();
    assert_eq!(
        media_type.as_deref(),
        Some("application/x-www-form-urlencoded")
    );
    let text = JsFuture::from(raw.text().unwrap()).await.unwrap();
    assert_eq!(text.as_string().as_deref(), Some("code=a&state=b"));
}

/// A token answer does not stay in JavaScript's memory.
#[wasm_bindgen_test]
async fn body_chunks_are_overwritten() {
    let pieces = [b"{\"access_token\":".as_slice(), b"\"secret\"}"].map(Uint8Array::from);
    let source = Object::new();
    let queued = pieces.clone();
    let start = Closure::<dyn Fn(JsValue)>::new(move |controller: JsValue| {
        let method = |name: &str| -> Function {
            let method = Reflect::get(&controller, &name.into()).unwrap();
            method.unchecked_into()
        };
        for piece in &queued {
            method("enqueue").call1(&controller, piece).unwrap();
        }
        method("close").call0(&controller).unwrap();
    });
    Reflect::set(&source, &"start".into(), start.as_ref()).unwrap();
    let stream = web_sys::ReadableStream::new_with_underlying_source(&source).unwrap();
    let response = web_sys::Response::new_with_opt_readable_stream(Some(&stream)).unwrap();
    let response = JsValue::from(response);
    with_fetch(
        move |_| Promise::resolve(&response),
        async || {
            let answer = send(get("https://auth.example/token")).await.unwrap();
            assert_eq!(answer.body, b"{\"access_token\":\"secret\"}");
        },
    )
    .await;
    for piece in pieces {
        assert!(piece.to_vec().iter().all(|byte| *byte == 0));
    }
}

#[wasm_bindgen_test]
async fn late_response_is_a_timeout() {
    let never = |_| Promise::new(&mut |_, _| {});
    with_fetch(never, async || {
        let request = FetchRequest {
            timeout: 1,
            ..get("https://api.example/")
        };
        assert_eq!(send(request).await.unwrap_err(), FetchError::TimedOut);
    })
    .await;
}

/// Neither the timer that was not needed nor an aborted request keeps anything.
#[wasm_bindgen_test]
async fn finished_request_clears_its_timer_and_listeners() {
    let answered = address(10);
    let ended = async || {
        send(get(&answered)).await.unwrap();
        drop(send(get(&answered)));
        let aborted = pin!(send(get(&answered)));
        let no_time = pin!(sleep(0));
        select(aborted, no_time).await;
    };
    // What a promise keeps goes with the turn in which it settles.
    let turn = || sleep(1);
    ended().await;
    turn().await;
    let before = externref_heap_live_count();
    for _ in 0..20 {
        ended().await;
    }
    turn().await;
    assert_eq!(externref_heap_live_count(), before);
}

#[wasm_bindgen_test]
async fn message_and_body_cross_a_port_and_other_messages_are_ignored() {
    let channel = MessageChannel::new().unwrap();
    let port: Port = channel.port1().unchecked_into();
    let other: Port = channel.port2().unchecked_into();
    let arrived = Rc::new(RefCell::new(Vec::new()));
    let received = arrived.clone();
    let subscription = other.listen(move |message: Option<u32>, body| {
        received.borrow_mut().push((message, body));
    });
    port.send(&7_u32);
    port.send_text("8", Some(b"bytes"));
    port.send_text("\"text\"", None);
    channel.port1().post_message(&"no array".into()).unwrap();
    while arrived.borrow().len() < 4 {
        sleep(0).await;
    }
    assert_eq!(
        arrived.take(),
        [
            (Some(7), None),
            (Some(8), Some(b"bytes".to_vec())),
            (None, None),
            (None, None)
        ]
    );
    drop(subscription);
    let handler = Reflect::get(&other, &"onmessage".into()).unwrap();
    assert!(handler.is_null());
}

#[wasm_bindgen_test]
async fn worker_steals_its_lock_and_keeps_it() {
    let lost = locks::hold_for_page("worker-test").await;
    locks::hold_for_worker("worker-test").await;
    lost.await;
    let free = Rc::new(Cell::new(false));
    let seen = free.clone();
    spawn_local(async move {
        locks::wait_until_free("worker-test").await;
        seen.set(true);
    });
    locks::wait_until_free("another-lock").await;
    assert!(!free.get());
}

#[wasm_bindgen_test]
async fn worker_with_free_lock_and_no_response_counts_as_gone() {
    let answered = Rc::new(Cell::new(false));
    let asked = Cell::new(0);
    let answers = answered.clone();
    // The first question is answered, the second is not.
    locks::wait_until_worker_is_gone("gone-worker", &answered, || {
        asked.set(asked.get() + 1);
        answers.set(asked.get() == 1);
    })
    .await;
    assert_eq!(asked.get(), 2);
}
