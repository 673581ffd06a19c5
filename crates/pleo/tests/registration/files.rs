//! Packages in files: every fault has a code, and none shows what the file holds.

use crate::good;
use outlay_pleo::registration::{FaultRule, RegistrationPackage};

/// The faults of a file, as `key: code` or `key: code (detail)`.
fn faults(file: &str) -> Vec<String> {
    let faults = RegistrationPackage::read(file).unwrap_err().into_iter();
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
fn saved_package_round_trips() {
    let package = good();
    assert_eq!(RegistrationPackage::read(&package.to_json()), Ok(package));
    let empty = RegistrationPackage::default();
    assert_eq!(RegistrationPackage::read(&empty.to_json()), Ok(empty));
}

#[test]
fn package_file_begins_with_its_format_and_is_indented() {
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
fn omitted_fields_have_the_defaults_of_an_empty_form() {
    let read =
        RegistrationPackage::read(r#"{"format":"outlay-registration-1","clientName":"Ledger"}"#);
    let expected = RegistrationPackage {
        client_name: "Ledger".to_owned(),
        ..RegistrationPackage::default()
    };
    assert_eq!(read, Ok(expected));
    let null = file(r#""logo": null"#);
    assert_eq!(
        RegistrationPackage::read(&null),
        Ok(RegistrationPackage::default())
    );
}

#[test]
fn invalid_package_file_has_an_error_code() {
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
fn every_field_error_has_a_code() {
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
fn all_errors_are_reported_up_to_a_limit_without_values() {
    let both = file(r#""clientName": 7, "apiKey": "hunter2", "pkce": "hunter2""#);
    let reported = faults(&both);
    assert_eq!(reported.len(), 3);
    assert!(!reported.concat().contains("hunter2"));
    let many = format!(r#""contacts": [{}1]"#, "1,".repeat(500));
    assert_eq!(faults(&file(&many)).len(), 50);
}

#[test]
fn error_codes_are_unique_with_complete_sentences() {
    let mut codes: Vec<_> = FaultRule::ALL.iter().map(|it| it.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), FaultRule::ALL.len());
    for rule in FaultRule::ALL {
        assert!(rule.what().ends_with('.') && rule.fix().ends_with('.'));
    }
}
