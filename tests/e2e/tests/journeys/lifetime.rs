//! How long a session lasts: activity, sleep, clocks that are set, the last page, and what comes
//! back with the back button.

use outlay_e2e::Outcome;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::vault::{COMMANDED, HURRIED, gone, set_clock};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn commanded() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            before_vault: Some(COMMANDED),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    }
}

/// A second tab at the same place; the first one's handle comes back.
async fn second_tab(stage: &Stage) -> Outcome<thirtyfour::WindowHandle> {
    let first = stage.browser.driver().window().await?;
    stage.browser.open_window().await?;
    stage.page().open("/").await?;
    stage.page().wait_session("active").await?;
    Ok(first)
}

/// Whether the countdown is in sight.
async fn warned(stage: &Stage) -> Outcome<bool> {
    let script = "return document.querySelector('dialog[role=alertdialog]')?.open ?? false";
    Ok(stage.browser.run(script, vec![]).await? == json!(true))
}

async fn wait_warned(stage: &Stage, expected: bool) -> Outcome {
    until(&format!("a countdown: {expected}"), PATIENCE, async || {
        Ok((warned(stage).await? == expected).then_some(()))
    })
    .await
}

#[test]
fn idle_countdown_shows_in_every_tab_until_activity_in_one() {
    play("countdown", commanded(), |stage| async move {
        stage.connect().await?;
        let driver = stage.browser.driver();
        let first = second_tab(&stage).await?;
        assert!(!warned(&stage).await?);
        // Forty seconds are left. Whoever looks anew is told so, and nobody has done anything.
        set_clock(&stage.browser, 30 * MINUTE - 40_000).await?;
        driver.refresh().await?;
        wait_warned(&stage, true).await?;
        let expected = ["You will be signed out in", "because of inactivity"];
        stage.page().wait_for_texts(&expected).await?;
        let second = driver.window().await?;
        driver.switch_to_window(first.clone()).await?;
        driver.refresh().await?;
        wait_warned(&stage, true).await?;
        stage.page().click("Stay signed in").await?;
        for window in [first, second] {
            driver.switch_to_window(window).await?;
            wait_warned(&stage, false).await?;
            stage.page().wait_session("active").await?;
        }
        Ok(())
    });
}

#[test]
fn idle_limit_signs_out_every_tab_with_the_reason() {
    play("idle", commanded(), |stage| async move {
        stage.connect().await?;
        let driver = stage.browser.driver();
        let page = stage.page();
        let first = second_tab(&stage).await?;
        page.open("/entries").await?;
        page.rows().await?;
        driver.switch_to_window(first.clone()).await?;
        // Whoever looks anew counts down the rest, and nobody stops it.
        set_clock(&stage.browser, 30 * MINUTE - 5_000).await?;
        driver.refresh().await?;
        for window in driver.windows().await? {
            driver.switch_to_window(window).await?;
            page.wait_session("ended").await?;
            page.alert_with("idle", &["without activity"]).await?;
            assert!(!warned(&stage).await?);
            assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
        }
        assert_eq!(stage.sandbox.counters().await?.refresh, 0);
        Ok(())
    });
}

/// Runs a script in the tab that keeps Firefox's vault; `null` in Chromium, which needs none.
async fn in_first_window(stage: &Stage, script: &str) -> Outcome<Value> {
    let driver = stage.browser.driver();
    let here = driver.window().await?;
    let mut windows = driver.windows().await?.into_iter();
    let Some(first) = windows.find(|window| *window != here) else {
        return Ok(Value::Null);
    };
    driver.switch_to_window(first).await?;
    let value = stage.browser.run(script, vec![]).await;
    driver.switch_to_window(here).await?;
    value
}

#[test]
fn one_sign_in_reconnects_after_eight_hours_of_sleep() {
    play("sleep", commanded(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        let calls = stage.sandbox.counters().await?.api;
        set_clock(&stage.browser, 8 * HOUR).await?;
        // The lid is open again, and the first thing that the user does is too late.
        page.open("/entries").await?;
        page.wait_session("ended").await?;
        page.alert("idle").await?;
        assert_eq!(stage.sandbox.counters().await?.api, calls);
        in_first_window(&stage, "document.mark = true").await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        // In Firefox the vault, and the clock set here, would end if this tab left its page while the
        // other one is loaded anew.
        until("the other tab to be loaded anew", PATIENCE, async || {
            let state = "return [document.mark ?? null, document.documentElement.dataset.session]";
            let state = in_first_window(&stage, state).await?;
            Ok((state.is_null() || state == json!([null, "signed-out"])).then_some(()))
        })
        .await?;
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await?;
        page.open("/entries").await?;
        page.rows().await?;
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.authorize, counters.exchange), (2, 2));
        assert_eq!(counters.refresh, 0, "the new token's life is its own");
        Ok(())
    });
}

#[test]
fn clock_set_back_has_no_effect() {
    play("clock_back", commanded(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let generation = page.generation().await?;
        set_clock(&stage.browser, -2 * HOUR).await?;
        page.open("/entries").await?;
        page.rows().await?;
        page.wait_session("active").await?;
        assert_eq!(page.generation().await?, generation);
        assert!(!warned(&stage).await?);
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.authorize, counters.refresh), (1, 0));
        Ok(())
    });
}

#[test]
fn closing_the_last_page_ends_the_session() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            before_vault: Some(HURRIED),
            ..SandboxSetup::default()
        },
        lone_tab: true,
        // The bare document is a file without a page around it, and so without an icon.
        console: &["/favicon.ico"],
        chromium_only: Some("Firefox ends the vault with its last page, whatever its clock says"),
        ..StageSetup::default()
    };
    play("wiped", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        let route = page.route().await?;
        stage.search_document().await?;
        page.open("/config.json").await?;
        gone(&stage.browser).await?;
        page.open(&route).await?;
        page.wait_session("signed-out").await?;
        page.wait_for_text("This connection no longer exists")
            .await?;
        page.wait_for_button("Connect to Pleo").await?;
        assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn address_of_a_connection_lost_with_the_last_page_states_the_reason() {
    let setup = StageSetup {
        before_load: Some(
            "window.SharedWorker = class extends window.SharedWorker {
                 constructor(url, { type, name }) { super(url, { type, name }); } };",
        ),
        lone_tab: true,
        console: &["/favicon.ico"],
        ..StageSetup::default()
    };
    play("short_lived", setup, |stage| async move {
        let page = stage.page();
        page.open("/entries").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await?;
        page.rows().await?;
        let route = page.route().await?;
        stage.search_document().await?;
        // A reload races with the end of the vault; this waits for the end.
        page.open("/config.json").await?;
        gone(&stage.browser).await?;
        page.open(&route).await?;
        page.wait_session("signed-out").await?;
        // The notice comes before the chunk of the page, which states the limit.
        page.wait_for_texts(&[
            "Reloading the page ended",
            "reloading the page can sign you out",
        ])
        .await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await?;
        page.wait_route("/entries?c=").await?;
        page.rows().await?;
        page.wait_without_text("ended the connection")
            .await
            .map(drop)
    });
}

/// Keeps what the table holds in the moment in which the document is shown again.
const LOOK: &str = "addEventListener('pageshow', () => {
    const cells = [...document.querySelectorAll('[role=gridcell]')];
    document.shown = cells.map((cell) => cell.innerText.trim()).join('');
});";

#[test]
fn going_back_after_sign_out_in_another_tab_shows_no_old_data() {
    play("back_cache", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let driver = stage.browser.driver();
        let first = second_tab(&stage).await?;
        page.open("/entries").await?;
        page.rows().await?;
        let second = driver.window().await?;
        stage.search_document().await?;
        stage.browser.run(LOOK, vec![]).await?;
        driver.goto("about:blank").await?;
        driver.switch_to_window(first).await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        driver.switch_to_window(second).await?;
        driver.back().await?;
        page.wait_session("signed-out").await?;
        page.wait_for_button("Connect to Pleo").await?;
        assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
        // Not even at first, where the browser has kept the document.
        let shown = "return document.shown ?? ''";
        assert_eq!(stage.browser.run(shown, vec![]).await?, json!(""));
        Ok(())
    });
}

#[test]
fn prerendered_callback_does_not_redeem_the_code() {
    let setup = StageSetup {
        before_load: Some(
            "window.__guess = true;
             Object.defineProperty(Document.prototype, 'prerendering', { get: () => window.__guess });",
        ),
        ..StageSetup::default()
    };
    play("prerender", setup, |stage| async move {
        let page = stage.page();
        page.open("/callback/sandbox?code=x&state=forged").await?;
        // The program runs: it waits, and has touched neither the address nor the vault.
        until("the page's program", PATIENCE, async || {
            let script = "return window.__audit.memories.length > 0";
            let runs = stage.browser.run(script, vec![]).await?;
            Ok((runs == json!(true)).then_some(()))
        })
        .await?;
        assert!(page.route().await?.ends_with("?code=x&state=forged"));
        let script = "return window.__audit.ports.length";
        assert_eq!(stage.browser.run(script, vec![]).await?, json!(0));
        let script =
            "window.__guess = false; document.dispatchEvent(new Event('prerenderingchange'))";
        stage.browser.run(script, vec![]).await?;
        page.alert("state_unknown").await?;
        until("the address without the query", PATIENCE, async || {
            Ok((page.route().await? == "/callback/sandbox").then_some(()))
        })
        .await
    });
}

#[test]
fn absolute_session_limit_is_shown_in_the_session_status() {
    play("absolute", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let script = "document.querySelector('button.session-status').click()";
        stage.browser.run(script, vec![]).await?;
        let expected = ["This session ends at", "at the latest."];
        stage.page().wait_for_texts(&expected).await.map(drop)
    });
}
