//! What stands between the host and the page: a service worker that an earlier app left, and files
//! whose types were changed on the way.

use outlay_e2e::Outcome;
use outlay_e2e::host::{Host, Server};
use outlay_e2e::sandbox::Options;
use outlay_e2e::stage::{Setup, Stage, play};
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

fn service_worker(name: &str, server: Server) {
    let setup = Setup {
        sandbox: Options {
            host: Some(Host::new(server)),
            local: &EARLIER,
            ..Options::default()
        },
        // The browser asks for it beside a file that is opened as a page.
        console: &["favicon.ico"],
        ..Setup::default()
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
            let words = page.alert("service_worker_present").await?;
            assert!(words.contains(stage.sandbox.at.origin()), "{words}");
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
        let kept = async || {
            stage.browser.run("window.kept = null", vec![]).await?;
            stage.browser.run(before, vec![]).await?;
            until("the count", PATIENCE, async || {
                let found = stage.browser.run("return window.kept", vec![]).await?;
                Ok(found.as_u64())
            })
            .await
        };
        let first = kept().await?;
        assert!(first > 0, "the worker kept nothing: it never answered");
        // Neither page nor vault lives under it any more: nothing is added by a sign-in.
        stage.connect().await?;
        page.wait_words("entries read").await?;
        assert_eq!(kept().await?, first);
        Ok(())
    });
}

#[test]
fn a_service_worker_of_an_earlier_app_keeps_sign_in_off_until_it_is_removed_on_nginx() {
    service_worker("service_worker_nginx", Server::Nginx);
}

#[test]
fn a_service_worker_of_an_earlier_app_keeps_sign_in_off_until_it_is_removed_on_caddy() {
    service_worker("service_worker_caddy", Server::Caddy);
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
fn a_script_that_comes_as_plain_text_is_named_and_wasm_of_another_type_still_runs() {
    let setup = Setup {
        sandbox: Options {
            host: Some(Host::new(Server::Nginx)),
            local: &TYPES,
            ..Options::default()
        },
        console: &["chunks-", "Failed"],
        ..Setup::default()
    };
    play("types", setup, |stage| async move {
        let page = stage.page();
        page.open("/api").await?;
        let words = page.alert("page_not_loaded").await?;
        let expected = "came as text/plain and cannot be run as JavaScript";
        assert!(
            words.contains("chunks-") && words.contains(expected),
            "{words}"
        );
        Ok(())
    });
}
