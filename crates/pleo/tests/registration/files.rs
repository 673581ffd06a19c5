//! Packages in files: every fault has a code, and none shows what the file holds.

use crate::good;
use outlay_pleo::registration::{FaultRule, Package};

/// The faults of a file, as `key: code` or `key: code (detail)`.
fn faults(file: &str) -> Vec<String> {
    let faults = Package::read(file).unwrap_err().into_iter();
    faults
        .map(|it| match &*it.detail {
            "" => format!("{}: {}", it.key, it.rule.code()),
            detail => format!("{}: {} ({detail})", it.key, it.rule.code()),
        })
        .collect()
}

/// A file of the right format with these fields.
fn file(fields: &str) -> String {
    format!(r#"{{"format": "outlay-registration-1", {fields}}}"#)
}

#[test]
fn a_saved_package_comes_back_as_it_was() {
    let package = good();
    assert_eq!(Package::read(&package.to_json()), Ok(package));
    let empty = Package::default();
    assert_eq!(Package::read(&empty.to_json()), Ok(empty));
}

#[test]
fn the_file_says_its_format_first_and_is_made_for_people() {
    let json = good().to_json();
    let mut lines = json.lines();
    assert_eq!(lines.next(), Some("{"));
    assert_eq!(
        lines.next(),
        Some(r#"  "format": "outlay-registration-1","#)
    );
    assert_eq!(lines.next(), Some(r#"  "clientName": "Ledger Bridge","#));
    assert!(json.ends_with("\n}\n"));
}

#[test]
fn what_a_file_leaves_out_is_as_in_an_empty_form() {
    let read = Package::read(r#"{"format":"outlay-registration-1","clientName":"Ledger"}"#);
    let expected = Package {
        client_name: "Ledger".to_owned(),
        ..Package::default()
    };
    assert_eq!(read, Ok(expected));
    let null = file(r#""logo": null"#);
    assert_eq!(Package::read(&null), Ok(Package::default()));
}

#[test]
fn files_that_are_no_package_are_told_by_a_code() {
    for (text, expected) in [
        ("", "file: file-syntax (1:1)"),
        ("{\n  \"format\": x}", "file: file-syntax (2:13)"),
        ("<!doctype html>", "file: file-syntax (1:1)"),
        ("[]", "file: file-not-object"),
        ("{}", "format: file-no-format"),
        (r#"{"profiles": []}"#, "format: file-no-format"),
        (
            r#"{"format": "outlay-registration-2", "new": 1}"#,
            "format: file-other-format (outlay-registration-1)",
        ),
        (
            r#"{"format": 1}"#,
            "format: file-other-format (outlay-registration-1)",
        ),
    ] {
        assert_eq!(faults(text).first().unwrap(), expected, "{text}");
    }
    let large = file(&format!(r#""clientName": "{}""#, "a".repeat(256 * 1024)));
    assert_eq!(faults(&large), ["file: file-too-large"]);
}

#[test]
fn every_fault_of_a_field_is_told_by_a_code() {
    for (fields, expected) in [
        (r#""clientName": 7"#, "clientName: file-not-text"),
        (r#""clientName": null"#, "clientName: file-not-text"),
        (r#""contacts": "a@b.example""#, "contacts: file-not-list"),
        (r#""contacts": ["a", {}]"#, "contacts[1]: file-not-text"),
        (r#""clientname": "x""#, "clientname: file-unknown-key"),
        (
            r#""pkce": "S256", "pkce": "plain""#,
            "pkce: file-repeated-key",
        ),
        (
            r#""pkce": "s256""#,
            "pkce: file-not-choice (S256, plain, unsupported)",
        ),
        (
            r#""environment": 1"#,
            "environment: file-not-choice (development, staging, production)",
        ),
        (
            r#""subjectType": "wallet""#,
            "subjectType: file-not-choice (none, company, organisation)",
        ),
        (r#""logo": "logo.png""#, "logo: file-not-object"),
        (r#""logo": {"width": -1}"#, "logo.width: file-not-number"),
        (
            r#""logo": {"width": 4294967296}"#,
            "logo.width: file-not-number",
        ),
        (r#""logo": {"bytes": 1.5}"#, "logo.bytes: file-not-number"),
        (
            r#""logo": {"hasTransparency": "no"}"#,
            "logo.hasTransparency: file-not-bool",
        ),
        (r#""logo": {"data": ""}"#, "logo.data: file-unknown-key"),
        (
            r#""client_secret": "hunter2""#,
            "client_secret: file-secret",
        ),
        (r#""refreshToken": "x""#, "refreshToken: file-secret"),
        (r#""a\u202eb\n": 1"#, "a\\u{202e}b\\u{a}: file-unknown-key"),
    ] {
        assert_eq!(faults(&file(fields)), [expected], "{fields}");
    }
    let purposes = faults(&file(r#""purposes": ["see-spend", "world-domination"]"#));
    assert!(purposes[0].starts_with("purposes[1]: file-not-choice (see-spend, "));
}

#[test]
fn all_faults_are_told_up_to_a_bound_and_no_value_is() {
    let both = file(r#""clientName": 7, "apiKey": "hunter2", "pkce": "hunter2""#);
    let told = faults(&both);
    assert_eq!(told.len(), 3);
    assert!(!told.concat().contains("hunter2"));
    let many = format!(r#""contacts": [{}1]"#, "1,".repeat(500));
    assert_eq!(faults(&file(&many)).len(), 50);
}

#[test]
fn codes_of_faults_are_unique_and_their_sentences_are_whole() {
    let mut codes: Vec<_> = FaultRule::ALL.iter().map(|it| it.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), FaultRule::ALL.len());
    for rule in FaultRule::ALL {
        assert!(rule.what().ends_with('.') && rule.fix().ends_with('.'));
    }
}
