//! What a page says when its files change under it, do not load, or come from two builds.

use std::fs;
use std::path::{Path, PathBuf};

use outlay_e2e::Outcome;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

/// A site of its own, whose files a test may change.
fn own_site() -> StageSetup {
    StageSetup {
        sandbox: SandboxSetup {
            before_vault: Some(""),
            ..SandboxSetup::default()
        },
        own_host_only: Some("it changes files, and another host has compressed copies of them"),
        ..StageSetup::default()
    }
}

fn site(stage: &Stage) -> Outcome<PathBuf> {
    Ok(stage.sandbox.site().ok_or("no site of its own")?.to_owned())
}

/// The file of the site whose name begins and ends so.
fn file(site: &Path, begins: &str, ends: &str) -> Outcome<PathBuf> {
    for entry in fs::read_dir(site)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(begins) && name.ends_with(ends) {
            return Ok(entry.path());
        }
    }
    Err(format!("no file {begins}…{ends}").into())
}

/// Makes the document that of a later build.
fn later(site: &Path) -> Outcome {
    let document = site.join("index.html");
    let text = fs::read_to_string(&document)?;
    let (before, after) = text.split_once("data-build=\"").ok_or("no build")?;
    let rest = after.get(16..).ok_or("no build")?;
    Ok(fs::write(
        document,
        [before, "data-build=\"0000000000000000", rest].concat(),
    )?)
}

#[test]
fn missing_chunk_of_an_earlier_build_is_reported_and_entries_stay() {
    let setup = StageSetup {
        console: &["api-"],
        ..own_site()
    };
    play("later_build", setup, |stage| async move {
        let page = stage.page();
        let site = site(&stage)?;
        stage.connect().await?;
        page.wait_for_text("entries loaded").await?;
        page.follow("Entries").await?;
        page.rows().await?;
        let calls = stage.sandbox.counters().await?.api;
        let chunk = file(&site, "api-", ".wasm")?;
        let bytes = fs::read(&chunk)?;
        let document = fs::read(site.join("index.html"))?;

        // A deployment takes the files of the build before away.
        fs::remove_file(&chunk)?;
        later(&site)?;
        page.follow("API").await?;
        page.alert("newer_version").await?;
        page.wait_for_button("Reload page").await?;
        page.follow("Entries").await?;
        page.rows().await?;
        assert_eq!(stage.sandbox.counters().await?.api, calls);

        page.follow("API").await?;
        page.alert("newer_version").await?;
        fs::write(&chunk, bytes)?;
        fs::write(site.join("index.html"), document)?;
        page.click("Reload page").await?;
        page.wait_for_text("76 operations").await?;
        page.wait_session("active").await
    });
}

#[test]
fn missing_truncated_or_altered_chunk_is_reported_and_retried() {
    let setup = StageSetup {
        console: &["api-", "MIME", "WebAssembly", "integrity"],
        ..own_site()
    };
    play("chunk_files", setup, |stage| async move {
        let page = stage.page();
        let chunk = file(&site(&stage)?, "api-", ".wasm")?;
        let name = chunk.file_name().unwrap_or_default().to_string_lossy();
        let right = fs::read(&chunk)?;
        let html = b"<!doctype html><title>Log in to the network</title>".to_vec();
        let half = right.get(..right.len() / 2).unwrap_or_default().to_vec();
        // A custom section changes no meaning, and no hash agrees with it.
        let other = [&*right, &[0, 2, 1, b'x']].concat();
        for (altered, expected) in [
            (None, "status 404"),
            (Some(html), "cannot run as WebAssembly"),
            (Some(half), "was altered on its way"),
            (Some(other), "was altered on its way"),
        ] {
            match altered {
                Some(bytes) => fs::write(&chunk, bytes)?,
                None => fs::remove_file(&chunk)?,
            }
            stage.browser.clear_cache().await?;
            page.open("/api").await?;
            page.alert_with("part_not_loaded", &[&*name, expected])
                .await?;
            fs::write(&chunk, &right)?;
            page.click("Try again").await?;
            page.wait_for_text("76 operations").await?;
        }
        Ok(())
    });
}

#[test]
fn unloadable_app_is_reported_in_place_of_the_page() {
    let setup = StageSetup {
        console: &["app-", "WebAssembly", "integrity"],
        // The Connect page of another tab would fetch the app ahead, into the browser's cache.
        lone_tab: true,
        ..own_site()
    };
    play("app_chunk", setup, |stage| async move {
        let page = stage.page();
        let chunk = file(&site(&stage)?, "app-", ".wasm")?;
        let right = fs::read(&chunk)?;
        fs::remove_file(&chunk)?;
        page.open("/settings").await?;
        page.alert_with("page_not_loaded", &["app-", "status 404"])
            .await?;
        // Connect does without it.
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        page.wait_for_button("Connect to Pleo").await?;
        fs::write(&chunk, right)?;
        page.open("/settings").await?;
        page.wait_for_text("No company is connected")
            .await
            .map(drop)
    });
}

#[test]
fn truncated_chunk_in_the_browsers_cache_is_replaced() {
    let setup = StageSetup {
        console: &["app-", "integrity"],
        lone_tab: true,
        ..own_site()
    };
    play("cached_chunk", setup, |stage| async move {
        let page = stage.page();
        let chunk = file(&site(&stage)?, "app-", ".wasm")?;
        let right = fs::read(&chunk)?;
        fs::write(&chunk, right.get(..right.len() / 2).unwrap_or_default())?;
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let name = chunk.file_name().unwrap_or_default().to_string_lossy();
        let script = "const [name, done] = arguments;
            fetch(name).then((answer) => answer.arrayBuffer()).then((bytes) => done(bytes.byteLength))";
        let size = stage.browser.run_async(script, vec![json!(name)]).await?;
        assert_eq!(size, json!(right.len() / 2));
        fs::write(&chunk, right)?;
        page.open("/settings").await?;
        page.wait_for_text("No company is connected")
            .await
            .map(drop)
    });
}

#[test]
fn unloadable_page_or_vault_file_is_reported() {
    let setup = StageSetup {
        console: &[
            "outlay-",
            "vault",
            "MIME",
            "WebAssembly",
            "Uncaught",
            "Failed",
        ],
        // Its vault ends with each page.
        lone_tab: true,
        ..own_site()
    };
    play("page_files", setup, |stage| async move {
        let page = stage.page();
        let site = site(&stage)?;
        let mut names = Vec::new();
        for entry in fs::read_dir(&site)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        let named = |end: &str| -> Outcome<String> {
            let own = |name: &&String| name.starts_with("outlay-") && name.ends_with(end);
            Ok(names.iter().find(own).ok_or("no file of the page")?.clone())
        };
        for file in [
            // A page whose own file fails has started the vault all the same.
            "vault_worker_bg.wasm".to_owned(),
            "vault_worker.js".to_owned(),
            named("_bg.wasm")?,
            named(".js")?,
        ] {
            let place = site.join(&file);
            let right = fs::read(&place)?;
            fs::write(&place, "<!doctype html>")?;
            // Nothing of it may be kept, and no worker of the file before it may live.
            let browser = &stage.browser;
            browser.driver().goto("about:blank").await?;
            browser.clear_cache().await?;
            page.open("/").await?;
            page.wait_for_text(&format!("{file} arrived as")).await?;
            fs::write(&place, right)?;
        }
        Ok(())
    });
}

#[test]
fn other_version_in_another_tab_is_shown_in_both_until_closed() {
    // The lock is what a vault of another version holds while it lives.
    const HOLD: &str =
        "navigator.locks.request('vault-alive-1', () => new Promise((go) => { window.go = go; }));";
    play("versions", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let note = "return !!document.querySelector('[data-code=other_version_open]')";
        assert_eq!(stage.browser.run(note, vec![]).await?, json!(false));
        stage.browser.run(HOLD, vec![]).await?;
        let shown = async |expected: bool| {
            until("the note", PATIENCE, async || {
                let found = stage.browser.run(note, vec![]).await?;
                Ok((found == json!(expected)).then_some(()))
            })
            .await
        };
        shown(true).await?;
        stage.browser.run("window.go()", vec![]).await?;
        shown(false).await
    });
}

#[test]
fn tabs_without_shared_worker_have_separate_sign_ins() {
    let setup = StageSetup {
        before_load: Some("delete window.SharedWorker;"),
        ..StageSetup::default()
    };
    play("two_alone", setup, |stage| async move {
        let page = stage.page();
        let driver = stage.browser.driver();
        stage.connect().await?;
        page.wait_for_text("entries loaded").await?;
        let first = driver.window().await?;
        stage.browser.open_window().await?;
        stage.connect().await?;
        page.wait_for_text("entries loaded").await?;
        stage.search_document().await?;
        let second = driver.window().await?;
        // The first renews its own access and reads on; so does the second.
        stage.sandbox.expire().await?;
        for window in [first, second] {
            driver.switch_to_window(window).await?;
            page.wait_session("active").await?;
            page.click("Refresh").await?;
            page.wait_session("active").await?;
            page.wait_for_text("entries loaded").await?;
            assert_eq!(page.alerts().await?, Vec::<String>::new());
        }
        let counters = stage.sandbox.counters().await?;
        assert_eq!(counters.exchange, 2);
        assert_eq!(counters.refresh_presented_again, 0);
        Ok(())
    });
}
