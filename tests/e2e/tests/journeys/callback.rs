//! The way back: wrong, forged, denied.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{Fault, Order, Place, Times};
use outlay_e2e::login::Consent;
use outlay_e2e::stage::{Setup, Stage, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

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

/// Long enough for a table of sign-ins.
const TABLE: Option<Duration> = Some(Duration::from_secs(120));

/// Arms a fault and goes through a sign-in from the page in view.
async fn sign_in_with(stage: &Stage, fault: Order) -> Outcome {
    stage.sandbox.arm(fault, Times::Once).await?;
    let forget = "sessionStorage.removeItem('outlay.starts')";
    stage.browser.run(forget, vec![]).await?;
    stage.page().click("Connect to Pleo").await?;
    stage.decide(&Consent::default()).await
}

fn written(text: &'static str, instead: bool) -> Fault {
    let r#where = if instead { "instead" } else { "behind" };
    Fault::CallbackRaw { text, r#where }
}

#[test]
fn an_odd_callback_is_read_or_named_and_its_address_is_cleared() {
    let setup = Setup {
        deadline: TABLE,
        ..Setup::default()
    };
    play("odd_callbacks", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let form = |form| Fault::CallbackForm { form };
        let latin_1 =
            "error=access_denied&error_description=Zugriff+f%FCr+verweigert&state={state}";
        let escape = "error=access_denied&error_description=introducci%u00f3n&state={state}";
        for (fault, code, words) in [
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
                "names the same thing twice",
            ),
        ] {
            let told = json!(fault).to_string();
            sign_in_with(&stage, fault.into()).await?;
            let alert = page.alert(code).await;
            let alert = alert.map_err(|error| format!("{told}: {error}"))?;
            assert!(alert.contains(words), "{told}: {alert}");
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
fn an_odd_token_answer_is_read_or_shown_with_the_words_of_the_server() {
    let setup = Setup {
        deadline: TABLE,
        ..Setup::default()
    };
    play("odd_tokens", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let stated = r#"{"error":"invalid_grant","error_description":"The code passed is incorrect or expired."}"#;
        let nested = r#"{"error":{"code":"invalid_grant","message":"The code is used."}}"#;
        for (body, code, words) in [
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
            sign_in_with(&stage, Fault::body(body).at(&[Place::Exchange])).await?;
            let alert = page
                .alert(code)
                .await
                .map_err(|error| format!("{body}: {error}"))?;
            assert!(alert.contains(words), "{body}: {alert}");
        }
        let scopes = r#""companies:read,users:read,accounting-entries:read""#;
        let commas = Fault::patch(&[("/scope", scopes)]).at(&[Place::Exchange]);
        sign_in_with(&stage, commas).await?;
        page.wait_session("active").await?;
        page.wait_words("entries read").await?;
        page.open("/inspect").await?;
        page.wait_words("token answer odd · scope_separators")
            .await?;
        let open = "document.querySelectorAll('details').forEach((it) => { it.open = true; })";
        stage.browser.run(open, vec![]).await?;
        page.wait_words("companies:read,users:read,accounting-entries:read")
            .await?;
        // A refresh that is refused with status 200 is a refusal, and its words are shown.
        page.open("/").await?;
        page.wait_words("entries read").await?;
        let refusal = Fault::body(stated).at(&[Place::Refresh]);
        stage.sandbox.arm(refusal, Times::Once).await?;
        stage.sandbox.expire().await?;
        page.click("Read again").await?;
        page.wait_session("ended").await?;
        let alert = page.alert("refused").await?;
        assert!(alert.contains("incorrect or expired"), "{alert}");
        Ok(())
    });
}

/// As after a log-in that was finished in another browser, or begun by a bookmark of yesterday.
#[test]
fn a_sign_in_from_elsewhere_goes_on_here_with_one_button() {
    play("elsewhere", Setup::default(), |stage| async move {
        let page = stage.page();
        for _ in 0..3 {
            page.open("/callback/sandbox?code=C&state=yesterday")
                .await?;
            let words = page.alert("state_unknown").await?;
            assert!(
                words.contains("began in another window or browser"),
                "{words}"
            );
            assert!(words.contains("Bookmark this app"), "{words}");
            assert!(
                !words.contains("attack") && !words.contains("refused"),
                "{words}"
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
        stage.decide(&Consent::default()).await?;
        page.wait_session("active").await
    });
}

#[test]
fn the_address_is_clear_before_the_program_arrives() {
    let setup = Setup {
        before_load: Some(
            "const real = window.fetch;
             window.fetch = function (...given) {
                 if (String(given[0]?.url ?? given[0]).includes('.wasm')) window.__address ??= location.href;
                 return real.apply(this, given);
             };",
        ),
        ..Setup::default()
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
