//! Refreshes: one for all, and none that anybody notices.

use std::time::Duration;

use outlay_e2e::port;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{StageSetup, play};
use outlay_e2e::wait::until;

#[test]
fn twenty_calls_at_expiry_make_one_refresh() {
    play("single_flight", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        // The page itself asks for nothing any more.
        stage.page().wait_for_text("entries loaded").await?;
        let connections = port::connections(&stage.browser).await?;
        let connection = connections[0]["id"].as_str().unwrap();
        let before = stage.page().generation().await?;
        stage.sandbox.expire().await?;

        let calls: Vec<_> = (0..20)
            .map(|_| port::read(connection, "/v1/companies"))
            .collect();
        let replies = port::call_all(&stage.browser, &calls).await?;
        assert_eq!(replies.len(), 20);
        for reply in &replies {
            let answer = &reply["Ok"]["api"];
            assert_eq!(answer["status"], 200, "{reply}");
            assert_eq!(answer["generation"], before + 1, "{reply}");
        }
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.refresh, counters.refresh_presented_again), (1, 0));
        stage.page().wait_session("active").await?;
        assert_eq!(stage.page().generation().await?, before + 1);
        Ok(())
    });
}

#[test]
fn twenty_calls_of_two_tabs_make_one_refresh() {
    play("two_tabs", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        // The pages themselves ask for nothing any more.
        stage.page().wait_for_text("entries loaded").await?;
        stage.browser.open_window().await?;
        stage.page().open("/").await?;
        stage.page().wait_for_text("entries loaded").await?;
        let connections = port::connections(&stage.browser).await?;
        let connection = connections[0]["id"].as_str().unwrap();
        let calls: Vec<_> = (0..10)
            .map(|_| port::read(connection, "/v1/companies"))
            .collect();
        let driver = stage.browser.driver();
        let windows = driver.windows().await?;
        for window in &windows {
            driver.switch_to_window(window.clone()).await?;
            port::prepare(&stage.browser, &calls).await?;
        }
        stage.sandbox.expire().await?;
        port::start(&stage.browser).await?;
        for window in windows {
            driver.switch_to_window(window).await?;
            for reply in port::replies(&stage.browser, calls.len()).await? {
                assert_eq!(reply["Ok"]["api"]["status"], 200, "{reply}");
            }
        }
        assert_eq!(stage.sandbox.counters().await?.refresh, 1);
        Ok(())
    });
}

#[test]
fn refresh_does_not_interrupt_the_page() {
    let sandbox = SandboxSetup {
        access_ttl: Some(6),
        ..SandboxSetup::default()
    };
    play(
        "unnoticed",
        StageSetup {
            sandbox,
            ..StageSetup::default()
        },
        |stage| async move {
            stage.connect().await?;
            let page = stage.page();
            page.open("/entries").await?;
            page.wait_session("active").await?;
            // Names may come later than their row, and the number of rows follows the table's height:
            // the dates and amounts of the first rows show whether the page was drawn anew.
            let nameless = |rows: Vec<String>| -> Vec<(String, String)> {
                let ends = |row: &String| {
                    let mut lines = row.lines().map(str::to_owned);
                    Some((lines.next()?, lines.next_back()?))
                };
                rows.iter().filter_map(ends).take(8).collect()
            };
            let rows = nameless(page.rows().await?);
            let first = page.generation().await?;
            until("two refreshes", Duration::from_secs(25), async || {
                let session = page.session().await?;
                let session = session.as_deref();
                assert!(
                    matches!(session, Some("active" | "refreshing")),
                    "{session:?}"
                );
                assert_eq!(page.alerts().await?, Vec::<String>::new());
                Ok((page.generation().await? >= first + 2).then_some(()))
            })
            .await?;
            assert_eq!(nameless(page.rows().await?), rows);
            let counters = stage.sandbox.counters().await?;
            assert!(
                counters.refresh >= 2 && counters.exchange == 1,
                "{counters:?}"
            );
            Ok(())
        },
    );
}
