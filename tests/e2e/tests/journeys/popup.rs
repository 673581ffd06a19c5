//! Signing in in a window of its own, while the page stays.

use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::{Outcome, locations};
use serde_json::json;

const KEPT: &str = "return [...Object.keys(sessionStorage), ...Object.keys(localStorage)].join()";

/// The overview of somebody who is signed out, with the box ticked.
async fn ready(stage: &Stage) -> Outcome {
    let page = stage.page();
    page.open("/").await?;
    page.wait_session("signed-out").await?;
    stage
        .browser
        .run("window.document.mark = 'the same page'", vec![])
        .await?;
    page.tick("Open in a popup").await
}

async fn is_the_same_page(stage: &Stage) -> Outcome<bool> {
    let mark = stage
        .browser
        .run("return document.mark ?? null", vec![])
        .await?;
    Ok(mark == json!("the same page"))
}

async fn signs_in_with_popup(stage: &Stage) -> Outcome {
    ready(stage).await?;
    let page = stage.page();
    let driver = stage.browser.driver();
    let opener = driver.window().await?;
    stage.click_for_window("Connect to Pleo").await?;
    let popup = driver.window().await?;
    driver.switch_to_window(opener.clone()).await?;
    page.wait_session("authorizing").await?;
    page.wait_for_text("Continue in the popup").await?;
    assert_eq!(
        stage.browser.run(KEPT, vec![]).await?,
        "",
        "something is stored"
    );
    driver.switch_to_window(popup).await?;
    let server = &stage.sandbox.at.auth;
    outlay_e2e::login::decide_and_close(&stage.browser, server, &ConsentChoice::default()).await?;
    driver.switch_to_window(opener).await?;
    page.wait_session("active").await?;
    assert!(is_the_same_page(stage).await?);
    page.wait_for_text("Brinkholt").await?;
    page.wait_without_text("Continue in the popup").await?;
    assert_eq!(
        stage.browser.run(KEPT, vec![]).await?,
        "",
        "something is stored"
    );
    let counters = stage.sandbox.counters().await?;
    assert_eq!((counters.authorize, counters.exchange), (1, 1));
    Ok(())
}

#[test]
fn page_stays_while_the_popup_signs_in_and_closes() {
    play("popup", StageSetup::default(), |stage| async move {
        signs_in_with_popup(&stage).await
    });
}

#[test]
fn popup_sign_in_works_with_server_coop() {
    play("popup_coop", StageSetup::default(), |stage| async move {
        let coop = SandboxFault::Coop {
            policy: "same-origin",
        };
        stage.sandbox.arm(coop, FaultTimes::Always).await?;
        signs_in_with_popup(&stage).await
    });
}

#[test]
fn denial_in_the_popup_is_shown_by_the_page() {
    play("popup_denied", StageSetup::default(), |stage| async move {
        ready(&stage).await?;
        let deny = ConsentChoice {
            deny: true,
            ..ConsentChoice::default()
        };
        stage.decide_in_popup("Connect to Pleo", &deny).await?;
        let page = stage.page();
        page.alert("access_denied").await?;
        page.wait_session("signed-out").await?;
        assert!(is_the_same_page(&stage).await?);
        // And a second thought is possible, the box still ticked.
        stage
            .decide_in_popup("Connect to Pleo", &ConsentChoice::default())
            .await?;
        page.wait_session("active").await?;
        page.wait_for_text("entries loaded").await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn cancelled_popup_sign_in_does_not_connect() {
    play(
        "popup_cancelled",
        StageSetup::default(),
        |stage| async move {
            ready(&stage).await?;
            let page = stage.page();
            let driver = stage.browser.driver();
            let opener = driver.window().await?;
            stage.click_for_window("Connect to Pleo").await?;
            let popup = driver.window().await?;
            driver.switch_to_window(opener.clone()).await?;
            page.click("Cancel").await?;
            page.wait_session("signed-out").await?;
            page.wait_for_button("Connect to Pleo").await?;
            assert_eq!(page.alerts().await?, Vec::<String>::new());
            driver.switch_to_window(popup).await?;
            stage.decide(&ConsentChoice::default()).await?;
            page.alert("state_used").await?;
            driver.close_window().await?;
            driver.switch_to_window(opener).await?;
            assert_eq!(page.session().await?.as_deref(), Some("signed-out"));
            assert_eq!(stage.sandbox.counters().await?.exchange, 0);
            // The page can do it again.
            stage
                .decide_in_popup("Connect to Pleo", &ConsentChoice::default())
                .await?;
            page.wait_session("active").await
        },
    );
}

#[test]
fn closed_popup_ends_the_wait_after_the_timeout() {
    // Three minutes in half a second.
    let setup = StageSetup {
        before_load: Some(
            "const wait = window.setTimeout;
             window.setTimeout = (call, after, ...rest) => wait(call, after === 180000 ? 500 : after, ...rest);",
        ),
        ..StageSetup::default()
    };
    play("popup_timeout", setup, |stage| async move {
        ready(&stage).await?;
        let driver = stage.browser.driver();
        let opener = driver.window().await?;
        stage.click_for_window("Connect to Pleo").await?;
        driver.close_window().await?;
        driver.switch_to_window(opener).await?;
        let page = stage.page();
        page.alert_with("sign_in_timeout", &["three minutes"])
            .await?;
        page.wait_session("signed-out").await
    });
}

/// No window opens, and whoever listens is told of the words that say so: the driver itself waits
/// until the page has left.
const BLOCKED: &str = "window.open = () => null;
    new MutationObserver(() => {
        if (document.body?.innerText.includes('blocked the popup'))
            new BroadcastChannel('told').postMessage(null);
    }).observe(document, { childList: true, subtree: true });";

#[test]
fn blocked_popup_is_reported_and_sign_in_continues_in_the_tab() {
    let setup = StageSetup {
        before_load: Some(BLOCKED),
        ..StageSetup::default()
    };
    play("popup_blocked", setup, |stage| async move {
        // The page is left only when the server answers.
        let slow = SandboxFault::Slow {
            ms: 1500,
            when: FaultWhen::Before,
        };
        let slow = slow.at(&[FaultPath::Authorize]);
        stage.sandbox.arm(slow, FaultTimes::Once).await?;
        let page = stage.page();
        let driver = stage.browser.driver();
        page.open("/entries").await?;
        let listen = "document.channel = new BroadcastChannel('told');
            document.channel.onmessage = () => { document.told = true; };";
        stage.browser.run(listen, vec![]).await?;
        let witness = driver.window().await?;
        let tab = stage.browser.open_window().await?;
        ready(&stage).await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        driver.switch_to_window(witness).await?;
        let seen = "return document.told ?? false";
        stage
            .browser
            .wait_for("the words that the popup was blocked", seen, vec![], true)
            .await?;
        driver.switch_to_window(tab).await?;
        Ok(())
    });
}

#[test]
fn popup_is_not_offered_without_a_shared_worker() {
    let setup = StageSetup {
        before_load: Some("delete window.SharedWorker;"),
        ..StageSetup::default()
    };
    play("popup_alone", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let visible_text = page
            .wait_for_text("reloading the page signs you out")
            .await?;
        assert!(!visible_text.contains("Open in a popup"), "{visible_text}");
        Ok(())
    });
}

#[test]
fn build_never_reads_closed_or_opener() {
    let site = locations::site().unwrap();
    let mut scripts = 0;
    for entry in std::fs::read_dir(site).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "js") {
            let text = std::fs::read_to_string(&path).unwrap();
            for word in [".closed", ".opener", "window.postMessage"] {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
            scripts += 1;
        }
    }
    assert!(scripts >= 4, "{scripts} scripts: were they not looked at?");
}

#[test]
fn remaining_popup_says_that_it_can_be_closed() {
    let setup = StageSetup {
        chromium_only: Some("only there can a window of the page's be told what to lack"),
        ..StageSetup::default()
    };
    play("popup_stays", setup, |stage| async move {
        ready(&stage).await?;
        let driver = stage.browser.driver();
        let opener = driver.window().await?;
        stage.click_for_window("Connect to Pleo").await?;
        stage.browser.run_first("window.close = () => {};").await?;
        stage.decide(&ConsentChoice::default()).await?;
        let page = stage.page();
        page.wait_for_text("You can close this window").await?;
        page.wait_route("/callback/sandbox").await?;
        driver.close_window().await?;
        driver.switch_to_window(opener).await?;
        page.wait_session("active").await
    });
}
