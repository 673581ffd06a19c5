//! After a session nothing of the company is left: not in the page's wasm memory, nor in the document,
//! the history, the address or any store.

use std::collections::BTreeMap;

use outlay_e2e::Outcome;
use outlay_e2e::audit::Audit;
use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::port;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::vault::{COMMANDED, set_clock};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

/// Texts of the company that this document has got from the API: names, notes and ids.
const TEXTS: &str = r#"const all = window.__audit.received.join('\n');
    const texts = new Set();
    const add = (pattern) => { for (const [, text] of all.matchAll(pattern)) texts.add(text); };
    add(/"(?:name|note|firstName|lastName|email)"\s*:\s*"([^"\\]{8,})"/g);
    add(/"(?:id|companyId|employeeId)"\s*:\s*"([0-9a-f]{8}-[0-9a-f-]{27})"/g);
    return [...texts].slice(0, 200);"#;

fn setup() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            before_vault: Some(COMMANDED),
            entries: Some(300),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    }
}

/// The entries of the connected company, and what is to be looked for afterwards: it is there now.
async fn read(stage: &Stage) -> Outcome<Vec<String>> {
    let page = stage.page();
    page.open("/entries").await?;
    page.rows().await?;
    let texts = until("the company's texts", PATIENCE, async || {
        let texts = stage.browser.run(TEXTS, vec![]).await?;
        let texts: Vec<String> = serde_json::from_value(texts)?;
        Ok((texts.len() >= 100).then_some(texts))
    })
    .await?;
    let found = search(stage, &texts).await?;
    for place in ["memory", "dom"] {
        assert!(
            found.contains_key(place),
            "nothing to search for: {found:?}"
        );
    }
    Ok(texts)
}

/// Where any of the texts is found, the hooks' own lists of messages apart.
async fn search(stage: &Stage, texts: &[String]) -> Outcome<BTreeMap<String, Vec<String>>> {
    let mut audit = Audit::of(texts.to_vec());
    audit.document(&stage.browser).await?;
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for (place, text) in audit.hits {
        if !["sent", "received"].contains(&&*place) {
            found.entry(place).or_default().push(texts[text].clone());
        }
    }
    Ok(found)
}

/// Marks the document, to tell whether it is still the same one.
async fn mark(stage: &Stage) -> Outcome {
    let script = "window.__marked = true";
    stage.browser.run(script, vec![]).await.map(drop)
}

async fn is_new(stage: &Stage) -> Outcome<bool> {
    let marked = stage.browser.run("return window.__marked ?? false", vec![]);
    Ok(marked.await? == json!(false))
}

async fn nothing_left(stage: &Stage, what: &str, texts: &[String]) -> Outcome {
    until(&format!("{what}: a new document"), PATIENCE, async || {
        Ok(is_new(stage).await?.then_some(()))
    })
    .await?;
    // The next company may have the same name for something, such as a tag group.
    let again = "const received = window.__audit.received.join('\\n');
        return arguments[0].filter((text) => received.includes(text))";
    let again = stage.browser.run(again, vec![json!(texts)]).await?;
    let again: Vec<String> = serde_json::from_value(again)?;
    let mut found = search(stage, texts).await?;
    found.retain(|_, texts| {
        texts.retain(|text| !again.contains(text));
        !texts.is_empty()
    });
    assert!(found.is_empty(), "{what}: found in {found:?}");
    // Once, and not again and again.
    mark(stage).await?;
    let beats = "const [done] = arguments; setTimeout(done, 1500)";
    stage.browser.run_async(beats, vec![]).await?;
    assert!(!is_new(stage).await?, "{what}: loaded anew without end");
    Ok(())
}

#[test]
fn each_session_end_replaces_every_tab_document_without_company_text() {
    play("memory_ends", setup(), |stage| async move {
        let page = stage.page();
        let driver = stage.browser.driver();
        stage.connect().await?;

        let texts = read(&stage).await?;
        mark(&stage).await?;
        let first = driver.window().await?;
        stage.browser.open_window().await?;
        page.open("/").await?;
        page.wait_for_text("entries loaded").await?;
        mark(&stage).await?;
        page.click("Sign out").await?;
        for window in driver.windows().await? {
            driver.switch_to_window(window).await?;
            page.wait_session("signed-out").await?;
            page.wait_for_text("You are signed out").await?;
            until("the address without the reason", PATIENCE, async || {
                Ok((!page.route().await?.contains("ended=")).then_some(()))
            })
            .await?;
            nothing_left(&stage, "sign-out", &texts).await?;
        }
        driver.close_window().await?;
        driver.switch_to_window(first).await?;

        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        let texts = read(&stage).await?;
        mark(&stage).await?;
        set_clock(&stage.browser, 31 * 60_000).await?;
        // Any word to the vault makes it look at its clock.
        port::send(&stage.browser, json!("activity")).await?;
        page.wait_session("ended").await?;
        page.alert("idle").await?;
        nothing_left(&stage, "idle", &texts).await
    });
}

#[test]
fn company_change_replaces_the_document_without_earlier_text() {
    play("memory_companies", setup(), |stage| async move {
        let page = stage.page();
        stage.connect().await?;
        let texts = read(&stage).await?;
        let first = port::connections(&stage.browser).await?[0]["id"].clone();
        let first = first.as_str().ok_or("no connection")?.to_owned();
        page.click("Connect another company").await?;
        page.tick("Open in a popup").await?;
        mark(&stage).await?;
        let other = ConsentChoice {
            company: 1,
            ..ConsentChoice::default()
        };
        stage.decide_in_popup("Connect to Pleo", &other).await?;
        until("a document of the other company", PATIENCE, async || {
            let there = is_new(&stage).await? && !page.route().await?.contains(&first);
            Ok(there.then_some(()))
        })
        .await?;
        page.wait_session("active").await?;
        page.rows().await?;
        // The switcher names both; what the rows say is the first one's alone.
        let rows_of_the_first: Vec<String> = texts
            .into_iter()
            .filter(|text| !text.contains("Brinkholt"))
            .collect();
        // And the vault names each connection by its subject.
        let theirs = "return window.__audit.received.join('\\n')";
        let theirs = stage.browser.run(theirs, vec![]).await?;
        let theirs = theirs.as_str().ok_or("no messages")?;
        let alone: Vec<String> = rows_of_the_first
            .into_iter()
            .filter(|text| !theirs.contains(text.as_str()))
            .collect();
        assert!(alone.len() >= 50, "{}", alone.len());
        nothing_left(&stage, "another company", &alone).await?;

        // Back to the first: again a new document.
        mark(&stage).await?;
        stage.browser.driver().back().await?;
        until("the first company's document", PATIENCE, async || {
            let there = is_new(&stage).await? && page.route().await?.contains(&first);
            Ok(there.then_some(()))
        })
        .await?;
        page.wait_for_text("entries loaded").await.map(drop)
    });
}

#[test]
fn retained_rows_are_removed_with_their_document_after_ten_minutes() {
    let setup = StageSetup {
        before_load: Some(
            "const now = Date.now; document.ahead = 0; Date.now = () => now() + document.ahead;",
        ),
        ..setup()
    };
    play("memory_kept", setup, |stage| async move {
        let page = stage.page();
        stage.connect().await?;
        let texts = read(&stage).await?;
        mark(&stage).await?;
        stage.sandbox.revoke().await?;
        let id = port::connections(&stage.browser).await?[0]["id"].clone();
        let call = port::read(id.as_str().ok_or("no id")?, "/v1/companies");
        port::call_all(&stage.browser, &[call]).await?;
        page.wait_for_text("kept for 10 minutes").await?;
        assert!(!is_new(&stage).await?, "what waits has to stay");
        stage.browser.run("document.ahead = 600000", vec![]).await?;
        until("a new document", PATIENCE, async || {
            Ok(is_new(&stage).await?.then_some(()))
        })
        .await?;
        page.wait_session("ended").await?;
        page.alert("refused").await?;
        nothing_left(&stage, "ten minutes", &texts).await
    });
}

#[test]
fn freed_memory_contains_no_row_after_the_connection_ends() {
    play("memory_freed", setup(), |stage| async move {
        let page = stage.page();
        stage.connect().await?;
        let texts = read(&stage).await?;
        mark(&stage).await?;
        let open = "document.querySelector('nav a[href*=\"/register\"]').click()";
        stage.browser.run(open, vec![]).await?;
        page.wait_route("/register").await?;
        page.wait_for_text("Client registration").await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        assert!(!is_new(&stage).await?, "the forms of this page are lost");
        let mut left = BTreeMap::new();
        let freed = until("memory without the company's texts", PATIENCE, async || {
            left = search(&stage, &texts).await?;
            Ok(left.is_empty().then_some(()))
        });
        let freed = freed.await;
        freed.map_err(|error| format!("{error}: {left:?}"))?;
        // And the document goes once the user does.
        let home = "document.querySelector('nav a[href=\"/entries\"]').click()";
        stage.browser.run(home, vec![]).await?;
        until("a new document", PATIENCE, async || {
            Ok(is_new(&stage).await?.then_some(()))
        })
        .await?;
        page.wait_session("signed-out").await?;
        page.wait_route("/entries").await?;
        nothing_left(&stage, "afterwards", &texts).await
    });
}

#[test]
fn bearer_echoed_by_the_api_reaches_no_page() {
    play("echo", setup(), |stage| async move {
        stage.connect().await?;
        let tokens = stage.sandbox.counters().await?.tokens_issued;
        let page = stage.page();
        let id = port::connections(&stage.browser).await?[0]["id"].clone();
        let id = id.as_str().ok_or("no id")?.to_owned();
        for token in &tokens {
            let body = json!({ "type": "BAD_REQUEST", "detail": format!("no {token} here") });
            let echo = SandboxFault::body(body.to_string()).at(&[FaultPath::Api]);
            stage.sandbox.arm(echo, FaultTimes::Once).await?;
            let call = port::read(&id, "/v1/companies");
            let replies = port::call_all(&stage.browser, &[call]).await?;
            assert_eq!(replies[0]["Ok"]["api"]["status"], 200, "{replies:?}");
        }
        // What came is searched at the end, with all that this document holds; here that it came.
        let came = "return window.__audit.received.some((it) => it.includes('no [redacted] here'))";
        stage
            .browser
            .wait_for("the echo without the token", came, vec![], true)
            .await?;
        page.wait_session("active").await
    });
}
