//! Lists and records as servers really send them: what is missing is said, the rest is shown.

use std::collections::BTreeMap;
use std::time::Duration;

use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault, SandboxOrder};
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};

use crate::entries::totals;
use crate::overview::entries;
use crate::table::{COPY_ALL, unquoted};

const SEARCH: &str = "/v1/accounting-entries:search";

fn at(fault: SandboxFault, path: &str) -> SandboxOrder {
    fault.at(&[FaultPath::Api]).path(path)
}

/// Two pages of entries of the first company.
fn setup() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            entries: Some(150),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    }
}

/// Waits for the note that a list is incomplete for this reason, with all of these words.
async fn note(stage: &Stage, reason: &str, expected: &[&str]) -> Outcome {
    let selector = format!("[data-incomplete={reason}]");
    let page = stage.page();
    page.wait_for_text_of(&selector, expected).await.map(drop)
}

/// How many entries the list has, once its first page is there.
async fn whole(stage: &Stage) -> Outcome<usize> {
    let page = stage.page();
    let visible_text = page.wait_for_text(", scroll to load more").await?;
    let (_, after) = visible_text.split_once("100 of ").ok_or("no count")?;
    let (count, _) = after.split_once(' ').ok_or("no count")?;
    Ok(count.parse()?)
}

#[test]
fn incomplete_list_states_its_reason_and_reloads() {
    let more = ("/pagination/hasNextPage", "true");
    let cursor = "/pagination/endCursor";
    let total = ("/pagination/total", "312");
    let promise = "Pleo says that more entries follow";
    let cases = [
        (vec![more, (cursor, "null")], "no_cursor", promise),
        (vec![more, (cursor, "\"\"")], "no_cursor", promise),
        (vec![more, (cursor, "")], "no_cursor", promise),
        (vec![more, (cursor, "7")], "no_cursor", promise),
        (vec![more, ("/data", "[]")], "empty_page", promise),
        (vec![total], "count_differs", "Pleo counts 312 entries; "),
    ];
    play("lists_incomplete", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        let whole = whole(&stage).await?;
        for (changes, reason, visible_text) in cases {
            let fault = at(SandboxFault::patch(&changes), SEARCH);
            stage.sandbox.arm(fault, FaultTimes::Always).await?;
            page.open("/entries").await?;
            if reason == "count_differs" {
                page.load_all().await?;
            }
            let arrived = format!("312 entries; {whole} different entries arrived.");
            let expected = match reason {
                "count_differs" => &[visible_text, &*arrived][..],
                _ => &[visible_text],
            };
            note(&stage, reason, expected)
                .await
                .map_err(|error| format!("{changes:?}: {error}"))?;
            assert!(
                !page.visible_text().await?.contains("all loaded"),
                "{changes:?}"
            );
        }
        // The sums say it too, with both numbers.
        page.open("/").await?;
        note(&stage, "count_differs", &[]).await?;
        let footnote = "The totals are incomplete. Pleo counts 312 entries;";
        page.wait_for_text(footnote).await?;
        stage.sandbox.reset_faults().await?;
        page.click("Load again").await?;
        page.wait_for_text("entries loaded").await?;
        page.wait_without_text("incomplete").await?;

        // A total that shrinks between two pages.
        page.open("/entries").await?;
        page.rows().await?;
        let shrunk = SandboxFault::patch(&[("/pagination/total", "101")]);
        stage
            .sandbox
            .arm(at(shrunk, SEARCH), FaultTimes::Once)
            .await?;
        page.load_all().await?;
        let both = format!("{whole} entries at first and 101");
        note(&stage, "changed", &[&both]).await?;
        page.click("Load again").await?;
        page.wait_for_text(&format!("100 of {whole} entries"))
            .await?;
        page.load_all().await?;
        page.wait_for_text(&format!("{whole} entries, all loaded"))
            .await?;
        page.wait_without_text("incomplete").await.map(drop)
    });
}

/// An entry; `changes` replaces parts of its JSON.
fn entry(id: u32, changes: &[(&str, &str)]) -> String {
    let mut json = format!(
        r#"{{"id":"00000000-0000-4000-8000-00000000000{id}","companyId":"c","status":"COMPLETED",
        "family":"CARD_PURCHASE","exportStatus":"NOT_EXPORTED","reviewStatus":"OK","note":"Note {id}",
        "transactionValue":{{"currency":"EUR","minors":1250}},
        "performedAt":"2026-03-1{id}T10:00:00Z","createdAt":"2026-03-10T10:00:00Z",
        "updatedAt":"2026-03-10T10:00:00Z","splitItems":[],"tags":[],"attendees":[],"receiptIds":[]}}"#
    );
    for (from, to) in changes {
        assert!(json.contains(from), "{from}");
        json = json.replace(from, to);
    }
    json
}

#[test]
fn odd_record_values_are_reported_and_change_no_other_record() {
    let odd = [
        entry(9, &[("Note 9", "Team lunch \\ud83d")]),
        entry(8, &[("1250", "12.5")]),
        entry(7, &[("1250", "\"4321\"")]),
        entry(
            6,
            &[(
                "\"updatedAt\":\"2026-03-10T10:00:00Z\"",
                "\"updatedAt\":null",
            )],
        ),
        entry(5, &[("T10:00:00Z\",\"cr", "T10:00\",\"cr")]),
        entry(4, &[("2026-03-14T10:00:00Z", "soon")]),
        entry(3, &[("EUR", "ABC")]),
        entry(2, &[("1250", "9007199254740993")]),
        entry(
            1,
            &[(
                "\"note\"",
                "\"bookkeepingDate\":\"2026-03-31T22:00:00Z\",\"note\"",
            )],
        ),
    ];
    let json = format!(
        r#"{{"data":[{}],"pagination":{{"hasNextPage":false,"hasPreviousPage":false,"total":9}}}}"#,
        odd.join(",")
    );
    // A byte order mark changes nothing.
    let fault = SandboxFault::body(["\u{feff}", &json].concat());
    play("lists_odd_records", setup(), |stage| async move {
        stage.connect().await?;
        stage
            .sandbox
            .arm(at(fault, SEARCH), FaultTimes::Always)
            .await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        page.wait_for_text("6 notes on these entries").await?;
        let open = "document.querySelector('details.notes').open = true";
        stage.browser.run(open, vec![]).await?;
        page.wait_for_row_count(9).await?;
        page.wait_for_texts(&[
            "Team lunch \u{fffd}",
            "Could not be read: 00000000-0000-4000-8000-000000000008, field transactionValue.minors",
            "Could not be read: 00000000-0000-4000-8000-000000000006, field updatedAt",
            "43.21",
            "1250 minor units, decimals not known",
            "90,071,992,547,409.93",
            "Note 1",
            "1 entry with a purchase date that cannot be read",
            "1 entry with a purchase date without a time zone",
            "1 entry with a bookkeeping date at 22:00 or 23:00 UTC",
            "1 entry in a currency whose decimals are not known",
            "2 entries could not be read",
            "1 entry with a number that came as text",
            "2 of the entries could not be read.",
        ])
        .await?;
        page.open("/").await?;
        page.wait_for_texts(&[
            "not in the totals",
            "1 entry with a purchase date that cannot be read: in no month by purchase date.",
            "Spend without a purchase date",
            "1 entry paid in a currency whose decimals are not known",
            "1 entry with a purchase date without a time zone",
            "2 entries not in the totals: the record could not be read (for example \
             00000000-0000-4000-8000-000000000008, field transactionValue.minors).",
            // 12.50 three times, 43.21, and the large one.
            "90,071,992,547,490.64",
        ])
        .await
        .map(drop)
    });
}

#[test]
fn incomplete_employee_and_company_lists_are_reported() {
    play("lists_names", setup(), |stage| async move {
        stage.connect().await?;
        let nameless = SandboxFault::patch(&[("/data/0/lastName", "")]);
        stage
            .sandbox
            .arm(at(nameless, "/v2/employees"), FaultTimes::Always)
            .await?;
        let page = stage.page();
        page.open("/entries").await?;
        let expected = "1 of the employees could not be read.";
        note(&stage, "unreadable", &[expected]).await?;
        let lost = SandboxFault::patch(&[
            ("/pagination/hasNextPage", "true"),
            ("/pagination/endCursor", "null"),
        ]);
        stage
            .sandbox
            .arm(at(lost, "/v1/companies"), FaultTimes::Always)
            .await?;
        page.open("/").await?;
        let expected = "The list of companies is incomplete.";
        note(&stage, "no_cursor", &[expected]).await?;
        stage.sandbox.reset_faults().await?;
        page.click("Load again").await?;
        page.wait_without_text("incomplete").await.map(drop)
    });
}

/// Selects three rows below the first one of the table.
const SELECT: &str = "const grid = document.querySelector('[role=grid]');
    const press = (key, shiftKey) => grid.dispatchEvent(
        new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }));
    grid.focus();
    press('ArrowDown', false);
    press('ArrowDown', false);
    press('ArrowDown', true);
    press('ArrowDown', true)";

/// The selected rows as they are copied.
const COPY: &str = "const grid = document.querySelector('[role=grid]');
    grid.focus();
    const clipboardData = new DataTransfer();
    const copy = new ClipboardEvent('copy', { bubbles: true, cancelable: true });
    // Firefox's constructor takes none.
    Object.defineProperty(copy, 'clipboardData', { value: clipboardData });
    grid.dispatchEvent(copy);
    return clipboardData.getData('text/plain')";

/// What a script copies from a table whose only column has the ids of the entries.
async fn copied_ids(stage: &Stage, script: &str) -> Outcome<Vec<String>> {
    let text = stage.browser.run(script, vec![]).await?;
    let text = text.as_str().ok_or("nothing copied")?;
    Ok(text.split_terminator("\r\n").map(unquoted).collect())
}

/// How often a fault has struck.
async fn struck(stage: &Stage, fault: &str) -> Outcome<u64> {
    Ok(stage
        .sandbox
        .struck()
        .await?
        .get(fault)
        .copied()
        .unwrap_or(0))
}

#[test]
fn date_windows_with_busy_and_lost_answers_end_with_exactly_the_apis_entries() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            entries: Some(3_000),
            ..SandboxSetup::default()
        },
        // Firefox says in the page's console what the vault's requests came to.
        console: &["Cross-Origin Request Blocked"],
        deadline: Some(Duration::from_secs(90)),
        ..StageSetup::default()
    };
    play("lists_windows", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        // The newest entries first in the list and last in the table: each page arrives before them.
        page.open("/entries?sort=date&columns=entry_id").await?;
        page.rows().await?;
        stage.browser.run(SELECT, vec![]).await?;
        page.wait_for_text("3 rows selected").await?;
        let selected = copied_ids(&stage, COPY).await?;
        assert_eq!(selected.len(), 3, "{selected:?}");

        let slow = SandboxFault::Slow {
            ms: 250,
            when: FaultWhen::After,
        };
        let busy = SandboxFault::Busy {
            status: 429,
            retry_after: Some(1),
            written: "seconds",
            text: "",
            readable: "yes",
        };
        stage
            .sandbox
            .arm(at(slow, SEARCH), FaultTimes::Always)
            .await?;
        page.load_all().await?;
        until("some pages of windows", PATIENCE, async || {
            Ok((struck(&stage, "slow").await? >= 5).then_some(()))
        })
        .await?;
        stage
            .sandbox
            .arm(at(busy, SEARCH), FaultTimes::Once)
            .await?;
        until("a busy answer", PATIENCE, async || {
            Ok((struck(&stage, "busy").await? == 1).then_some(()))
        })
        .await?;
        stage
            .sandbox
            .arm(at(SandboxFault::Cut, SEARCH), FaultTimes::Once)
            .await?;
        until("a lost answer", PATIENCE, async || {
            Ok((struck(&stage, "cut").await? == 1).then_some(()))
        })
        .await?;
        let requests = struck(&stage, "slow").await?;
        page.alert("api_network").await?;
        // The other windows have gone on, as no list with one cursor can.
        let after = struck(&stage, "slow").await? - requests;
        assert!(after >= 3, "{after} requests after the lost answer");
        assert!(!page.visible_text().await?.contains("all loaded"));
        stage.sandbox.reset_faults().await?;
        page.click("Try again").await?;
        let visible_text = page.wait_for_text("entries, all loaded").await?;
        assert!(!visible_text.contains("incomplete"), "{visible_text}");

        let kept = copied_ids(&stage, COPY).await?;
        let all = entries(&stage).await?;
        let text = |entry: &serde_json::Value| entry["id"].as_str().unwrap_or_default().to_owned();
        let mut expected: Vec<String> = all.iter().map(text).collect();
        let mut loaded = copied_ids(&stage, COPY_ALL).await?;
        expected.sort();
        loaded.sort();
        assert!(expected.len() > 1_200, "{}: no windows", expected.len());
        assert_eq!(loaded, expected);
        let mut sums = BTreeMap::new();
        for entry in &all {
            let value = &entry["transactionValue"];
            let currency = value["currency"].as_str().ok_or("no currency")?;
            let minors = value["minors"].as_i64().ok_or("no amount")?;
            *sums.entry(currency.to_owned()).or_insert(0) += minors;
        }
        until("the sums of the API in view", PATIENCE, async || {
            let shown = totals(&stage).await?;
            let shown = shown.into_iter().map(|(currency, amount)| {
                let minors = amount.replace('.', "").parse::<i64>()?;
                Ok((currency, minors))
            });
            match shown.collect::<Outcome<BTreeMap<_, _>>>()? {
                shown if shown == sums => Ok(Some(())),
                shown => Err(format!("{shown:?}, not {sums:?}").into()),
            }
        })
        .await?;
        assert_eq!(kept, selected);
        Ok(())
    });
}
