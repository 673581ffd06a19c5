//! A wrong configuration is told, and one that the policy does not know stops the vault.

use std::io::Write;

use outlay_e2e::Outcome;
use outlay_e2e::login::Consent;
use outlay_e2e::sandbox::{Options, Sandbox};
use outlay_e2e::stage::{Setup, Stage, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use tokio::net::TcpListener;

fn with_config(config: &NamedTempFile, reports: bool) -> Setup {
    let sandbox = Options {
        site_config: Some(config.path().to_owned()),
        ..Options::default()
    };
    Setup {
        sandbox,
        reports,
        ..Setup::default()
    }
}

fn write(file: &NamedTempFile, config: &Value) -> Outcome {
    let mut file = file.reopen()?;
    file.set_len(0)?;
    file.write_all(config.to_string().as_bytes())?;
    Ok(())
}

#[test]
fn a_wrong_configuration_names_every_key_and_its_fix() {
    let file = NamedTempFile::new().unwrap();
    let wrong = json!({ "profiles": [{
        "id": "sandbox",
        "authorizationServer": "http://auth.example",
        "apiBase": "https://api.example",
        "clientSecret": "hunter2",
        "scopes": []
    }] });
    write(&file, &wrong).unwrap();
    play(
        "config_invalid",
        with_config(&file, false),
        |stage| async move {
            stage.page().open("/").await?;
            stage.page().alert("config_invalid").await?;
            let words = stage.page().words().await?;
            for key in ["authorizationServer", "clientSecret", "scopes"] {
                assert!(
                    words.contains(&format!("profiles[0].{key}")),
                    "{key}: {words}"
                );
            }
            assert!(
                words.contains("Use https") && !words.contains("hunter2"),
                "{words}"
            );
            assert!(!stage.page().has_button("Connect to Pleo").await?);
            Ok(())
        },
    );
}

#[test]
fn an_authorization_server_on_the_sites_own_origin_is_refused() {
    let file = NamedTempFile::new().unwrap();
    let path = file.path().to_owned();
    write(&file, &json!({})).unwrap();
    play(
        "own_origin",
        with_config(&file, false),
        |stage| async move {
            let mut config = real_config(&stage);
            config["profiles"][0]["authorizationServer"] = json!(stage.sandbox.site);
            std::fs::write(path, config.to_string())?;
            stage.page().open("/").await?;
            stage.page().alert("config_invalid").await?;
            stage
                .page()
                .wait_words("profiles[0].authorizationServer")
                .await?;
            Ok(())
        },
    );
}

/// A server that is not Pleo: it counts who calls.
struct Rogue {
    origin: String,
    callers: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl Rogue {
    async fn listen() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://localhost:{}", listener.local_addr()?.port());
        let callers = std::sync::Arc::<std::sync::atomic::AtomicUsize>::default();
        let counted = callers.clone();
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            }
        });
        Ok(Self { origin, callers })
    }

    fn callers(&self) -> usize {
        self.callers.load(std::sync::atomic::Ordering::SeqCst)
    }
}

fn real_config(stage: &Stage) -> Value {
    let Sandbox { auth, api, .. } = &stage.sandbox;
    json!({ "profiles": [{
        "id": "sandbox",
        "name": "Sandbox",
        "kind": "sandbox",
        "authorizationServer": auth,
        "apiBase": api,
        "clientId": "outlay-sandbox",
        "scopes": ["companies:read", "users:read", "accounting-entries:read"]
    }] })
}

/// The served policy knows the real addresses only; the configuration names a rogue at `key`.
fn blocked(name: &'static str, key: &'static str, path: &'static str) {
    let file = NamedTempFile::new().unwrap();
    let config = file.path().to_owned();
    write(&file, &json!({})).unwrap();
    play(name, with_config(&file, true), move |stage| async move {
        let rogue = Rogue::listen().await?;
        let mut wrong = real_config(&stage);
        wrong["profiles"][0][key] = json!(format!("{}{path}", rogue.origin));
        std::fs::write(config, wrong.to_string())?;
        let page = stage.page();
        page.open("/").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Consent::default()).await?;
        let report = until("a report of the policy", PATIENCE, async || {
            let reports = stage.sandbox.csp_reports().await?;
            Ok(reports
                .into_iter()
                .find(|report| report.to_string().contains(&rogue.origin)))
        })
        .await?;
        assert!(report.to_string().contains("connect-src"), "{report}");
        assert!(
            report.to_string().contains("vault"),
            "the report is not the worker's: {report}"
        );
        assert_eq!(rogue.callers(), 0, "the rogue was called");
        Ok(())
    });
}

#[test]
fn the_policy_keeps_the_vault_from_a_rogue_api() {
    blocked("rogue_api", "apiBase", "");
}

#[test]
fn the_policy_keeps_the_vault_from_a_rogue_token_endpoint() {
    blocked("rogue_token", "tokenEndpoint", "/oauth/token");
}
