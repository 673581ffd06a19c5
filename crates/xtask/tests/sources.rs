//! Rules that are read off the sources of what runs in the browser.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

/// Every line of code of what the browser is given, with its file; comments are left out.
fn lines() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut lines = Vec::new();
    for folder in [
        "src",
        "public",
        "crates/config/src",
        "crates/oauth/src",
        "crates/pleo/src",
        "crates/probe/src",
        "crates/ledger/src",
        "crates/table/src",
        "crates/wire/src",
        "crates/vault/src",
        "crates/workbook/src",
        "crates/worker/src",
        "crates/explorer/src",
    ] {
        collect(&root.join(folder), folder, &mut lines);
    }
    assert!(lines.len() > 5_000, "the sources are where they were");
    lines
}

fn collect(folder: &Path, name: &str, lines: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            // What stands in a folder `tests` is compiled for tests alone.
            if !name.ends_with("/tests") {
                collect(&path, &name, lines);
            }
        } else if let Ok(text) = fs::read_to_string(&path) {
            // Unit tests are at the end of a file.
            let code = text
                .split("\n#[cfg(test)]\nmod tests {")
                .take(1)
                .flat_map(str::lines)
                .filter(|line| !line.trim_start().starts_with("//"));
            lines.extend(code.map(|line| (name.clone(), line.to_owned())));
        }
    }
}

/// The one file that looks into the browser's stores, and writes nothing there.
const LOOKER: &str = "src/pages/storage/stores.rs";

/// The files with a line that holds one of these words.
fn files_with(words: &[&str]) -> Vec<String> {
    let mut files: Vec<_> = lines()
        .into_iter()
        .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
        .map(|(file, _)| file)
        .collect();
    files.sort();
    files.dedup();
    files
}

#[test]
fn bearer_is_attached_in_one_function() {
    let attached: Vec<_> = lines()
        .into_iter()
        .filter(|(_, line)| line.contains("\"Bearer "))
        // It writes programs that take the token of their own environment.
        .filter(|(file, _)| file != "crates/explorer/src/snippets.rs")
        .collect();
    let edges = ["crates/worker/src/fetch/browser.rs"];
    let mut files: Vec<_> = attached.iter().map(|(file, _)| file.as_str()).collect();
    files.sort();
    assert_eq!(files, edges, "{attached:?}");
    let mut named = files_with(&["\"Authorization\"", "\"authorization\""]);
    // One masks a field of that name, the other writes programs.
    let others = ["secret_names.rs", "snippets.rs"];
    named.retain(|file| others.iter().all(|other| !file.ends_with(other)));
    assert_eq!(named, edges);
}

#[test]
fn no_source_decodes_a_token() {
    assert_eq!(
        files_with(&["Engine as _", "base64::", "base64ct::"]),
        [
            // The secret and the signature of a pasted delivery.
            "crates/explorer/src/webhook.rs",
            "crates/oauth/src/pkce.rs",
            "crates/oauth/src/state.rs"
        ]
    );
    assert_eq!(
        files_with(&[".decode(", "atob"]),
        // It decodes character sets.
        ["crates/vault/src/text.rs"],
        "the base64 of a token is written, never read"
    );
}

#[test]
fn no_source_makes_markup_from_text() {
    assert_eq!(
        files_with(&[
            "inner_html",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function"
        ]),
        [""; 0]
    );
}

#[test]
fn every_external_link_has_noopener_noreferrer() {
    let (own, open): (Vec<_>, Vec<_>) = lines()
        .into_iter()
        .filter(|(_, line)| line.contains("target=\"_blank\""))
        .partition(|(_, line)| line.contains("rel=\"noopener noreferrer"));
    assert!(open.is_empty(), "{open:?}");
    assert!(!own.is_empty(), "the links are where they were");
}

#[test]
fn one_file_uses_browser_storage() {
    let stores = [
        "local_storage",
        "localStorage",
        "indexed_db",
        "indexedDB",
        "document.cookie",
        "set_cookie",
        "BroadcastChannel",
        "CacheStorage",
        "caches.open",
    ];
    // It looks into every store and reports the names of what it finds.
    assert_eq!(files_with(&stores), [LOOKER]);
    assert_eq!(
        files_with(&["session_storage(", "sessionStorage."]),
        ["src/platform/pending.rs"]
    );
}

#[test]
fn only_code_response_type_and_two_grants_are_sent() {
    assert_eq!(
        files_with(&["\"response_type\"", "response_type="]),
        [
            "crates/oauth/src/authorize.rs",
            "crates/oauth/src/outline.rs",
            // These name it in sentences.
            "crates/probe/src/row.rs",
            "src/messages/errors.rs"
        ]
    );
    assert_eq!(
        files_with(&["\"grant_type\""]),
        ["crates/oauth/src/outline.rs", "crates/oauth/src/token.rs"]
    );
    assert_eq!(
        files_with(&[
            "\"password\")",
            "client_credentials",
            "\"implicit\"",
            "id_token"
        ]),
        // They know an ID token as something to mask.
        [
            "crates/oauth/src/callback.rs",
            "crates/oauth/src/server_text.rs"
        ]
    );
}

#[test]
fn no_source_registers_a_service_worker() {
    let words = [
        "serviceWorker",
        "service_worker()",
        "ServiceWorkerContainer",
        "ServiceWorkerRegistration",
    ];
    let finder = "src/platform/service_worker.rs";
    let known = ["public/boot.js", LOOKER, finder];
    let mut files: Vec<_> = lines()
        .into_iter()
        // The error code for one that another app has left.
        .map(|(file, line)| (file, line.replace("ErrorCode::ServiceWorkerPresent", "")))
        .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
        .filter(|(file, line)| {
            file != "src/messages/errors.rs" || line.trim() != "ServiceWorkerPresent"
        })
        .map(|(file, _)| file)
        .collect();
    files.sort();
    files.dedup();
    assert_eq!(
        files, known,
        "one starts no vault under them, one counts them, one removes them"
    );
    let registering: Vec<_> = lines()
        .into_iter()
        .filter(|(file, _)| file != LOOKER && known.contains(&&**file))
        .filter(|(_, line)| line.replace("unregister", "").contains("register"))
        .collect();
    assert!(registering.is_empty(), "{registering:?}");
}

#[test]
fn storage_page_never_writes_to_storage() {
    let writing: Vec<_> = lines()
        .into_iter()
        .filter(|(file, _)| file == LOOKER)
        .filter(|(_, line)| {
            let words = [
                "set_item",
                "setItem",
                "Reflect::set",
                "\"put\"",
                "\"open\"",
                "\"register\"",
            ];
            words.iter().any(|word| line.contains(word))
        })
        .collect();
    assert!(writing.is_empty(), "{writing:?}");
}

#[test]
fn boot_script_and_app_use_the_same_worker_name() {
    let named: Vec<_> = lines()
        .into_iter()
        .filter_map(|(file, line)| {
            let version = line.trim().strip_prefix("const VAULT = \"vault-")?;
            Some((file, version.trim_end_matches("\";").to_owned()))
        })
        .collect();
    let expected = lines().into_iter().find_map(|(file, line)| {
        let version = line.strip_prefix("pub const MESSAGE_VERSION: u32 = ")?;
        file.starts_with("crates/vault/")
            .then(|| version.trim_end_matches(';').to_owned())
    });
    assert_eq!(named, [("public/boot.js".to_owned(), expected.unwrap())]);
}
