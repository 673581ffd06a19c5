//! The columns of the entries table, saved views, and the search from the table.

use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use outlay_e2e::{Outcome, files};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

fn setup() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            entries: Some(60),
            ..SandboxSetup::default()
        },
        before_load: Some(files::KEEP),
        ..StageSetup::default()
    }
}

async fn headers(stage: &Stage) -> Outcome<Vec<String>> {
    let script = "return [...document.querySelectorAll('[role=columnheader] .head')].map((it) => it.textContent)";
    Ok(serde_json::from_value(
        stage.browser.run(script, vec![]).await?,
    )?)
}

async fn wait_for_headers(stage: &Stage, expected: &[&str]) -> Outcome {
    until("the columns", PATIENCE, async || {
        let headers = headers(stage).await?;
        Ok(headers
            .starts_with(
                &expected
                    .iter()
                    .map(|it| (*it).to_owned())
                    .collect::<Vec<_>>(),
            )
            .then_some(()))
    })
    .await
}

async fn header(stage: &Stage, text: &str) -> Outcome<WebElement> {
    let path = format!("//div[@role='columnheader']//button[normalize-space(.)='{text}']");
    let found = stage.page().element(By::XPath(path)).await?;
    found.scroll_into_view().await?;
    Ok(found)
}

/// The width of a header in pixels.
async fn width(stage: &Stage, text: &str) -> Outcome<f64> {
    let script = "return [...document.querySelectorAll('[role=columnheader]')]
        .find((it) => it.textContent === arguments[0]).getBoundingClientRect().width";
    let width = stage.browser.run(script, vec![json!(text)]).await?;
    width.as_f64().ok_or_else(|| "no width".into())
}

/// Waits until a header has this width in pixels, of which widths in the address are a rounding.
async fn wait_for_width(stage: &Stage, text: &str, expected: f64) -> Outcome {
    until(&format!("the width of {text}"), PATIENCE, async || {
        let width = width(stage, text).await?;
        match (width - expected).abs() < 1.5 {
            true => Ok(Some(())),
            false => Err(format!("{width}, not {expected}").into()),
        }
    })
    .await
}

async fn wait_for_address(stage: &Stage, part: &str) -> Outcome {
    until("the address", PATIENCE, async || {
        Ok(stage.page().route().await?.contains(part).then_some(()))
    })
    .await
}

/// Hands a file to the field of saved views, as a user who chooses it.
async fn choose_file(stage: &Stage, text: &str) -> Outcome {
    let script = "const input = document.querySelector('.views input[type=file]');
        const files = new DataTransfer();
        files.items.add(new File([arguments[0]], 'view.json', { type: 'application/json' }));
        input.files = files.files;
        input.dispatchEvent(new Event('change', { bubbles: true }))";
    stage.browser.run(script, vec![json!(text)]).await?;
    Ok(())
}

#[test]
fn columns_are_moved_and_resized_by_keyboard_and_pointer_and_saved_as_a_view() {
    play("views", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        wait_for_headers(&stage, &["Date", "Description", "Employee", "Type"]).await?;

        // By keyboard; the focus stays on the header, which sorts nothing.
        let driver = stage.browser.driver();
        let type_header = header(&stage, "Type").await?;
        type_header.focus().await?;
        let press = async |modifier: Key, key: Key| {
            let keys = driver.action_chain();
            keys.key_down(modifier.clone())
                .send_keys(key)
                .key_up(modifier)
                .perform()
                .await
        };
        press(Key::Shift, Key::Left).await?;
        wait_for_headers(&stage, &["Date", "Description", "Type", "Employee"]).await?;
        let focused = "return document.activeElement.textContent";
        until("the focus", PATIENCE, async || {
            let focused = stage.browser.run(focused, vec![]).await?;
            Ok((focused == json!("Type")).then_some(()))
        })
        .await?;
        let before = width(&stage, "Type").await?;
        press(Key::Alt, Key::Right).await?;
        wait_for_address(&stage, "type~").await?;
        wait_for_width(&stage, "Type", before + 16.0).await?;
        assert!(!page.route().await?.contains("sort="));

        // By pointer.
        let from = header(&stage, "Employee").await?;
        let to = header(&stage, "Description").await?;
        let drag = driver.action_chain().drag_and_drop_element(&from, &to);
        drag.perform().await?;
        wait_for_headers(&stage, &["Date", "Employee", "Description", "Type"]).await?;
        assert!(!page.route().await?.contains("sort="));
        let edge = "return [...document.querySelectorAll('[role=columnheader]')]
            .find((it) => it.textContent === 'Employee').querySelector('.edge')";
        let edge = driver.execute(edge, vec![]).await?.element()?;
        let before = width(&stage, "Employee").await?;
        let drag = driver
            .action_chain()
            .click_and_hold_element(&edge)
            .move_by_offset(40, 0)
            .release();
        drag.perform().await?;
        wait_for_address(&stage, "employee~").await?;
        wait_for_width(&stage, "Employee", before + 40.0).await?;

        // By buttons.
        page.click("Columns").await?;
        page.wait_for_button("Reset columns").await?;
        let click = "document.querySelector(`[aria-label=\"${arguments[0]}\"]`).click()";
        let run = async |label: &str| stage.browser.run(click, vec![json!(label)]).await;
        run("Move right: Date").await?;
        wait_for_headers(&stage, &["Employee", "Date", "Description", "Type"]).await?;

        // As a file, and back.
        page.fill("Search", "amount>0").await?;
        wait_for_address(&stage, "amount%3E0").await?;
        page.click("View").await?;
        page.wait_for_button("Save as file").await?;
        page.click("Save as file").await?;
        let file = files::saved(&stage.browser).await?;
        let view: Value = serde_json::from_str(&file)?;
        assert_eq!(view["filter"], json!("amount>0"));
        page.click("Reset columns").await?;
        wait_for_headers(&stage, &["Date", "Description", "Employee", "Type"]).await?;
        page.fill("Search", "").await?;
        for (text, code) in [
            ("no view", "view_not_json"),
            ("{}", "view_invalid"),
            (&*file.replace(":1", ":7"), "view_version_unknown"),
            (
                &*file.replace("amount>0", "lunch OR"),
                "view_filter_invalid",
            ),
        ] {
            choose_file(&stage, text).await?;
            page.alert(code).await?;
        }
        choose_file(&stage, &file).await?;
        wait_for_headers(&stage, &["Employee", "Date", "Description", "Type"]).await?;
        wait_for_address(&stage, "amount%3E0").await?;
        until("no alert", PATIENCE, async || {
            Ok(page.alerts().await?.is_empty().then_some(()))
        })
        .await?;

        // The keys of the browser's search lead from the table to the page's own.
        let focus = "document.querySelector('[role=grid]').focus()";
        stage.browser.run(focus, vec![]).await?;
        let find = driver.action_chain();
        find.key_down(Key::Control)
            .send_keys("f")
            .key_up(Key::Control)
            .perform()
            .await?;
        page.wait_for_text("This field searches all loaded rows.")
            .await?;
        let in_field = "return document.activeElement.matches('[role=search] input')";
        stage
            .browser
            .wait_for("the focus in the search", in_field, vec![], true)
            .await
    });
}
