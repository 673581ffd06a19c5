//! The components, in a real browser: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test may panic")]

mod stage;

use leptos::prelude::*;
use outlay_config::{Kind, Problem, Rule};
use outlay_page::chunks;
use outlay_page::components::alert::ErrorAlert;
use outlay_page::components::band::EnvironmentBand;
use outlay_page::components::chip::Chip;
use outlay_page::components::progress::Progress;
use outlay_page::components::scopes::Scopes;
use outlay_page::pages::config_problems::ConfigProblems;
use outlay_page::routes::ROUTES;
use outlay_page::session::load::Walk;
use outlay_page::session::trouble::Trouble;
use outlay_page::session::view::View;
use outlay_pleo::PageFacts;
use outlay_vault::message::Phase;
use stage::{Stage, connection};
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
async fn an_error_says_what_happened_and_bears_its_code() {
    let trouble = Trouble {
        detail: Some("HTTP 403".to_owned()),
        scope: Some("users:read"),
        ..Trouble::of("scope_missing")
    };
    let stage = Stage::show(move || view! { <ErrorAlert trouble /> }).await;
    let alert = stage.one("[role=alert]");
    assert_eq!(
        alert.get_attribute("data-code").as_deref(),
        Some("scope_missing")
    );
    let text = alert.text_content().unwrap_or_default();
    for words in [
        "lack of a permission",
        "users:read",
        "see the employees",
        "HTTP 403",
        "Copy details",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
}

#[wasm_bindgen_test]
async fn the_chip_has_a_word_for_every_phase() {
    let view = RwSignal::new(View::SignedOut);
    let passed = RwSignal::new(0_u64);
    let stage = Stage::show(move || view! { <Chip view=view.into() passed=passed.into() /> }).await;
    let ended = Phase::Ended {
        reason: "revoked".to_owned(),
        server_code: None,
    };
    for (next, words, state) in [
        (
            View::Live(connection(Phase::Active)),
            "Connected",
            Some("active"),
        ),
        (
            View::Live(connection(Phase::Refreshing)),
            "Renewing",
            Some("refreshing"),
        ),
        (
            View::Live(connection(Phase::Unsure)),
            "Uncertain",
            Some("unsure"),
        ),
        (View::Ended(connection(ended)), "Ended", Some("ended")),
        (View::Authorizing, "Going to Pleo", Some("authorizing")),
        (View::Exchanging, "Signing in", Some("exchanging")),
        (View::SignedOut, "Signed out", Some("signed-out")),
        (View::Waiting, "Starting", None),
    ] {
        view.set(next);
        stage.settle().await;
        let chip = stage.one(".chip");
        assert_eq!(
            stage.one(".chip-state").text_content().as_deref(),
            Some(words)
        );
        assert_eq!(chip.get_attribute("data-state").as_deref(), state);
    }
}

#[wasm_bindgen_test]
async fn the_ring_empties_as_time_passes() {
    let view = RwSignal::new(View::Live(connection(Phase::Active)));
    let passed = RwSignal::new(0_u64);
    let stage = Stage::show(move || view! { <Chip view=view.into() passed=passed.into() /> }).await;
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
async fn the_band_names_the_environment() {
    let environment = RwSignal::new(None);
    let stage =
        Stage::show(move || view! { <EnvironmentBand environment=environment.into() /> }).await;
    for (kind, name, data) in [
        (Kind::Sandbox, "Sandbox", "sandbox"),
        (Kind::Staging, "Pleo staging", "staging"),
        (Kind::Production, "Pleo", "production"),
    ] {
        environment.set(Some((kind, name.to_owned())));
        stage.settle().await;
        let band = stage.one(".band");
        assert_eq!(band.get_attribute("data-kind").as_deref(), Some(data));
        assert!(band.text_content().unwrap_or_default().starts_with(name));
    }
}

#[wasm_bindgen_test]
async fn every_fault_of_the_configuration_is_listed_with_its_fix() {
    let problems = vec![
        Problem::new("profiles[0].apiBase", Rule::Missing),
        Problem::new("profiles[1].id", Rule::IdForm),
    ];
    let told: Vec<_> = problems.iter().map(Problem::words).collect();
    let stage = Stage::show(move || view! { <ConfigProblems problems /> }).await;
    let alert = stage.one("[role=alert]");
    assert_eq!(
        alert.get_attribute("data-code").as_deref(),
        Some("config_invalid")
    );
    assert_eq!(stage.all("tbody tr"), 2);
    let text = alert.text_content().unwrap_or_default();
    assert!(text.contains("profiles[0].apiBase") && text.contains("profiles[1].id"));
    for words in told {
        assert!(text.contains(&words.what) && text.contains(&words.fix));
    }
}

#[wasm_bindgen_test]
async fn scopes_that_were_refused_are_told_apart() {
    let connection = connection(Phase::Active);
    let stage = Stage::show(move || view! { <Scopes connection /> }).await;
    assert_eq!(stage.all(".scopes-granted li"), 1);
    let refused = stage
        .one(".scopes-refused")
        .text_content()
        .unwrap_or_default();
    assert!(refused.contains("users:read"));
}

#[wasm_bindgen_test]
async fn progress_tells_figures() {
    let walk = RwSignal::new(loaded(Some(900)));
    let stage = Stage::show(move || view! { <Progress walk=walk.into() what="entries" /> }).await;
    assert_eq!(
        stage.one(".figures").text_content().as_deref(),
        Some("300 of 900 entries")
    );
    assert_eq!(
        stage.one("progress").get_attribute("value").as_deref(),
        Some("300")
    );
    walk.set(loaded(None));
    stage.settle().await;
    assert_eq!(
        stage.one(".figures").text_content().as_deref(),
        Some("300 entries")
    );
}

/// 300 rows of a list that goes on.
fn loaded(total: Option<i64>) -> Walk {
    let mut walk = Walk::default();
    let mut page = PageFacts {
        rows: 300,
        ..PageFacts::default()
    };
    page.pagination.has_next_page = true;
    page.pagination.end_cursor = Some("A".to_owned());
    page.pagination.total = total;
    walk.take(&page, 300);
    walk
}
