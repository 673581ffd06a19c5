//! The pages that are loaded on their own: what went over the wire, what is stored, the settings,
//! and the way in that Pleo links to.

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault};
use outlay_e2e::files;
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};

/// A line of time as it is shown, each opened.
async fn timeline(stage: &Stage) -> Outcome<Vec<String>> {
    let script = "return [...document.querySelectorAll('.timeline details')]
        .map((it) => { it.open = true; return it.innerText; })";
    let lines = stage.browser.run(script, vec![]).await?;
    Ok(serde_json::from_value(lines)?)
}

/// The first line of time that holds all of `parts`.
async fn event(stage: &Stage, parts: &[&str]) -> Outcome<String> {
    until(&format!("{parts:?}"), PATIENCE, async || {
        let mut lines = timeline(stage).await?.into_iter();
        Ok(lines.find(|line| parts.iter().all(|part| line.contains(part))))
    })
    .await
}

async fn state_drawn(stage: &Stage, state: &str) -> Outcome {
    until(&format!("the state {state}"), PATIENCE, async || {
        let script = "return document.querySelector('.machine [data-holds]')?.textContent";
        let drawn = stage.browser.run(script, vec![]).await?;
        Ok((drawn.as_str() == Some(state)).then_some(()))
    })
    .await
}

#[test]
fn flow_is_shown_live_with_every_parameter() {
    play("inspect", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/inspect").await?;
        page.wait_for_text("No events yet").await?;
        state_drawn(&stage, "Signed out").await?;
        stage.connect().await?;
        page.wait_for_text("entries loaded").await?;
        page.open("/inspect").await?;
        state_drawn(&stage, "Active").await?;

        let begun = [
            "sign in started",
            "response_type",
            "RFC 6749 §4.1.1",
            "S256",
            "outlay-sandbox",
            "/callback/sandbox",
            "state, 43 bytes, fingerprint",
        ];
        event(&stage, &begun).await?;
        let back = event(&stage, &["callback · ok", "code, "]).await?;
        let exchange = [
            "exchange answered",
            "code_verifier",
            "grant_type",
            "code verifier, 43 bytes",
            "access token, ",
            "expires_in",
            "Status 200",
        ];
        let exchange = event(&stage, &exchange).await?;
        // The same code in both, by its fingerprint.
        let print = |text: &str| {
            let after = text.split("code, ").nth(1)?;
            after.lines().next().map(str::to_owned)
        };
        assert!(print(&back).is_some());
        assert_eq!(print(&back), print(&exchange));
        event(&stage, &["GET /v1/companies · 200"]).await?;

        stage.sandbox.expire().await?;
        let script = "document.querySelectorAll('details').forEach((it) => { it.open = true; })";
        stage.browser.run(script, vec![]).await?;
        page.click("Call the API").await?;
        let parts = ["refresh answered · ok", "generation 2", "refresh token, "];
        event(&stage, &parts).await.map(drop)
    });
}

#[test]
fn support_file_is_replayed_and_other_files_are_rejected() {
    play("replay", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/inspect").await?;
        page.wait_for_text("Replay a support file").await?;
        let line = |event: &str, outcome: Value| json!({"at": "2026-11-01T10:00:00.000Z", "connection": 1, "event": event, "generation": 1, "duration": 12, "outcome": outcome});
        let bundle = json!({
            "bundle": 1, "at": "2026-11-01T10:01:00.000Z", "version": "0.1.0", "messages": 3,
            "browser": "A browser", "vaultShared": true, "vaultOutlivesReload": true,
            "page": "/entries", "session": "ended", "code": "revoked",
            "idleSignOutMinutes": 30, "absoluteSignOutHours": 12, "idleLeft": null,
            "signingIn": 0, "connections": [],
            "record": [line("connected", json!("new")), line("refresh_sent", json!(null)), line("ended", json!("revoked"))],
        });
        give_file(&stage, &bundle.to_string()).await?;
        page.wait_for_text("Line 1 of 3").await?;
        let drawn = "return document.querySelectorAll('.machine')[1].querySelector('[data-holds]').textContent";
        for (line, state) in [(1, "Active"), (2, "Refreshing"), (3, "Ended")] {
            page.wait_for_text(&format!("Line {line} of 3")).await?;
            stage
                .browser
                .wait_for("the state of the line", drawn, vec![], state)
                .await?;
            page.click("Forward").await?;
        }
        give_file(&stage, "{\"bundle\":1}").await?;
        page.alert("bundle_unreadable").await?;
        // What was looked at before stays.
        page.wait_for_text("Line 3 of 3").await.map(drop)
    });
}

async fn give_file(stage: &Stage, text: &str) -> Outcome {
    let script = "const input = document.querySelector('input[type=file]');
        const files = new DataTransfer();
        files.items.add(new File([arguments[0]], 'outlay-support.json', { type: 'application/json' }));
        input.files = files.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    let script = stage.browser.run(script, vec![json!(text)]).await;
    script.map(drop)
}

#[test]
fn storage_page_shows_empty_stores_and_planted_values() {
    play("storage", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/storage").await?;
        page.wait_for_texts(&[
            "contains a secret",
            "Refresh token",
            "Access token",
            "Cookies",
            "Local storage",
            "Session storage",
            "IndexedDB",
            "Cache storage",
            "Service workers",
            "Origin private file system",
        ])
        .await?;
        let plant = "localStorage.setItem('planted', 'x'); document.cookie = 'crumb=1';";
        stage.browser.run(plant, vec![]).await?;
        page.wait_for_texts(&["2 storage areas contain data", "planted", "crumb"])
            .await?;
        let clear = "localStorage.clear(); document.cookie = 'crumb=; max-age=0';";
        stage.browser.run(clear, vec![]).await?;
        page.wait_for_text("contains a secret").await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        page.wait_without_text("Refresh token").await.map(drop)
    });
}

#[test]
fn initiation_link_starts_a_sign_in_for_its_subject() {
    play("initiation", StageSetup::default(), |stage| async move {
        let page = stage.page();
        let urn = "urn:pleo:company:0f8fad5b-d9cb-469f-a165-70867728950e";
        page.open(&format!("/connect?urn_pleo_params_oauth_subject={urn}"))
            .await?;
        page.wait_for_text("in this browser only").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.open("/connect").await?;
        page.wait_for_text("Already connected").await?;
        page.open("/inspect").await?;
        event(&stage, &["sign in started", "response_type", urn])
            .await
            .map(drop)
    });
}

#[test]
fn settings_manage_each_connection_and_open_when_signed_out() {
    play("settings", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/settings").await?;
        page.wait_for_text("No company is").await?;
        stage.connect().await?;
        page.open("/settings").await?;
        page.wait_for_texts(&[
            "Granted permissions",
            "Environment",
            "Sandbox",
            "After 30 minutes",
            "urn:pleo:company:",
        ])
        .await?;
        page.click("Disconnect this company").await?;
        page.wait_session("signed-out").await
    });
}

#[test]
fn csv_settings_apply_to_the_export() {
    let setup = StageSetup {
        before_load: Some(files::KEEP),
        ..StageSetup::default()
    };
    play("files", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("Brinkholt").await?;
        page.follow("Entries").await?;
        page.rows().await?;
        files::save_entries(&stage.browser).await?;
        let some = files::saved(&stage.browser).await?;
        assert!(some.starts_with("\u{feff}Purchase date,"));
        // The export has loaded the rest.
        page.wait_for_text("entries, all loaded").await?;
        page.follow("Settings").await?;
        page.choose("Separator", "Semicolon").await?;
        page.choose("Decimal separator", "Comma: 1234,50").await?;
        page.choose("Dates", "22.11.2026").await?;
        page.choose("Encoding", "UTF-8").await?;
        page.follow("Entries").await?;
        page.wait_for_text("entries, all loaded").await?;
        files::save_entries(&stage.browser).await?;
        let file = files::saved(&stage.browser).await?;
        let mut lines = file.split("\r\n");
        assert!(
            lines
                .next()
                .unwrap()
                .starts_with("Purchase date;Settled date;")
        );
        // A split entry has a line for each part.
        let known = i64::try_from(lines.filter(|line| !line.is_empty()).count())?;
        assert!(known > page.row_count().await?);
        let amounts = file.split(';').filter(|cell| {
            let whole = cell.split_once(',').filter(|(_, cents)| cents.len() == 2);
            whole.is_some_and(|(whole, _)| whole.trim_start_matches('-').parse::<u64>().is_ok())
        });
        assert!(amounts.count() > 10);
        // It lasts for this visit.
        stage.browser.driver().refresh().await?;
        page.follow("Settings").await?;
        page.wait_for_text("Separator").await?;
        let script = "return document.documentElement.dataset.files ?? null";
        assert_eq!(stage.browser.run(script, vec![]).await?, Value::Null);
        Ok(())
    });
}

/// Goes to a route by its link while a file is withheld, and again once it is not.
pub(crate) async fn withheld(
    stage: &Stage,
    file: &str,
    route: &str,
    visible_text: &str,
) -> Outcome {
    let page = stage.page();
    page.open("/").await?;
    page.wait_session("signed-out").await?;
    let browser = &stage.browser;
    browser.ask("Network.enable", json!({})).await?;
    let block = |urls: Value| browser.ask("Network.setBlockedURLs", json!({ "urls": urls }));
    block(json!([file])).await?;
    let follow = format!("document.querySelector('a[href$=\"{route}\"]').click()");
    browser.run(&follow, vec![]).await?;
    page.alert_with("part_not_loaded", &[file.trim_matches('*')])
        .await?;
    block(json!([])).await?;
    page.click("Try again").await?;
    page.wait_for_text(visible_text).await.map(drop)
}

#[test]
fn unloadable_chunk_is_reported_and_refetched() {
    let setup = StageSetup {
        chromium_only: Some("a file is withheld by Chromium's own tools"),
        console: &["storage-"],
        ..StageSetup::default()
    };
    play("part", setup, |stage| async move {
        withheld(&stage, "*storage-*", "/storage", "No secrets are stored").await
    });
}

#[test]
fn refused_call_is_in_the_flow_with_its_status() {
    play(
        "inspect_refused",
        StageSetup::default(),
        |stage| async move {
            stage.connect().await?;
            let page = stage.page();
            page.wait_for_text("entries loaded").await?;
            let fault = SandboxFault::Status {
                status: 500,
                when: outlay_e2e::fault::FaultWhen::Before,
            };
            stage
                .sandbox
                .arm(fault.at(&[FaultPath::Api]), FaultTimes::Once)
                .await?;
            page.click("Refresh").await?;
            until("the refused call", PATIENCE, async || {
                Ok((stage.sandbox.struck().await?["status"] == 1).then_some(()))
            })
            .await?;
            page.open("/inspect").await?;
            event(&stage, &["· 500"]).await.map(drop)
        },
    );
}
