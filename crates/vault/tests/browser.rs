//! The vault in a real shared worker: its edge, and the character sets that only a browser knows.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::RefCell;
use std::rc::Rc;

use outlay_vault::message::{FromVault, MESSAGE_VERSION, ToVault, VaultHello};
use outlay_vault::text::decode;
use outlay_vault::worker::VaultWorker;
use outlay_vault::worker::browser::{BrowserPort, BrowserVaultIo};
use outlay_vault::worker::io::VaultIo;
use outlay_worker::port::Port;
use outlay_worker::timer::sleep;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::MessageChannel;

wasm_bindgen_test_configure!(run_in_shared_worker);

/// Fri, 27 Nov 2026 13:00:05 GMT
const INSTANT: u64 = 1_795_784_405_000;

#[wasm_bindgen_test]
async fn page_on_a_real_port_receives_welcome() {
    let channel = MessageChannel::new().unwrap();
    let vault = VaultWorker::new(Rc::new(BrowserVaultIo), false);
    let port = BrowserPort::new(channel.port2().unchecked_into());
    vault.connect(Rc::new(port));
    let page: Port = channel.port1().unchecked_into();
    let inbox = Rc::new(RefCell::new(Vec::new()));
    let received = inbox.clone();
    let _subscription = page.listen(move |message: Option<FromVault>, _| {
        received.borrow_mut().push(message.unwrap());
    });
    page.send(&ToVault::Hello(VaultHello {
        version: MESSAGE_VERSION,
        lock: "page-test".to_owned(),
    }));
    while inbox.borrow().is_empty() {
        sleep(1).await;
    }
    let FromVault::Welcome(welcome) = inbox.borrow_mut().remove(0) else {
        panic!("{:?}", inbox.borrow());
    };
    // The test's own server has no such file.
    let problems = welcome.config.unwrap_err();
    assert_eq!(problems[0].key, "config.json");
    assert!(welcome.snapshot.connections.is_empty());
}

#[wasm_bindgen_test]
fn browser_parses_every_http_date_format() {
    for (date, instant) in [
        ("Fri, 27 Nov 2026 13:00:05 GMT", Some(INSTANT)),
        ("Friday, 27-Nov-26 13:00:05 GMT", Some(INSTANT)),
        ("Fri Nov 27 13:00:05 2026 GMT", Some(INSTANT)),
        ("Fri, 99 Nov 2026 13:00:05 GMT", None),
        ("Xxx, 27 Xxx 2026 13:00:05 GMT", None),
        ("Thu, 01 Jan 1960 00:00:00 GMT", None),
    ] {
        assert_eq!(BrowserVaultIo.parse_date(date), instant, "{date}");
    }
}

#[wasm_bindgen_test]
fn browser_parses_urls() {
    let parsed = BrowserVaultIo.parse_url("https://API.example:443/a/../b?c#d");
    assert_eq!(
        parsed,
        Some(("https://api.example".to_owned(), "/b".to_owned()))
    );
    assert_eq!(BrowserVaultIo.parse_url("/relative"), None);
}

#[wasm_bindgen_test]
fn browser_decodes_a_declared_charset() {
    let euro = decode(vec![b'a', 0xA4], Some("text/plain; charset=iso-8859-15"));
    assert_eq!(euro.text, "a€");
    assert_eq!(euro.charset.as_deref(), Some("iso-8859-15"));
    let unknown = decode(vec![b'a', 0xFC], Some("text/plain; charset=klingon"));
    assert_eq!(unknown.text, "a\u{fffd}");
    assert!(unknown.is_lossy);
}
