//! `config.json`: every fault is reported, and nothing of a file can add to the headers made of it.

use outlay_config::{Config, Document, Site, WORKER_SCRIPTS, headers, page_policy, worker_policy};
use outlay_wire::{from_text, to_text};

use crate::source::ByteSource;

/// A file whose values are taken from the bytes.
const FORM: &str = r#"{"profiles":[{"id":"@","name":"@","kind":"sandbox","authorizationServer":"https://@","authorizationEndpoint":"https://@","tokenEndpoint":"https://@","revocationEndpoint":"@","apiBase":"https://@","issuer":"@","clientId":"@","scopes":["@"],"subject":"urn:@","receiptOrigins":["https://@"]}]}"#;

/// Checks a file: the bytes themselves, and a file whose values they are.
pub fn config(input: &[u8]) {
    any(&String::from_utf8_lossy(input));
    let mut source = ByteSource::new(input);
    let mut parts = FORM.split('@');
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let text = to_text(&source.text());
        made.push_str(text.trim_matches('"'));
        made.push_str(part);
    }
    any(&made);
}

fn any(text: &str) {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            for problem in problems {
                assert!(!problem.key.chars().any(char::is_control));
                let message = problem.message();
                assert!(!message.what.is_empty() && !message.fix.is_empty());
            }
            return;
        }
    };
    one_policy(&document);
    for (origin, base) in [
        ("https://site.example", "/"),
        ("http://localhost:8080", "/team/"),
    ] {
        let site = Site::new(origin, base);
        assert!(site.is_ok());
        let Ok(site) = site else { return };
        match document.resolve(&site) {
            Ok(config) => {
                let back: Option<Config> = from_text(&to_text(&config));
                assert_eq!(back.as_ref(), Some(&config), "it crosses the vault's port");
                for profile in &config.profiles {
                    assert_eq!(config.profile(&profile.id), Some(profile));
                    for endpoint in [&profile.token_endpoint, &profile.api_base] {
                        assert!(
                            endpoint.starts_with("https://") || endpoint.starts_with("http://")
                        );
                    }
                }
            }
            Err(problems) => assert!(!problems.is_empty(), "refused without a reason"),
        }
    }
}

/// Each policy has the directives of an empty file and no more, and no header has a second line.
fn one_policy(document: &Document) {
    const DIRECTIVES: usize = 10;
    let of_workers = WORKER_SCRIPTS.map(|script| worker_policy(document, script));
    for policy in of_workers.into_iter().chain([page_policy(document)]) {
        assert_eq!(policy.split(';').count(), DIRECTIVES, "{policy}");
    }
    for path in ["/", "/vault.js", "/callback/pleo"] {
        for (name, value) in headers(document, true, path) {
            let is_header = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
            assert!(value.bytes().all(is_header), "{name}: {value}");
        }
    }
    let receipts = document.receipt_origins();
    for origin in document.connect_origins().into_iter().chain(receipts) {
        let clean = |c: char| c.is_ascii_graphic() && !matches!(c, ',' | ';' | '\'' | '"' | '*');
        assert!(origin.chars().all(clean), "{origin}");
    }
}
