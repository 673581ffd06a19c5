//! From nothing to the company's entries.

use std::time::Duration;

use outlay_e2e::login::ConsentChoice;
use outlay_e2e::stage::{StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

#[test]
fn connect_shows_entries() {
    play(
        "connect_shows_entries",
        StageSetup::default(),
        |stage| async move {
            stage.connect().await?;
            let page = stage.page();
            page.wait_for_button("Sign out").await?;
            assert!(!page.has_button("Connect to Pleo").await?);

            page.open("/entries").await?;
            page.wait_session("active").await?;
            let rows = until("amounts in the rows", PATIENCE, async || {
                let rows = page.rows().await?;
                let has_currency = |row: &String| {
                    ["EUR", "DKK", "GBP"]
                        .iter()
                        .any(|currency| row.contains(currency))
                };
                Ok(rows.iter().any(has_currency).then_some(rows))
            })
            .await?;
            assert!(rows.len() <= 80, "{} row elements", rows.len());

            let counters = stage.sandbox.counters().await?;
            assert_eq!(
                (counters.authorize, counters.exchange, counters.refresh),
                (1, 1, 0)
            );
            assert_eq!(counters.tokens_issued.len(), 2);
            Ok(())
        },
    );
}

#[test]
fn overview_shows_the_spend_and_settings_the_granted_permissions() {
    play("overview", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_for_text("entries loaded").await?;
        page.wait_for_texts(&[
            "2026",
            "Entries that need attention",
            "Not yet exported",
            "Not in the total",
            "Spend by month",
            "To do",
            "Where it went",
        ])
        .await?;
        page.open("/settings").await?;
        page.wait_for_texts(&["accounting-entries:read", "companies:read", "users:read"])
            .await
            .map(drop)
    });
}

#[test]
fn scrolling_loads_more_entries() {
    play("scroll", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        let before = page.row_count().await?;
        assert!(before > 0 && before < 5000, "{before} rows at first");
        let to_the_end = "for (const element of document.querySelectorAll('*'))
            if (element.scrollHeight > element.clientHeight + 100) element.scrollTop = element.scrollHeight;";
        until("more rows", PATIENCE, async || {
            stage.browser.run(to_the_end, vec![]).await?;
            Ok((page.row_count().await? > before).then_some(()))
        })
        .await?;
        assert!(page.rows().await?.len() <= 80);
        Ok(())
    });
}

#[test]
fn callback_query_is_removed_from_address_and_history() {
    play("no_trace", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let here = stage.page().route().await?;
        assert!(
            !here.contains("code=") && !here.contains("state="),
            "{here}"
        );
        for entry in stage.browser.history().await? {
            let ours = entry.contains(&stage.sandbox.at.site);
            assert!(
                !ours || !(entry.contains("code=") || entry.contains("state=")),
                "{entry}"
            );
        }
        let retained =
            "return Object.values(sessionStorage).join() + Object.values(localStorage).join()";
        let retained = stage.browser.run(retained, vec![]).await?;
        let retained = retained.as_str().unwrap();
        assert!(
            !retained.contains("verifier") && !retained.contains("state"),
            "{retained}"
        );
        // Nor does what comes to nothing, and stays where it is.
        stage.search_document().await?;
        stage
            .page()
            .open("/callback/sandbox?code=stolen&state=forged")
            .await?;
        stage.page().alert("state_unknown").await?;
        assert_eq!(stage.page().route().await?, "/callback/sandbox");
        Ok(())
    });
}

#[test]
fn deep_link_survives_the_sign_in() {
    play("deep_link", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/entries").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        let route = until("the entries' route", PATIENCE, async || {
            Ok(Some(page.route().await?).filter(|route| route.starts_with("/entries")))
        })
        .await?;
        assert!(!route.contains("callback"));
        page.rows().await?;
        Ok(())
    });
}

#[test]
fn narrowed_consent_is_shown_and_granted_pages_work() {
    play("narrowed", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        let consent = ConsentChoice {
            without: &["accounting-entries:read"],
            ..ConsentChoice::default()
        };
        stage.decide(&consent).await?;
        page.wait_session("active").await?;
        // What was refused is named, and what was granted works.
        page.wait_for_text("accounting-entries:read").await?;
        page.open("/entries").await?;
        page.wait_session("active").await?;
        page.alert_with("scope_missing", &["accounting-entries:read"])
            .await
            .map(drop)
    });
}

#[test]
fn company_selected_at_consent_is_connected() {
    play("company", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage
            .decide(&ConsentChoice {
                company: 1,
                ..ConsentChoice::default()
            })
            .await?;
        page.wait_session("active").await?;
        let connection = until("the subject", Duration::from_secs(10), async || {
            let first = outlay_e2e::port::connections(&stage.browser)
                .await?
                .into_iter()
                .next();
            Ok(first.filter(|connection| connection["subject"] != json!(null)))
        })
        .await?;
        let subject = connection["subject"].as_str().unwrap().to_owned();
        assert!(subject.starts_with("urn:pleo:company:"), "{subject}");
        Ok(())
    });
}

#[test]
fn second_company_is_added_next_to_the_first() {
    play(
        "second-company",
        StageSetup::default(),
        |stage| async move {
            stage.connect().await?;
            let page = stage.page();
            let first = page.wait_for_text("Brinkholt").await?;
            assert!(!first.contains("Quillmark"), "{first}");
            page.open("/callback/sandbox?error=access_denied&state=forged")
                .await?;
            page.alert("state_unknown").await?;
            page.click("Connect to Pleo").await?;
            stage
                .decide(&ConsentChoice {
                    company: 1,
                    ..ConsentChoice::default()
                })
                .await?;
            page.wait_session("active").await?;
            // The switcher above names both.
            let second = until("the second company's page", PATIENCE, async || {
                let script = "return document.querySelector('main').innerText";
                let visible_text = stage.browser.run(script, vec![]).await?;
                let visible_text = visible_text.as_str().unwrap_or_default().to_owned();
                Ok(visible_text.contains("Quillmark").then_some(visible_text))
            })
            .await?;
            assert!(!second.contains("Brinkholt & Søe ApS"), "{second}");
            let both = outlay_e2e::port::connections(&stage.browser).await?;
            assert_eq!(both.len(), 2, "{both:?}");
            let newest = both[1]["id"].as_str().unwrap().to_owned();
            page.wait_route(&format!("/?c={newest}")).await
        },
    );
}

#[test]
fn denied_reconnect_returns_to_its_company() {
    play(
        "denied-renewal",
        StageSetup::default(),
        |stage| async move {
            stage.connect().await?;
            let page = stage.page();
            page.wait_for_text("Brinkholt").await?;
            let both = outlay_e2e::port::connections(&stage.browser).await?;
            let first = both[0]["id"].as_str().unwrap().to_owned();
            page.open("/callback/sandbox?error=access_denied&state=forged")
                .await?;
            page.click("Connect to Pleo").await?;
            stage
                .decide(&ConsentChoice {
                    company: 1,
                    ..ConsentChoice::default()
                })
                .await?;
            page.wait_for_text("Quillmark").await?;
            page.open(&format!("/?c={first}")).await?;
            page.wait_for_text("Brinkholt").await?;
            let chip = "document.querySelector('button.session-status').click()";
            stage.browser.run(chip, vec![]).await?;
            let deny = ConsentChoice {
                deny: true,
                ..ConsentChoice::default()
            };
            stage.decide_in_popup("Reconnect", &deny).await?;
            page.alert("access_denied").await?;
            page.wait_for_text("Brinkholt").await?;
            page.wait_route(&format!("/?c={first}")).await
        },
    );
}
