//! The search itself: a token planted in each place is found.

use outlay_e2e::Outcome;
use outlay_e2e::audit::Audit;
use outlay_e2e::browser::TestBrowser;
use outlay_e2e::stage::{StageSetup, play};
use serde_json::json;

/// Where, and the script that plants its first argument there and then calls its second.
const PLANTS: [(&str, &str); 21] = [
    ("localStorage", "localStorage.setItem('a', t); done()"),
    ("sessionStorage", "sessionStorage.setItem(t, 'a'); done()"),
    ("indexedDB", "const open = indexedDB.open('d' + t.length + Math.random());
        open.onupgradeneeded = () => open.result.createObjectStore('s').put({ deep: [t] }, 1);
        open.onsuccess = () => { open.result.close(); done() }"),
    ("caches", "caches.open('c').then((c) => c.put('/x', new Response('a' + t))).then(done)"),
    ("files", "navigator.storage.getDirectory().then((d) => d.getFileHandle('f', { create: true }))
        .then((f) => f.createWritable()).then((w) => w.write(t).then(() => w.close())).then(done)"),
    ("cookies", "document.cookie = 'a=' + t; done()"),
    ("all cookies", "document.cookie = 'b=' + t; done()"),
    ("history.state", "history.replaceState({ a: t }, ''); done()"),
    ("window.name", "window.name = 'a' + t; done()"),
    ("url", "history.replaceState(null, '', '#' + t); done()"),
    ("history", "history.pushState(null, '', '?x=' + t); history.pushState(null, '', '?'); done()"),
    ("title", "document.title = t; done()"),
    ("dom", "const input = document.createElement('input'); document.body.append(input); input.value = t; done()"),
    ("performance", "performance.mark(t); done()"),
    ("console", "console.log('a', t); done()"),
    ("sent", "new MessageChannel().port1.postMessage([JSON.stringify({ a: t })]); done()"),
    ("received", "const c = new MessageChannel(); c.port1.onmessage = () => done();
        c.port2.postMessage(['{}', new TextEncoder().encode(t).buffer])"),
    ("writes", "localStorage.setItem('gone', t); localStorage.removeItem('gone'); done()"),
    ("memory", "const wasm = new Uint8Array([0,97,115,109,1,0,0,0,5,3,1,0,1,7,5,1,1,109,2,0]);
        window.WebAssembly.instantiate(wasm).then(({ instance }) => {
            new Uint8Array(instance.exports.m.buffer).set(new TextEncoder().encode(t), 4711); done() })"),
    // Half of a token, and one written as the browser keeps texts in memory.
    ("window.name", "window.name = t.slice(0, 25); done()"),
    ("memory", "const utf16 = new Uint8Array([...t].flatMap((letter) => [letter.charCodeAt(0), 0]));
        new Uint8Array(window.__audit.memories[0].buffer).set(utf16, 100); done()"),
];

/// Forty characters, of which neither half occurs in another.
fn planted(number: usize) -> String {
    format!("Zt9wK_v3Qm-plant{number:04}81xRfYbLhTcNdUeG{number:04}")
}

async fn plant(browser: &TestBrowser, number: usize, script: &str) -> Outcome {
    let script = format!("const [t, done] = arguments; {script}");
    browser
        .run_async(&script, vec![json!(planted(number))])
        .await
        .map(drop)
}

#[test]
fn token_planted_in_any_location_is_found() {
    play("planted", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        for (number, (place, script)) in PLANTS.into_iter().enumerate() {
            plant(&stage.browser, number, script).await?;
            let token = planted(number);
            let mut audit = Audit::new([token.as_str()]);
            audit.document(&stage.browser).await?;
            audit
                .browser(&stage.browser, &stage.browser.console().await?)
                .await?;
            assert!(
                audit.found.contains(place),
                "{place}: found in {:?} only",
                audit.found
            );
        }
        // And what was planted nowhere is found nowhere.
        let mut audit = Audit::new(["absent-Zt9wK_v3Qm-81xRfYbLhTcNdUeGaSo-never-planted"]);
        audit.document(&stage.browser).await?;
        assert!(audit.found.is_empty(), "{:?}", audit.found);
        Ok(())
    });
}

#[test]
fn token_on_disk_is_found_after_the_browser_has_ended() {
    play("disk", StageSetup::default(), |stage| async move {
        let other = TestBrowser::start(None).await?;
        other.driver().goto(&stage.sandbox.at.site).await?;
        plant(&other, 0, "localStorage.setItem('a', t); done()").await?;
        let profile = other.end().await;
        let token = planted(0);
        let mut audit = Audit::new([token.as_str()]);
        audit.profile(profile.path())?;
        assert!(audit.found.contains("disk"));
        Ok(())
    });
}

#[test]
fn token_search_covers_every_used_location() {
    play("covered", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let mut audit = stage.audit().await?;
        audit.document(&stage.browser).await?;
        for place in [
            "memory",
            "sent",
            "received",
            "writes",
            "dom",
            "url",
            "history",
            "performance",
        ] {
            let size = audit.searched.get(place).copied().unwrap_or_default();
            assert!(
                size > 0,
                "{place} was empty: is it still hooked? {:?}",
                audit.searched
            );
        }
        assert!(audit.searched["memory"] > 500_000, "{:?}", audit.searched);
        for place in ["localStorage", "indexedDB", "caches", "files", "cookies"] {
            assert_eq!(audit.searched.get(place), Some(&0), "{place} is used");
        }
        Ok(())
    });
}
