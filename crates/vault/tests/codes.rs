//! Every code that the protocol or the vault can give has its row in the table of codes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use outlay_vault::code::{TABLE, explain};

/// What a code stands behind in the sources.
const MARKS: [&str; 10] = [
    "Refusal::of(\"",
    "Failure::of(\"",
    "unclear(\"",
    "Refusal::with(\"",
    "code: \"",
    "Err(\"",
    "ok_or(\"",
    "Error::TimedOut)) => \"",
    "Error::TooLarge)) => \"",
    "Error::Network)) | None => \"",
];

/// Codes that lists in the sources name.
const LISTED: [&str; 14] = [
    "access_denied",
    "authorization_error",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "server_error",
    "session_ended",
    "temporarily_unavailable",
    "token_busy",
    "token_timeout",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_response_type",
];

fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes(&path, found);
        } else {
            let source = fs::read_to_string(&path).unwrap();
            for mark in MARKS {
                let behind = source.split(mark).skip(1);
                found.extend(behind.map(|rest| rest.split('"').next().unwrap().to_owned()));
            }
        }
    }
}

#[test]
fn every_error_code_has_an_explanation() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found: BTreeSet<String> = LISTED.map(str::to_owned).into();
    codes(&crates.join("oauth/src"), &mut found);
    codes(&crates.join("vault/src/worker"), &mut found);
    for known in [
        "callback_duplicate",
        "callback_fragment",
        "token_form_encoded",
        "token_not_json",
        "api_too_large",
        "path_refused",
    ] {
        assert!(
            found.contains(known),
            "{known} was not found in the sources"
        );
    }
    let wordless: Vec<_> = found
        .iter()
        .filter(|code| explain(code).code != **code)
        .collect();
    assert!(wordless.is_empty(), "no words for {wordless:?}");
}

/// `docs/codes.md` is made from the table: `OUTLAY_WRITE_DOCS=1 cargo test -p outlay-vault` writes it
/// anew.
#[test]
fn document_equals_the_table() {
    let mut document = String::from(
        "# Codes\n\nEvery error bears one of these stable codes, in small print beside its words and in \
         `data-code`. The words are those of the page: both come from `crates/vault/src/code.rs`.\n\n\
         | code | what happened | what it means | what to do |\n| --- | --- | --- | --- |\n",
    );
    for row in TABLE {
        let cells = [row.happened, row.means, row.next].join(" | ");
        document.push_str(&format!("| `{}` | {cells} |\n", row.code));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes.md");
    if std::env::var_os("OUTLAY_WRITE_DOCS").is_some() {
        fs::write(&path, &document).unwrap();
    }
    let hint = "write it anew: OUTLAY_WRITE_DOCS=1 cargo test -p outlay-vault --test codes";
    assert!(fs::read_to_string(&path).unwrap() == document, "{hint}");
}
