//! No secret is shown unasked, kept, or copied along.

use outlay_wire::{parse, to_text};

use super::{SUBJECT, catalogue, operation};
use crate::answer::text::{MASK, ResponseText};
use crate::curl::{Shell, curl};
use crate::form::OperationForm;
use crate::history::kept;
use crate::marks::SecretMarks;
use crate::request::prepared;

const SUBSCRIPTION: &str = r#"{"endpointUrl":"https://hook.example/","eventTypes":["a"],
    "customHeaders":{"X-Key":"topsecret-1","X-Other":"topsecret-2"},
    "endpointAuth":{"type":"BASIC","credentials":{"username":"topsecret-3","password":"topsecret-4","token":"topsecret-5"}}}"#;

pub(super) fn masked(json: &str, marks: SecretMarks) -> ResponseText {
    let mut text = ResponseText::new(json.to_owned(), marks);
    while text.advance(7) {}
    text
}

#[test]
fn response_masks_secrets_in_both_views_until_revealed() {
    let answer = operation("getSubscription").answer(200).unwrap();
    let body = format!(r#"{{"data":{SUBSCRIPTION},"more":"see whsec_topsecret6 there"}}"#);
    for schema in [answer.schema.as_ref(), None] {
        let text = masked(&body, SecretMarks::of(catalogue(), schema));
        assert_eq!(text.scan.secrets.len(), 6);
        let lines: String = (0..text.scan.lines.len())
            .map(|n| text.line(n, false).unwrap().value)
            .collect();
        let rows: String = (0..text.rows())
            .map(|n| text.row(n, false).unwrap())
            .collect();
        for form in [lines, rows, text.whole(false).unwrap()] {
            assert!(!form.contains("topsecret"), "{form}");
            assert_eq!(form.matches(MASK).count(), 6);
            assert!(form.contains("https://hook.example/"));
        }
        assert_eq!(text.whole(true).as_deref(), Some(&*body));
        assert!(text.line(4, true).is_some_and(|line| !line.secret));
    }
}

#[test]
fn nothing_is_copied_before_the_secret_scan_has_ended() {
    let mut text = ResponseText::new(SUBSCRIPTION.to_owned(), SecretMarks::of(catalogue(), None));
    text.advance(7);
    assert_eq!((text.whole(false), text.whole(true)), (None, None));
    while text.advance(7) {}
    assert!(text.whole(false).is_some());
}

#[test]
fn webhook_key_is_masked_in_invalid_json() {
    let page = "<p>key: whsec_topsecret/1+2= and</p>\nwhsec_topsecret3";
    let text = masked(page, SecretMarks::of(catalogue(), None));
    assert!(!text.scan.is_json());
    let whole = text.whole(false).unwrap();
    assert_eq!(whole, format!("<p>key: {MASK} and</p>\n{MASK}"));
}

#[test]
fn secret_over_several_lines_is_masked_in_all_of_them() {
    let body = format!(r#"{{"secretKey":"{}"}}"#, "topsecret".repeat(100));
    let text = masked(&body, SecretMarks::of(catalogue(), None));
    let rows: Vec<_> = (0..text.rows())
        .map(|n| text.row(n, false).unwrap())
        .collect();
    assert!(rows.len() > 4);
    assert!(!rows.concat().contains("tops"), "{rows:?}");
}

#[test]
fn history_contains_no_secret() {
    let create = operation("createSubscription");
    let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
    form.raw = Some(SUBSCRIPTION.to_owned());
    let known = kept(catalogue(), create, &form);
    let all = format!("{known:?}");
    assert!(!all.contains("topsecret"), "{all}");
    let (body, _) = known.value(catalogue(), create);
    let body = to_text(&body.unwrap());
    assert!(
        body.contains("hook.example") && body.contains("BASIC"),
        "{body}"
    );
    // Of what is no JSON nothing is kept.
    form.raw = Some("{topsecret".to_owned());
    assert!(!format!("{:?}", kept(catalogue(), create, &form)).contains("topsecret"));
}

#[test]
fn command_of_every_shell_contains_no_secret_or_token() {
    let create = operation("createSubscription");
    let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
    for (mark, body) in [
        ("", SUBSCRIPTION),
        ("\u{feff}", SUBSCRIPTION),
        ("// no JSON\n", SUBSCRIPTION),
    ] {
        form.raw = Some([mark, body].concat());
        for (shell, variable, token) in [
            (Shell::Bash, "\"$SECRET_#\"", "\"$TOKEN\""),
            (Shell::PowerShell, " $SECRET_# ", "$TOKEN)"),
            (Shell::Cmd, "^%SECRET_#%", "^%TOKEN%"),
        ] {
            let marks = SecretMarks::of(catalogue(), create.body.as_ref().map(|body| &body.schema));
            let request = prepared(catalogue(), create, &form);
            let Ok(command) = curl(Some("https://api.example"), &request, marks, shell) else {
                assert!(
                    shell == Shell::Cmd && mark.starts_with("//"),
                    "only cmd takes no line break"
                );
                continue;
            };
            assert!(!command.contains("topsecret"), "{command}");
            let count = if mark.starts_with("//") { 2 } else { 5 };
            for number in 1..=count {
                let variable = variable.replace('#', &number.to_string());
                assert_eq!(command.matches(&variable).count(), 1, "{command}");
            }
            assert_eq!(command.matches(token).count(), 1, "{command}");
        }
    }
}

#[test]
fn ordinary_values_are_not_masked() {
    for operation in &catalogue().operations {
        for answer in &operation.answers {
            let marks = SecretMarks::of(catalogue(), answer.schema.as_ref());
            let value = parse(r#"{"data":[{"id":"1","name":"2","externalId":"3"}]}"#).unwrap();
            assert_eq!(marks.scrubbed(&value), value, "{}", operation.id);
        }
    }
}

#[test]
fn byte_order_mark_changes_no_mask_line_or_page() {
    let body = "\u{feff}{\"password\":\"topsecret-1\",\"pagination\":{\"hasNextPage\":true,\"hasPreviousPage\":false,\"endCursor\":\"B\"}}";
    let text = masked(body, SecretMarks::of(catalogue(), None));
    assert!(text.scan.is_json());
    assert!(!text.whole(false).unwrap().contains("topsecret"));
    assert_eq!(text.scan.lines.len(), 8);
}
