//! Commands for a shell, and paths.

use std::process::Command;

use outlay_pleo::Method;
use outlay_pleo::catalogue::{FaultCode, ParameterLocation};
use outlay_pleo::text::trim_invisible;
use proptest::prelude::*;

use super::{catalogue, operation};
use crate::curl::{Shell, curl, quoted};
use crate::draft::FieldDraft;
use crate::form::OperationForm;
use crate::marks::SecretMarks;
use crate::request::{Prepared, prepared, query};

/// What a shell makes of the words after `curl`.
fn words(command: &str) -> Vec<String> {
    let script = command.replacen("curl ", "printf '%s\\0' ", 1);
    let mut shell = Command::new("sh");
    let shell = shell
        .args(["-c", &script])
        .env("TOKEN", "T")
        .env("API", "https://api.example");
    let out = shell.output().unwrap();
    assert!(out.status.success(), "{command}");
    let out = String::from_utf8(out.stdout).unwrap();
    out.split_terminator('\0').map(str::to_owned).collect()
}

/// A text that is not empty once invisible characters at its ends are removed: an empty one leaves
/// the parameter unset.
fn a_value() -> impl Strategy<Value = String> {
    "\\PC{1,20}".prop_filter("empty without invisible ends", |text| {
        !trim_invisible(text).is_empty()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn shell_receives_every_text_unchanged(text in "[^\0]{0,60}") {
        let out = words(&format!("curl {}", quoted(&text)));
        prop_assert_eq!(out, [text]);
    }

    #[test]
    fn command_contains_the_complete_request(
        pairs in proptest::collection::vec(("[a-z_]{1,8}", "[^\0]{0,12}"), 0..4),
        body in proptest::option::of("[^\0:=<>A-Za-z]{0,40}"),
    ) {
        let request = Prepared { method: Method::Put, path: "/v1/x".into(), query: pairs.clone(), body: body.clone() };
        let marks = || SecretMarks::of(catalogue(), None);
        let words = words(&curl(Some("https://api.example/base/"), &request, marks(), Shell::Bash).unwrap());
        prop_assert_eq!(&words[..3], ["--request", "PUT", "--url"]);
        let query = words[3].strip_prefix("https://api.example/base/v1/x").unwrap();
        let back: Vec<(String, String)> = form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned().collect();
        prop_assert_eq!(back, pairs);
        prop_assert_eq!(&words[4..6], ["--header", "Authorization: Bearer T"]);
        let sent = words.iter().position(|word| word == "--data-raw").map(|at| words[at + 1].clone());
        prop_assert_eq!(sent, body);
    }

    #[test]
    fn path_value_cannot_change_the_path(value in a_value()) {
        let one = operation("getReceipt");
        let mut form = OperationForm::blank(catalogue(), one, None);
        form.parameters[0] = FieldDraft::Text(value);
        form.parameters[1] = FieldDraft::Text("r".into());
        let path = prepared(catalogue(), one, &form).path;
        prop_assert_eq!(path.split('/').count(), 6);
        prop_assert!(path.starts_with("/v1/accounting-entries/") && path.ends_with("/receipts/r"));
        prop_assert!(path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_%".contains(&byte)));
    }

    #[test]
    fn query_round_trips(pairs in proptest::collection::vec(("\\PC{1,8}", "\\PC{0,8}"), 0..5)) {
        let text = query(&pairs);
        let back: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        prop_assert_eq!(back, pairs);
    }
}

#[test]
fn a_path_parameter_without_a_visible_character_is_missing() {
    let one = operation("getReceipt");
    for blank in ["", " ", "\u{a0}", "\u{3000}", "\u{200b} \u{feff}"] {
        let mut form = OperationForm::blank(catalogue(), one, None);
        form.parameters[0] = FieldDraft::Text(blank.to_owned());
        form.parameters[1] = FieldDraft::Text("r".into());
        let faults = form.faults(catalogue(), one);
        let missing = faults
            .iter()
            .any(|it| it.place == ParameterLocation::Path && it.fault.code == FaultCode::Missing);
        assert!(missing, "{blank:?}");
        assert!(
            prepared(catalogue(), one, &form)
                .path
                .contains("/{accountingEntryId}/")
        );
    }
}

#[test]
fn list_parameters_repeat_and_empty_fields_are_omitted() {
    let one = operation("getExportJobsListV3");
    let mut form = OperationForm::blank(catalogue(), one, None);
    form.fill(catalogue(), one, "statuses", "pending");
    form.fill(catalogue(), one, "statuses", "failed");
    form.fill(catalogue(), one, "limit", "");
    let request = prepared(catalogue(), one, &form);
    assert_eq!(query(&request.query), "statuses=pending&statuses=failed");
    assert_eq!(request.body, None);
}

#[test]
fn command_without_environment_names_none() {
    let request = Prepared {
        method: Method::Post,
        path: "/v1/vendors".into(),
        query: vec![("a".into(), "b c".into())],
        body: None,
    };
    let command = curl(
        None,
        &request,
        SecretMarks::of(catalogue(), None),
        Shell::Bash,
    )
    .unwrap();
    assert!(!command.contains("://"), "{command}");
    assert_eq!(words(&command)[3], "https://api.example/v1/vendors?a=b%20c");
}
