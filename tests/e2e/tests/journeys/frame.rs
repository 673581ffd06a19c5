//! The frame around the pages: navigation, account menu, notices, and what a small screen, a wide one
//! and paper show.

use outlay_e2e::Outcome;
use outlay_e2e::axe::accessible;
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::port;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

const FIRST: &str = "Brinkholt & Søe ApS";
const SECOND: &str = "Quillmark";

/// Whether the browser would warn before the document is left.
const WARNS: &str = "const leaves = new Event('beforeunload', { cancelable: true });
    return !window.dispatchEvent(leaves)";

fn setup() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            entries: Some(300),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    }
}

async fn run(stage: &Stage, script: &str) -> Outcome<Value> {
    stage.browser.run(script, vec![]).await
}

/// Waits until the script returns true.
async fn wait_for(stage: &Stage, what: &str, script: &str) -> Outcome {
    until(what, PATIENCE, async || {
        Ok((run(stage, script).await? == json!(true)).then_some(()))
    })
    .await
}

/// Types where the focus is.
async fn keys(stage: &Stage, keys: impl Into<TypingData>) -> Outcome {
    let chain = stage.browser.driver().action_chain();
    Ok(chain.send_keys(keys).perform().await?)
}

/// Goes on by the Tab key until the focus is on an element of this selector.
async fn tab_to(stage: &Stage, selector: &str) -> Outcome {
    let script = "return document.activeElement.matches(arguments[0])";
    for _ in 0..60 {
        keys(stage, Key::Tab + "").await?;
        let here = stage.browser.run(script, vec![json!(selector)]).await?;
        if here == json!(true) {
            return Ok(());
        }
    }
    Err(format!("the Tab key does not lead to {selector}").into())
}

/// Connects one more company, in addition to those that are connected.
async fn connect_another(stage: &Stage, company: usize) -> Outcome {
    let page = stage.page();
    let before = port::connections(&stage.browser).await?.len();
    page.click("Connect another company").await?;
    page.click("Connect to Pleo").await?;
    let choice = ConsentChoice {
        company,
        ..ConsentChoice::default()
    };
    stage.decide(&choice).await?;
    page.wait_session("active").await?;
    until("one more connection", PATIENCE, async || {
        let now = port::connections(&stage.browser).await?.len();
        Ok((now == before + 1).then_some(()))
    })
    .await
}

#[test]
fn menus_work_by_keyboard_and_developer_tools_are_collapsed_with_a_company() {
    play("frame_menus", setup(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let developer =
            "return document.querySelector('nav a[href*=\"/storage\"]').checkVisibility()";
        assert_eq!(run(&stage, developer).await?, json!(true));
        stage.connect().await?;
        page.wait_for_text("entries loaded").await?;
        wait_for(
            &stage,
            "the company next to the name",
            "return document.querySelector('.brand + .switcher')?.innerText.includes('Brinkholt') === true",
        )
        .await?;
        assert_eq!(run(&stage, developer).await?, json!(false));
        accessible(&stage.browser, "the collapsed navigation").await?;
        stage.browser.show_as(1440, false).await?;
        tab_to(&stage, "#session-status").await?;
        keys(&stage, Key::Enter + "").await?;
        wait_for(
            &stage,
            "the account menu",
            "return document.querySelector('#session-panel').matches(':popover-open')",
        )
        .await?;
        page.wait_for_text("Last renewed").await?;
        accessible(&stage.browser, "the account menu").await?;
        stage.browser.show_as(1440, false).await?;
        tab_to(&stage, ".theme select").await?;
        keys(&stage, "Dark").await?;
        let theme = "return document.documentElement.dataset.theme === 'dark'";
        wait_for(&stage, "the dark theme", theme).await?;
        keys(&stage, Key::Escape + "").await?;
        tab_to(&stage, "button.nav-title").await?;
        keys(&stage, Key::Enter + "").await?;
        wait_for(&stage, "the developer tools", developer).await?;
        // The address keeps them open, and another page does not.
        tab_to(&stage, "nav a[href*='/storage']").await?;
        keys(&stage, Key::Enter + "").await?;
        page.wait_for_text("No secrets are stored").await?;
        stage.browser.driver().refresh().await?;
        page.wait_session("active").await?;
        wait_for(&stage, "the developer tools", developer).await?;
        page.follow("Entries").await?;
        page.rows().await?;
        assert_eq!(run(&stage, developer).await?, json!(false));
        tab_to(&stage, "#session-status").await?;
        keys(&stage, Key::Enter + "").await?;
        page.wait_for_text("ends the connection in all tabs")
            .await?;
        let sign_out = ".topbar .sign-out.wide";
        tab_to(&stage, sign_out).await?;
        keys(&stage, Key::Enter + "").await?;
        page.wait_session("signed-out").await
    });
}

#[test]
fn every_page_has_one_primary_button_plain_weights_and_centred_content() {
    // Whether the page has more than one primary button, a heading of another weight, an amount of
    // free space that differs at both sides, or a scroll bar at the bottom.
    let faults = "const found = [];
        const primary = [...document.querySelectorAll('main .primary')].filter((it) => it.checkVisibility());
        if (primary.length > 1) found.push('primary: ' + primary.length);
        for (const it of document.querySelectorAll('h1, h2, h3')) {
            const weight = getComputedStyle(it).fontWeight;
            if (weight !== '600' && !it.closest('.key-figure')) found.push(`${it.innerText}: ${weight}`);
        }
        const main = document.querySelector('main').getBoundingClientRect();
        const card = document.querySelector('main > :not(.visually-hidden, .print-only)').getBoundingClientRect();
        const scroll = document.querySelector('main').offsetWidth - document.querySelector('main').clientWidth;
        if (Math.abs((card.left - main.left) - (main.right - scroll - card.right)) > 2) found.push('not centred');
        if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the screen');
        return found";
    play("frame_pages", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        for width in [1920, 320] {
            stage.browser.show_as(width, false).await?;
            for (route, text) in [
                ("/", "entries loaded"),
                ("/entries", "Load all"),
                ("/exports", "Exports"),
                ("/directory/accounts", "Directory"),
                ("/inspect", "OAuth log"),
                ("/register", "still to be filled in"),
                ("/check", "Run the test"),
                ("/storage", "No secrets are stored"),
                ("/settings", "Settings"),
            ] {
                page.open(route).await?;
                page.wait_session("active").await?;
                page.wait_for_text(text).await?;
                assert_eq!(run(&stage, faults).await?, json!([]), "{route} {width}");
            }
        }
        // Four links and the button for the others, with an icon each.
        let bar = "const shown = [...document.querySelectorAll('.nav > :is(a, button)')].filter((it) => it.checkVisibility());
            return [shown.length, shown.every((it) => it.querySelector('svg')), shown.at(-1).innerText.trim()]";
        assert_eq!(run(&stage, bar).await?, json!([5, true, "More"]));
        Ok(())
    });
}

#[test]
fn words_of_dates_are_english_and_digits_are_the_browsers() {
    let setup = StageSetup {
        chromium_only: Some("Chromium's tools set another locale"),
        ..setup()
    };
    play("frame_words", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let shown = "const text = document.querySelector('main').innerText;
            const row = document.querySelector('[role=grid] [aria-rowindex=\"2\"]');
            return [row.querySelector('.col-date').innerText, row.querySelector('.col-amount').innerText]";
        for (locale, comma) in [("en-GB", false), ("da-DK", true), ("ja-JP", false)] {
            let to = |locale: &str| json!({ "locale": locale });
            let set = "Emulation.setLocaleOverride";
            stage.browser.ask(set, to("")).await?;
            stage.browser.ask(set, to(locale)).await?;
            page.open("/entries").await?;
            page.rows().await?;
            let [date, amount]: [String; 2] = serde_json::from_value(run(&stage, shown).await?)?;
            let month = date.split(' ').nth(1).unwrap_or_default();
            assert!(
                "Jan Feb Mar Apr May Jun Jul Aug Sept Sep Oct Nov Dec"
                    .split(' ')
                    .any(|name| name == month),
                "{locale}: {date}"
            );
            let decimals = amount.split('\u{a0}').next().unwrap_or_default();
            let mark = decimals.chars().rev().find(|it| !it.is_ascii_digit());
            assert_eq!(mark == Some(','), comma, "{locale}: {amount}");
        }
        Ok(())
    });
}

#[test]
fn unsaved_work_and_companies_are_not_lost_without_a_word() {
    play("frame_kept", setup(), |stage| async move {
        let page = stage.page();
        page.open("/register").await?;
        page.wait_for_text("still to be filled in").await?;
        assert_eq!(run(&stage, WARNS).await?, json!(false));
        page.fill("Client name", "Ledger tools").await?;
        wait_for(&stage, "the warning", WARNS).await?;
        page.follow("Storage").await?;
        page.wait_for_text("No secrets are stored").await?;
        assert_eq!(run(&stage, WARNS).await?, json!(true));
        page.follow("Client registration").await?;
        page.wait_for_text("Draft, not ready to send").await?;
        page.click("Clear form").await?;
        wait_for(&stage, "no warning", &WARNS.replace("return !", "return ")).await?;

        // Three companies, one after another, within a minute.
        page.open("/").await?;
        stage.connect().await?;
        page.wait_for_text(FIRST).await?;
        let first = port::connections(&stage.browser).await?[0]["id"].clone();
        let first = first.as_str().ok_or("no id")?.to_owned();
        connect_another(&stage, 1).await?;
        connect_another(&stage, 2).await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        page.wait_for_text(SECOND).await?;

        // A new tab opens the one that was in use last.
        page.choose("Connected company", FIRST).await?;
        page.wait_route(&format!("/?c={first}")).await?;
        page.wait_for_text(FIRST).await?;
        let driver = stage.browser.driver();
        let tab = driver.window().await?;
        stage.browser.open_window().await?;
        page.open("/").await?;
        page.wait_session("active").await?;
        page.wait_route(&format!("/?c={first}")).await?;

        // An unknown one says so where the user is, with the way to connect it.
        page.open("/entries?c=unknown").await?;
        let notice = page
            .wait_for_text("The company in this address is not connected")
            .await?;
        assert!(notice.contains("another company"), "{notice}");
        page.wait_route("/entries?c=").await?;
        page.click("Connect a company").await?;
        page.wait_for_button("Connect to Pleo").await?;
        page.click("Close").await?;
        driver.close_window().await?;
        driver.switch_to_window(tab).await?;

        // Sign out says what it ends, and offers the company in view alone.
        run(&stage, "document.querySelector('#session-status').click()").await?;
        page.wait_for_text("ends all 3 connected companies, in all tabs")
            .await?;
        accessible(&stage.browser, "the account menu with three companies").await?;
        stage.browser.show_as(1440, false).await?;
        page.click(&format!("Sign out of {FIRST} only")).await?;
        until("two connections", PATIENCE, async || {
            let left = port::connections(&stage.browser).await?;
            Ok((left.len() == 2 && left.iter().all(|it| it["id"] != first.as_str())).then_some(()))
        })
        .await?;
        page.wait_session("active").await?;
        assert!(
            !page
                .visible_text()
                .await?
                .contains("not connected in this browser")
        );
        page.click("Sign out").await?;
        page.wait_session("signed-out").await
    });
}

#[test]
fn small_screens_and_paper_show_everything() {
    let setup = StageSetup {
        chromium_only: Some("Chromium's tools show a page as it is printed"),
        ..setup()
    };
    play("frame_paper", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        stage.browser.show_as(320, false).await?;
        let size = "const sizes = [...document.querySelectorAll('.chart text')].map((it) => parseFloat(getComputedStyle(it).fontSize));
            return sizes.length > 0 && Math.min(...sizes) >= 12";
        wait_for(&stage, "legible text in the chart", size).await?;
        page.open("/entries").await?;
        page.rows().await?;
        run(
            &stage,
            "document.querySelector('[role=grid] [aria-rowindex=\"2\"] [role=gridcell]').click()",
        )
        .await?;
        page.wait_for_text("JSON from Pleo").await?;
        let above =
            "const term = document.querySelector('.drawer .facts dt').getBoundingClientRect();
            const value = document.querySelector('.drawer .facts dd').getBoundingClientRect();
            return term.bottom <= value.top + 1";
        assert_eq!(run(&stage, above).await?, json!(true));
        page.open("/register").await?;
        page.wait_for_text("still to be filled in").await?;
        let bar = "const main = document.querySelector('main');
            main.scrollTo(0, 1200);
            const bar = document.querySelector('.reg-summary').getBoundingClientRect();
            const top = main.getBoundingClientRect().top;
            return [bar.height <= 72, Math.abs(bar.top - top) < 24, document.querySelector('.register-terms').open]";
        assert_eq!(run(&stage, bar).await?, json!([true, true, false]));

        stage.browser.show_as(1440, false).await?;
        page.open("/entries?q=amount%3E0").await?;
        page.rows().await?;
        page.load_all().await?;
        page.wait_for_text("all loaded").await?;
        let media = |media: &str| json!({ "media": media });
        stage
            .browser
            .ask("Emulation.setEmulatedMedia", media("print"))
            .await?;
        run(&stage, "window.dispatchEvent(new Event('beforeprint'))").await?;
        let printed = "const rows = document.querySelectorAll('.printed-rows tbody tr').length;
            const controls = [...document.querySelectorAll('button, nav a')].filter((it) => it.checkVisibility()).length;
            const text = document.body.innerText;
            return [rows === Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) - 1,
                controls, /Printed .*20\\d\\d/.test(text), text.includes('Filter: ')]";
        assert_eq!(run(&stage, printed).await?, json!([true, 0, true, true]));
        run(&stage, "window.dispatchEvent(new Event('afterprint'))").await?;
        let left = "return document.querySelectorAll('.printed-rows *').length";
        assert_eq!(run(&stage, left).await?, json!(0));
        Ok(())
    });
}

#[test]
fn storage_page_states_what_is_stored() {
    play("frame_storage", StageSetup::default(), |stage| async move {
        let page = stage.page();
        let table = "return [...document.querySelectorAll('main table')].map((it) => it.querySelectorAll('tbody tr').length > 0)";
        page.open("/storage").await?;
        page.wait_for_text("No secrets are stored").await?;
        page.wait_for_text("The vault holds no secret").await?;
        assert_eq!(run(&stage, table).await?, json!([true, true]));
        run(&stage, "sessionStorage.setItem('outlay.pending', '{}')").await?;
        page.wait_for_text("A sign-in in progress is stored")
            .await?;
        let title = "return document.title.startsWith('A sign-in in progress')";
        wait_for(&stage, "the title", title).await?;
        run(&stage, "sessionStorage.removeItem('outlay.pending')").await?;
        page.wait_for_text("No secrets are stored").await.map(drop)
    });
}
