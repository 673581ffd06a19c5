//! How a session's life is told: the countdown, the ends, the way out.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test may panic")]

mod stage;

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_config::EnvironmentKind;
use outlay_page::components::countdown::IdleCountdown;
use outlay_page::components::disconnect::{Disconnect, DisconnectDialog, DisconnectTarget};
use outlay_page::components::signed_out_notice::SignedOutNotice;
use outlay_page::session::app_error::AppError;
use stage::MountedView;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlButtonElement, HtmlDialogElement, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

fn text_at(stage: &MountedView, selector: &str) -> String {
    stage.one(selector).text_content().unwrap_or_default()
}

fn is_open(stage: &MountedView) -> bool {
    stage
        .one("dialog")
        .unchecked_into::<HtmlDialogElement>()
        .open()
}

fn press(stage: &MountedView, selector: &str) {
    stage.one(selector).unchecked_into::<HtmlElement>().click();
}

#[wasm_bindgen_test]
async fn countdown_warns_in_the_last_minute_and_ends_with_activity() {
    let left = RwSignal::new(Some(600_000_u64));
    let stayed = RwSignal::new(0);
    let stage = MountedView::show(move || {
        let limit = Signal::derive(|| 1_800_000);
        let stay = Callback::new(move |()| stayed.update(|times| *times += 1));
        let over = Callback::new(|()| {});
        view! { <IdleCountdown left=left.into() limit stay over /> }
    })
    .await;
    assert!(!is_open(&stage));
    left.set(Some(42_000));
    stage.settle().await;
    assert!(is_open(&stage));
    assert_eq!(
        text_at(&stage, ".figures"),
        "You will be signed out in 42 s because of inactivity."
    );
    let focused = web_sys::window().unwrap().document().unwrap();
    let focused = focused.active_element().unwrap();
    assert_eq!(focused.text_content().as_deref(), Some("Stay signed in"));
    press(&stage, "button");
    assert_eq!(stayed.get_untracked(), 1);
    assert!(is_open(&stage), "only the vault can say that all is well");
    left.set(Some(1_800_000));
    stage.settle().await;
    assert!(!is_open(&stage));
}

#[wasm_bindgen_test]
async fn screen_reader_is_informed_at_intervals() {
    let left = RwSignal::new(Some(60_000_u64));
    let stage = MountedView::show(move || {
        let limit = Signal::derive(|| 1_800_000);
        let nothing = Callback::new(|()| {});
        view! { <IdleCountdown left=left.into() limit stay=nothing over=nothing /> }
    })
    .await;
    for (seconds, reported) in [
        (60, "60 seconds left."),
        (52, "60 seconds left."),
        (45, "45 seconds left."),
        (12, "20 seconds left."),
        (7, "10 seconds left."),
        (3, "5 seconds left."),
    ] {
        left.set(Some(seconds * 1_000));
        stage.settle().await;
        assert_eq!(text_at(&stage, "[aria-live]"), reported, "{seconds}");
    }
}

#[wasm_bindgen_test]
async fn vault_is_queried_once_after_the_time_limit() {
    let left = RwSignal::new(Some(1_000_u64));
    let asked = RwSignal::new(0);
    let stage = MountedView::show(move || {
        let limit = Signal::derive(|| 60_000);
        let over = Callback::new(move |()| asked.update(|times| *times += 1));
        let stay = Callback::new(|()| {});
        view! { <IdleCountdown left=left.into() limit stay over /> }
    })
    .await;
    assert_eq!(asked.get_untracked(), 0);
    left.set(Some(0));
    stage.settle().await;
    assert_eq!(asked.get_untracked(), 1);
    assert!(text_at(&stage, ".figures").starts_with("You are being signed out"));
    left.set(None);
    stage.settle().await;
    assert!(!is_open(&stage));
}

/// What was carried out, and what comes of it.
#[derive(Clone)]
struct FakePleo {
    carried_out: Rc<RefCell<Vec<String>>>,
    outcome: Result<(), AppError>,
}

impl FakePleo {
    fn new(outcome: Result<(), AppError>) -> FakePleo {
        FakePleo {
            carried_out: Rc::default(),
            outcome,
        }
    }

    fn disconnect(&self) -> Disconnect {
        let pleo = self.clone();
        Rc::new(move |connection| {
            pleo.carried_out.borrow_mut().push(connection);
            let outcome = pleo.outcome.clone();
            async move { outcome }.boxed_local()
        })
    }
}

fn disconnect_target(kind: EnvironmentKind) -> Option<DisconnectTarget> {
    Some(DisconnectTarget {
        connection: "c1".to_owned(),
        owner_label: "Nordlys ApS".to_owned(),
        environment: (kind, "Pleo".to_owned()),
    })
}

async fn open_dialog(
    pleo: &FakePleo,
    kind: EnvironmentKind,
) -> (MountedView, RwSignal<Option<DisconnectTarget>>) {
    let asked = RwSignal::new(None);
    let disconnect = pleo.disconnect();
    let stage = MountedView::show(move || view! { <DisconnectDialog asked disconnect /> }).await;
    assert!(!is_open(&stage));
    asked.set(disconnect_target(kind));
    stage.settle().await;
    assert!(is_open(&stage));
    (stage, asked)
}

#[wasm_bindgen_test]
async fn disconnect_dialog_lists_what_is_removed() {
    let pleo = FakePleo::new(Ok(()));
    let (stage, asked) = open_dialog(&pleo, EnvironmentKind::Sandbox).await;
    let text = text_at(&stage, "dialog");
    for part in [
        "Nordlys ApS",
        "other people",
        "No entry",
        "Disconnect instead",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert_eq!(
        stage
            .one(".environment-banner")
            .get_attribute("data-kind")
            .as_deref(),
        Some("sandbox")
    );
    assert!(pleo.carried_out.borrow().is_empty());
    press(&stage, ".danger");
    stage.settle().await;
    assert_eq!(*pleo.carried_out.borrow(), ["c1"]);
    assert_eq!(asked.get_untracked(), None);
    assert!(!is_open(&stage));
}

#[wasm_bindgen_test]
async fn production_disconnect_requires_the_company_name() {
    let pleo = FakePleo::new(Ok(()));
    let (stage, _asked) = open_dialog(&pleo, EnvironmentKind::Production).await;
    let button: HtmlButtonElement = stage.one(".danger").unchecked_into();
    let field: HtmlInputElement = stage.one("input").unchecked_into();
    for (typed, allowed) in [
        ("", false),
        ("Nordlys", false),
        ("nordlys aps", false),
        (" Nordlys ApS ", true),
    ] {
        field.set_value(typed);
        let event = web_sys::Event::new("input").unwrap();
        field.dispatch_event(&event).unwrap();
        stage.settle().await;
        assert_eq!(!button.disabled(), allowed, "{typed:?}");
    }
    press(&stage, ".danger");
    stage.settle().await;
    assert_eq!(*pleo.carried_out.borrow(), ["c1"]);
}

#[wasm_bindgen_test]
async fn failed_disconnect_shows_the_error_and_keeps_the_dialog() {
    let pleo = FakePleo::new(Err(AppError::of(ErrorCode::DisconnectUnclear)));
    let (stage, asked) = open_dialog(&pleo, EnvironmentKind::Staging).await;
    press(&stage, ".danger");
    stage.settle().await;
    assert_eq!(
        stage
            .one("[role=alert]")
            .get_attribute("data-code")
            .as_deref(),
        Some("disconnect_unclear")
    );
    assert!(is_open(&stage));
    press(&stage, "form > .actions > .quiet");
    stage.settle().await;
    assert!(!is_open(&stage));
    assert_eq!(asked.get_untracked(), None);
    // Asked again, it begins anew.
    asked.set(disconnect_target(EnvironmentKind::Staging));
    stage.settle().await;
    assert_eq!(stage.all("[role=alert]"), 0);
}

#[wasm_bindgen_test]
async fn signed_out_notice_is_not_an_alert() {
    let code = RwSignal::new(None);
    let stage = MountedView::show(move || {
        view! { <SignedOutNotice code connects=Signal::stored(false) connect=Callback::new(|()| ()) /> }
    })
    .await;
    assert_eq!(stage.all("section"), 0);
    code.set(Some(ErrorCode::SignedOut));
    stage.settle().await;
    let note = stage.one("[role=status]");
    assert_eq!(
        note.get_attribute("data-code").as_deref(),
        Some("signed_out")
    );
    assert!(text_at(&stage, "section").contains("You are signed out"));
    assert_eq!(stage.all("[role=alert]"), 0);
}
