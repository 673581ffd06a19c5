//! Lists and records as servers really send them: what is missing is said, the rest is shown.

use outlay_e2e::Outcome;
use outlay_e2e::fault::{Fault, Order, Place, Times};
use outlay_e2e::sandbox::Options;
use outlay_e2e::stage::{Setup, Stage, play};
use outlay_e2e::wait::{PATIENCE, until};

const SEARCH: &str = "/v1/accounting-entries:search";

fn at(fault: Fault, path: &str) -> Order {
    fault.at(&[Place::Api]).path(path)
}

/// Two pages of entries of the first company.
fn setup() -> Setup {
    Setup {
        sandbox: Options {
            entries: Some(150),
            ..Options::default()
        },
        ..Setup::default()
    }
}

/// The words of the note that a list is incomplete for this reason.
async fn note(stage: &Stage, reason: &str) -> Outcome<String> {
    let selector = format!("[data-incomplete={reason}]");
    until(&format!("the note {reason}"), PATIENCE, async || {
        let there = "return document.querySelector(arguments[0])?.innerText ?? null";
        let words = stage
            .browser
            .run(there, vec![serde_json::json!(selector)])
            .await?;
        Ok(words.as_str().map(str::to_owned))
    })
    .await
}

/// How many entries the list has, once its first page is there.
async fn whole(stage: &Stage) -> Outcome<usize> {
    let page = stage.page();
    let words = page.wait_words(", more as you scroll").await?;
    let (_, after) = words.split_once("100 of ").ok_or("no count")?;
    let (count, _) = after.split_once(' ').ok_or("no count")?;
    Ok(count.parse()?)
}

#[test]
fn a_list_that_is_not_whole_is_incomplete_with_its_reason_and_loads_again() {
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
        for (changes, reason, words) in cases {
            let fault = at(Fault::patch(&changes), SEARCH);
            stage.sandbox.arm(fault, Times::Always).await?;
            page.open("/entries").await?;
            if reason == "count_differs" {
                page.click("Read all").await?;
            }
            let note_words = note(&stage, reason).await?;
            assert!(note_words.contains(words), "{changes:?}: {note_words}");
            let arrived = format!("312 entries; {whole} different entries arrived.");
            let both = reason != "count_differs" || note_words.contains(&arrived);
            assert!(both, "{whole}: {note_words}");
            assert!(!page.words().await?.contains("all read"), "{changes:?}");
        }
        // The sums say it too, with both numbers.
        page.open("/").await?;
        note(&stage, "count_differs").await?;
        let footnote = "These sums are incomplete. Pleo counts 312 entries;";
        page.wait_words(footnote).await?;
        stage.sandbox.reset_faults().await?;
        page.click("Load again").await?;
        page.wait_words("entries read").await?;
        assert!(!page.words().await?.contains("incomplete"));

        // A total that shrinks between two pages.
        page.open("/entries").await?;
        page.rows().await?;
        let shrunk = Fault::patch(&[("/pagination/total", "101")]);
        stage.sandbox.arm(at(shrunk, SEARCH), Times::Once).await?;
        page.click("Read all").await?;
        let words = note(&stage, "changed").await?;
        let both = format!("{whole} entries at first and 101");
        assert!(words.contains(&both), "{words}");
        page.click("Load again").await?;
        page.wait_words(&format!("100 of {whole} entries")).await?;
        page.click("Read all").await?;
        page.wait_words(&format!("{whole} entries, all read"))
            .await?;
        assert!(!page.words().await?.contains("incomplete"));
        Ok(())
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
fn odd_values_of_one_record_change_no_other_and_are_named() {
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
    let fault = Fault::body(["\u{feff}", &json].concat());
    play("lists_odd_records", setup(), |stage| async move {
        stage.connect().await?;
        stage.sandbox.arm(at(fault, SEARCH), Times::Always).await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        let words = page.wait_words("could not be read").await?;
        assert_eq!(page.row_count().await?, 9, "{words}");
        for expected in [
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
        ] {
            assert!(words.contains(expected), "{expected}: {words}");
        }
        page.open("/").await?;
        let words = page.wait_words("in no sum").await?;
        for expected in [
            "1 entry in no sum: the purchase date cannot be read (00000000-0000-4000-8000-000000000004).",
            "1 entry in no sum: the decimals of the currency are not known",
            "2 entries in no sum: the record could not be read (for example \
             00000000-0000-4000-8000-000000000006, field updatedAt).",
            // 12.50 three times, 43.21, and the large one.
            "90,071,992,547,490.64",
        ] {
            assert!(words.contains(expected), "{expected}: {words}");
        }
        Ok(())
    });
}

#[test]
fn lists_of_employees_and_companies_say_that_they_are_incomplete() {
    play("lists_names", setup(), |stage| async move {
        stage.connect().await?;
        let nameless = Fault::patch(&[("/data/0/lastName", "")]);
        stage
            .sandbox
            .arm(at(nameless, "/v2/employees"), Times::Always)
            .await?;
        let page = stage.page();
        page.open("/entries").await?;
        let words = note(&stage, "unreadable").await?;
        assert!(
            words.contains("1 of the employees could not be read."),
            "{words}"
        );
        let lost = Fault::patch(&[
            ("/pagination/hasNextPage", "true"),
            ("/pagination/endCursor", "null"),
        ]);
        stage
            .sandbox
            .arm(at(lost, "/v1/companies"), Times::Always)
            .await?;
        page.open("/").await?;
        let words = note(&stage, "no_cursor").await?;
        assert!(
            words.contains("The list of companies is incomplete."),
            "{words}"
        );
        stage.sandbox.reset_faults().await?;
        page.click("Load again").await?;
        until("no note", PATIENCE, async || {
            Ok((!page.words().await?.contains("incomplete")).then_some(()))
        })
        .await
    });
}
