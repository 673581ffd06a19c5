//! Several companies at a time: one in each tab, and never two in one.

use outlay_e2e::Outcome;
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::port;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};

const FIRST: &str = "Brinkholt & Søe ApS";
const SECOND: &str = "Quillmark";

/// The first company is connected, and then the second one beside it.
async fn two(stage: &Stage, second: ConsentChoice<'_>) -> Outcome<[String; 2]> {
    stage.connect().await?;
    let page = stage.page();
    page.wait_for_text(FIRST).await?;
    page.click("Connect another company").await?;
    page.click("Connect to Pleo").await?;
    stage.decide(&second).await?;
    page.wait_session("active").await?;
    until("two connections", PATIENCE, async || {
        let all = port::connections(&stage.browser).await?;
        let ids: Vec<String> = all
            .iter()
            .filter_map(|connection| Some(connection["id"].as_str()?.to_owned()))
            .collect();
        Ok(<[String; 2]>::try_from(ids).ok())
    })
    .await
}

fn second() -> ConsentChoice<'static> {
    ConsentChoice {
        company: 1,
        ..ConsentChoice::default()
    }
}

/// The options of the switcher, and which one is chosen.
async fn switcher(stage: &Stage) -> Outcome<(Vec<String>, String)> {
    let script = "const select = document.querySelector('.topbar select[aria-label=\"Connected company\"]');
        return select && [[...select.options].map((option) => option.text), select.selectedOptions[0].text]";
    Ok(serde_json::from_value(
        stage.browser.run(script, vec![]).await?,
    )?)
}

/// Few enough to be read quickly.
fn setup() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            entries: Some(300),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    }
}

/// What tells each of the first eight rows from others, the name apart: that may come later than the
/// row. How many more there are depends on the height of the table, which the lines above it change.
async fn rows(stage: &Stage) -> Outcome<Vec<(String, String)>> {
    let rows = stage.page().rows().await?;
    let ends = |row: &String| {
        let mut lines = row.lines().map(str::to_owned);
        Some((lines.next()?, lines.next_back()?))
    };
    Ok(rows.iter().filter_map(ends).take(8).collect())
}

/// Waits until the table shows these rows.
async fn wait_for_rows(stage: &Stage, expected: &[(String, String)]) -> Outcome {
    until("the rows of the company", PATIENCE, async || {
        Ok((rows(stage).await? == expected).then_some(()))
    })
    .await
}

async fn wait_for_address(stage: &Stage, part: &str) -> Outcome {
    until("the address", PATIENCE, async || {
        Ok(stage.page().route().await?.contains(part).then_some(()))
    })
    .await
}

#[test]
fn two_companies_are_listed_by_name_and_never_mixed() {
    play("companies", setup(), |stage| async move {
        let [first, other] = two(&stage, second()).await?;
        let page = stage.page();
        page.wait_for_text(SECOND).await?;
        wait_for_address(&stage, &other).await?;
        until("both names", PATIENCE, async || {
            let (names, chosen) = switcher(&stage).await?;
            let named = names[0] == FIRST && names[1].contains(SECOND) && chosen == names[1];
            Ok(named.then_some(()))
        })
        .await?;
        page.follow("Entries").await?;
        page.wait_route("/entries").await?;
        let theirs = rows(&stage).await?;

        // Another tab shows another company.
        let driver = stage.browser.driver();
        let tab = driver.window().await?;
        stage.browser.open_window().await?;
        page.open(&format!("/entries?c={first}")).await?;
        let ours = rows(&stage).await?;
        assert!(ours.iter().all(|row| !theirs.contains(row)));
        driver.switch_to_window(tab).await?;
        wait_for_rows(&stage, &theirs).await?;

        // And the switch shows the other one's rows in place of these.
        page.choose("Connected company", FIRST).await?;
        wait_for_rows(&stage, &ours).await?;
        page.wait_route(&format!("/entries?c={first}")).await?;
        driver.back().await?;
        wait_for_rows(&stage, &theirs).await?;
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.exchange, counters.refresh), (2, 0));
        Ok(())
    });
}

#[test]
fn each_connection_has_its_own_end() {
    play("companies_end", setup(), |stage| async move {
        let [first, _] = two(&stage, second()).await?;
        let page = stage.page();
        page.wait_for_text(SECOND).await?;
        until("both names", PATIENCE, async || {
            Ok((switcher(&stage).await?.0[0] == FIRST).then_some(()))
        })
        .await?;
        page.click("Connect another company").await?;
        page.click(&format!("Disconnect {FIRST}")).await?;
        until("one connection", PATIENCE, async || {
            let left = port::connections(&stage.browser).await?;
            Ok((left.len() == 1 && left[0]["id"] != first.as_str()).then_some(()))
        })
        .await?;
        page.click("Close").await?;
        page.wait_session("active").await?;
        page.wait_for_text(SECOND).await.map(drop)
    });
}

#[test]
fn companies_without_readable_names_are_distinguished() {
    play("companies_nameless", setup(), |stage| async move {
        let nameless = ConsentChoice {
            without: &["companies:read"],
            ..second()
        };
        two(&stage, nameless).await?;
        until("a name and a stand-in", PATIENCE, async || {
            let (names, _) = switcher(&stage).await?;
            let log_text = names[0] == FIRST && names[1].contains(", company ");
            Ok(log_text.then_some(()))
        })
        .await
    });
}

#[test]
fn failed_sign_in_returns_to_the_previous_company() {
    play("companies_back", setup(), |stage| async move {
        let [first, other] = two(&stage, second()).await?;
        let page = stage.page();
        page.open(&format!("/entries?c={first}")).await?;
        let ours = rows(&stage).await?;
        page.click("Connect another company").await?;
        page.tick("Open in a popup").await?;
        let deny = ConsentChoice {
            deny: true,
            ..ConsentChoice::default()
        };
        stage.decide_in_popup("Connect to Pleo", &deny).await?;
        page.alert("access_denied").await?;
        page.click("Close").await?;
        wait_for_rows(&stage, &ours).await?;

        page.open(&format!("/entries?c={first}")).await?;
        page.rows().await?;
        page.click("Connect another company").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&deny).await?;
        page.alert("access_denied").await?;
        stage
            .browser
            .run(
                "[...document.querySelectorAll('main a')].at(-1).click()",
                vec![],
            )
            .await?;
        wait_for_rows(&stage, &ours).await?;
        let route = page.route().await?;
        assert!(route.contains(&first) && !route.contains(&other), "{route}");
        Ok(())
    });
}

#[test]
fn another_company_dialog_closes_after_the_same_company_signs_in() {
    play("companies_same", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.click("Connect another company").await?;
        page.tick("Open in a popup").await?;
        stage
            .decide_in_popup("Connect to Pleo", &ConsentChoice::default())
            .await?;
        until("the renewed connection", PATIENCE, async || {
            Ok((page.generation().await? == 2).then_some(()))
        })
        .await?;
        until("no question", PATIENCE, async || {
            let script = "return document.querySelector('dialog[open]') === null";
            Ok((stage.browser.run(script, vec![]).await? == true).then_some(()))
        })
        .await
    });
}
