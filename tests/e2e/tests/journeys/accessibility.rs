//! Nobody is kept out: axe-core finds no fault in any page or state of the session, in light and
//! dark, on a wide and on a narrow screen.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::axe::{accessible, violations};
use outlay_e2e::fault::{Fault, Place, Times};
use outlay_e2e::login::Consent;
use outlay_e2e::port;
use outlay_e2e::sandbox::{ConfigOf, Options};
use outlay_e2e::stage::{Setup, Stage, play};
use outlay_e2e::vault::{COMMANDED, set_clock};
use serde_json::{Value, json};

fn setup() -> Setup {
    Setup {
        deadline: Some(Duration::from_secs(240)),
        chromium_only: Some("the rules look at the same document, and its windows are too wide"),
        ..Setup::default()
    }
}

/// The vault never hears of a sign-in, so that a page stays as it is meanwhile.
const NO_SIGN_IN: &str = "const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (message, ...rest) {
        if (!/callback|start_sign_in/.test(message[0])) post.call(this, message, ...rest);
    };";

async fn look(stage: &Stage, state: &str) -> Outcome {
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
fn a_visitor_is_kept_out_of_nothing() {
    play("axe_visitor", setup(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        look(&stage, "signed out").await?;
        page.open("/entries").await?;
        page.wait_words("Connect to Pleo to see").await?;
        look(&stage, "entries, signed out").await?;
        page.open("/nowhere").await?;
        page.wait_words("No such page").await?;
        look(&stage, "no such page").await?;
        page.open("/callback/sandbox?code=x&state=forged").await?;
        page.alert("state_unknown").await?;
        look(&stage, "a forged callback").await?;
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        let deny = Consent {
            deny: true,
            ..Consent::default()
        };
        stage.decide(&deny).await?;
        page.alert("access_denied").await?;
        look(&stage, "a denied sign-in").await?;
        port::pretend(&stage.browser, json!({ "mismatch": { "version": 0 } })).await?;
        page.alert("vault_mismatch").await?;
        look(&stage, "a vault of another build").await?;
        stage.browser.run_first(NO_SIGN_IN).await?;
        page.open("/callback/sandbox?code=x&state=y").await?;
        page.wait_words("Finishing the sign-in").await?;
        look(&stage, "a sign-in that is being finished").await?;
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        look(&stage, "a sign-in that is being begun").await
    });
}

#[test]
fn a_user_is_kept_out_of_no_figures() {
    play("axe_figures", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_words("entries read").await?;
        look(&stage, "overview").await?;
        press(&stage, "button.chip").await?;
        page.wait_words("Last renewed").await?;
        look(&stage, "the session's panel").await?;

        page.open("/entries").await?;
        page.rows().await?;
        look(&stage, "entries").await?;
        press(&stage, "[role=grid] [aria-rowindex='2'] [role=gridcell]").await?;
        page.wait_words("Close").await?;
        look(&stage, "an entry's drawer").await?;
        page.click("Close").await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        look(&stage, "signed out after").await
    });
}

#[test]
fn a_user_is_kept_out_of_no_state() {
    let setup = Setup {
        sandbox: Options {
            before_vault: Some(COMMANDED),
            ..Options::default()
        },
        ..setup()
    };
    play("axe_states", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_words("entries read").await?;
        let connections = port::connections(&stage.browser).await?;
        port::mute(&stage.browser).await?;
        page.click("Read again").await?;
        page.wait_words("Waiting for the first entries").await?;
        look(&stage, "overview, being read").await?;
        page.click("Cancel").await?;
        page.wait_words("Stopped").await?;
        look(&stage, "overview, stopped").await?;
        for phase in ["refreshing", "unsure"] {
            tell(&stage, &connections, json!(phase)).await?;
            page.wait_session(phase).await?;
            look(&stage, phase).await?;
        }
        press(&stage, "nav a[href^='/entries']").await?;
        page.wait_words("Waiting for the first entries").await?;
        look(&stage, "entries, being read").await?;
        for reason in ["refused", "expired", "unsure", "revoked"] {
            let code = (reason == "refused").then_some("invalid_grant");
            let ended = json!({ "ended": { "reason": reason, "server_code": code } });
            tell(&stage, &connections, ended).await?;
            page.alert(reason).await?;
            look(&stage, &format!("ended: {reason}")).await?;
        }
        // After a time limit the document is a new one, which asks the vault itself.
        page.open("/").await?;
        page.wait_session("active").await?;
        set_clock(&stage.browser, 31 * 60_000).await?;
        stage.browser.driver().refresh().await?;
        page.alert("idle").await?;
        look(&stage, "ended: idle").await
    });
}

/// Lets the page hear that the first of `connections` stands like this.
async fn tell(stage: &Stage, connections: &[Value], phase: Value) -> Outcome {
    let mut first = connections.first().ok_or("no connection")?.clone();
    first["phase"] = phase;
    let snapshot = json!({ "connections": [first], "sign_ins": [] });
    port::pretend(&stage.browser, json!({ "state": snapshot })).await
}

#[test]
fn a_question_keeps_nobody_out() {
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
        page.wait_words("window").await?;
        look(&stage, "waiting for the other window").await?;
        page.click("Cancel").await?;
        page.wait_session("signed-out").await?;

        stage.connect().await?;
        page.wait_words("entries read").await?;
        // On a narrow screen that button stands in the session's panel.
        stage.browser.show_as(1440, false).await?;
        page.click("Connect another company").await?;
        page.wait_words("It stands beside the ones").await?;
        look(&stage, "another company").await?;
        page.click("Close").await?;
        let connections = port::connections(&stage.browser).await?;
        let first = connections.first().ok_or("no connection")?.clone();
        let state = |first: &Value, left: u64| json!({ "state": { "connections": [first], "sign_ins": [], "idle_left": left } });
        port::pretend(&stage.browser, state(&first, 42_000)).await?;
        page.wait_words("Are you still there?").await?;
        look(&stage, "the countdown").await?;
        port::pretend(&stage.browser, state(&first, 1_800_000)).await?;
        let mut ended = first;
        ended["phase"] = json!({ "ended": { "reason": "revoked", "server_code": null } });
        port::pretend(&stage.browser, state(&ended, 1_800_000)).await?;
        page.wait_words("out of sight").await?;
        look(&stage, "rows that wait under the veil").await?;

        page.open("/").await?;
        page.wait_session("active").await?;
        page.click("Sign out").await?;
        page.wait_words("signed out").await?;
        look(&stage, "the farewell").await
    });
}

#[test]
fn the_workbench_keeps_nobody_out() {
    play("axe_workbench", setup(), |stage| async move {
        let page = stage.page();
        page.open("/inspect").await?;
        page.wait_words("Nothing has happened yet").await?;
        look(&stage, "inspect, signed out").await?;
        page.open("/settings").await?;
        page.wait_words("No company is").await?;
        look(&stage, "settings, signed out").await?;
        page.open("/connect").await?;
        page.wait_words("Connect Outlay to Pleo").await?;
        look(&stage, "the way in").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Consent::default()).await?;
        page.wait_session("active").await?;
        page.open("/connect").await?;
        page.wait_words("Connected already").await?;
        look(&stage, "the way in, connected").await?;
        page.open("/inspect").await?;
        page.wait_words("exchange answered").await?;
        let open = "document.querySelectorAll('details').forEach((it) => { it.open = true; })";
        stage.browser.run(open, vec![]).await?;
        look(&stage, "inspect, all opened").await?;
        page.open("/storage").await?;
        page.wait_words("Refresh token").await?;
        look(&stage, "nothing is stored").await?;
        page.open("/settings").await?;
        page.click("Disconnect from Pleo…").await?;
        page.wait_words("Disconnect from Pleo?").await?;
        look(&stage, "the question before disconnecting").await?;
        page.click("Cancel").await?;
        look(&stage, "settings").await
    });
}

#[test]
fn somebody_without_rights_or_entries_is_kept_out_of_nothing() {
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
    let setup = Setup {
        sandbox: Options {
            config: Some(two),
            entries: Some(0),
            ..Options::default()
        },
        ..setup()
    };
    play("axe_empty", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.choose("Environment", "Other books").await?;
        page.click("Connect to Pleo").await?;
        page.alert("client_id_needed").await?;
        look(&stage, "a client id is asked for").await?;
        page.choose("Environment", "Sandbox").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Consent::default()).await?;
        page.wait_words("Nothing was spent").await?;
        look(&stage, "overview of nothing").await?;
        page.open("/entries").await?;
        page.wait_words("no entries yet").await?;
        look(&stage, "no entries").await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        let narrowed = Consent {
            without: &["users:read", "accounting-entries:read"],
            ..Consent::default()
        };
        stage.decide(&narrowed).await?;
        page.alert("scope_missing").await?;
        look(&stage, "entries without the right to them").await?;
        page.open("/").await?;
        page.alert("scope_missing").await?;
        look(&stage, "overview without the right to entries").await
    });
}

#[test]
fn whoever_registers_a_client_is_kept_out_of_nothing() {
    play("axe_register", setup(), |stage| async move {
        let page = stage.page();
        page.open("/register").await?;
        page.wait_words("still to be filled in").await?;
        look(&stage, "an empty registration").await?;
        let long = ["Pleo"; 20].join(" ");
        page.fill("Client name", &long).await?;
        page.fill("Redirect URIs 1", "http://localhost:8080/")
            .await?;
        page.tick("See spend").await?;
        page.choose("PKCE support", "Not supported").await?;
        page.choose("Output", "config.json").await?;
        page.click("Go to the first").await?;
        page.wait_words("would be refused").await?;
        let refused = "const input = [...document.querySelectorAll('label')]
                .find((it) => it.innerText.startsWith('Saved package')).control;
            const chosen = new DataTransfer();
            chosen.items.add(new File(['{'], 'package.json'));
            input.files = chosen.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));";
        stage.browser.run(refused, vec![]).await?;
        page.alert("file-syntax").await?;
        look(&stage, "a registration with findings").await
    });
}

#[test]
fn whoever_runs_the_site_is_kept_out_of_nothing_and_a_planted_fault_is_found() {
    let wrong: ConfigOf = Box::new(|_| json!({ "profiles": [{ "id": "A b", "scopes": [] }] }));
    let setup = Setup {
        sandbox: Options {
            config: Some(wrong),
            ..Options::default()
        },
        ..setup()
    };
    play("axe_planted", setup, |stage| async move {
        stage.page().open("/").await?;
        stage.page().alert("config_invalid").await?;
        look(&stage, "a wrong configuration").await?;
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
        stage.page().wait_words("Connect to Pleo").await?;
        look(&stage, "while the vault has not answered").await?;
        stage
            .browser
            .run_first("delete window.WebAssembly;")
            .await?;
        stage.page().open("/").await?;
        stage.page().alert("browser_unsupported").await?;
        look(&stage, "a browser without WebAssembly").await
    });
}

#[test]
fn whoever_checks_a_server_is_kept_out_of_nothing() {
    let setup = Setup {
        unproxied_only: Some(
            "the advice that is looked at is about CORS, which a proxy has no need of",
        ),
        ..setup()
    };
    play("axe_check", setup, |stage| async move {
        let page = stage.page();
        page.open("/check").await?;
        page.wait_words("What is checked").await?;
        look(&stage, "a card that is ready").await?;
        let token = [Place::Exchange, Place::Refresh];
        let closed = Fault::CorsOff { only: "all" }.at(&token);
        stage.sandbox.arm(closed, Times::Always).await?;
        page.click("Run the check").await?;
        page.wait_words("A window is needed").await?;
        look(&stage, "a card that waits for a window").await?;
        stage
            .decide_beside("Open the window", &Consent::default())
            .await?;
        page.wait_words("1 fail").await?;
        page.click("Cancel").await?;
        page.wait_words("Copy as Markdown").await?;
        page.wait_words("Access-Control-Allow-Origin").await?;
        look(&stage, "a card with what to do").await
    });
}
