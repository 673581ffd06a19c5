//! What the page shows and takes before its program is there, and how the program takes it over.

use outlay_e2e::Outcome;
use outlay_e2e::login::{ConsentChoice, decide_and_close};
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::{Value, json};

/// Holds the program back until the document hears of `go-on`; not in a popup, whose callback page
/// has the same hook in Firefox.
const HELD_BACK: &str = "if (!location.pathname.includes('/callback/')) {
    const gone_on = new Promise((go) => document.addEventListener('go-on', go, { once: true }));
    const real = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given) => {
        await gone_on;
        return real.apply(WebAssembly, given);
    };
}";

const GO_ON: &str = "document.dispatchEvent(new Event('go-on'))";

/// The static page as it was sent and the program's own, each as lines: elements with what a user or
/// a style sheet can tell apart, and texts.
const OUTLINES: &str = "
    const [done] = arguments;
    const ATTRIBUTES = ['type', 'role', 'aria-label', 'title', 'value'];
    const lifetime = document.documentElement.dataset.lifetime;
    const HIDDEN = '.off, noscript, #boot, [popover], '
        + `[data-for]:not([data-for=\"${lifetime}\"])`;
    const outline = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? [node.data.trim()] : [];
        if (node.nodeType !== Node.ELEMENT_NODE || node.matches(HIDDEN)) return [];
        // Leptos groups what it draws.
        if (node.localName === 'g') return [...node.childNodes].flatMap((child) => outline(child));
        const shown = ATTRIBUTES.filter((name) => node.hasAttribute(name));
        const attributes = shown.map((name) => `${name}=${node.getAttribute(name)}`);
        const link = node.localName === 'a' ? [new URL(node.getAttribute('href'), location).href] : [];
        const own = [node.localName, ...[...node.classList].sort(), ...attributes, ...link].join(' ');
        const below = [...node.childNodes].flatMap((child) => outline(child));
        return [own, ...below].map((line) => ' ' + line);
    };
    fetch(location.pathname).then((answer) => answer.text()).then((text) => {
        const sent = new DOMParser().parseFromString(text, 'text/html');
        const parts = ['.skip', '.topbar', '.nav', '.welcome'];
        done([sent, document].map((page) =>
            parts.flatMap((part) => outline(page.querySelector(part))).join('\\n')));
    });";

const SHIFTS: &str = "
    const [done] = arguments;
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(observer.takeRecords()
        .map(({ value, sources }) => [value, sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]))));";

fn held_back() -> StageSetup {
    StageSetup {
        before_load: Some(HELD_BACK),
        ..StageSetup::default()
    }
}

/// The Connect page before its program.
async fn before_program(stage: &Stage) -> Outcome {
    let page = stage.page();
    page.open("/").await?;
    page.wait_for_text("Connect to Pleo").await?;
    assert_eq!(page.session().await?, None);
    Ok(())
}

async fn go_on(stage: &Stage) -> Outcome {
    stage.browser.run(GO_ON, vec![]).await.map(drop)
}

/// Has the app take the static page's place, as it does when the page comes back from the
/// back-forward cache.
async fn take_over(stage: &Stage) -> Outcome {
    let shown = "for (const kind of ['pagehide', 'pageshow']) {
        window.dispatchEvent(new PageTransitionEvent(kind, { persisted: true }));
    }";
    stage.browser.run(shown, vec![]).await?;
    until(
        "the app in place of the static page",
        PATIENCE,
        async || {
            let script = "return document.getElementById('shell') === null";
            let gone = stage.browser.run(script, vec![]).await?;
            Ok((gone == json!(true)).then_some(()))
        },
    )
    .await
}

#[test]
fn static_page_names_the_environment_and_opens_the_session_panel() {
    play("static_parts", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        let static_page = "return document.getElementById('shell') !== null";
        assert_eq!(stage.browser.run(static_page, vec![]).await?, json!(true));
        page.wait_for_text_of(".environment-banner", &["Sandbox"])
            .await?;
        let status = "document.querySelector('#shell .session-status').click()";
        stage.browser.run(status, vec![]).await?;
        until("the session panel", PATIENCE, async || {
            let open = "return document.querySelector('#session-panel:popover-open') !== null";
            Ok((stage.browser.run(open, vec![]).await? == json!(true)).then_some(()))
        })
        .await
    });
}

#[test]
fn static_page_equals_the_rendered_signed_out_page() {
    play("static_page", StageSetup::default(), |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        take_over(&stage).await?;
        let outlines = stage.browser.run_async(OUTLINES, vec![]).await?;
        let outlines: [String; 2] = serde_json::from_value(outlines)?;
        let [sent, rendered] = outlines;
        assert!(sent.contains("Connect to Pleo") && sent.contains("promises"));
        let difference: Vec<_> = sent
            .lines()
            .zip(rendered.lines())
            .find(|(a, b)| a != b)
            .into_iter()
            .collect();
        assert!(sent == rendered, "{difference:?}\n{sent}\n\n{rendered}");
        Ok(())
    });
}

#[test]
fn no_layout_shift_when_the_app_mounts() {
    let setup = StageSetup {
        chromium_only: Some("no other browser tells of layout shifts"),
        ..held_back()
    };
    play("no_shift", setup, |stage| async move {
        for width in [1280, 400] {
            stage.browser.show_as(width, false).await?;
            before_program(&stage).await?;
            go_on(&stage).await?;
            stage.page().wait_session("signed-out").await?;
            take_over(&stage).await?;
            let shifts = stage.browser.run_async(SHIFTS, vec![]).await?;
            assert_eq!(shifts, json!([]), "{width}");
        }
        Ok(())
    });
}

#[test]
fn click_before_the_app_has_loaded_is_executed() {
    play("early_click", held_back(), |stage| async move {
        before_program(&stage).await?;
        stage.page().click("Connect to Pleo").await?;
        go_on(&stage).await?;
        stage.decide(&ConsentChoice::default()).await?;
        // The program of the callback page is held back too.
        go_on(&stage).await?;
        stage.page().wait_session("active").await?;
        assert_eq!(stage.sandbox.counters().await?.authorize, 1);
        Ok(())
    });
}

#[test]
fn popup_opened_before_the_app_has_loaded_is_used() {
    play("early_popup", held_back(), |stage| async move {
        let driver = stage.browser.driver();
        before_program(&stage).await?;
        stage.page().tick("Open in a popup").await?;
        let opener = driver.window().await?;
        let before = driver.windows().await?.len();
        stage.click_for_window("Connect to Pleo").await?;
        let popup = driver.window().await?;
        driver.switch_to_window(opener.clone()).await?;
        go_on(&stage).await?;
        driver.switch_to_window(popup).await?;
        decide_and_close(
            &stage.browser,
            &stage.sandbox.at.auth,
            &ConsentChoice::default(),
        )
        .await?;
        driver.switch_to_window(opener).await?;
        stage.page().wait_session("active").await?;
        assert_eq!(driver.windows().await?.len(), before);
        Ok(())
    });
}

#[test]
fn choices_and_focus_survive_the_app_mounting() {
    const STATE: &str = "return [
        document.querySelector('.connect input').checked,
        document.activeElement.textContent,
        document.getElementById('shell') === null,
    ]";
    play("early_choices", held_back(), |stage| async move {
        let page = stage.page();
        before_program(&stage).await?;
        page.tick("Open in a popup").await?;
        let focus = "document.querySelector('.connect button').focus()";
        stage.browser.run(focus, vec![]).await?;
        go_on(&stage).await?;
        page.wait_session("signed-out").await?;
        take_over(&stage).await?;
        let expected = json!([true, "Connect to Pleo", true]);
        stage
            .browser
            .wait_for("the choices and the focus", STATE, vec![], expected)
            .await
    });
}

#[test]
fn other_route_or_connection_parameter_shows_no_static_connect_page() {
    play("other_routes", held_back(), |stage| async move {
        let page = stage.page();
        for route in ["/entries", "/?c=x", "/api"] {
            page.open(route).await?;
            let visible_text = page.wait_for_text("Loading…").await?;
            assert!(
                !visible_text.contains("Connect to Pleo"),
                "{route}: {visible_text}"
            );
        }
        Ok(())
    });
}

#[test]
fn blocked_wasm_and_silent_vault_are_reported() {
    let setup = StageSetup {
        chromium_only: Some("scripts are added before later loads by Chromium's tools"),
        ..StageSetup::default()
    };
    play("no_program", setup, |stage| async move {
        let page = stage.page();
        let silent = "window.SharedWorker = class extends EventTarget { port = new MessageChannel().port1 };";
        stage.browser.run_first(silent).await?;
        page.open("/").await?;
        page.alert_with("vault_silent", &["close every tab"])
            .await?;
        assert!(!page.has_button("Connect to Pleo").await?);
        let forbidden = "WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError('policy') } };";
        stage.browser.run_first(forbidden).await?;
        page.open("/").await?;
        page.alert_with("browser_unsupported", &["'wasm-unsafe-eval'"])
            .await
            .map(drop)
    });
}

#[test]
fn page_without_scripts_asks_to_enable_them() {
    let setup = StageSetup {
        chromium_only: Some("Chromium's tools switch scripts off"),
        ..StageSetup::default()
    };
    play("no_scripts", setup, |stage| async move {
        let off = |off: bool| json!({ "value": off });
        let ask = async |what: &str, given: Value| stage.browser.ask(what, given).await;
        ask("Emulation.setScriptExecutionDisabled", off(true)).await?;
        stage.page().open("/").await?;
        let tree = ask("Accessibility.getFullAXTree", json!({}))
            .await?
            .to_string();
        ask("Emulation.setScriptExecutionDisabled", off(false)).await?;
        assert!(tree.contains("JavaScript is switched off here"), "{tree}");
        assert!(
            !tree.contains("Connect to Pleo") && !tree.contains("Loading"),
            "{tree}"
        );
        Ok(())
    });
}
