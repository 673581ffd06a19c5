//! The components, in a real browser: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test may panic")]

mod stage;

use leptos::prelude::*;
use outlay_codes::{EndReason, ErrorCode};
use outlay_config::{ConfigRule, EnvironmentKind, Problem};
use outlay_page::chunks;
use outlay_page::components::alert::ErrorAlert;
use outlay_page::components::environment_banner::EnvironmentBanner;
use outlay_page::components::progress::Progress;
use outlay_page::components::scopes::Scopes;
use outlay_page::components::session_status::SessionStatusButton;
use outlay_page::pages::config_problems::ConfigProblems;
use outlay_page::routes::ROUTES;
use outlay_page::session::app_error::AppError;
use outlay_page::session::load::ListPagination;
use outlay_page::session::view::SessionView;
use outlay_pleo::PageFacts;
use outlay_vault::message::ConnectionPhase;
use stage::{MountedView, connection};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn each_chunk_of_the_route_table_exists() {
    let missing: Vec<_> = ROUTES
        .iter()
        .filter_map(|route| route.chunk)
        .filter(|name| chunks::of_name(name).is_none())
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[wasm_bindgen_test]
async fn error_alert_has_a_message_and_its_code() {
    let app_error = AppError {
        detail: Some("HTTP 403".to_owned()),
        scope: Some("users:read"),
        ..AppError::of(ErrorCode::ScopeMissing)
    };
    let stage = MountedView::show(move || view! { <ErrorAlert app_error /> }).await;
    let alert = stage.one("[role=alert]");
    assert_eq!(
        alert.get_attribute("data-code").as_deref(),
        Some("scope_missing")
    );
    let text = alert.text_content().unwrap_or_default();
    for message in [
        "A permission is missing",
        "users:read",
        "see the employees",
        "HTTP 403",
        "Copy details",
    ] {
        assert!(text.contains(message), "{message} is missing in {text}");
    }
}

#[wasm_bindgen_test]
async fn session_status_has_a_label_for_every_phase() {
    let view = RwSignal::new(SessionView::SignedOut);
    let passed = RwSignal::new(0_u64);
    let stage = MountedView::show(
        move || view! { <SessionStatusButton view=view.into() passed=passed.into() /> },
    )
    .await;
    let ended = ConnectionPhase::Ended(EndReason::Revoked);
    for (next, message, state) in [
        (
            SessionView::Live(connection(ConnectionPhase::Active)),
            "Connected",
            Some("active"),
        ),
        (
            SessionView::Live(connection(ConnectionPhase::Refreshing)),
            "Renewing",
            Some("refreshing"),
        ),
        (
            SessionView::Live(connection(ConnectionPhase::Unsure)),
            "Not renewed",
            Some("unsure"),
        ),
        (
            SessionView::Ended(connection(ended)),
            "Disconnected",
            Some("ended"),
        ),
        (SessionView::Authorizing, "Signing in…", Some("authorizing")),
        (SessionView::Exchanging, "Signing in…", Some("exchanging")),
        (SessionView::SignedOut, "Signed out", Some("signed-out")),
        (SessionView::Waiting, "Starting", None),
    ] {
        view.set(next);
        stage.settle().await;
        let chip = stage.one(".session-status");
        assert_eq!(
            stage.one(".session-state").text_content().as_deref(),
            Some(message)
        );
        assert_eq!(chip.get_attribute("data-state").as_deref(), state);
    }
}

#[wasm_bindgen_test]
async fn ring_empties_with_remaining_time() {
    let view = RwSignal::new(SessionView::Live(connection(ConnectionPhase::Active)));
    let passed = RwSignal::new(0_u64);
    let stage = MountedView::show(
        move || view! { <SessionStatusButton view=view.into() passed=passed.into() /> },
    )
    .await;
    let ring = || stage.one(".ring-left").get_attribute("stroke-dasharray");
    assert_eq!(ring().as_deref(), Some("100 100"));
    passed.set(450_000);
    stage.settle().await;
    assert_eq!(ring().as_deref(), Some("50 100"));
    passed.set(2_000_000);
    stage.settle().await;
    assert_eq!(ring().as_deref(), Some("0 100"));
}

#[wasm_bindgen_test]
async fn environment_banner_names_the_environment() {
    let environment = RwSignal::new(None);
    let stage =
        MountedView::show(move || view! { <EnvironmentBanner environment=environment.into() /> })
            .await;
    for (kind, name, data) in [
        (EnvironmentKind::Sandbox, "Sandbox", "sandbox"),
        (EnvironmentKind::Staging, "Pleo staging", "staging"),
        (EnvironmentKind::Production, "Pleo", "production"),
    ] {
        environment.set(Some((kind, name.to_owned())));
        stage.settle().await;
        let banner = stage.one(".environment-banner");
        assert_eq!(banner.get_attribute("data-kind").as_deref(), Some(data));
        assert!(banner.text_content().unwrap_or_default().starts_with(name));
    }
}

#[wasm_bindgen_test]
async fn every_configuration_problem_is_listed_with_its_fix() {
    let problems = vec![
        Problem::new("profiles[0].apiBase", ConfigRule::Missing),
        Problem::new("profiles[1].id", ConfigRule::IdForm),
    ];
    let reported: Vec<_> = problems.iter().map(Problem::message).collect();
    let stage = MountedView::show(move || view! { <ConfigProblems problems /> }).await;
    let alert = stage.one("[role=alert]");
    assert_eq!(
        alert.get_attribute("data-code").as_deref(),
        Some("config_invalid")
    );
    assert_eq!(stage.all("tbody tr"), 2);
    let text = alert.text_content().unwrap_or_default();
    assert!(text.contains("profiles[0].apiBase") && text.contains("profiles[1].id"));
    for message in reported {
        assert!(text.contains(&message.what) && text.contains(&message.fix));
    }
}

#[wasm_bindgen_test]
async fn refused_scopes_are_distinguished() {
    let connection = connection(ConnectionPhase::Active);
    let stage = MountedView::show(move || view! { <Scopes connection /> }).await;
    assert_eq!(stage.all(".scopes-granted li"), 1);
    let refused = stage
        .one(".scopes-refused")
        .text_content()
        .unwrap_or_default();
    assert!(refused.contains("users:read"));
}

#[wasm_bindgen_test]
async fn progress_shows_counts() {
    let pagination = RwSignal::new(loaded(Some(900)));
    let stage = MountedView::show(
        move || view! { <Progress pagination=pagination.into() what="entries" /> },
    )
    .await;
    assert_eq!(
        stage.one(".figures").text_content().as_deref(),
        Some("300 of 900 entries")
    );
    assert_eq!(
        stage.one("progress").get_attribute("value").as_deref(),
        Some("300")
    );
    pagination.set(loaded(None));
    stage.settle().await;
    assert_eq!(
        stage.one(".figures").text_content().as_deref(),
        Some("300 entries")
    );
}

/// 300 rows of a list that goes on.
fn loaded(total: Option<i64>) -> ListPagination {
    let mut pagination = ListPagination::default();
    let mut page = PageFacts {
        rows: 300,
        ..PageFacts::default()
    };
    page.pagination.has_next_page = true;
    page.pagination.end_cursor = Some("A".to_owned());
    page.pagination.total = total;
    pagination.take(&page, 300);
    pagination
}
