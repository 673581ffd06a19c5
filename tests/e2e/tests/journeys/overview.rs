//! The overview's figures against the sandbox's own answers, and its links against the rows they open.

use outlay_e2e::Outcome;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};

const MONTH: &str = "2026-10";

fn setup() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            entries: Some(600),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    }
}

/// Every entry as the API answers, asked for without the product.
pub(crate) async fn entries(stage: &Stage) -> Outcome<Vec<Value>> {
    entries_of(stage, &json!({ "includeDeleted": false })).await
}

/// The entries that a search of the API finds.
pub(crate) async fn entries_of(stage: &Stage, search_body: &Value) -> Outcome<Vec<Value>> {
    let client = reqwest::Client::new();
    let search = format!("{}/v1/accounting-entries:search", stage.sandbox.at.api);
    let company = company(stage, &client).await?;
    let mut all = Vec::new();
    let mut after = None::<String>;
    loop {
        let mut query = vec![
            ("company_id", company.1.clone()),
            ("limit", "100".to_owned()),
        ];
        query.extend(after.take().map(|cursor| ("after", cursor)));
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query)
            .finish();
        let page: Value = client
            .post(format!("{search}?{query}"))
            .bearer_auth(&company.0)
            .json(search_body)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        all.extend(page["data"].as_array().ok_or("no data")?.iter().cloned());
        if page["pagination"]["hasNextPage"] != json!(true) {
            return Ok(all);
        }
        let cursor = page["pagination"]["endCursor"].as_str();
        after = Some(cursor.ok_or("no cursor")?.to_owned());
    }
}

/// The access token of the page, and the id of its company.
async fn company(stage: &Stage, client: &reqwest::Client) -> Outcome<(String, String)> {
    for token in stage.sandbox.counters().await?.tokens_issued {
        let companies = client.get(format!("{}/v1/companies", stage.sandbox.at.api));
        let answer = companies.bearer_auth(&token).send().await?;
        // Refresh tokens are refused.
        if answer.status().is_success() {
            let list: Value = answer.json().await?;
            let id = list["data"][0]["id"].as_str().ok_or("no company")?;
            return Ok((token, id.to_owned()));
        }
    }
    Err("no access token".into())
}

fn is_spend(entry: &Value) -> bool {
    let is_one_of = |key: &str, values: &[&str]| {
        let value = entry[key].as_str().unwrap_or_default();
        values.contains(&value)
    };
    let purchases = [
        "CARD_PURCHASE",
        "OUT_OF_POCKET",
        "MILEAGE",
        "PER_DIEM",
        "BILL_INVOICE",
        "CREDIT_NOTE",
        "PLEO_INVOICE",
    ];
    is_one_of("family", &purchases)
        && is_one_of("status", &["COMPLETED", "COMPLETED_EXTERNALLY", "PENDING"])
        && entry["deletedAt"].is_null()
}

/// The number of entries and the minor units of the month's spend by this date.
fn spend(entries: &[Value], date: &str) -> (usize, i64) {
    let of_month = entries.iter().filter(|entry| {
        let day = entry[date].as_str().unwrap_or_default();
        is_spend(entry) && day.starts_with(MONTH)
    });
    let amounts: Vec<i64> = of_month
        .filter_map(|entry| entry["totalBillValue"]["minors"].as_i64())
        .collect();
    (amounts.len(), amounts.iter().sum())
}

/// Opens the overview, or another route, of the connection in view and waits for all entries.
async fn open(stage: &Stage, route: &str) -> Outcome {
    let page = stage.page();
    page.open(route).await?;
    page.wait_for_text("entries loaded").await.map(drop)
}

#[test]
fn total_of_a_month_is_the_apis_by_each_date_basis() {
    play("overview_bases", setup(), |stage| async move {
        stage.connect().await?;
        let all = entries(&stage).await?;
        let mut totals = Vec::new();
        for (basis, date) in [
            ("date", "performedAt"),
            ("settled", "settledAt"),
            ("booked", "bookkeepingDate"),
        ] {
            let (count, minors) = spend(&all, date);
            assert!(count > 0, "{basis}");
            totals.push(minors);
            open(&stage, &format!("/?basis={basis}&month={MONTH}")).await?;
            let shown = "return document.querySelector('.key-figure data')?.dataset.amount ?? null";
            let expected = minors.to_string();
            until(&format!("the total by {basis}"), PATIENCE, async || {
                let amount = stage.browser.run(shown, vec![]).await?;
                let amount = amount.as_str().unwrap_or_default();
                let shown = amount.split(' ').next().unwrap_or_default();
                Ok((shown == expected).then_some(()))
            })
            .await?;
        }
        // One total for all three would prove nothing.
        assert!(
            totals[0] != totals[1] && totals[0] != totals[2],
            "{totals:?}"
        );
        Ok(())
    });
}

#[test]
fn worklist_link_opens_exactly_its_rows() {
    play("overview_worklist", setup(), |stage| async move {
        stage.connect().await?;
        open(&stage, "/").await?;
        let page = stage.page();
        stage.picture("overview", "h1").await?;
        let count = until("the count of the list", PATIENCE, async || {
            let count =
                "return document.querySelector('[data-list=\"No receipt\"] .count').textContent";
            let count = stage.browser.run(count, vec![]).await?;
            let count: i64 = count.as_str().ok_or("no count")?.replace(',', "").parse()?;
            Ok((count > 0).then_some(count))
        })
        .await?;
        let link = "document.querySelector('[data-list=\"No receipt\"] a').click()";
        stage.browser.run(link, vec![]).await?;
        page.wait_route("/entries").await?;
        page.rows().await?;
        page.wait_for_row_count(count).await
    });
}
