//! The sandbox's fault console, as programs and people use it.

use std::collections::BTreeSet;

use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault, SandboxOrder};
use outlay_e2e::port;
use outlay_e2e::sandbox::{SandboxProcess, SandboxSetup};
use outlay_e2e::stage::{StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use thirtyfour::prelude::*;

#[tokio::test]
async fn typed_faults_match_the_sandbox() {
    let sandbox = SandboxProcess::start(&SandboxSetup::default())
        .await
        .unwrap();
    let orders = every_fault();
    for order in &orders {
        sandbox.arm(order.clone(), FaultTimes::Once).await.unwrap();
    }
    let name = |order| serde_json::to_value(order).unwrap()["fault"].clone();
    let typed: Vec<_> = orders.iter().map(name).collect();
    let typed: BTreeSet<&str> = typed.iter().filter_map(|name| name.as_str()).collect();
    let struck = sandbox.struck().await.unwrap();
    assert_eq!(typed, struck.keys().map(String::as_str).collect());
    assert_eq!((struck["revoke"], struck["lost"]), (1, 0));
    sandbox.reset_faults().await.unwrap();
    assert_eq!(sandbox.struck().await.unwrap()["revoke"], 0);
    let nowhere = sandbox
        .arm(SandboxFault::Cut, FaultTimes::Once)
        .await
        .unwrap_err();
    assert!(nowhere.to_string().contains("at is missing"), "{nowhere}");
    sandbox.end().await;
}

fn every_fault() -> Vec<SandboxOrder> {
    let parameter = "state";
    let when = FaultWhen::After;
    vec![
        SandboxFault::Lost { when }.at(&[FaultPath::Refresh, FaultPath::Config]),
        SandboxFault::Cut.at(&[FaultPath::Exchange]),
        SandboxFault::Slow { ms: 10, when }.at(&[FaultPath::Authorize]),
        SandboxFault::Huge {
            megabytes: 1,
            of: "text",
        }
        .at(&[FaultPath::Api]),
        SandboxFault::Status { status: 404, when }
            .at(&[FaultPath::Api])
            .path("/v1/companies"),
        SandboxFault::Busy {
            status: 503,
            retry_after: Some(1),
            written: "date",
            text: "",
            readable: "no",
        }
        .at(&[FaultPath::Introspection]),
        SandboxFault::Html {
            when: FaultWhen::Before,
        }
        .at(&[FaultPath::Refresh]),
        SandboxFault::NotJson { when }.at(&[FaultPath::Refresh]),
        SandboxFault::Empty { when }.at(&[FaultPath::Refresh]),
        SandboxFault::Redirect { status: 307 }.at(&[FaultPath::Api]),
        SandboxFault::body("{}").at(&[FaultPath::Api]),
        SandboxFault::patch(&[("/a", "1")]).at(&[FaultPath::Api]),
        SandboxFault::Refuse {
            error: "invalid_token",
            status: 400,
        }
        .at(&[FaultPath::Refresh]),
        SandboxFault::DropField { field: "scope" }.at(&[FaultPath::Exchange]),
        SandboxFault::ExpiresIn { form: "zero" }.at(&[FaultPath::Refresh]),
        SandboxFault::TokenType { value: "mac" }.at(&[FaultPath::Refresh]),
        SandboxFault::NarrowScope { without: "" }.at(&[FaultPath::Consent]),
        SandboxFault::CallbackDrop { parameter }.into(),
        SandboxFault::CallbackRepeat { parameter }.into(),
        SandboxFault::CallbackChange {
            parameter,
            value: "x",
        }
        .into(),
        SandboxFault::CallbackAdd {
            name: "error",
            value: "x",
        }
        .into(),
        SandboxFault::Iss { value: "right" }.into(),
        SandboxFault::CallbackForm { form: "sign" }.into(),
        SandboxFault::CallbackRaw {
            text: "&x=1",
            r#where: "behind",
        }
        .into(),
        SandboxFault::Revoke.into(),
        SandboxFault::Expire.into(),
        SandboxFault::Clock { seconds: 1 }.into(),
        SandboxFault::NoInstallation.into(),
        SandboxFault::OtherCompany.into(),
        SandboxFault::OtherSubject.into(),
        SandboxFault::NoSubject.into(),
        SandboxFault::CorsOff { only: "errors" }.at(&[FaultPath::Api]),
        SandboxFault::Coop {
            policy: "same-origin",
        }
        .into(),
        SandboxFault::AcceptPlain.into(),
        SandboxFault::AcceptNoChallenge.into(),
        SandboxFault::AcceptAnyVerifier.into(),
        SandboxFault::AcceptOtherRedirect.into(),
        SandboxFault::AcceptCodeAgain.into(),
        SandboxFault::AcceptReplacedToken.into(),
        SandboxFault::GrantTooMuch { what: "unknown" }.into(),
        SandboxFault::RevokeNothing.into(),
    ]
}

#[test]
fn sandbox_console_works_by_keyboard_and_shows_events() {
    let setup = StageSetup {
        console: &["/__sandbox/faults"],
        ..StageSetup::default()
    };
    play("fault_console", setup, |stage| async move {
        let driver = stage.browser.driver();
        driver
            .goto(format!("{}/__sandbox/", stage.sandbox.at.auth))
            .await?;
        let armed = async |visible_text: &str| {
            until(visible_text, PATIENCE, async || {
                let text = driver.find(By::Id("armed")).await?.text().await?;
                Ok((text.lines().collect::<Vec<_>>().join(" ") == visible_text).then_some(()))
            })
            .await
        };
        let field = driver.find(By::Id("slow-ms")).await?;
        field.clear().await?;
        // From the number to `when`, to the path, to the button.
        field.send_keys("20" + Key::Tab + Key::Tab).await?;
        let path = driver.active_element().await?;
        assert_eq!(path.attr("id").await?.as_deref(), Some("slow-path"));
        path.send_keys(Key::Tab + "").await?;
        driver
            .active_element()
            .await?
            .send_keys(Key::Enter + "")
            .await?;
        armed("slow once · refresh · ms 20 · when after Off").await?;
        // Enter in a field is the first button; what the sandbox has against it is said.
        let path = driver.find(By::Id("lost-path")).await?;
        path.send_keys("/v1/companies" + Key::Enter).await?;
        until("the mistake", PATIENCE, async || {
            let shown_text = driver.find(By::Id("said")).await?.text().await?;
            Ok(shown_text.contains("Only faults of the API").then_some(()))
        })
        .await?;
        driver
            .find(By::Css("[data-fault=revoke] button"))
            .await?
            .click()
            .await?;
        until("the count", PATIENCE, async || {
            let state = driver.find(By::Css("[data-fault=revoke] .state")).await?;
            Ok((state.text().await? == "struck once").then_some(()))
        })
        .await?;
        driver.find(By::Id("reset")).await?.click().await?;
        armed("").await?;
        assert_eq!(stage.sandbox.struck().await?["revoke"], 0);
        Ok(())
    });
}

#[test]
fn unanswered_refresh_is_sent_once_by_the_browser() {
    let setup = StageSetup {
        console: &["/oauth/token"],
        ..StageSetup::default()
    };
    play("lost_refresh", setup, |stage| async move {
        stage.connect().await?;
        let connections = port::connections(&stage.browser).await?;
        let connection = connections[0]["id"].as_str().unwrap();
        let lost = SandboxFault::Lost {
            when: FaultWhen::After,
        };
        stage
            .sandbox
            .arm(lost.at(&[FaultPath::Refresh]), FaultTimes::Always)
            .await?;
        stage.sandbox.expire().await?;
        let call = port::read(connection, "/v1/companies");
        let replies = port::call_all(&stage.browser, &[call]).await?;
        assert!(replies[0]["Err"].is_object(), "{replies:?}");
        stage.page().wait_session("ended").await?;
        assert_eq!(stage.sandbox.struck().await?["lost"], 1);
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.refresh, counters.refresh_presented_again), (1, 0));
        Ok(())
    });
}
