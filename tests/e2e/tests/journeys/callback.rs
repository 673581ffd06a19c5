//! The way back: wrong, forged, denied.

use outlay_e2e::login::Consent;
use outlay_e2e::stage::{Setup, play};

#[test]
fn a_wrong_state_changes_nothing() {
    play("wrong_state", Setup::default(), |stage| async move {
        let page = stage.page();
        for query in [
            "code=stolen&state=forged",
            "error=access_denied&state=forged",
            "code=stolen",
        ] {
            page.open(&format!("/callback/sandbox?{query}")).await?;
            page.alert("state_unknown").await?;
            page.wait_session("signed-out").await?;
            assert!(!page.route().await?.contains("forged"));
        }
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.exchange, counters.tokens_issued.len()), (0, 0));
        Ok(())
    });
}

#[test]
fn a_forged_answer_does_not_disturb_the_sign_in_under_way() {
    play("forged", Setup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let first = stage.browser.driver().window().await?;
        page.click("Connect to Pleo").await?;
        stage.browser.open_window().await?;
        page.open("/callback/sandbox?error=access_denied&state=forged")
            .await?;
        page.alert("state_unknown").await?;
        stage.browser.driver().switch_to_window(first).await?;
        stage.decide(&Consent::default()).await?;
        page.wait_session("active").await
    });
}

#[test]
fn a_denial_is_told_and_nothing_is_exchanged() {
    play("denial", Setup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage
            .decide(&Consent {
                deny: true,
                ..Consent::default()
            })
            .await?;
        page.alert("access_denied").await?;
        page.wait_session("signed-out").await?;
        assert_eq!(stage.sandbox.counters().await?.exchange, 0);
        // And a second thought is possible.
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Consent::default()).await?;
        page.wait_session("active").await
    });
}

#[test]
fn a_callback_works_once() {
    play("once", Setup::default(), |stage| async move {
        stage.connect().await?;
        // The same answer again, as from a link that somebody copied.
        let used = "return performance.getEntriesByType('navigation')[0].name";
        let used = stage.browser.run(used, vec![]).await?;
        let used = used.as_str().unwrap().to_owned();
        assert!(used.contains("code="), "{used}");
        stage.browser.driver().goto(&used).await?;
        stage.page().wait_session("active").await?;
        assert_eq!(stage.sandbox.counters().await?.exchange, 1);
        Ok(())
    });
}
