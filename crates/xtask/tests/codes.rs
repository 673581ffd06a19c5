//! Fails on a string literal of a stable code outside the crate that defines the codes.
//!
//! The codes are read from the `string_enum!` lists of `crates/codes/src`. `RecordNote` is left out: its
//! strings (`ok`, `new`, `due`) are ordinary words. Tests may name a code by its string, which they rely on.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Where a literal equals a code without being one: a file or folder, the literal (`*`: any), the reason.
const ALLOWED: [(&str, &str, &str); 12] = [
    (
        "crates/sandbox/src/auth/",
        "*",
        "an authorization server: it writes the error names of RFC 6749",
    ),
    (
        "crates/sandbox/src/auth_state/",
        "*",
        "the same: its checks of a request",
    ),
    (
        "crates/sandbox/src/fault/",
        "*",
        "answers of an authorization server, and the name of an endpoint",
    ),
    (
        "crates/oauth/src/server_text.rs",
        "*",
        "reads the error names of RFC 6749 and of other standards",
    ),
    (
        "crates/config/src/headers.rs",
        "callback",
        "a segment of a path",
    ),
    (
        "crates/deploy/src/verify/proxied.rs",
        "refused",
        "the value of a header",
    ),
    (
        "crates/xtask/src/fuzz.rs",
        "callback",
        "the name of a fuzz target",
    ),
    (
        "src/components/connect_another.rs",
        "connected",
        "a class of a style sheet",
    ),
    (
        "src/session/document_replacement.rs",
        "ended",
        "a parameter of the address",
    ),
    (
        "src/session/view.rs",
        "ended",
        "the name of a state in `data-session`",
    ),
    (
        "src/session/view.rs",
        "unsure",
        "the name of a state in `data-session`",
    ),
    (
        "src/session/support_file.rs",
        "*",
        "names of states in the support file",
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text before the unit tests of a file.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or_default()
}

/// The string literals of a line without comments, each with the text before and after it.
fn literals(line: &str) -> Vec<(&str, &str, &str)> {
    let mut found = Vec::new();
    if line.trim_start().starts_with("//") {
        return found;
    }
    let mut start = None;
    let mut escaped = false;
    for (at, it) in line.char_indices() {
        match (start, it) {
            (None, '"') => start = Some(at + 1),
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(begin), '"') => {
                found.push((&line[..begin - 1], &line[begin..at], &line[at + 1..]));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether a literal is the wire name in a list of `string_enum!`, `union!` or `record!`:
/// `Name = "name"`, followed by a comma or the end of the list.
fn is_wire_name(before: &str, after: &str) -> bool {
    let Some(before) = before.strip_suffix(" = ") else {
        return false;
    };
    let name = |it: char| it.is_alphanumeric() || it == '_';
    let list = before.trim_end_matches(name).trim_end();
    let after = after.trim_start();
    (list.is_empty() || list.ends_with(['{', ',']))
        && (after.is_empty() || after.starts_with([',', '}', '{']))
}

/// Every code, with the enum's file.
fn codes() -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    for file in ["error.rs", "end.rs", "record.rs"] {
        let text = fs::read_to_string(root().join("crates/codes/src").join(file)).unwrap();
        let text = without_tests(&text);
        let text = text
            .split("string_enum!(RecordNote")
            .next()
            .unwrap_or_default();
        for line in text.lines() {
            for (before, word, after) in literals(line) {
                if is_wire_name(before, after) {
                    codes.insert(word.to_owned(), file.to_owned());
                }
            }
        }
    }
    codes
}

/// Every Rust file of the app and the crates by its path from the root, without unit tests.
fn sources() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&root().join("src"), "src", &mut files);
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let path = root().join("crates").join(&name).join("src");
        if name != "codes" {
            collect(&path, &format!("crates/{name}/src"), &mut files);
        }
    }
    assert!(files.len() > 300, "{} files were found", files.len());
    files
}

fn collect(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let last = path.file_name().unwrap().to_string_lossy().into_owned();
        let name = format!("{name}/{last}");
        if path.is_dir() {
            if last != "tests" {
                collect(&path, &name, files);
            }
        } else if last.ends_with(".rs") && last != "tests.rs" {
            let text = fs::read_to_string(&path).unwrap();
            files.insert(name, without_tests(&text).to_owned());
        }
    }
}

/// Each literal that equals a code and is neither a wire name nor allowed, as `path:line: code`.
fn literal_codes(
    files: &BTreeMap<String, String>,
    codes: &BTreeMap<String, String>,
    allowed: &[(&str, &str, &str)],
) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        for (at, line) in text.lines().enumerate() {
            for (before, word, after) in literals(line) {
                let is_allowed = allowed
                    .iter()
                    .any(|it| path.starts_with(it.0) && (it.1 == "*" || it.1 == word));
                if codes.contains_key(word) && !is_wire_name(before, after) && !is_allowed {
                    found.push(format!("{path}:{}: {word}", at + 1));
                }
            }
        }
    }
    found
}

#[test]
fn codes_are_string_literals_in_their_definition_alone() {
    let codes = codes();
    for known in [
        "state_unknown",
        "too_large",
        "idle",
        "refresh_sent",
        "scope_list",
    ] {
        assert!(codes.contains_key(known), "{known}");
    }
    assert!(codes.len() > 110, "{} codes were found", codes.len());
    let found = literal_codes(&sources(), &codes, &ALLOWED);
    assert!(
        found.is_empty(),
        "use the enum of outlay_codes:\n{}",
        found.join("\n")
    );
}

#[test]
fn exceptions_are_in_use() {
    let files = sources();
    for (path, word, reason) in ALLOWED {
        let all = literal_codes(&files, &codes(), &[]);
        let used = all.iter().any(|found| {
            found.starts_with(path) && (word == "*" || found.ends_with(&format!(": {word}")))
        });
        assert!(used && !reason.is_empty(), "{path} {word}");
    }
}

#[test]
fn planted_literal_is_found_and_a_wire_name_is_not() {
    let codes = BTreeMap::from([("revoked".to_owned(), "error.rs".to_owned())]);
    let text = "// \"revoked\"\nmatch code { \"revoked\" => 1 }\nRevoked = \"revoked\", B = \"b\"\nlet a = \"revoked\";\na = \"revoked\";\n";
    let files = BTreeMap::from([("src/a.rs".to_owned(), text.to_owned())]);
    let found = literal_codes(&files, &codes, &[]);
    assert_eq!(
        found,
        [
            "src/a.rs:2: revoked",
            "src/a.rs:4: revoked",
            "src/a.rs:5: revoked"
        ]
    );
    let allowed = [("src/", "*", "a test")];
    assert_eq!(
        literal_codes(&files, &codes, &allowed),
        Vec::<String>::new()
    );
}
