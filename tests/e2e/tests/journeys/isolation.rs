//! The product has no test entrance: no global, no query, no message that opens the vault.

use std::collections::BTreeSet;

use outlay_e2e::port;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use outlay_e2e::{Outcome, locations};
use serde_json::{Value, json};

const GLOBALS: &str = "return Object.getOwnPropertyNames(window)";

async fn globals(stage: &Stage) -> Outcome<BTreeSet<String>> {
    let mut names: BTreeSet<String> =
        serde_json::from_value(stage.browser.run(GLOBALS, vec![]).await?)?;
    // The driver's own.
    names.remove("ret_nodes");
    Ok(names)
}

#[test]
fn page_adds_no_global_for_any_query() {
    // The bare document is a file without a page around it, and so without an icon.
    let setup = StageSetup {
        console: &["/favicon.ico"],
        ..StageSetup::default()
    };
    play("globals", setup, |stage| async move {
        stage.page().open("/config.json").await?;
        let bare = globals(&stage).await?;
        stage.connect().await?;
        let queries = [
            "",
            "?test",
            "?debug=1",
            "?e2e=1&mock=1",
            "?c=anything",
            "#debug",
            "?inspect=token",
        ];
        for query in queries {
            stage.search_document().await?;
            stage.page().open(&format!("/{query}")).await?;
            stage.page().wait_session("active").await?;
            let added: Vec<_> = globals(&stage).await?.difference(&bare).cloned().collect();
            assert!(added.is_empty(), "{query}: {added:?}");
        }
        Ok(())
    });
}

#[test]
fn no_message_makes_the_vault_return_a_token() {
    play("messages", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let connections = port::connections(&stage.browser).await?;
        let connection = connections[0]["id"].as_str().unwrap().to_owned();
        for message in odd_messages(&connection) {
            port::send(&stage.browser, message).await?;
        }
        for odd in [
            "undefined",
            "null",
            "0",
            "'text'",
            "[]",
            "[1]",
            "['{']",
            "{get: 'token'}",
            "new ArrayBuffer(8)",
        ] {
            let script = format!("window.__audit.ports[0].postMessage({odd})");
            stage.browser.run(&script, vec![]).await?;
        }
        // The vault is still there for those who ask for what there is.
        let replies =
            port::call_all(&stage.browser, &[port::read(&connection, "/v1/companies")]).await?;
        assert_eq!(replies[0]["Ok"]["api"]["status"], 200, "{replies:?}");
        Ok(())
    });
}

/// What somebody would try who hopes for an entrance.
fn odd_messages(connection: &str) -> Vec<Value> {
    let requests = [
        "token",
        "get_token",
        "access_token",
        "tokens",
        "dump",
        "debug",
        "export",
        "state",
        "secrets",
        "eval",
        "test",
    ];
    let mut messages: Vec<Value> = Vec::new();
    for (id, name) in (4_000_000_000_u32..).zip(requests) {
        messages.push(json!(name));
        messages.push(json!({ name: null }));
        messages.push(json!({ "request": { "id": id, "request": name } }));
        messages.push(
            json!({ "request": { "id": id, "request": { name: { "connection": connection } } } }),
        );
    }
    messages
}

#[test]
fn no_path_sends_the_bearer_to_another_origin() {
    play("paths", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let connections = port::connections(&stage.browser).await?;
        let connection = connections[0]["id"].as_str().unwrap().to_owned();
        let site = stage.sandbox.at.site.clone();
        let paths = [
            "",
            "v1/companies",
            "//evil.example/",
            "/\\evil.example/",
            "/v1/../../x",
            "/v1/%2e%2e/x",
            "/v1/%2E./x",
            "/./v1",
            "/v1?x=1",
            "/v1#x",
            "/v1\nx",
            "/v1\tx",
            "@evil.example/",
            "/a@evil.example/",
            site.as_str(),
        ];
        let requests: Vec<_> = paths
            .iter()
            .map(|path| port::read(&connection, path))
            .collect();
        for reply in port::call_all(&stage.browser, &requests).await? {
            assert_eq!(reply["Err"]["code"], "path_refused", "{reply}");
        }
        Ok(())
    });
}

#[test]
fn page_calls_only_its_own_origin() {
    play("page_calls", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        stage.page().open("/entries").await?;
        stage.page().rows().await?;
        let calls = "return performance.getEntriesByType('resource').map((entry) => entry.name)";
        let calls: Vec<String> = serde_json::from_value(stage.browser.run(calls, vec![]).await?)?;
        assert!(
            calls
                .iter()
                .all(|url| url.starts_with(&stage.sandbox.at.site)),
            "{calls:#?}"
        );
        Ok(())
    });
}

#[test]
fn build_contains_no_secret_and_no_forbidden_grant() {
    let site = locations::site().unwrap();
    let mut folders = vec![site];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            for word in [
                "client_secret=",
                "grant_type=password",
                "response_type=token",
                "code_challenge_method=plain",
            ] {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
        }
    }
}

#[test]
fn page_of_another_build_shows_reload() {
    play("mismatch", StageSetup::default(), |stage| async move {
        stage.page().open("/").await?;
        stage.page().wait_session("signed-out").await?;
        port::send(
            &stage.browser,
            json!({ "hello": { "version": 999_999, "lock": "another" } }),
        )
        .await?;
        until("a mismatch", PATIENCE, async || {
            let messages = port::received(&stage.browser).await?;
            Ok(messages
                .iter()
                .any(|message| message.get("mismatch").is_some())
                .then_some(()))
        })
        .await
    });
}
