//! The sandbox's fault console, as programs and people use it.

use std::collections::BTreeSet;

use outlay_e2e::fault::{Fault, Order, Place, Times, When};
use outlay_e2e::port;
use outlay_e2e::sandbox::{Options, Sandbox};
use outlay_e2e::stage::{Setup, play};
use outlay_e2e::wait::{PATIENCE, until};
use thirtyfour::prelude::*;

#[tokio::test]
async fn the_typed_faults_are_those_of_the_sandbox() {
    let sandbox = Sandbox::start(&Options::default()).await.unwrap();
    let orders = every_fault();
    for order in &orders {
        sandbox.arm(order.clone(), Times::Once).await.unwrap();
    }
    let name = |order| serde_json::to_value(order).unwrap()["fault"].clone();
    let typed: Vec<_> = orders.iter().map(name).collect();
    let typed: BTreeSet<&str> = typed.iter().filter_map(|name| name.as_str()).collect();
    let struck = sandbox.struck().await.unwrap();
    assert_eq!(typed, struck.keys().map(String::as_str).collect());
    assert_eq!((struck["revoke"], struck["lost"]), (1, 0));
    sandbox.reset_faults().await.unwrap();
    assert_eq!(sandbox.struck().await.unwrap()["revoke"], 0);
    let nowhere = sandbox.arm(Fault::Cut, Times::Once).await.unwrap_err();
    assert!(nowhere.to_string().contains("at is missing"), "{nowhere}");
    sandbox.end().await;
}

fn every_fault() -> Vec<Order> {
    let parameter = "state";
    let when = When::After;
    vec![
        Fault::Lost { when }.at(&[Place::Refresh, Place::Config]),
        Fault::Cut.at(&[Place::Exchange]),
        Fault::Slow { ms: 10, when }.at(&[Place::Authorize]),
        Fault::Huge {
            megabytes: 1,
            of: "text",
        }
        .at(&[Place::Api]),
        Fault::Status { status: 404, when }
            .at(&[Place::Api])
            .path("/v1/companies"),
        Fault::Busy {
            status: 503,
            retry_after: Some(1),
            written: "date",
            text: "",
            readable: "no",
        }
        .at(&[Place::Introspection]),
        Fault::Html { when: When::Before }.at(&[Place::Refresh]),
        Fault::NotJson { when }.at(&[Place::Refresh]),
        Fault::Empty { when }.at(&[Place::Refresh]),
        Fault::Redirect { status: 307 }.at(&[Place::Api]),
        Fault::body("{}").at(&[Place::Api]),
        Fault::patch(&[("/a", "1")]).at(&[Place::Api]),
        Fault::Refuse {
            error: "invalid_token",
            status: 400,
        }
        .at(&[Place::Refresh]),
        Fault::DropField { field: "scope" }.at(&[Place::Exchange]),
        Fault::ExpiresIn { form: "zero" }.at(&[Place::Refresh]),
        Fault::TokenType { value: "mac" }.at(&[Place::Refresh]),
        Fault::NarrowScope { without: "" }.at(&[Place::Consent]),
        Fault::CallbackDrop { parameter }.into(),
        Fault::CallbackRepeat { parameter }.into(),
        Fault::CallbackChange {
            parameter,
            value: "x",
        }
        .into(),
        Fault::CallbackAdd {
            name: "error",
            value: "x",
        }
        .into(),
        Fault::Iss { value: "right" }.into(),
        Fault::CallbackForm { form: "sign" }.into(),
        Fault::CallbackRaw {
            text: "&x=1",
            r#where: "behind",
        }
        .into(),
        Fault::Revoke.into(),
        Fault::Expire.into(),
        Fault::Clock { seconds: 1 }.into(),
        Fault::NoInstallation.into(),
        Fault::OtherCompany.into(),
        Fault::OtherSubject.into(),
        Fault::NoSubject.into(),
        Fault::CorsOff { only: "errors" }.at(&[Place::Api]),
        Fault::Coop {
            policy: "same-origin",
        }
        .into(),
        Fault::AcceptPlain.into(),
        Fault::AcceptNoChallenge.into(),
        Fault::AcceptAnyVerifier.into(),
        Fault::AcceptOtherRedirect.into(),
        Fault::AcceptCodeAgain.into(),
        Fault::AcceptReplacedToken.into(),
        Fault::GrantTooMuch { what: "unknown" }.into(),
        Fault::RevokeNothing.into(),
    ]
}

#[test]
fn the_console_is_worked_by_keyboard_and_shows_what_happens() {
    let setup = Setup {
        console: &["/__sandbox/faults"],
        ..Setup::default()
    };
    play("fault_console", setup, |stage| async move {
        let driver = stage.browser.driver();
        driver
            .goto(format!("{}/__sandbox/", stage.sandbox.at.auth))
            .await?;
        let armed = async |words: &str| {
            until(words, PATIENCE, async || {
                let text = driver.find(By::Id("armed")).await?.text().await?;
                Ok((text.lines().collect::<Vec<_>>().join(" ") == words).then_some(()))
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
            let said = driver.find(By::Id("said")).await?.text().await?;
            Ok(said.contains("Only faults of the API").then_some(()))
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
fn a_lost_refresh_is_sent_once_even_by_the_browser() {
    let setup = Setup {
        console: &["/oauth/token"],
        ..Setup::default()
    };
    play("lost_refresh", setup, |stage| async move {
        stage.connect().await?;
        let connections = port::connections(&stage.browser).await?;
        let connection = connections[0]["id"].as_str().unwrap();
        let lost = Fault::Lost { when: When::After };
        stage
            .sandbox
            .arm(lost.at(&[Place::Refresh]), Times::Always)
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
