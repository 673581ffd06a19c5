//! Every way in which a connection ends says what happened, what it means, and what to do next.

use outlay_e2e::Outcome;
use outlay_e2e::fault::{Fault, Place, Times, When};
use outlay_e2e::port;
use outlay_e2e::sandbox::Options;
use outlay_e2e::stage::{Setup, Stage, play};
use outlay_e2e::vault::{COMMANDED, end};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};

/// Keeps what is copied where a test can read it.
const CLIPBOARD: &str = "window.__copied = [];
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.__copied.push(text); } } });";

/// Reads the overview again, which asks the API.
async fn read_again(stage: &Stage) -> Outcome {
    stage.page().wait_words("entries read").await?;
    stage.page().click("Read again").await
}

#[test]
fn a_refusal_is_told_as_a_refusal_and_its_details_can_be_copied() {
    let setup = Setup {
        before_load: Some(CLIPBOARD),
        ..Setup::default()
    };
    play("refused", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let connections = port::connections(&stage.browser).await?;
        stage.page().wait_words("entries read").await?;
        stage.sandbox.revoke().await?;
        read_again(&stage).await?;
        page.wait_session("ended").await?;
        let words = page.alert("refused").await?;
        for part in [
            "Pleo refused to renew",
            "Pleo does not say why",
            "Reconnect to go on",
            "invalid_grant",
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
        page.click("Copy details").await?;
        page.wait_words("Copied").await?;
        let copied = stage
            .browser
            .run("return window.__copied[0]", vec![])
            .await?;
        let copied = copied.as_str().ok_or("nothing was copied")?;
        for part in ["code: refused", "#1 refresh answered", "#1 ended · refused"] {
            assert!(copied.contains(part), "{part}: {copied}");
        }
        for private in ["id", "subject"] {
            let private = connections[0][private].as_str().ok_or("not there")?;
            assert!(!copied.contains(private), "{copied}");
        }
        Ok(())
    });
}

#[test]
fn without_a_refresh_token_the_end_is_the_tokens_end() {
    play("expired", Setup::default(), |stage| async move {
        let field = "refresh_token";
        let fault = Fault::DropField { field }.at(&[Place::Exchange]);
        stage.sandbox.arm(fault, Times::Once).await?;
        stage.connect().await?;
        stage.page().wait_words("entries read").await?;
        stage.sandbox.expire().await?;
        read_again(&stage).await?;
        stage.page().wait_session("ended").await?;
        let words = stage.page().alert("expired").await?;
        assert!(words.contains("could not be renewed"), "{words}");
        assert_eq!(stage.sandbox.counters().await?.refresh, 0);
        Ok(())
    });
}

#[test]
fn a_refresh_without_an_answer_is_not_repeated_and_ends_as_unsure() {
    let setup = Setup {
        // Firefox says in the page's console what the vault's requests came to.
        console: &["Cross-Origin Request Blocked"],
        ..Setup::default()
    };
    play("unsure", setup, |stage| async move {
        stage.connect().await?;
        stage.page().wait_words("entries read").await?;
        let lost = Fault::Lost { when: When::After }.at(&[Place::Refresh]);
        stage.sandbox.arm(lost, Times::Always).await?;
        stage.sandbox.expire().await?;
        read_again(&stage).await?;
        stage.page().wait_session("ended").await?;
        let words = stage.page().alert("unsure").await?;
        assert!(words.contains("Asking twice could cancel"), "{words}");
        assert_eq!(stage.sandbox.counters().await?.refresh, 1);
        Ok(())
    });
}

#[test]
fn a_fresh_token_that_is_refused_ends_as_revoked() {
    play("refused_fresh", Setup::default(), |stage| async move {
        stage.connect().await?;
        stage.page().wait_words("entries read").await?;
        let (status, when) = (401, When::Before);
        let places = [Place::Introspection, Place::Api];
        let fault = Fault::Status { status, when }.at(&places);
        stage.sandbox.arm(fault, Times::Always).await?;
        read_again(&stage).await?;
        stage.page().wait_session("ended").await?;
        let words = stage.page().alert("revoked").await?;
        assert!(words.contains("Pleo does not say why"), "{words}");
        assert_eq!(stage.sandbox.counters().await?.refresh, 1);
        Ok(())
    });
}

#[test]
fn a_vault_that_is_gone_settles_everything_and_one_click_leads_back() {
    let setup = Setup {
        sandbox: Options {
            before_vault: Some(COMMANDED),
            ..Options::default()
        },
        ..Setup::default()
    };
    play("vault_lost", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        let slow = Fault::Slow {
            ms: 60_000,
            when: When::Before,
        };
        stage
            .sandbox
            .arm(slow.at(&[Place::Api]), Times::Always)
            .await?;
        stage.search_document().await?;
        // A call is on its way that no answer will ever come to.
        let script = "document.querySelector(\"nav a[href^='/?']\").click()";
        stage.browser.run(script, vec![]).await?;
        page.wait_words("Waiting for the first entries").await?;
        let driver = stage.browser.driver();
        driver.back().await?;
        end(&stage.browser).await?;
        page.wait_session("ended").await?;
        let words = page.alert("vault_lost").await?;
        assert!(words.contains("background worker"), "{words}");
        assert!(!page.words().await?.contains("Waiting for the first"));
        let route = page.route().await?;
        assert!(route.starts_with("/entries"), "{route}");
        stage.sandbox.reset_faults().await?;
        page.click("Load again").await?;
        page.wait_session("signed-out").await?;
        page.wait_route("/entries").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await?;
        page.wait_route("/entries?c=").await?;
        page.rows().await?;
        Ok(())
    });
}

#[test]
fn signing_out_does_not_wait_for_a_revocation_that_fails() {
    let setup = Setup {
        sandbox: Options {
            config: Some(Box::new(|at| {
                let mut config = at.config();
                let nowhere = format!("{}/oauth/no-such-place", at.auth);
                config["profiles"][0]["revocationEndpoint"] = Value::String(nowhere);
                config
            })),
            ..Options::default()
        },
        console: &["Cross-Origin Request Blocked"],
        unproxied_only: Some("its policy lets nothing call another origin"),
        ..Setup::default()
    };
    play("revocation_fails", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        // Every page that shows a company is replaced at the sign-out. This one stays, and so does the
        // vault with its record in a browser that ends it with its last page.
        let first = stage.browser.driver().window().await?;
        stage.browser.open_window().await?;
        page.open("/register").await?;
        page.wait_session("active").await?;
        stage.browser.driver().switch_to_window(first).await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        page.wait_words("You are signed out, here and in every tab")
            .await?;
        let told = port::received(&stage.browser).await?;
        // The document is another one: it has the record from the welcome.
        let mut events = told
            .iter()
            .filter_map(|message| message["welcome"]["record"].as_array())
            .flatten();
        let sent = events.any(|line| line["event"] == "revocation_sent");
        assert!(sent, "{told:?}");
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await
    });
}

async fn ask_to_disconnect(stage: &Stage) -> Outcome {
    stage.page().open("/settings").await?;
    stage.page().click("Disconnect from Pleo…").await?;
    let words = stage.page().wait_words("Disconnect from Pleo?").await?;
    for part in ["Sandbox", "removes the integration of", "other browsers"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    Ok(())
}

#[test]
fn disconnecting_removes_the_integration_there_and_the_connection_here() {
    play("disconnect", Setup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let driver = stage.browser.driver();
        let first = driver.window().await?;
        let second = stage.browser.open_window().await?;
        page.open("/").await?;
        page.wait_session("active").await?;
        ask_to_disconnect(&stage).await?;
        page.click("Cancel").await?;
        page.wait_session("active").await?;
        ask_to_disconnect(&stage).await?;
        page.click("Disconnect").await?;
        page.wait_session("signed-out").await?;
        let words = page.wait_words("Outlay is disconnected").await?;
        assert!(
            words.contains("every access that this client had"),
            "{words}"
        );
        driver.switch_to_window(first).await?;
        page.wait_session("signed-out").await?;
        driver.switch_to_window(second).await?;
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.exchange, counters.refresh), (1, 0));
        Ok(())
    });
}

#[test]
fn a_disconnection_without_a_clear_answer_changes_nothing_here() {
    play("disconnect_unclear", Setup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let (status, when) = (502, When::Before);
        let fault = Fault::Status { status, when }.at(&[Place::Api]);
        let fault = fault.path("/v1/installations/me");
        page.wait_words("entries read").await?;
        stage.sandbox.arm(fault, Times::Once).await?;
        ask_to_disconnect(&stage).await?;
        page.click("Disconnect").await?;
        let words = page.alert("disconnect_unclear").await?;
        assert!(words.contains("502"), "{words}");
        page.click("Cancel").await?;
        until("no question", PATIENCE, async || {
            let script = "return document.querySelector('dialog[open]') === null";
            Ok((stage.browser.run(script, vec![]).await? == json!(true)).then_some(()))
        })
        .await?;
        page.wait_session("active").await
    });
}
