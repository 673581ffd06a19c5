//! The table of entries in a browser that translates pages, with hostile texts, and what a person
//! takes from it: selected rows, copied amounts, the result of a search.

use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault};
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;
use thirtyfour::prelude::*;

const SEARCH_PATH: &str = "/v1/accounting-entries:search";

/// A page translator as browsers have it: it puts `<font>` elements in the place of text nodes, keeps
/// to `translate="no"`, and follows every change. `translateAll` keeps to nothing.
const TRANSLATOR: &str = r#"(() => {
    const kept = "[translate=no], script, style, title, option, textarea, font";
    const wrap = (node, all) => {
        const parent = node.parentElement;
        if (!parent || !node.data.trim() || (!all && parent.closest(kept)) || parent.closest("font, option, script")) return;
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        inner.textContent = node.data;
        outer.append(inner);
        node.replaceWith(outer);
        window.translated += 1;
    };
    const walk = (root, all) => {
        const texts = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        if (root.nodeType === Node.TEXT_NODE) texts.push(root);
        while (walker.nextNode()) texts.push(walker.currentNode);
        texts.forEach((text) => wrap(text, all));
    };
    window.translated = 0;
    window.translateAll = () => walk(document.body, true);
    addEventListener("DOMContentLoaded", () => {
        walk(document.body, false);
        new MutationObserver((changes) => {
            for (const { target, addedNodes } of changes)
                for (const node of target.nodeType === Node.TEXT_NODE ? [target] : addedNodes) walk(node, false);
        }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
})();"#;

/// The rows in sight as the document shows them, by row number.
const SHOWN: &str = "return Object.fromEntries(
    [...document.querySelectorAll('[role=grid] [role=row][aria-rowindex]')]
        .filter((row) => Number(row.getAttribute('aria-rowindex')) > 1 && row.checkVisibility())
        .map((row) => [row.getAttribute('aria-rowindex') - 2,
            [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent)]))";

/// All loaded rows as they are copied: the page's own data, whatever the document shows.
pub(crate) const COPY_ALL: &str = "const grid = document.querySelector('[role=grid]');
    const press = (key, ctrlKey) => grid.dispatchEvent(
        new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
    grid.focus();
    getSelection().removeAllRanges();
    press('a', true);
    const clipboardData = new DataTransfer();
    const copy = new ClipboardEvent('copy', { bubbles: true, cancelable: true });
    // Firefox's constructor takes none.
    Object.defineProperty(copy, 'clipboardData', { value: clipboardData });
    grid.dispatchEvent(copy);
    press('Escape', false);
    return clipboardData.getData('text/plain')";

async fn open_entries(stage: &Stage) -> Outcome {
    stage.page().open("/entries").await?;
    stage.page().rows().await.map(drop)
}

/// Loads all entries and returns how many there are: fewer than 1,000.
async fn load_all(stage: &Stage) -> Outcome<usize> {
    let page = stage.page();
    page.load_all().await?;
    page.wait_for_text("entries, all loaded").await?;
    let rows = usize::try_from(page.row_count().await?)?;
    page.wait_for_text(&format!("{rows} entries, all loaded"))
        .await?;
    Ok(rows)
}

/// Employee, note, status and the digits of the amount of each row that is copied.
async fn data(stage: &Stage) -> Outcome<Vec<[String; 4]>> {
    let text = stage.browser.run(COPY_ALL, vec![]).await?;
    let text = text.as_str().ok_or("nothing copied")?;
    let rows = text.split_terminator("\r\n").map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        [cells[2], cells[1], cells[6], &digits(cells[9])].map(unquoted)
    });
    Ok(rows.collect())
}

/// A copied cell without the quotes around it and those that double the ones inside.
pub(crate) fn unquoted(cell: &str) -> String {
    let inner = cell.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inner.map_or_else(|| cell.to_owned(), |inner| inner.replace("\"\"", "\""))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Compares each row in sight with the data, and returns the number of the first one.
async fn compare(stage: &Stage) -> Outcome<usize> {
    until("the rows of the data", PATIENCE, async || {
        // Names may come between the two.
        let data = data(stage).await?;
        let shown = stage.browser.run(SHOWN, vec![]).await?;
        let shown = shown.as_object().ok_or("no rows")?;
        if shown.len() <= 5 {
            return Err(format!("now {shown:?}").into());
        }
        for (row, cells) in shown {
            let cell = |at: usize| cells[at].as_str().unwrap_or_default();
            let [who, what, status, amount] = &data[row.parse::<usize>()?];
            let who = if who.is_empty() { "–" } else { who };
            let shown = [cell(2), cell(1).trim(), cell(6), &digits(cell(9))];
            let expected = [who, what, status, amount];
            if shown != expected {
                return Err(format!("row {row}: {shown:?}, not {expected:?}").into());
            }
        }
        Ok(shown.keys().filter_map(|row| row.parse().ok()).min())
    })
    .await
}

async fn scroll_to(stage: &Stage, row: usize) -> Outcome {
    let script = "document.querySelector('[role=grid]').scrollTop = arguments[0]";
    stage.browser.run(script, vec![json!(row * 36)]).await?;
    until("the rows of that place", PATIENCE, async || {
        let shown = stage.browser.run(SHOWN, vec![]).await?;
        Ok(shown.get(row.to_string()).map(drop))
    })
    .await
}

/// Opens a row, compares the drawer's note with the data, and closes it.
async fn look_into(stage: &Stage, row: usize) -> Outcome {
    let page = stage.page();
    let note = data(stage).await?.swap_remove(row)[1].clone();
    let script =
        "document.querySelector(`[aria-rowindex='${arguments[0] + 2}'] [role=gridcell]`).click()";
    stage.browser.run(script, vec![json!(row)]).await?;
    until("the drawer", PATIENCE, async || {
        let visible_text = page.text_of(".drawer").await?;
        Ok(visible_text.contains(&note).then_some(()))
    })
    .await?;
    page.click("Close").await?;
    closed(stage).await
}

#[test]
fn translated_page_shows_correct_row_values() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            entries: Some(990),
            ..SandboxSetup::default()
        },
        before_load: Some(TRANSLATOR),
        ..StageSetup::default()
    };
    play("translated", setup, |stage| async move {
        let page = stage.page();
        stage.connect().await?;
        page.wait_for_text("entries loaded").await?;
        open_entries(&stage).await?;
        let rows = load_all(&stage).await?;
        page.wait_for_button("Export").await?;
        let file = format!("{rows} entries · ");
        page.wait_for_text_of(".save-form", &[&file]).await?;
        let far = rows - 60;
        for row in [0, far, 20] {
            scroll_to(&stage, row).await?;
            assert!(compare(&stage).await? <= row);
            look_into(&stage, row + 3).await?;
        }
        // A translator that does not keep to `translate="no"`.
        stage.browser.run("window.translateAll()", vec![]).await?;
        for row in [far, 300, 0] {
            scroll_to(&stage, row).await?;
            compare(&stage).await?;
            look_into(&stage, row + 5).await?;
            stage.browser.run("window.translateAll()", vec![]).await?;
        }
        let translated = stage
            .browser
            .run("return window.translated", vec![])
            .await?;
        assert!(translated.as_u64() > Some(100), "{translated}");
        stage.search_document().await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        page.wait_for_button("Connect to Pleo").await?;
        assert_eq!(page.rows_in_sight().await?, Vec::<String>::new());
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await?;
        page.rows().await?;
        page.wait_for_text(&format!("100 of {rows} entries, scroll to load more"))
            .await?;
        compare(&stage).await?;
        Ok(())
    });
}

/// A note as Pleo sends it, and what the table and the drawer show of it.
const NOTES: [(&str, &str); 9] = [
    ("a\u{0}b", "a␀b"),
    ("a\u{b}b", "a␋b"),
    ("\u{1f}=1+1", "␟=1+1"),
    ("\u{202e}00.5 EUR", "U+202E00.5 EUR"),
    ("שלום -12.50", "שלום -12.50"),
    ("a\u{200b}b", "aU+200Bb"),
    ("a\u{2028}b", "aU+2028b"),
    ("\u{200e}=1+1", "U+200E=1+1"),
    ("\u{2066}open isolate", "U+2066open isolate"),
];

const COMPANY: &str = "\u{202e}dtL \u{5d0}\u{5d1} 12";
const COMPANY_SHOWN: &str = "U+202EdtL \u{5d0}\u{5d1} 12";

#[test]
fn external_text_is_marked_and_isolated() {
    play("external_text", StageSetup::default(), |stage| async move {
        let page = stage.page();
        let pointers: Vec<_> = (0..NOTES.len())
            .map(|at| format!("/data/{at}/note"))
            .collect();
        let notes: Vec<_> = NOTES
            .iter()
            .map(|(note, _)| json!(note).to_string())
            .collect();
        let changes: Vec<_> = pointers
            .iter()
            .zip(&notes)
            .map(|(to, note)| (to.as_str(), note.as_str()))
            .collect();
        let entries = SandboxFault::patch(&changes)
            .at(&[FaultPath::Api])
            .path(SEARCH_PATH);
        stage.sandbox.arm(entries, FaultTimes::Always).await?;
        let name = json!(COMPANY).to_string();
        let company = SandboxFault::patch(&[("/data/0/name", name.as_str())])
            .at(&[FaultPath::Api])
            .path("/v1/companies");
        stage.sandbox.arm(company, FaultTimes::Always).await?;

        stage.connect().await?;
        page.wait_for_text(COMPANY_SHOWN).await?;
        let title = "return document.title";
        let expected = format!("{COMPANY_SHOWN} · Outlay");
        stage
            .browser
            .wait_for("the company in the title", title, vec![], expected)
            .await?;
        open_entries(&stage).await?;
        for (row, (note, expected)) in NOTES.iter().enumerate() {
            until(&format!("{note:?} as {expected}"), PATIENCE, async || {
                let shown = stage.browser.run(SHOWN, vec![]).await?;
                Ok((shown[row.to_string()][1] == json!(expected)).then_some(()))
            })
            .await?;
            patch_entry(&stage, row, &[("/data/note", &json!(note).to_string())]).await?;
            look_at_note(&stage, row, expected).await?;
        }
        // Each cell is a paragraph of its own for the bidirectional algorithm.
        let isolated =
            "return [...document.querySelectorAll('[role=gridcell], bdi')].every((element) =>
            /isolate|plaintext/.test(getComputedStyle(element).unicodeBidi))";
        assert_eq!(stage.browser.run(isolated, vec![]).await?, json!(true));
        let sides = "return [...document.querySelectorAll('[aria-rowindex=\"6\"] [role=gridcell]')]
            .map((cell) => getComputedStyle(cell).direction)";
        let sides = stage.browser.run(sides, vec![]).await?;
        assert_eq!((&sides[1], &sides[9]), (&json!("rtl"), &json!("ltr")));

        page.open("/settings").await?;
        page.click("Remove from Pleo…").await?;
        let visible_text = page.wait_for_text("Remove Outlay from Pleo?").await?;
        assert!(!visible_text.contains('\u{202e}'), "{visible_text}");
        Ok(())
    });
}

/// Has the API answer with the same changes when the entry of this row is loaded alone.
async fn patch_entry(stage: &Stage, row: usize, changes: &[(&str, &str)]) -> Outcome {
    let page = stage.page();
    let cell = format!("[aria-rowindex='{}'] .col-what", row + 2);
    let cell = stage.page().element(By::Css(cell)).await?;
    cell.click().await?;
    let id = until("the entry's address", PATIENCE, async || {
        let route = page.route().await?;
        let id = route.split_once("entry=").map(|it| it.1.to_owned());
        Ok(id.map(|id| id.split('&').next().unwrap_or_default().to_owned()))
    })
    .await?;
    page.click("Close").await?;
    closed(stage).await?;
    let fault = SandboxFault::patch(changes)
        .at(&[FaultPath::Api])
        .path(&format!("/v1/accounting-entries/{id}"));
    stage.sandbox.arm(fault, FaultTimes::Always).await
}

/// Waits until the drawer is closed. A dialog reports that it has closed in a later task; an entry opened
/// before that is closed by it.
async fn closed(stage: &Stage) -> Outcome {
    until("the drawer to be empty", PATIENCE, async || {
        let script = "return document.querySelector('.drawer dd') === null";
        let empty = stage.browser.run(script, vec![]).await?;
        let route = stage.page().route().await?;
        Ok((empty == json!(true) && !route.contains("entry=")).then_some(()))
    })
    .await
}

async fn look_at_note(stage: &Stage, row: usize, expected: &str) -> Outcome {
    let script =
        "document.querySelector(`[aria-rowindex='${arguments[0] + 2}'] [role=gridcell]`).click()";
    stage.browser.run(script, vec![json!(row)]).await?;
    let note = "return document.querySelector('.drawer dd').textContent";
    until(&format!("{expected} in the drawer"), PATIENCE, async || {
        let shown = stage.browser.run(note, vec![]).await?;
        Ok((shown == json!(expected)).then_some(()))
    })
    .await?;
    stage.page().click("Close").await?;
    closed(stage).await
}

/// A browser whose locale writes U+2212 and no-break spaces, and what was copied in it.
const SWEDISH: &str = "const Own = Intl.NumberFormat;
    Intl.NumberFormat = class extends Own { constructor(of, how) { super(of ?? 'sv-SE', how) } };
    window.copies = [];
    const put = DataTransfer.prototype.setData;
    DataTransfer.prototype.setData = function (kind, text) { copies.push(text); put.call(this, kind, text) };";

async fn last_copy(stage: &Stage) -> Outcome<String> {
    let last = "return window.copies.at(-1) ?? ''";
    let text = stage.browser.run(last, vec![]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Selects the text of the one element of this selector and presses Ctrl+C.
async fn copy_text_of(stage: &Stage, selector: &str) -> Outcome<String> {
    let select = "const range = document.createRange();
        range.selectNodeContents(document.querySelector(arguments[0]));
        getSelection().removeAllRanges(); getSelection().addRange(range)";
    let copies = "return window.copies.length";
    // An element that is drawn anew, with names that come later for example, loses its selection.
    until(&format!("a copy of {selector}"), PATIENCE, async || {
        let before = stage.browser.run(copies, vec![]).await?;
        stage.browser.run(select, vec![json!(selector)]).await?;
        ctrl_c(stage).await?;
        match stage.browser.run(copies, vec![]).await? == before {
            true => Ok(None),
            false => last_copy(stage).await.map(Some),
        }
    })
    .await
}

/// The cell with the note of a row of the table.
async fn note_cell(stage: &Stage, row: usize) -> Outcome<WebElement> {
    let cell = format!("[aria-rowindex='{}'] .col-what", row + 2);
    stage.page().element(By::Css(cell)).await
}

/// Drags from the first of these rows over the second one to the third one, until that has selected
/// them: what comes meanwhile above or below the table moves its rows, or has them drawn anew.
async fn select_by_dragging(stage: &Stage, [from, over, to]: [usize; 3]) -> Outcome {
    let expected = format!("{} rows selected", to - from + 1);
    until(&expected, PATIENCE, async || {
        let driver = stage.browser.driver();
        driver.action_chain().reset_actions().await?;
        let from = note_cell(stage, from).await?;
        let over = note_cell(stage, over).await?;
        let to = note_cell(stage, to).await?;
        driver
            .action_chain()
            .move_to_element_center(&from)
            .click_and_hold()
            .move_to_element_center(&over)
            .move_to_element_center(&to)
            .release()
            .perform()
            .await?;
        until(&expected, Duration::from_secs(2), async || {
            let visible_text = stage.page().visible_text().await?;
            Ok(visible_text.contains(&expected).then_some(()))
        })
        .await
        .map(Some)
    })
    .await
}

async fn ctrl_c(stage: &Stage) -> Outcome {
    let actions = stage.browser.driver().action_chain();
    Ok(actions
        .key_down(Key::Control)
        .send_keys("c")
        .key_up(Key::Control)
        .perform()
        .await?)
}

#[test]
fn selected_rows_and_amounts_are_copied_for_a_spreadsheet() {
    let setup = StageSetup {
        before_load: Some(SWEDISH),
        sandbox: SandboxSetup {
            // One page: further pages would come while rows are dragged over.
            entries: Some(90),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    };
    play("copied", setup, |stage| async move {
        let page = stage.page();
        let driver = stage.browser.driver();
        let changes = [
            ("/data/3/note", json!("tab\there").to_string()),
            ("/data/4/note", json!("break\nhere").to_string()),
            ("/data/5/note", json!("=1+1").to_string()),
            ("/data/6/transactionValue/minors", "-123450".to_owned()),
            (
                "/data/6/transactionValue/currency",
                json!("SEK").to_string(),
            ),
        ];
        let changes: Vec<_> = changes
            .iter()
            .map(|(to, text)| (*to, text.as_str()))
            .collect();
        let entries = SandboxFault::patch(&changes)
            .at(&[FaultPath::Api])
            .path(SEARCH_PATH);
        stage.sandbox.arm(entries, FaultTimes::Always).await?;
        stage.connect().await?;
        page.wait_for_text("entries loaded").await?;
        open_entries(&stage).await?;
        page.wait_for_text("entries, all loaded").await?;
        // Scrolled down and back, the elements are not in the rows' order.
        scroll_to(&stage, 50).await?;
        scroll_to(&stage, 0).await?;

        select_by_dragging(&stage, [3, 6, 9]).await?;
        let closed = "return !document.querySelector('.drawer[open]')";
        assert_eq!(stage.browser.run(closed, vec![]).await?, json!(true));
        ctrl_c(&stage).await?;
        page.wait_for_text("7 rows copied").await?;
        let text = last_copy(&stage).await?;
        assert_eq!(text.matches("\r\n").count(), 7, "{text:?}");
        assert!(text.contains("\t\"tab\there\"\t"), "{text:?}");
        assert!(text.contains("\t\"break\nhere\"\t"), "{text:?}");
        assert!(
            text.contains("\t'=1+1\t") || text.contains("\t\"'=1+1\"\t"),
            "{text:?}"
        );
        assert!(
            text.contains("-1234,50\tSEK\t") || text.contains("-1234.50\tSEK\t"),
            "{text:?}"
        );
        assert!(
            !text.contains(['\u{2212}', '\u{a0}', '\u{202f}']),
            "{text:?}"
        );

        let keys = driver
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Down)
            .key_up(Key::Shift);
        keys.perform().await?;
        page.wait_for_text("8 rows selected").await?;
        driver
            .action_chain()
            .send_keys(Key::Escape)
            .perform()
            .await?;
        page.wait_without_text("rows selected").await?;

        // Amounts: of a cell, of the drawer, of the totals.
        let number = |text: &str| {
            text.parse::<f64>().is_ok() || text.replace(',', ".").parse::<f64>().is_ok()
        };
        let refund = copy_text_of(&stage, "[aria-rowindex='8'] .col-amount").await?;
        assert_eq!(refund.replace(',', "."), "-1234.50");
        stage
            .browser
            .run("getSelection().removeAllRanges()", vec![])
            .await?;
        let money = json!({ "minors": -123_450, "currency": "SEK" }).to_string();
        patch_entry(&stage, 6, &[("/data/transactionValue", &money)]).await?;
        note_cell(&stage, 6).await?.click().await?;
        page.wait_for_text_of(".drawer", &["Receipts"]).await?;
        let refund = copy_text_of(&stage, ".drawer-amount").await?;
        assert_eq!(refund.replace(',', "."), "-1234.50");
        page.click("Close").await?;
        page.follow("Overview").await?;
        page.wait_for_text("entries loaded").await?;
        let total = copy_text_of(&stage, "table.spend tfoot .amount").await?;
        assert!(number(&total), "{total:?}");
        let table = copy_text_of(&stage, "table.spend").await?;
        assert!(
            table.lines().count() > 2 && !table.contains(['\u{2212}', '\u{a0}']),
            "{table:?}"
        );
        // The caption is the first line.
        let cells = |line: &str| line.split('\t').count();
        let lines: Vec<_> = table.lines().skip(1).map(cells).collect();
        assert!(lines.iter().all(|cells| *cells == lines[0]), "{table:?}");
        Ok(())
    });
}

#[test]
fn search_filters_loaded_rows_and_is_kept_in_the_address() {
    play("table_search", StageSetup::default(), |stage| async move {
        let page = stage.page();
        let driver = stage.browser.driver();
        let changes = [
            (
                "/data/1/note",
                json!("Café Östergård 100% & more").to_string(),
            ),
            ("/data/70/note", json!("cafe\u{301} again").to_string()),
        ];
        let changes: Vec<_> = changes
            .iter()
            .map(|(to, text)| (*to, text.as_str()))
            .collect();
        let entries = SandboxFault::patch(&changes)
            .at(&[FaultPath::Api])
            .path(SEARCH_PATH);
        stage.sandbox.arm(entries, FaultTimes::Always).await?;
        stage.connect().await?;
        open_entries(&stage).await?;
        let all = page.row_count().await?;
        assert!(all >= 100);
        // `/` leads to the field.
        driver.action_chain().send_keys("/").perform().await?;
        driver.action_chain().send_keys("CAFE").perform().await?;
        page.wait_for_text(&format!("2 of {all} loaded rows match"))
            .await?;
        page.wait_for_row_count(2).await?;
        until("the query in the address", PATIENCE, async || {
            Ok(page.route().await?.contains("q=CAFE").then_some(()))
        })
        .await?;
        page.fill("Search", "ostergard 100% &").await?;
        page.wait_for_text(&format!("1 of {all} loaded rows match"))
            .await?;
        until("the query in the address", PATIENCE, async || {
            Ok(page
                .route()
                .await?
                .contains("q=ostergard%20100%25%20%26")
                .then_some(()))
        })
        .await?;
        stage.search_document().await?;
        driver.refresh().await?;
        page.wait_for_text("1 of 100 loaded rows match").await?;
        let typed = "return document.querySelector('[role=search] input').value";
        stage
            .browser
            .wait_for("the search", typed, vec![], "ostergard 100% &")
            .await?;
        // A result opens the row that it shows.
        patch_entry(
            &stage,
            0,
            &[("/data/note", &json!("Café Östergård").to_string())],
        )
        .await?;
        stage
            .browser
            .run(
                "document.querySelector('[aria-rowindex=\"2\"] [role=gridcell]').click()",
                vec![],
            )
            .await?;
        page.wait_for_text_of(".drawer", &["Receipts", "Café Östergård"])
            .await?;
        page.click("Close").await?;
        let field = page.element(By::Css("[role=search] input")).await?;
        field.send_keys(Key::Escape).await?;
        until("all rows", PATIENCE, async || {
            Ok((page.row_count().await? >= 100).then_some(()))
        })
        .await?;
        until("no query in the address", PATIENCE, async || {
            Ok((!page.route().await?.contains("q=")).then_some(()))
        })
        .await?;
        // A sign-in leads back to the query.
        field.send_keys("again").await?;
        until("the query in the address", PATIENCE, async || {
            Ok(page.route().await?.contains("q=again").then_some(()))
        })
        .await?;
        stage.search_document().await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Default::default()).await?;
        page.wait_session("active").await?;
        page.wait_for_text("1 of 100 loaded rows match").await?;
        stage
            .browser
            .wait_for("the search of before", typed, vec![], "again")
            .await
    });
}
