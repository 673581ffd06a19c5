//! The response headers of a deployment, made from its configuration.

use crate::document::Document;

/// The content security policy of every response.
///
/// It goes on every file, the workers' above all: a shared worker takes its policy from its own
/// response and not from the page. `connect-src` names the token and API origins of the
/// configuration and no others.
#[must_use]
pub fn policy(document: &Document) -> String {
    let mut connect = String::from("connect-src 'self'");
    for origin in document.connect_origins() {
        connect.push(' ');
        connect.push_str(&origin);
    }
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "worker-src 'self'",
        &connect,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
    .join("; ")
}

/// The headers of one response of the site: name and value, names in their usual spelling.
///
/// `path` is the path that was asked for; what it decides is how long the answer may be kept. A
/// host that falls back to `index.html` for unknown paths must answer 404 for an unknown path that
/// looks hash-named, or the fallback would be kept for a year.
#[must_use]
pub fn headers(document: &Document, https: bool, path: &str) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("Content-Security-Policy", policy(document)),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Cache-Control", cache_control(path).to_owned()),
    ];
    if https {
        headers.push(("Strict-Transport-Security", "max-age=31536000".to_owned()));
    }
    headers
}

fn cache_control(path: &str) -> &'static str {
    if path.split('/').any(|segment| segment == "callback") {
        "no-store"
    } else if is_hash_named(path.rsplit('/').next().unwrap_or(path)) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// Whether a file's name holds a hash of its content, as the build writes it: a 64-bit number in
/// hexadecimal after the last hyphen, before the extension and a possible `_bg`. The build writes
/// no leading zeros; of ten million hashes not one has fewer than 10 digits.
fn is_hash_named(file: &str) -> bool {
    let Some((stem, _extension)) = file.split_once('.') else {
        return false;
    };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(name, hash)| {
        !name.is_empty()
            && (10..=16).contains(&hash.len())
            && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}
