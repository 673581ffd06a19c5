//! From nothing to the company's entries.

use std::time::Duration;

use outlay_e2e::login::Consent;
use outlay_e2e::stage::{Setup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

#[test]
fn connect_and_see_entries() {
    play(
        "connect_and_see_entries",
        Setup::default(),
        |stage| async move {
            stage.connect().await?;
            let page = stage.page();
            assert!(page.has_button("Sign out").await?);
            assert!(!page.has_button("Connect to Pleo").await?);

            page.open("/entries").await?;
            page.wait_session("active").await?;
            let rows = page.rows().await?;
            assert!(rows.len() <= 80, "{} row elements", rows.len());
            assert!(
                rows.iter()
                    .any(|row| row.contains("EUR") || row.contains("DKK") || row.contains("GBP")),
                "{rows:#?}"
            );

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
fn the_overview_says_who_is_connected_and_what_was_spent() {
    play("overview", Setup::default(), |stage| async move {
        stage.connect().await?;
        let words = stage.page().wait_words("accounting-entries:read").await?;
        for scope in ["companies:read", "users:read"] {
            assert!(words.contains(scope), "{scope} is not in sight: {words}");
        }
        stage.page().wait_words("2026").await?;
        Ok(())
    });
}

#[test]
fn more_entries_are_loaded_on_scroll() {
    play("scroll", Setup::default(), |stage| async move {
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
fn the_callback_leaves_no_trace_in_the_address() {
    play("no_trace", Setup::default(), |stage| async move {
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
        let kept =
            "return Object.values(sessionStorage).join() + Object.values(localStorage).join()";
        let kept = stage.browser.run(kept, vec![]).await?;
        let kept = kept.as_str().unwrap();
        assert!(
            !kept.contains("verifier") && !kept.contains("state"),
            "{kept}"
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
fn a_deep_link_survives_the_sign_in() {
    play("deep_link", Setup::default(), |stage| async move {
        let page = stage.page();
        page.open("/entries").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Consent::default()).await?;
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
fn narrowed_consent_is_shown_and_the_rest_works() {
    play("narrowed", Setup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        let consent = Consent {
            without: &["accounting-entries:read"],
            ..Consent::default()
        };
        stage.decide(&consent).await?;
        page.wait_session("active").await?;
        // What was refused is named, and what was granted works.
        page.wait_words("accounting-entries:read").await?;
        page.open("/entries").await?;
        page.wait_session("active").await?;
        let words = page.alert("scope_missing").await?;
        assert!(words.contains("accounting-entries:read"), "{words}");
        Ok(())
    });
}

#[test]
fn the_second_company_of_the_consent_is_the_one_connected() {
    play("company", Setup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage
            .decide(&Consent {
                company: 1,
                ..Consent::default()
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
fn a_second_company_is_shown_beside_the_first_and_not_instead_of_it() {
    play("second-company", Setup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let first = page.wait_words("Brinkholt").await?;
        assert!(!first.contains("Quillmark"), "{first}");
        page.open("/callback/sandbox?error=access_denied&state=forged")
            .await?;
        page.alert("state_unknown").await?;
        page.click("Connect to Pleo").await?;
        stage
            .decide(&Consent {
                company: 1,
                ..Consent::default()
            })
            .await?;
        page.wait_session("active").await?;
        // The switcher above names both.
        let second = until("the second company's page", PATIENCE, async || {
            let script = "return document.querySelector('main').innerText";
            let words = stage.browser.run(script, vec![]).await?;
            let words = words.as_str().unwrap_or_default().to_owned();
            Ok(words.contains("Quillmark").then_some(words))
        })
        .await?;
        assert!(!second.contains("Brinkholt & Søe ApS"), "{second}");
        let both = outlay_e2e::port::connections(&stage.browser).await?;
        assert_eq!(both.len(), 2, "{both:?}");
        let route = page.route().await?;
        let newest = both[1]["id"].as_str().unwrap().to_owned();
        assert!(route.contains(&newest), "{route}");
        Ok(())
    });
}

#[test]
fn a_denied_renewal_leads_back_to_the_company_it_was_for() {
    play("denied-renewal", Setup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.wait_words("Brinkholt").await?;
        let both = outlay_e2e::port::connections(&stage.browser).await?;
        let first = both[0]["id"].as_str().unwrap().to_owned();
        page.open("/callback/sandbox?error=access_denied&state=forged")
            .await?;
        page.click("Connect to Pleo").await?;
        stage
            .decide(&Consent {
                company: 1,
                ..Consent::default()
            })
            .await?;
        page.wait_words("Quillmark").await?;
        page.open(&format!("/?c={first}")).await?;
        page.wait_words("Brinkholt").await?;
        let chip = "document.querySelector('button.chip').click()";
        stage.browser.run(chip, vec![]).await?;
        let deny = Consent {
            deny: true,
            ..Consent::default()
        };
        stage.decide_beside("Reconnect", &deny).await?;
        page.alert("access_denied").await?;
        page.wait_words("Brinkholt").await?;
        assert!(page.route().await?.contains(&first));
        Ok(())
    });
}
