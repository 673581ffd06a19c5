//! The journeys, each for any of the servers.

use outlay_e2e::interop::peer::PeerKind;
use outlay_e2e::interop::{InteropStage, play};
use outlay_e2e::wait::{PATIENCE, until};
use outlay_e2e::{Outcome, port};
use serde_json::Value;

/// What a browser's console says of answers that are not successes.
const REFUSALS: &[&str] = &["Failed to load resource", "Cross-Origin Request Blocked"];

/// The first connection's id.
async fn connection(stage: &InteropStage) -> Outcome<String> {
    let connections = port::connections(&stage.browser).await?;
    let id = connections.first().and_then(|first| first["id"].as_str());
    Ok(id.ok_or("no connection")?.to_owned())
}

async fn reads(stage: &InteropStage, count: usize) -> Outcome<Vec<Value>> {
    let id = connection(stage).await?;
    Ok(vec![port::read(&id, "/v1/companies"); count])
}

/// Every access token that was issued so far counts as expired.
fn expire(stage: &InteropStage) {
    stage.api.expire(stage.relay.counts().tokens);
}

fn all_succeed(replies: &[Value]) {
    for reply in replies {
        assert_eq!(reply["Ok"]["api"]["status"], 200, "{reply}");
    }
}

pub fn sign_in_connects_and_a_reload_keeps_the_connection(kind: PeerKind) {
    play("connect", kind, &[], |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        assert!(page.rows().await?.iter().any(|row| row.contains("DKK")));
        let generation = page.generation().await?;
        stage.browser.driver().refresh().await?;
        page.wait_session("active").await?;
        assert_eq!(page.generation().await?, generation);
        let counts = stage.relay.counts();
        assert_eq!((counts.exchanges, counts.refreshes), (1, 0));
        assert_eq!(counts.tokens.len(), 2);
        assert_eq!(stage.api.unknown_paths(), Vec::<String>::new());
        Ok(())
    });
}

pub fn cancelled_consent_ends_as_access_denied_and_a_second_sign_in_connects(kind: PeerKind) {
    play("denied", kind, &[], |stage| async move {
        stage.sign_in(false).await?;
        let page = stage.page();
        page.alert("access_denied").await?;
        assert_eq!(stage.relay.counts().exchanges, 0);
        page.click("Connect to Pleo").await?;
        stage.kind.consent(stage.browser.driver(), true).await?;
        page.wait_session("active").await?;
        assert_eq!(stage.relay.counts().exchanges, 1);
        Ok(())
    });
}

pub fn twenty_calls_with_an_expired_token_make_one_refresh_and_the_next_expiry_another(
    kind: PeerKind,
) {
    play("refresh", kind, REFUSALS, |stage| async move {
        stage.connect().await?;
        let generation = stage.page().generation().await?;
        let calls = reads(&stage, 20).await?;
        for expiry in 1..=2 {
            expire(&stage);
            let replies = port::call_all(&stage.browser, &calls).await?;
            assert_eq!(replies.len(), 20);
            all_succeed(&replies);
            let counts = stage.relay.counts();
            assert_eq!((counts.refreshes, counts.presented_again), (expiry, 0));
        }
        stage.page().wait_session("active").await?;
        assert_eq!(stage.page().generation().await?, generation + 2);
        // Each refresh brought a new refresh token as well.
        assert_eq!(stage.relay.counts().tokens.len(), 6);
        Ok(())
    });
}

pub fn twenty_calls_of_two_tabs_make_one_refresh(kind: PeerKind) {
    play("two_tabs", kind, REFUSALS, |stage| async move {
        stage.connect().await?;
        stage.browser.open_window().await?;
        stage.page().open("/entries").await?;
        stage.page().wait_session("active").await?;
        stage.page().rows().await?;
        assert_eq!(stage.relay.counts().exchanges, 1);
        let calls = reads(&stage, 10).await?;
        let driver = stage.browser.driver();
        let tabs = driver.windows().await?;
        for tab in &tabs {
            driver.switch_to_window(tab.clone()).await?;
            port::prepare(&stage.browser, &calls).await?;
        }
        expire(&stage);
        port::start(&stage.browser).await?;
        for tab in tabs {
            driver.switch_to_window(tab).await?;
            all_succeed(&port::replies(&stage.browser, calls.len()).await?);
        }
        let counts = stage.relay.counts();
        assert_eq!((counts.refreshes, counts.presented_again), (1, 0));
        Ok(())
    });
}

pub fn sign_out_revokes_the_refresh_token_in_every_tab(kind: PeerKind) {
    play("revoke", kind, &[], |stage| async move {
        stage.connect().await?;
        let first = stage.browser.driver().window().await?;
        stage.browser.open_window().await?;
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("active").await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        stage.browser.driver().switch_to_window(first).await?;
        page.wait_session("signed-out").await?;
        assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
        let revoked = until("the revocation", PATIENCE, async || {
            Ok(stage.relay.counts().revoked.into_iter().next())
        })
        .await?;
        let counts = stage.relay.counts();
        assert!(
            counts.tokens.contains(&revoked),
            "not a token of the server's"
        );
        // The server itself holds it for worthless, and the access token with it.
        for token in &counts.tokens {
            assert!(!stage.api.is_active(token).await?);
        }
        Ok(())
    });
}

pub fn sign_out_of_the_only_page_revokes_the_refresh_token(kind: PeerKind) {
    play("revoke_only_page", kind, &[], |stage| async move {
        stage.connect().await?;
        let driver = stage.browser.driver();
        let own = driver.window().await?;
        for other in driver.windows().await? {
            if other != own {
                driver.switch_to_window(other).await?;
                driver.close_window().await?;
            }
        }
        driver.switch_to_window(own).await?;
        // The document is replaced, and some browsers end the vault with the last one.
        stage.page().click("Sign out").await?;
        stage.page().wait_session("signed-out").await?;
        let revoked = until("the revocation", PATIENCE, async || {
            Ok(stage.relay.counts().revoked.into_iter().next())
        })
        .await?;
        assert!(!stage.api.is_active(&revoked).await?);
        Ok(())
    });
}

pub fn lost_refresh_answer_ends_as_unsure_and_the_token_is_not_presented_again(kind: PeerKind) {
    play("lost", kind, REFUSALS, |stage| async move {
        stage.connect().await?;
        let first = stage.browser.driver().window().await?;
        // The document of a page that shows no company is not replaced when the connection ends, so
        // that it gets every reply.
        stage.browser.open_window().await?;
        let page = stage.page();
        page.open("/register").await?;
        page.wait_session("active").await?;
        let calls = reads(&stage, 5).await?;
        stage.relay.lose_next_refresh();
        expire(&stage);
        let replies = port::call_all(&stage.browser, &calls).await?;
        assert!(
            replies.iter().all(|reply| reply["Ok"].is_null()),
            "{replies:?}"
        );
        page.wait_session("ended").await?;
        stage.browser.driver().switch_to_window(first).await?;
        page.wait_session("ended").await?;
        page.alert("unsure").await?;
        // Neither a reload nor another tab presents it again.
        stage.browser.driver().refresh().await?;
        page.wait_session("ended").await?;
        stage.browser.open_window().await?;
        page.open("/entries").await?;
        page.wait_session("ended").await?;
        let counts = stage.relay.counts();
        assert_eq!(
            (counts.refreshes, counts.lost, counts.presented_again),
            (1, 1, 0)
        );
        Ok(())
    });
}

pub fn forged_and_repeated_callbacks_spend_no_code(kind: PeerKind) {
    play("callbacks", kind, &[], |stage| async move {
        stage.sign_in(true).await?;
        let page = stage.page();
        page.wait_session("active").await?;
        let used = "return performance.getEntriesByType('navigation')[0].name";
        let used = stage.browser.run(used, vec![]).await?;
        let used = used.as_str().unwrap().to_owned();
        assert!(used.contains("code="), "{used}");
        page.open("/callback/peer?code=stolen&state=forged").await?;
        page.alert("state_unknown").await?;
        page.wait_session("active").await?;
        // The same answer again, as from a link that somebody copied.
        stage.browser.driver().goto(&used).await?;
        page.wait_session("active").await?;
        assert!(!page.route().await?.contains("code="));
        let counts = stage.relay.counts();
        assert_eq!((counts.exchanges, counts.refreshes), (1, 0));
        assert_eq!(counts.statuses, [200]);
        Ok(())
    });
}
