//! After an end that is not the last word: what waits out of sight, and who gets it back.

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::port;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};

const SCROLL: &str = "return document.querySelector('[role=grid]').scrollTop";
const DRAWER: &str = "return document.querySelector('dialog.drawer[open]')?.innerText ?? null";

/// Keeps every text that comes into the documents of this tab from now on: another company gets a
/// document of its own.
const WATCH: &str = "window.__watch = () => {
        const keep = (text) => sessionStorage.setItem('seen', (sessionStorage.getItem('seen') ?? '') + text);
        keep(document.body?.innerText ?? '');
        new MutationObserver(() => keep(document.body?.textContent ?? ''))
            .observe(document, { childList: true, characterData: true, subtree: true });
    };
    if (location.protocol.startsWith('http') && sessionStorage.getItem('seen') !== null) window.__watch();";

/// Few enough to be read quickly.
fn setup() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            entries: Some(1_000),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    }
}

/// Whatever was granted is withdrawn, and the page has noticed.
async fn end(stage: &Stage) -> Outcome {
    let connections = port::connections(&stage.browser).await?;
    let id = connections[0]["id"].as_str().unwrap().to_owned();
    stage.sandbox.revoke().await?;
    let replies = port::call_all(&stage.browser, &[port::read(&id, "/v1/companies")]).await?;
    assert!(replies[0].get("Err").is_some(), "{replies:?}");
    let page = stage.page();
    page.wait_session("ended").await?;
    page.alert("refused").await.map(drop)
}

/// The entries, scrolled down to further ones.
async fn deep_in_the_entries(stage: &Stage) -> Outcome<Vec<String>> {
    stage.connect().await?;
    let page = stage.page();
    page.open("/entries").await?;
    page.rows().await?;
    let down = "const grid = document.querySelector('[role=grid]');
        grid.scrollTop = 5000; return grid.scrollTop";
    until("further entries", PATIENCE, async || {
        let at = stage.browser.run(down, vec![]).await?;
        let busy = "return document.querySelector('[role=grid]').getAttribute('aria-busy')";
        let busy = stage.browser.run(busy, vec![]).await?;
        Ok((at == 5000 && busy == "false" && page.row_count().await? >= 200).then_some(()))
    })
    .await?;
    page.rows_with_names().await
}

/// Waits until the table shows these rows again.
async fn wait_for_rows(stage: &Stage, expected: &[String]) -> Outcome {
    until("the rows of before", PATIENCE, async || {
        Ok((stage.page().rows_in_sight().await? == expected).then_some(()))
    })
    .await
}

#[test]
fn reconnect_to_the_same_company_restores_the_row() {
    play("reconnect", setup(), |stage| async move {
        let rows = deep_in_the_entries(&stage).await?;
        let page = stage.page();
        let open = "[...document.querySelectorAll('[role=row]')]
            .find((row) => row.innerText.trim() === arguments[0]).querySelector('[role=gridcell]').click()";
        let row = rows[rows.len() / 2].clone();
        stage.browser.run(open, vec![json!(row)]).await?;
        // The drawer's code is loaded with the first entry, and the whole entry after that: only then the
        // time of the purchase is known.
        let drawer = until("the drawer", PATIENCE, async || {
            let drawer = stage.browser.run(DRAWER, vec![]).await?;
            let is_whole = drawer
                .as_str()
                .is_some_and(|text| text.contains(" UTC") && !text.contains("Loading receipts"));
            Ok(is_whole.then_some(drawer))
        })
        .await?;
        let count = page.row_count().await?;
        let connection = port::connections(&stage.browser).await?[0]["id"].clone();

        end(&stage).await?;
        page.wait_for_text(&format!("{count} loaded entries"))
            .await?;
        assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
        assert_eq!(stage.browser.run(DRAWER, vec![]).await?, Value::Null);
        let all = stage
            .browser
            .run("return document.documentElement.outerHTML", vec![])
            .await?;
        for cell in row.lines().map(str::trim).filter(|cell| cell.len() > 8) {
            let all = all.as_str().unwrap();
            let place = all.find(cell).map(|at| &all[at.saturating_sub(200)..at]);
            assert_eq!(place, None, "{cell} is still in the document after this");
        }

        let calls = stage.sandbox.counters().await?.api;
        stage
            .decide_in_popup("Reconnect", &ConsentChoice::default())
            .await?;
        page.wait_session("active").await?;
        wait_for_rows(&stage, &rows).await?;
        let browser = &stage.browser;
        browser
            .wait_for("the same entry in the drawer", DRAWER, vec![], drawer)
            .await?;
        browser
            .wait_for("the place in the table", SCROLL, vec![], 5000)
            .await?;
        page.wait_for_row_count(count).await?;
        // It is the same connection, and nothing was read again but whose it is.
        let now = port::connections(&stage.browser).await?;
        assert_eq!((now.len(), &now[0]["id"]), (1, &connection));
        assert!(stage.sandbox.counters().await?.api <= calls + 1);
        Ok(())
    });
}

#[test]
fn reconnect_to_another_company_shows_no_earlier_data() {
    let setup = StageSetup {
        before_load: Some(WATCH),
        ..setup()
    };
    play("reconnect_other", setup, |stage| async move {
        let rows = deep_in_the_entries(&stage).await?;
        let page = stage.page();
        end(&stage).await?;
        stage.browser.run("window.__watch()", vec![]).await?;
        let other = ConsentChoice {
            company: 1,
            ..ConsentChoice::default()
        };
        stage.decide_in_popup("Reconnect", &other).await?;
        page.wait_session("active").await?;
        let theirs = page.rows().await?;
        page.wait_for_text("You signed in to another company")
            .await?;
        page.click("Dismiss").await?;
        assert!(theirs.iter().all(|row| !rows.contains(row)));
        stage
            .browser
            .wait_for("the top of the table", SCROLL, vec![], 0)
            .await?;
        let seen = "const seen = sessionStorage.getItem('seen');
            sessionStorage.clear(); return seen";
        let seen = stage.browser.run(seen, vec![]).await?;
        let seen = seen.as_str().unwrap();
        let joined = |row: &str| row.lines().map(str::trim).collect::<String>();
        assert!(seen.contains(&joined(&theirs[0])), "nothing was watched");
        for row in rows {
            let joined = joined(&row);
            assert!(!seen.contains(&joined), "{row} was there for a moment");
        }
        let connections = port::connections(&stage.browser).await?;
        assert_eq!(connections.len(), 1);
        let id = connections[0]["id"].as_str().ok_or("no id")?;
        until("the other company in the address", PATIENCE, async || {
            Ok(page.route().await?.contains(id).then_some(()))
        })
        .await
    });
}

#[test]
fn interrupted_load_resumes_after_reconnect() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            entries: Some(6_000),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    };
    play("reconnect_load", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        let whole = stage.sandbox.counters().await?.api;
        assert!(whole > 20, "{whole} calls are no long load");

        let slow = SandboxFault::Slow {
            ms: 150,
            when: FaultWhen::Before,
        };
        stage
            .sandbox
            .arm(slow.at(&[FaultPath::Api]), FaultTimes::Always)
            .await?;
        page.click("Refresh").await?;
        until("half of the load", PATIENCE, async || {
            let calls = stage.sandbox.counters().await?.api;
            Ok((calls >= whole + 8).then_some(()))
        })
        .await?;
        let before = stage.sandbox.counters().await?.api;
        end(&stage).await?;
        stage.sandbox.reset_faults().await?;
        let visible_text = page.wait_for_text("kept for 10 minutes").await?;
        assert!(!visible_text.contains("No entry"), "{visible_text}");
        stage
            .decide_in_popup("Reconnect", &ConsentChoice::default())
            .await?;
        page.wait_session("active").await?;
        page.wait_for_text("entries loaded").await?;
        let after = stage.sandbox.counters().await?.api;
        assert!(
            after - before < whole - 4,
            "{before} + a whole load of {whole} = {after}"
        );
        Ok(())
    });
}

#[test]
fn page_choices_survive_a_reconnect() {
    play("reconnect_form", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        let chosen = "return [...document.querySelectorAll('.choices select')]
            .map((select) => select.selectedOptions[0].text)";
        page.choose("Date basis", "Bookkeeping date").await?;
        page.choose("Period", "2025").await?;
        let second = json!(["Bookkeeping date", "2025"]);
        until("the choices", PATIENCE, async || {
            Ok((stage.browser.run(chosen, vec![]).await? == second).then_some(()))
        })
        .await?;
        end(&stage).await?;
        stage
            .decide_in_popup("Reconnect", &ConsentChoice::default())
            .await?;
        page.wait_session("active").await?;
        page.wait_for_text("entries loaded").await?;
        stage
            .browser
            .wait_for("the choices of before", chosen, vec![], second)
            .await
    });
}

#[test]
fn redirect_reconnect_keeps_route_and_filters_and_says_so_first() {
    play("reconnect_tab", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries?from=2026-01&status=a%20b").await?;
        page.rows().await?;
        end(&stage).await?;
        page.wait_for_text("return to this page with its filters")
            .await?;
        page.click("Continue in this tab").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.rows().await?;
        page.wait_route("/entries?from=2026-01&status=a%20b&c=")
            .await
    });
}

#[test]
fn blocked_reconnect_popup_offers_redirect() {
    let setup = StageSetup {
        before_load: Some("window.open = () => null;"),
        ..setup()
    };
    play("reconnect_blocked", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        end(&stage).await?;
        page.click("Reconnect").await?;
        page.alert_with("popup_blocked", &["loaded again"]).await?;
        // Nothing has left, and what waits still does.
        page.wait_for_text("kept for 10 minutes").await?;
        page.click("Continue in this tab").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.rows().await.map(drop)
    });
}

#[test]
fn sign_out_drops_all_retained_data() {
    play("reconnect_out", setup(), |stage| async move {
        deep_in_the_entries(&stage).await?;
        let page = stage.page();
        end(&stage).await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        let calls = stage.sandbox.counters().await?.api;
        page.tick("Open in a popup").await?;
        stage
            .decide_in_popup("Connect to Pleo", &ConsentChoice::default())
            .await?;
        page.wait_session("active").await?;
        page.rows().await?;
        stage
            .browser
            .wait_for("the top of the table", SCROLL, vec![], 0)
            .await?;
        page.wait_for_row_count(100).await?;
        assert!(stage.sandbox.counters().await?.api > calls + 1);
        Ok(())
    });
}

#[test]
fn retained_data_is_dropped_after_ten_minutes() {
    let setup = StageSetup {
        before_load: Some(
            "const now = Date.now; document.ahead = 0; Date.now = () => now() + document.ahead;",
        ),
        ..setup()
    };
    play("reconnect_late", setup, |stage| async move {
        deep_in_the_entries(&stage).await?;
        let page = stage.page();
        end(&stage).await?;
        page.wait_for_text("kept for 10 minutes").await?;
        stage.browser.run("document.ahead = 570000", vec![]).await?;
        let beats = "const [done] = arguments; setTimeout(done, 1200)";
        stage.browser.run_async(beats, vec![]).await?;
        page.wait_for_text("kept for 10 minutes").await?;
        stage.browser.run("document.ahead = 600000", vec![]).await?;
        page.wait_without_text("kept for 10 minutes").await?;
        page.alert("refused").await?;
        let calls = stage.sandbox.counters().await?.api;
        stage
            .decide_in_popup("Reconnect", &ConsentChoice::default())
            .await?;
        page.wait_session("active").await?;
        page.rows().await?;
        page.wait_for_row_count(100).await?;
        assert!(stage.sandbox.counters().await?.api > calls + 1);
        Ok(())
    });
}

#[test]
fn reconnect_in_another_tab_restores_this_tab() {
    play("reconnect_tabs", setup(), |stage| async move {
        let rows = deep_in_the_entries(&stage).await?;
        let page = stage.page();
        let driver = stage.browser.driver();
        let first = driver.window().await?;
        let second = stage.browser.open_window().await?;
        page.open("/").await?;
        page.wait_for_text("entries loaded").await?;
        end(&stage).await?;
        driver.switch_to_window(first.clone()).await?;
        page.wait_session("ended").await?;
        page.wait_for_text("kept for 10 minutes").await?;
        assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
        driver.switch_to_window(second).await?;
        stage
            .decide_in_popup("Reconnect", &ConsentChoice::default())
            .await?;
        page.wait_for_text("entries loaded").await?;
        driver.switch_to_window(first).await?;
        page.wait_session("active").await?;
        // The table measures itself once more when its page is drawn again.
        wait_for_rows(&stage, &rows).await
    });
}
