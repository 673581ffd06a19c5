//! What stands between the host and the page: a service worker that an earlier app left, and files
//! whose types were changed on the way.

use outlay_e2e::Outcome;
use outlay_e2e::host::{HostSetup, WebServer};
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

/// The worker of an earlier app, which keeps every answer. The operator's own files serve it, as they
/// would serve one that removes it.
const EARLIER: [(&str, &str); 2] = [
    (
        "local.server.conf",
        "if ($uri = /old-worker.js) {
    set $outlay_service_worker \"\";
}
location = /old-worker.js {
    default_type text/javascript;
    types {
    }
    return 200 \"self.onfetch = (e) => e.respondWith(fetch(e.request).then(async (r) => { \
(await caches.open('old')).put(new Request('/kept?' + Math.random()), r.clone()); return r; }));\";
}
",
    ),
    (
        "fence.caddy",
        "handle /old-worker.js {
	header Content-Type text/javascript
	respond `self.onfetch = (e) => e.respondWith(fetch(e.request).then(async (r) => { (await caches.open('old')).put(new Request('/kept?' + Math.random()), r.clone()); return r; }));`
}
",
    ),
];

/// Registers the worker and waits until it answers.
async fn register(stage: &Stage) -> Outcome {
    let page = stage.page();
    page.open("/config.json").await?;
    let script = "navigator.serviceWorker.register('/old-worker.js', { scope: '/' });";
    stage.browser.run(script, vec![]).await?;
    let active = "window.active = false; navigator.serviceWorker.getRegistration('/').then((one) => { window.active = !!(one && one.active && one.active.state === 'activated'); });";
    until("the worker to answer", PATIENCE, async || {
        stage.browser.run(active, vec![]).await?;
        let found = stage.browser.run("return window.active", vec![]).await?;
        Ok((found == json!(true)).then_some(()))
    })
    .await
}

fn service_worker(name: &str, server: WebServer) {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            host: Some(HostSetup::new(server)),
            local: &EARLIER,
            ..SandboxSetup::default()
        },
        // The browser asks for it beside a file that is opened as a page.
        console: &["favicon.ico"],
        ..StageSetup::default()
    };
    play(name, setup, |stage| async move {
        let page = stage.page();
        register(&stage).await?;
        for route in [
            "/",
            "/connect",
            "/callback/sandbox?code=x&state=y",
            "/check",
        ] {
            page.open(route).await?;
            let origin = stage.sandbox.at.origin();
            page.alert_with("service_worker_present", &[origin]).await?;
            assert!(!page.has_button("Connect to Pleo").await?, "{route}");
        }
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.authorize, counters.exchange), (0, 0));
        page.open("/").await?;
        page.click("Remove it…").await?;
        page.click("Cancel").await?;
        page.click("Remove it…").await?;
        page.click("Remove and reload").await?;
        page.wait_session("signed-out").await?;
        let before =
            "caches.open('old').then((c) => c.keys()).then((k) => { window.kept = k.length; })";
        let retained = async || {
            stage.browser.run("window.kept = null", vec![]).await?;
            stage.browser.run(before, vec![]).await?;
            until("the count", PATIENCE, async || {
                let found = stage.browser.run("return window.kept", vec![]).await?;
                Ok(found.as_u64())
            })
            .await
        };
        let first = retained().await?;
        assert!(first > 0, "the worker kept nothing: it never answered");
        // Neither page nor vault lives under it any more: nothing is added by a sign-in.
        stage.connect().await?;
        page.wait_for_text("entries loaded").await?;
        assert_eq!(retained().await?, first);
        Ok(())
    });
}

#[test]
fn foreign_service_worker_blocks_sign_in_until_removed_on_nginx() {
    service_worker("service_worker_nginx", WebServer::Nginx);
}

#[test]
fn foreign_service_worker_blocks_sign_in_until_removed_on_caddy() {
    service_worker("service_worker_caddy", WebServer::Caddy);
}

/// What a proxy on the way would do to files.
const TYPES: [(&str, &str); 1] = [(
    "local.server.conf",
    "location ^~ /chunks- {
    types {
    }
    default_type text/plain;
}
location ^~ /storage- {
    types {
    }
    default_type application/octet-stream;
}
",
)];

#[test]
fn script_as_plain_text_is_reported_and_wasm_of_another_type_runs() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            host: Some(HostSetup::new(WebServer::Nginx)),
            local: &TYPES,
            ..SandboxSetup::default()
        },
        console: &["chunks-", "Failed"],
        ..StageSetup::default()
    };
    play("types", setup, |stage| async move {
        let page = stage.page();
        page.open("/api").await?;
        let expected = "arrived as text/plain and cannot run as JavaScript";
        page.alert_with("page_not_loaded", &["chunks-", expected])
            .await
            .map(drop)
    });
}
