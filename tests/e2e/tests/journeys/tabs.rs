//! Many tabs: one session, and none of them in the way of another.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::login::{ConsentChoice, decide_and_close};
use outlay_e2e::port;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::vault::{COMMANDED, end, has_lock, take_lock};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;
use thirtyfour::WindowHandle;
use tokio::time::timeout;

/// A further tab, at `/` and connected.
async fn another_tab(stage: &Stage) -> Outcome<WindowHandle> {
    let window = stage.browser.open_window().await?;
    stage.page().open("/").await?;
    stage.page().wait_session("active").await?;
    Ok(window)
}

/// A call of the present tab comes through.
async fn calls_work(stage: &Stage) -> Outcome {
    let connections = port::connections(&stage.browser).await?;
    let id = connections[0]["id"].as_str().ok_or("no connection")?;
    let replies = port::call_all(&stage.browser, &[port::read(id, "/v1/companies")]).await?;
    assert_eq!(replies[0]["Ok"]["api"]["status"], 200, "{replies:?}");
    Ok(())
}

/// How often the vault has welcomed the present document.
async fn welcomes(stage: &Stage) -> Outcome<usize> {
    let received = port::received(&stage.browser).await?;
    let welcomes = received.iter().filter(|it| it.get("welcome").is_some());
    Ok(welcomes.count())
}

#[test]
fn session_end_and_next_sign_in_reach_every_tab() {
    play("tabs_end", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let driver = stage.browser.driver();
        let first = driver.window().await?;
        let second = another_tab(&stage).await?;
        page.wait_for_text("entries loaded").await?;
        stage.sandbox.revoke().await?;
        page.click("Refresh").await?;
        for window in [&second, &first] {
            driver.switch_to_window(window.clone()).await?;
            page.wait_session("ended").await?;
            page.alert("refused").await?;
        }
        page.click("Sign out").await?;
        for window in [&second, &first] {
            driver.switch_to_window(window.clone()).await?;
            page.wait_session("signed-out").await?;
            page.wait_for_text("You are signed out").await?;
        }
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        for window in [&first, &second] {
            driver.switch_to_window(window.clone()).await?;
            page.wait_session("active").await?;
            page.wait_for_text("entries loaded").await?;
            page.wait_without_text("You are signed out").await?;
        }
        Ok(())
    });
}

#[test]
fn ten_tabs_at_expiry_make_one_refresh() {
    play("ten_tabs", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        stage.page().wait_for_text("entries loaded").await?;
        let driver = stage.browser.driver();
        let connections = port::connections(&stage.browser).await?;
        let id = connections[0]["id"].as_str().unwrap().to_owned();
        for _ in 1..10 {
            // They start side by side, each on a page that reads nothing by itself.
            stage.browser.open_window().await?;
            let address = json!(format!("{}/nowhere", stage.sandbox.at.site));
            let script = "location.replace(arguments[0])";
            stage.browser.run(script, vec![address]).await?;
        }
        let calls = [
            port::read(&id, "/v1/companies"),
            port::read(&id, "/v2/employees"),
        ];
        let windows = driver.windows().await?;
        for window in &windows {
            driver.switch_to_window(window.clone()).await?;
            stage.page().wait_session("active").await?;
            port::prepare(&stage.browser, &calls).await?;
        }
        stage.sandbox.expire().await?;
        port::start(&stage.browser).await?;
        for window in windows {
            driver.switch_to_window(window).await?;
            for reply in port::replies(&stage.browser, calls.len()).await? {
                assert_eq!(reply["Ok"]["api"]["status"], 200, "{reply}");
            }
        }
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.refresh, counters.refresh_presented_again), (1, 0));
        Ok(())
    });
}

#[test]
fn closed_or_crashed_tab_does_not_block_other_tabs() {
    let setup = StageSetup {
        chromium_only: Some("a crash is asked of DevTools"),
        ..StageSetup::default()
    };
    play("crash", setup, |stage| async move {
        stage.connect().await?;
        let driver = stage.browser.driver();
        let first = driver.window().await?;
        another_tab(&stage).await?;
        driver.close_window().await?;
        driver.switch_to_window(first.clone()).await?;
        calls_work(&stage).await?;

        let second = another_tab(&stage).await?;
        // Nobody answers for a page that is no more.
        let crash = stage.browser.ask("Page.crash", json!({}));
        let _ = timeout(Duration::from_secs(3), crash).await;
        driver.switch_to_window(first.clone()).await?;
        stage.sandbox.expire().await?;
        calls_work(&stage).await?;
        assert_eq!(stage.sandbox.counters().await?.refresh, 1);
        stage.page().click("Sign out").await?;
        stage.page().wait_session("signed-out").await?;
        driver.switch_to_window(second).await?;
        driver.close_window().await?;
        driver.switch_to_window(first).await?;
        Ok(())
    });
}

#[test]
fn frozen_tab_does_not_block_others_and_catches_up() {
    let setup = StageSetup {
        chromium_only: Some("a tab is frozen by DevTools"),
        ..StageSetup::default()
    };
    play("frozen", setup, |stage| async move {
        stage.connect().await?;
        let driver = stage.browser.driver();
        let first = driver.window().await?;
        let second = another_tab(&stage).await?;
        let state = |state: &str| json!({ "state": state });
        let freeze = "Page.setWebLifecycleState";
        stage.browser.ask(freeze, state("frozen")).await?;
        driver.switch_to_window(first.clone()).await?;
        stage.sandbox.expire().await?;
        calls_work(&stage).await?;
        stage.page().click("Sign out").await?;
        stage.page().wait_session("signed-out").await?;
        driver.switch_to_window(second).await?;
        stage.browser.ask(freeze, state("active")).await?;
        stage.page().wait_session("signed-out").await?;
        assert_eq!(stage.sandbox.counters().await?.refresh, 1);
        Ok(())
    });
}

#[test]
fn tab_frozen_during_popup_sign_in_or_load_continues_when_resumed() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            entries: Some(1_500),
            ..SandboxSetup::default()
        },
        chromium_only: Some("a tab is frozen by DevTools"),
        ..StageSetup::default()
    };
    play("frozen_at_work", setup, |stage| async move {
        let driver = stage.browser.driver();
        let page = stage.page();
        let opener = driver.window().await?;
        let state = |state: &str| json!({ "state": state });
        let freeze = "Page.setWebLifecycleState";
        page.open("/entries").await?;
        page.wait_session("signed-out").await?;
        page.tick("Open in a popup").await?;
        stage.click_for_window("Connect to Pleo").await?;
        let popup = driver.window().await?;
        driver.switch_to_window(opener.clone()).await?;
        stage.browser.ask(freeze, state("frozen")).await?;
        driver.switch_to_window(popup).await?;
        let consent = ConsentChoice::default();
        decide_and_close(&stage.browser, &stage.sandbox.at.auth, &consent).await?;
        driver.switch_to_window(opener).await?;
        stage.browser.ask(freeze, state("active")).await?;
        page.wait_session("active").await?;
        page.rows().await?;

        page.load_all().await?;
        stage.browser.ask(freeze, state("frozen")).await?;
        stage.sandbox.expire().await?;
        stage.browser.ask(freeze, state("active")).await?;
        page.wait_for_text("entries, all loaded").await.map(drop)
    });
}

#[test]
fn frozen_tab_does_not_hide_vault_loss_or_block_a_new_vault() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            before_vault: Some(COMMANDED),
            ..SandboxSetup::default()
        },
        chromium_only: Some("a tab is frozen by DevTools"),
        ..StageSetup::default()
    };
    play("frozen_vault", setup, |stage| async move {
        stage.connect().await?;
        let driver = stage.browser.driver();
        let page = stage.page();
        let frozen = driver.window().await?;
        let state = |state: &str| json!({ "state": state });
        let freeze = "Page.setWebLifecycleState";
        stage.browser.ask(freeze, state("frozen")).await?;
        let awake = another_tab(&stage).await?;
        end(&stage.browser).await?;
        page.wait_session("ended").await?;
        page.alert("vault_lost").await?;
        page.click("Reload page").await?;
        page.wait_session("signed-out").await?;
        driver.switch_to_window(frozen).await?;
        stage.browser.ask(freeze, state("active")).await?;
        page.alert("vault_lost").await?;
        driver.switch_to_window(awake).await?;
        Ok(())
    });
}

#[test]
fn lock_lost_to_the_browser_does_not_end_the_session() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            before_vault: Some(COMMANDED),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    };
    play("lock_taken", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        for _ in 0..2 {
            let before = welcomes(&stage).await?;
            // The vault may have it back before the page hears of it.
            until("the page to ask", PATIENCE, async || {
                take_lock(&stage.browser, "vault").await?;
                Ok((welcomes(&stage).await? > before).then_some(()))
            })
            .await?;
            has_lock(&stage.browser, "vault").await?;
            page.wait_session("active").await?;
            calls_work(&stage).await?;
        }
        let first = stage.browser.driver().window().await?;
        another_tab(&stage).await?;
        end(&stage.browser).await?;
        page.alert("vault_lost").await?;
        stage.browser.driver().switch_to_window(first).await?;
        page.alert("vault_lost").await?;
        Ok(())
    });
}

#[test]
fn duplicated_tab_works_like_a_new_tab() {
    play("duplicate", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let driver = stage.browser.driver();
        let page = stage.page();
        let first = driver.window().await?;
        let before = driver.windows().await?;
        // As a browser duplicates a tab: with its address and a copy of its session storage.
        let script = "return window.open(location.href) !== null";
        assert_eq!(stage.browser.run(script, vec![]).await?, json!(true));
        let twin = until("the twin", PATIENCE, async || {
            let windows = driver.windows().await?;
            Ok(windows.into_iter().find(|window| !before.contains(window)))
        })
        .await?;
        driver.switch_to_window(twin).await?;
        page.wait_session("active").await?;
        // Nothing of the copy is left: no sign-in lies there to be done twice.
        let copied = "return Object.keys(sessionStorage).join()";
        stage
            .browser
            .wait_for("an empty storage", copied, vec![], "")
            .await?;
        assert_eq!(stage.sandbox.counters().await?.exchange, 1);
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        // Without the hooks there is nothing to search in it.
        driver.close_window().await?;
        driver.switch_to_window(first).await?;
        page.wait_session("signed-out").await?;
        Ok(())
    });
}

#[test]
fn concurrent_sign_ins_of_two_tabs_stay_separate() {
    play("two_sign_ins", StageSetup::default(), |stage| async move {
        let driver = stage.browser.driver();
        let page = stage.page();
        let first = driver.window().await?;
        page.open("/entries").await?;
        page.click("Connect to Pleo").await?;
        until("the login page", PATIENCE, async || {
            Ok((driver
                .current_url()
                .await?
                .as_str()
                .starts_with(&stage.sandbox.at.auth))
            .then_some(()))
        })
        .await?;
        let second = stage.browser.open_window().await?;
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await?;
        page.wait_route("/?c=").await?;
        driver.switch_to_window(first).await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await?;
        page.wait_route("/entries?c=").await?;
        page.rows().await?;
        driver.switch_to_window(second).await?;
        page.wait_session("active").await?;
        let connections = port::connections(&stage.browser).await?;
        assert_eq!(connections.len(), 1, "the same company, renewed in place");
        assert_eq!(stage.sandbox.counters().await?.exchange, 2);
        Ok(())
    });
}
