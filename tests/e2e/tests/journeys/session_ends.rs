//! Every way in which a connection ends says what happened, what it means, and what to do next.

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use outlay_e2e::port;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::vault::{COMMANDED, end};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};

/// Keeps what is copied where a test can read it.
const CLIPBOARD: &str = "window.__copied = [];
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.__copied.push(text); } } });";

/// Reads the overview again, which asks the API.
async fn read_again(stage: &Stage) -> Outcome {
    stage.page().wait_for_text("entries loaded").await?;
    stage.page().click("Refresh").await
}

#[test]
fn refused_refresh_is_shown_as_refused_with_copyable_details() {
    let setup = StageSetup {
        before_load: Some(CLIPBOARD),
        ..StageSetup::default()
    };
    play("refused", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let connections = port::connections(&stage.browser).await?;
        stage.page().wait_for_text("entries loaded").await?;
        stage.sandbox.revoke().await?;
        read_again(&stage).await?;
        page.wait_session("ended").await?;
        let expected = [
            "Pleo refused to renew",
            "Pleo does not say why",
            "Reconnect to continue",
            "invalid_grant",
        ];
        page.alert_with("refused", &expected).await?;
        // The record may come later than the alert.
        let copied = until("the details and their record", PATIENCE, async || {
            page.click("Copy details").await?;
            let copied = "return window.__copied.at(-1) ?? ''";
            let copied = stage.browser.run(copied, vec![]).await?;
            let copied = copied.as_str().unwrap_or_default().to_owned();
            let parts = ["code: refused", "#1 refresh answered", "#1 ended · refused"];
            match parts.iter().all(|part| copied.contains(part)) {
                true => Ok(Some(copied)),
                false => Err(format!("now {copied:?}").into()),
            }
        })
        .await?;
        page.wait_for_text("Copied").await?;
        for private in ["id", "subject"] {
            let private = connections[0][private].as_str().ok_or("not there")?;
            assert!(!copied.contains(private), "{copied}");
        }
        Ok(())
    });
}

#[test]
fn connection_without_refresh_token_ends_at_token_expiry() {
    play("expired", StageSetup::default(), |stage| async move {
        let field = "refresh_token";
        let fault = SandboxFault::DropField { field }.at(&[FaultPath::Exchange]);
        stage.sandbox.arm(fault, FaultTimes::Once).await?;
        stage.connect().await?;
        stage.page().wait_for_text("entries loaded").await?;
        stage.sandbox.expire().await?;
        read_again(&stage).await?;
        stage.page().wait_session("ended").await?;
        let page = stage.page();
        page.alert_with("expired", &["could not be renewed"])
            .await?;
        assert_eq!(stage.sandbox.counters().await?.refresh, 0);
        Ok(())
    });
}

#[test]
fn unanswered_refresh_is_not_repeated_and_ends_as_unsure() {
    let setup = StageSetup {
        // Firefox says in the page's console what the vault's requests came to.
        console: &["Cross-Origin Request Blocked"],
        ..StageSetup::default()
    };
    play("unsure", setup, |stage| async move {
        stage.connect().await?;
        stage.page().wait_for_text("entries loaded").await?;
        let lost = SandboxFault::Lost {
            when: FaultWhen::After,
        }
        .at(&[FaultPath::Refresh]);
        stage.sandbox.arm(lost, FaultTimes::Always).await?;
        stage.sandbox.expire().await?;
        read_again(&stage).await?;
        stage.page().wait_session("ended").await?;
        let page = stage.page();
        page.alert_with("unsure", &["Asking twice could cancel"])
            .await?;
        assert_eq!(stage.sandbox.counters().await?.refresh, 1);
        Ok(())
    });
}

#[test]
fn refused_fresh_token_ends_as_revoked() {
    play("refused_fresh", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        stage.page().wait_for_text("entries loaded").await?;
        let (status, when) = (401, FaultWhen::Before);
        let places = [FaultPath::Introspection, FaultPath::Api];
        let fault = SandboxFault::Status { status, when }.at(&places);
        stage.sandbox.arm(fault, FaultTimes::Always).await?;
        read_again(&stage).await?;
        stage.page().wait_session("ended").await?;
        let expected = "right after a renewal, and does not say why";
        stage.page().alert_with("revoked", &[expected]).await?;
        assert_eq!(stage.sandbox.counters().await?.refresh, 1);
        Ok(())
    });
}

#[test]
fn lost_vault_settles_every_call_and_one_click_reconnects() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            before_vault: Some(COMMANDED),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    };
    play("vault_lost", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        let slow = SandboxFault::Slow {
            ms: 60_000,
            when: FaultWhen::Before,
        };
        stage
            .sandbox
            .arm(slow.at(&[FaultPath::Api]), FaultTimes::Always)
            .await?;
        stage.search_document().await?;
        // A call is on its way that no answer will ever come to.
        let script = "document.querySelector(\"nav a[href^='/?']\").click()";
        stage.browser.run(script, vec![]).await?;
        page.wait_for_button("Cancel").await?;
        let driver = stage.browser.driver();
        driver.back().await?;
        end(&stage.browser).await?;
        page.wait_session("ended").await?;
        page.alert_with("vault_lost", &["background worker"])
            .await?;
        assert!(!page.has_button("Cancel").await?);
        page.wait_route("/entries").await?;
        stage.sandbox.reset_faults().await?;
        page.click("Reload page").await?;
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
fn sign_out_does_not_wait_for_a_failing_revocation() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            config: Some(Box::new(|at| {
                let mut config = at.config();
                let nowhere = format!("{}/oauth/no-such-place", at.auth);
                config["profiles"][0]["revocationEndpoint"] = Value::String(nowhere);
                config
            })),
            ..SandboxSetup::default()
        },
        console: &["Cross-Origin Request Blocked"],
        unproxied_only: Some("its policy lets nothing call another origin"),
        ..StageSetup::default()
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
        page.wait_for_text("You are signed out, here and in every tab")
            .await?;
        until("the revocation in the record", PATIENCE, async || {
            let messages = port::received(&stage.browser).await?;
            // The document is another one: it has the record from the welcome.
            let mut events = messages
                .iter()
                .filter_map(|message| message["welcome"]["record"].as_array())
                .flatten();
            let sent = events.any(|line| line["event"] == "revocation_sent");
            Ok(sent.then_some(()))
        })
        .await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await
    });
}

async fn ask_to_disconnect(stage: &Stage) -> Outcome {
    stage.page().open("/settings").await?;
    stage.page().click("Remove from Pleo…").await?;
    let expected = [
        "Remove Outlay from Pleo?",
        "Sandbox",
        "removes the integration of",
        "other browsers",
    ];
    stage.page().wait_for_texts(&expected).await.map(drop)
}

#[test]
fn disconnect_removes_the_integration_and_the_connection() {
    play("disconnect", StageSetup::default(), |stage| async move {
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
        page.click("Remove from Pleo").await?;
        page.wait_session("signed-out").await?;
        page.wait_for_texts(&["Outlay was removed", "all access of this app"])
            .await?;
        driver.switch_to_window(first).await?;
        page.wait_session("signed-out").await?;
        driver.switch_to_window(second).await?;
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.exchange, counters.refresh), (1, 0));
        Ok(())
    });
}

#[test]
fn unclear_disconnect_response_keeps_the_connection() {
    play(
        "disconnect_unclear",
        StageSetup::default(),
        |stage| async move {
            stage.connect().await?;
            let page = stage.page();
            let (status, when) = (502, FaultWhen::Before);
            let fault = SandboxFault::Status { status, when }.at(&[FaultPath::Api]);
            let fault = fault.path("/v1/installations/me");
            page.wait_for_text("entries loaded").await?;
            stage.sandbox.arm(fault, FaultTimes::Once).await?;
            ask_to_disconnect(&stage).await?;
            page.click("Remove from Pleo").await?;
            page.alert_with("disconnect_unclear", &["502"]).await?;
            page.click("Cancel").await?;
            until("no question", PATIENCE, async || {
                let script = "return document.querySelector('dialog[open]') === null";
                Ok((stage.browser.run(script, vec![]).await? == json!(true)).then_some(()))
            })
            .await?;
            page.wait_session("active").await
        },
    );
}
