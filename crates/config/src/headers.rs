//! The response headers of a deployment, made from its configuration.

use crate::document::Document;

/// The scripts that start a worker. A worker takes its policy from the response to its own script,
/// so these two responses alone name the servers; what a worker loads afterwards needs no policy.
pub const WORKER_SCRIPTS: [&str; 2] = [VAULT_SCRIPT, "probe.js"];

/// The script that starts the vault.
pub const VAULT_SCRIPT: &str = "vault.js";

/// The origins that one of [`WORKER_SCRIPTS`] may call besides the page's own: those of the token
/// endpoints, revocation endpoints and APIs of the configuration; for the vault also those of receipts.
#[must_use]
pub fn worker_origins(document: &Document, script: &str) -> Vec<String> {
    let mut origins = document.connect_origins();
    if script == VAULT_SCRIPT {
        let receipts = document.receipt_origins();
        let new = receipts.into_iter().filter(|it| !origins.contains(it));
        let new: Vec<String> = new.collect();
        origins.extend(new);
    }
    origins
}

/// The content security policy of one of [`WORKER_SCRIPTS`], by its file name: `connect-src` names the
/// [`worker_origins`]. `img-src` is that of a page: a worker shows no image, but some hosts send the vault's policy
/// with every response, and a browser enforces both.
#[must_use]
pub fn worker_policy(document: &Document, script: &str) -> String {
    policy(
        &worker_origins(document, script),
        &document.receipt_origins(),
    )
}

/// The content security policy of every other response: a page calls its own origin only, and shows
/// images of its own and of the origins of receipts.
#[must_use]
pub fn page_policy(document: &Document) -> String {
    policy(&[], &document.receipt_origins())
}

fn policy(connect: &[String], images: &[String]) -> String {
    let list = |before: &str, origins: &[String]| {
        origins.iter().fold(before.to_owned(), |list, origin| {
            [&list, " ", origin].concat()
        })
    };
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        &list("img-src 'self' blob:", images),
        "worker-src 'self'",
        &list("connect-src 'self'", connect),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
    .join("; ")
}

/// The content security policy of the response to a path.
#[must_use]
pub fn policy_of(document: &Document, path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    match WORKER_SCRIPTS.contains(&file) {
        true => worker_policy(document, file),
        false => page_policy(document),
    }
}

/// Returns whether a segment of the path is `callback`.
#[must_use]
pub fn is_callback(path: &str) -> bool {
    path.split('/').any(|segment| segment == "callback")
}

/// The body of the answer to a form that was posted to a callback (`response_mode=form_post`): a
/// whole HTML document, in ASCII, without `$`, `{`, backslash, backquote or double quote, so that
/// the configuration files of nginx and Caddy can quote it. The status is 405.
pub const POSTED_CALLBACK: &str = "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n\
<meta name=viewport content='width=device-width, initial-scale=1'>\n\
<title>The sign-in answer came as a POST</title>\n\
<h1>The sign-in answer came as a POST</h1>\n\
<p>The authorization server answered with a form (response_mode=form_post). This site is a set of \
static files and cannot read a form, so the sign-in did not succeed. The form was neither stored \
nor passed on.</p>\n\
<p>Set the authorization server to answer in the query of the address (response_mode=query), then \
connect again.</p>\n\
<p><a href='../'>Go to Outlay</a></p>\n\
</html>\n";

/// The headers of one response of the site: name and value, names in their usual spelling.
///
/// `path` is the requested path; it decides which policy the response has and how long it may
/// be kept. A host that falls back to `index.html` for unknown paths must answer 404 for an unknown
/// path that looks hash-named, or the fallback would be kept for a year.
#[must_use]
pub fn headers(document: &Document, https: bool, path: &str) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("Content-Security-Policy", policy_of(document, path)),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
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
    if is_callback(path) {
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
