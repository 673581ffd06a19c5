//! Answers that are not as they should be, and what is taken along from a call.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use outlay_e2e::Outcome;
use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault};
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};

use super::{facts, lines, open, run};

/// The list that the answers take the place of.
const LIST: &str = "op=searchEmployees&limit=1";

/// Its path.
const LIST_AT: &str = "/v2/employees";

/// An answer of these bytes to one call.
async fn answer(stage: &Stage, kind: &'static str, bytes: &[u8]) -> Outcome {
    let body = SandboxFault::Body {
        status: 200,
        r#type: kind,
        base64: STANDARD.encode(bytes),
        header: "",
    };
    let order = body.at(&[FaultPath::Api]).path(LIST_AT);
    stage.sandbox.arm(order, FaultTimes::Once).await
}

/// The answer's lines, once they hold `expected`.
async fn wait_lines(stage: &Stage, expected: &str) -> Outcome<String> {
    until(&format!("a line with {expected}"), PATIENCE, async || {
        let shown = lines(stage).await?;
        Ok(shown.contains(expected).then_some(shown))
    })
    .await
}

/// Whether the button of the next page can be pressed, and the words beside it.
async fn next(stage: &Stage) -> Outcome<(bool, String)> {
    let script = "const it = [...document.querySelectorAll('.x-answer button')].find((it) => it.textContent === 'Next page');
        return [!!it && !it.disabled, document.getElementById('pages-note')?.innerText ?? '']";
    Ok(serde_json::from_value(run(stage, script).await?)?)
}

/// Waits until the button of the next page can be pressed or not, with all of these words next to it;
/// with none if `expected` is empty.
async fn wait_next(stage: &Stage, can: bool, expected: &[&str]) -> Outcome {
    until("the button of the next page", PATIENCE, async || {
        let (now, words) = next(stage).await?;
        let has_words = expected.iter().all(|part| words.contains(part));
        match now == can && has_words && words.is_empty() == expected.is_empty() {
            true => Ok(Some(())),
            false => Err(format!("{now}, {words:?}").into()),
        }
    })
    .await
}

fn page(data: &str, end: &str) -> String {
    format!(
        r#"{{"data":[{data}],"pagination":{{"hasNextPage":true,"hasPreviousPage":false,"startCursor":"A","endCursor":{end},"total":312}}}}"#
    )
}

#[test]
fn odd_responses_are_shown_masked_paged_and_explained() {
    let setup = StageSetup {
        deadline: Some(Duration::from_secs(180)),
        ..StageSetup::default()
    };
    play("api_odd", setup, |stage| async move {
        stage.connect().await?;
        open(&stage, LIST).await?;
        let view = stage.page();
        let json = "application/json";
        let secret = r#"{"id":"seen","token":"hush-1"}"#;

        // A byte order mark: pretty, masked, noted, and the next page works.
        let first = ["\u{feff}", &page(secret, "\"B\"")].concat();
        answer(&stage, json, first.as_bytes()).await?;
        view.click("Send").await?;
        let shown = wait_lines(&stage, "\"token\": \"••••••••\"").await?;
        assert!(!shown.contains("hush"), "{shown}");
        view.wait_for_text("Encoding: UTF-8 with a byte order mark.")
            .await?;
        wait_next(&stage, true, &[]).await?;
        // The cursor of the second page leads back to it.
        answer(&stage, json, page(r#"{"id":"second"}"#, "\"B\"").as_bytes()).await?;
        view.click("Next page").await?;
        wait_lines(&stage, "second").await?;
        wait_next(&stage, false, &["incomplete", "leads back"]).await?;

        // Promises that cannot be followed.
        for (body, visible_text) in [
            (page(r#"{"id":"n1"}"#, "null"), "gives no cursor"),
            (page(r#"{"id":"n2"}"#, "\"\""), "gives no cursor"),
            (page("", "\"C\""), "this page has none"),
        ] {
            answer(&stage, json, body.as_bytes()).await?;
            view.click("Send").await?;
            view.wait_for_text(visible_text).await?;
            wait_next(&stage, false, &[visible_text]).await?;
        }

        // What came, and what the lines show of it.
        let utf_16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(secret.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (kind, bytes, line, visible_text) in [
            ("application/json; charset=iso-8859-1", &b"{\"note\":\"f\xfcr\"}"[..], "\"für\"", "Encoding: windows-1252."),
            (json, &utf_16, "\"token\": \"••••••••\"", "Encoding: utf-16le with a byte order mark."),
            (json, r#"{"note":"Team lunch \ud83d","token":"hush"}"#.as_bytes(), r"Team lunch \ud83d", "200 OK"),
            (json, "{\"id\":1}\n{\"password\":\"hush\",\"id\":\"two\"}".as_bytes(), "two", "Not JSON"),
            ("text/html", b"<p>token: <b>hush</b> of three</p>", "three", "Not JSON"),
            (json, "{\"note\":\"\u{202e}00.5 EUR\u{200b}\"}".as_bytes(), "U+202E00.5 EURU+200B", "200 OK"),
            (json, r#"{"a":1418166648477179904,"b":99999999999999.99,"c":1.10,"d":1e400,"e":-0,"f":1E+2}"#.as_bytes(), "\"f\": 1E+2", "200 OK"),
        ] {
            answer(&stage, kind, bytes).await?;
            view.click("Send").await?;
            let shown = wait_lines(&stage, line).await?;
            assert!(!shown.contains("hush"), "{shown}");
            view.wait_for_text(visible_text).await?;
        }
        let kept_from_translation =
            run(&stage, "return document.querySelector('.x-text').translate").await?;
        assert_eq!(kept_from_translation, false);
        Ok(())
    });
}

#[test]
fn call_is_copied_for_the_chosen_shell_without_invalid_parameters() {
    play("api_shells", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        open(&stage, LIST).await?;
        let view = stage.page();
        let caught = "window.copied = ''; navigator.clipboard.writeText = async (text) => { window.copied = text; };";
        run(&stage, caught).await?;
        let choose = async |shell: &str| {
            let script = format!(
                "const it = document.querySelector('.x-code select'); it.value = '{shell}'; it.dispatchEvent(new Event('change'));"
            );
            run(&stage, &script).await
        };
        let copied = async |button: &str, start: &str| {
            view.click(button).await?;
            until(&format!("{start} copied"), PATIENCE, async || {
                let text = run(&stage, "return window.copied").await?;
                let text = text.as_str().unwrap_or_default().to_owned();
                Ok(text.starts_with(start).then_some(text))
            })
            .await
        };
        run(
            &stage,
            "document.querySelector('form + details').open = true",
        )
        .await?;
        view.wait_for_button("Copy code").await?;
        for (shell, start, token) in [
            (
                "curl (PowerShell)",
                "curl.exe --request GET --url 'http",
                "+ $TOKEN)",
            ),
            (
                "curl (cmd)",
                "curl.exe --request GET --url ^\"http",
                "^%TOKEN%^\"",
            ),
            (
                "curl (bash)",
                "curl --request GET \\\n  --url 'http",
                "\"$TOKEN\"",
            ),
        ] {
            choose(shell).await?;
            let text = copied("Copy code", start).await?;
            assert!(text.contains(token) && text.contains("limit=1"), "{text}");
        }
        // A limit that is no number, and a pasted one with what cannot be seen around it.
        for (typed, left) in [
            ("five", true),
            ("\u{feff}7\u{200b}", false),
            ("eyJhbGci.eyJzdWIi.c2ln", true),
        ] {
            let script = format!(
                "const it = document.getElementById('query:limit'); it.value = {}; it.dispatchEvent(new Event('input', {{ bubbles: true }})); window.copied = ''",
                serde_json::json!(typed)
            );
            run(&stage, &script).await?;
            let link = copied("Copy link", "http").await?;
            assert_eq!(link.contains("limit="), !left, "{link}");
            assert!(left || link.ends_with("limit=7"), "{link}");
            if left {
                view.wait_for_text("Not in the link: limit (").await?;
            }
        }
        // Sent all the same, and kept out of the history.
        view.click("Send").await?;
        view.alert("request_faulty").await?;
        view.click("Send anyway").await?;
        facts(&stage, "400").await?;
        run(&stage, "document.querySelector('.x-history').open = true").await?;
        view.wait_for_text_of(".x-history", &["Left out: limit ("])
            .await
            .map(drop)
    });
}
