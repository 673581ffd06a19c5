//! Signing in in a window of its own, while the page stays.

use outlay_e2e::fault::{Fault, Place, Times, When};
use outlay_e2e::login::Consent;
use outlay_e2e::stage::{Setup, Stage, play};
use outlay_e2e::{Outcome, place};
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

async fn signs_in_beside(stage: &Stage) -> Outcome {
    ready(stage).await?;
    let page = stage.page();
    let driver = stage.browser.driver();
    let opener = driver.window().await?;
    stage.click_for_window("Connect to Pleo").await?;
    let popup = driver.window().await?;
    driver.switch_to_window(opener.clone()).await?;
    page.wait_session("authorizing").await?;
    page.wait_words("Go on in the window that opened").await?;
    assert_eq!(
        stage.browser.run(KEPT, vec![]).await?,
        "",
        "something is stored"
    );
    driver.switch_to_window(popup).await?;
    let server = &stage.sandbox.at.auth;
    outlay_e2e::login::decide_and_close(&stage.browser, server, &Consent::default()).await?;
    driver.switch_to_window(opener).await?;
    page.wait_session("active").await?;
    assert!(is_the_same_page(stage).await?);
    let words = page.wait_words("Brinkholt").await?;
    assert!(!words.contains("Go on in the window"), "{words}");
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
fn the_page_stays_while_a_window_signs_in_and_closes_itself() {
    play("popup", Setup::default(), |stage| async move {
        signs_in_beside(&stage).await
    });
}

#[test]
fn a_server_that_cuts_the_windows_apart_changes_nothing() {
    play("popup_coop", Setup::default(), |stage| async move {
        let coop = Fault::Coop {
            policy: "same-origin",
        };
        stage.sandbox.arm(coop, Times::Always).await?;
        signs_in_beside(&stage).await
    });
}

#[test]
fn a_denial_in_the_window_is_told_by_the_page() {
    play("popup_denied", Setup::default(), |stage| async move {
        ready(&stage).await?;
        let deny = Consent {
            deny: true,
            ..Consent::default()
        };
        stage.decide_beside("Connect to Pleo", &deny).await?;
        let page = stage.page();
        page.alert("access_denied").await?;
        page.wait_session("signed-out").await?;
        assert!(is_the_same_page(&stage).await?);
        // And a second thought is possible, the box still ticked.
        stage
            .decide_beside("Connect to Pleo", &Consent::default())
            .await?;
        page.wait_session("active").await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn a_cancelled_sign_in_connects_nobody_whatever_the_window_does() {
    play("popup_cancelled", Setup::default(), |stage| async move {
        ready(&stage).await?;
        let page = stage.page();
        let driver = stage.browser.driver();
        let opener = driver.window().await?;
        stage.click_for_window("Connect to Pleo").await?;
        let popup = driver.window().await?;
        driver.switch_to_window(opener.clone()).await?;
        page.click("Cancel").await?;
        page.wait_session("signed-out").await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        driver.switch_to_window(popup).await?;
        stage.decide(&Consent::default()).await?;
        page.alert("state_used").await?;
        driver.close_window().await?;
        driver.switch_to_window(opener).await?;
        assert_eq!(page.session().await?.as_deref(), Some("signed-out"));
        assert_eq!(stage.sandbox.counters().await?.exchange, 0);
        // The page can do it again.
        stage
            .decide_beside("Connect to Pleo", &Consent::default())
            .await?;
        page.wait_session("active").await
    });
}

#[test]
fn a_window_that_is_closed_without_a_word_leaves_nobody_waiting_for_ever() {
    // Three minutes in half a second.
    let setup = Setup {
        before_load: Some(
            "const wait = window.setTimeout;
             window.setTimeout = (call, after, ...rest) => wait(call, after === 180000 ? 500 : after, ...rest);",
        ),
        ..Setup::default()
    };
    play("popup_timeout", setup, |stage| async move {
        ready(&stage).await?;
        let driver = stage.browser.driver();
        let opener = driver.window().await?;
        stage.click_for_window("Connect to Pleo").await?;
        driver.close_window().await?;
        driver.switch_to_window(opener).await?;
        let page = stage.page();
        let words = page.alert("sign_in_timeout").await?;
        assert!(words.contains("three minutes"), "{words}");
        page.wait_session("signed-out").await
    });
}

/// No window opens, and whoever listens is told of the words that say so: the driver itself waits
/// until the page has left.
const BLOCKED: &str = "window.open = () => null;
    new MutationObserver(() => {
        if (document.body?.innerText.includes('did not let a window open'))
            new BroadcastChannel('told').postMessage(null);
    }).observe(document, { childList: true, subtree: true });";

#[test]
fn a_blocked_window_is_told_and_the_sign_in_goes_on_in_the_tab() {
    let setup = Setup {
        before_load: Some(BLOCKED),
        ..Setup::default()
    };
    play("popup_blocked", setup, |stage| async move {
        // The page is left only when the server answers.
        let slow = Fault::Slow {
            ms: 1500,
            when: When::Before,
        };
        let slow = slow.at(&[Place::Authorize]);
        stage.sandbox.arm(slow, Times::Once).await?;
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
        stage.decide(&Consent::default()).await?;
        page.wait_session("active").await?;
        driver.switch_to_window(witness).await?;
        let told = stage
            .browser
            .run("return document.told ?? false", vec![])
            .await?;
        assert_eq!(
            told,
            json!(true),
            "nobody was told that the window was blocked"
        );
        driver.switch_to_window(tab).await?;
        Ok(())
    });
}

#[test]
fn without_a_shared_worker_no_window_is_offered() {
    let setup = Setup {
        before_load: Some("delete window.SharedWorker;"),
        ..Setup::default()
    };
    play("popup_alone", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let words = page.wait_words("loading the page again signs out").await?;
        assert!(!words.contains("Open in a popup"), "{words}");
        Ok(())
    });
}

#[test]
fn the_build_asks_no_window_whether_it_is_closed_or_who_opened_it() {
    let site = place::site().unwrap();
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
fn a_window_that_stays_says_that_it_can_go() {
    let setup = Setup {
        chromium_only: Some("only there can a window of the page's be told what to lack"),
        ..Setup::default()
    };
    play("popup_stays", setup, |stage| async move {
        ready(&stage).await?;
        let driver = stage.browser.driver();
        let opener = driver.window().await?;
        stage.click_for_window("Connect to Pleo").await?;
        stage.browser.run_first("window.close = () => {};").await?;
        stage.decide(&Consent::default()).await?;
        let page = stage.page();
        page.wait_words("You can close this window").await?;
        page.wait_route("/callback/sandbox").await?;
        driver.close_window().await?;
        driver.switch_to_window(opener).await?;
        page.wait_session("active").await
    });
}
