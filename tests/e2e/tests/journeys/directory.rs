//! The lists that entries refer to: each at its address, searched, sorted, exported, and what is missing
//! said.

use std::time::Duration;

use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use outlay_e2e::{Outcome, files};
use serde_json::{Value, json};

fn setup() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            entries: Some(20),
            ..SandboxSetup::default()
        },
        before_load: Some(files::KEEP),
        deadline: Some(Duration::from_secs(90)),
        ..StageSetup::default()
    }
}

/// Each list: the last segment of its address, its link, the header of its first column, and the key of
/// the column with the ids.
const LISTS: [(&str, &str, &str, &str); 6] = [
    ("companies", "Companies", "Name", "company_id"),
    ("employees", "Employees", "Name", "employee_id"),
    ("accounts", "Accounts", "Name", "account_id"),
    ("tag-groups", "Tags", "Tag", "group_id"),
    ("tax-codes", "Tax codes", "Name", "tax_code_id"),
    ("vendors", "Suppliers", "Name", "vendor_id"),
];

/// The texts of the first column of the rows in sight, from the top.
async fn names(stage: &Stage) -> Outcome<Vec<String>> {
    let script = "return [...document.querySelectorAll('.grid-body [role=row]')]
        .filter((row) => row.checkVisibility())
        .sort((a, b) => a.ariaRowIndex - b.ariaRowIndex)
        .map((row) => row.firstElementChild.textContent)";
    let texts = stage.browser.run(script, vec![]).await?;
    Ok(serde_json::from_value(texts)?)
}

/// Presses the first header until the rows are in this order.
async fn sort(stage: &Stage, direction: &str) -> Outcome {
    let sorted = "return document.querySelector('[role=columnheader]').ariaSort";
    let press = "document.querySelector('[role=columnheader] button').click()";
    until(direction, PATIENCE, async || {
        let before = stage.browser.run(sorted, vec![]).await?;
        if before == json!(direction) {
            return Ok(Some(()));
        }
        stage.browser.run(press, vec![]).await?;
        until("another order", PATIENCE, async || {
            let now = stage.browser.run(sorted, vec![]).await?;
            Ok((now != before).then_some(()))
        })
        .await?;
        Ok(None)
    })
    .await
}

#[test]
fn each_list_is_searched_sorted_and_exported_at_its_own_address() {
    play("directory_lists", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/directory/teams").await?;
        page.wait_for_text("There is no such list.").await?;
        for (slug, title, header, id) in LISTS {
            page.follow(title).await?;
            page.wait_route(&format!("/directory/{slug}")).await?;
            page.wait_for_text("all loaded").await?;
            let current =
                "return document.querySelector('.directory-lists [aria-current=page]').textContent";
            stage
                .browser
                .wait_for("the list in the navigation", current, vec![], title)
                .await?;
            let first = "return document.querySelector('[role=columnheader]').innerText.startsWith(arguments[0])";
            let expected = vec![json!(header)];
            stage
                .browser
                .wait_for("the first column", first, expected, true)
                .await?;

            sort(&stage, "ascending").await?;
            let up = names(&stage).await?;
            sort(&stage, "descending").await?;
            until(&format!("{slug}, descending"), PATIENCE, async || {
                let down = names(&stage).await?;
                let is_reversed = up.first() == up.last() || up.first() != down.first();
                Ok((!down.is_empty() && is_reversed).then_some(()))
            })
            .await?;
            let count = page.row_count().await?;
            assert!(count > 0, "{slug}");

            page.click("Export").await?;
            let file = files::saved(&stage.browser).await?;
            let mut reader =
                csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
            let headers = reader.headers()?.clone();
            let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
            assert_eq!(&headers[0], header, "{slug}");
            assert_eq!(i64::try_from(rows.len())?, count, "{slug}");
            let name = format!("outlay-{slug}-");
            let name = page.wait_for_texts(&["Download started", &name]).await?;
            assert!(!name.contains("PARTIAL"), "{name}");

            // The search narrows table and file.
            let wanted = rows[0][0].to_owned();
            page.fill("Search", &wanted).await?;
            page.wait_for_text("loaded rows match").await?;
            let found = page.row_count().await?;
            assert!(found > 0 && found <= count, "{slug}: {found}");
            page.choose("File format", "JSON Lines").await?;
            page.click("Export").await?;
            let lines = files::saved(&stage.browser).await?;
            let lines: Vec<Value> = lines
                .lines()
                .map(serde_json::from_str)
                .collect::<Result<_, _>>()?;
            assert_eq!(i64::try_from(lines.len())?, found, "{slug}");
            assert!(lines.iter().all(|line| line[id].is_string()), "{slug}");
        }
        // The order and the search of a list are in its address.
        until("the order in the address", PATIENCE, async || {
            Ok(page.route().await?.contains("sort=-name").then_some(()))
        })
        .await?;
        stage.search_document().await
    });
}

#[test]
fn list_states_a_missing_permission_and_rows_that_cannot_be_read() {
    play("directory_obstacles", setup(), |stage| async move {
        let page = stage.page();
        page.open("/directory/vendors").await?;
        page.wait_for_text("Connect to Pleo to see").await?;
        page.click("Connect to Pleo").await?;
        let narrowed = ConsentChoice {
            without: &["vendors:read"],
            ..ConsentChoice::default()
        };
        stage.decide(&narrowed).await?;
        page.alert_with("scope_missing", &["vendors:read"]).await?;
        // The other lists are there.
        page.follow("Accounts").await?;
        page.wait_for_text("all loaded").await?;
        page.follow("Suppliers").await?;
        page.alert("scope_missing").await?;
        stage
            .decide_in_popup("Reconnect", &ConsentChoice::default())
            .await?;
        page.wait_for_text("all loaded").await?;

        let odd = SandboxFault::patch(&[("/data/0/name", "7")]);
        let odd = odd.at(&[FaultPath::Api]).path("/v1/vendors:search");
        stage.sandbox.arm(odd, FaultTimes::Always).await?;
        page.click("Refresh").await?;
        page.wait_for_texts(&[
            "Could not be read: ",
            "1 of the suppliers could not be read.",
            "Not all rows are loaded.",
        ])
        .await?;
        page.click("Export").await?;
        let file = files::saved(&stage.browser).await?;
        assert!(
            file.contains("PARTIAL: the list of suppliers is incomplete."),
            "{file}"
        );
        page.wait_for_text("-PARTIAL.csv").await?;
        stage.sandbox.reset_faults().await?;
        page.click("Load again").await?;
        page.wait_for_text("all loaded").await?;
        Ok(())
    });
}
