//! The explorer: every operation of Pleo's API, tried by hand.

mod accessibility;
mod odd_responses;
mod reads;
mod tools;
mod writes;

use outlay_e2e::Outcome;
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::stage::Stage;
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::Value;
use thirtyfour::prelude::*;

pub async fn keys(stage: &Stage, keys: impl Into<TypingData>) -> Outcome {
    let chain = stage.browser.driver().action_chain();
    Ok(chain.send_keys(keys).perform().await?)
}

pub async fn run(stage: &Stage, script: &str) -> Outcome<Value> {
    stage.browser.run(script, vec![]).await
}

/// Goes on by the Tab key until the button of these words has the focus.
pub async fn tab_to(stage: &Stage, visible_text: &str) -> Outcome {
    for _ in 0..120 {
        keys(stage, Key::Tab + "").await?;
        let here = run(stage, "return document.activeElement.textContent.trim()").await?;
        if here == visible_text {
            return Ok(());
        }
    }
    Err(format!("no Tab leads to {visible_text}").into())
}

/// Finds an operation and opens it, by the keyboard alone.
pub async fn find(stage: &Stage, id: &str) -> Outcome {
    run(stage, "document.activeElement.blur()").await?;
    keys(stage, "/").await?;
    until("the search", PATIENCE, async || {
        let here = run(stage, "const it = document.activeElement; if (it.id !== 'search') return null; it.select(); return it.id").await?;
        Ok((here == "search").then_some(()))
    })
    .await?;
    keys(stage, id).await?;
    until("the operation", PATIENCE, async || {
        let first = run(stage, "return document.querySelector('.x-list a')?.id").await?;
        Ok((first == ["op-", id].concat()).then_some(()))
    })
    .await?;
    keys(stage, Key::Down + Key::Enter).await?;
    until("its form", PATIENCE, async || {
        let here = run(stage, "return document.activeElement.id").await?;
        let route = stage.page().route().await?;
        Ok((here == "call-title" && route.contains(id)).then_some(()))
    })
    .await
}

pub async fn facts(stage: &Stage, expected: &str) -> Outcome<String> {
    until(&format!("an answer {expected}"), PATIENCE, async || {
        let visible_text = run(
            stage,
            "return document.querySelector('.x-facts')?.innerText ?? ''",
        )
        .await?;
        let visible_text = visible_text.as_str().unwrap_or_default().to_owned();
        Ok(visible_text.contains(expected).then_some(visible_text))
    })
    .await
}

pub async fn open(stage: &Stage, query: &str) -> Outcome {
    let page = stage.page();
    page.open(&["/api?", query].concat()).await?;
    page.wait_session("active").await?;
    until("the form", PATIENCE, async || {
        let there = run(
            stage,
            "return !!document.querySelector('.x-form button[type=submit]')",
        )
        .await?;
        Ok((there == Value::Bool(true)).then_some(()))
    })
    .await
}

/// The words of the answer's lines in sight.
pub async fn lines(stage: &Stage) -> Outcome<String> {
    let script =
        "return [...document.querySelectorAll('.x-line')].map((it) => it.innerText).join('\\n')";
    Ok(run(stage, script)
        .await?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

/// The button of an operation whose scope is missing.
pub const ASK: &str = "Sign in again with this scope";

pub async fn ask_for_scope(stage: &Stage) -> Outcome {
    stage.page().click(ASK).await?;
    stage.decide(&ConsentChoice::default()).await?;
    stage.page().wait_route("/api").await?;
    stage.page().wait_session("active").await
}
