//! Nothing sends the user round in circles, and everybody arrives where they wanted to go.

use outlay_e2e::login::ConsentChoice;
use outlay_e2e::stage::{StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::Value;

#[test]
fn only_failed_sign_ins_require_confirmation() {
    play("loop", StageSetup::default(), |stage| async move {
        let page = stage.page();
        let driver = stage.browser.driver();
        // A sign-in that the user leaves does not count.
        for _ in 0..3 {
            page.open("/entries").await?;
            page.wait_session("signed-out").await?;
            page.click("Connect to Pleo").await?;
            until("the login page", PATIENCE, async || {
                let here = driver.current_url().await?;
                let there = here.origin().ascii_serialization() == stage.sandbox.at.auth;
                Ok(there.then_some(()))
            })
            .await?;
        }
        let deny = ConsentChoice {
            deny: true,
            ..ConsentChoice::default()
        };
        for _ in 0..2 {
            page.open("/entries").await?;
            page.wait_session("signed-out").await?;
            page.click("Connect to Pleo").await?;
            stage.decide(&deny).await?;
            page.alert("access_denied").await?;
        }
        page.open("/entries").await?;
        page.wait_session("signed-out").await?;
        // Of what the tab stored, the count alone is left.
        let retained = "return Object.entries(sessionStorage).flat().join()";
        let retained = stage.browser.run(retained, vec![]).await?;
        let retained = retained.as_str().unwrap();
        assert!(
            retained.starts_with("outlay.failures,{\"count\":2,\"since\":"),
            "{retained}"
        );
        page.click("Connect to Pleo").await?;
        page.alert_with("sign_in_loop", &["Two sign-ins failed"])
            .await?;
        // A note, in the colours of a note.
        let calm = "return document.querySelector('.alert.calm[data-code=sign_in_loop]') !== null";
        assert_eq!(stage.browser.run(calm, vec![]).await?, Value::Bool(true));
        page.wait_route("/entries").await?;
        // Loading the page again does not forget it.
        driver.refresh().await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        page.alert("sign_in_loop").await?;
        page.click("Continue signing in").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        let stored = "return sessionStorage.length";
        assert_eq!(stage.browser.run(stored, vec![]).await?, Value::from(0));
        Ok(())
    });
}

#[test]
fn callback_error_starts_no_new_sign_in() {
    play("error_waits", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/entries").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        let deny = ConsentChoice {
            deny: true,
            ..ConsentChoice::default()
        };
        stage.decide(&deny).await?;
        page.alert("access_denied").await?;
        // Neither does a reload of the error's page begin anything.
        stage.browser.driver().refresh().await?;
        page.wait_session("signed-out").await?;
        until("the way home", PATIENCE, async || {
            Ok((!page.route().await?.contains("callback")).then_some(()))
        })
        .await?;
        assert_eq!(stage.sandbox.counters().await?.authorize, 1);
        Ok(())
    });
}

#[test]
fn going_back_and_repeating_consent_goes_home_without_error() {
    play(
        "back_to_callback",
        StageSetup::default(),
        |stage| async move {
            stage.connect().await?;
            let page = stage.page();
            let used = "return performance.getEntriesByType('navigation')[0].name";
            let used = stage.browser.run(used, vec![]).await?;
            stage.search_document().await?;
            let driver = stage.browser.driver();
            driver.goto(used.as_str().unwrap()).await?;
            page.wait_session("active").await?;
            until("the overview", PATIENCE, async || {
                Ok(page.route().await?.starts_with("/?c=").then_some(()))
            })
            .await?;
            page.wait_for_text("entries loaded").await?;
            assert_eq!(page.alerts().await?, Vec::<String>::new());
            stage.search_document().await?;
            // The history holds no callback to go back to.
            driver.back().await?;
            let here = driver.current_url().await?.to_string();
            assert!(!here.contains("code="), "{here}");
            driver.forward().await?;
            page.wait_session("active").await?;
            assert_eq!(stage.sandbox.counters().await?.exchange, 1);
            Ok(())
        },
    );
}

#[test]
fn deep_link_with_query_survives_the_sign_in() {
    play("deep_query", StageSetup::default(), |stage| async move {
        let page = stage.page();
        let link = "/entries?from=2026-01&to=2026-03&x=a%2Bb%26c";
        page.open(link).await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.rows().await?;
        page.wait_route(&format!("{link}&c=")).await
    });
}

#[test]
fn return_route_is_not_taken_from_the_link() {
    play(
        "no_open_redirect",
        StageSetup::default(),
        |stage| async move {
            let page = stage.page();
            page.open("/?return_to=https://evil.example/&redirect=//evil.example&c=//evil.example")
                .await?;
            page.wait_session("signed-out").await?;
            page.click("Connect to Pleo").await?;
            let stored =
                "return JSON.parse(sessionStorage['outlay.pending'] ?? '{}').return_to ?? null";
            // What the tab keeps is the page's own route, whatever its query says.
            let stored = stage
                .browser
                .run(stored, vec![])
                .await
                .unwrap_or(Value::Null);
            assert!(
                stored.as_str().is_none_or(|route| route.starts_with("/?")),
                "{stored}"
            );
            stage.decide(&ConsentChoice::default()).await?;
            page.wait_session("active").await?;
            let here = stage.browser.driver().current_url().await?.to_string();
            assert!(here.starts_with(&stage.sandbox.at.site), "{here}");
            page.wait_route("/?").await?;
            // Not even to another page of this site.
            page.click("Sign out").await?;
            page.wait_session("signed-out").await?;
            page.open("/?return_to=/entries&redirect=/entries").await?;
            page.click("Connect to Pleo").await?;
            stage.decide(&ConsentChoice::default()).await?;
            page.wait_session("active").await?;
            page.wait_route("/?").await?;
            Ok(())
        },
    );
}
