//! Nobody is kept out: axe-core finds no fault in any page or state of the session, in light and
//! dark, on a wide and on a narrow screen.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::axe::{accessible, violations};
use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::port;
use outlay_e2e::sandbox::{ConfigOf, SandboxSetup};
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::vault::{COMMANDED, set_clock};
use serde_json::{Value, json};

fn setup() -> StageSetup {
    StageSetup {
        deadline: Some(Duration::from_secs(240)),
        chromium_only: Some("the rules look at the same document, and its windows are too wide"),
        ..StageSetup::default()
    }
}

/// The vault never hears of a sign-in, so that a page stays as it is meanwhile.
const NO_SIGN_IN: &str = "const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (message, ...rest) {
        if (!/callback|start_sign_in/.test(message[0])) post.call(this, message, ...rest);
    };";

async fn check_accessibility(stage: &Stage, state: &str) -> Outcome {
    accessible(&stage.browser, state).await
}

async fn press(stage: &Stage, selector: &str) -> Outcome {
    let script = "document.querySelector(arguments[0]).click()";
    stage
        .browser
        .run(script, vec![json!(selector)])
        .await
        .map(drop)
}

#[test]
fn signed_out_pages_are_accessible() {
    play("axe_visitor", setup(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        check_accessibility(&stage, "signed out").await?;
        page.open("/entries").await?;
        page.wait_for_text("Connect to Pleo to see").await?;
        check_accessibility(&stage, "entries, signed out").await?;
        page.open("/nowhere").await?;
        page.wait_for_text("Page not found").await?;
        check_accessibility(&stage, "no such page").await?;
        page.open("/callback/sandbox?code=x&state=forged").await?;
        page.alert("state_unknown").await?;
        check_accessibility(&stage, "a forged callback").await?;
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        let deny = ConsentChoice {
            deny: true,
            ..ConsentChoice::default()
        };
        stage.decide(&deny).await?;
        page.alert("access_denied").await?;
        check_accessibility(&stage, "a denied sign-in").await?;
        port::pretend(&stage.browser, json!({ "mismatch": { "version": 0 } })).await?;
        page.alert("vault_mismatch").await?;
        check_accessibility(&stage, "a vault of another build").await?;
        stage.browser.run_first(NO_SIGN_IN).await?;
        page.open("/callback/sandbox?code=x&state=y").await?;
        page.wait_for_text("Completing sign-in").await?;
        check_accessibility(&stage, "a sign-in that is being finished").await?;
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        check_accessibility(&stage, "a sign-in that is being begun").await
    });
}

#[test]
fn finance_pages_are_accessible() {
    play("axe_figures", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        check_accessibility(&stage, "overview").await?;
        press(&stage, "button.session-status").await?;
        page.wait_for_text("Last renewed").await?;
        check_accessibility(&stage, "the session's panel").await?;

        page.open("/entries").await?;
        page.rows().await?;
        check_accessibility(&stage, "entries").await?;
        page.click("Filters").await?;
        page.click("Columns").await?;
        page.fill("Search", "note:lunch amount>").await?;
        page.alert("missing_value").await?;
        check_accessibility(&stage, "entries with filter, columns and an error").await?;
        page.click("Clear filters").await?;
        page.click("Filters").await?;
        page.click("Columns").await?;
        page.rows().await?;
        press(&stage, "[role=grid] [aria-rowindex='2'] [role=gridcell]").await?;
        page.wait_for_text("JSON from Pleo").await?;
        let unfold = "document.querySelector('.raw-json').open = true";
        stage.browser.run(unfold, vec![]).await?;
        check_accessibility(&stage, "an entry's drawer").await?;
        page.click("Close").await?;
        page.open("/directory/accounts").await?;
        page.rows().await?;
        check_accessibility(&stage, "a list of the directory").await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        check_accessibility(&stage, "signed out after").await
    });
}

#[test]
fn every_session_state_is_accessible() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            before_vault: Some(COMMANDED),
            ..SandboxSetup::default()
        },
        ..setup()
    };
    play("axe_states", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        let connections = port::connections(&stage.browser).await?;
        port::mute(&stage.browser).await?;
        page.click("Refresh").await?;
        page.wait_for_text("Loading entries…").await?;
        check_accessibility(&stage, "overview, being read").await?;
        page.click("Cancel").await?;
        page.wait_for_text("Loading stopped").await?;
        check_accessibility(&stage, "overview, stopped").await?;
        for phase in ["refreshing", "unsure"] {
            publish(&stage, &connections, json!(phase)).await?;
            page.wait_session(phase).await?;
            check_accessibility(&stage, phase).await?;
        }
        press(&stage, "nav a[href^='/entries']").await?;
        page.wait_for_text("Loading entries…").await?;
        check_accessibility(&stage, "entries, being read").await?;
        for reason in ["refused", "expired", "unsure", "revoked"] {
            let ended = match reason {
                "refused" => json!({ "refused": "invalid_grant" }),
                other => json!(other),
            };
            publish(&stage, &connections, json!({ "ended": ended })).await?;
            page.alert(reason).await?;
            check_accessibility(&stage, &format!("ended: {reason}")).await?;
        }
        // After a time limit the document is a new one, which asks the vault itself.
        page.open("/").await?;
        page.wait_session("active").await?;
        set_clock(&stage.browser, 31 * 60_000).await?;
        stage.browser.driver().refresh().await?;
        page.alert("idle").await?;
        check_accessibility(&stage, "ended: idle").await
    });
}

/// Lets the page hear that the first of `connections` stands like this.
async fn publish(stage: &Stage, connections: &[Value], phase: Value) -> Outcome {
    let mut first = connections.first().ok_or("no connection")?.clone();
    first["phase"] = phase;
    let snapshot = json!({ "connections": [first], "sign_ins": [] });
    port::pretend(&stage.browser, json!({ "state": snapshot })).await
}

#[test]
fn dialogs_are_accessible() {
    play("axe_questions", setup(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        page.tick("Open in a popup").await?;
        let driver = stage.browser.driver();
        let opener = driver.window().await?;
        stage.click_for_window("Connect to Pleo").await?;
        driver.close_window().await?;
        driver.switch_to_window(opener).await?;
        page.wait_for_text("Continue in the popup").await?;
        check_accessibility(&stage, "waiting for the other window").await?;
        page.click("Cancel").await?;
        page.wait_session("signed-out").await?;

        stage.connect().await?;
        page.wait_for_text("entries loaded").await?;
        // On a narrow screen that button stands in the session's panel.
        stage.browser.show_as(1440, false).await?;
        page.click("Connect another company").await?;
        page.wait_for_text("You can keep several companies connected")
            .await?;
        check_accessibility(&stage, "another company").await?;
        page.click("Close").await?;
        let connections = port::connections(&stage.browser).await?;
        let first = connections.first().ok_or("no connection")?.clone();
        let state = |first: &Value, left: u64| json!({ "state": { "connections": [first], "sign_ins": [], "idle_left": left } });
        port::pretend(&stage.browser, state(&first, 42_000)).await?;
        page.wait_for_text("Are you still there?").await?;
        check_accessibility(&stage, "the countdown").await?;
        port::pretend(&stage.browser, state(&first, 1_800_000)).await?;
        let mut ended = first;
        ended["phase"] = json!({ "ended": "revoked" });
        port::pretend(&stage.browser, state(&ended, 1_800_000)).await?;
        page.wait_for_text("kept for 10 minutes").await?;
        check_accessibility(&stage, "rows hidden until the reconnect").await?;

        page.open("/").await?;
        page.wait_session("active").await?;
        page.click("Sign out").await?;
        page.wait_for_text("signed out").await?;
        check_accessibility(&stage, "signed out by the user").await
    });
}

#[test]
fn developer_pages_are_accessible() {
    play("axe_workbench", setup(), |stage| async move {
        let page = stage.page();
        page.open("/inspect").await?;
        page.wait_for_text("No events yet").await?;
        check_accessibility(&stage, "inspect, signed out").await?;
        page.open("/settings").await?;
        page.wait_for_text("No company is").await?;
        check_accessibility(&stage, "settings, signed out").await?;
        page.open("/connect").await?;
        page.wait_for_text("Connect Outlay to Pleo").await?;
        check_accessibility(&stage, "the way in").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.open("/connect").await?;
        page.wait_for_text("Already connected").await?;
        check_accessibility(&stage, "the way in, connected").await?;
        page.open("/inspect").await?;
        page.wait_for_text("exchange answered").await?;
        let open = "document.querySelectorAll('details').forEach((it) => { it.open = true; })";
        stage.browser.run(open, vec![]).await?;
        check_accessibility(&stage, "inspect, all opened").await?;
        page.open("/storage").await?;
        page.wait_for_text("Refresh token").await?;
        check_accessibility(&stage, "nothing is stored").await?;
        page.open("/settings").await?;
        page.click("Remove from Pleo…").await?;
        page.wait_for_text("Remove Outlay from Pleo?").await?;
        check_accessibility(&stage, "the confirmation of a removal").await?;
        page.click("Cancel").await?;
        check_accessibility(&stage, "settings").await
    });
}

#[test]
fn pages_without_rights_or_entries_are_accessible() {
    let two: ConfigOf = Box::new(|at| {
        let mut config = at.config();
        let mut other = config["profiles"][0].clone();
        other["id"] = json!("other");
        other["name"] = json!("Other books");
        other["kind"] = json!("production");
        if let Some(other) = other.as_object_mut() {
            other.remove("clientId");
        }
        config["profiles"].as_array_mut().unwrap().push(other);
        config
    });
    let setup = StageSetup {
        sandbox: SandboxSetup {
            config: Some(two),
            entries: Some(0),
            ..SandboxSetup::default()
        },
        ..setup()
    };
    play("axe_empty", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.choose("Environment", "Other books").await?;
        page.click("Connect to Pleo").await?;
        page.alert("client_id_needed").await?;
        check_accessibility(&stage, "a client id is asked for").await?;
        page.choose("Environment", "Sandbox").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_for_text("No spend in this period").await?;
        check_accessibility(&stage, "overview of nothing").await?;
        page.open("/entries").await?;
        page.wait_for_text("No entries yet").await?;
        check_accessibility(&stage, "no entries").await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        let narrowed = ConsentChoice {
            without: &["users:read", "accounting-entries:read"],
            ..ConsentChoice::default()
        };
        stage.decide(&narrowed).await?;
        page.alert("scope_missing").await?;
        check_accessibility(&stage, "entries without the right to them").await?;
        page.open("/").await?;
        page.alert("scope_missing").await?;
        check_accessibility(&stage, "overview without the right to entries").await
    });
}

#[test]
fn register_page_is_accessible() {
    play("axe_register", setup(), |stage| async move {
        let page = stage.page();
        page.open("/register").await?;
        page.wait_for_text("still to be filled in").await?;
        check_accessibility(&stage, "an empty registration").await?;
        let long = ["Pleo"; 20].join(" ");
        page.fill("Client name", &long).await?;
        page.fill("Redirect URIs 1", "http://localhost:8080/")
            .await?;
        page.tick("See spend").await?;
        page.choose("PKCE support", "Not supported").await?;
        page.choose("Output", "config.json").await?;
        page.click("Go to first problem").await?;
        page.wait_for_text("would reject this configuration")
            .await?;
        let refused = "const input = [...document.querySelectorAll('label')]
                .find((it) => it.innerText.startsWith('Saved draft')).control;
            const chosen = new DataTransfer();
            chosen.items.add(new File(['{'], 'package.json'));
            input.files = chosen.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));";
        stage.browser.run(refused, vec![]).await?;
        page.alert("file-syntax").await?;
        check_accessibility(&stage, "a registration with findings").await
    });
}

#[test]
fn sandbox_pages_are_accessible_and_a_planted_violation_is_found() {
    let wrong: ConfigOf = Box::new(|_| json!({ "profiles": [{ "id": "A b", "scopes": [] }] }));
    let setup = StageSetup {
        sandbox: SandboxSetup {
            config: Some(wrong),
            ..SandboxSetup::default()
        },
        ..setup()
    };
    play("axe_planted", setup, |stage| async move {
        stage.page().open("/").await?;
        stage.page().alert("config_invalid").await?;
        check_accessibility(&stage, "a wrong configuration").await?;
        let plant = "const made = (name, style) => {
                const element = document.createElement(name);
                Object.assign(element.style, { display: 'block', ...style });
                document.querySelector('main').append(element);
                return element;
            };
            made('input', {});
            made('p', { color: '#ccc', margin: '3em' }).textContent = 'Hardly there';
            const close = made('div', {});
            for (const name of ['one', 'two'])
                close.append(made('button', { width: '9px', height: '9px', minHeight: 0, padding: 0 }));";
        stage.browser.run(plant, vec![]).await?;
        stage.browser.show_as(1440, false).await?;
        let found: Vec<String> = violations(&stage.browser, true)
            .await?
            .into_iter()
            .map(|violation| violation.id)
            .collect();
        for rule in ["label", "color-contrast", "target-size"] {
            assert!(found.iter().any(|id| id == rule), "{rule}: {found:?}");
        }
        let of_colour = violations(&stage.browser, false).await?;
        assert_eq!(of_colour.len(), 1, "{of_colour:?}");
        assert!(accessible(&stage.browser, "planted").await.is_err());

        let silent = "window.SharedWorker = class extends EventTarget { port = new MessageChannel().port1 };";
        stage.browser.run_first(silent).await?;
        stage.page().open("/").await?;
        stage.page().wait_for_text("Connect to Pleo").await?;
        check_accessibility(&stage, "while the vault has not answered").await?;
        stage
            .browser
            .run_first("delete window.WebAssembly;")
            .await?;
        stage.page().open("/").await?;
        stage.page().alert("browser_unsupported").await?;
        check_accessibility(&stage, "a browser without WebAssembly").await
    });
}

#[test]
fn check_page_is_accessible() {
    let setup = StageSetup {
        unproxied_only: Some(
            "the advice that is looked at is about CORS, which a proxy has no need of",
        ),
        ..setup()
    };
    play("axe_check", setup, |stage| async move {
        let page = stage.page();
        page.open("/check").await?;
        page.wait_for_text("Test setup").await?;
        check_accessibility(&stage, "a card that is ready").await?;
        let token = [FaultPath::Exchange, FaultPath::Refresh];
        let closed = SandboxFault::CorsOff { only: "all" }.at(&token);
        stage.sandbox.arm(closed, FaultTimes::Always).await?;
        page.click("Run the test").await?;
        page.wait_for_text("A window is needed").await?;
        check_accessibility(&stage, "a card that waits for a window").await?;
        stage
            .decide_in_popup("Open the window", &ConsentChoice::default())
            .await?;
        page.wait_for_text("1 fail").await?;
        page.click("Cancel").await?;
        page.wait_for_text("Copy as Markdown").await?;
        page.wait_for_text("Access-Control-Allow-Origin").await?;
        check_accessibility(&stage, "a card with what to do").await
    });
}

#[test]
fn export_pages_are_accessible() {
    play("axe_exports", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/exports").await?;
        page.wait_for_button("Allow at Pleo").await?;
        check_accessibility(&stage, "exports without the permission").await?;
        page.click("Allow at Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.wait_for_text("Next export").await?;
        check_accessibility(&stage, "the list of exports").await?;
        press(&stage, ".export-next a").await?;
        page.click("Start export").await?;
        page.wait_for_text("Start this export?").await?;
        check_accessibility(&stage, "the confirmation of the start").await?;
        page.click("Start").await?;
        page.wait_for_button("Leave all of these out").await?;
        let open = "document.querySelectorAll('details').forEach((it) => { it.open = true; })";
        stage.browser.run(open, vec![]).await?;
        check_accessibility(&stage, "an export with findings").await?;
        page.click("Leave all of these out").await?;
        page.wait_for_button("Download file").await?;
        stage.browser.run(open, vec![]).await?;
        check_accessibility(&stage, "an export with its file").await?;
        page.click("Cancel export…").await?;
        page.click("Cancel export").await?;
        page.wait_for_text("This export has failed").await?;
        check_accessibility(&stage, "an export that has ended").await
    });
}
