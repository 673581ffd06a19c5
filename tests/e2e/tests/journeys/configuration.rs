//! A wrong configuration is told, and one that the policy does not know stops the vault.

use std::io::ErrorKind;
use std::net::TcpListener;

use outlay_e2e::login::ConsentChoice;
use outlay_e2e::sandbox::{ConfigOf, SandboxSetup};
use outlay_e2e::stage::{StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

fn with(config: ConfigOf, reports: bool) -> StageSetup {
    let sandbox = SandboxSetup {
        config: Some(config),
        ..SandboxSetup::default()
    };
    StageSetup {
        sandbox,
        reports,
        // Firefox says in the console what Chromium tells in a report alone.
        console: if reports {
            &["Content-Security-Policy"]
        } else {
            &[]
        },
        ..StageSetup::default()
    }
}

#[test]
fn invalid_configuration_names_every_key_and_its_fix() {
    let wrong: ConfigOf = Box::new(|_| {
        json!({ "profiles": [{
            "id": "sandbox",
            "authorizationServer": "http://auth.example",
            "apiBase": "https://api.example",
            "clientSecret": "hunter2",
            "scopes": []
        }] })
    });
    play("config_invalid", with(wrong, false), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.alert("config_invalid").await?;
        let visible_text = page
            .wait_for_texts(&[
                "profiles[0].scopes",
                "profiles[0].authorizationServer",
                "profiles[0].clientSecret",
                "Use https",
            ])
            .await?;
        assert!(!visible_text.contains("hunter2"), "{visible_text}");
        assert!(!page.has_button("Connect to Pleo").await?);
        Ok(())
    });
}

#[test]
fn authorization_server_on_the_site_origin_is_rejected() {
    let own: ConfigOf = Box::new(|at| {
        let mut config = at.config();
        config["profiles"][0]["authorizationServer"] = json!(at.site);
        config
    });
    play("own_origin", with(own, false), |stage| async move {
        stage.page().open("/").await?;
        stage.page().alert("config_invalid").await?;
        stage
            .page()
            .wait_for_text("profiles[0].authorizationServer")
            .await?;
        assert!(!stage.page().has_button("Connect to Pleo").await?);
        Ok(())
    });
}

/// The served policy knows the real addresses only; the configuration names a rogue at `key`.
fn blocked(name: &'static str, key: &'static str, path: &'static str) {
    let rogue = TcpListener::bind("127.0.0.1:0").unwrap();
    rogue.set_nonblocking(true).unwrap();
    let origin = format!("http://localhost:{}", rogue.local_addr().unwrap().port());
    let address = format!("{origin}{path}");
    let wrong: ConfigOf = Box::new(move |at| {
        let mut config = at.config();
        config["profiles"][0][key] = json!(address);
        config
    });
    play(name, with(wrong, true), move |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        let report = until("a report of the policy", PATIENCE, async || {
            let reports = stage.sandbox.csp_reports().await?;
            let of_rogue = |report: &serde_json::Value| report.to_string().contains(&origin);
            Ok(reports.into_iter().find(of_rogue))
        })
        .await?
        .to_string();
        assert!(report.contains("connect-src"), "{report}");
        assert!(
            report.contains("vault"),
            "the report is not the worker's: {report}"
        );
        // Nobody has knocked.
        let called = rogue.accept().map_err(|error| error.kind());
        assert_eq!(called.map(drop), Err(ErrorKind::WouldBlock));
        Ok(())
    });
}

#[test]
fn csp_blocks_the_vault_from_an_unlisted_api() {
    blocked("rogue_api", "apiBase", "");
}

#[test]
fn csp_blocks_the_vault_from_an_unlisted_token_endpoint() {
    blocked("rogue_token", "tokenEndpoint", "/oauth/token");
}

#[test]
fn missing_client_id_is_requested() {
    let lacking: ConfigOf = Box::new(|at| {
        let mut config = at.config();
        config["profiles"][0]
            .as_object_mut()
            .unwrap()
            .remove("clientId");
        config
    });
    play("client_id", with(lacking, false), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        page.alert("client_id_needed").await?;
        page.fill("Client ID", "outlay-sandbox").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await
    });
}

#[test]
fn several_profiles_show_an_environment_select() {
    let two: ConfigOf = Box::new(|at| {
        let mut config = at.config();
        let sandbox = config["profiles"][0].clone();
        config["profiles"][0]["id"] = json!("other");
        config["profiles"][0]["name"] = json!("Other books");
        config["profiles"][0]["authorizationServer"] = json!("https://auth.example");
        config["profiles"][0]["apiBase"] = json!("https://api.example");
        config["profiles"].as_array_mut().unwrap().push(sandbox);
        config
    });
    play("environments", with(two, false), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.choose("Environment", "Sandbox").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        let connections = outlay_e2e::port::connections(&stage.browser).await?;
        assert_eq!(connections[0]["profile"], "sandbox");
        // Its code at the address of the other environment is refused there.
        page.open("/callback/other?code=x&state=y").await?;
        page.alert("state_unknown").await?;
        page.wait_session("active").await
    });
}
