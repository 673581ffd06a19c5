//! The work on a list of entries: filter, sort, add up, open, export, and all of it by keyboard.

use std::collections::BTreeMap;

use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault};
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use outlay_e2e::{Outcome, files};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

fn setup() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            entries: Some(300),
            ..SandboxSetup::default()
        },
        before_load: Some(files::KEEP),
        ..StageSetup::default()
    }
}

/// Every entry is loaded; returns how many there are.
async fn open_all(stage: &Stage) -> Outcome<usize> {
    let page = stage.page();
    stage.connect().await?;
    page.open("/entries").await?;
    page.rows().await?;
    page.load_all().await?;
    page.wait_for_text("entries, all loaded").await?;
    Ok(usize::try_from(page.row_count().await?)?)
}

/// The texts of one column of the rows in sight, from the top.
async fn shown(stage: &Stage, class: &str) -> Outcome<Vec<String>> {
    let script = "return [...document.querySelectorAll('.grid-body [role=row]')]
        .filter((row) => row.checkVisibility())
        .sort((a, b) => a.ariaRowIndex - b.ariaRowIndex)
        .map((row) => row.querySelector(arguments[0]).textContent)";
    let texts = stage.browser.run(script, vec![json!(class)]).await?;
    Ok(serde_json::from_value(texts)?)
}

/// Waits until each row in sight has this status.
async fn wait_for_statuses(stage: &Stage, expected: &str) -> Outcome {
    until(&format!("rows that are {expected}"), PATIENCE, async || {
        let statuses = shown(stage, ".col-status").await?;
        match !statuses.is_empty() && statuses.iter().all(|it| it == expected) {
            true => Ok(Some(())),
            false => Err(format!("now {statuses:?}").into()),
        }
    })
    .await
}

/// The totals in view: amount by currency, as decimal numbers.
pub(crate) async fn totals(stage: &Stage) -> Outcome<BTreeMap<String, String>> {
    let script =
        "return [...document.querySelectorAll('[aria-label=\"Totals per currency\"] data')]
        .map((it) => [it.dataset.amount.split(' ')[1], it.value])";
    let pairs = stage.browser.run(script, vec![]).await?;
    let pairs: Vec<(String, String)> = serde_json::from_value(pairs)?;
    Ok(pairs.into_iter().collect())
}

/// Waits until the totals in view are these, in thousandths.
pub(crate) async fn wait_for_totals(stage: &Stage, expected: &BTreeMap<String, i64>) -> Outcome {
    until("the totals of the file in view", PATIENCE, async || {
        let in_view = totals(stage).await?.into_iter();
        let in_view: BTreeMap<String, i64> = in_view
            .map(|(currency, amount)| (currency, thousandths(&amount)))
            .collect();
        match in_view == *expected {
            true => Ok(Some(())),
            false => Err(format!("{in_view:?}, not {expected:?}").into()),
        }
    })
    .await
}

/// The rows of a file, without the header, and the place of a column.
pub(crate) fn table(file: &str) -> Outcome<(csv::StringRecord, Vec<csv::StringRecord>)> {
    let file = file.strip_prefix('\u{feff}').ok_or("no byte order mark")?;
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let headers = reader.headers()?.clone();
    let rows = reader.records().collect::<Result<_, _>>()?;
    Ok((headers, rows))
}

pub(crate) fn place(headers: &csv::StringRecord, header: &str) -> Outcome<usize> {
    let place = headers.iter().position(|it| it == header);
    place.ok_or_else(|| format!("no column {header}").into())
}

/// The sums of a file by currency, in thousandths, so that they can be compared whatever the decimals.
pub(crate) fn sums(file: &str) -> Outcome<BTreeMap<String, i64>> {
    let (headers, rows) = table(file)?;
    let (amount, currency) = (place(&headers, "Amount")?, place(&headers, "Currency")?);
    let mut sums = BTreeMap::new();
    for row in rows.iter().filter(|row| !row[amount].is_empty()) {
        *sums.entry(row[currency].to_owned()).or_insert(0) += thousandths(&row[amount]);
    }
    Ok(sums)
}

pub(crate) fn thousandths(decimal: &str) -> i64 {
    let (whole, part) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits: String = [whole, part].concat();
    let digits: i64 = digits.parse().unwrap_or_default();
    digits * 10i64.pow(3u32.saturating_sub(u32::try_from(part.len()).unwrap_or(0)))
}

#[test]
fn filter_error_marks_the_character_and_keeps_the_last_filter() {
    play("entries_filter", setup(), |stage| async move {
        let all = open_all(&stage).await?;
        let page = stage.page();
        page.fill("Search", "status:PENDING").await?;
        page.wait_for_text(&format!(" of {all} loaded rows match"))
            .await?;
        wait_for_statuses(&stage, "Pending").await?;
        let found = page.row_count().await?;
        assert!(found > 0 && found < i64::try_from(all)?, "{found}");

        // Pasted: each letter that is typed makes a filter of its own.
        let paste = "const field = document.querySelector('[role=search] input');
            field.value = arguments[0];
            field.dispatchEvent(new InputEvent('input', { bubbles: true }))";
        let text = json!("status:PENDING colour:red");
        stage.browser.run(paste, vec![text]).await?;
        page.alert_with("unknown_field", &["at character 16"])
            .await?;
        let marked = "return document.querySelector('.search-error mark').textContent";
        stage
            .browser
            .wait_for("the marked character", marked, vec![], "c")
            .await?;
        assert_eq!(page.row_count().await?, found);

        // The fields show the same filter and edit it; the line keeps what they cannot show.
        page.fill("Search", "note:a status:PENDING").await?;
        page.click("Filters").await?;
        page.wait_for_text("Only in the search line: note:a")
            .await?;
        page.choose("Status", "Completed").await?;
        page.fill("Amount from", "10").await?;
        page.fill("Amount to", "500").await?;
        let line = "return document.querySelector('[role=search] input').value";
        let expected = json!("note:a amount:10..500 status:COMPLETED");
        until("the line", PATIENCE, async || {
            let line = stage.browser.run(line, vec![]).await?;
            Ok((line == expected).then_some(()))
        })
        .await?;
        until("the address", PATIENCE, async || {
            let route = page.route().await?;
            Ok(route.contains("amount%3A10..500").then_some(()))
        })
        .await?;
        wait_for_statuses(&stage, "Completed").await?;
        page.click("Clear filters").await?;
        page.wait_for_row_count(i64::try_from(all)?).await
    });
}

/// Presses the header with this text.
async fn press_header(stage: &Stage, text: &str, shift: bool) -> Outcome {
    let driver = stage.browser.driver();
    let header = format!("//div[@role='columnheader']//button[normalize-space(.)='{text}']");
    let header = stage.page().element(By::XPath(header)).await?;
    header.scroll_into_view().await?;
    let keys = driver.action_chain();
    let keys = match shift {
        true => keys
            .key_down(Key::Shift)
            .click_element(&header)
            .key_up(Key::Shift),
        false => keys.click_element(&header),
    };
    Ok(keys.perform().await?)
}

#[test]
fn headers_sort_by_two_keys_and_the_order_is_in_the_address() {
    play("entries_sort", setup(), |stage| async move {
        open_all(&stage).await?;
        let page = stage.page();
        // The rows that are compared later have their names.
        page.rows_with_names().await?;
        press_header(&stage, "Type", false).await?;
        press_header(&stage, "Date", true).await?;
        let sorted = "return [...document.querySelectorAll('[role=columnheader]')]
            .filter((it) => it.ariaSort !== 'none')
            .map((it) => [it.textContent, it.ariaSort, it.dataset.place ?? '1'])";
        let expected = json!([["Date", "ascending", "2"], ["Type", "ascending", "1"]]);
        until("both keys", PATIENCE, async || {
            let sorted = stage.browser.run(sorted, vec![]).await?;
            Ok((sorted == expected).then_some(()))
        })
        .await?;
        let check = async |reversed: bool| {
            until("the sorted rows", PATIENCE, async || {
                let types = shown(&stage, ".col-type").await?;
                let dates = shown(&stage, ".col-date").await?;
                let days: Vec<String> = dates.iter().map(|date| iso(date)).collect();
                let rows: Vec<(&String, &String)> = types.iter().zip(&days).collect();
                let is_sorted = rows.windows(2).all(|pair| {
                    let (one, two) = (pair[0], pair[1]);
                    match one.0.cmp(two.0) {
                        std::cmp::Ordering::Equal => one.1 <= two.1,
                        order => (order == std::cmp::Ordering::Greater) == reversed,
                    }
                });
                match rows.len() > 5 && is_sorted {
                    true => Ok(Some(types[0].clone())),
                    false => Err(format!("now {rows:?}").into()),
                }
            })
            .await
        };
        let first = check(false).await?;
        press_header(&stage, "Type", true).await?;
        until("the other direction", PATIENCE, async || {
            let route = page.route().await?;
            Ok(route.contains("sort=-type%2Cdate").then_some(()))
        })
        .await?;
        let last = check(true).await?;
        assert_ne!(first, last);
        // A link brings the same order.
        let rows = page.rows().await?;
        stage.browser.driver().refresh().await?;
        page.rows().await?;
        page.load_all().await?;
        page.wait_for_text("entries, all loaded").await?;
        until("the same rows", PATIENCE, async || {
            Ok((page.rows_in_sight().await? == rows).then_some(()))
        })
        .await
    });
}

/// `2026-03-01` of a day as the browser writes it in English.
fn iso(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let parts: Vec<&str> = date.split([' ', ',']).filter(|it| !it.is_empty()).collect();
    let month = |part: &&str| MONTHS.iter().position(|it| part.starts_with(it));
    let at = parts.iter().find_map(month).unwrap_or(0) + 1;
    let mut numbers = parts.iter().filter_map(|part| part.parse::<u32>().ok());
    let (one, two) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    let (day, year) = if one > 31 { (two, one) } else { (one, two) };
    format!("{year}-{at:02}-{day:02}")
}

#[test]
fn exported_rows_are_those_of_the_filter_and_add_up_to_the_totals_in_view() {
    play("entries_export", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        // Only a page is loaded: the export loads the others.
        page.open("/entries?q=status%3ACOMPLETED%20amount%3E20")
            .await?;
        page.rows().await?;
        files::save_entries(&stage.browser).await?;
        let file = files::saved(&stage.browser).await?;
        page.wait_for_text("entries, all loaded").await?;
        let (headers, rows) = table(&file)?;
        let (status, id) = (place(&headers, "Status")?, place(&headers, "Entry id")?);
        assert!(rows.iter().all(|row| &row[status] == "Completed"));
        let ids: std::collections::BTreeSet<&str> = rows.iter().map(|row| &row[id]).collect();
        page.wait_for_row_count(i64::try_from(ids.len())?).await?;
        assert!(ids.len() > 20 && rows.len() > ids.len(), "{}", ids.len());

        let of_file = sums(&file)?;
        assert!(of_file.len() > 1, "{of_file:?}");
        wait_for_totals(&stage, &of_file).await?;
        let line = format!("{} entries · {} rows · ", ids.len(), rows.len());
        page.wait_for_text_of(".save-form", &[&line]).await?;

        // The same rows as JSON Lines.
        page.choose("File format", "JSON Lines").await?;
        files::save_entries(&stage.browser).await?;
        let lines = files::saved(&stage.browser).await?;
        let lines: Vec<Value> = lines
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        assert_eq!(lines.len(), rows.len());
        for (line, row) in lines.iter().zip(&rows) {
            assert_eq!(line["entry_id"], json!(&row[id]));
        }
        Ok(())
    });
}

/// The id of the entry that an address opens.
fn entry_of(route: &str) -> Outcome<&str> {
    let (_, id) = route.split_once("entry=").ok_or("no entry")?;
    Ok(id.split('&').next().unwrap_or_default())
}

#[test]
fn opened_entry_has_an_address_of_its_own() {
    play("entries_drawer", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        let drawer = "return document.querySelector('dialog.drawer[open]')?.innerText ?? ''";
        // The time of the purchase is known once the whole entry is loaded.
        let whole = async |id: &str| {
            page.wait_for_text_of("dialog.drawer[open]", &[" UTC", id])
                .await
        };
        let closed = async || {
            until("no drawer", PATIENCE, async || {
                let text = stage.browser.run(drawer, vec![]).await?;
                Ok((text == json!("")).then_some(()))
            })
            .await
        };
        let click = "document.querySelector('[aria-rowindex=\"4\"] [role=gridcell]').click()";
        stage.browser.run(click, vec![]).await?;
        let address = until("the entry in the address", PATIENCE, async || {
            let route = page.route().await?;
            Ok(route.contains("entry=").then_some(route))
        })
        .await?;
        let id = entry_of(&address)?;
        whole(id).await?;
        page.click("Next").await?;
        until("the next entry", PATIENCE, async || {
            Ok((page.route().await? != address).then_some(()))
        })
        .await?;
        let next = page.route().await?;
        whole(entry_of(&next)?).await?;
        page.click("Previous").await?;
        until("the first entry", PATIENCE, async || {
            Ok((page.route().await? == address).then_some(()))
        })
        .await?;
        whole(id).await?;
        stage.browser.driver().back().await?;
        closed().await?;
        until("the address without the entry", PATIENCE, async || {
            Ok((!page.route().await?.contains("entry=")).then_some(()))
        })
        .await?;
        // A link opens it, also if the API refuses the entry: the table has it.
        let gone = SandboxFault::Status {
            status: 400,
            when: outlay_e2e::fault::FaultWhen::Before,
        };
        let gone = gone
            .at(&[FaultPath::Api])
            .path(&format!("/v1/accounting-entries/{id}"));
        stage.sandbox.arm(gone, FaultTimes::Always).await?;
        page.open(&format!("/entries?entry={id}")).await?;
        page.alert("api_bad_request").await?;
        page.wait_for_text_of("dialog.drawer[open]", &[id]).await?;
        stage.sandbox.reset_faults().await?;
        let again = "[...document.querySelectorAll('.drawer button')].find((it) => it.innerText.trim() === 'Try again').click()";
        stage.browser.run(again, vec![]).await?;
        whole(id).await?;
        stage.search_document().await?;
        page.click("Close").await?;
        closed().await
    });
}

#[test]
fn entries_are_filtered_sorted_opened_copied_and_exported_by_keyboard_alone() {
    play("entries_keyboard", setup(), |stage| async move {
        let all = open_all(&stage).await?;
        let page = stage.page();
        let driver = stage.browser.driver();
        let press =
            async |key: &str| Outcome::Ok(driver.action_chain().send_keys(key).perform().await?);
        let tab_to = async |what: &str, is_there: &str| {
            let script = format!("return {is_there}");
            for _ in 0..60 {
                if stage.browser.run(&script, vec![]).await? == json!(true) {
                    return Outcome::Ok(());
                }
                driver.action_chain().send_keys(Key::Tab).perform().await?;
            }
            Err(format!("{what} is not reached by Tab").into())
        };
        press("/").await?;
        press("amount>20").await?;
        page.wait_for_text(&format!(" of {all} loaded rows match"))
            .await?;
        tab_to("the grid", "document.activeElement.role === 'grid'").await?;
        tab_to(
            "the header",
            "document.activeElement.matches('.head') && document.activeElement.textContent === 'Amount'",
        )
        .await?;
        driver
            .action_chain()
            .send_keys(Key::Enter)
            .perform()
            .await?;
        until("the order", PATIENCE, async || {
            Ok(page.route().await?.contains("sort=amount").then_some(()))
        })
        .await?;
        stage
            .browser
            .run(
                "document.querySelector('[role=search] input').focus()",
                vec![],
            )
            .await?;
        tab_to("the grid", "document.activeElement.role === 'grid'").await?;
        driver.action_chain().send_keys(Key::Down).perform().await?;
        driver
            .action_chain()
            .send_keys(Key::Enter)
            .perform()
            .await?;
        page.wait_for_text("Receipts").await?;
        driver
            .action_chain()
            .send_keys(Key::Escape)
            .perform()
            .await?;
        until("no drawer", PATIENCE, async || {
            let open = "return document.querySelector('dialog.drawer[open]') === null";
            let closed = stage.browser.run(open, vec![]).await? == json!(true);
            Ok((closed && !page.route().await?.contains("entry=")).then_some(()))
        })
        .await?;
        let at_grid = "return document.activeElement.role === 'grid'";
        stage
            .browser
            .wait_for("the focus on the grid", at_grid, vec![], true)
            .await?;
        driver
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Down)
            .send_keys(Key::Down)
            .key_up(Key::Shift)
            .perform()
            .await?;
        page.wait_for_text("3 rows selected").await?;
        let selected = "return document.querySelectorAll('[aria-label=\"Totals of the selected rows\"] li').length > 0";
        stage
            .browser
            .wait_for("the totals of the selected rows", selected, vec![], true)
            .await?;
        driver
            .action_chain()
            .key_down(Key::Control)
            .send_keys("c")
            .key_up(Key::Control)
            .perform()
            .await?;
        page.wait_for_text("3 rows copied").await?;
        let start = "document.querySelector('[role=search] input').focus()";
        stage.browser.run(start, vec![]).await?;
        tab_to("Export", "document.activeElement.textContent === 'Export'").await?;
        driver
            .action_chain()
            .send_keys(Key::Enter)
            .perform()
            .await?;
        let file = files::saved(&stage.browser).await?;
        let found = page.row_count().await?;
        assert!(i64::try_from(table(&file)?.1.len())? >= found);
        Ok(())
    });
}

/// The words of the open drawer.
async fn drawer(stage: &Stage) -> Outcome<String> {
    let script = "return document.querySelector('dialog.drawer[open]')?.innerText ?? ''";
    let text = stage.browser.run(script, vec![]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Presses Next until the words of the drawer, whole and with its receipts, are as wanted.
async fn next_until(stage: &Stage, what: &str, wanted: impl Fn(&str) -> bool) -> Outcome<String> {
    for _ in 0..40 {
        let text = until("the whole entry", PATIENCE, async || {
            let text = drawer(stage).await?;
            // The address changes before the drawer does.
            let route = stage.page().route().await?;
            let id = entry_of(&route)?;
            let whole = text.contains("JSON from Pleo") && !text.contains("Loading receipts");
            Ok((whole && text.contains(id)).then_some(text))
        })
        .await?;
        if wanted(&text) {
            return Ok(text);
        }
        let before = stage.page().route().await?;
        stage.page().click("Next").await?;
        until("the next entry", PATIENCE, async || {
            Ok((stage.page().route().await? != before).then_some(()))
        })
        .await?;
    }
    Err(format!("no entry with {what}").into())
}

#[test]
fn drawer_shows_receipts_attendees_and_the_json_that_pleo_sent() {
    let setup = StageSetup {
        // The image whose link is wrong.
        console: &["403 (Forbidden)"],
        unproxied_only: Some("the configuration behind a proxy names no origin of receipts"),
        ..setup()
    };
    play("entries_receipts", setup, |stage| async move {
        open_all(&stage).await?;
        let page = stage.page();
        page.fill("Search", "receipts>0").await?;
        page.wait_for_text("loaded rows match").await?;
        let click = "document.querySelector('[aria-rowindex=\"2\"] [role=gridcell]').click()";
        stage.browser.run(click, vec![]).await?;
        // The sandbox's configuration names the origin of its receipts.
        let loaded = "const image = document.querySelector('.receipts img');
            return image?.complete && image.naturalWidth > 0 && image.alt !== ''";
        let shown = async || {
            until("the image", PATIENCE, async || {
                let shown = stage.browser.run(loaded, vec![]).await?;
                Ok((shown == json!(true)).then_some(()))
            })
            .await
        };
        next_until(&stage, "an image", |text| text.contains(" image · ")).await?;
        shown().await?;
        let link = "const link = document.querySelector('.receipts a');
            return [link.target, link.rel, link.protocol]";
        let expected = json!(["_blank", "noopener noreferrer", "http:"]);
        stage
            .browser
            .wait_for("the link of the receipt", link, vec![], expected)
            .await?;

        // A link that does not work any more is fetched again.
        let wrong = format!(
            "\"{}/files/x/original?until=1&signature=x\"",
            stage.sandbox.at.api
        );
        let expired = SandboxFault::patch(&[("/data/0/url", &wrong)]);
        let address = page.route().await?;
        let id = entry_of(&address)?;
        let path = format!("/v1/accounting-entries/{id}/receipts");
        let expired = expired.at(&[FaultPath::Api]).path(&path);
        stage.sandbox.arm(expired, FaultTimes::Always).await?;
        page.open(&address).await?;
        page.wait_for_text("Its link may have expired").await?;
        stage.sandbox.reset_faults().await?;
        page.click("Fetch the link again").await?;
        shown().await?;

        page.open("/entries?q=receipts%3E0").await?;
        page.rows().await?;
        page.load_all().await?;
        page.wait_for_text("entries, all loaded").await?;
        stage.browser.run(click, vec![]).await?;
        next_until(&stage, "a PDF", |text| text.contains("PDF · ")).await?;
        page.wait_for_text_of("dialog.drawer[open]", &["PDF files open in a tab"])
            .await?;

        // Names of employees, and the response as it came.
        page.open("/entries?q=attendees%3E0").await?;
        page.rows().await?;
        page.load_all().await?;
        page.wait_for_text("entries, all loaded").await?;
        stage.browser.run(click, vec![]).await?;
        next_until(&stage, "attendees", |text| text.contains("Attendees")).await?;
        // The names may come later than the entry.
        until("the names of the attendees", PATIENCE, async || {
            let text = drawer(&stage).await?;
            let (_, after) = text.split_once("Attendees").ok_or("no attendees")?;
            let attendee = after.trim_start().lines().next().unwrap_or_default();
            match attendee.contains(' ') && !attendee.contains("CONTACT") {
                true => Ok(Some(())),
                false => Err(format!("now {attendee}").into()),
            }
        })
        .await?;
        let json = "const raw = document.querySelector('.raw-json');
            raw.open = true;
            return raw.querySelector('pre').textContent";
        let json = stage.browser.run(json, vec![]).await?;
        let json: Value = serde_json::from_str(json.as_str().unwrap_or_default())?;
        let id = json["data"]["id"].as_str().ok_or("no id")?.to_owned();
        assert!(page.route().await?.contains(&id), "{id}");
        stage.search_document().await
    });
}
