//! What a page says when its files change under it, do not load, or come from two builds.

use std::fs;
use std::path::{Path, PathBuf};

use outlay_e2e::Outcome;
use outlay_e2e::sandbox::Options;
use outlay_e2e::stage::{Setup, Stage, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

/// A site of its own, whose files a test may change.
fn own_site() -> Setup {
    Setup {
        sandbox: Options {
            before_vault: Some(""),
            ..Options::default()
        },
        own_host_only: Some("it changes files, and another host has compressed copies of them"),
        ..Setup::default()
    }
}

fn site(stage: &Stage) -> Outcome<PathBuf> {
    Ok(stage.sandbox.site().ok_or("no site of its own")?.to_owned())
}

/// Makes the loader of a part one of a later build.
fn later(loader: &Path) -> Outcome {
    let text = fs::read_to_string(loader)?;
    let (before, after) = text.split_once("build = \"").ok_or("no build")?;
    let rest = after.get(16..).ok_or("no build")?;
    Ok(fs::write(
        loader,
        [before, "build = \"0000000000000000", rest].concat(),
    )?)
}

#[test]
fn a_part_of_a_later_build_is_named_and_loaded_entries_stay() {
    let setup = Setup {
        // The browser says for itself that the program's hash is another.
        console: &["explorer_bg.wasm"],
        ..own_site()
    };
    play("later_build", setup, |stage| async move {
        let page = stage.page();
        let site = site(&stage)?;
        stage.connect().await?;
        page.wait_words("entries read").await?;
        page.follow("Entries").await?;
        page.rows().await?;
        let calls = stage.sandbox.counters().await?.api;
        let loader = site.join("explorer.js");
        let program = site.join("explorer_bg.wasm");
        let (script, wasm) = (fs::read(&loader)?, fs::read(&program)?);

        later(&loader)?;
        page.follow("API").await?;
        let words = page.alert("newer_version").await?;
        assert!(words.contains("explorer.js"), "{words}");
        assert!(page.has_button("Reload").await?);
        page.follow("Entries").await?;
        page.rows().await?;
        assert_eq!(stage.sandbox.counters().await?.api, calls);

        // A proxy that keeps the loader and not the program: a custom section changes no meaning.
        fs::write(&loader, &script)?;
        fs::write(&program, [&*wasm, &[0, 2, 1, b'x']].concat())?;
        page.follow("API").await?;
        let words = page.alert("newer_version").await?;
        assert!(words.contains("explorer_bg.wasm"), "{words}");

        fs::write(&program, &wasm)?;
        page.click("Reload").await?;
        page.wait_words("76 operations").await?;
        page.wait_session("active").await
    });
}

#[test]
fn a_part_whose_file_is_missing_or_altered_is_named_and_can_be_tried_again() {
    let setup = Setup {
        console: &["explorer", "MIME", "WebAssembly"],
        ..own_site()
    };
    play("part_files", setup, |stage| async move {
        let page = stage.page();
        let site = site(&stage)?;
        let html = b"<!doctype html><title>Log in to the network</title>";
        for (file, altered, expected) in [
            ("explorer.js", None, "status 404"),
            (
                "explorer.js",
                Some(&html[..]),
                "cannot be run as JavaScript",
            ),
            ("explorer_bg.wasm", None, "status 404"),
            (
                "explorer_bg.wasm",
                Some(html),
                "cannot be run as WebAssembly",
            ),
        ] {
            let place = site.join(file);
            let right = fs::read(&place)?;
            match altered {
                Some(bytes) => fs::write(&place, bytes)?,
                None => fs::remove_file(&place)?,
            }
            page.open("/api").await?;
            let words = page.alert("part_not_loaded").await?;
            assert!(
                words.contains(file) && words.contains(expected),
                "{file}: {words}"
            );
            fs::write(&place, right)?;
            page.click("Try again").await?;
            page.wait_words("76 operations").await?;
        }
        Ok(())
    });
}

#[test]
fn a_file_of_page_or_vault_that_does_not_load_is_named() {
    let setup = Setup {
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
            named("_bg.wasm")?,
            named(".js")?,
            "vault_worker_bg.wasm".to_owned(),
            "vault_worker.js".to_owned(),
        ] {
            let place = site.join(&file);
            let right = fs::read(&place)?;
            fs::write(&place, "<!doctype html>")?;
            // Nothing of it may be kept, and no worker of the file before it may live.
            let browser = &stage.browser;
            browser.driver().goto("about:blank").await?;
            browser.clear_cache().await?;
            page.open("/").await?;
            page.wait_words(&format!("{file} came as")).await?;
            fs::write(&place, right)?;
        }
        Ok(())
    });
}

#[test]
fn another_version_in_another_tab_is_told_in_both_and_until_it_is_closed() {
    // The lock is what a vault of another version holds while it lives.
    const HOLD: &str =
        "navigator.locks.request('vault-alive-1', () => new Promise((go) => { window.go = go; }));";
    play("versions", Setup::default(), |stage| async move {
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
fn without_shared_workers_two_tabs_keep_their_own_sign_ins() {
    let setup = Setup {
        before_load: Some("delete window.SharedWorker;"),
        ..Setup::default()
    };
    play("two_alone", setup, |stage| async move {
        let page = stage.page();
        let driver = stage.browser.driver();
        stage.connect().await?;
        page.wait_words("entries read").await?;
        let first = driver.window().await?;
        stage.browser.open_window().await?;
        stage.connect().await?;
        page.wait_words("entries read").await?;
        stage.search_document().await?;
        let second = driver.window().await?;
        // The first renews its own access and reads on; so does the second.
        stage.sandbox.expire().await?;
        for window in [first, second] {
            driver.switch_to_window(window).await?;
            page.wait_session("active").await?;
            page.click("Read again").await?;
            page.wait_session("active").await?;
            page.wait_words("entries read").await?;
            assert_eq!(page.alerts().await?, Vec::<String>::new());
        }
        let counters = stage.sandbox.counters().await?;
        assert_eq!(counters.exchange, 2);
        assert_eq!(counters.refresh_presented_again, 0);
        Ok(())
    });
}
