//! The connection test: start, windows, end and exported results.

mod rules;

use std::collections::BTreeMap;
use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::sandbox::{ConfigOf, SandboxSetup};
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::vault::{has_lock, take_lock};
use outlay_e2e::wait::{PATIENCE, until};
use serde::Deserialize;
use serde_json::json;

/// What was copied is kept; the clipboard itself is nobody's business.
const COPIES: &str = "window.__copied = [];
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.__copied.push(text); } } });";

/// The rows that are asked only where the user agrees.
const COSTLY: [&str; 4] = [
    "PKCE: a wrong verifier is refused",
    "A code works once",
    "A replaced refresh token is refused",
    "Revocation has effect",
];

/// A sandbox that shows everything there is: its issuer, and a revocation endpoint where it may be
/// called.
fn setup() -> StageSetup {
    let complete: ConfigOf = Box::new(|at| {
        let mut config = at.config();
        config["profiles"][0]["issuer"] = json!(at.auth);
        if !at.proxied {
            let revoke = format!("{}/oauth/revoke", at.auth);
            config["profiles"][0]["revocationEndpoint"] = json!(revoke);
        }
        config
    });
    StageSetup {
        deadline: Some(Duration::from_secs(300)),
        sandbox: SandboxSetup {
            config: Some(complete),
            ..SandboxSetup::default()
        },
        presents_again: true,
        // The window in which the server refuses says so too, if the browser is listened to in time.
        console: &["/oauth/authorize?"],
        chromium_only: Some(
            "the questions and the page are the same; each card takes seven windows",
        ),
        ..StageSetup::default()
    }
}

/// The page as a person sees it.
#[derive(Debug, Deserialize)]
struct SeenReport {
    /// The window that is wanted.
    window: Option<String>,
    running: bool,
    /// Each rule's verdict, and what it rests on if it cannot be known.
    rows: BTreeMap<String, (String, bool)>,
}

async fn see(stage: &Stage) -> Outcome<SeenReport> {
    let script = "const panel = document.querySelector('.check-running');
        const rows = [...document.querySelectorAll('.rules > li')].map((row) =>
            [row.dataset.rule, [row.dataset.verdict, row.querySelector('.reason') !== null]]);
        return { window: panel?.dataset.window ?? null, running: panel !== null, rows: Object.fromEntries(rows) };";
    Ok(serde_json::from_value(
        stage.browser.run(script, vec![]).await?,
    )?)
}

/// What a person does with one look at the window: signs in, allows, or says what is there.
const DO: &str = "const [server, site] = arguments;
    const button = [...document.querySelectorAll('button')].find((it) => ['Log in', 'Allow'].includes(it.textContent.trim()));
    if (document.readyState !== 'complete') return 'waits';
    if (location.origin === server && button && !button.dataset.pressed) { button.dataset.pressed = 'yes'; button.click(); }
    else if (location.origin === server && !button) return 'refused';
    else if (location.origin === site && document.querySelector('[role=alert][data-code]')) return 'back';
    return 'waits';";

/// Opens the window that is wanted, and goes through it to its end.
async fn go_through(stage: &Stage, number: &str) -> Outcome {
    let driver = stage.browser.driver();
    let (opener, known) = (driver.window().await?, driver.windows().await?);
    stage.page().click("Open the window").await?;
    let opened = until("the window, or what came of it", PATIENCE, async || {
        let mut windows = driver.windows().await?.into_iter();
        if let Some(window) = windows.find(|window| !known.contains(window)) {
            return Ok(Some(Some(window)));
        }
        Ok((see(stage).await?.window.as_deref() != Some(number)).then_some(None))
    })
    .await?;
    let Some(opened) = opened else { return Ok(()) };
    let _ = driver.switch_to_window(opened.clone()).await;
    let given = vec![json!(stage.sandbox.at.auth), json!(stage.sandbox.at.site)];
    let shown_text = until("the end of the window", PATIENCE, async || {
        if !driver.windows().await?.contains(&opened) {
            return Ok(Some(None));
        }
        let seen = stage.browser.run(DO, given.clone()).await?;
        Ok(match seen.as_str() {
            Some("refused") => Some(Some(
                "An error page of the authorization server, and it did not return to this app",
            )),
            Some("back") => Some(Some(
                "It returned to this app, but the test did not continue",
            )),
            _ => None,
        })
    })
    .await?;
    if shown_text.is_some() {
        driver.close_window().await?;
    }
    driver.switch_to_window(opener).await?;
    match shown_text {
        Some(answer) => stage.page().click(answer).await,
        None => Ok(()),
    }
}

/// Runs the check to its end; the card.
async fn card(stage: &Stage) -> Outcome<BTreeMap<String, (String, bool)>> {
    stage.page().click("Run the test").await?;
    let mut gone_through = None;
    loop {
        let seen = until("a window, or the end", PATIENCE, async || {
            let seen = see(stage).await?;
            let next = seen.window.is_some() && seen.window != gone_through;
            Ok((next || !seen.running).then_some(seen))
        })
        .await?;
        let Some(number) = seen.window else {
            return Ok(seen.rows);
        };
        go_through(stage, &number).await?;
        gone_through = Some(number);
    }
}

async fn ready(stage: &Stage) -> Outcome {
    stage.page().open("/check").await?;
    for title in COSTLY {
        if stage.sandbox.at.proxied && title == "Revocation has effect" {
            continue;
        }
        stage.page().tick(title).await?;
    }
    Ok(())
}

#[test]
fn check_page_selects_environment_and_client_id() {
    let two: ConfigOf = Box::new(|at| {
        let mut config = at.config();
        let mut asking = config["profiles"][0].clone();
        asking["name"] = json!("Without a client id");
        asking.as_object_mut().unwrap().remove("clientId");
        config["profiles"][0]["id"] = json!("other");
        config["profiles"][0]["authorizationServer"] = json!("https://auth.example");
        config["profiles"].as_array_mut().unwrap().push(asking);
        config
    });
    let setup = StageSetup {
        sandbox: SandboxSetup {
            config: Some(two),
            ..SandboxSetup::default()
        },
        ..setup()
    };
    play("check_environment", setup, |stage| async move {
        let page = stage.page();
        page.open("/check").await?;
        page.choose("Environment", "Without a client id").await?;
        page.click("Run the test").await?;
        page.alert("client_id_needed").await?;
        page.fill("Client ID", "outlay-sandbox").await?;
        let rows = card(&stage).await?;
        for rule in ["challenge", "expires_in", "rotation", "introspect"] {
            assert_eq!(rows[rule].0, "pass", "{rule}: {rows:?}");
        }
        Ok(())
    });
}

#[test]
fn sandbox_passes_every_check_and_the_report_is_exported() {
    let setup = StageSetup {
        before_load: Some(COPIES),
        ..setup()
    };
    play("check_right", setup, |stage| async move {
        rules::broken(&stage, vec![(vec![], &[], &[])]).await?;
        let page = stage.page();
        let counted = match stage.sandbox.at.proxied {
            true => "19 passed, 0 failed, 2 without a result.",
            false => "20 passed, 0 failed, 1 without a result.",
        };
        page.wait_for_text(counted).await?;
        page.click("Copy as Markdown").await?;
        page.wait_for_text("Copied").await?;
        page.click("Copy as JSON").await?;
        let script = "return window.__copied";
        let copied = until("both copies", PATIENCE, async || {
            let copied = stage.browser.run(script, vec![]).await?;
            let copied: Vec<String> = serde_json::from_value(copied)?;
            Ok((copied.len() == 2).then_some(copied))
        })
        .await?;
        assert!(
            copied[0].starts_with("# Connection test: Sandbox"),
            "{}",
            copied[0]
        );
        assert!(
            copied[0].contains("| A code works once | pass |"),
            "{}",
            copied[0]
        );
        let json: serde_json::Value = serde_json::from_str(&copied[1])?;
        assert_eq!(
            (&json["phase"], &json["want"]),
            (&json!("done"), &json!(null))
        );
        // The search for tokens that follows sees what the probe said, and this page's memory.
        let script =
            "return window.__audit.received.some((text) => text.includes('\"phase\":\"done\"'))
            && window.__audit.memories.length > 0";
        stage
            .browser
            .wait_for("the end of the probe", script, vec![], true)
            .await?;
        assert!(stage.sandbox.counters().await?.refresh_presented_again > 0);
        Ok(())
    });
}

#[test]
fn run_survives_other_pages_and_a_reload_ends_it() {
    let warns = "const leaves = new Event('beforeunload', { cancelable: true });
        return !window.dispatchEvent(leaves)";
    play("check_left", setup(), |stage| async move {
        let page = stage.page();
        page.open("/check").await?;
        page.wait_for_button("Run the test").await?;
        assert_eq!(stage.browser.run(warns, vec![]).await?, json!(false));
        page.click("Run the test").await?;
        page.wait_for_text("Reloading or closing this tab").await?;
        page.wait_for_text("A window is needed").await?;
        let driver = stage.browser.driver();
        let opener = driver.window().await?;
        stage.click_for_window("Open the window").await?;
        let popup = driver.window().await?;
        driver.switch_to_window(opener.clone()).await?;
        page.follow("Storage").await?;
        page.wait_for_text("No secrets are stored").await?;
        assert_eq!(stage.browser.run(warns, vec![]).await?, json!(true));
        driver.switch_to_window(popup.clone()).await?;
        let consent = outlay_e2e::login::ConsentChoice::default();
        outlay_e2e::login::decide_and_close(&stage.browser, &stage.sandbox.at.auth, &consent)
            .await?;
        driver.switch_to_window(opener).await?;
        page.follow("Connection test").await?;
        // The test still waits for a window.
        page.wait_for_text("A window is needed").await?;
        assert!(see(&stage).await?.running);
        page.click("Cancel").await?;
        page.wait_for_text("not tested yet").await?;
        // The results of an ended test come first, have the focus, and survive other pages too.
        let first = "const cards = [...document.querySelectorAll('main .card')];
            return [cards[0].classList.contains('report'), document.activeElement.id]";
        assert_eq!(
            stage.browser.run(first, vec![]).await?,
            json!([true, "check-result"])
        );
        let rows = see(&stage).await?.rows;
        page.follow("Storage").await?;
        page.wait_for_text("No secrets are stored").await?;
        page.follow("Connection test").await?;
        page.wait_for_text("not tested yet").await?;
        assert_eq!(see(&stage).await?.rows, rows);
        assert_eq!(stage.browser.run(warns, vec![]).await?, json!(false));
        driver.refresh().await?;
        page.wait_for_button("Run the test").await?;
        assert!(!see(&stage).await?.running);
        Ok(())
    });
}

#[test]
fn obstacle_to_a_run_is_shown() {
    let setup = StageSetup {
        before_load: Some("window.open = () => null;"),
        ..setup()
    };
    play("check_hindered", setup, |stage| async move {
        let page = stage.page();
        page.open("/check").await?;
        page.click("Run the test").await?;
        page.wait_for_text("A window is needed").await?;
        page.click("Open the window").await?;
        page.alert("check_window_blocked").await?;
        page.wait_for_button("Try again").await?;
        page.click("Cancel").await?;
        page.wait_for_text("not tested yet").await?;
        until("no alert", PATIENCE, async || {
            Ok(page.alerts().await?.is_empty().then_some(()))
        })
        .await?;
        assert!(!see(&stage).await?.running);

        page.click("Run the test").await?;
        page.wait_for_text("A window is needed").await?;
        // The probe without its lock says that it lives, and has it again: nothing has happened.
        take_lock(&stage.browser, "probe").await?;
        has_lock(&stage.browser, "probe").await?;
        assert!(see(&stage).await?.running);
        // The same where it hears nobody: as good as gone.
        let mute = "MessagePort.prototype.postMessage = () => {}";
        stage.browser.run(mute, vec![]).await?;
        until("the end to be noticed", PATIENCE, async || {
            take_lock(&stage.browser, "probe").await?;
            let alerts = page.alerts().await?;
            Ok(alerts.contains(&"check_lost".to_owned()).then_some(()))
        })
        .await?;
        page.wait_for_button("Start again").await?;
        assert!(!see(&stage).await?.running);
        Ok(())
    });
}
