//! The way back: wrong, forged, denied.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault, SandboxOrder};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

#[test]
fn wrong_state_changes_nothing() {
    play("wrong_state", StageSetup::default(), |stage| async move {
        let page = stage.page();
        for query in [
            "code=stolen&state=forged",
            "error=access_denied&state=forged",
            "code=stolen",
        ] {
            page.open(&format!("/callback/sandbox?{query}")).await?;
            page.alert("state_unknown").await?;
            page.wait_session("signed-out").await?;
            // The page clears its address before it shows anything.
            assert!(!page.route().await?.contains("forged"));
        }
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.exchange, counters.tokens_issued.len()), (0, 0));
        Ok(())
    });
}

#[test]
fn forged_callback_keeps_the_pending_sign_in() {
    play("forged", StageSetup::default(), |stage| async move {
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
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await
    });
}

#[test]
fn denial_is_shown_and_nothing_is_exchanged() {
    play("denial", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage
            .decide(&ConsentChoice {
                deny: true,
                ..ConsentChoice::default()
            })
            .await?;
        page.alert("access_denied").await?;
        page.wait_session("signed-out").await?;
        assert_eq!(stage.sandbox.counters().await?.exchange, 0);
        // And a second thought is possible.
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await
    });
}

#[test]
fn callback_is_accepted_once() {
    play("once", StageSetup::default(), |stage| async move {
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

/// Long enough for a table of sign-ins.
const TABLE: Option<Duration> = Some(Duration::from_secs(120));

/// Arms a fault and goes through a sign-in from the page in view.
async fn sign_in_with(stage: &Stage, fault: SandboxOrder) -> Outcome {
    stage.sandbox.arm(fault, FaultTimes::Once).await?;
    let forget = "sessionStorage.removeItem('outlay.failures')";
    stage.browser.run(forget, vec![]).await?;
    stage.page().click("Connect to Pleo").await?;
    stage.decide(&ConsentChoice::default()).await
}

fn written(text: &'static str, instead: bool) -> SandboxFault {
    let r#where = if instead { "instead" } else { "behind" };
    SandboxFault::CallbackRaw { text, r#where }
}

#[test]
fn odd_callback_is_accepted_or_reported_and_its_address_cleared() {
    let setup = StageSetup {
        deadline: TABLE,
        ..StageSetup::default()
    };
    play("odd_callbacks", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let form = |form| SandboxFault::CallbackForm { form };
        let latin_1 =
            "error=access_denied&error_description=Zugriff+f%FCr+verweigert&state={state}";
        let escape = "error=access_denied&error_description=introducci%u00f3n&state={state}";
        for (fault, code, visible_text) in [
            (form("fragment"), "callback_fragment", "response_mode=query"),
            (form("escaped"), "callback_rewritten", "“&amp;”"),
            (form("question"), "callback_rewritten", "a second “?”"),
            (form("empty"), "callback_empty", "response_mode=query"),
            (
                written(latin_1, true),
                "access_denied",
                "Zugriff für verweigert",
            ),
            (written(escape, true), "access_denied", "introducción"),
            (
                written("&state=again", false),
                "callback_duplicate",
                "has the same value twice",
            ),
        ] {
            let log_text = json!(fault).to_string();
            sign_in_with(&stage, fault.into()).await?;
            let alert = page.alert_with(code, &[visible_text]).await;
            alert.map_err(|error| format!("{log_text}: {error}"))?;
            let address = stage.browser.driver().current_url().await?;
            assert_eq!(
                (address.path(), address.query(), address.fragment()),
                ("/callback/sandbox", None, None)
            );
        }
        assert_eq!(stage.sandbox.counters().await?.exchange, 0);
        // Unknown parameters twice, bytes that are not UTF-8, and a fragment that means nothing.
        let harmless = "&utm_source=mail&utm_source=pleo&lang=en&lang=de&x=%E9#_=_";
        sign_in_with(&stage, written(harmless, false).into()).await?;
        page.wait_session("active").await
    });
}

#[test]
fn odd_token_response_is_accepted_or_shown_with_the_server_description() {
    let setup = StageSetup {
        deadline: TABLE,
        ..StageSetup::default()
    };
    play("odd_tokens", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let stated = r#"{"error":"invalid_grant","error_description":"The code passed is incorrect or expired."}"#;
        let nested = r#"{"error":{"code":"invalid_grant","message":"The code is used."}}"#;
        for (body, code, visible_text) in [
            (
                stated,
                "invalid_grant",
                "invalid_grant: The code passed is incorrect or expired.",
            ),
            (nested, "invalid_grant", "invalid_grant: The code is used."),
            (
                r#"{"errorMessage":"Try tomorrow."}"#,
                "token_malformed",
                "Try tomorrow.",
            ),
            (
                "access_token=A&token_type=bearer",
                "token_form_encoded",
                "form encoding",
            ),
        ] {
            sign_in_with(&stage, SandboxFault::body(body).at(&[FaultPath::Exchange])).await?;
            let alert = page.alert_with(code, &[visible_text]).await;
            alert.map_err(|error| format!("{body}: {error}"))?;
        }
        let scopes = r#""companies:read,users:read,accounting-entries:read""#;
        let commas = SandboxFault::patch(&[("/scope", scopes)]).at(&[FaultPath::Exchange]);
        sign_in_with(&stage, commas).await?;
        page.wait_session("active").await?;
        page.wait_for_text("entries loaded").await?;
        page.open("/inspect").await?;
        page.wait_for_text("token answer odd · scope_separators")
            .await?;
        let open = "document.querySelectorAll('details').forEach((it) => { it.open = true; })";
        stage.browser.run(open, vec![]).await?;
        page.wait_for_text("companies:read,users:read,accounting-entries:read")
            .await?;
        // A refresh that is refused with status 200 is a refusal, and its words are shown.
        page.open("/").await?;
        page.wait_for_text("entries loaded").await?;
        let refusal = SandboxFault::body(stated).at(&[FaultPath::Refresh]);
        stage.sandbox.arm(refusal, FaultTimes::Once).await?;
        stage.sandbox.expire().await?;
        page.click("Refresh").await?;
        page.wait_session("ended").await?;
        page.alert_with("refused", &["incorrect or expired"])
            .await
            .map(drop)
    });
}

/// As after a log-in that was finished in another browser, or begun by a bookmark of yesterday.
#[test]
fn sign_in_started_elsewhere_continues_with_one_button() {
    play("elsewhere", StageSetup::default(), |stage| async move {
        let page = stage.page();
        for _ in 0..3 {
            page.open("/callback/sandbox?code=C&state=yesterday")
                .await?;
            let expected = ["began in another window or browser", "Bookmark this app"];
            let visible_text = page.alert_with("state_unknown", &expected).await?;
            assert!(
                !visible_text.contains("attack") && !visible_text.contains("refused"),
                "{visible_text}"
            );
            page.click("Connect to Pleo").await?;
            let driver = stage.browser.driver();
            until("the login page", PATIENCE, async || {
                let here = driver.current_url().await?;
                let there = here.origin().ascii_serialization() == stage.sandbox.at.auth;
                Ok(there.then_some(()))
            })
            .await?;
        }
        page.open("/callback/sandbox?code=C&state=yesterday")
            .await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await
    });
}

#[test]
fn callback_address_is_cleared_before_the_wasm_loads() {
    let setup = StageSetup {
        before_load: Some(
            "const real = window.fetch;
             window.fetch = function (...given) {
                 if (String(given[0]?.url ?? given[0]).includes('.wasm')) window.__address ??= location.href;
                 return real.apply(this, given);
             };",
        ),
        ..StageSetup::default()
    };
    play("clear_early", setup, |stage| async move {
        let page = stage.page();
        page.open("/callback/sandbox?code=C&state=S#x=1").await?;
        page.alert("state_unknown").await?;
        let address = stage.browser.run("return window.__address", vec![]).await?;
        let address = address.as_str().ok_or("no program was fetched")?;
        assert!(address.ends_with("/callback/sandbox"), "{address}");
        Ok(())
    });
}
