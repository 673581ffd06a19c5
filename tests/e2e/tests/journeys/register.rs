//! The registration form: checked as it is typed, taken out, loaded back, and kept while the tab
//! lives.

use outlay_e2e::Outcome;
use outlay_e2e::files;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

/// Picks a file of this text in the input whose label begins so.
const PICK: &str = "const [label, name, kind, text] = arguments;
    const input = [...document.querySelectorAll('label')].find((it) => it.innerText.startsWith(label)).control;
    const chosen = new DataTransfer();
    chosen.items.add(new File([text], name, { type: kind }));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));";

/// Draws a PNG of this size, with a hole in its last pixel if asked to, and picks it as the logo.
const DRAW: &str = "const [width, height, hole] = arguments;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const pen = canvas.getContext('2d');
    pen.fillStyle = 'teal';
    pen.fillRect(0, 0, width, height);
    if (hole) pen.clearRect(width - 1, height - 1, 1, 1);
    canvas.toBlob((drawn) => {
        const input = document.getElementById('reg-logo-0');
        const chosen = new DataTransfer();
        chosen.items.add(new File([drawn], 'drawn.png', { type: 'image/png' }));
        input.files = chosen.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
    });";

fn setup() -> StageSetup {
    StageSetup {
        before_load: Some(files::KEEP),
        ..StageSetup::default()
    }
}

async fn open(stage: &Stage) -> Outcome {
    stage.page().open("/register").await?;
    stage
        .page()
        .wait_for_text("still to be filled in")
        .await
        .map(drop)
}

/// Waits until exactly these rules are shown under a field, those of its entries among them.
async fn rules(stage: &Stage, field: &str, expected: &[&str]) -> Outcome {
    let script = "const [field] = arguments;
        const about = document.getElementById(`reg-${field}-found`).parentElement;
        return [...about.querySelectorAll('[data-rule]')].map((it) => it.dataset.rule)";
    until(&format!("{expected:?} at {field}"), PATIENCE, async || {
        let shown = stage.browser.run(script, vec![json!(field)]).await?;
        if shown == json!(expected) {
            return Ok(Some(()));
        }
        Err(format!("{shown}").into())
    })
    .await
}

/// Types at the place of the focus.
async fn keys(stage: &Stage, keys: impl Into<TypingData>) -> Outcome {
    let chain = stage.browser.driver().action_chain();
    Ok(chain.send_keys(keys).perform().await?)
}

/// Goes on by the Tab key until the control of this id has the focus.
async fn tab_to(stage: &Stage, id: &str) -> Outcome {
    for _ in 0..80 {
        keys(stage, Key::Tab + "").await?;
        let here = stage
            .browser
            .run("return document.activeElement.id", vec![])
            .await?;
        if here == json!(id) {
            return Ok(());
        }
    }
    Err(format!("the Tab key does not lead to {id}").into())
}

/// Waits until the focus has come to the control of this id.
async fn wait_focus(stage: &Stage, id: &str) -> Outcome {
    until(&format!("the focus on {id}"), PATIENCE, async || {
        let script = "return document.activeElement.id";
        let here = stage.browser.run(script, vec![]).await?;
        Ok((here == json!(id)).then_some(()))
    })
    .await
}

/// The text that is saved for an output.
async fn saved(stage: &Stage, output: &str) -> Outcome<String> {
    stage.page().choose("Output", output).await?;
    stage.page().click("Save").await?;
    files::saved(&stage.browser).await
}

async fn value(stage: &Stage, id: &str) -> Outcome<Value> {
    let script = "return document.getElementById(arguments[0])?.value ?? null";
    stage.browser.run(script, vec![json!(id)]).await
}

/// Waits until the control of this id has this value; `null` if the control is to be absent.
async fn wait_for_value(stage: &Stage, id: &str, expected: impl Into<Value>) -> Outcome {
    let script = "return document.getElementById(arguments[0])?.value ?? null";
    let what = format!("the value of {id}");
    let browser = &stage.browser;
    browser
        .wait_for(&what, script, vec![json!(id)], expected)
        .await
}

async fn pick(stage: &Stage, name: &str, text: &str) -> Outcome {
    let given = ["Saved draft", name, "application/json", text].map(Value::from);
    stage.browser.run(PICK, given.to_vec()).await.map(drop)
}

#[test]
fn registration_form_works_by_keyboard_and_validates_while_typing() {
    play("register_keys", setup(), |stage| async move {
        open(&stage).await?;
        assert_eq!(stage.page().alerts().await?, [""; 0]);
        rules(&stage, "clientName", &[]).await?;
        tab_to(&stage, "reg-clientName-0").await?;
        keys(&stage, "Pleo").await?;
        rules(&stage, "clientName", &["brand"]).await?;
        let script = "const input = document.getElementById('reg-clientName-0');
            const about = input.getAttribute('aria-describedby').split(' ');
            return [input.ariaInvalid, about.map((id) => document.getElementById(id)?.innerText ?? '').join(' ')]";
        until("the description of the error", PATIENCE, async || {
            let shown_text = stage.browser.run(script, vec![]).await?;
            let about = shown_text[1].as_str().unwrap_or_default();
            let is_described = about.contains("Error: The name carries Pleo's brand")
                && about.contains("Pleo, OAuth client registration");
            match is_described && shown_text[0] == "true" {
                true => Ok(Some(())),
                false => Err(format!("now {shown_text}").into()),
            }
        })
        .await?;
        stage.page().wait_for_text("1 error, 0 warnings.").await?;
        for _ in 0..4 {
            keys(&stage, Key::Backspace + "").await?;
        }
        rules(&stage, "clientName", &["missing"]).await?;
        keys(&stage, "Ledger tools").await?;
        rules(&stage, "clientName", &[]).await?;
        let is_valid = format!("return (() => {{ {script} }})()[0]");
        stage
            .browser
            .wait_for("a valid name", &is_valid, vec![], Value::Null)
            .await?;

        tab_to(&stage, "reg-redirectUris-0").await?;
        keys(&stage, "https://app.ledger-bridge.eu/callback/*").await?;
        rules(&stage, "redirectUris", &["redirect-wildcard"]).await?;
        keys(&stage, Key::Backspace + "books").await?;
        rules(&stage, "redirectUris", &[]).await?;
        keys(&stage, Key::Tab + Key::Tab).await?;
        keys(&stage, Key::Enter + "").await?;
        wait_focus(&stage, "reg-redirectUris-1").await?;
        keys(&stage, "https://app.ledger-bridge.eu/callback/books/").await?;
        rules(
            &stage,
            "redirectUris",
            &["redirect-alike", "redirect-slash"],
        )
        .await?;
        keys(&stage, Key::Tab + "").await?;
        keys(&stage, Key::Space + "").await?;
        wait_focus(&stage, "reg-redirectUris-0").await?;
        rules(&stage, "redirectUris", &[]).await?;
        wait_for_value(&stage, "reg-redirectUris-1", Value::Null).await?;

        // Past two buttons to the first purpose.
        keys(&stage, Key::Tab + Key::Tab).await?;
        keys(&stage, Key::Tab + "").await?;
        keys(&stage, Key::Space + "").await?;
        rules(&stage, "scopes", &["scope-inferred"]).await?;
        wait_for_value(&stage, "reg-scopes-0", "accounting-entries:read").await?;
        stage
            .page()
            .wait_for_text("This allows the client to see accounting entries")
            .await?;
        stage.page().click("Go to first problem").await?;
        wait_focus(&stage, "reg-clientUri-0").await?;
        rules(&stage, "clientUri", &["missing"]).await
    });
}

#[test]
fn logo_is_checked_by_its_content() {
    play("register_logo", setup(), |stage| async move {
        open(&stage).await?;
        for (size, expected) in [
            ((16, 16, false), &["logo-tiny"][..]),
            ((600, 512, false), &["logo-not-square"]),
            ((512, 512, false), &[]),
            // The hole is beyond the first strip that is looked at.
            ((1200, 1200, true), &["logo-transparent"]),
        ] {
            let given = vec![json!(size.0), json!(size.1), json!(size.2)];
            stage.browser.run(DRAW, given).await?;
            let seen = format!("drawn.png, image/png, {} × {} pixels", size.0, size.1);
            stage.page().wait_for_text(&seen).await?;
            rules(&stage, "logo", expected).await?;
        }
        until("the logo in sight", PATIENCE, async || {
            let script = "return [...document.querySelectorAll('.reg-logo img')].map((it) => it.naturalWidth)";
            let widths = stage.browser.run(script, vec![]).await?;
            Ok((widths == json!([1200, 1200])).then_some(()))
        })
        .await?;
        let given = ["Logo", "drawn.png", "image/png", "no image"].map(Value::from);
        stage.browser.run(PICK, given.to_vec()).await?;
        rules(&stage, "logo", &["logo-unreadable"]).await?;
        stage.page().click("Remove the logo").await?;
        rules(&stage, "logo", &[]).await
    });
}

#[test]
fn draft_is_saved_loaded_and_kept_between_pages() {
    play("register_files", setup(), |stage| async move {
        open(&stage).await?;
        let page = stage.page();
        page.fill("Client name", "Ledger tools").await?;
        page.fill(
            "Redirect URIs 1",
            "https://app.ledger-bridge.eu/callback/books",
        )
        .await?;
        page.fill("Contacts 1", "oauth@ledger-bridge.example")
            .await?;
        page.tick("See spend").await?;
        page.choose("Environment", "Production").await?;
        let markdown = saved(&stage, "Form as Markdown").await?;
        assert!(
            markdown.contains("- **Client name:** `Ledger tools`"),
            "{markdown}"
        );
        let metadata: Value = serde_json::from_str(&saved(&stage, "Client metadata").await?)?;
        assert_eq!(metadata["scope"], "accounting-entries:read");
        page.choose("Output", "config.json").await?;
        page.fill("Client ID", "0f1e2d3c").await?;
        let config: Value = serde_json::from_str(&saved(&stage, "config.json").await?)?;
        assert_eq!(config["profiles"][0]["clientId"], "0f1e2d3c");
        assert_eq!(config["profiles"][0]["id"], "books");
        let headers = saved(&stage, "Response headers").await?;
        assert!(
            headers.contains("connect-src 'self' https://auth.pleo.io"),
            "{headers}"
        );
        let package = saved(&stage, "Saved draft").await?;
        page.click("Copy").await?;
        page.wait_for_text("Copied").await?;
        assert!(!package.contains("0f1e2d3c"), "{package}");

        page.fill("Client name", "Typed after").await?;
        for (text, code) in [
            ("{", "file-syntax"),
            ("[]", "file-not-object"),
            (
                r#"{"format":"outlay-registration-1","clientSecret":"x"}"#,
                "file-secret",
            ),
            (&" ".repeat(300_000), "file-too-large"),
        ] {
            pick(&stage, "package.json", text).await?;
            page.alert(code).await?;
            assert_eq!(value(&stage, "reg-clientName-0").await?, "Typed after");
            assert_eq!(
                value(&stage, "reg-contacts-0").await?,
                "oauth@ledger-bridge.example"
            );
        }

        stage.page().follow("OAuth log").await?;
        page.wait_for_text("Replay a support file").await?;
        stage.page().follow("Client registration").await?;
        page.wait_for_text("Terms of service URI").await?;
        wait_for_value(&stage, "reg-clientName-0", "Typed after").await?;
        wait_for_value(&stage, "reg-environment-0", "production").await?;

        page.click("Clear form").await?;
        page.wait_for_text("0 errors, 0 warnings.").await?;
        wait_for_value(&stage, "reg-clientName-0", "").await?;
        pick(&stage, "package.json", &package).await?;
        wait_for_value(&stage, "reg-clientName-0", "Ledger tools").await?;
        assert_eq!(saved(&stage, "Saved draft").await?, package);
        page.click("Restore the previous form").await?;
        page.wait_for_text("0 errors, 0 warnings.").await?;
        wait_for_value(&stage, "reg-clientName-0", "").await
    });
}
