//! How long a session lasts: over reloads, over tabs, until somebody ends it.

use std::time::{Duration, Instant};

use outlay_e2e::login::ConsentChoice;
use outlay_e2e::port;
use outlay_e2e::stage::{StageSetup, play};
use outlay_e2e::vault::stays;
use outlay_e2e::wait::{PATIENCE, until};

#[test]
fn reload_keeps_the_session() {
    let setup = StageSetup {
        // The bare document is a file without a page around it, and so without an icon.
        console: &["/favicon.ico"],
        ..StageSetup::default()
    };
    play("reload", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let generation = page.generation().await?;
        for _ in 0..3 {
            stage.search_document().await?;
            stage.browser.driver().refresh().await?;
            page.wait_session("active").await?;
            assert_eq!(page.generation().await?, generation);
        }
        // However slow: for a while the session needs no page at all.
        stage.search_document().await?;
        page.open("/config.json").await?;
        assert!(stays(&stage.browser).await?, "it ended with its last page");
        page.open("/").await?;
        page.wait_session("active").await?;
        assert_eq!(page.generation().await?, generation);
        let counters = stage.sandbox.counters().await?;
        assert_eq!(
            (counters.authorize, counters.exchange, counters.refresh),
            (1, 1, 0)
        );
        Ok(())
    });
}

#[test]
fn second_tab_is_connected_at_once() {
    play("second_tab", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let generation = stage.page().generation().await?;
        stage.browser.open_window().await?;
        let begun = Instant::now();
        stage.page().open("/entries").await?;
        stage.page().wait_session("active").await?;
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{:?}",
            begun.elapsed()
        );
        assert_eq!(stage.page().generation().await?, generation);
        stage.page().rows().await?;
        assert_eq!(stage.sandbox.counters().await?.exchange, 1);
        Ok(())
    });
}

#[test]
fn sign_out_ends_every_tab_and_clears_the_page() {
    play("sign_out", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let driver = stage.browser.driver();
        let first = driver.window().await?;
        stage.browser.open_window().await?;
        page.open("/entries").await?;
        page.wait_session("active").await?;
        page.rows().await?;
        page.open("/").await?;
        page.wait_session("active").await?;
        let connections = port::connections(&stage.browser).await?;
        let connection = connections[0]["id"].as_str().unwrap().to_owned();

        driver.switch_to_window(first.clone()).await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        page.wait_for_text("Pleo's own site may still know you")
            .await?;
        let calls = stage.sandbox.counters().await?.api;

        for window in driver.windows().await? {
            driver.switch_to_window(window).await?;
            page.wait_session("signed-out").await?;
            page.wait_for_button("Connect to Pleo").await?;
            assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
            assert!(!page.has_button("Sign out").await?);
        }
        let replies =
            port::call_all(&stage.browser, &[port::read(&connection, "/v1/companies")]).await?;
        let code = &replies[0]["Err"]["code"];
        assert!(
            code == "session_ended" || code == "connection_unknown",
            "{replies:?}"
        );
        // The way back leads to the table's address and not to its rows.
        driver.back().await?;
        page.wait_session("signed-out").await?;
        page.wait_route("/entries").await?;
        page.wait_for_button("Connect to Pleo").await?;
        assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
        driver.refresh().await?;
        page.wait_session("signed-out").await?;
        assert_eq!(stage.sandbox.counters().await?.api, calls);
        Ok(())
    });
}

#[test]
fn revoked_connection_shows_its_end_and_reconnects() {
    // The policy of the test's own fetch is not at stake: only a refused refresh is.
    play("revoked", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        stage.search_document().await?;
        stage.sandbox.revoke().await?;
        page.open("/entries").await?;
        page.wait_session("ended").await?;
        let code = until("why it ended", PATIENCE, async || {
            let codes = page.alerts().await?;
            Ok(codes
                .into_iter()
                .find(|code| code == "refused" || code == "revoked"))
        })
        .await?;
        assert_eq!(code, "refused");
        let counters = stage.sandbox.counters().await?;
        stage
            .decide_in_popup("Reconnect", &ConsentChoice::default())
            .await?;
        page.wait_session("active").await?;
        assert_eq!(
            stage.sandbox.counters().await?.exchange,
            counters.exchange + 1
        );
        Ok(())
    });
}

#[test]
fn tab_without_shared_worker_signs_in_alone_and_explains_the_limits() {
    let setup = StageSetup {
        before_load: Some("delete window.SharedWorker;"),
        ..StageSetup::default()
    };
    play("alone", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        page.wait_for_text("reloading the page signs you out")
            .await?;
        // The worker dies on the way to the login; what the tab kept carries the sign-in.
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        stage.search_document().await?;
        stage.browser.driver().refresh().await?;
        page.wait_session("signed-out").await?;
        assert_eq!(stage.sandbox.counters().await?.exchange, 1);
        Ok(())
    });
}

/// A browser that ends a shared worker with its last page: Firefox is one of its own accord.
const NOT_EXTENDED: &str = "window.SharedWorker = class extends window.SharedWorker {
    constructor(url, { type, name }) { super(url, { type, name }); } };";

const VAULT_IS_GONE: &str = "const done = arguments[0];
    navigator.locks.query().then(({ held }) =>
        done(!held.some(({ name }) => name.startsWith('vault-alive'))));";

#[test]
fn vault_ended_with_its_last_page_is_explained_and_one_click_reconnects() {
    let setup = StageSetup {
        before_load: Some(NOT_EXTENDED),
        lone_tab: true,
        // The bare document is a file without a page around it, and so without an icon.
        console: &["/favicon.ico"],
        ..StageSetup::default()
    };
    play("not_extended", setup, |stage| async move {
        let page = stage.page();
        let limit = "reloading the page can sign you out";
        page.open("/").await?;
        page.wait_for_text(limit).await?;
        page.open("/entries").await?;
        page.wait_for_text(limit).await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.rows().await?;

        // A reload races with the end of the vault; this waits for the end.
        stage.search_document().await?;
        page.open("/config.json").await?;
        until("the end of the vault", PATIENCE, async || {
            let gone = stage.browser.run_async(VAULT_IS_GONE, vec![]).await?;
            Ok((gone == true).then_some(()))
        })
        .await?;
        page.open("/entries").await?;
        page.wait_session("signed-out").await?;
        page.wait_for_text(limit).await?;
        assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.wait_route("/entries").await?;
        page.rows().await?;

        // With a second tab it is as anywhere else.
        let first = stage.browser.driver().window().await?;
        stage.browser.open_window().await?;
        page.open("/").await?;
        page.wait_session("active").await?;
        stage.browser.driver().switch_to_window(first).await?;
        stage.search_document().await?;
        stage.browser.driver().refresh().await?;
        page.wait_session("active").await?;
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.exchange, counters.refresh), (2, 0));
        Ok(())
    });
}
